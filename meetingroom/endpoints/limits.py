"""Limits: what one device may ask for, so that one that has gone wild is cut off and nobody else notices."""

from __future__ import annotations

import time

DEVICES = 20  # sockets of one participant at the same time

# At once, and per second in the long run. A chair who holds the arrow key needs more.
COMMANDS = (40, 5)
OFFICE_COMMANDS = (200, 40)
HELLOS = (40, 2)  # each may cost a whole snapshot
SIGNALS = (400, 100)  # who presents sends some sixty a second while drawing


class Allowance:
    """A token bucket."""

    def __init__(self, limit: tuple[int, int]) -> None:
        self._most, self._rate = limit
        self._left, self._at = float(self._most), time.monotonic()

    def take(self) -> bool:
        now = time.monotonic()
        self._left = min(self._most, self._left + (now - self._at) * self._rate)
        self._at = now
        if self._left < 1:
            return False
        self._left -= 1
        return True
