"""The shelf of archives: each made once in the background, whole and durable before it has its name."""

from __future__ import annotations

import asyncio
import logging
import os
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

from meetingroom.export.archive import Material, Progress, write

log = logging.getLogger(__name__)


@dataclass(slots=True)
class Making:
    """An archive under way. `failed` when it could not be made; it may be asked for again."""

    done: int = 0
    of: int = 1
    failed: bool = False


class Archives:
    """Files in `folder`, named by meeting and version of its journal."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._making: dict[Path, Making] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    def place(self, meeting: str, version: int) -> Path:
        return self._folder / f"{meeting}-{version}.zip"

    def of(self, meeting: str) -> list[Path]:
        """Every file of this meeting on the shelf, also what was begun."""
        named = re.compile(rf"{re.escape(meeting)}-\d+\.(zip|coming)")
        return sorted(path for path in self._folder.glob("*") if named.fullmatch(path.name))

    def making(self, place: Path) -> Making | None:
        return self._making.get(place)

    def begin(self, place: Path, gather: Callable[[], Awaitable[Material]]) -> None:
        """Make the archive of what `gather` brings, unless it is there or under way."""
        under_way = self._making.get(place)
        if place.exists() or (under_way and not under_way.failed):
            return
        making = self._making[place] = Making()
        task = asyncio.create_task(self._make(place, gather, making))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _make(self, place: Path, gather: Callable[[], Awaitable[Material]], making: Making) -> None:
        def progress(done: int, of: int) -> None:
            making.done, making.of = done, of

        try:
            await asyncio.to_thread(self._write, place, await gather(), progress)
            del self._making[place]
        except Exception:
            log.exception("archive not made")
            making.failed = True

    def _write(self, place: Path, material: Material, progress: Progress) -> None:
        """Under another name until it is on the disk; former archives of the meeting are then of no use."""
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        coming = place.with_suffix(".coming")
        write(coming, material, progress)
        with coming.open("rb") as file:
            os.fsync(file.fileno())
        for former in self._folder.glob(f"{material.meeting.id}-*.zip"):
            former.unlink()
        coming.rename(place)
