"""Conclusions: what the chair concludes at an item, as a task with who does it by when; followed until it is done."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any, assert_never

from meetingroom.domain.agenda import ItemRemoved, known_item
from meetingroom.domain.messages import OFFICE, Command, Event, Id, Line, Moment, Prose, command, event
from meetingroom.domain.minutes import State as MinutesState
from meetingroom.domain.people import same
from meetingroom.domain.refusals import require

if TYPE_CHECKING:
    from meetingroom.domain.audience import Audience
    from meetingroom.domain.meeting import Facts, Meeting
    from meetingroom.domain.people import Participant


class State(StrEnum):
    DRAFT = "draft"
    PUBLISHED = "published"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Progress:
    """What was said of a task at a moment, and whether it was done then."""

    at: int
    by: str
    note: str
    done: bool


@dataclass(frozen=True, slots=True)
class Conclusion:
    """`lead` and `supporting` are units or persons in words: who does it need not take part. `due`: end of day, UTC ms."""

    id: str
    item: str | None
    text: str
    lead: str
    supporting: str
    due: int | None
    state: State = State.DRAFT
    published_at: int = 0
    settled_at: int = 0
    note: str = ""
    progress: tuple[Progress, ...] = ()


Conclusions = Mapping[str, Conclusion]

UNTIL_APPROVED = "the minutes are not approved"


@command("conclusions.write", by=OFFICE, when=UNTIL_APPROVED)
class WriteConclusion(Command):
    text: Prose
    item: Id | None = None
    lead: Line = ""
    supporting: Line = ""
    due: Moment | None = None


@command("conclusions.change", by=OFFICE, when=UNTIL_APPROVED)
class ChangeConclusion(Command):
    conclusion: Id
    text: Prose
    item: Id | None = None
    lead: Line = ""
    supporting: Line = ""
    due: Moment | None = None


@command("conclusions.remove", by=OFFICE, when=UNTIL_APPROVED)
class RemoveConclusion(Command):
    conclusion: Id


@command("conclusions.publish", by=OFFICE, when="it is a draft")
class PublishConclusion(Command):
    conclusion: Id


@command("conclusions.settle", by=OFFICE, when="it was published; also long after the meeting")
class SettleConclusion(Command):
    """Done, or after all not done (None: as it is); `note` says how far it is."""

    conclusion: Id
    done: bool | None = None
    note: Line = ""


@event("conclusions.written")
class ConclusionWritten(Event):
    conclusion: str
    text: str
    lead: str
    supporting: str
    item: str | None = None
    due: int | None = None


@event("conclusions.removed")
class ConclusionRemoved(Event):
    conclusion: str


@event("conclusions.published")
class ConclusionPublished(Event):
    conclusion: str
    at: int


@event("conclusions.settled")
class ConclusionSettled(Event):
    conclusion: str
    done: bool
    note: str
    at: int
    by: str = ""  # older journals do without


ConclusionsCommand = WriteConclusion | ChangeConclusion | RemoveConclusion | PublishConclusion | SettleConclusion


def decide(meeting: Meeting, actor: Participant, command: ConclusionsCommand, facts: Facts) -> tuple[Event, ...]:
    match command:
        case WriteConclusion():
            return (_written(meeting, command, facts.id),)
        case ChangeConclusion():
            _known(meeting, command.conclusion)
            return (_written(meeting, command, command.conclusion),)
        case RemoveConclusion():
            _open(meeting)
            _known(meeting, command.conclusion)
            return (ConclusionRemoved(conclusion=command.conclusion),)
        case PublishConclusion():
            require(_known(meeting, command.conclusion).state is State.DRAFT, "conclusions.not_draft")
            return (ConclusionPublished(conclusion=command.conclusion, at=facts.now),)
        case SettleConclusion():
            return (_told_of(_known(meeting, command.conclusion), actor, command, facts.now),)
        case _:
            assert_never(command)


def _known(meeting: Meeting, conclusion: str) -> Conclusion:
    require(conclusion in meeting.conclusions, "conclusions.unknown")
    return meeting.conclusions[conclusion]


def _open(meeting: Meeting) -> None:
    """What the chair approved with the minutes stays as it was read."""
    require(meeting.minutes.state is not MinutesState.APPROVED, "minutes.approved")


def _written(meeting: Meeting, command: WriteConclusion | ChangeConclusion, key: str) -> ConclusionWritten:
    _open(meeting)
    require(command.text, "conclusions.needs_text")
    if command.item is not None:
        known_item(meeting, command.item)
    return ConclusionWritten(
        conclusion=key,
        text=command.text,
        lead=command.lead,
        supporting=command.supporting,
        item=command.item,
        due=command.due,
    )


def _told_of(conclusion: Conclusion, actor: Participant, command: SettleConclusion, now: int) -> ConclusionSettled:
    require(conclusion.state is not State.DRAFT, "conclusions.not_published")
    # What is said from an old page does not open again what was done meanwhile.
    done = conclusion.state is State.DONE if command.done is None else command.done
    return ConclusionSettled(conclusion=conclusion.id, done=done, note=command.note, at=now, by=actor.id)


def evolve(conclusions: Conclusions, event: Event) -> Conclusions:
    match event:
        case ConclusionWritten():
            return {**conclusions, event.conclusion: _with(conclusions.get(event.conclusion), event)}
        case ConclusionRemoved():
            return {key: each for key, each in conclusions.items() if key != event.conclusion}
        case ConclusionPublished():
            published = replace(conclusions[event.conclusion], state=State.PUBLISHED, published_at=event.at)
            return {**conclusions, event.conclusion: published}
        case ConclusionSettled():
            return {**conclusions, event.conclusion: _settled(conclusions[event.conclusion], event)}
        case ItemRemoved() if any(each.item in event.items for each in conclusions.values()):
            return {
                key: replace(each, item=None) if each.item in event.items else each for key, each in conclusions.items()
            }
        case _:
            return conclusions


def _with(former: Conclusion | None, event: ConclusionWritten) -> Conclusion:
    if former is None:
        return Conclusion(event.conclusion, event.item, event.text, event.lead, event.supporting, event.due)
    return replace(
        former,
        item=event.item,
        text=event.text,
        lead=event.lead,
        supporting=event.supporting,
        due=event.due,
    )


def _settled(conclusion: Conclusion, event: ConclusionSettled) -> Conclusion:
    told = Progress(event.at, event.by, event.note, event.done)
    return replace(
        conclusion,
        state=State.DONE if event.done else State.PUBLISHED,
        note=event.note,
        settled_at=event.at,
        progress=(*conclusion.progress, told),
    )


def leads(person: Participant, conclusion: Conclusion) -> bool:
    """Whether a task is this person's: it names them, their office or their unit, as people write it. Words may stand before
    it in the office, as in “Giám đốc Sở Tài chính”; but a deputy (“Phó Chủ tịch”) is not who is named."""
    lead, office = same(conclusion.lead), same(person.office)
    if not lead:
        return False
    before, named, after = office.rpartition(f" {lead}")
    is_last = bool(named) and not after and "phó" not in before.split()
    return is_last or lead in (office, same(person.unit), same(person.name))


SEES = ("conclusions",)


def view(meeting: Meeting, audience: Audience) -> dict[str, Any]:
    """Drafts belong to the office; what is published is everyone's in the room."""
    return {
        each.id: _shown(each, order)
        for order, each in enumerate(meeting.conclusions.values())
        if audience.is_office or each.state is not State.DRAFT
    }


def _shown(conclusion: Conclusion, order: int) -> dict[str, Any]:
    entry: dict[str, Any] = {"text": conclusion.text, "state": conclusion.state.value, "order": order}
    for name in ("item", "lead", "supporting", "due", "published_at", "settled_at", "note"):
        if value := getattr(conclusion, name):
            entry[name] = value
    if conclusion.progress:
        entry["progress"] = {str(number): _told(each) for number, each in enumerate(conclusion.progress)}
    return entry


def _told(progress: Progress) -> dict[str, Any]:
    entry: dict[str, Any] = {"at": progress.at, "note": progress.note, "done": progress.done}
    return entry | ({"by": progress.by} if progress.by else {})
