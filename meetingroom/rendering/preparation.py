"""A paper is accepted when each of its pages has been drawn once, so that none surprises anybody in the meeting."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from meetingroom.rendering.frames import Frame
from meetingroom.rendering.memory import PageImage
from meetingroom.rendering.shelf import Prepared, Shelf
from meetingroom.rendering.unreadable import Unreadable
from meetingroom.rendering.workers import Workers

WIDTHS = (1600, 270)  # drawn before a paper is accepted; other widths when first asked for
BATCH = 16  # pages a worker draws before it makes way for the next paper in the queue

Progress = Callable[[int, int], None]
"""Told (pages drawn, pages in all)."""


class Preparation:
    """Of one paper, once."""

    def __init__(self, workers: Workers, shelf: Shelf, file: str, paper: Path) -> None:
        self._workers = workers
        self._shelf = shelf
        self._file = file
        self._paper = paper
        self._drawn = 0
        self._seconds = workers.limits.seconds_for(1)  # left for all workers together

    async def run(self, progress: Progress) -> Prepared:
        """Raises Unreadable; whatever stops it, nothing it drew is kept."""
        try:
            prepared = await self._inspect()
            self._seconds = self._workers.limits.seconds_for(prepared.pages)
            await self._draw_all(prepared.pages, progress)
            await self._outline()
        except BaseException:
            await asyncio.to_thread(self._shelf.clear, self._file)
            raise
        await asyncio.to_thread(self._shelf.keep_prepared, self._file, prepared)
        return prepared

    async def _inspect(self) -> Prepared:
        found: list[Prepared] = []

        async def take(frame: Frame) -> None:
            found.append(Prepared.read(frame.head))

        await self._work({"do": "inspect"}, take)
        return found[0]

    async def _outline(self) -> None:
        async def take(frame: Frame) -> None:
            if frame.kind == "outline":
                await asyncio.to_thread(self._shelf.keep_outline, self._file, frame.body)

        await self._work({"do": "outline"}, take)

    async def _draw_all(self, pages: int, progress: Progress) -> None:
        """Several workers take batches from the front, so the first page comes first."""
        batches = iter(range(1, pages + 1, BATCH))

        async def draw_batches() -> None:
            for first in batches:
                await self._draw(first, min(first + BATCH - 1, pages), lambda: progress(self._drawn, pages))

        drawing = [asyncio.create_task(draw_batches()) for _ in range(self._workers.limits.preparing)]
        try:
            await asyncio.gather(*drawing)
        finally:
            for task in drawing:
                task.cancel()
            await asyncio.gather(*drawing, return_exceptions=True)

    async def _draw(self, first: int, last: int, progress: Callable[[], None]) -> None:
        waiting = set(range(first, last + 1))

        async def take(frame: Frame) -> None:
            """What the worker says is not trusted: file names are made of it."""
            page, width = frame.head.get("page", 0), frame.head.get("width", 0)
            if page not in range(first, last + 1) or width not in (0, *WIDTHS):
                raise Unreadable("damaged")
            await asyncio.to_thread(self._keep, frame, page, width)
            if frame.kind == "drawn" and page in waiting:  # it comes again where a task is done again
                waiting.remove(page)
                self._drawn += 1
                progress()

        refuse = not self._workers.limits.marked_secret
        task = {"do": "draw", "first": first, "last": last, "widths": WIDTHS, "words": True, "refuse_marked": refuse}
        try:
            await self._work(task, take)
        except Unreadable as unreadable:
            raise unreadable.on(min(waiting, default=last)) from None
        if waiting:
            raise Unreadable("damaged").on(min(waiting))

    def _keep(self, frame: Frame, page: int, width: int) -> None:
        if frame.kind == "image":
            PageImage.of(frame.body)  # refuses what is no image
            self._shelf.keep_image(self._file, page, width, frame.body)
        elif frame.kind == "words":
            self._shelf.keep_words(self._file, page, frame.body)

    async def _work(self, task: dict[str, Any], take: Callable[[Frame], Awaitable[None]]) -> None:
        seconds = max(self._seconds, 0.0)
        self._seconds -= await self._workers.run(task, self._paper, seconds, take, waited_for=False)
