"""What the server talks to: prepares papers, and has their page images and words."""

import asyncio
import json
import logging
import shutil
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from meetingroom.rendering import recognition
from meetingroom.rendering.frames import Frame
from meetingroom.rendering.limits import Limits
from meetingroom.rendering.memory import Key, Memory, PageImage
from meetingroom.rendering.once import Once
from meetingroom.rendering.preparation import Preparation, Progress
from meetingroom.rendering.shelf import Prepared, Shelf
from meetingroom.rendering.tiles import Tile
from meetingroom.rendering.unreadable import NoSuchPage, Unreadable
from meetingroom.rendering.workers import Workers

log = logging.getLogger(__name__)

NEEDED = ("landlock", "seccomp", "no-new-privileges", "limits")
"""Walls that every machine for real use should have; bubblewrap comes on top where it is installed."""
WIDTHS = (270, 1080, 1600, 2160)  # pixels: a thumbnail, a phone, a tablet, a dense or large screen


class Renderer:
    """`path_of` says where the file with a SHA-256 (hexadecimal) lies; `pages` is the folder for what is drawn."""

    def __init__(self, path_of: Callable[[str], Path], pages: Path, limits: Limits | None = None) -> None:
        self.limits = limits or Limits()
        self._path_of = path_of
        self._shelf = Shelf(pages)
        self._memory = Memory(self.limits.kept_in_memory)
        self._workers = Workers(self.limits, pages.parent)
        self._once = Once()
        self._tiling = asyncio.Semaphore(1)
        self._told: dict[str, list[Progress]] = {}

    async def start(self) -> None:
        await self._workers.start()
        log.info("papers are drawn behind: %s", ", ".join(self.layers()) or "nothing")

    async def stop(self) -> None:
        await self._once.stop()
        await self._workers.stop()

    def layers(self) -> list[str]:
        """The walls around the processes that open papers, as the system allows; known after start."""
        return list(self._workers.walls)

    async def prepare(self, file: str, progress: Progress) -> Prepared:
        """Draws every page once, the first page first. Raises Unreadable, and then nothing of it is kept."""
        listeners = self._told.setdefault(file, [])
        listeners.append(progress)
        try:
            return await self._once(file, lambda: self._prepare(file))
        finally:
            listeners.remove(progress)
            if not listeners:
                self._told.pop(file, None)

    def in_memory(self, file: str, page: int, width: int) -> PageImage | None:
        """What `image` gives, if nothing need be waited for."""
        return self._memory.get((file, page, width))

    async def image(self, file: str, page: int, width: int) -> PageImage:
        """From memory, else from disk, else drawn now. Raises NoSuchPage or, for a damaged paper, Unreadable."""
        key = (file, page, width)
        if (kept := self._memory.get(key)) is not None:
            return kept
        if width not in WIDTHS or page < 1:
            raise NoSuchPage(key)
        return await self._once(key, lambda: self._find_image(key))

    async def watermarked(self, file: str, page: int, width: int, text: str) -> PageImage:
        """Drawn anew for each reader and kept nowhere, so that nobody is ever given a page in another's name."""
        if width not in WIDTHS or page < 1:
            raise NoSuchPage(file, page, width)
        task = {"widths": [width], "words": False, "watermark": text}
        return PageImage.of(await self._once((file, page, width, text), lambda: self._draw(file, page, "image", task)))

    async def tile(self, file: str, page: int, tile: Tile) -> PageImage:
        """A part of a magnified page, from memory or drawn now. Raises as `image`.

        Not kept on disk: a page has a hundred of them and each is drawn in the time of a blink. One at a time, so that
        people who magnify never hold up a page that others wait for.
        """
        key = (file, page, tile.width, tile.column, tile.row)
        if (kept := self._memory.get(key)) is not None:
            return kept
        if not tile.is_possible or page < 1:
            raise NoSuchPage(key)
        return await self._once(key, lambda: self._draw_tile(file, page, tile))

    async def words(self, file: str, page: int) -> bytes:
        """What can be read on a page, JSON as `rendering.words.page_text` makes it. Raises as `image`."""
        if page < 1:
            raise NoSuchPage(file, page)
        if (found := await asyncio.to_thread(self._shelf.words, file, page)) is not None:
            return found
        return await self._once((file, page), lambda: self._draw_words(file, page))

    async def recognise(self, file: str, page: int) -> bool:
        """Looks for words on the picture of a page that lacks them, once; whether there are any now. Raises as `image`."""
        text = json.loads(await self.words(file, page))
        if not recognition.is_wanted(text):
            return bool(text["words"])
        picture = await self._draw(file, page, "image", {"widths": [recognition.WIDTH], "words": False})
        found = await recognition.recognised(picture, text["width"] / recognition.WIDTH)
        read = text | {"words": recognition.added(text["words"], found), "recognised": True}
        body = json.dumps(read, ensure_ascii=False, separators=(",", ":")).encode()
        await asyncio.to_thread(self._shelf.keep_words, file, page, body)
        return bool(read["words"])

    async def forget(self, file: str) -> None:
        """Of what must not be kept here no picture and no word stays."""
        self._memory.drop(file)
        await asyncio.to_thread(self._shelf.clear, file)

    async def outline(self, file: str) -> bytes:
        """JSON [[level, "title", page, y], …]: its own, or made of its headings; may be empty. Raises Unreadable."""
        if (found := await asyncio.to_thread(self._shelf.outline, file)) is not None:
            return found
        return await self._once((file, "outline"), lambda: self._draw_outline(file))

    async def annotated(self, file: str, marks: bytes, author: str, behind: Sequence[bytes] = ()) -> bytes:
        """The paper with marks, JSON of them, as annotations, other PDFs behind it; kept nowhere. Raises Unreadable."""
        return await self._annotated(file, (marks, *behind), {"author": author[:200]})

    async def excerpt(self, file: str, marks: bytes, author: str, heading: str) -> bytes:
        """Only the pages with marks, each under a heading, in which {page} is its number. Raises Unreadable."""
        return await self._annotated(file, (marks,), {"author": author[:200], "heading": heading[:300]})

    async def _annotated(self, file: str, written: Sequence[bytes], how: dict[str, str]) -> bytes:
        bodies: list[bytes] = []

        async def take(frame: Frame) -> None:
            if frame.kind == "part":
                bodies.append(frame.body)

        prepared = await asyncio.to_thread(self._shelf.prepared, file)
        seconds = self.limits.seconds_for(prepared.pages if prepared else self.limits.pages)
        with tempfile.TemporaryDirectory(prefix="marks-") as folder:  # for one person, and gone with the answer
            both = Path(folder) / "both"
            ends = await asyncio.to_thread(_joined, self._path_of(file), written, both)
            task = {"do": "annotate", "ends": ends, **how}
            await self._workers.run(task, both, seconds, take, waited_for=True)
        if not bodies:
            raise Unreadable("damaged")
        return b"".join(bodies)

    async def portrait(self, photo: Path) -> bytes:
        """A photograph as it is shown on a ballot, encoded anew. Raises Unreadable."""
        return await self._picture("portrait", photo)

    async def emblem(self, sent: Path) -> bytes:
        """An agency's emblem as a PNG. Raises Unreadable."""
        return await self._picture("emblem", sent)

    async def _picture(self, kind: str, sent: Path) -> bytes:
        bodies: list[bytes] = []

        async def take(frame: Frame) -> None:
            if frame.kind == "picture":
                bodies.append(frame.body)

        await self._workers.run({"do": kind}, sent, self.limits.page_seconds, take, waited_for=True)
        if not bodies:
            raise Unreadable("damaged")
        return bodies[0]

    async def _prepare(self, file: str) -> Prepared:
        if (prepared := await asyncio.to_thread(self._shelf.prepared, file)) is not None:
            return prepared
        preparation = Preparation(self._workers, self._shelf, file, self._path_of(file))
        return await preparation.run(lambda done, of: self._tell(file, done, of))

    def _tell(self, file: str, done: int, of: int) -> None:
        for progress in self._told.get(file, ()):
            progress(done, of)

    async def _find_image(self, key: Key) -> PageImage:
        found = await asyncio.to_thread(self._shelf.image, *key[:3])
        image = PageImage.of(found or await self._draw_image(key))
        self._memory.put(key, image)
        return image

    async def _draw_image(self, key: Key) -> bytes:
        file, page, width = key[:3]
        body = await self._draw(file, page, "image", {"widths": [width], "words": False})
        await asyncio.to_thread(self._shelf.keep_image, file, page, width, body)
        return body

    async def _draw_tile(self, file: str, page: int, tile: Tile) -> PageImage:
        task = {"do": "tile", "page": page, "width": tile.width, "column": tile.column, "row": tile.row}
        async with self._tiling:
            image = PageImage.of(await self._draw(file, page, "image", task))
        self._memory.put((file, page, tile.width, tile.column, tile.row), image)
        return image

    async def _draw_words(self, file: str, page: int) -> bytes:
        body = await self._draw(file, page, "words", {"widths": [], "words": True})
        await asyncio.to_thread(self._shelf.keep_words, file, page, body)
        return body

    async def _draw_outline(self, file: str) -> bytes:
        bodies: list[bytes] = []

        async def take(frame: Frame) -> None:
            if frame.kind == "outline":
                bodies.append(frame.body)

        prepared = await asyncio.to_thread(self._shelf.prepared, file)
        seconds = self.limits.seconds_for(prepared.pages if prepared else self.limits.pages)
        await self._workers.run({"do": "outline"}, self._path_of(file), seconds, take, waited_for=True)
        if not bodies:
            raise Unreadable("damaged")
        await asyncio.to_thread(self._shelf.keep_outline, file, bodies[0])
        return bodies[0]

    async def _draw(self, file: str, page: int, wanted: str, what: dict[str, Any]) -> bytes:
        """One page for somebody who waits. Raises NoSuchPage, Unreadable."""
        prepared = await asyncio.to_thread(self._shelf.prepared, file)
        if prepared is not None and page > prepared.pages:
            raise NoSuchPage(file, page)
        bodies: list[bytes] = []

        async def take(frame: Frame) -> None:
            if frame.kind == wanted:
                bodies.append(frame.body)

        task = {"do": "draw", "first": page, "last": page, **what}
        paper, seconds = self._path_of(file), self.limits.page_seconds
        try:
            await self._workers.run(task, paper, seconds, take, waited_for=True)
        except Unreadable as unreadable:
            raise unreadable.on(page) from None
        if not bodies:
            raise NoSuchPage(file, page)
        return bodies[0]


def _joined(paper: Path, written: Sequence[bytes], into: Path) -> list[int]:
    """Writes all one behind the other; where each ends."""
    shutil.copyfile(paper, into)
    with into.open("ab") as file:
        ends = [file.tell()]
        for each in written:
            file.write(each)
            ends.append(file.tell())
    return ends


async def layers_here() -> list[str]:
    """The walls that would stand around papers on this machine."""
    with tempfile.TemporaryDirectory(prefix="walls-") as folder:
        renderer = Renderer(lambda _: Path(folder), Path(folder) / "pages")
        await renderer.start()
        try:
            return renderer.layers()
        finally:
            await renderer.stop()
