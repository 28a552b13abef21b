"""Asks the process that reads signatures."""

from __future__ import annotations

import asyncio
import importlib.util
import os
import sys
from pathlib import Path

SECONDS = 60.0
LONGEST = 1 << 20  # bytes of an answer
IN_ENVIRONMENT = "SEAL_SECRET"  # variable of the environment that holds the password

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


async def seal(content: bytes, certificate: Path, password: str) -> bytes:
    """The PDF sealed with this certificate (PKCS#12). Raises Unread where it cannot be."""
    made = await _answer("--seal", str(certificate), given=content, password=password, longest=len(content) + LONGEST)
    if not made.startswith(content):
        raise Unread("not sealed")
    return made


async def _answer(*asked: str, given: bytes = b"", password: str = "", longest: int = LONGEST) -> bytes:
    async with _one:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "meetingroom.signatures", *asked),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
            env={  # nothing else of ours
                "PYTHONPATH": os.pathsep.join(path or "." for path in sys.path),
                IN_ENVIRONMENT: password,
            },
        )
        try:
            async with asyncio.timeout(SECONDS):
                answer, _ = await process.communicate(given)
        except TimeoutError as error:
            raise Unread("too slow") from error
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()
    if process.returncode or len(answer) > longest:
        raise Unread(str(process.returncode))
    return answer
