"""The websocket protocol of uvicorn, opened a little: the room writes ready frames straight to the transport.

Starlette's `await send` frames and waits per receiver: four times slower for a full room, and one tablet that stops
reading would hold up all others. This relies on uvicorn's internals (its minor version is pinned; tests/endpoints/
test_wire.py is the contract).
"""

from __future__ import annotations

from asyncio.transports import BaseTransport
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import unquote
from zlib import MAX_WBITS

from uvicorn._types import ASGISendEvent
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.extensions.permessage_deflate import PerMessageDeflate
from websockets.frames import Frame
from websockets.http11 import Request
from websockets.protocol import OPEN, Protocol

from meetingroom.endpoints.handshake import DEFLATE, Agreed, Pairs, Unusual, agreed
from meetingroom.live.seat import Send

EXTENSION = "meetingroom.line"
BODY = frozenset({b"content-length", b"transfer-encoding", b"expect"})
WAITING = 1  # messages of a device that wait for the application, beside what came in the same packet

AtOnce = Callable[[bytes, Pairs], tuple[Pairs, bytes] | None]


class LiveHttp(HttpToolsProtocol):
    """Answers at once what the application has ready, and opens a websocket from the headers it has parsed; uvicorn would
    write them down and have them parsed once more."""

    answered = False  # the request at hand, without a task

    def on_headers_complete(self) -> None:
        self.answered = self._answer_at_once()
        if not self.answered:
            self._unset_keepalive_if_required()  # set by an answer to what came before in the same packet
            super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        if not self.answered:
            super().on_body(body)

    def on_message_complete(self) -> None:
        if not self.answered:
            super().on_message_complete()

    def _answer_at_once(self) -> bool:
        """In one piece, if the application has the answer ready; whether it had. Nobody is answered out of turn, nor while
        they do not read what they have asked for before."""
        at_once: AtOnce | None = getattr(getattr(self.config.app, "state", None), "at_once", None)
        parser = self.parser
        if (
            at_once is None
            or parser.get_method() != b"GET"
            or parser.get_http_version() != "1.1"
            or not parser.should_keep_alive()
            or parser.should_upgrade()
            or (self.cycle is not None and not self.cycle.response_complete)
            or self.transport.is_closing()
            or self.transport.get_write_buffer_size()
            or not BODY.isdisjoint(dict(self.headers))
        ):
            return False
        answer = at_once(self.url, self.headers)
        if answer is None:
            return False
        headers, body = answer
        lines = (name + b": " + value + b"\r\n" for name, value in (*self.server_state.default_headers, *headers))
        self.transport.write(b"".join((b"HTTP/1.1 200 OK\r\n", *lines, b"\r\n", body)))
        self.on_response_complete()
        return True

    def handle_websocket_upgrade(self) -> None:
        scope = self.scope
        try:
            if scope["method"] != "GET" or scope["http_version"] != "1.1":
                raise Unusual
            agreement = agreed(self.url, self.headers)
        except Unusual:
            super().handle_websocket_upgrade()
        else:
            self.connections.discard(self)
            protocol = LiveProtocol(self.config, self.server_state, self.app_state)
            protocol.connection_made(self.transport)
            protocol.begin(self.url, self.headers, agreement)
            self.transport.set_protocol(protocol)
        self.parser = None  # type: ignore[assignment]  # it refers back: both would stay until cycles are looked for


class LiveProtocol(WebSocketsSansIOProtocol):
    """Gives the application its line in `scope["extensions"]`.

    Before anything waits in the transport, and before a closing frame, who sends past the transport is told to stop.
    """

    lost: Callable[[], None] | None = None
    greeting: bytes | None = None  # the answer to a usual handshake

    def begin(self, url: bytes, headers: Pairs, agreement: Agreed) -> None:
        """As `handle_connect`, for what is agreed already."""
        self.greeting, self.conn.extensions = agreement.answer, agreement.extensions
        self.conn.parser = Protocol.parse(self.conn)  # of frames
        next(self.conn.parser)
        self.handshake_initiated = True
        path, _, query = url.partition(b"?")
        self.scope = {
            "type": "websocket",
            "asgi": {"version": self.asgi_version, "spec_version": "2.4"},
            "http_version": "1.1",
            "scheme": self.scheme,
            "server": self.server,
            "client": self.client,
            "root_path": self.root_path,
            "path": self.root_path + unquote(path.decode()),
            "raw_path": self.root_path.encode() + path,
            "query_string": query,
            "headers": headers,
            "subprotocols": [],
            "state": self.app_state.copy(),
            "extensions": {"websocket.http.response": {}, EXTENSION: UvicornLine(self)},  # type: ignore[dict-item]
        }
        self.queue.put_nowait({"type": "websocket.connect"})
        task = self.loop.create_task(self.run_asgi())
        task.add_done_callback(self.on_task_complete)
        self.tasks.add(task)

    async def send(self, message: ASGISendEvent) -> None:
        greeting = self.greeting
        if greeting is None or message["type"] != "websocket.accept" or self.disconnected:
            await super().send(message)
            return
        self.greeting = None
        if not self.transport.is_closing():
            more = (name + b": " + value + b"\r\n" for name, value in message.get("headers", ()))
            self.handshake_complete = True
            self.conn.state = OPEN
            self.transport.write(b"".join((greeting, *more, b"\r\n")))
            self.start_keepalive()

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
        """As uvicorn's, but for two things. It stops reading at every message until the application asks for the next: two
        calls to the kernel for each, where the application waits already. And it logs a whole traceback for each message
        that is not UTF-8: anybody could fill the disk with them.
        """
        content, self.frames = b"".join(self.frames), []
        if self.close_sent:
            return
        if self.curr_msg_data_type == "text":
            try:
                self.queue.put_nowait({"type": "websocket.receive", "text": content.decode()})
            except UnicodeDecodeError:
                self.conn.send_close(1007)
                self.handle_parser_exception()
                return
        else:
            self.queue.put_nowait({"type": "websocket.receive", "bytes": content})
        if not self.read_paused and self.queue.qsize() > WAITING:
            self.read_paused = True
            self.transport.pause_reading()


class UvicornLine:
    """`live.seat.Line` over a uvicorn websocket."""

    __slots__ = ("_bare", "_protocol")

    def __init__(self, protocol: LiveProtocol) -> None:
        self._protocol = protocol
        # The transport's own socket and no copy of it: once that is closed its send fails, and never reaches whoever got
        # the same number next. None with TLS, for good: whoever asks at every beat is answered at once.
        told = protocol.transport.get_extra_info
        self._bare: Any = None if told("sslcontext") else getattr(told("socket"), "_sock", None)

    async def accept(self) -> None:
        """Open the line; what else it says comes from `receive`."""
        await self._protocol.receive()  # that somebody asks for it
        await self._protocol.send({"type": "websocket.accept"})

    async def receive(self) -> Mapping[str, Any]:
        """The next message, or that the line is closed; as ASGI has them."""
        return await self._protocol.receive()

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
