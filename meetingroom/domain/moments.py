"""Moments: UTC milliseconds, as far as dates go everywhere."""

from __future__ import annotations

LATEST = 253_370_764_799_999  # the end of 9998: in every time zone before the last date a program can say


def sayable(at: int) -> int:
    """A moment that can be written as a date: an old journal may hold one beyond, and no page must fail for it."""
    return min(max(at, 0), LATEST)
