"""The server's end of the line to the zygote: jobs, how many at once, and how long each may take."""

import asyncio
import contextlib
import itertools
import json
import os
import signal
import socket
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from meetingroom.rendering import enclosure
from meetingroom.rendering.frames import BrokenFrame, Frame, receive
from meetingroom.rendering.limits import Limits
from meetingroom.rendering.unreadable import REASONS, Reason, Unreadable

LONGEST_MESSAGE = 1 << 16
READ_AHEAD = 1 << 20
# glibc gives large blocks back to the system at once, and a page is drawn in large blocks: a third of the time was
# spent in page faults. In bytes; the first is the most that glibc takes.
KEEP_FREED_MEMORY = {"MALLOC_MMAP_THRESHOLD_": str(32 << 20), "MALLOC_TRIM_THRESHOLD_": str(512 << 20)}
STARTING_SECONDS = 30.0
STOPPING_SECONDS = 2.0

Pipe = tuple[asyncio.StreamReader, asyncio.StreamWriter]


class Lost(Exception):
    """The zygote is gone, and the job with it. Another zygote starts with the next job."""


class Job:
    """One child at work. `ended` becomes its wait status."""

    def __init__(self, workers: "Workers", number: int, pipe: Pipe, seconds: float) -> None:
        self.ended: asyncio.Future[int] = asyncio.get_running_loop().create_future()
        self.ended.add_done_callback(lambda ended: ended.exception())  # seen, even if nobody awaits it
        self._workers = workers
        self._number = number
        self._stream, self._held = pipe
        self._until = asyncio.get_running_loop().time() + seconds

    async def frames(self) -> AsyncIterator[Frame]:
        """Until the child says it has ended. Raises Unreadable where it refuses, falls silent or dies; Lost."""
        page_seconds = self._workers.limits.page_seconds
        try:
            while True:
                patience = asyncio.get_running_loop().time() + page_seconds
                async with asyncio.timeout_at(min(patience, self._until)):
                    frame = await receive(self._stream)
                if frame is None:
                    raise Unreadable(cause_of(await self.ended))
                if frame.kind == "refused":
                    raise refusal(frame.head)
                if frame.kind == "end":
                    return
                yield frame
        except TimeoutError:
            raise Unreadable("too_slow") from None
        except BrokenFrame:
            raise Unreadable("damaged") from None

    async def end(self) -> None:
        """Waits until the child is gone, so that its memory is free before the next one starts."""
        self._workers.kill(self._number)
        self._held.close()
        with contextlib.suppress(Lost):
            await asyncio.shield(self.ended)


class Workers:
    def __init__(self, limits: Limits, hidden: Path) -> None:
        """`hidden`: a folder they shall not see where that can be had."""
        self.limits = limits
        self.walls: list[str] = []
        self._around = enclosure.around(hidden)
        self._preparing = asyncio.Semaphore(limits.preparing)
        self._at_all = asyncio.Semaphore(limits.preparing + 1)
        self._starting = asyncio.Lock()
        self._stopped = False
        self._zygote: asyncio.subprocess.Process | None = None
        self._line: socket.socket | None = None
        self._ready: asyncio.Future[None] | None = None
        self._jobs: dict[int, Job] = {}
        self._numbers = itertools.count(1)

    async def start(self) -> None:
        """Starts the zygote unless it runs. It knows nothing of our environment, which may hold passwords."""
        async with self._starting:
            if self._line is not None:
                return
            if self._stopped:
                raise Lost
            if self._around:
                with contextlib.suppress(Lost):
                    await self._launch()
                    self.walls = [enclosure.NAME, *self.walls]
                    return
                self._around = []  # the kernel does not let it be built, as in most containers
            await self._launch()

    async def _launch(self) -> None:
        loop = asyncio.get_running_loop()
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        ours.setblocking(False)
        with theirs:
            self._zygote = await asyncio.create_subprocess_exec(
                *(*self._around, sys.executable, "-m", "meetingroom.rendering.zygote"),
                stdin=theirs.fileno(),
                stdout=asyncio.subprocess.DEVNULL,
                env={"PYTHONPATH": os.pathsep.join(path or "." for path in sys.path), **KEEP_FREED_MEMORY},
                start_new_session=True,  # Ctrl-C is for the server, which ends the zygote in good order
            )
        self._line = ours
        self._ready = loop.create_future()
        loop.add_reader(ours.fileno(), self._listen, ours)
        async with asyncio.timeout(STARTING_SECONDS):
            await asyncio.shield(self._ready)

    async def stop(self) -> None:
        self._stopped = True
        self._hang_up()
        if self._zygote is None:
            return
        try:
            async with asyncio.timeout(STOPPING_SECONDS):
                await self._zygote.wait()
        except TimeoutError:
            self._zygote.kill()
            await self._zygote.wait()

    async def run(
        self,
        task: dict[str, Any],
        paper: Path,
        seconds: float,
        each: Callable[[Frame], Awaitable[None]],
        *,
        waited_for: bool,
    ) -> float:
        """A child at this task; `each` gets its frames. One place is kept free for what somebody waits for.

        Returns the seconds it took, waiting in the queue not counted. If the zygote is lost the task is done again from
        its beginning, once. Raises Unreadable.
        """
        async with contextlib.nullcontext() if waited_for else self._preparing, self._at_all:
            for _ in range(2):
                with contextlib.suppress(Lost):
                    await self.start()
                    started = asyncio.get_running_loop().time()
                    job = await self._give(task, paper, seconds, nice=0 if waited_for else 10)
                    try:
                        async for frame in job.frames():
                            await each(frame)
                    finally:
                        await job.end()
                    return asyncio.get_running_loop().time() - started
            raise Unreadable("interrupted")

    def kill(self, number: int) -> None:
        if self._line is not None and number in self._jobs:
            with contextlib.suppress(OSError):  # it is gone, and so are its children
                self._line.send(json.dumps({"kill": number}).encode())

    async def _give(self, task: dict[str, Any], paper: Path, seconds: float, nice: int) -> Job:
        number = next(self._numbers)
        message = {
            "job": number,
            "task": task,
            "limits": asdict(self.limits),
            "memory": self.limits.worker_memory,
            "seconds": int(seconds) + 1,
            "nice": nice,
        }
        with paper.open("rb") as file:
            ours, theirs = socket.socketpair()
            with theirs:
                pipe = await asyncio.open_unix_connection(sock=ours, limit=READ_AHEAD)
                job = self._jobs[number] = Job(self, number, pipe, seconds)
                self._send(message, [file.fileno(), theirs.fileno()])
        return job

    def _send(self, message: dict[str, Any], descriptors: list[int]) -> None:
        try:
            if self._line is None:
                raise ConnectionError
            socket.send_fds(self._line, [json.dumps(message).encode()], descriptors)
        except OSError:
            self._hang_up()

    def _listen(self, line: socket.socket) -> None:
        try:
            text = line.recv(LONGEST_MESSAGE)
        except OSError:
            text = b""
        if not text:
            return self._hang_up()
        message = json.loads(text)
        if "ready" in message:
            self.walls = message["ready"]
            if self._ready is not None and not self._ready.done():
                self._ready.set_result(None)
        elif job := self._jobs.pop(message["ended"], None):
            job.ended.set_result(message["status"])

    def _hang_up(self) -> None:
        """Whoever waits for a job hears that it is lost."""
        if self._line is not None:
            asyncio.get_running_loop().remove_reader(self._line.fileno())
            self._line.close()
            self._line = None
        lost, self._jobs = self._jobs, {}
        for job in lost.values():
            job.ended.set_exception(Lost())
        if self._ready is not None and not self._ready.done():
            self._ready.set_exception(Lost())


def refusal(head: dict[str, Any]) -> Unreadable:
    params = head.get("params")
    for code in REASONS:
        if code == head.get("code") and isinstance(params, dict):
            return Unreadable(code, **{str(name): value for name, value in params.items() if isinstance(value, int)})
    raise BrokenFrame


def cause_of(status: int) -> Reason:
    """What a wait status says about the paper: children end by themselves only when they have said so."""
    ended_by = os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0
    if ended_by == signal.SIGXCPU:
        return "too_slow"
    return "too_complex" if ended_by == signal.SIGKILL else "damaged"  # nobody else kills but a system out of memory
