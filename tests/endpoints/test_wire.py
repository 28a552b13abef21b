"""The contract with uvicorn's websocket protocol: what endpoints/wire.py takes from its inside does what we rely on."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable

import pytest
import uvicorn
from starlette.types import Receive, Scope, Send
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from meetingroom.endpoints.wire import EXTENSION, LiveHttp, LiveProtocol, UvicornLine
from meetingroom.live import frames
from tests.endpoints.line import Line, handshake

Attend = Callable[[UvicornLine, Receive], Awaitable[None]]


@contextlib.asynccontextmanager
async def served(attend: Attend, **options: object) -> AsyncIterator[int]:
    """A uvicorn of its own with our protocol; its port."""

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        assert scope["type"] == "websocket"
        assert (await receive())["type"] == "websocket.connect"
        await send({"type": "websocket.accept"})
        await attend(scope["extensions"][EXTENSION], receive)

    config = uvicorn.Config(app, port=0, http=LiveHttp, ws=LiveProtocol, lifespan="off", log_config=None, **options)  # type: ignore[arg-type]
    server = uvicorn.Server(config)
    serving = asyncio.create_task(server.serve())
    while not server.started:  # noqa: ASYNC110  (uvicorn has no event for it)
        await asyncio.sleep(0.01)
    try:
        yield server.servers[0].sockets[0].getsockname()[1]
    finally:
        server.should_exit = server.force_exit = True
        await serving


async def gone(receive: Receive) -> dict[str, object]:
    """The message that says the line is closed."""
    while True:
        message = await receive()
        if message["type"] == "websocket.disconnect":
            return dict(message)


def client(port: int) -> connect:
    return connect(f"ws://127.0.0.1:{port}", proxy=None, max_size=None)


def test_a_written_frame_arrives_whole_and_in_order() -> None:
    texts = ["ngắn", "x" * 125, "x" * 126, "ộ" * 30_000, "x" * 70_000]

    async def attend(line: UvicornLine, receive: Receive) -> None:
        for text in texts:
            line.write(frames.frame(text.encode()))
        await gone(receive)

    async def story() -> None:
        async with served(attend) as port, client(port) as tablet:
            assert [await tablet.recv() for _ in texts] == texts

    asyncio.run(story())


def test_compressed_and_uncompressed_frames_are_read_in_any_order_where_compression_was_agreed() -> None:
    view = frames.deflated(frames.dumps({"title": "Phiên họp " * 3000}))

    async def attend(line: UvicornLine, receive: Receive) -> None:
        assert line.inflates
        for number in range(3):
            line.write(frames.frame(b"plain"))
            line.write(frames.deflated_hello("epoch", number, 0, b"{}", view))
        line.write(frames.frame(str((await receive())["text"]).encode()))
        await gone(receive)

    async def story() -> None:
        async with served(attend) as port, client(port) as tablet:
            for number in range(3):
                assert await tablet.recv() == "plain"
                assert f'"version":{number},' in str(await tablet.recv())
            await tablet.send("what a tablet compresses is read " * 100)
            assert await tablet.recv() == "what a tablet compresses is read " * 100

    asyncio.run(story())


@pytest.mark.parametrize("offered", ["", "permessage-deflate; server_max_window_bits=10", "x-webkit-deflate-frame"])
def test_nothing_is_compressed_for_a_tablet_that_cannot_read_what_all_others_get(offered: str) -> None:
    async def attend(line: UvicornLine, receive: Receive) -> None:
        line.write(frames.frame(b"inflates" if line.inflates else b"plain"))
        await gone(receive)

    async def story() -> None:
        async with served(attend) as port:
            headers = {"Sec-WebSocket-Extensions": offered} if offered else {}
            tablet: Line = await asyncio.to_thread(handshake, port, "/", headers)
            with tablet:
                assert (await asyncio.to_thread(tablet.frame))[1] == b"plain"

    asyncio.run(story())


def test_a_tablet_that_does_not_read_makes_the_line_fill_and_nobody_wait() -> None:
    filled = asyncio.Event()

    async def attend(line: UvicornLine, receive: Receive) -> None:
        assert line.waiting() == 0
        frame = frames.frame(b"x" * 65_000)
        while line.waiting() < 10_000_000:  # more than any kernel keeps for us
            line.write(frame)
        filled.set()
        await gone(receive)

    async def story() -> None:
        async with served(attend) as port:
            _, writer = await asyncio.open_connection("127.0.0.1", port, limit=1)
            writer.write(
                f"GET / HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n".encode()
            )
            await asyncio.wait_for(filled.wait(), 30)
            writer.transport.abort()

    asyncio.run(story())


def test_closing_says_why_and_what_is_written_afterwards_goes_nowhere() -> None:
    told: list[dict[str, object]] = []

    async def attend(line: UvicornLine, receive: Receive) -> None:
        line.close(4403, "not a participant")
        line.write(frames.frame(b"too late"))
        line.close(4400, "twice")
        told.append(await gone(receive))

    async def story() -> None:
        async with served(attend) as port, client(port) as tablet:
            assert await _closed(tablet) == (4403, "not a participant")
        assert told[0]["code"] == 4403

    asyncio.run(story())


def test_what_is_sent_straight_stays_in_order_with_what_is_written_and_ends_before_anything_waits() -> None:
    count = 2000
    fell_out: list[int] = []

    async def attend(line: UvicornLine, receive: Receive) -> None:
        for number in range(count):
            frame = frames.frame(f"{number} {'x' * 5000}".encode())
            send = line.straight(lambda number=number: fell_out.append(number)) if number % 3 else None
            if send is None:
                line.write(frame)
                continue
            try:
                taken = send(frame)
            except BlockingIOError:
                taken = 0
            if taken < len(frame):
                line.write(frame[taken:])
                assert fell_out[-1] == number
                assert line.straight(lambda: None) is None
            if number == count // 2:
                while line.waiting():  # noqa: ASYNC110  (until the tablet has read on)
                    await asyncio.sleep(0.01)
        await gone(receive)

    async def story() -> None:
        async with served(attend) as port, client(port) as tablet:
            await asyncio.sleep(0.3)  # its buffers fill
            assert [int(str(await tablet.recv()).split()[0]) for _ in range(count)] == list(range(count))
        assert fell_out, "no socket was ever full: this test proves nothing"

    asyncio.run(story())


def test_whoever_sends_straight_is_told_before_a_line_closes() -> None:
    told: list[str] = []
    all_told = asyncio.Event()

    async def attend(line: UvicornLine, receive: Receive) -> None:
        first = str((await receive())["text"])
        assert line.straight(lambda: told.append(first))
        line.write(frames.frame(b"ready"))
        if first == "close me":
            line.close(4401, "session ended")
        else:
            await gone(receive)
        assert told[-1] == first
        assert line.straight(lambda: None) is None
        if len(told) == 3:
            all_told.set()

    async def story() -> None:
        async with served(attend) as port:
            async with client(port) as tablet:
                await tablet.send("close me")
                assert await tablet.recv() == "ready"
                assert await _closed(tablet) == (4401, "session ended")
            async with client(port) as tablet:
                await tablet.send("I close")
                assert await tablet.recv() == "ready"
            async with client(port) as tablet:
                await tablet.send("cut")
                assert await tablet.recv() == "ready"
                tablet.transport.abort()
            await asyncio.wait_for(all_told.wait(), 30)

    asyncio.run(story())


def test_a_tablet_that_answers_no_ping_is_let_go_and_sent_straight_no_more() -> None:
    """Its cable was pulled: nothing says so."""
    told: list[str] = []
    over = asyncio.Event()

    async def attend(line: UvicornLine, receive: Receive) -> None:
        assert line.straight(lambda: told.append("lost"))
        await gone(receive)
        over.set()

    async def story() -> None:
        async with served(attend, ws_ping_interval=0.2, ws_ping_timeout=0.2) as port:
            silent: Line = await asyncio.to_thread(handshake, port, "/", {})
            with silent:
                await asyncio.wait_for(over.wait(), 30)
                assert await asyncio.to_thread(silent.closed) in (1011, 1006)
        assert told == ["lost"]

    asyncio.run(story())


def test_writing_to_a_line_that_was_cut_is_harmless() -> None:
    done = asyncio.Event()

    async def attend(line: UvicornLine, receive: Receive) -> None:
        await gone(receive)
        line.write(frames.frame(b"nobody"))
        line.close(1012, "restarting")
        assert line.waiting() == 0
        done.set()

    async def story() -> None:
        async with served(attend) as port:
            async with client(port) as tablet:
                tablet.transport.abort()
            await asyncio.wait_for(done.wait(), 30)

    asyncio.run(story())


def test_a_full_line_can_be_closed_too() -> None:
    """The closing frame stands behind what waits; a tablet that never reads is cut after a while."""
    over = asyncio.Event()

    async def attend(line: UvicornLine, receive: Receive) -> None:
        line._protocol.close_timeout = 0.1
        while line.waiting() < 1_000_000:
            line.write(frames.frame(b"x" * 65_000))
        line.close(4408, "not reading")
        over.set()

    async def story() -> None:
        async with served(attend) as port:
            silent: Line = await asyncio.to_thread(handshake, port, "/", {})
            await asyncio.wait_for(over.wait(), 30)
            with silent:
                assert await asyncio.to_thread(silent.closed) in (4408, 1006)

    asyncio.run(story())


async def _closed(tablet: ClientConnection) -> tuple[int, str]:
    try:
        text = await tablet.recv()
    except ConnectionClosed as closed:
        assert closed.rcvd
        return closed.rcvd.code, closed.rcvd.reason
    raise AssertionError(text)
