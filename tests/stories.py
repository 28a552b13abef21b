"""The language of the tests: people give commands to a meeting, and what must always hold is checked at every step.

story = Story.of_a_committee()
story.give(CHAIR, Open())
story.refuses(GUEST, Cast(vote="v", marks=(("q", Answer.YES),)), "not_permitted")
"""

from __future__ import annotations

import json
from typing import Any, Self

import pytest

from meetingroom.domain import meeting as domain
from meetingroom.domain.agenda import AddItem, Kind
from meetingroom.domain.attendance import CheckIn
from meetingroom.domain.audience import Audience, merge, patch
from meetingroom.domain.meeting import Facts, Meeting, Shown
from meetingroom.domain.messages import Command, Event, Role, read_event, write
from meetingroom.domain.papers.messages import Accept, Receive
from meetingroom.domain.people import SERVER, Participant, joined
from meetingroom.domain.refusals import Refused
from meetingroom.domain.sitting import Address, Open, Publish

CHAIR, SECRETARY, GUEST, SCREEN, SERVICE = "chair", "secretary", "guest", "screen", "service"
FINANCE, HEALTH, JUSTICE, HOME = "finance", "health", "justice", "home_affairs"
MEMBERS = (CHAIR, FINANCE, HEALTH, JUSTICE, HOME)

PEOPLE = (
    Participant(SECRETARY, "", "Chuyên viên Văn phòng UBND tỉnh", "", Role.SECRETARY, False, "", 90),
    Participant(CHAIR, "", "Chủ tịch UBND tỉnh", "", Role.CHAIR, True, "1", 1),
    Participant(FINANCE, "", "Giám đốc Sở Tài chính", "", Role.DELEGATE, True, "2", 2),
    Participant(HEALTH, "", "Giám đốc Sở Y tế", "", Role.DELEGATE, True, "3", 3),
    Participant(JUSTICE, "", "Giám đốc Sở Tư pháp", "", Role.DELEGATE, True, "4", 4),
    Participant(HOME, "", "Giám đốc Sở Nội vụ", "", Role.DELEGATE, True, "5", 5),
    Participant(GUEST, "", "Chánh Văn phòng Hội Nông dân", "", Role.GUEST, False, "", 50),
    Participant(SCREEN, "", "Màn hình phòng họp", "", Role.SCREEN, False, "", 99),
    Participant(SERVICE, "", "Nhân viên phục vụ", "", Role.STAFF, False, "", 98),
)


class Story:
    """A meeting, the events so far, and each audience's view kept up to date by patches only."""

    def __init__(self, meeting: Meeting, events: tuple[Event, ...]) -> None:
        self.meeting = meeting
        self.events = list(events)
        self.now = 1_600_000_000_000
        self._ids = 0
        self._shown: dict[Audience, Shown] = {audience: domain.view(meeting, audience) for audience in Audience}
        self._devices: dict[Audience, dict[str, Any]] = {a: shown.view for a, shown in self._shown.items()}

    @classmethod
    def founded(cls, meeting: str = "m", written: bool = False) -> Self:
        """A draft with its secretary only."""
        events = domain.found(
            meeting=meeting, founder=PEOPLE[0], title="Phiên họp", kind="Thường kỳ", room="A", starts=0,
            organisation="UBND tỉnh", address=Address.DONG_CHI, written=written,
        )  # fmt: skip
        return cls(domain.replay(events), events)

    @classmethod
    def of_a_committee(cls, meeting: str = "m", written: bool = False) -> Self:
        """Published: five members, a guest, a screen; items one, two (with 2.1) and a paper of three pages under each."""
        story = cls.founded(meeting, written)
        for person in PEOPLE[1:]:
            story.tell(joined(person))
        for item, parent in (("one", None), ("two", None), ("two_one", "two")):
            story.give(SECRETARY, AddItem(title=item.title(), kind=Kind.DECISION, parent=parent), made=item)
        for paper, item in (("report", "one"), ("draft", "two")):
            story.give_paper(paper, item)
        story.give(SECRETARY, Publish())
        return story

    @classmethod
    def in_session(cls, present: tuple[str, ...] = MEMBERS) -> Self:
        """The committee has checked in and the chair has opened the meeting."""
        story = cls.of_a_committee()
        for person in present:
            story.give(person, CheckIn())
        story.give(CHAIR, Open(regardless=True))
        return story

    def give(self, who: str, command: Command, made: str | None = None) -> tuple[Event, ...]:
        """The command is carried out; what it creates gets the id `made`."""
        self.now += 1000
        self._ids += 1
        actor = SERVER if who == SERVER.id else self.meeting.people[who]
        decision = domain.decide(self.meeting, actor, command, Facts(self.now, made or f"id{self._ids}"))
        for event in decision.events:
            self.tell(event)
        return decision.events

    def give_paper(self, paper: str, item: str, pages: int = 3) -> None:
        """An upload that becomes pages."""
        self.give(SECRETARY, Receive(file=paper, file_name=f"{paper}.pdf", size=9, item=item, title=paper), made=paper)
        self.give(SERVER.id, Accept(paper=paper, revision=paper, pages=pages, sizes=((pages, 595.0, 842.0),)))

    def give_revision(self, paper: str, revision: str, pages: int) -> None:
        """A new revision of a paper that becomes pages."""
        self.give(SECRETARY, Receive(file=revision, file_name="x.pdf", size=9, paper=paper), made=revision)
        self.give(SERVER.id, Accept(paper=paper, revision=revision, pages=pages, sizes=((pages, 595.0, 842.0),)))

    def refuses(self, who: str, command: Command, code: str) -> None:
        """The command is refused with exactly this code, and nothing has changed."""
        before = self.meeting
        with pytest.raises(Refused) as refused:
            self.give(who, command)
        assert refused.value.code == code
        assert self.meeting is before

    def tell(self, event: Event) -> None:
        """An event happens: every invariant is checked."""
        assert read_event(event.tag, json.loads(json.dumps(write(event)))) == event
        self.meeting = domain.evolve(self.meeting, event)
        self.events.append(event)
        for audience in Audience:
            self._check(audience)

    def _check(self, audience: Audience) -> None:
        """A newcomer's view equals an old view with all patches merged; views hold no nulls and share what is the same."""
        fresh = domain.view(self.meeting, audience)
        shown = domain.view(self.meeting, audience, self._shown[audience])
        assert shown.view == fresh.view, "a part depends on state it does not name in SEES"
        changes = json.loads(json.dumps(patch(self._shown[audience].view, shown.view)))
        self._devices[audience] = merge(self._devices[audience], changes)
        assert self._devices[audience] == fresh.view
        assert not _has_null(fresh.view)
        self._shown[audience] = shown

    def view(self, audience: Audience) -> dict[str, Any]:
        """What a device of this audience shows, made of patches."""
        return self._devices[audience]

    def own(self, who: str) -> dict[str, Any]:
        return domain.own(self.meeting, self.meeting.people[who])


def _has_null(value: object) -> bool:
    if isinstance(value, dict):
        return any(_has_null(part) for part in value.values())
    if isinstance(value, list):
        return any(_has_null(part) for part in value)
    return value is None
