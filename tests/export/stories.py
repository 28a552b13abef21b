"""A meeting that has been held, for everything that is made of it afterwards."""

from __future__ import annotations

from meetingroom.domain.attendance import CheckIn, Mark
from meetingroom.domain.floor import End, Give
from meetingroom.domain.meeting import Meeting
from meetingroom.domain.sitting import Close, GoTo, Open
from meetingroom.domain.voting import Announce, Cast, CloseVote, OpenVote, Prepare
from meetingroom.domain.voting.ballot import Answer
from meetingroom.endpoints.assets import web_root
from meetingroom.words import Catalogue, Words
from tests.stories import CHAIR, FINANCE, GUEST, HEALTH, HOME, JUSTICE, SECRETARY, Story


def legal_words() -> Words:
    return Catalogue(web_root() / "words").words("vi", "Asia/Ho_Chi_Minh")


def held_story() -> Story:
    """Four of five members at the opening, one later, one leaves; a speech of three minutes, a vote that carries."""
    story = Story.of_a_committee()
    for person in (CHAIR, FINANCE, HEALTH, JUSTICE, GUEST):
        story.give(person, CheckIn())
    story.give(CHAIR, Open())
    story.give(HOME, CheckIn())
    story.give(CHAIR, Give(participant=FINANCE))
    story.now += 179_000
    story.give(FINANCE, End())
    story.give(CHAIR, GoTo(item="two"))
    story.give(SECRETARY, Prepare(item="two", question="Thông qua dự thảo?"), made="v")
    story.give(CHAIR, OpenVote(vote="v"))
    for person, choice in ((CHAIR, "yes"), (FINANCE, "yes"), (HEALTH, "yes"), (JUSTICE, "no")):
        story.give(person, Cast(vote="v", marks=(("q", Answer(choice)),)))
    story.give(CHAIR, CloseVote(vote="v"))
    story.give(CHAIR, Announce(vote="v"))
    story.give(SECRETARY, Mark(participant=HEALTH, present=False))
    story.give(CHAIR, Close())
    return story


def held() -> Meeting:
    return held_story().meeting
