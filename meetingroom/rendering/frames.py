"""What a worker sends: a length, a JSON head, then as many bytes of body as the head says."""

import asyncio
import json
import os
from dataclasses import dataclass
from typing import Any

LONGEST_HEAD = 1 << 20
LONGEST_BODY = 20 << 20


class BrokenFrame(Exception):
    """What came is not a frame. A worker is not trusted: whoever wrote the PDF may be running it by now."""


@dataclass(frozen=True, slots=True)
class Frame:
    head: dict[str, Any]
    body: bytes

    @property
    def kind(self) -> str:
        return str(self.head.get("is"))


def send(pipe: int, head: dict[str, Any], body: bytes = b"") -> None:
    text = json.dumps({**head, "bytes": len(body)}).encode()
    rest = memoryview(len(text).to_bytes(4, "big") + text + body)
    while rest:
        rest = rest[os.write(pipe, rest) :]


async def receive(stream: asyncio.StreamReader) -> Frame | None:
    """The next frame, or None at the end. Raises BrokenFrame."""
    try:
        length = int.from_bytes(await stream.readexactly(4), "big")
    except asyncio.IncompleteReadError:
        return None
    if length > LONGEST_HEAD:
        raise BrokenFrame
    try:
        head = json.loads(await stream.readexactly(length))
        size = head["bytes"]
        if not isinstance(size, int) or not 0 <= size <= LONGEST_BODY:
            raise BrokenFrame
        return Frame(head, await stream.readexactly(size))
    except asyncio.IncompleteReadError:
        return None
    except (ValueError, TypeError, KeyError) as error:
        raise BrokenFrame from error
