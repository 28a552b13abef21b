"""Issuing: documents that leave the house, each as one file that changes no more; signed elsewhere it comes back. What was
wrong in one is put right by a new one that names it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any, assert_never

from meetingroom.domain.conclusions import State as ConclusionState
from meetingroom.domain.messages import OFFICE, Command, Event, Line, Prose, command, event
from meetingroom.domain.minutes import State as MinutesState
from meetingroom.domain.phase import Phase
from meetingroom.domain.refusals import require

if TYPE_CHECKING:
    from meetingroom.domain.audience import Audience
    from meetingroom.domain.meeting import Facts, Meeting
    from meetingroom.domain.people import Participant

MINUTES = "minutes"  # as what is corrected: they are issued by their approval


class Kind(StrEnum):
    INVITATION = "invitation"
    CONCLUSIONS = "conclusions"
    RESULT = "result"  # of one vote, written ones among them
    ATTENDANCE = "attendance"
    CORRECTION = "correction"  # what a former document should have said
    OTHER = "other"  # made and signed elsewhere, as a resolution is


ALONE = frozenset({Kind.INVITATION, Kind.CONCLUSIONS, Kind.RESULT, Kind.ATTENDANCE})  # one of them is in force

TOLD = ("kind", "file", "about", "title", "number", "corrects", "reason", "signers")


@dataclass(frozen=True, slots=True)
class Issued:
    """`file` is what it is now, as printed or as signed. `about`: the vote of a result. `corrects`: another, or MINUTES."""

    id: str
    kind: Kind
    file: str
    at: int
    by: str
    about: str = ""
    title: str = ""
    number: str = ""
    corrects: str = ""
    reason: str = ""
    signers: tuple[str, ...] = ()
    signed_at: int = 0


Issuing = Mapping[str, Issued]


@command(
    "issuing.issue", by=OFFICE, when="there is something to put in it; the former one only by naming it", wire=False
)
class IssueDocument(Command):
    """The server has printed it, or read the signatures of what was made elsewhere."""

    kind: Kind
    file: Line
    about: Line = ""
    title: Line = ""
    number: Line = ""
    corrects: Line = ""
    reason: Prose = ""
    signers: tuple[Line, ...] = ()


@command("issuing.take_back", by=OFFICE, when="it is the file that was issued, signed", wire=False)
class TakeBackDocument(Command):
    """The server has read the signatures; `over` is the file they were added to."""

    document: Line
    file: Line
    over: Line
    signers: tuple[Line, ...]


@event("issuing.issued")
class DocumentIssued(Event):
    document: str
    kind: Kind
    file: str
    at: int
    by: str
    about: str = ""
    title: str = ""
    number: str = ""
    corrects: str = ""
    reason: str = ""
    signers: tuple[str, ...] = ()


@event("issuing.signed")
class DocumentSigned(Event):
    document: str
    file: str
    signers: tuple[str, ...]
    at: int
    by: str


IssuingCommand = IssueDocument | TakeBackDocument


def decide(meeting: Meeting, actor: Participant, command: IssuingCommand, facts: Facts) -> tuple[Event, ...]:
    match command:
        case IssueDocument():
            require_issuable(meeting, command.kind, command.about, command.corrects, command.reason)
            require(command.kind is not Kind.OTHER or command.title, "issuing.needs_title")
            require(command.kind is not Kind.OTHER or command.signers, "signing.no_signature")
            told = {name: getattr(command, name) for name in TOLD}
            return (DocumentIssued(document=facts.id, at=facts.now, by=actor.id, **told),)
        case TakeBackDocument():
            require(command.document in meeting.issuing, "issuing.unknown")
            require(command.over and command.over == meeting.issuing[command.document].file, "signing.signed_meanwhile")
            require(command.signers, "signing.no_signature")
            signed = DocumentSigned(
                document=command.document, file=command.file, signers=command.signers, at=facts.now, by=actor.id
            )
            return (signed,)
        case _:
            assert_never(command)


def require_issuable(meeting: Meeting, kind: Kind, about: str, corrects: str, reason: str) -> None:
    """Raises Refused, also before anything is printed."""
    require(_is_ready(meeting, kind, about), "issuing.not_ready")
    former = in_force(meeting.issuing, kind, about)
    if former and kind in ALONE:
        require(corrects == former.id, "issuing.issued_already")
    elif corrects:
        known = corrects in meeting.issuing
        require(known or (corrects == MINUTES and meeting.minutes.state is MinutesState.APPROVED), "issuing.unknown")
    else:
        require(kind is not Kind.CORRECTION, "issuing.unknown")
    require(not corrects or reason, "issuing.needs_reason")


def _is_ready(meeting: Meeting, kind: Kind, about: str) -> bool:
    match kind:
        case Kind.INVITATION:
            return meeting.sitting.phase is not Phase.DRAFT
        case Kind.CONCLUSIONS:
            return any(each.state is not ConclusionState.DRAFT for each in meeting.conclusions.values())
        case Kind.RESULT:
            return about in meeting.voting and meeting.voting[about].result is not None
        case Kind.ATTENDANCE:
            return meeting.sitting.opened_at is not None
        case Kind.CORRECTION | Kind.OTHER:
            return True
        case _:
            assert_never(kind)


def in_force(issuing: Issuing, kind: Kind, about: str = "") -> Issued | None:
    """The last one of these, which no other has replaced."""
    found = [each for each in issuing.values() if each.kind is kind and each.about == about]
    return found[-1] if found else None


def evolve(issuing: Issuing, event: Event) -> Issuing:
    match event:
        case DocumentIssued():
            told = {name: getattr(event, name) for name in (*TOLD, "at", "by")}
            issued = Issued(id=event.document, signed_at=event.at if event.signers else 0, **told)
            return {**issuing, event.document: issued}
        case DocumentSigned():
            signed = replace(issuing[event.document], file=event.file, signers=event.signers, signed_at=event.at)
            return {**issuing, event.document: signed}
        case _:
            return issuing


SEES = ("issuing",)


def view(meeting: Meeting, audience: Audience) -> dict[str, Any]:
    """The office's own: who signed may be named with an identity number."""
    if not audience.is_office:
        return {}
    return {each.id: _shown(each, order) for order, each in enumerate(meeting.issuing.values())}


def _shown(issued: Issued, order: int) -> dict[str, Any]:
    entry: dict[str, Any] = {"kind": issued.kind.value, "at": issued.at, "order": order}
    for name in ("about", "title", "number", "corrects", "reason", "signed_at"):
        if value := getattr(issued, name):
            entry[name] = value
    if issued.signers:
        entry["signers"] = {str(number): name for number, name in enumerate(issued.signers)}
    return entry
