"""Meetings that are running here: one room each, its seats, the clock, and who is connected."""
