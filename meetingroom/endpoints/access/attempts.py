"""Attempts: signing in is slowed after failures, per account and per address, so that guessing does not pay."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from math import ceil

LONGEST = 300.0  # seconds
FADES = 120.0  # seconds after which one failure is forgotten
KEPT = 10_000  # keys remembered at most


@dataclass(frozen=True, slots=True)
class Key:
    """What is guessed at, or from where; `free` failures cost no pause."""

    name: str
    free: int = 5


@dataclass(slots=True)
class _Failures:
    count: float
    at: float

    def now(self, now: float) -> float:
        """Those not forgotten yet."""
        return max(0.0, self.count - (now - self.at) / FADES)


class Attempts:
    """An attempt counts as failed from its beginning: a hundred at the same moment are a hundred, not one."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._failed: OrderedDict[str, _Failures] = OrderedDict()

    def begin(self, *keys: Key) -> int:
        """0: go on, counted as failed until it succeeds. Else the seconds to wait; nothing is counted then."""
        now = self._clock()
        if wait := max(self._wait(key, now) for key in keys):
            return wait
        for key in keys:
            self._add(key.name, 1, now)
        return 0

    def succeeded(self, *keys: Key) -> None:
        """This attempt was none; those that failed before stay, or one's own success would let one guess on."""
        for key in keys:
            self._add(key.name, -1, self._clock())

    def _wait(self, key: Key, now: float) -> int:
        failed = self._failed.get(key.name)
        if failed is None or (count := ceil(failed.count)) < key.free:
            return 0
        until = failed.at + min(LONGEST, 2.0 ** (count - key.free))
        return max(0, int(until - now + 0.999))

    def _add(self, name: str, change: int, now: float) -> None:
        former = self._failed.pop(name, None)
        left = former.now(now) if former else 0.0
        if left + change <= 0:
            return
        self._failed[name] = _Failures(left + change, now)
        while len(self._failed) > KEPT:
            self._failed.popitem(last=False)
