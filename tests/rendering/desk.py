"""A renderer with a folder of its own, for the length of a test."""

import contextlib
import hashlib
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

from meetingroom.rendering.limits import Limits
from meetingroom.rendering.renderer import Renderer
from meetingroom.rendering.shelf import Prepared


class Desk:
    def __init__(self, folder: Path, limits: Limits) -> None:
        self.papers = folder
        self.pages = folder / "pages"
        self.asked = 0  # how often a paper was opened: once for a preparation, once for a page drawn on demand
        self.renderer = Renderer(self.path_of, self.pages, limits)

    def path_of(self, file: str) -> Path:
        self.asked += 1
        return self.papers / f"{file}.pdf"

    def put(self, content: bytes) -> str:
        file = hashlib.sha256(content).hexdigest()
        (self.papers / f"{file}.pdf").write_bytes(content)
        return file

    async def prepare(self, content: bytes) -> tuple[str, Prepared]:
        file = self.put(content)
        return file, await self.renderer.prepare(file, lambda done, of: None)

    def kept(self) -> list[Path]:
        return [path for path in self.pages.rglob("*") if path.is_file()]


@contextlib.asynccontextmanager
async def desk(folder: Path, **limits: Any) -> AsyncIterator[Desk]:
    here = Desk(folder, Limits(**limits))
    await here.renderer.start()
    try:
        yield here
    finally:
        await here.renderer.stop()
