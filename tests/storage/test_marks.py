"""Marks as they are kept: two devices of one person, repeats, clocks that differ, and nobody else's."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from meetingroom.domain.marks import Kind, Mark
from meetingroom.storage import marks as storage
from meetingroom.storage.engine import Database
from meetingroom.storage.marks import Marks, Owner, TooMany

ME, OTHER = Owner("m", "finance"), Owner("m", "health")
LATER = 10_000
NOTE = Mark(
    "n1", "report", "r1", 2, Kind.NOTE, {"colour": "yellow", "x": 9.0, "y": 9.0, "text": "Hỏi lại số này"}, 1_000
)


def test_a_mark_is_found_by_its_owner_only(database: Database) -> None:
    marks = Marks(database)
    marks.write(ME, [NOTE], LATER)
    assert [kept.mark for kept in marks.since(ME, 0)] == [NOTE]
    assert marks.since(OTHER, 0) == marks.since(Owner("m2", "finance"), 0) == []


def test_a_repeat_changes_nothing(database: Database) -> None:
    marks = Marks(database)
    first = marks.write(ME, [NOTE], LATER)
    assert marks.write(ME, [NOTE], LATER) == first
    assert marks.version(ME) == 1


def test_two_devices_hear_of_each_other(database: Database) -> None:
    """One writes offline and comes back late, the other goes on: the later change stays, whichever arrives first."""
    marks = Marks(database)
    marks.write(ME, [NOTE], LATER)
    seen = marks.version(ME)
    later, earlier = replace(NOTE, page=3, at=3_000), replace(NOTE, page=9, at=2_000)
    marks.write(ME, [later], LATER)
    kept = marks.write(ME, [earlier], LATER)
    assert kept[0].mark == later, "the device that lost is told what is kept"
    assert [each.mark for each in marks.since(ME, seen)] == [later]


def test_a_deleted_mark_is_told_to_the_others_and_can_come_back(database: Database) -> None:
    marks = Marks(database)
    marks.write(ME, [NOTE], LATER)
    gone = replace(NOTE, body={}, at=2_000, deleted=True)
    marks.write(ME, [gone], LATER)
    assert [kept.mark for kept in marks.since(ME, 1)] == [gone]
    again = replace(NOTE, at=3_000)
    marks.write(ME, [again], LATER)
    assert marks.of_paper(ME, "report") == [again]


def test_a_clock_that_is_ahead_locks_nobody_out(database: Database) -> None:
    marks = Marks(database)
    marks.write(ME, [replace(NOTE, at=99_000_000)], 5_000)
    changed = marks.write(ME, [replace(NOTE, page=4, at=6_000)], LATER)
    assert changed[0].mark.page == 4


def test_there_is_an_end_and_it_keeps_what_was_there(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    marks = Marks(database)
    monkeypatch.setattr(storage, "MOST", 2)
    marks.write(ME, [NOTE, replace(NOTE, id="n2")], LATER)
    with pytest.raises(TooMany):
        marks.write(ME, [replace(NOTE, id="n3"), replace(NOTE, page=7, at=5_000)], LATER)
    assert {kept.mark.page for kept in marks.since(ME, 0)} == {2}
    assert len(marks.write(OTHER, [NOTE], LATER)) == 1, "one's limit is nobody else's"


def test_there_is_an_end_to_how_much_they_hold(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    marks = Marks(database)
    monkeypatch.setattr(storage, "MOST_CHARACTERS", 2_000)
    long = replace(NOTE, body=dict(NOTE.body) | {"text": "ộ" * 1_500})
    marks.write(ME, [long], LATER)
    with pytest.raises(TooMany):
        marks.write(ME, [replace(long, id="n2")], LATER)
    marks.write(ME, [replace(long, body={}, deleted=True, at=5_000)], LATER)
    assert len(marks.write(ME, [replace(long, id="n2")], LATER)) == 1, "what was deleted makes room"


def test_a_long_absence_is_caught_up_in_parts(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    marks = Marks(database)
    monkeypatch.setattr(storage, "ANSWER", 2)
    marks.write(ME, [replace(NOTE, id=f"n{number}") for number in range(5)], LATER)
    had: list[str] = []
    version = 0
    while part := marks.since(ME, version):
        had += [kept.mark.id for kept in part]
        version = part[-1].version
    assert had == [f"n{number}" for number in range(5)]


def test_what_was_changed_meanwhile_is_not_carried(database: Database) -> None:
    """Carrying takes time; what its owner did in that time is newer than what was carried."""
    marks = Marks(database)
    stays, goes = marks.write(ME, [NOTE, replace(NOTE, id="n2")], LATER)
    marks.write(ME, [replace(NOTE, page=5, at=2_000)], LATER)
    moves = [(kept, replace(kept.mark, revision="r2", page=8)) for kept in (stays, goes)]
    assert marks.carry(ME, moves) == 1
    assert {mark.id: (mark.revision, mark.page) for mark in marks.of_paper(ME, "report")} == {
        "n1": ("r1", 5),
        "n2": ("r2", 8),
    }


def test_a_repeat_from_before_does_not_undo_the_carrying(database: Database) -> None:
    marks = Marks(database)
    kept = marks.write(ME, [NOTE], LATER)[0]
    marks.carry(ME, [(kept, replace(NOTE, revision="r2", page=8))])
    marks.write(ME, [NOTE], LATER)
    assert marks.of_paper(ME, "report")[0].revision == "r2"
    marks.write(ME, [replace(NOTE, page=3, at=NOTE.at + 1)], LATER)
    assert marks.of_paper(ME, "report")[0].revision == "r1", "what the person did offline wins, and is carried anew"


def test_marks_left_on_an_older_revision_are_found(database: Database) -> None:
    marks = Marks(database)
    marks.write(ME, [NOTE, replace(NOTE, id="n2", revision="r2"), replace(NOTE, id="n3", paper="draft")], LATER)
    marks.write(OTHER, [NOTE], LATER)
    left = marks.on_older("m", "report", "r2")
    assert {owner: [kept.mark.id for kept in each] for owner, each in left.items()} == {ME: ["n1"], OTHER: ["n1"]}
    assert list(marks.on_older("m", "report", "r2", OTHER)) == [OTHER]


edits = st.lists(st.tuples(st.integers(0, 2), st.integers(1, 9), st.booleans(), st.booleans()), max_size=25)


@settings(deadline=None, max_examples=30)  # each opens a database on the disk
@given(edits=edits)
def test_devices_agree_whatever_order_things_arrive_in(
    tmp_path_factory: pytest.TempPathFactory, edits: list[tuple[int, int, bool, bool]]
) -> None:
    """(mark, time, deleted, by the second device): both devices, asking on from what they have seen, see the same."""
    database = Database(tmp_path_factory.mktemp("marks"))
    try:
        marks = Marks(database)
        seen: list[dict[str, Mark]] = [{}, {}]
        versions = [0, 0]
        for number, at, deleted, second in edits:
            sent = replace(NOTE, id=f"n{number}", at=at, deleted=deleted, body={} if deleted else NOTE.body)
            marks.write(ME, [sent], LATER)
            device = int(second)
            for kept in marks.since(ME, versions[device]):
                seen[device][kept.mark.id], versions[device] = kept.mark, kept.version
        for device in (0, 1):
            for kept in marks.since(ME, versions[device]):
                seen[device][kept.mark.id] = kept.mark
        latest = {number: max(at for other, at, _, _ in edits if other == number) for number, *_ in edits}
        assert seen[0] == seen[1]
        assert {mark.id: mark.at for mark in seen[0].values()} == {f"n{n}": at for n, at in latest.items()}
    finally:
        database.close()
