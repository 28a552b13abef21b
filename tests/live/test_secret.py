"""Secret votes in a room: sealed, counted once through every crash, unlinkable afterwards; no byte of a choice before."""

import asyncio
import functools
import random
from collections.abc import Callable, Coroutine
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from meetingroom.domain.attendance import CheckIn
from meetingroom.domain.messages import Role
from meetingroom.domain.people import AddParticipant
from meetingroom.domain.refusals import Refused
from meetingroom.domain.rights import Entrust
from meetingroom.domain.stage import TurnPage
from meetingroom.domain.voting import Cancel, Cast, CloseVote, OpenVote, Prepare
from meetingroom.domain.voting.ballot import Answer, Kind
from meetingroom.domain.voting.messages import VoteChanged
from meetingroom.live.draft import Done, Unrecorded
from meetingroom.storage.envelopes import Unopenable, seal
from meetingroom.storage.tables import ENVELOPE
from tests.live.hall import Hall, Tablet, hall
from tests.live.voting import envelopes, open_recorded, open_secret, say, tally
from tests.stories import CHAIR, FINANCE, GUEST, HEALTH, HOME, JUSTICE, MEMBERS, SCREEN, SECRETARY, Story

PERSONS = (("Giám đốc Sở Tài chính", ""), ("Giám đốc Sở Y tế", ""), ("Giám đốc Sở Tư pháp", ""))


def played(story: Callable[..., Coroutine[Any, Any, None]]) -> Callable[..., None]:
    """Runs a test that waits."""

    @functools.wraps(story)
    def play(*arguments: Any, **named: Any) -> None:
        asyncio.run(story(*arguments, **named))

    return play


@played
async def test_a_secret_vote_is_counted_and_nothing_is_left_that_could_be_opened(tmp_path: Path) -> None:
    async with hall(tmp_path) as here:
        tablet = here.tablet(FINANCE)
        vote = await open_secret(here)
        for person, answer in ((CHAIR, "yes"), (FINANCE, "no"), (HEALTH, "yes")):
            await here.room.give(person, say(vote, answer))
        await here.room.give(FINANCE, say(vote, "abstain"))  # changed: replaces the envelope
        assert [row.participant for row in envelopes(here)] == [CHAIR, HEALTH, FINANCE]
        assert {len(row.body) for row in envelopes(here)} == {4096 + 48}
        receipt = tablet.me["ballots"][vote]["receipt"]
        copied = envelopes(here)
        await here.room.give(CHAIR, CloseVote(vote=vote))
        with pytest.raises(Refused):
            await here.room.give(HEALTH, say(vote, "no"))
        await here.room.count_boxes()
        await here.room.count_boxes()
        assert tally(here, vote) == {"yes": 2, "no": 0, "abstain": 1}
        result = here.room.meeting.voting[vote].result
        assert result and receipt in result.urn and len(result.urn) == len(result.sheets) == 3
        assert tablet.me["ballots"][vote] == {"receipt": receipt, "in_urn": True}
        assert envelopes(here) == [] and list((tmp_path / "keys").iterdir()) == []
        with pytest.raises(Unopenable):
            put_back(here, copied)
            here.boxes.open("m", vote)


def put_back(here: Hall, rows: list[Any]) -> None:
    """Somebody restores the envelopes from a backup."""
    with here.database.transaction() as connection:
        connection.execute(ENVELOPE.insert(), [dict(row._mapping) for row in rows])


@played
async def test_the_journal_and_the_database_hold_no_choice_while_the_vote_runs(tmp_path: Path) -> None:
    async with hall(tmp_path) as here:
        vote = await open_secret(here, kind=Kind.ELECTION, options=PERSONS, most=2, places=2)
        await here.room.give(FINANCE, Cast(vote=vote, marks=(("2", Answer.YES), ("3", Answer.YES))))
        cast = [entry for entry in here.recorded() if entry.name == "voting.envelope_cast"]
        assert [set(entry.body) for entry in cast] == [{"vote", "participant", "receipt", "by"}]
        for path in (tmp_path / "data").glob("meetingroom.db*"):
            assert b"2=yes" not in path.read_bytes(), path.name


@pytest.mark.parametrize("moment", ["stopped", "count not written", "count written, no answer", "key not destroyed"])
@played
async def test_a_crash_in_the_middle_of_closing_is_finished_at_start(tmp_path: Path, moment: str) -> None:
    async with hall(tmp_path) as here:
        vote = await open_secret(here)
        for person in MEMBERS:
            await here.room.give(person, say(vote, "yes"))
        await here.room.give(CHAIR, CloseVote(vote=vote))
        if moment == "count not written":
            here.journal.failing = OSError("disk full")
        elif moment == "count written, no answer":
            here.journal.lost = OSError("gone")
        if moment == "key not destroyed":
            await here.room.count_boxes()
        elif moment != "stopped":
            with pytest.raises(Unrecorded):
                await here.room.count_boxes()
        here.journal.failing = here.journal.lost = None
        assert list((tmp_path / "keys").iterdir()), "the key outlives everything but a recorded count"
        await here.start()
        for _ in range(3):
            await here.room.count_boxes()
        assert tally(here, vote) == {"yes": 5, "no": 0, "abstain": 0}
        assert [entry.name for entry in here.recorded()].count("voting.closed") == 1
        assert envelopes(here) == [] and list((tmp_path / "keys").iterdir()) == []


@played
async def test_a_restored_database_without_its_keys_voids_the_running_vote_and_says_so(tmp_path: Path) -> None:
    async with hall(tmp_path) as here:
        tablet = here.tablet(FINANCE)
        vote = await open_secret(here)
        await here.room.give(FINANCE, say(vote, "yes"))
        for key in (tmp_path / "keys").iterdir():
            key.unlink()
        await here.start()
        tablet = here.tablet(FINANCE)
        await here.room.count_boxes()
        assert tablet.view["voting"][vote]["phase"] == "cancelled" and tablet.view["voting"][vote]["void"] is True
        assert envelopes(here) == []


@played
async def test_a_key_that_cannot_be_read_now_is_waited_for(tmp_path: Path) -> None:
    """A disk that does not answer is no lost key: nothing is void, before closing and after it, and it is counted later."""
    async with hall(tmp_path) as here:
        vote = await open_secret(here)
        await here.room.give(FINANCE, say(vote, "yes"))
        [key] = (tmp_path / "keys").iterdir()
        for closing in (False, True):
            if closing:
                await here.room.give(CHAIR, CloseVote(vote=vote))
            key.rename(tmp_path / "elsewhere")
            key.mkdir()  # reading it fails with another error than that it is not there
            await here.start()
            for _ in range(2):
                await here.room.count_boxes()
            assert not here.room.meeting.voting[vote].void
            key.rmdir()
            (tmp_path / "elsewhere").rename(key)
        await here.room.count_boxes()
        assert tally(here, vote) == {"yes": 1, "no": 0, "abstain": 0}


@played
async def test_a_key_cut_short_voids_the_vote(tmp_path: Path) -> None:
    async with hall(tmp_path) as here:
        vote = await open_secret(here)
        [key] = (tmp_path / "keys").iterdir()
        key.write_bytes(key.read_bytes()[:-1])
        await here.room.count_boxes()
        assert here.room.meeting.voting[vote].void


@played
async def test_a_key_that_cannot_be_kept_stops_its_vote_and_nothing_else(tmp_path: Path) -> None:
    async with hall(tmp_path) as here:
        done = await here.room.give(SECRETARY, Prepare(item="two", question="Thông qua?", secret=True))
        (tmp_path / "keys").write_text("no folder")
        opening = OpenVote(vote=str(done.made))
        answers = await asyncio.gather(
            here.room.give(CHAIR, opening),
            here.room.give(CHAIR, TurnPage(paper="report", page=2)),
            return_exceptions=True,
        )
        assert [type(answer) for answer in answers] == [Unrecorded, Done]
        (tmp_path / "keys").unlink()
        await here.room.give(CHAIR, opening)
        assert here.room.meeting.voting[opening.vote].is_open


@played
async def test_a_key_lost_while_closing_voids_the_vote_and_lets_the_meeting_go_on(tmp_path: Path) -> None:
    async with hall(tmp_path) as here:
        vote = await open_secret(here)
        await here.room.give(FINANCE, say(vote, "yes"))
        await here.room.give(CHAIR, CloseVote(vote=vote))
        for key in (tmp_path / "keys").iterdir():
            key.unlink()
        await here.room.count_boxes()
        assert here.room.meeting.voting[vote].void and not here.room.meeting.voting[vote].is_open
        assert envelopes(here) == []


@played
async def test_an_envelope_cannot_be_passed_off_as_another_s(tmp_path: Path) -> None:
    async with hall(tmp_path) as here:
        vote = await open_secret(here)
        await here.room.give(FINANCE, say(vote, "yes"))
        await here.room.give(HEALTH, say(vote, "no"))
        with here.database.transaction() as connection:
            bodies = {row.participant: row.body for row in connection.execute(select(ENVELOPE)).all()}
            for one, other in ((FINANCE, HEALTH), (HEALTH, FINANCE)):
                mine = ENVELOPE.c.participant == one
                connection.execute(ENVELOPE.update().where(mine).values(body=bodies[other]))
        with pytest.raises(Unopenable):
            here.boxes.open("m", vote)


@played
async def test_an_envelope_slipped_in_is_not_counted(tmp_path: Path) -> None:
    """Whoever has the database and the public key can seal a ballot, but the journal says who has voted."""
    async with hall(tmp_path) as here:
        vote = await open_secret(here)
        await here.room.give(FINANCE, say(vote, "yes"))
        false = seal("m", vote, HOME, here.room.meeting.voting[vote].public_key, b"q=no\n")
        with here.database.transaction() as connection:
            connection.execute(ENVELOPE.insert().values(meeting="m", vote=vote, participant=HOME, body=false.body))
        await here.room.give(CHAIR, CloseVote(vote=vote))
        await here.room.count_boxes()
        assert here.room.meeting.voting[vote].void, "no result is better than a false one"
        assert envelopes(here) == []


@played
async def test_a_ballot_is_in_the_box_only_with_the_event_that_says_so(tmp_path: Path) -> None:
    """A fault in the rules after the envelope was sealed: others of the batch are recorded, it is not."""
    async with hall(tmp_path) as here:
        vote = await open_secret(here)
        meeting = here.room.meeting
        faulty = replace(meeting.voting[vote], receipts=cast(dict[str, str], None))
        here.room.meeting = replace(meeting, voting={**meeting.voting, vote: faulty})
        answers = await asyncio.gather(
            here.room.give(FINANCE, say(vote, "yes")), here.room.give(CHAIR, TurnPage(paper="report", page=2)),
            return_exceptions=True,
        )  # fmt: skip
        assert [type(answer) for answer in answers] == [Unrecorded, Done]
        assert envelopes(here) == []


@played
async def test_cancelling_destroys_the_ballots(tmp_path: Path) -> None:
    async with hall(tmp_path) as here:
        vote = await open_secret(here)
        await here.room.give(FINANCE, say(vote, "yes"))
        await here.room.give(CHAIR, Cancel(vote=vote, reason="Sửa danh sách"))
        await here.room.count_boxes()
        assert envelopes(here) == [] and list((tmp_path / "keys").iterdir()) == []


ANSWERS = ("yes", "no", "abstain")


async def streams(
    folder: Path, secret: bool, proxies: bool, choices: list[str], order: list[int]
) -> dict[str, list[bytes]]:
    """Everything each role is sent from opening to the last ballot, told apart from the voter's own; with `proxies` also
    what the member is sent whose right another one casts."""
    async with hall(folder) as here:
        tablets: dict[str, Tablet] = {
            person: here.tablet(person)
            for person in (CHAIR, SECRETARY, GUEST, SCREEN, JUSTICE, *((HOME,) if proxies else ()))
        }
        here.room.epoch = "epoch"
        await here.room.give(SECRETARY, Entrust(participant=HOME, holder=FINANCE))
        rule: dict[str, Any] = {"rule": "custom", "by_proxy": True} if proxies else {}
        done = await here.room.give(SECRETARY, Prepare(item="two", question="?", secret=secret, **rule))
        vote = str(done.made)
        await here.room.give(CHAIR, OpenVote(vote=vote))
        for index in order:
            elector, choice = (FINANCE, HEALTH, HOME)[index % 3], choices[index % len(choices)]
            if proxies and elector == HOME:
                await here.room.give(FINANCE, say(vote, choice, HOME))
            else:
                await here.room.give(elector, say(vote, choice))
            here.room.beat()
            here.room.pulse()
        return {
            person: [raw.replace(vote.encode(), b"VOTE") for raw in tablet.raw] for person, tablet in tablets.items()
        }


@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    secret=st.booleans(),
    proxies=st.booleans(),
    one=st.lists(st.sampled_from(ANSWERS), min_size=6, max_size=6),
    other=st.lists(st.sampled_from(ANSWERS), min_size=6, max_size=6),
    order=st.lists(st.integers(0, 5), min_size=3, max_size=6),
)
def test_two_runs_that_differ_only_in_choices_send_the_same_bytes(
    tmp_path_factory: pytest.TempPathFactory,
    secret: bool,
    proxies: bool,
    one: list[str],
    other: list[str],
    order: list[int],
) -> None:
    first, second = (
        asyncio.run(streams(tmp_path_factory.mktemp("run"), secret, proxies, choices, order))
        for choices in (one, other)
    )
    hello = {person: [frame for frame in frames if b"epoch" not in frame] for person, frames in first.items()}
    assert hello == {person: [frame for frame in frames if b"epoch" not in frame] for person, frames in second.items()}
    assert all(len(frames) > len(order) for frames in first.values()), "there was something to compare"


@pytest.mark.parametrize("secret", [False, True])
@played
async def test_acknowledged_is_counted_however_fifty_voters_and_closers_race(tmp_path: Path, secret: bool) -> None:
    assembly = Story.in_session()
    voters_here = [*MEMBERS]
    while len(voters_here) < 50:
        voters_here.append(person := f"p{len(voters_here)}")
        added = AddParticipant(office=person, role=Role.DELEGATE, member=True)
        assembly.give(SECRETARY, added, made=person)
        assembly.give(person, CheckIn())
    async with hall(tmp_path, assembly) as here:
        race, fates = random.Random(7), [0, 0]
        for _ in range(12):
            vote = await open_secret(here) if secret else await open_recorded(here)
            voters = [(person, race.choice(ANSWERS)) for person in voters_here + race.sample(voters_here, 20)]
            commands = [(person, say(vote, answer)) for person, answer in voters]
            commands += [(CHAIR, CloseVote(vote=vote))] * race.choice((1, 50))
            race.shuffle(commands)
            answers = await asyncio.gather(*(slowly(here, race, *each) for each in commands), return_exceptions=True)
            if secret:
                await here.room.count_boxes()
            last: dict[str, tuple[int, str]] = {}
            for (person, command), answer in zip(commands, answers, strict=True):
                assert isinstance(answer, int | Refused), answer
                if isinstance(command, Cast) and isinstance(answer, int):
                    last[person] = max(last.get(person, (0, "")), (answer, command.marks[0][1].value))
            counted = [answer for _, answer in last.values()]
            fates = [fates[0] + len(counted), fates[1] + sum(isinstance(answer, Refused) for answer in answers)]
            assert tally(here, vote) == {answer: counted.count(answer) for answer in ANSWERS}
        assert min(fates) > 100, "many came in time and many too late"


async def slowly(here: Hall, race: random.Random, person: str, command: Any) -> int:
    """The version at which it was acknowledged."""
    for _ in range(race.randrange(3)):
        await asyncio.sleep(0)
    return (await here.room.give(person, command)).version


@played
async def test_a_vote_another_process_made_secret_is_not_opened_without_its_key(tmp_path: Path) -> None:
    async with hall(tmp_path) as here:
        vote = str((await here.room.give(SECRETARY, Prepare(item="two", question="Thông qua?"))).made)
        here.write_behind_its_back(VoteChanged(vote=vote, item="two", question="Thông qua?", secret=True))
        await here.room.give(CHAIR, OpenVote(vote=vote))
        assert here.room.meeting.voting[vote].form.secret and here.room.meeting.voting[vote].public_key
        await here.room.give(FINANCE, say(vote, "yes"))


@played
async def test_only_who_may_open_a_vote_has_its_key_made(tmp_path: Path) -> None:
    async with hall(tmp_path) as here:
        done = await here.room.give(SECRETARY, Prepare(item="two", question="Thông qua?", secret=True))
        with pytest.raises(Refused):
            await here.room.give(GUEST, OpenVote(vote=str(done.made)))
        assert list((tmp_path / "keys").glob("*")) == []
