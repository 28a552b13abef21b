"""The course of a meeting: what happened, when, at which item, as far as it belongs in the minutes.

Folded from the events one by one, so that a meeting of five hours costs no more at its end than at its beginning.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from meetingroom.domain.agenda import ItemEntered
from meetingroom.domain.attendance import Arrived, Left
from meetingroom.domain.floor import FloorGiven, SpeechEnded
from meetingroom.domain.messages import Event
from meetingroom.domain.notices import NoticeSent, NoticeWithdrawn
from meetingroom.domain.people import Participant, ParticipantAdded, ParticipantChanged, ParticipantRemoved, written
from meetingroom.domain.sitting import MeetingAdjourned, MeetingClosed, MeetingOpened, MeetingResumed
from meetingroom.domain.stage import PaperShown
from meetingroom.domain.voting import VoteCancelled, VoteClosed, VoteOpened


class Happened(StrEnum):
    OPENED = "opened"
    ADJOURNED = "adjourned"
    RESUMED = "resumed"
    CLOSED = "closed"
    ENTERED = "entered"
    ARRIVED = "arrived"
    LEFT = "left"
    PAPER = "paper"
    SPEECH = "speech"
    VOTE_OPENED = "vote_opened"
    VOTE_CLOSED = "vote_closed"
    VOTE_CANCELLED = "vote_cancelled"
    NOTICE = "notice"


@dataclass(frozen=True, slots=True)
class Fact:
    """`item` is the point the meeting was at; `about` the participant, paper, vote or notice it is about.

    `spent`: milliseconds somebody spoke, 0 where that was not recorded. `text`: what a notice said, or the kind of a
    speech.
    """

    at: int
    kind: Happened
    item: str | None = None
    about: str = ""
    spent: int = 0
    text: str = ""


@dataclass(frozen=True, slots=True)
class Quorum:
    """As it was when the meeting was opened."""

    present: int
    total: int
    reached: bool
    votes_present: int = 0  # where votes are counted and not heads
    total_votes: int = 0


@dataclass(frozen=True, slots=True)
class Speaking:
    """A speech that has not ended."""

    participant: str
    item: str | None
    at: int
    kind: str


@dataclass(frozen=True, slots=True)
class Course:
    """`people` is everyone who took part, also those removed from the list since.

    `speaking` holds the speeches under way by their id; interrupted ones wait in it.
    """

    facts: tuple[Fact, ...] = ()
    people: Mapping[str, Participant] = field(default_factory=dict)
    item: str | None = None
    speaking: Mapping[str, Speaking] = field(default_factory=dict)
    quorum: Quorum | None = None

    def at(self, kind: Happened) -> int | None:
        """When this happened for the first time."""
        return next((fact.at for fact in self.facts if fact.kind is kind), None)

    def of(self, item: str | None) -> tuple[Fact, ...]:
        """What happened at an item; None: before the first."""
        return tuple(fact for fact in self.facts if fact.item == item)

    def about(self, participant: str) -> tuple[Fact, ...]:
        """When somebody came and went."""
        moves = (Happened.ARRIVED, Happened.LEFT)
        return tuple(fact for fact in self.facts if fact.kind in moves and fact.about == participant)


def course_of(events: Iterable[Event]) -> Course:
    """The course that a whole journal tells."""
    course = Course()
    for event in events:
        course = evolve(course, event)
    return course


def evolve(course: Course, event: Event) -> Course:
    match event:
        case ParticipantAdded() | ParticipantChanged():
            return replace(course, people={**course.people, event.participant: written(event)})
        case ParticipantRemoved():
            return _removed(course, event.participant)
        case MeetingOpened():
            quorum = Quorum(
                event.members_present,
                event.total_members,
                not event.without_quorum,
                event.votes_present,
                event.total_votes,
            )
            return replace(_with(course, event.at, Happened.OPENED), quorum=quorum)
        case MeetingAdjourned():
            return _with(course, event.at, Happened.ADJOURNED)
        case MeetingResumed():
            return _with(course, event.at, Happened.RESUMED)
        case MeetingClosed():
            return _with(_cut_off(course), event.at, Happened.CLOSED)
        case ItemEntered():
            return _with(replace(course, item=event.item), event.at, Happened.ENTERED, event.item)
        case Arrived():
            return _with(course, event.at, Happened.ARRIVED, event.participant)
        case Left():
            return _with(course, event.at, Happened.LEFT, event.participant)
        case PaperShown():
            return _shown(course, event)
        case FloorGiven():
            speaking = Speaking(event.participant, event.item, event.at, event.kind.value)
            return replace(course, speaking={**course.speaking, event.speech: speaking})
        case SpeechEnded():
            return _ended(course, event.speech, event.spent)
        case VoteOpened():
            return _with(course, event.at, Happened.VOTE_OPENED, event.vote)
        case VoteClosed():
            return _with(course, event.at, Happened.VOTE_CLOSED, event.vote)
        case VoteCancelled():
            return _with(course, event.at, Happened.VOTE_CANCELLED, event.vote)
        case NoticeSent():
            return replace(course, facts=(*course.facts, _notice(course, event)))
        case NoticeWithdrawn():
            kept = tuple(f for f in course.facts if not (f.kind is Happened.NOTICE and f.about == event.notice))
            return replace(course, facts=kept)
        case _:
            return course


def _with(course: Course, at: int, kind: Happened, about: str = "") -> Course:
    return replace(course, facts=(*course.facts, Fact(at, kind, course.item, about)))


def _notice(course: Course, event: NoticeSent) -> Fact:
    """A notice taken away again was meant for the moment; only what stood belongs in the minutes."""
    return Fact(event.at, Happened.NOTICE, course.item, event.notice, text=event.text)


def _shown(course: Course, event: PaperShown) -> Course:
    """A paper is named once for each item, however often the room came back to it."""
    known = any(fact.kind is Happened.PAPER and fact.about == event.paper for fact in course.of(course.item))
    return course if known else _with(course, event.at, Happened.PAPER, event.paper)


def _ended(course: Course, speech: str, spent: int) -> Course:
    """The speech stands at the moment it began, under the item at which the floor was given."""
    speaking = course.speaking.get(speech)
    if speaking is None:
        return course
    fact = Fact(speaking.at, Happened.SPEECH, speaking.item, speaking.participant, spent, speaking.kind)
    left = {key: other for key, other in course.speaking.items() if key != speech}
    return replace(course, facts=(*course.facts, fact), speaking=left)


def _cut_off(course: Course) -> Course:
    """Who was still speaking when the meeting was closed has spoken, for a time that was not recorded."""
    for speech in course.speaking:
        course = _ended(course, speech, 0)
    return course


def _removed(course: Course, participant: str) -> Course:
    """Who took part stays named; who was only on the list is gone."""
    speaking = {key: each for key, each in course.speaking.items() if each.participant != participant}
    if any(fact.about == participant for fact in course.facts):
        return replace(course, speaking=speaking)
    people = {key: person for key, person in course.people.items() if key != participant}
    return replace(course, people=people, speaking=speaking)
