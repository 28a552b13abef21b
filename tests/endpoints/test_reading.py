"""Meetings are read again before they are searched: once for all who wait, and what failed is tried again."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from meetingroom.app import build
from meetingroom.domain import searching
from meetingroom.endpoints.context import House
from meetingroom.endpoints.records import finding
from meetingroom.settings import Settings
from meetingroom.storage.engine import Database
from meetingroom.storage.guarding import unguard
from meetingroom.storage.journal import Entry, Journal
from tests.servers import found
from tests.stories import Story


class Counted(Journal):
    """Remembers which meetings were read."""

    def __init__(self, database: Database) -> None:
        super().__init__(database)
        self.were_read: list[str] = []

    def read(self, stream: str, after: int = 0) -> list[Entry]:
        self.were_read.append(stream)
        return super().read(stream, after)


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[House]:
    monkeypatch.setattr(finding, "_unread", {})
    monkeypatch.setattr(finding, "_one", asyncio.Lock())
    for meeting in ("a", "b", "c"):
        found(tmp_path, meeting, Story.of_a_committee(meeting).events)
    here: House = build(Settings(data=tmp_path)).state.house
    yield here
    here.record.close()
    here.passwords.close()
    here.index.close()
    here.database.close()


def search(house: House, *meetings: str) -> tuple[set[str], int]:
    return asyncio.run(finding._read_again(house, meetings))


def test_searches_that_wait_for_the_same_meetings_read_them_once(house: House) -> None:
    house.journal = journal = Counted(house.database)

    async def searches() -> list[tuple[set[str], int]]:
        return await asyncio.gather(*(finding._read_again(house, ["a", "b", "c"]) for _ in range(5)))

    assert asyncio.run(searches()) == [(set(), 0)] * 5
    assert sorted(journal.were_read) == ["a", "b", "c"]
    assert len(house.places.find(searching.query("phien hop"))) == 3


def test_a_meeting_that_could_not_be_kept_is_read_again_at_the_next_search(house: House) -> None:
    with house.index.engine.begin() as connection:
        connection.execute(
            text(
                "CREATE TRIGGER full BEFORE INSERT ON search_meeting WHEN NEW.meeting = 'b'"
                " BEGIN SELECT RAISE(ABORT, 'database or disk is full'); END"
            )
        )
    for _ in range(2):
        assert search(house, "a", "b") == ({"b"}, 1), "not searched as it was before, and said to come"
    with house.index.engine.begin() as connection:
        connection.execute(text("DROP TRIGGER full"))
    assert search(house, "a", "b") == (set(), 0)
    assert set(house.places.known()) == {"a", "b"}


@pytest.mark.parametrize("what", ["name = 'of.a_newer_program'", "body = 'x'"])
def test_a_journal_that_cannot_be_read_is_not_read_at_every_search(house: House, what: str) -> None:
    house.journal = journal = Counted(house.database)
    with house.database.transaction() as connection:
        unguard(connection)
        connection.execute(text(f"UPDATE entry SET {what} WHERE stream = 'a' AND version = 5"))
    for _ in range(3):
        assert search(house, "a", "b") == ({"a"}, 0)
    assert sorted(journal.were_read) == ["a", "b"]
