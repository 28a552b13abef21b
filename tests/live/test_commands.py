"""Commands in a room: recorded together, answered when they are on disk, each once however often it is sent."""

import asyncio
from dataclasses import replace
from pathlib import Path
from typing import cast

import pytest
from sqlalchemy import text

from meetingroom.domain import meeting as domain
from meetingroom.domain.attendance import CheckIn, Mark
from meetingroom.domain.audience import audience_of
from meetingroom.domain.floor import Ask
from meetingroom.domain.messages import Command, Role
from meetingroom.domain.notices import Send
from meetingroom.domain.people import ChangeParticipant, RemoveParticipant
from meetingroom.domain.refusals import Refused
from meetingroom.domain.sitting import Close, MeetingClosed, Publish
from meetingroom.domain.stage import PageTurned, TurnPage
from meetingroom.live.draft import Done, Unrecorded
from meetingroom.live.room import Room
from meetingroom.live.seat import Seat
from meetingroom.storage.guarding import unguard
from tests.live.hall import Hall, Tablet, hall
from tests.stories import CHAIR, FINANCE, GUEST, HEALTH, MEMBERS, SECRETARY


def turn(page: int) -> TurnPage:
    return TurnPage(paper="report", page=page)


def turned(here: Hall) -> list[int]:
    """The pages turned to, according to the journal."""
    return [entry.body["page"] for entry in here.recorded() if entry.name == "stage.page_turned"]


def test_what_waits_is_recorded_in_one_transaction(tmp_path: Path) -> None:
    async def story() -> None:
        async with hall(tmp_path) as here:
            before = here.room.version
            done = await asyncio.gather(*(here.room.give(CHAIR, turn(2 + n % 2), f"c{n}") for n in range(50)))
            assert here.journal.transactions == [50]
            assert [answer.version for answer in done] == list(range(before + 1, before + 51))
            assert turned(here) == [2, 3] * 25
            assert here.journal.verify("m") is None

    asyncio.run(story())


def test_what_comes_during_a_commit_makes_the_next_one(tmp_path: Path) -> None:
    async def story() -> None:
        async with hall(tmp_path) as here:
            here.record.shut()
            first = asyncio.ensure_future(here.room.give(CHAIR, turn(2)))
            await here.record.reached.wait()
            others = [asyncio.ensure_future(here.room.give(who, Ask())) for who in MEMBERS]
            await asyncio.sleep(0)
            here.record.open.set()
            await asyncio.gather(first, *others)
            assert here.journal.transactions == [1, 5]

    asyncio.run(story())


def test_nobody_is_answered_or_shown_before_it_is_on_disk(tmp_path: Path) -> None:
    async def story() -> None:
        async with hall(tmp_path) as here:
            tablet, before = here.tablet(FINANCE), here.room.meeting
            here.record.shut()
            answer = asyncio.ensure_future(here.room.give(CHAIR, turn(2)))
            await here.record.reached.wait()
            for _ in range(20):
                await asyncio.sleep(0)
            assert not answer.done()
            assert tablet.taken() == []
            assert here.room.meeting is before
            here.record.open.set()
            await answer
            assert turned(here) == [2]
            assert tablet.view["stage"]["page"] == 2

    asyncio.run(story())


def test_what_cannot_be_written_has_not_happened_and_may_be_given_again(tmp_path: Path) -> None:
    async def story() -> None:
        async with hall(tmp_path) as here:
            tablet, before, version = here.tablet(FINANCE), here.room.meeting, here.room.version
            here.journal.failing = OSError("no space left on device")
            answers = await asyncio.gather(
                here.room.give(CHAIR, turn(2), "c1"), here.room.give(HEALTH, Ask(), "h1"), return_exceptions=True
            )
            assert [type(answer) for answer in answers] == [Unrecorded, Unrecorded]
            assert here.room.meeting is before
            assert here.room.version == version
            assert tablet.taken() == []
            here.journal.failing = None
            assert (await here.room.give(CHAIR, turn(2), "c1")).version == version + 1
            assert (await here.room.give(HEALTH, Ask(), "h1")).version == version + 2
            assert turned(here) == [2]
            assert here.journal.verify("m") is None

    asyncio.run(story())


def test_what_was_written_although_it_seemed_not_is_not_done_twice(tmp_path: Path) -> None:
    async def story() -> None:
        async with hall(tmp_path) as here:
            tablet, version = here.tablet(FINANCE), here.room.version
            here.journal.lost = OSError("the answer did not arrive")
            with pytest.raises(Unrecorded):
                await here.room.give(CHAIR, turn(2), "c1")
            here.journal.lost = None
            assert (await here.room.give(CHAIR, turn(2), "c1")).version == version + 1
            assert turned(here) == [2]
            assert tablet.view["stage"]["page"] == 2

    asyncio.run(story())


def test_a_repeated_command_is_answered_and_not_done_again(tmp_path: Path) -> None:
    async def story() -> None:
        async with hall(tmp_path) as here:
            first = await here.room.give(CHAIR, turn(2), "c1")
            await here.room.give(CHAIR, turn(3), "c2")
            assert (await here.room.give(CHAIR, turn(2), "c1")).version == first.version
            together = await asyncio.gather(*(here.room.give(CHAIR, turn(1), "c3") for _ in range(5)))
            assert len(set(together)) == 1
            assert turned(here) == [2, 3, 1]

    asyncio.run(story())


def test_a_repeated_command_is_answered_also_after_a_restart(tmp_path: Path) -> None:
    async def story() -> None:
        async with hall(tmp_path) as here:
            first = await here.room.give(CHAIR, turn(2), "c1")
            await here.room.give(CHAIR, turn(3), "c2")
            epoch = here.room.epoch
            await here.start()
            assert here.room.epoch != epoch
            assert (await here.room.give(CHAIR, turn(2), "c1")).version == first.version
            assert turned(here) == [2, 3]
            assert here.room.meeting.stage.page == 3

    asyncio.run(story())


def test_whoever_asks_again_is_told_again_what_was_made(tmp_path: Path) -> None:
    async def story() -> None:
        async with hall(tmp_path) as here:
            first = await here.room.give(SECRETARY, Send(text="Giải lao"), "n1")
            assert first.made in here.room.meeting.notices
            assert await here.room.give(SECRETARY, Send(text="Giải lao"), "n1") == first

    asyncio.run(story())


def test_an_id_is_one_persons(tmp_path: Path) -> None:
    async def story() -> None:
        async with hall(tmp_path) as here:
            await here.room.give(CHAIR, turn(2), "same")
            await here.room.give(SECRETARY, turn(3), "same")
            assert turned(here) == [2, 3]

    asyncio.run(story())


def test_what_is_refused_leaves_nothing(tmp_path: Path) -> None:
    async def story() -> None:
        async with hall(tmp_path) as here:
            before = here.room.meeting
            for who, command, code in (
                (FINANCE, turn(2), "stage.not_presenter"),
                (CHAIR, turn(99), "stage.no_such_page"),
                (CHAIR, Publish(), "meeting.not_draft"),
                ("nobody", CheckIn(), "not_permitted"),
            ):
                with pytest.raises(Refused) as refused:
                    await here.room.give(who, command, "c1")
                assert refused.value.code == code
            assert here.room.meeting is before
            assert here.journal.transactions == []

    asyncio.run(story())


def test_a_refused_command_does_not_take_others_with_it(tmp_path: Path) -> None:
    async def story() -> None:
        async with hall(tmp_path) as here:
            answers = await asyncio.gather(
                here.room.give(CHAIR, turn(2)),
                here.room.give(CHAIR, turn(99)),
                here.room.give(CHAIR, turn(3)),
                return_exceptions=True,
            )
            assert [type(answer) for answer in answers] == [Done, Refused, Done]
            assert turned(here) == [2, 3]

    asyncio.run(story())


class Unforeseen(Command):
    """No noun knows it: what a fault in the rules looks like."""

    by = frozenset({Role.DELEGATE})


def test_a_fault_in_one_command_does_not_take_others_with_it(tmp_path: Path) -> None:
    async def story() -> None:
        async with hall(tmp_path) as here:
            answers = await asyncio.gather(
                here.room.give(CHAIR, turn(2)),
                here.room.give(FINANCE, Unforeseen()),
                here.room.give(CHAIR, turn(3)),
                return_exceptions=True,
            )
            assert [type(answer) for answer in answers] == [Done, Unrecorded, Done]
            assert turned(here) == [2, 3]

    asyncio.run(story())


def test_commands_of_one_batch_see_one_another(tmp_path: Path) -> None:
    async def story() -> None:
        async with hall(tmp_path) as here:
            answers = await asyncio.gather(
                here.room.give(HEALTH, Ask()),
                here.room.give(HEALTH, Ask()),
                here.room.give(SECRETARY, RemoveParticipant(participant=FINANCE)),
                here.room.give(FINANCE, Ask()),
                return_exceptions=True,
            )
            codes = [answer.code if isinstance(answer, Refused) else "" for answer in answers]
            assert codes == ["", "floor.already_waiting", "", "not_permitted"]

    asyncio.run(story())


def test_a_role_counts_as_it_is_when_the_command_arrives(tmp_path: Path) -> None:
    async def story() -> None:
        async with hall(tmp_path) as here:
            await here.room.give(SECRETARY, ChangeParticipant(participant=CHAIR, office="Ủy viên", role=Role.DELEGATE))
            with pytest.raises(Refused, match=r"stage\.not_presenter"):
                await here.room.give(CHAIR, turn(2))

    asyncio.run(story())


def test_whoever_leaves_before_the_answer_disturbs_nobody(tmp_path: Path) -> None:
    async def story() -> None:
        async with hall(tmp_path) as here:
            here.record.shut()
            gone = asyncio.ensure_future(here.room.give(CHAIR, turn(2), "c1"))
            stays = asyncio.ensure_future(here.room.give(HEALTH, Ask()))
            await here.record.reached.wait()
            gone.cancel()
            here.record.open.set()
            await stays
            assert turned(here) == [2]
            await here.room.give(CHAIR, turn(2), "c1")
            assert turned(here) == [2]

    asyncio.run(story())


def test_a_stopping_room_finishes_the_batch_at_hand(tmp_path: Path) -> None:
    async def story() -> None:
        async with hall(tmp_path) as here:
            here.record.shut()
            answer = asyncio.ensure_future(here.room.give(CHAIR, turn(2)))
            await here.record.reached.wait()
            stopping = asyncio.ensure_future(here.stop())
            await asyncio.sleep(0)
            here.record.open.set()
            await stopping
            assert (await answer).version == here.room.version
            assert turned(here) == [2]

    asyncio.run(story())


def test_what_cannot_be_shown_is_recorded_all_the_same_and_shown_at_the_next_beat(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async def story() -> None:
        async with hall(tmp_path) as here:
            tablet = Broken()
            seat = Seat(tablet, FINANCE, "s", audience_of(here.room.meeting.people[FINANCE]))
            here.room.join(seat)
            here.room.hello(seat, None, None)
            tablet.broken = True
            assert (await here.room.give(CHAIR, turn(2), "c1")).version == here.room.version
            assert turned(here) == [2]
            assert len([record for record in caplog.records if "not shown" in record.message]) == 1
            tablet.broken = False
            await here.room.give(CHAIR, CheckIn())
            here.room.beat()
            assert tablet.view["stage"]["page"] == 2
            assert tablet.me == domain.own(here.room.meeting, here.room.meeting.people[FINANCE])

    asyncio.run(story())


def test_a_fault_in_what_one_audience_sees_is_not_the_others_loss(tmp_path: Path) -> None:
    async def story() -> None:
        async with hall(tmp_path) as here:
            chair, finance = here.tablet(CHAIR), here.tablet(FINANCE)
            report = here.room.meeting.papers["report"]
            hidden = replace(report, id="hidden", released=False, title=cast(str, object()))  # the office sees it
            here.room.meeting = replace(here.room.meeting, papers={**here.room.meeting.papers, "hidden": hidden})
            await here.room.give(CHAIR, turn(2))
            assert finance.view["stage"]["page"] == 2
            assert chair.view["stage"]["page"] == 1

    asyncio.run(story())


class Broken(Tablet):
    """A tablet on a line with a fault in it."""

    broken = False

    def write(self, frame: bytes) -> None:
        if self.broken:
            raise RuntimeError("a fault in the line")
        super().write(frame)


# -- another process writes in the same journal ----------------------------------------------------------------------


def test_after_a_conflict_the_room_reads_and_decides_again(tmp_path: Path) -> None:
    async def story() -> None:
        async with hall(tmp_path) as here:
            tablet, version = here.tablet(FINANCE), here.room.version
            here.write_behind_its_back(PageTurned(page=3, at=here.now))
            assert (await here.room.give(CHAIR, turn(2))).version == version + 2
            assert turned(here) == [3, 2]
            assert [frame["patch"]["stage"]["page"] for frame in tablet.taken()] == [3, 2]
            assert here.journal.verify("m") is None

    asyncio.run(story())


def test_when_it_rings_the_room_reads_and_shows_what_another_process_recorded(tmp_path: Path) -> None:
    async def story() -> None:
        async with hall(tmp_path) as here:
            tablet, before = here.tablet(FINANCE), here.room.version
            here.write_behind_its_back(PageTurned(page=3, at=here.now))
            here.room.ring(before)  # this one is known
            here.room.ring(before + 1)
            assert (await here.room.give(CHAIR, turn(2))).version == before + 2
            assert [frame["patch"]["stage"]["page"] for frame in tablet.taken()] == [3, 2]
            assert here.journal.transactions == [1], "read before it decided: there was no conflict"

    asyncio.run(story())


def test_what_has_become_wrong_meanwhile_is_refused(tmp_path: Path) -> None:
    async def story() -> None:
        async with hall(tmp_path) as here:
            tablet = here.tablet(FINANCE)
            here.write_behind_its_back(MeetingClosed(at=here.now))
            with pytest.raises(Refused, match="closed"):
                await here.room.give(CHAIR, turn(2))
            assert turned(here) == []
            assert tablet.view["meeting"]["phase"] == "closed"

    asyncio.run(story())


def test_a_command_another_process_carried_out_is_answered_here(tmp_path: Path) -> None:
    async def story() -> None:
        async with hall(tmp_path) as here:
            here.write_behind_its_back(PageTurned(page=2, at=here.now), actor=CHAIR, command="c1")
            await here.room.give(CHAIR, turn(2), "c1")
            assert turned(here) == [2]

    asyncio.run(story())


def test_a_journal_that_lost_its_end_is_not_asked_for_ever(tmp_path: Path) -> None:
    """Nothing can be recorded behind what is missing: the room says so instead of turning in a circle."""

    async def story() -> None:
        async with hall(tmp_path) as here:
            await here.room.give(CHAIR, turn(2))
            with here.database.transaction() as connection:
                unguard(connection)
                connection.execute(text("DELETE FROM entry WHERE version = (SELECT max(version) FROM entry)"))
            journal = type(here.journal)(here.database)
            fresh = Room(here.room.meeting, here.room.version, journal, here.boxes, here.record, int)
            loop = asyncio.create_task(fresh.run())
            with pytest.raises(Unrecorded):
                await asyncio.wait_for(fresh.give(CHAIR, turn(3)), 5)
            loop.cancel()

    asyncio.run(story())


# -- from the journal to the room ------------------------------------------------------------------------------------


def test_a_restarted_room_is_where_the_former_one_was(tmp_path: Path) -> None:
    async def story() -> None:
        async with hall(tmp_path) as here:
            await here.room.give(CHAIR, turn(2))
            await here.room.give(HEALTH, Ask(topic="Kinh phí"))
            await here.room.give(SECRETARY, Mark(participant=GUEST, present=True))
            before, version = here.room.meeting, here.room.version
            await here.start()
            assert here.room.meeting == before
            assert here.room.version == version
            assert domain.own(here.room.meeting, here.room.meeting.people[HEALTH])["requests"]

    asyncio.run(story())


def test_the_summary_follows_the_meeting(tmp_path: Path) -> None:
    async def story() -> None:
        async with hall(tmp_path) as here:
            await here.room.give(CHAIR, Close())
            with here.database.engine.connect() as connection:
                assert connection.scalar(text("SELECT phase FROM meeting")) == "closed"

    asyncio.run(story())


def test_there_is_no_room_without_a_journal(tmp_path: Path) -> None:
    async def story() -> None:
        async with hall(tmp_path) as here:
            with pytest.raises(KeyError):
                await Room.open("another", here.journal, here.boxes, here.record, lambda: here.now)

    asyncio.run(story())
