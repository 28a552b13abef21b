"""What a meeting takes over from an earlier one: the plan of the room, the rules of the floor, whether delegates may write."""

from __future__ import annotations

from dataclasses import replace

from meetingroom.domain import meeting as domain
from meetingroom.domain.agenda import AddItem
from meetingroom.domain.agenda import Kind as ItemKind
from meetingroom.domain.audience import Audience
from meetingroom.domain.copying import copied
from meetingroom.domain.floor import Allot
from meetingroom.domain.people import joined
from meetingroom.domain.preparing import AskPaper
from meetingroom.domain.seating import ArrangeSeats
from meetingroom.domain.shapes import Shape
from meetingroom.domain.sitting import Address, Publish
from meetingroom.domain.support import AllowChat
from meetingroom.domain.voting.messages import Prepare
from meetingroom.domain.voting.vote import VotePhase
from tests.stories import CHAIR, FINANCE, PEOPLE, SECRETARY, Story


def test_the_room_and_its_rules_come_again() -> None:
    former = Story.in_session()
    former.give(SECRETARY, ArrangeSeats(shape=Shape.ROUND, head=0, rows=0, columns=8))
    former.give(CHAIR, Allot(seconds=600))
    former.give(CHAIR, AllowChat(allowed=True))
    new = Story.founded("n")
    for event in copied(former.meeting, new.meeting.people[SECRETARY], people=True, agenda=True):
        new.tell(event)
    assert new.meeting.seating == former.meeting.seating
    assert new.meeting.floor.rules.person == 600 and new.meeting.support.chat
    assert new.meeting.people[FINANCE].seat == "2" and not new.meeting.attendance
    assert domain.replay(new.events) == new.meeting


def template() -> Story:
    """What a regular meeting begins with: an item to decide, its vote, and a paper that is asked for."""
    events = domain.found(
        meeting="t", founder=PEOPLE[0], title="Họp thường kỳ", kind="", room="A", starts=0, organisation="",
        address=Address.NEUTRAL, template=True,
    )  # fmt: skip
    story = Story(domain.replay(events), events)
    for person in PEOPLE[1:]:
        story.tell(joined(person))
    story.give(SECRETARY, AddItem(title="Ngân sách", kind=ItemKind.DECISION), made="one")
    story.give(SECRETARY, Prepare(item="one", question="Thông qua?", rule="hdnd"), made="v")
    story.give(SECRETARY, AskPaper(item="one", title="Tờ trình", participant=FINANCE, due=story.now + 1), made="a")
    return story


def test_a_template_is_never_held() -> None:
    story = template()
    story.refuses(SECRETARY, Publish(), "meeting.is_template")
    assert story.meeting.sitting.listed == "template" and story.view(Audience.CONSOLE)["meeting"]["template"]


def test_a_template_brings_its_votes_and_the_papers_to_ask_for_but_not_its_maker() -> None:
    former, other = template(), replace(PEOPLE[0], id="other", account="other")
    events = domain.found(
        meeting="n",
        founder=other,
        title="Tháng 9",
        kind="",
        room="",
        starts=0,
        organisation="",
        address=Address.NEUTRAL,
    )
    new = Story(domain.replay(events), events)
    for event in copied(former.meeting, other, people=True, agenda=True):
        new.tell(event)
    assert set(new.meeting.people) == set(former.meeting.people) - {SECRETARY} | {"other"}
    assert new.meeting.voting["v"].rule.name == "hdnd" and new.meeting.voting["v"].phase is VotePhase.PREPARED
    assert (asked := new.meeting.preparing["a"]).title == "Tờ trình" and asked.participant == FINANCE and not asked.due
    new.give("other", Publish())


def test_an_earlier_meeting_brings_neither() -> None:
    former = Story.of_a_committee()
    former.give(SECRETARY, Prepare(item="one", question="Thông qua?"), made="v")
    former.give(SECRETARY, AskPaper(item="one", title="Tờ trình"), made="a")
    told = [event.tag for event in copied(former.meeting, former.meeting.people[SECRETARY], people=True, agenda=True)]
    assert "people.added" in told and not any(tag.startswith(("voting.", "preparing.")) for tag in told)
