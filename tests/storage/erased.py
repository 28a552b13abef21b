"""A process killed at every step of erasing a meeting: `python -m tests.storage.erased FOLDER` leaves FOLDER/1, FOLDER/2, ….

Each is what the disk holds when SIGKILL came before that step: a statement, a commit, a file opened, renamed or removed. The
last one is what an erasing that nobody disturbed leaves.
"""

from __future__ import annotations

import os
import shutil
import signal
import sys
import time
from itertools import count
from pathlib import Path
from typing import Any

from sqlalchemy import event

from meetingroom.storage.audit import Audit
from meetingroom.storage.engine import Database
from meetingroom.storage.erasures import Erasure, Erasures
from meetingroom.storage.journal import Entry, Journal, Summary
from meetingroom.storage.library import Library

PAPERS = (b"mot", b"hai")


def main() -> None:
    folder = Path(sys.argv[1])
    announced(folder / "before")
    for step in count(1):
        child = os.fork()
        if not child:
            erasing(folder / str(step), step)
            os._exit(0)
        _, status = os.waitpid(child, 0)
        if not os.WIFSIGNALED(status):
            sys.exit(os.waitstatus_to_exitcode(status))


def announced(folder: Path) -> None:
    database, library = opened(folder)
    journal = Journal(database)
    bodies = [{"file": library.keep(paper).hash} for paper in PAPERS]
    journal.append(
        [Entry("old", n, 1, "s", None, "papers.received", body) for n, body in enumerate(bodies, 1)],
        Summary("old", "Phiên họp", 1, "closed", "A"),
    )
    kept = Erasures(database, Audit(database, journal, lambda: 5))
    kept.announce(Erasure("old", "Phiên họp", "", 1, "QĐ 12", False, 50, 10, "quan-tri"))
    kept.checked("old", 2, "c" * 64, 20, "quan-tri")
    database.close()


def erasing(folder: Path, step: int) -> None:
    shutil.copytree(folder.with_name("before"), folder)
    database, library = opened(folder)
    kept = Erasures(database, Audit(database, Journal(database), lambda: 5))
    kill_before(database, folder, step)
    kept.erase("old", 50, "quan-tri", lambda file: library.path_of(file).exists())
    removed(kept, library)
    (folder / "undisturbed").touch()


def opened(folder: Path) -> tuple[Database, Library]:
    return Database(folder), Library(folder / "papers", 10**9, 30)


def removed(kept: Erasures, library: Library) -> None:
    """What the server does for erased meetings at every start."""
    for gone in kept.unfinished():
        kept.clear(gone.meeting)
        left = set(gone.left) - kept.named(gone.left)
        for file in left:
            library.erase(file, time.time() + 1)
        kept.swept(gone.meeting, (), True)


def kill_before(database: Database, folder: Path, step: int) -> None:
    """From now on the process is killed before the step with this number."""
    steps = count(1)

    def stepped(*_: Any) -> None:
        if next(steps) == step:
            os.kill(os.getpid(), signal.SIGKILL)

    def touched(name: str, arguments: tuple[Any, ...]) -> None:
        if name in ("open", "os.remove", "os.rename") and str(folder / "papers") in str(arguments[0]):
            stepped()

    for name in ("before_cursor_execute", "commit"):
        event.listen(database.engine, name, stepped)
    sys.addaudithook(touched)


if __name__ == "__main__":
    main()
