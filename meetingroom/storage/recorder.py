"""The recording thread: SQLite has one writer, and a commit must not stop the event loop."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any


class Recorder:
    """Runs blocking storage calls one after another; `await record(function, *arguments)`."""

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(1, "recorder")

    async def __call__(self, function: Callable[..., Any], *arguments: Any) -> Any:
        return await asyncio.get_running_loop().run_in_executor(self._thread, function, *arguments)

    def close(self) -> None:
        """Waits for what was begun."""
        self._thread.shutdown()
