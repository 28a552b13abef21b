"""Support in the room: what somebody needs brought or repaired, and messages to the secretariat or between delegates.

Neither is part of what the meeting does: they are in no journal and no view, each is shown to those it concerns only
(storage/support.py). Whether delegates may write to each other is a rule of the meeting and is in the journal.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from meetingroom.domain.messages import ATTENDEES, OFFICE, Command, Event, Id, Line, Role, command, event
from meetingroom.domain.phase import Phase, require_not_closed
from meetingroom.domain.refusals import require

if TYPE_CHECKING:
    from meetingroom.domain.audience import Audience
    from meetingroom.domain.meeting import Facts, Meeting
    from meetingroom.domain.people import Participant


class Need(StrEnum):
    """What for: trà nước, giấy bút, kỹ thuật, mời thư ký, gọi điện thoại, việc khác."""

    WATER = "water"
    STATIONERY = "stationery"
    TECHNICIAN = "technician"
    SECRETARY = "secretary"
    TELEPHONE = "telephone"
    OTHER = "other"


class Errand(StrEnum):
    """How far a request for service is."""

    ASKED = "asked"
    TAKEN = "taken"
    DONE = "done"
    WITHDRAWN = "withdrawn"


# Who brings it moves it on, also back where it was taken by mistake; who asked may only withdraw it.
NEXT = {
    Errand.ASKED: (Errand.TAKEN, Errand.DONE),
    Errand.TAKEN: (Errand.DONE, Errand.ASKED),
    Errand.DONE: (Errand.TAKEN,),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """A request as a device makes it."""

    id: Id
    need: Need
    text: Line = ""


@dataclass(frozen=True, slots=True)
class Moved:
    """A request that is taken, done or withdrawn."""

    id: Id
    state: Errand


@dataclass(frozen=True, slots=True)
class Said:
    """A message; without `to` it is for the secretariat."""

    id: Id
    text: Line
    to: Id = ""


def may_ask(person: Participant) -> bool:
    return person.role in ATTENDEES


def serves(person: Participant, need: Need) -> bool:
    """Who sees a request and brings what is asked for; the chair has other things to do.

    Staff bring everything but the secretary, who may be asked for what is none of theirs.
    """
    return person.role is Role.SECRETARY or (person.role is Role.STAFF and need is not Need.SECRETARY)


def answers(person: Participant) -> bool:
    """Who sees all messages to the secretariat."""
    return person.role is Role.SECRETARY


def check_move(person: Participant, asker: str, need: Need, before: Errand, after: Errand) -> None:
    """Raises Refused."""
    withdrawn = after is Errand.WITHDRAWN
    require(person.id == asker if withdrawn else serves(person, need), "not_permitted")
    require(before in (Errand.ASKED, Errand.TAKEN) if withdrawn else after in NEXT.get(before, ()), "support.moved_on")


def check_message(meeting: Meeting, person: Participant, said: Said) -> None:
    """To the secretariat always; to each other where the meeting allows it. Raises Refused."""
    require(may_ask(person), "not_permitted")
    require(said.text, "support.needs_text")
    if not said.to:
        return
    other = meeting.people.get(said.to)
    require(other is not None and other.role in ATTENDEES and other.id != person.id, "people.unknown")
    assert other
    if not answers(person) and not answers(other):
        require(meeting.support.chat, "support.no_chat")
        require(meeting.sitting.phase is not Phase.CLOSED, "meeting.closed")


@dataclass(frozen=True, slots=True)
class Support:
    """`chat`: whether delegates may write to each other."""

    chat: bool = False


@command("support.allow_chat", by=OFFICE)
class AllowChat(Command):
    """Whether delegates may write to each other; to the secretariat they always may."""

    allowed: bool


@event("support.chat_allowed")
class ChatAllowed(Event):
    allowed: bool


SupportCommand = AllowChat


def decide(meeting: Meeting, actor: Participant, command: SupportCommand, facts: Facts) -> tuple[Event, ...]:
    require_not_closed(meeting)
    return () if command.allowed == meeting.support.chat else (ChatAllowed(allowed=command.allowed),)


def evolve(support: Support, event: Event) -> Support:
    return Support(event.allowed) if isinstance(event, ChatAllowed) else support


SEES = ("support",)


def view(meeting: Meeting, audience: Audience) -> dict[str, Any]:
    return {"chat": meeting.support.chat}
