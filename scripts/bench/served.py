"""The real server, measured: the time of each commit goes into a small shared file; `--without-storage` records nothing.

served.py COMMITS [--without-storage] serve …
    COMMITS: three 64-bit numbers, nanoseconds of the last commit, their count, how often a worker was asked for images
"""

from __future__ import annotations

import mmap
import struct
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from meetingroom import cli
from meetingroom.rendering.workers import Workers
from meetingroom.storage.journal import Entry, Journal, Summary, Write

path, *rest = sys.argv[1:]
storage = "--without-storage" not in rest
sys.argv = ["meetingroom", *(word for word in rest if word != "--without-storage")]

Path(path).write_bytes(bytes(24))
with open(path, "r+b") as file:
    noted = mmap.mmap(file.fileno(), 24)
append, count = Journal.append, 0
run, drawn = Workers.run, 0


def timed(self: Journal, entries: Sequence[Entry], summary: Summary, also: Sequence[Write] = ()) -> None:
    global count
    if storage:
        append(self, entries, summary, also)
    count += 1
    noted[:16] = struct.pack("qq", time.monotonic_ns(), count)


async def counted(self: Workers, task: dict[str, Any], *arguments: Any, **options: Any) -> float:
    global drawn
    drawn += task["do"] == "draw" and bool(task["widths"])  # not for its words only, which the index reads
    noted[16:] = struct.pack("q", drawn)
    return await run(self, task, *arguments, **options)


Journal.append = timed  # type: ignore[method-assign]
Workers.run = counted  # type: ignore[method-assign]
cli.main()
