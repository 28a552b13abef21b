"""The recording thread: SQLite has one writer, and a commit must not stop the event loop."""

from __future__ import annotations

import asyncio
import statistics
import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

LATELY = 300.0  # seconds
MOST = 4096  # calls remembered


@dataclass(frozen=True, slots=True)
class Pace:
    """How long calls took lately from being given to being done, in milliseconds; `waiting` calls are not done yet."""

    calls: int
    median: float
    worst: float
    waiting: int


class Recorder:
    """Runs blocking storage calls one after another; `await record(function, *arguments)`."""

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(1, "recorder")
        self._waiting = 0
        self._took: deque[tuple[float, float]] = deque(maxlen=MOST)  # when it was done, seconds

    async def __call__(self, function: Callable[..., Any], *arguments: Any) -> Any:
        given = time.monotonic()
        self._waiting += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._thread, function, *arguments)
        finally:
            self._waiting -= 1
            done = time.monotonic()
            self._took.append((done, done - given))

    def pace(self) -> Pace:
        since = time.monotonic() - LATELY
        took = [seconds * 1000 for done, seconds in self._took if done >= since] or [0.0]
        return Pace(len(took), statistics.median(took), max(took), self._waiting)

    def close(self) -> None:
        """Waits for what was begun."""
        self._thread.shutdown()
