"""The time in UTC milliseconds, steady: stepping the machine's clock during a meeting moves no deadline."""

from __future__ import annotations

import time
from collections.abc import Callable

Clock = Callable[[], int]


def steady_clock() -> Clock:
    """A clock anchored to the wall once, now, and driven by the monotonic clock from then on."""
    offset = time.time_ns() - time.monotonic_ns()
    return lambda: (time.monotonic_ns() + offset) // 1_000_000
