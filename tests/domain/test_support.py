"""Support: who may move a request for service on, and who may write to whom."""

from __future__ import annotations

from meetingroom.domain.audience import Audience
from meetingroom.domain.refusals import Refused
from meetingroom.domain.sitting import Close
from meetingroom.domain.support import AllowChat, Errand, Need, Said, check_message, check_move, may_ask
from tests.stories import CHAIR, FINANCE, GUEST, HEALTH, SCREEN, SECRETARY, SERVICE, Story


def moved(story: Story, who: str, before: Errand, after: Errand, need: Need = Need.WATER) -> str:
    """Empty if it may be, else why not; the request is FINANCE's."""
    try:
        check_move(story.meeting.people[who], FINANCE, need, before, after)
    except Refused as refused:
        return refused.code
    return ""


def test_who_asked_withdraws_and_who_serves_moves_on() -> None:
    story = Story.of_a_committee()
    assert moved(story, SECRETARY, Errand.ASKED, Errand.TAKEN) == ""
    assert moved(story, SECRETARY, Errand.TAKEN, Errand.DONE) == ""
    assert moved(story, SECRETARY, Errand.TAKEN, Errand.ASKED) == ""
    assert moved(story, FINANCE, Errand.ASKED, Errand.WITHDRAWN) == ""
    assert moved(story, FINANCE, Errand.DONE, Errand.WITHDRAWN) == "support.moved_on"
    assert moved(story, FINANCE, Errand.ASKED, Errand.DONE) == "not_permitted"
    for other in (SECRETARY, HEALTH, CHAIR):
        assert moved(story, other, Errand.ASKED, Errand.WITHDRAWN) == "not_permitted"
    assert moved(story, SECRETARY, Errand.WITHDRAWN, Errand.TAKEN) == "support.moved_on"
    assert not may_ask(story.meeting.people[SCREEN])
    assert moved(story, SERVICE, Errand.ASKED, Errand.TAKEN) == moved(story, SERVICE, Errand.TAKEN, Errand.ASKED) == ""
    assert moved(story, SERVICE, Errand.ASKED, Errand.TAKEN, Need.SECRETARY) == "not_permitted"


def written(story: Story, who: str, to: str, text: str = "Xin chào") -> str:
    try:
        check_message(story.meeting, story.meeting.people[who], Said(id="m", text=text, to=to))
    except Refused as refused:
        return refused.code
    return ""


def test_messages_to_the_secretariat_always_to_each_other_if_allowed() -> None:
    story = Story.in_session()
    assert written(story, FINANCE, "") == written(story, FINANCE, SECRETARY) == written(story, SECRETARY, GUEST) == ""
    assert written(story, FINANCE, "", text="") == "support.needs_text"
    assert written(story, FINANCE, HEALTH) == written(story, FINANCE, CHAIR) == "support.no_chat"
    story.refuses(FINANCE, AllowChat(allowed=True), "not_permitted")
    story.give(SECRETARY, AllowChat(allowed=True))
    assert story.give(SECRETARY, AllowChat(allowed=True)) == ()
    assert story.view(Audience.GUEST)["support"] == {"chat": True}
    assert written(story, FINANCE, HEALTH) == ""
    for nobody in ("nobody", SCREEN, FINANCE):
        assert written(story, FINANCE, nobody) == "people.unknown"
    story.give(CHAIR, Close())
    assert written(story, FINANCE, HEALTH) == "meeting.closed"
    assert written(story, FINANCE, "") == ""


def test_after_the_end_nothing_is_changed() -> None:
    story = Story.in_session()
    story.give(CHAIR, Close())
    story.refuses(SECRETARY, AllowChat(allowed=True), "meeting.closed")
