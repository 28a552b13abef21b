"""The shelf of archives: each made once in the background, whole and durable before it has its name."""

from __future__ import annotations

import asyncio
import os
import re
from collections.abc import Awaitable, Callable
from pathlib import Path

from meetingroom.export.archive import Material, Progress, write
from meetingroom.jobs import Job, Jobs


class Archives:
    """Files in `folder`, named by meeting and version of its journal."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._jobs = Jobs()

    def place(self, meeting: str, version: int) -> Path:
        return self._folder / f"{meeting}-{version}.zip"

    def of(self, meeting: str) -> list[Path]:
        """Every file of this meeting on the shelf, also what was begun."""
        named = re.compile(rf"{re.escape(meeting)}-\d+\.(zip|coming)")
        return sorted(path for path in self._folder.glob("*") if named.fullmatch(path.name))

    def making(self, place: Path) -> Job | None:
        """How far it is, or how it ended."""
        return self._jobs.find(place.name)

    def begin(self, place: Path, gather: Callable[[], Awaitable[Material]]) -> None:
        """Make the archive of what `gather` brings, unless it is there or under way."""

        async def make(job: Job) -> str:
            await asyncio.to_thread(self._write, place, await gather(), job.step)
            return ""

        if not place.exists():
            self._jobs.begin(place.name, make, repr)

    def cancel(self, place: Path) -> None:
        """It ends at the next file; nothing of it is left."""
        if job := self._jobs.find(place.name):
            job.cancel()

    async def stop(self) -> None:
        await self._jobs.stop()

    def _write(self, place: Path, material: Material, progress: Progress) -> None:
        """Under another name until it is on the disk; former archives of the meeting are then of no use."""
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        coming = place.with_suffix(".coming")
        try:
            write(coming, material, progress)
            with coming.open("rb") as file:
                os.fsync(file.fileno())
            for former in self._folder.glob(f"{material.meeting.id}-*.zip"):
                former.unlink()
            coming.rename(place)
        finally:
            coming.unlink(missing_ok=True)
