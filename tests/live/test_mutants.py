"""The race of voters and closers, run against servers that are wrong in one way each: it must find every one of them out."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from meetingroom.domain.refusals import Refused
from meetingroom.domain.voting import Cast, CloseVote, Vote, VotePhase, conduct
from meetingroom.domain.voting.ballot import Ballot
from meetingroom.domain.voting.tally import Tally
from tests.live.hall import Hall, hall
from tests.live.voting import open_recorded, say, tally
from tests.stories import CHAIR, MEMBERS

ANSWERS = ("yes", "no", "abstain")


async def race(folder: Path) -> bool:
    """Whether what was acknowledged is what was counted, in every one of some races."""
    async with hall(folder) as here:
        chance = random.Random(11)
        return all([await agrees(here, chance) for _ in range(6)])


async def agrees(here: Hall, chance: random.Random) -> bool:
    vote = await open_recorded(here)
    ballots = [(person, chance.choice(ANSWERS)) for person in MEMBERS * 4]
    closing = chance.randrange(6, 14)
    answers = await asyncio.gather(
        *(here.room.give(person, say(vote, answer)) for person, answer in ballots[:closing]),
        here.room.give(CHAIR, CloseVote(vote=vote)),
        *(here.room.give(person, say(vote, answer)) for person, answer in ballots[closing:]),
        return_exceptions=True,
    )
    del answers[closing]
    last = {p: a for (p, a), said in zip(ballots, answers, strict=True) if not isinstance(said, Refused)}
    counted = list(last.values())
    return tally(here, vote) == {answer: counted.count(answer) for answer in ANSWERS}


def test_the_server_as_it_is_agrees(tmp_path: Path) -> None:
    assert asyncio.run(race(tmp_path))


def late_ballots_are_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    """No check of the phase: a ballot after the closing is acknowledged, and counted nowhere."""
    cast = conduct._cast

    def wrong(vote: Vote, actor: Any, command: Cast) -> Any:
        return cast(replace(vote, phase=VotePhase.OPEN), actor, command)

    monkeypatch.setattr(conduct, "_cast", wrong)


def every_ballot_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    """A changed ballot counts beside the former one."""
    count, former = conduct.count, list[tuple[Ballot, int]]()

    def wrong(form: Any, ballots: Sequence[tuple[Ballot, int]]) -> Tally:
        former[:] = [*former, *ballots][-8:]
        return count(form, former)

    monkeypatch.setattr(conduct, "count", wrong)


def a_ballot_is_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    """One acknowledged ballot is not counted."""
    count = conduct.count
    monkeypatch.setattr(conduct, "count", lambda form, ballots: count(form, list(ballots)[1:]))


@pytest.mark.parametrize("mutate", [late_ballots_are_taken, every_ballot_counts, a_ballot_is_lost])
def test_a_server_that_is_wrong_is_found_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mutate: Any) -> None:
    mutate(monkeypatch)
    assert not asyncio.run(race(tmp_path))
