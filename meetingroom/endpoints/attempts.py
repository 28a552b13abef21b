"""Attempts: signing in is slowed after failures, per account and per address, so that guessing does not pay."""

from __future__ import annotations

import time
from collections import OrderedDict

FREE = 5  # failures without a pause
LONGEST = 300.0  # seconds
KEPT = 10_000  # keys remembered at most


class Attempts:
    """Failures fade: after a pause has passed, one more attempt is free."""

    def __init__(self) -> None:
        self._failed: OrderedDict[str, tuple[int, float]] = OrderedDict()

    def wait(self, *keys: str) -> int:
        """Seconds until another attempt is allowed for all of these keys; 0: now."""
        now = time.monotonic()
        return max((int(self._until(key) - now + 0.999) for key in keys if self._until(key) > now), default=0)

    def failed(self, *keys: str) -> None:
        for key in keys:
            count = self._failed.pop(key, (0, 0.0))[0] + 1
            pause = 0.0 if count < FREE else min(LONGEST, 2.0 ** (count - FREE))
            self._failed[key] = (count, time.monotonic() + pause)
            while len(self._failed) > KEPT:
                self._failed.popitem(last=False)

    def succeeded(self, *keys: str) -> None:
        for key in keys:
            self._failed.pop(key, None)

    def _until(self, key: str) -> float:
        return self._failed.get(key, (0, 0.0))[1]
