"""Pages on disk. Everything here can be made again from the papers, so nothing waits for the disk to sync.

<root>/<first two letters of the file's hash>/<hash>/<version of the drawing>/{document.json, outline.json, 12-1600, 12.json}
"""

import contextlib
import itertools
import json
import os
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from meetingroom.rendering.unreadable import Unreadable

VERSION = "4"  # raise it when pages are drawn or encoded differently: pages drawn before are then drawn again

Sizes = tuple[tuple[int, float, float], ...]


@dataclass(frozen=True, slots=True)
class Prepared:
    """A paper that can be shown: every page was drawn once. `sizes` in runs of (pages, width, height), points."""

    pages: int
    sizes: Sizes

    @classmethod
    def read(cls, written: dict[str, Any]) -> "Prepared":
        """Raises Unreadable where it is not one."""
        try:
            sizes = tuple((int(count), float(width), float(height)) for count, width, height in written["sizes"])
            return cls(int(written["pages"]), sizes)
        except (KeyError, TypeError, ValueError):
            raise Unreadable("damaged") from None


class Shelf:
    def __init__(self, root: Path) -> None:
        self._root = root
        self._drafts = itertools.count()

    def prepared(self, file: str) -> Prepared | None:
        text = self._read(self._place(file) / "document.json")
        return Prepared.read(json.loads(text)) if text else None

    def keep_prepared(self, file: str, prepared: Prepared) -> None:
        text = json.dumps({"pages": prepared.pages, "sizes": prepared.sizes})
        self._write(self._place(file) / "document.json", text.encode())

    def outline(self, file: str) -> bytes | None:
        return self._read(self._place(file) / "outline.json")

    def keep_outline(self, file: str, body: bytes) -> None:
        self._write(self._place(file) / "outline.json", body)

    def image(self, file: str, page: int, width: int) -> bytes | None:
        return self._read(self._place(file) / f"{page}-{width}")

    def keep_image(self, file: str, page: int, width: int, body: bytes) -> None:
        self._write(self._place(file) / f"{page}-{width}", body)

    def words(self, file: str, page: int) -> bytes | None:
        return self._read(self._place(file) / f"{page}.json")

    def keep_words(self, file: str, page: int, body: bytes) -> None:
        self._write(self._place(file) / f"{page}.json", body)

    def clear(self, file: str) -> None:
        place = self._place(file).parent
        for path in sorted(place.rglob("*")):  # first overwritten: a picture of a page is the page
            if path.is_file():
                _overwrite(path)
        shutil.rmtree(place, ignore_errors=True)

    def _place(self, file: str) -> Path:
        return self._root / file[:2] / file / VERSION

    def _read(self, path: Path) -> bytes | None:
        """None also for an empty file: after a power cut a name can be there before its content."""
        with contextlib.suppress(FileNotFoundError):
            return path.read_bytes() or None
        return None

    def _write(self, path: Path, body: bytes) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_name(f"draft-{os.getpid()}-{next(self._drafts)}")
        draft.write_bytes(body)
        draft.replace(path)


def _overwrite(path: Path) -> None:
    with contextlib.suppress(OSError), path.open("r+b") as file:
        file.write(bytes(path.stat().st_size))
        file.flush()
        os.fsync(file.fileno())
