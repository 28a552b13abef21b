"""A server killed at every step of closing a secret vote: `python -m tests.live.killed FOLDER` leaves FOLDER/1, FOLDER/2, ….

Each is what the disk holds when SIGKILL came before that step: a statement, a commit, a file opened or removed. The last one
is what a closing that nobody disturbed leaves. A process each, forked before anything has begun.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from itertools import count
from pathlib import Path
from typing import Any

from sqlalchemy import event

from meetingroom.domain.voting import CloseVote
from tests.live.hall import Hall, hall
from tests.live.voting import open_secret, say
from tests.stories import CHAIR, MEMBERS

ANSWERS = ("yes", "yes", "no", "yes", "abstain")


def main() -> None:
    folder = Path(sys.argv[1])
    for step in count(1):
        child = os.fork()
        if not child:
            asyncio.run(closing(folder / str(step), step))
            os._exit(0)
        _, status = os.waitpid(child, 0)
        if not os.WIFSIGNALED(status):
            sys.exit(os.waitstatus_to_exitcode(status))


async def closing(folder: Path, step: int) -> None:
    async with hall(folder) as here:
        vote = await open_secret(here)
        for person, answer in zip(MEMBERS, ANSWERS, strict=True):
            await here.room.give(person, say(vote, answer))
        kill_before(here, folder, step)
        await here.room.give(CHAIR, CloseVote(vote=vote))
        for _ in range(3):
            await here.room.count_boxes()
        (folder / "undisturbed").touch()


def kill_before(here: Hall, folder: Path, step: int) -> None:
    """From now on the process is killed before the step with this number."""
    steps = count(1)

    def stepped(*_: Any) -> None:
        if next(steps) == step:
            os.kill(os.getpid(), signal.SIGKILL)

    def touched(name: str, arguments: tuple[Any, ...]) -> None:
        if name in ("open", "os.remove", "os.rename") and str(folder / "keys") in str(arguments[0]):
            stepped()

    event.listen(here.database.engine, "before_cursor_execute", stepped)
    event.listen(here.database.engine, "commit", stepped)
    sys.addaudithook(touched)


if __name__ == "__main__":
    main()
