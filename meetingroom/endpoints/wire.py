"""The websocket protocol of uvicorn, opened a little: the room writes ready frames straight to the transport.

Starlette's `await send` frames and waits per receiver: four times slower for a full room, and one tablet that stops
reading would hold up all others. This relies on uvicorn's internals (its minor version is pinned; tests/endpoints/
test_wire.py is the contract).
"""

from __future__ import annotations

from asyncio.transports import BaseTransport
from collections.abc import Callable
from typing import Any
from zlib import MAX_WBITS

from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.extensions.permessage_deflate import PerMessageDeflate, ServerPerMessageDeflateFactory
from websockets.frames import Frame
from websockets.http11 import Request

from meetingroom.live.seat import Send

EXTENSION = "meetingroom.line"
# Every message by itself: what is compressed once may go to all, and no connection holds a compressor's memory.
DEFLATE = ServerPerMessageDeflateFactory(server_no_context_takeover=True, client_no_context_takeover=True)


class LiveProtocol(WebSocketsSansIOProtocol):
    """Gives the application its line in `scope["extensions"]`.

    Before anything waits in the transport, and before a closing frame, who sends past the transport is told to stop.
    """

    lost: Callable[[], None] | None = None

    def connection_made(self, transport: BaseTransport) -> None:
        self.conn.available_extensions = [DEFLATE]
        super().connection_made(transport)
        self.transport.set_write_buffer_limits(0)  # pause_writing is called as soon as a byte waits

    def part(self) -> None:
        """From here on everything goes through the transport."""
        lost, self.lost = self.lost, None
        if lost:
            lost()

    def pause_writing(self) -> None:
        self.part()
        super().pause_writing()

    def handle_close(self, event: Frame) -> None:
        self.part()
        super().handle_close(event)

    def handle_parser_exception(self) -> None:
        self.part()
        super().handle_parser_exception()

    def keepalive_timeout(self) -> None:
        self.part()
        super().keepalive_timeout()

    def shutdown(self) -> None:
        self.part()
        super().shutdown()

    def connection_lost(self, exc: Exception | None) -> None:
        self.part()
        super().connection_lost(exc)

    def handle_connect(self, event: Request) -> None:
        super().handle_connect(event)
        if self.handshake_initiated and not self.transport.is_closing():  # else it was refused, and there is no scope
            scope: dict[str, Any] = self.scope  # type: ignore[assignment]
            scope["extensions"][EXTENSION] = UvicornLine(self)

    def send_receive_event_to_app(self) -> None:
        """uvicorn would log a whole traceback for each message that is not UTF-8: anybody could fill the disk with them."""
        if self.curr_msg_data_type == "text" and not self.close_sent:
            try:
                b"".join(self.frames).decode()
            except UnicodeDecodeError:
                self.frames = []
                self.conn.send_close(1007)
                self.handle_parser_exception()
                return
        super().send_receive_event_to_app()


class UvicornLine:
    """`live.seat.Line` over a uvicorn websocket."""

    __slots__ = ("_bare", "_protocol")

    def __init__(self, protocol: LiveProtocol) -> None:
        self._protocol = protocol
        # The transport's own socket and no copy of it: once that is closed its send fails, and never reaches whoever got
        # the same number next. None with TLS, for good: whoever asks at every beat is answered at once.
        told = protocol.transport.get_extra_info
        self._bare: Any = None if told("sslcontext") else getattr(told("socket"), "_sock", None)

    def write(self, frame: bytes) -> None:
        protocol = self._protocol
        if protocol.handshake_complete and not protocol.close_sent and not protocol.transport.is_closing():
            protocol.transport.write(frame)

    def offer(self, frame: bytes, most: int) -> bool:
        protocol = self._protocol
        transport = protocol.transport
        if transport.get_write_buffer_size() > most:
            return False
        if protocol.handshake_complete and not protocol.close_sent and not transport.is_closing():
            transport.write(frame)
        return True

    @property
    def inflates(self) -> bool:
        agreed = self._protocol.conn.extensions
        return any(isinstance(one, PerMessageDeflate) and one.local_max_window_bits == MAX_WBITS for one in agreed)

    def straight(self, lost: Callable[[], None]) -> Send | None:
        protocol = self._protocol
        if self._bare is None or not protocol.handshake_complete or protocol.close_sent:
            return None
        if protocol.transport.is_closing() or self.waiting():
            return None
        protocol.lost = lost
        send: Send = self._bare.send
        return send

    def waiting(self) -> int:
        return self._protocol.transport.get_write_buffer_size()

    def close(self, code: int, reason: str) -> None:
        """As uvicorn's own close, without waiting for a full socket to drain first."""
        protocol = self._protocol
        if protocol.close_sent or protocol.transport.is_closing():
            return
        protocol.part()
        protocol.queue.put_nowait({"type": "websocket.disconnect", "code": code, "reason": reason})
        protocol.conn.send_close(code, reason)
        protocol.transport.write(b"".join(protocol.conn.data_to_send()))
        protocol.close_sent = True
        if protocol.read_paused:
            protocol.read_paused = False
            protocol.transport.resume_reading()
        protocol.close_timer = protocol.loop.call_later(protocol.close_timeout, protocol.transport.abort)
