"""The record: the text of the minutes, section by section, from the journal's draft to the chair's approval.

A section nobody has changed follows the journal. The sections are those of Mẫu 1.9 Biên bản (Nghị định 30/2020/NĐ-CP,
Phụ lục III): the fixed ones of FORM, and one for each item of the agenda under the item's own id.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any, assert_never

from meetingroom.domain.messages import OFFICE, Command, Event, Id, Line, Moment, Prose, Role, Text, command, event
from meetingroom.domain.minutes import course
from meetingroom.domain.minutes.course import Course
from meetingroom.domain.phase import Phase
from meetingroom.domain.refusals import require

if TYPE_CHECKING:
    from meetingroom.domain.audience import Audience
    from meetingroom.domain.meeting import Facts, Meeting
    from meetingroom.domain.people import Participant

Body = Annotated[str, Text(15_000, lines=True)]  # with its frame below what a socket takes in, also as UTF-8

# The head (agency above, agency, number), then in the order of the form what comes before and after the items.
HEAD = ("form.superior", "form.issuer", "form.number")
BEFORE = ("form.begins", "form.place", "form.attendees", "form.chair", "form.secretary", "form.opening")
AFTER = ("form.close",)
FORM = (*HEAD, *BEFORE, *AFTER)


class State(StrEnum):
    DRAFT = "draft"
    SUBMITTED = "submitted"
    APPROVED = "approved"


@dataclass(frozen=True, slots=True)
class Section:
    """A section as somebody wrote it."""

    text: str
    by: str
    at: int


@dataclass(frozen=True, slots=True)
class Minutes:
    """`sections` holds what was changed by hand; `final` the whole text once it is approved, and never again changed,
    `final_signers` who signs it.

    `notes`: what was said in a speech, as the secretary noted it, by speech_key.
    `revisions` counts the changes of each section, taking over from the journal included.
    """

    course: Course = field(default_factory=Course)
    sections: Mapping[str, Section] = field(default_factory=dict)
    revisions: Mapping[str, int] = field(default_factory=dict)
    state: State = State.DRAFT
    reason: str = ""
    final: Mapping[str, str] = field(default_factory=dict)
    final_signers: Mapping[str, str] = field(default_factory=dict)
    notes: Mapping[str, str] = field(default_factory=dict)
    approved_at: int = 0
    approved_by: str = ""

    @property
    def signers(self) -> Mapping[str, str]:
        """Role → the name under the signature: of whom the list names first, until approval fixes it."""
        return self.final_signers if self.state is State.APPROVED else _signers(self.course)


@command(
    "minutes.change", by=OFFICE, when="the minutes are not approved; `over` is the revision that was read, 0: none"
)
class ChangeSection(Command):
    section: Id
    text: Body
    over: int = 0


@command("minutes.retake", by=OFFICE, when="the minutes are not approved")
class RetakeSection(Command):
    """The text is taken over from the journal again."""

    section: Id


@command("minutes.note", by=OFFICE, when="the minutes are not approved; empty: no note")
class NoteSpeech(Command):
    """What this person said in the speech that began at `at`; while they speak, or later."""

    participant: Id
    at: Moment
    text: Prose = ""


@command("minutes.submit", by=OFFICE, when="the meeting is closed", wire=False)
class Submit(Command):
    """`revisions` is the sum of all revisions of the text that was read, as for approval."""

    revisions: int


@command("minutes.send_back", by={Role.CHAIR}, when="they were submitted")
class SendBack(Command):
    reason: Line = ""


@command(
    "minutes.approve", by={Role.CHAIR}, when="the meeting is closed; final, nothing changes afterwards", wire=False
)
class Approve(Command):
    """The server adds the text that the chair has read: what is approved is what was written, not what a device says.

    `revisions` is the sum of all its revisions: nobody has changed it by hand since.
    """

    sections: tuple[tuple[str, str], ...]
    revisions: int


@event("minutes.changed")
class SectionChanged(Event):
    section: str
    text: str
    by: str
    at: int
    revision: int


@event("minutes.retaken")
class SectionRetaken(Event):
    section: str
    by: str
    at: int
    revision: int


@event("minutes.noted")
class SpeechNoted(Event):
    participant: str
    at: int
    text: str
    by: str


@event("minutes.submitted")
class MinutesSubmitted(Event):
    by: str
    at: int


@event("minutes.sent_back")
class MinutesSentBack(Event):
    by: str
    at: int
    reason: str


@event("minutes.approved")
class MinutesApproved(Event):
    by: str
    at: int
    sections: tuple[tuple[str, str], ...]
    signers: tuple[tuple[str, str], ...] = ()  # (role, name); older journals do without


MinutesCommand = ChangeSection | RetakeSection | NoteSpeech | Submit | SendBack | Approve


def decide(meeting: Meeting, actor: Participant, command: MinutesCommand, facts: Facts) -> tuple[Event, ...]:
    minutes = meeting.minutes
    require(minutes.state is not State.APPROVED, "minutes.approved")
    match command:
        case ChangeSection():
            return _change(meeting, actor, command, facts)
        case RetakeSection():
            if command.section not in minutes.sections:
                return ()
            revision = minutes.revisions.get(command.section, 0) + 1
            return (SectionRetaken(section=command.section, by=actor.id, at=facts.now, revision=revision),)
        case NoteSpeech():
            return _noted(minutes, actor, command)
        case Submit():
            require(meeting.sitting.phase is Phase.CLOSED, "minutes.not_closed")
            _unchanged(minutes, command.revisions)
            return () if minutes.state is State.SUBMITTED else (MinutesSubmitted(by=actor.id, at=facts.now),)
        case SendBack():
            require(minutes.state is State.SUBMITTED, "minutes.not_submitted")
            return (MinutesSentBack(by=actor.id, at=facts.now, reason=command.reason),)
        case Approve():
            require(meeting.sitting.phase is Phase.CLOSED, "minutes.not_closed")
            _unchanged(minutes, command.revisions)
            signers = tuple(minutes.signers.items())
            return (MinutesApproved(by=actor.id, at=facts.now, sections=command.sections, signers=signers),)
        case _:
            assert_never(command)


def _noted(minutes: Minutes, actor: Participant, command: NoteSpeech) -> tuple[Event, ...]:
    spoke = any(
        (fact.kind, fact.about, fact.at) == (course.Happened.SPEECH, command.participant, command.at)
        for fact in minutes.course.facts
    )
    speaks = any((s.participant, s.at) == (command.participant, command.at) for s in minutes.course.speaking.values())
    require(spoke or speaks, "minutes.no_such_speech")
    same = command.text == minutes.notes.get(speech_key(command.participant, command.at), "")
    return () if same else (SpeechNoted(**vars(command), by=actor.id),)


def speech_key(participant: str, at: int) -> str:
    """Nobody begins two speeches in the same millisecond."""
    return f"{participant}-{at}"


def _unchanged(minutes: Minutes, revisions: int) -> None:
    require(revisions == sum(minutes.revisions.values()), "minutes.not_as_read")


def _signers(course: Course) -> dict[str, str]:
    people = sorted(course.people.values(), key=lambda person: person.rank)
    first = {role.value: next((p.name for p in people if p.role is role), "") for role in (Role.CHAIR, Role.SECRETARY)}
    return {role: name for role, name in first.items() if name}


def _change(meeting: Meeting, actor: Participant, command: ChangeSection, facts: Facts) -> tuple[Event, ...]:
    require(command.section in FORM or command.section in meeting.agenda.items, "minutes.unknown_section")
    written = meeting.minutes.sections.get(command.section)
    if written and written.text == command.text:
        return ()
    require(command.over == meeting.minutes.revisions.get(command.section, 0), "minutes.changed_meanwhile")
    changed = SectionChanged(
        section=command.section, text=command.text, by=actor.id, at=facts.now, revision=command.over + 1
    )
    return (changed,)


def evolve(minutes: Minutes, event: Event) -> Minutes:
    match event:
        case SectionChanged():
            section = Section(event.text, event.by, event.at)
            return replace(_counted(minutes, event), sections={**minutes.sections, event.section: section})
        case SectionRetaken():
            left = {key: section for key, section in minutes.sections.items() if key != event.section}
            return replace(_counted(minutes, event), sections=left)
        case SpeechNoted():
            noted = {**minutes.notes, speech_key(event.participant, event.at): event.text}
            return replace(minutes, notes={key: text for key, text in noted.items() if text})
        case MinutesSubmitted():
            return replace(minutes, state=State.SUBMITTED, reason="")
        case MinutesSentBack():
            return replace(minutes, state=State.DRAFT, reason=event.reason)
        case MinutesApproved():
            return replace(
                minutes,
                state=State.APPROVED,
                final=dict(event.sections),
                final_signers=dict(event.signers) or _signers(minutes.course),
                approved_at=event.at,
                approved_by=event.by,
            )
        case _:
            told = course.evolve(minutes.course, event)
            return minutes if told is minutes.course else replace(minutes, course=told)


def _counted(minutes: Minutes, event: SectionChanged | SectionRetaken) -> Minutes:
    return replace(minutes, revisions={**minutes.revisions, event.section: event.revision})


SEES = ("minutes",)


def view(meeting: Meeting, audience: Audience) -> dict[str, Any]:
    """Who works on the text sees how far it is; the text itself is fetched. Others learn of it once it is approved."""
    minutes = meeting.minutes
    if minutes.state is State.APPROVED:
        return {"state": minutes.state.value, "approved_at": minutes.approved_at, "approved_by": minutes.approved_by}
    if not audience.is_office:
        return {}
    entry: dict[str, Any] = {
        "state": minutes.state.value,
        "facts": len(minutes.course.facts),
        "sections": {key: {"by": section.by, "at": section.at} for key, section in minutes.sections.items()},
        "revisions": dict(minutes.revisions),
        "notes": dict(minutes.notes),
    }
    return entry | ({"reason": minutes.reason} if minutes.reason else {})
