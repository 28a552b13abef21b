"""Votes beyond the live room: results, photographs, registers of votes and proxies."""
