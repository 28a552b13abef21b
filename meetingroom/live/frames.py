"""What goes over the wire from the server: JSON text frames, encoded once for all who are sent the same."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

PROTOCOL = 1


def encode(message: Mapping[str, Any]) -> bytes:
    """The JSON of a message as an unmasked, final websocket text frame (RFC 6455, section 5.2)."""
    return frame(dumps(message))


def dumps(value: object) -> bytes:
    """Compact JSON in UTF-8."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


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


def hello(epoch: str, version: int, now: int, me: Mapping[str, Any], view: bytes | None) -> bytes:
    """The answer to a hello. `view` is the encoded snapshot of the audience, shared by all who come now; None: not needed."""
    head = dumps({"hello": PROTOCOL, "epoch": epoch, "version": version, "now": now, "me": me})
    if view is None:
        return frame(head)
    head = head[:-1] + b',"view":'
    # Put together once: of a large meeting each copy is a tenth of a megabyte, a thousand times over.
    return b"".join((_before(len(head) + len(view) + 1), head, view, b"}"))
