"""What goes over the wire from the server: JSON text frames, encoded once for all who are sent the same."""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping
from typing import Any

PROTOCOL = 1
VIEW = b',"view":'
COMPRESSED = 0x40  # the first reserved bit of a frame
STORED = 0xFFFF  # bytes a block that is not compressed holds at most
ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def encode(message: Mapping[str, Any]) -> bytes:
    """The JSON of a message as an unmasked, final websocket text frame (RFC 6455, section 5.2)."""
    return frame(dumps(message))


def dumps(value: object) -> bytes:
    """Compact JSON in UTF-8."""
    return ENCODER.encode(value).encode()


def frame(payload: bytes) -> bytes:
    """The payload behind a server's frame header. Uncompressed is legal also where deflate was negotiated (RFC 7692, 6)."""
    return _before(len(payload)) + payload


def _before(size: int) -> bytes:
    """The header of a frame of this many bytes."""
    if size < 126:
        return bytes((0x81, size))
    if size < 65536:
        return b"\x81\x7e" + size.to_bytes(2, "big")
    return b"\x81\x7f" + size.to_bytes(8, "big")


def hello(epoch: str, version: int, now: int, me: bytes, view: bytes | None) -> bytes:
    """The answer to a hello. `me` is encoded; so is `view`, the snapshot of the audience, shared by all who come now.

    None: not needed.
    """
    head = _head(epoch, version, now, me)
    if view is None:
        return frame(head)
    head = head[:-1] + VIEW
    # Put together once: of a large meeting each copy is a tenth of a megabyte, a thousand times over.
    return b"".join((_before(len(head) + len(view) + 1), head, view, b"}"))


def deflated_hello(epoch: str, version: int, now: int, me: bytes, view: bytes) -> bytes:
    """The same as a compressed message (RFC 7692, 7.2): `view` is what `deflated` made of the snapshot, once for all.

    What is somebody's own is not compressed: it costs nothing, and its length tells nothing.
    """
    head, tail = _stored(_head(epoch, version, now, me)[:-1] + VIEW), _stored(b"}") + b"\x00"
    before = bytearray(_before(len(head) + len(view) + len(tail)))
    before[0] |= COMPRESSED
    return b"".join((before, head, view, tail))


def deflated(data: bytes) -> bytes:
    """Blocks of DEFLATE that end at a byte and refer to nothing before them: they may stand within any message."""
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return packer.compress(data) + packer.flush(zlib.Z_SYNC_FLUSH)


def _stored(data: bytes) -> bytes:
    """Blocks of DEFLATE that hold the bytes as they are (RFC 1951, 3.2.4)."""
    parts = (data[at : at + STORED] for at in range(0, len(data), STORED))
    return b"".join(
        b"\x00" + len(part).to_bytes(2, "little") + (len(part) ^ 0xFFFF).to_bytes(2, "little") + part for part in parts
    )


def _head(epoch: str, version: int, now: int, me: bytes) -> bytes:
    head = dumps({"hello": PROTOCOL, "epoch": epoch, "version": version, "now": now})
    return b"".join((head[:-1], b',"me":', me, b"}"))
