"""Many tablets that only listen, as cheap as Python can make them: raw sockets, frames counted and not parsed.

Runs in a process of its own, so that the load does not share the server's interpreter.
"""

from __future__ import annotations

import asyncio
import base64
import json
import os
import time
from urllib.parse import urlsplit


def text_frame(message: object) -> bytes:
    """A client's frame: masked with zeros, which is legal and costs nothing."""
    payload = json.dumps(message).encode()
    size = len(payload)
    head = bytes((0x81, 0x80 | size)) if size < 126 else b"\x81\xfe" + size.to_bytes(2, "big")
    return head + bytes(4) + payload


class Tap(asyncio.Protocol):
    """One tablet. `heard` is set by the first bytes after `listen`, when they hold the awaited text."""

    def __init__(self, crowd: Crowd, request: bytes) -> None:
        self.crowd, self.request = crowd, request
        self.open = False
        self.ready: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.transport: asyncio.Transport | None = None
        self.kept = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        transport.write(self.request)

    def data_received(self, data: bytes) -> None:
        if not self.open:
            self.kept += data
            if b"\r\n\r\n" in self.kept:
                if not self.kept.startswith(b"HTTP/1.1 101"):
                    self.ready.set_exception(ConnectionError(self.kept[:80].decode()))
                    return
                self.open, self.kept = True, b""
                self.ready.set_result(None)
            return
        if self.crowd.awaited in data:
            self.crowd.delivered(time.perf_counter())

    def send(self, message: object) -> None:
        assert self.transport
        self.transport.write(text_frame(message))


class Crowd:
    """N taps on one address."""

    def __init__(self, address: str, path: str, cookie: str, count: int) -> None:
        self.address, self.path, self.cookie, self.count = urlsplit(address), path, cookie, count
        self.taps: list[Tap] = []
        self.awaited = b"\xff never"
        self._left = 0
        self._last = 0.0
        self._times: list[float] = []
        self._all = asyncio.Event()

    async def gather(self, hello: object | None) -> None:
        """Connect all, fifty at a time."""
        for start in range(0, self.count, 50):
            size = min(50, self.count - start)
            await asyncio.gather(*(self._connect(hello) for _ in range(size)))

    async def _connect(self, hello: object | None) -> None:
        key = base64.b64encode(os.urandom(16)).decode()
        origin = f"{self.address.scheme}://{self.address.netloc}"
        request = (
            f"GET {self.path} HTTP/1.1\r\nHost: {self.address.netloc}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            f"Sec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\nOrigin: {origin}\r\nCookie: {self.cookie}\r\n\r\n"
        ).encode()
        loop = asyncio.get_running_loop()
        _, tap = await loop.create_connection(lambda: Tap(self, request), self.address.hostname, self.address.port)
        await tap.ready
        if hello is not None:
            tap.send(hello)
        self.taps.append(tap)

    def expect(self, text: bytes) -> None:
        """From now on, wait for a frame holding this text at every tap."""
        self.awaited, self._left, self._times = text, len(self.taps), []
        self._all.clear()

    def delivered(self, at: float) -> None:
        self._left -= 1
        self._times.append(at)
        if self._left == 0:
            self._all.set()

    async def all_delivered(self) -> list[float]:
        """Times of delivery (perf_counter seconds), sorted; waits for the last."""
        async with asyncio.timeout(30):
            await self._all.wait()
        return sorted(self._times)

    def close(self) -> None:
        for tap in self.taps:
            if tap.transport:
                tap.transport.abort()
