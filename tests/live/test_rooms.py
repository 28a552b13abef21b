"""The open meetings of a process: opened when asked for, closed when idle; one that cannot be read is no other's loss."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import text

from meetingroom.domain.messages import write
from meetingroom.domain.papers.messages import ChangePaper, Readers, Receive
from meetingroom.domain.stage import TurnPage
from meetingroom.live.draft import Unrecorded
from meetingroom.live.room import IDLE, UnreadableJournal
from meetingroom.live.rooms import Rooms
from meetingroom.storage.guarding import unguard
from meetingroom.storage.journal import Entry, Journal, Summary
from tests.live.hall import Hall, hall
from tests.stories import CHAIR, SECRETARY, Story


@contextlib.asynccontextmanager
async def rooms(folder: Path) -> AsyncIterator[tuple[Hall, Rooms]]:
    """Meeting m in session and n in draft."""
    async with hall(folder) as here:
        events = Story.of_a_committee("n").events
        entries = [Entry("n", n, 1, "secretary", None, event.tag, write(event)) for n, event in enumerate(events, 1)]
        Journal(here.database).append(entries, Summary("n", "Phiên n", 0, "draft", "A"))
        opened = Rooms(here.journal, here.boxes, here.record, lambda: here.now)
        try:
            yield here, opened
        finally:
            await opened.stop()


async def until(condition: object) -> None:
    for _ in range(400):
        if condition():  # type: ignore[operator]
            return
        await asyncio.sleep(0.02)
    raise AssertionError("never")


def open_now(opened: Rooms) -> set[str]:
    return {room.meeting.id for room in opened.running()}


def damage(here: Hall, what: str) -> None:
    with here.database.transaction() as connection:
        unguard(connection)
        connection.execute(text(f"UPDATE entry SET {what} WHERE stream = 'm' AND version = 12"))


@pytest.mark.parametrize("what", ["name = 'of.a_newer_program'", "body = '{}'", "body = 'x'"])
def test_a_journal_that_cannot_be_read_leaves_the_others_alone(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, what: str
) -> None:
    async def story() -> None:
        async with rooms(tmp_path) as (here, opened):
            damage(here, what)
            opened.wake({"m": "in_session", "n": "draft"})
            await until(lambda: open_now(opened) == {"n"})
            with pytest.raises(UnreadableJournal) as unreadable:
                await opened.open("m")
            if what != "body = 'x'":
                assert unreadable.value.version == 12
                assert unreadable.value.meeting and CHAIR in unreadable.value.meeting.people
            assert {record.message for record in caplog.records} == {"journal not readable"}
            assert (await opened.open("n")).meeting.id == "n"

    asyncio.run(story())


def test_what_is_closed_waits_until_somebody_asks(tmp_path: Path) -> None:
    async def story() -> None:
        async with rooms(tmp_path) as (_, opened):
            opened.wake({"m": "closed", "n": "draft"})
            await until(lambda: open_now(opened))
            assert open_now(opened) == {"n"}
            await opened.open("m")
            assert open_now(opened) == {"m", "n"}

    asyncio.run(story())


def test_what_is_closed_is_looked_at_where_the_key_of_a_box_was_left(tmp_path: Path) -> None:
    async def story() -> None:
        async with rooms(tmp_path) as (here, opened):
            here.boxes.key("m", "v")
            opened.wake({"m": "closed"})
            await until(lambda: open_now(opened) == {"m"})

    asyncio.run(story())


def test_a_room_nobody_asks_for_is_closed_and_opened_again(tmp_path: Path) -> None:
    async def story() -> None:
        async with rooms(tmp_path) as (here, opened):
            room = await opened.open("n")
            here.now += IDLE
            assert await opened.open("n") is room, "somebody has just asked"
            here.now += IDLE + 1
            await until(lambda: not open_now(opened))
            with pytest.raises(Unrecorded):
                await room.give(SECRETARY, TurnPage(paper="report", page=2))
            again = await opened.open("n")
            assert again is not room and again.meeting == room.meeting

    asyncio.run(story())


def test_a_room_stays_open_while_somebody_is_there_or_something_is_to_happen(tmp_path: Path) -> None:
    async def story() -> None:
        async with rooms(tmp_path) as (here, opened):
            room = await opened.open("m")
            here.room = room
            seat, _ = here.seat(CHAIR)
            here.now += IDLE + 1
            assert not room.is_idle
            room.leave(seat)
            assert room.is_idle
            received = Receive(item="one", title="Dự thảo", file="f" * 64, file_name="a.pdf", size=1)
            done = await room.give(SECRETARY, received)
            assert not room.is_idle, "a paper is being prepared"
            assert done.made

    asyncio.run(story())


def test_a_disk_that_takes_its_time_does_not_stop_the_beat(tmp_path: Path) -> None:
    """What is due waits for the disk; who is connected is shown meanwhile, and nobody takes the line for dead."""

    async def story() -> None:
        async with rooms(tmp_path) as (here, opened):
            here.room = await opened.open("m")
            received = Receive(item="one", title="Mới", file="f" * 64, file_name="a.pdf", size=1)
            waiting = (await here.room.give(SECRETARY, received)).made or ""
            later = here.now + 1000
            change = ChangePaper(paper=waiting, title="Mới", readers=Readers.EVERYONE, release_at=later)
            await here.room.give(SECRETARY, change)
            chair = here.tablet(CHAIR)
            here.record.shut()
            here.now += 2000
            await here.record.reached.wait()
            chair.taken()
            here.tablet(SECRETARY)
            await until(lambda: any("presence" in frame for frame in chair.frames))
            assert not here.room.meeting.papers[waiting].released
            here.record.open.set()
            await until(lambda: here.room.meeting.papers[waiting].released)

    asyncio.run(story())
