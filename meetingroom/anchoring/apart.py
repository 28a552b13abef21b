"""Runs a job of anchoring in a process of its own: on a long paper it computes for seconds, and the room must not wait."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Sequence

SECONDS = 120.0

_one = asyncio.Semaphore(1)


class Failed(Exception):
    """The job did not come to its end."""


async def run(head: bytes, before: Sequence[bytes], after: Sequence[bytes]) -> bytes:
    """`head` holds the job's other parts as the inside of a JSON object; pages are JSON as the renderer keeps them."""
    job = b"{" + head + b',"before":[' + b",".join(before) + b'],"after":[' + b",".join(after) + b"]}"
    async with _one:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "meetingroom.anchoring"),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            env={"PYTHONPATH": os.pathsep.join(path or "." for path in sys.path)},  # nothing else of ours
        )
        try:
            async with asyncio.timeout(SECONDS):
                answer, _ = await process.communicate(job)
        except BaseException:
            process.kill()
            await process.wait()
            raise
    if process.returncode:
        raise Failed(process.returncode)
    return answer
