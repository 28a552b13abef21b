"""Library: uploaded files, kept once under the SHA-256 of their bytes. The server stores and hashes; it never opens them."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import os
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from meetingroom.storage.files import scrub, sync_folder

Instead = Callable[[Path], Awaitable[bytes | None]]


class Unstorable(Exception):
    """The upload was not kept. `code` is one of too_large, stalled, empty; `params` fill its sentence."""

    def __init__(self, code: str, **params: int) -> None:
        super().__init__(code)
        self.code, self.params = code, params


@dataclass(frozen=True, slots=True)
class Stored:
    """`hash` in hex, `size` in bytes."""

    hash: str
    size: int


def place_of(folder: Path, file: str) -> Path:
    """Where in the folder of a library the file with this hash is, also for who only looks."""
    return folder / file[:2] / f"{file}.pdf"


class Library:
    """`most` bytes a file, `stall` seconds without a byte are too long."""

    def __init__(self, folder: Path, most: int, stall: float) -> None:
        self._folder, self._most, self._stall = folder, most, stall
        self._coming = folder / "coming"
        self._coming.mkdir(parents=True, exist_ok=True, mode=0o700)
        for left in self._coming.iterdir():  # uploads that were under way when the server last stopped
            left.unlink()

    def path_of(self, file: str) -> Path:
        """Where the file with this hash is."""
        return place_of(self._folder, file)

    async def receive(self, body: AsyncIterator[bytes], instead: Instead | None = None) -> Stored:
        """
        Take in an upload as it comes; durable when this returns. `instead` is asked, when all has come, whether something
        else is to be kept in its place. Raises Unstorable, and what `instead` raises, and keeps nothing.
        """
        temporary = self._coming / secrets.token_hex(16)
        digest, size = hashlib.sha256(), 0
        try:
            with temporary.open("wb") as file:
                async for chunk in _without_stall(body, self._stall):
                    size += len(chunk)
                    if size > self._most:
                        raise Unstorable("too_large", most=self._most // 2**20)
                    digest.update(chunk)
                    file.write(chunk)
                if not size:
                    raise Unstorable("empty")
                file.flush()
                await asyncio.to_thread(os.fsync, file.fileno())
            if instead and (other := await instead(temporary)) is not None:
                return await asyncio.to_thread(self.keep, other)
            return await asyncio.to_thread(self._keep, temporary, digest.hexdigest(), size)
        finally:
            temporary.unlink(missing_ok=True)

    def keep(self, content: bytes) -> Stored:
        """Keep a file the server made itself."""
        return self.keep_parts([content])

    def keep_parts(self, parts: Iterable[bytes]) -> Stored:
        """The same, of a file of any size."""
        temporary, digest, size = self._coming / secrets.token_hex(16), hashlib.sha256(), 0
        with temporary.open("wb") as file:
            for part in parts:
                digest.update(part)
                size += len(part)
                file.write(part)
            file.flush()
            os.fsync(file.fileno())
        return self._keep(temporary, digest.hexdigest(), size)

    def forget(self, file: str) -> None:
        """Of what must not be kept here nothing is left but its hash in the journal."""
        scrub(self.path_of(file))

    def erase(self, file: str, before: float) -> bool:
        """Remove a file that nothing names any more, unless it came, or came again, after this moment (seconds).

        Put aside first: what is uploaded from then on has a place of its own.
        """
        place = self.path_of(file)
        aside = place.with_suffix(".erasing")
        with contextlib.suppress(FileNotFoundError):
            if place.stat().st_mtime > before:
                return False
            place.rename(aside)
            if aside.stat().st_mtime > before:
                aside.rename(place)
                return False
        scrub(aside)
        return True

    def _keep(self, temporary: Path, file: str, size: int) -> Stored:
        place = self.path_of(file)
        place.parent.mkdir(exist_ok=True, mode=0o700)
        os.replace(temporary, place)  # the same bytes once more change nothing
        sync_folder(place.parent)
        sync_folder(self._folder)
        return Stored(file, size)


async def _without_stall(body: AsyncIterator[bytes], seconds: float) -> AsyncIterator[bytes]:
    while True:
        try:
            async with asyncio.timeout(seconds):
                chunk = await anext(body)
        except StopAsyncIteration:
            return
        except TimeoutError as error:
            raise Unstorable("stalled", seconds=int(seconds)) from error
        yield chunk
