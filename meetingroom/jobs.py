"""Long work that goes on beside the requests: how far it is, how it ended, and that who began it may end it sooner."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from enum import StrEnum

log = logging.getLogger(__name__)


class Cancelled(Exception):
    """It was asked to end; nothing of it is left."""


class State(StrEnum):
    RUNNING = "running"
    READY = "ready"
    FAILED = "failed"
    CANCELLED = "cancelled"


@dataclass(slots=True)
class Job:
    """`done` of `of` steps; `of` is 0 while nobody knows how many. `said`: in words, what came of it."""

    state: State = State.RUNNING
    done: int = 0
    of: int = 0
    said: str = ""
    wanted: bool = True
    _task: asyncio.Task[None] | None = field(default=None, repr=False)

    def step(self, done: int, of: int) -> None:
        """From the work itself, on whatever thread it is. Raises Cancelled."""
        self.done, self.of = done, of
        if not self.wanted:
            raise Cancelled

    def cancel(self) -> None:
        """It ends at its next step."""
        self.wanted = False

    def plain(self) -> dict[str, str | int]:
        return {"state": self.state.value, "done": self.done, "of": self.of, "said": self.said}


class Jobs:
    """Those of this process, each under a name; one of a name at a time, the last one is remembered."""

    def __init__(self) -> None:
        self._known: dict[str, Job] = {}

    def find(self, name: str) -> Job | None:
        return self._known.get(name)

    def runs(self, name: str) -> bool:
        job = self._known.get(name)
        return job is not None and job.state is State.RUNNING

    def begin(self, name: str, work: Callable[[Job], Awaitable[str]], excuse: Callable[[Exception], str]) -> Job:
        """`work` returns what is said of it, `excuse` says what went wrong. What runs under this name already goes on."""
        if self.runs(name):
            return self._known[name]
        job = self._known[name] = Job()
        job._task = asyncio.create_task(_run(name, job, work, excuse))
        return job

    async def stop(self) -> None:
        """All end at their next step."""
        tasks = [job._task for job in self._known.values() if job._task]
        for job in self._known.values():
            job.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _run(name: str, job: Job, work: Callable[[Job], Awaitable[str]], excuse: Callable[[Exception], str]) -> None:
    try:
        job.said = await work(job)
        job.state = State.READY
    except Cancelled:
        job.state = State.CANCELLED
    except Exception as error:
        log.warning("%s failed", name, extra={"cause": repr(error)[:200]})
        job.state = State.FAILED  # first: whatever becomes of the excuse, it can be begun again
        job.said = excuse(error)
