"""Asks the process that reads signatures."""

from __future__ import annotations

import asyncio
import importlib.util
import os
import sys
from pathlib import Path

SECONDS = 60.0
LONGEST = 1 << 20  # bytes of an answer

_one = asyncio.Semaphore(1)


class Unread(Exception):
    """The signatures of this file could not be read."""


def is_installed() -> bool:
    """Whether the extra `sign` is there."""
    return importlib.util.find_spec("pyhanko") is not None


async def read(file: Path, roots: list[Path]) -> bytes:
    """JSON as `reading.signatures` makes it. Raises Unread."""
    return await _answer(str(file), *map(str, roots))


async def only_signed(file: Path, length: int) -> bool:
    """Whether to its first `length` bytes nothing but signatures was added. Raises Unread."""
    return await _answer("--over", str(length), str(file)) == b"true"


async def _answer(*asked: str) -> bytes:
    async with _one:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "meetingroom.signatures", *asked),
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
            env={"PYTHONPATH": os.pathsep.join(path or "." for path in sys.path)},  # nothing else of ours
        )
        try:
            async with asyncio.timeout(SECONDS):
                answer, _ = await process.communicate()
        except TimeoutError as error:
            raise Unread("too slow") from error
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()
    if process.returncode or len(answer) > LONGEST:
        raise Unread(str(process.returncode))
    return answer
