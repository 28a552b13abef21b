"""The journal, on every kind of database: what was written is read in order, and nobody writes over anybody."""

import threading
from dataclasses import replace

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from meetingroom.storage.engine import Database
from meetingroom.storage.guarding import unguard
from meetingroom.storage.journal import Conflict, Entry, Journal, Summary
from meetingroom.storage.tables import ENTRY, ERASURE, MEETING

SUMMARY = Summary("m", "Phiên họp", 1_600_000_000_000, "draft", "Phòng số 1")


def entry(version: int, command: str | None = None, actor: str = "chair", stream: str = "m") -> Entry:
    body = {"page": version, "title": "Nghị quyết “số hóa”", "sizes": [[1, 595.0, 842.0]], "late": False}
    return Entry(stream, version, 1_600_000_000_000 + version, actor, command, "stage.page_turned", body)


def written(database: Database, count: int = 5) -> Journal:
    journal = Journal(database)
    for version in range(1, count + 1):
        journal.append([entry(version, f"c{version}")], SUMMARY)
    return journal


def test_what_was_written_is_read_in_order(database: Database) -> None:
    written(database)
    journal = Journal(database)
    assert journal.read("m") == [entry(version, f"c{version}") for version in range(1, 6)]
    assert [found.version for found in journal.read("m", after=3)] == [4, 5]
    assert journal.read("m", after=5) == []
    assert journal.read("another") == []


def test_meetings_do_not_mix(database: Database) -> None:
    journal = written(database, 2)
    journal.append([entry(1, "c1", stream="n")], replace(SUMMARY, meeting="n"))
    assert [found.stream for found in journal.read("n")] == ["n"]
    assert [found.version for found in journal.read("m")] == [1, 2]


def test_a_version_is_taken_once(database: Database) -> None:
    journal, other = written(database), Journal(database)
    with pytest.raises(Conflict):
        journal.append([entry(5, "again")], SUMMARY)
    with pytest.raises(Conflict):
        other.append([entry(3, "late")], SUMMARY)
    assert journal.read("m")[-1] == entry(5, "c5")


def test_no_version_is_left_out(database: Database) -> None:
    with pytest.raises(Conflict):
        written(database).append([entry(7)], SUMMARY)


def test_a_command_is_recorded_once_for_its_actor(database: Database) -> None:
    journal = written(database)
    with pytest.raises(Conflict):
        journal.append([entry(6, "c2")], SUMMARY)
    journal.append([entry(6, "c2", actor="finance")], SUMMARY)
    journal.append([entry(7, None), entry(8, None)], SUMMARY)
    journal.append([entry(1, "c2", stream="n")], replace(SUMMARY, meeting="n"))
    assert len(journal.read("m")) == 8


def test_several_entries_are_written_all_or_none(database: Database) -> None:
    journal = written(database)
    with pytest.raises(Conflict):
        journal.append([entry(6, "c6"), entry(7, "c1")], replace(SUMMARY, phase="in_session"))
    assert len(journal.read("m")) == 5
    assert summary(database) == ("Phiên họp", "draft")
    journal.append([entry(6, "c6"), entry(7, None), entry(8, None)], SUMMARY)
    assert [found.version for found in Journal(database).read("m", after=5)] == [6, 7, 8]


def test_what_a_hall_votes_at_once_is_written_whole_or_not_at_all(database: Database) -> None:
    """Many entries take another way into PostgreSQL."""
    journal = written(database)
    hall = [entry(version, f"c{version}" if version % 2 else None) for version in range(6, 206)]
    with pytest.raises(Conflict):
        journal.append([*hall[:-1], replace(hall[-1], command="c1")], SUMMARY)
    assert len(journal.read("m")) == 5
    journal.append(hall, SUMMARY)
    assert journal.read("m", after=5) == hall
    assert journal.verify("m") is None
    with pytest.raises(Conflict):
        Journal(database).append([entry(version) for version in range(200, 260)], SUMMARY)
    journal.append([entry(206)], SUMMARY)
    assert journal.verify("m") is None


def test_after_a_conflict_one_goes_on_from_what_the_other_wrote(database: Database) -> None:
    mine, others = written(database), Journal(database)
    others.append([entry(6, "theirs")], SUMMARY)
    with pytest.raises(Conflict):
        mine.append([entry(6, "mine")], SUMMARY)
    mine.append([entry(7, "mine")], SUMMARY)
    assert mine.verify("m") is None


def test_of_many_writers_at_the_same_moment_one_wins(database: Database) -> None:
    written(database, 1)
    start, won, lost = threading.Barrier(4), list[int](), list[int]()

    def write(number: int) -> None:
        journal = Journal(database)
        start.wait()
        for version in range(2, 12):
            try:
                journal.append([entry(version, f"{number}-{version}", f"a{number}")], SUMMARY)
                won.append(version)
            except Conflict:
                lost.append(version)

    threads = [threading.Thread(target=write, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(won) == list(range(2, 12)), "every version exactly once"
    assert len(lost) == 30
    assert Journal(database).verify("m") is None


def test_the_summary_is_kept_beside_the_journal(database: Database) -> None:
    journal = written(database)
    assert summary(database) == ("Phiên họp", "draft")
    journal.append([entry(6)], replace(SUMMARY, title="Phiên họp bất thường", phase="in_session"))
    assert summary(database) == ("Phiên họp bất thường", "in_session")


def summary(database: Database) -> tuple[str, str]:
    with database.engine.connect() as connection:
        (row,) = connection.execute(MEETING.select()).all()
    return row.title, row.phase


def test_an_untouched_journal_verifies(database: Database) -> None:
    journal = written(database)
    journal.append([entry(6, "c6"), entry(7, None)], SUMMARY)
    assert journal.verify("m") is None
    assert Journal(database).verify("m") is None
    assert journal.verify("another") is None


@pytest.mark.parametrize(
    ("version", "tampering"),
    {
        "a body": (3, "UPDATE entry SET body = replace(body, '3', '4') WHERE version = 3"),
        "who": (2, "UPDATE entry SET actor = 'finance' WHERE version = 2"),
        "when": (4, "UPDATE entry SET at = at - 60000 WHERE version = 4"),
        "what": (1, "UPDATE entry SET name = 'voting.cast' WHERE version = 1"),
        "a command id": (5, "UPDATE entry SET command = NULL WHERE version = 5"),
        "a removed row": (3, "DELETE FROM entry WHERE version = 3"),
        "a removed row, the others moved up": (
            3, "DELETE FROM entry WHERE version = 3; UPDATE entry SET version = 3 WHERE version = 4;"
               "UPDATE entry SET version = 4 WHERE version = 5",
        ),
        "two rows in the other order": (
            2, "UPDATE entry SET version = 99 WHERE version = 2; UPDATE entry SET version = 2 WHERE version = 3;"
               "UPDATE entry SET version = 3 WHERE version = 99",
        ),
        "a forged row with a hash of its own": (
            6, "INSERT INTO entry (stream, version, at, actor, command, name, body, salt, hash) "
               "SELECT stream, 6, at, actor, NULL, name, body, salt, hash FROM entry WHERE version = 5",
        ),
    }.values(),
)  # fmt: skip
def test_tampering_is_found_where_it_begins(database: Database, version: int, tampering: str) -> None:
    journal = written(database)
    with database.transaction() as connection:
        unguard(connection)
    for statement in tampering.split(";"):
        with database.transaction() as connection:
            assert connection.execute(text(statement)).rowcount == 1
    assert journal.verify("m") == version


@pytest.mark.parametrize(
    "tampering",
    ["UPDATE entry SET actor = 'finance' WHERE version = 3", "UPDATE entry SET version = 9 WHERE version = 5",
     "DELETE FROM entry WHERE version = 5", "DELETE FROM entry", "TRUNCATE entry",
     "INSERT OR REPLACE INTO entry SELECT stream, 3, at, actor, 'other', name, body, salt, hash FROM entry WHERE version = 5",
     "INSERT OR REPLACE INTO entry SELECT stream, 6, at, actor, command, name, body, salt, hash FROM entry WHERE version = 5"],
)  # fmt: skip
def test_the_database_itself_refuses_to_change_what_is_recorded(database: Database, tampering: str) -> None:
    journal = written(database)
    audit = replace(entry(1, "a1"), stream="audit:default")
    journal.append([audit], None)
    with (
        pytest.raises(DBAPIError),
        database.transaction() as connection,
    ):  # SQLite knows no TRUNCATE, PostgreSQL no REPLACE
        connection.execute(text(tampering))
    assert journal.verify("m") is None and len(journal.read("m")) == 5 and journal.verify("audit:default") is None


def test_a_meeting_may_go_once_its_stone_is_set_and_the_log_never(database: Database) -> None:
    journal = written(database)
    journal.append([replace(entry(1, "a1"), stream="audit:default")], None)
    blank = {"INTEGER": 0, "BIGINT": 0, "BOOLEAN": False}
    columns = {column.name: blank.get(str(column.type), "") for column in ERASURE.columns}
    with database.transaction() as connection:
        for stream in ("m", "audit:default"):
            stone = columns | {"meeting": stream, "erased_at": 1}
            connection.execute(ERASURE.insert().values(stone))
        connection.execute(text("DELETE FROM entry WHERE stream = 'm'"))
    with pytest.raises(DBAPIError), database.transaction() as connection:
        connection.execute(text("DELETE FROM entry WHERE stream LIKE 'audit:%'"))
    assert journal.read("m") == [] and len(journal.read("audit:default")) == 1


def test_equal_bodies_do_not_show_it(database: Database) -> None:
    """Ballots have few possible bodies: without the salt the chain would tell how each was cast."""
    journal = Journal(database)
    journal.append([replace(entry(1), version=version) for version in (1, 2)], SUMMARY)
    with database.engine.connect() as connection:
        first, second = connection.execute(ENTRY.select()).all()
    assert first.body == second.body
    assert bytes(first.salt) != bytes(second.salt)
