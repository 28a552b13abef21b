"""Comments: the draft of the minutes as it was sent to the members, what they say to its sections, and what became of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any, assert_never

from meetingroom.domain.audience import Audience
from meetingroom.domain.messages import (
    ATTENDEES,
    OFFICE,
    SYSTEM,
    Command,
    Event,
    Id,
    Line,
    Moment,
    Prose,
    command,
    event,
)
from meetingroom.domain.minutes import MinutesApproved
from meetingroom.domain.minutes import State as MinutesState
from meetingroom.domain.people import ParticipantRemoved
from meetingroom.domain.phase import Phase
from meetingroom.domain.refusals import require

if TYPE_CHECKING:
    from meetingroom.domain.meeting import Facts, Meeting
    from meetingroom.domain.people import Participant


class State(StrEnum):
    WAITING = "waiting"
    TAKEN = "taken"
    DECLINED = "declined"


@dataclass(frozen=True, slots=True)
class Comment:
    """One person's on one section; `answer` is the word with which the office has taken or declined it."""

    id: str
    section: str
    participant: str
    text: str
    at: int
    state: State = State.WAITING
    answer: str = ""
    answered_at: int = 0


@dataclass(frozen=True, slots=True)
class Section:
    """As the members read it: what the office changes afterwards they see when it is sent again."""

    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Comments:
    """`sections` is the draft as it was last sent, to `due`; `agreed` when each said that it is right as it is."""

    sections: Mapping[str, Section] = field(default_factory=dict)
    sent_at: int = 0
    due: int = 0
    open: bool = False
    said: Mapping[str, Comment] = field(default_factory=dict)
    agreed: Mapping[str, int] = field(default_factory=dict)


UNTIL_ITS_DAY = "the draft was sent and its day has not come"


@command("comments.send", by=OFFICE, when="the meeting is closed, the minutes are not approved", wire=False)
class SendDraft(Command):
    """The server adds the text that the secretary's page shows: (section, title, text). Once more takes its place."""

    sections: tuple[tuple[str, str, str], ...]
    due: Moment


@command("comments.change_day", by=OFFICE, when="the draft was sent")
class ChangeDay(Command):
    due: Moment


@command("comments.end", by=OFFICE | SYSTEM, when=UNTIL_ITS_DAY)
class End(Command):
    pass


@command(
    "comments.give", by=ATTENDEES, when=f"one is a member; {UNTIL_ITS_DAY}; takes the place of one's unanswered one"
)
class Give(Command):
    section: Id
    text: Prose


@command("comments.take_back", by=ATTENDEES, when="it is one's own and not answered")
class TakeBack(Command):
    comment: Id


@command("comments.agree", by=ATTENDEES, when=f"one is a member; {UNTIL_ITS_DAY}")
class Agree(Command):
    """The draft is right as it is."""


@command("comments.answer", by=OFFICE, when="the minutes are not approved; to decline needs a word")
class Answer(Command):
    comment: Id
    taken: bool
    answer: Line = ""


@event("comments.sent")
class DraftSent(Event):
    sections: tuple[tuple[str, str, str], ...]
    due: int
    by: str
    at: int


@event("comments.day_changed")
class DayChanged(Event):
    due: int
    by: str
    at: int


@event("comments.ended")
class CommentsEnded(Event):
    by: str
    at: int


@event("comments.given", quiet=True)
class CommentGiven(Event):
    comment: str
    section: str
    participant: str
    text: str
    at: int


@event("comments.taken_back", quiet=True)
class CommentTakenBack(Event):
    comment: str
    participant: str


@event("comments.agreed", quiet=True)
class DraftAgreed(Event):
    participant: str
    at: int


@event("comments.answered", quiet=True)
class CommentAnswered(Event):
    comment: str
    participant: str
    taken: bool
    answer: str
    by: str
    at: int


CommentsCommand = SendDraft | ChangeDay | End | Give | TakeBack | Agree | Answer


def decide(meeting: Meeting, actor: Participant, command: CommentsCommand, facts: Facts) -> tuple[Event, ...]:
    require(meeting.minutes.state is not MinutesState.APPROVED, "minutes.approved")
    comments = meeting.comments
    match command:
        case SendDraft():
            require(meeting.sitting.phase is Phase.CLOSED, "minutes.not_closed")
            require(command.due > facts.now, "comments.too_soon")
            return (DraftSent(sections=command.sections, due=command.due, by=actor.id, at=facts.now),)
        case ChangeDay():
            require(comments.sent_at, "comments.not_sent")
            require(command.due > facts.now, "comments.too_soon")
            return (DayChanged(due=command.due, by=actor.id, at=facts.now),)
        case End():
            return (CommentsEnded(by=actor.id, at=facts.now),) if comments.open else ()
        case Give():
            return _given(comments, actor, command, facts)
        case TakeBack():
            found = comments.said.get(command.comment)
            require(found and found.participant == actor.id, "comments.unknown")
            require(found and found.state is State.WAITING, "comments.answered")
            return (CommentTakenBack(comment=command.comment, participant=actor.id),)
        case Agree():
            _asked(comments, actor, facts)
            return () if actor.id in comments.agreed else (DraftAgreed(participant=actor.id, at=facts.now),)
        case Answer():
            found = comments.said.get(command.comment)
            require(found, "comments.unknown")
            require(command.taken or command.answer, "comments.needs_word")
            assert found
            return (CommentAnswered(**vars(command), participant=found.participant, by=actor.id, at=facts.now),)
        case _:
            assert_never(command)


def _asked(comments: Comments, actor: Participant, facts: Facts) -> None:
    require(actor.member, "not_permitted")
    require(comments.open and facts.now < comments.due, "comments.over")


def _given(comments: Comments, actor: Participant, command: Give, facts: Facts) -> tuple[Event, ...]:
    _asked(comments, actor, facts)
    require(command.section in comments.sections, "minutes.unknown_section")
    require(command.text, "comments.needs_text")
    former = (
        each.id
        for each in comments.said.values()
        if (each.section, each.participant, each.state) == (command.section, actor.id, State.WAITING)
    )
    return (CommentGiven(comment=next(former, facts.id), participant=actor.id, at=facts.now, **vars(command)),)


def evolve(comments: Comments, event: Event) -> Comments:
    match event:
        case DraftSent():
            sections = {key: Section(title, text) for key, title, text in event.sections}
            return replace(comments, sections=sections, sent_at=event.at, due=event.due, open=True, agreed={})
        case DayChanged():
            return replace(comments, due=event.due, open=True)
        case CommentsEnded():
            return replace(comments, open=False)
        case MinutesApproved() if comments.open:
            return replace(comments, open=False)
        case CommentGiven():
            given = Comment(event.comment, event.section, event.participant, event.text, event.at)
            agreed = {key: at for key, at in comments.agreed.items() if key != event.participant}
            return replace(comments, said={**comments.said, given.id: given}, agreed=agreed)
        case CommentTakenBack():
            return replace(comments, said={key: each for key, each in comments.said.items() if key != event.comment})
        case DraftAgreed():
            return replace(comments, agreed={**comments.agreed, event.participant: event.at})
        case CommentAnswered():
            state = State.TAKEN if event.taken else State.DECLINED
            answered = replace(comments.said[event.comment], state=state, answer=event.answer, answered_at=event.at)
            return replace(comments, said={**comments.said, answered.id: answered})
        case ParticipantRemoved() if comments.sent_at:
            said = {key: each for key, each in comments.said.items() if each.participant != event.participant}
            agreed = {key: at for key, at in comments.agreed.items() if key != event.participant}
            return replace(comments, said=said, agreed=agreed)
        case _:
            return comments


def due(meeting: Meeting, now: int) -> tuple[End, ...]:
    """What the timekeeper gives when the day has come."""
    return (End(),) if meeting.comments.open and now >= meeting.comments.due else ()


def asked(meeting: Meeting) -> tuple[str, ...]:
    """Whom the draft was sent to: the members; chair and secretary have the text before them anyway."""
    return tuple(key for key, person in meeting.people.items() if person.member and person.role not in OFFICE)


def silent(meeting: Meeting) -> tuple[str, ...]:
    """Who was asked and has neither said anything to this draft nor agreed."""
    comments = meeting.comments
    spoken = {each.participant for each in comments.said.values() if each.at >= comments.sent_at} | set(comments.agreed)
    return tuple(key for key in asked(meeting) if key not in spoken)


SEES = ("comments", "people")


def view(meeting: Meeting, audience: Audience) -> dict[str, Any]:
    """Members learn that there is a draft to read and until when; the office reads what they say; others nothing."""
    comments = meeting.comments
    if not comments.sent_at or not (audience.is_office or audience is Audience.MEMBER):
        return {}
    entry: dict[str, Any] = {"sent_at": comments.sent_at, "due": comments.due}
    entry |= {"open": True} if comments.open else {}
    if not audience.is_office:
        return entry
    said = {each.id: _shown(each, order) for order, each in enumerate(comments.said.values())}
    return entry | {
        "said": said,
        "agreed": dict(comments.agreed),
        "silent": dict.fromkeys(silent(meeting), True),
        "asked": len(asked(meeting)),
    }


def own(meeting: Meeting, participant: Participant) -> dict[str, Any]:
    """One's own, and what became of them."""
    comments = meeting.comments
    mine = [each for each in comments.said.values() if each.participant == participant.id]
    entry: dict[str, Any] = {}
    if mine:
        entry["comments"] = {each.id: _shown(each, order) for order, each in enumerate(mine)}
    if participant.id in comments.agreed:
        entry["agreed"] = comments.agreed[participant.id]
    return entry


def _shown(comment: Comment, order: int) -> dict[str, Any]:
    entry: dict[str, Any] = {"section": comment.section, "participant": comment.participant, "text": comment.text}
    entry |= {"at": comment.at, "order": order, "state": comment.state.value}
    return entry | ({"answer": comment.answer} if comment.answer else {})
