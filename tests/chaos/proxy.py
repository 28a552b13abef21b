"""A network that cuts, delays, withholds and repeats, between tablets and the server: bytes through TCP, by chance."""

from __future__ import annotations

import asyncio
import contextlib
import random
from dataclasses import dataclass


@dataclass
class Weather:
    """Chances per piece of what passes; `delay` in seconds at most; `silent`: nothing passes, and nobody is told."""

    cut: float = 0.0
    repeat: float = 0.0
    delay: float = 0.0
    split: bool = False
    silent: bool = False


class Proxy:
    """`async with Proxy(port, chance) as proxy: proxy.port`"""

    def __init__(self, to: int, chance: random.Random) -> None:
        self.to = [to]  # ports, of which each connection goes to one that answers
        self.chance, self.weather = chance, Weather()
        self.cuts = 0
        self._pairs: set[tuple[asyncio.StreamWriter, asyncio.StreamWriter]] = set()

    async def __aenter__(self) -> Proxy:
        self._server = await asyncio.start_server(self._pass, "127.0.0.1", 0)
        self.port = int(self._server.sockets[0].getsockname()[1])
        return self

    async def __aexit__(self, *_: object) -> None:
        self._server.close()
        self.cut_all()

    def cut_all(self) -> None:
        for pair in list(self._pairs):
            self._cut(pair)

    def _cut(self, pair: tuple[asyncio.StreamWriter, asyncio.StreamWriter]) -> None:
        self.cuts += 1
        for writer in pair:
            writer.transport.abort()

    async def _pass(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        opened = await self._open()
        if opened is None:
            writer.transport.abort()
            return
        there, here = opened
        pair = (writer, here)
        self._pairs.add(pair)
        with contextlib.suppress(OSError):
            await asyncio.gather(self._pump(reader, here, pair, up=True), self._pump(there, writer, pair, up=False))
        self._pairs.discard(pair)
        for each in pair:
            each.transport.abort()

    async def _open(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter] | None:
        for port in self.chance.sample(self.to, len(self.to)):
            with contextlib.suppress(OSError):
                return await asyncio.open_connection("127.0.0.1", port)
        return None

    async def _pump(
        self,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
        pair: tuple[asyncio.StreamWriter, asyncio.StreamWriter],
        up: bool,
    ) -> None:
        """Commands are repeated, as by a device that is not sure; not the handshake, the greeting and what comes down."""
        number = 0
        while piece := await reader.read(65536):
            number += 1
            weather, roll = self.weather, self.chance.random
            while self.weather.silent:
                await asyncio.sleep(0.02)
            if weather.delay:
                await asyncio.sleep(roll() * weather.delay)
            if roll() < weather.cut:
                writer.write(piece[: self.chance.randrange(len(piece) + 1)])
                self._cut(pair)
                return
            parts = [piece]
            if weather.split and len(piece) > 1:
                at = self.chance.randrange(1, len(piece))
                parts = [piece[:at], piece[at:]]
            if up and number > 2 and roll() < weather.repeat:
                parts = [piece, piece]
            for part in parts:
                writer.write(part)
                await asyncio.sleep(0)
            await writer.drain()
        with contextlib.suppress(OSError, RuntimeError):
            writer.write_eof()
