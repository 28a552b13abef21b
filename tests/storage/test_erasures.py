"""A meeting past its years goes all at once or not at all; what others name stays."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import func, insert, select

from meetingroom.domain.marks import Kind as MarkKind
from meetingroom.domain.marks import Mark
from meetingroom.storage.audit import STREAM, Audit, Wanted
from meetingroom.storage.engine import Database
from meetingroom.storage.erasures import OF_A_MEETING, Changed, Erasure, Erasures
from meetingroom.storage.journal import Entry, Journal, Summary
from meetingroom.storage.marks import Marks, Owner
from meetingroom.storage.tables import TASK
from tests.storage import erased

OWN, SHARED = "a" * 64, "b" * 64
ANNOUNCED = Erasure("old", "Phiên họp", "Thường kỳ", 1, "QĐ 12", False, 50, 10, "quan-tri", ("nguyen.lan",))


def erasures(database: Database) -> Erasures:
    journal = Journal(database)
    for key in ("old", "new"):
        bodies = [{"file": file} for file in ((OWN, SHARED) if key == "old" else (SHARED,))]
        entries = [Entry(key, n, 1, "s", None, "papers.received", body) for n, body in enumerate(bodies, 1)]
        journal.append(entries, Summary(key, "Phiên họp", 1, "closed", "A", kind="Thường kỳ"))
        mark = Mark("mark", "paper", "rev", 1, MarkKind.NOTE, {"text": "riêng"}, 1, False)
        Marks(database).write(Owner(key, "finance"), [mark], 1)
    return Erasures(database, Audit(database, journal, lambda: 5))


def rows(database: Database, meeting: str) -> int:
    with database.engine.connect() as connection:
        counts = (select(func.count()).select_from(t).where(c == meeting) for t, c in OF_A_MEETING.items())
        return sum(connection.scalar(count) or 0 for count in counts)


def checked(kept: Erasures) -> None:
    kept.announce(ANNOUNCED)
    kept.checked("old", 2, "c" * 64, 20, "quan-tri")


def test_all_of_a_meeting_goes_and_its_stone_and_the_audit_line_stay(database: Database) -> None:
    kept = erasures(database)
    assert (kept.extent("old").files, kept.extent("old").marks, kept.extent("old").markers) == (2, 1, 1)
    checked(kept)
    before = rows(database, "new")
    kept.erase("old", 50, "quan-tri", lambda file: True)
    assert rows(database, "old") == 0 and rows(database, "new") == before
    stone = kept.find("old")
    assert stone and (stone.erased_at, stone.erased_by, stone.left) == (50, "quan-tri", (OWN, SHARED))
    assert kept.named(stone.left) == {SHARED}
    lines = Audit(database, Journal(database), lambda: 5).lines(Wanted(), 10)
    assert [line.kind for line in lines] == ["meeting_erased", "archive_checked", "erasure_announced"]
    assert "c" * 64 in lines[0].text and Journal(database).verify(STREAM) is None
    kept.swept("old", (OWN,), True)
    assert [each.left for each in kept.unfinished()] == [(OWN,)]
    kept.swept("old", (), False)
    assert kept.unfinished(), "another process may have written meanwhile"
    kept.swept("old", (), True)
    assert not kept.unfinished()


def test_nothing_goes_before_its_day_unchecked_changed_or_with_open_tasks(database: Database) -> None:
    kept, before = erasures(database), 0
    with pytest.raises(Changed):
        kept.erase("old", 50, "quan-tri", lambda file: True)
    kept.announce(ANNOUNCED)
    before = rows(database, "old")
    with pytest.raises(Changed):
        kept.erase("old", 50, "quan-tri", lambda file: True)
    kept.checked("old", 1, "c" * 64, 20, "quan-tri")
    with pytest.raises(Changed):  # of an earlier version
        kept.erase("old", 50, "quan-tri", lambda file: True)
    kept.checked("old", 2, "c" * 64, 20, "quan-tri")
    with pytest.raises(Changed):
        kept.erase("old", 49, "quan-tri", lambda file: True)
    task = {"id": "t", "text": "x", "lead": "x", "supporting": "", "due": 0, "done": False, "note": "", "settled_at": 0}
    with database.transaction() as connection:
        connection.execute(insert(TASK).values(meeting="old", **task))
    with pytest.raises(Changed):
        kept.erase("old", 50, "quan-tri", lambda file: True)
    assert rows(database, "old") == before + 1
    checked(kept)
    kept.announce(replace(ANNOUNCED, regardless=True))
    kept.checked("old", 2, "c" * 64, 20, "quan-tri")
    kept.erase("old", 50, "quan-tri", lambda file: True)
    assert rows(database, "old") == 0
    with pytest.raises(Changed):
        kept.announce(ANNOUNCED)


def test_what_fails_in_the_middle_leaves_all_as_it_was(database: Database) -> None:
    kept = erasures(database)
    checked(kept)
    before = rows(database, "old")

    def fails(file: str) -> bool:
        raise OSError

    with pytest.raises(OSError):
        kept.erase("old", 50, "quan-tri", fails)
    known = kept.find("old")
    assert rows(database, "old") == before and known and not known.erased_at
    kept.withdraw("old", "quan-tri")
    assert kept.find("old") is None


def test_what_another_process_wrote_meanwhile_goes_too(database: Database) -> None:
    kept = erasures(database)
    checked(kept)
    kept.clear("old")
    assert rows(database, "old"), "only of what is erased"
    kept.erase("old", 50, "quan-tri", lambda file: False)
    with database.transaction() as connection:
        late = {"version": 3, "at": 1, "actor": "s", "name": "x", "body": "{}", "salt": b"", "hash": b""}
        connection.execute(insert(next(iter(OF_A_MEETING))).values(stream="old", **late))
    kept.clear("old")
    assert rows(database, "old") == 0


def test_killed_at_any_step_a_meeting_is_whole_or_goes_to_the_end(tmp_path: Path) -> None:
    subprocess.run([sys.executable, "-m", "tests.storage.erased", str(tmp_path)], check=True, timeout=300)
    folders = sorted((each for each in tmp_path.iterdir() if each.name != "before"), key=lambda each: int(each.name))
    fates = []
    for folder in folders:
        base, library = erased.opened(folder)
        kept, journal = Erasures(base, Audit(base, Journal(base), lambda: 60)), Journal(base)
        papers = [library.path_of(hashlib.sha256(paper).hexdigest()) for paper in erased.PAPERS]
        stone, told = kept.find("old"), Audit(base, journal, lambda: 60).lines(Wanted(("meeting_erased",)), 9)
        assert stone
        if stone.erased_at:
            assert not journal.read("old") and len(told) == 1
        else:
            assert journal.verify("old") is None and len(journal.read("old")) == 2 and not told
            assert all(path.exists() for path in papers), "nothing was begun"
            kept.erase("old", 60, "quan-tri", lambda file: True)
        fates.append(bool(stone.erased_at))
        erased.removed(kept, library)
        assert not kept.unfinished() and rows(base, "old") == 0
        assert not [path for path in (folder / "papers").rglob("*") if path.is_file()]
        assert journal.verify(STREAM) is None
        base.close()
    assert fates[0] is False and fates[-1] is True and (folders[-1] / "undisturbed").exists()
    assert fates == sorted(fates) and sum(fates) > 5 and fates.count(False) > 5, "killed on both sides of the commit"
