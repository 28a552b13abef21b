"""Notices of PostgreSQL are short: what is longer goes as several and is put together where it is heard."""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Sequence

LONGEST = 7_000  # bytes; PostgreSQL takes less than 8,000 in one notice
MOST = 8 * 1024 * 1024  # bytes of what is put together; longer is nothing this program says


def parts(origin: str, said: str) -> list[str]:
    """The notices that say this: itself, or its pieces in order."""
    if len(said.encode()) <= LONGEST:
        return [said]
    packed = base64.b85encode(zlib.compress(said.encode(), 1)).decode()
    size = LONGEST - 200  # the rest is what stands around it
    pieces = [packed[at : at + size] for at in range(0, len(packed), size)]
    return [json.dumps([origin, "part", {"at": at, "of": len(pieces), "text": text}]) for at, text in enumerate(pieces)]


class Parts:
    """Of one line. The database keeps the order of what one process says; a line that was cut begins anew."""

    def __init__(self) -> None:
        self._begun: dict[str, list[str]] = {}  # by process

    def whole(self, origin: str, at: int, of: int, text: str) -> str | None:
        """What was said, with its last piece. Raises ValueError."""
        begun: Sequence[str] = self._begun.pop(origin, [])
        if at and len(begun) != at:
            return None
        pieces = [*begun, text] if at else [text]
        if len(pieces) < of:
            if len(pieces) * LONGEST < MOST:
                self._begun[origin] = pieces
            return None
        try:
            return zlib.decompressobj().decompress(base64.b85decode("".join(pieces)), MOST).decode()
        except zlib.error as error:
            raise ValueError("not what was packed") from error
