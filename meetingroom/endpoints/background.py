"""Work that goes on after its request was answered."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any

_running: set[asyncio.Task[None]] = set()


async def ended() -> None:
    """When all that goes on now has ended."""
    await asyncio.gather(*_running, return_exceptions=True)


def begin(work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
    """Start it, and hold it until it ends: the event loop itself would let go of it."""
    task = asyncio.create_task(work)
    _running.add(task)
    task.add_done_callback(_running.discard)
    return task
