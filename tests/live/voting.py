"""What tests of votes in a room have in common: opening, saying, and looking at what is left."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from meetingroom.domain.voting import Cast, OpenVote, Prepare
from meetingroom.domain.voting.ballot import Answer
from meetingroom.storage.tables import ENVELOPE
from tests.live.hall import Hall
from tests.stories import CHAIR, SECRETARY


async def open_secret(here: Hall, **form: Any) -> str:
    done = await here.room.give(SECRETARY, Prepare(item="two", question="Thông qua?", secret=True, **form))
    assert done.made
    await here.room.give(CHAIR, OpenVote(vote=done.made))
    return done.made


async def open_recorded(here: Hall) -> str:
    done = await here.room.give(SECRETARY, Prepare(item="two", question="Thông qua?"))
    await here.room.give(CHAIR, OpenVote(vote=str(done.made)))
    return str(done.made)


def say(vote: str, answer: str, elector: str = "") -> Cast:
    return Cast(vote=vote, marks=(("q", Answer(answer)),), elector=elector)


def envelopes(here: Hall) -> list[Any]:
    with here.database.engine.connect() as connection:
        return list(connection.execute(select(ENVELOPE)).all())


def tally(here: Hall, vote: str) -> dict[str, int]:
    result = here.room.meeting.voting[vote].result
    assert result
    return {answer.value: number for answer, number in result.tally["q"].items()}
