"""The opening handshake of a websocket as browsers make it (RFC 6455, section 4.2), read from headers that are parsed already.

After a restart a whole hall makes it in the same second, and the library's own way, which parses and checks each header by
itself, is most of what a return costs. What is not exactly what browsers send is not answered here: it goes the library's way,
which says what is wrong with it.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha1

from websockets.datastructures import Headers
from websockets.exceptions import InvalidHandshake
from websockets.extensions.base import Extension
from websockets.extensions.permessage_deflate import PerMessageDeflate, ServerPerMessageDeflateFactory
from websockets.server import ServerProtocol

# Every message by itself: what is compressed once may go to all, and no connection holds a compressor's memory.
DEFLATE = ServerPerMessageDeflateFactory(server_no_context_takeover=True, client_no_context_takeover=True)
GUID = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
KEY = re.compile(rb"[A-Za-z0-9+/]{21}[AQgw]==")  # sixteen bytes
CONNECTION = frozenset({b"upgrade", b"keep-alive, upgrade"})
HEADERS, LONGEST = 64, 4096  # less than the library takes: what is more goes its way, and is refused there

Pairs = Sequence[tuple[bytes, bytes]]


class Unusual(Exception):
    """Not what browsers send; nothing is said about whether it is allowed."""


@dataclass(frozen=True, slots=True)
class Agreed:
    """The answer but for the line that ends its headers, and what was agreed for the messages."""

    answer: bytes
    extensions: list[Extension]


def agreed(url: bytes, headers: Pairs) -> Agreed:
    """For a GET of HTTP/1.1 with these headers, their names in lower case. Raises Unusual."""
    found = dict(headers)
    if len(found) != len(headers) or len(found) > HEADERS or not url.isascii() or _too_long((url, *found.values())):
        raise Unusual
    if (
        found.get(b"connection", b"").lower() not in CONNECTION
        or found.get(b"upgrade", b"").lower() != b"websocket"
        or found.get(b"sec-websocket-version") != b"13"
        or not KEY.fullmatch(key := found.get(b"sec-websocket-key", b""))
        or b"sec-websocket-protocol" in found
        or b"transfer-encoding" in found
        or b"content-length" in found
    ):
        raise Unusual
    said, extensions = _compression(found.get(b"sec-websocket-extensions", b""))
    accept = b64encode(sha1(key + GUID, usedforsecurity=False).digest())
    answer = b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: "
    return Agreed(b"".join((answer, accept, b"\r\n", said)), [_another(one) for one in extensions])


def _too_long(lines: Iterable[bytes]) -> bool:
    return max(map(len, lines)) > LONGEST


@lru_cache(50)  # browsers offer the same few; a made-up one drives out another
def _compression(offered: bytes) -> tuple[bytes, tuple[PerMessageDeflate, ...]]:
    """What the library makes of an offer: the header that says so, and the extension itself. Raises Unusual."""
    if not offered:
        return b"", ()
    protocol = ServerProtocol(extensions=[DEFLATE])
    try:
        said, extensions = protocol.process_extensions(Headers({"Sec-WebSocket-Extensions": offered.decode("latin-1")}))
    except InvalidHandshake as error:
        raise Unusual from error
    compressions = tuple(one for one in extensions if isinstance(one, PerMessageDeflate))
    return (f"Sec-WebSocket-Extensions: {said}\r\n".encode() if said else b""), compressions


def _another(one: PerMessageDeflate) -> PerMessageDeflate:
    """Of its own for each connection: it remembers whether the message at hand is compressed."""
    return PerMessageDeflate(
        one.remote_no_context_takeover,
        one.local_no_context_takeover,
        one.remote_max_window_bits,
        one.local_max_window_bits,
        one.compress_settings,
    )
