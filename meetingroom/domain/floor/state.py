"""The state of the floor: kinds of requests, who waits, who speaks, who was interrupted, who has spoken."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from meetingroom.domain.people import Participant


class Kind(StrEnum):
    """What somebody wants the floor for: phát biểu, chất vấn, trả lời, tranh luận, ý kiến về thủ tục."""

    SPEAK = "speak"
    QUESTION = "question"
    REPLY = "reply"
    DEBATE = "debate"
    ORDER = "order"


# Who comes first: how the meeting goes on before what it is about, an answer before the next question.
PRIORITY: Mapping[Kind, int] = {Kind.ORDER: 0, Kind.REPLY: 1, Kind.DEBATE: 2, Kind.QUESTION: 3, Kind.SPEAK: 4}

# These may be heard in the middle of a speech, which afterwards goes on with the rest of its time.
URGENT = frozenset({Kind.ORDER, Kind.QUESTION})

# Seconds allowed unless the chair sets another limit; 0: no limit.
USUAL: Mapping[Kind, int] = {
    Kind.SPEAK: 300,
    Kind.QUESTION: 120,
    Kind.REPLY: 300,
    Kind.DEBATE: 180,
    Kind.ORDER: 60,
}


@dataclass(frozen=True, slots=True)
class Request:
    """`to` is who is asked, for a question."""

    id: str
    participant: str
    kind: Kind
    topic: str
    item: str | None
    to: str | None
    asked_at: int


@dataclass(frozen=True, slots=True)
class Speech:
    """`seconds` allowed (0: no limit); `spent` milliseconds up to the last pause; `resumed_at` while it runs."""

    id: str
    participant: str
    kind: Kind
    topic: str
    item: str | None
    to: str | None
    seconds: int
    started_at: int
    spent: int = 0
    resumed_at: int | None = None

    def spent_at(self, now: int) -> int:
        """Milliseconds spoken up to now; a clock that went back counts nothing."""
        return self.spent + (max(0, now - self.resumed_at) if self.resumed_at is not None else 0)


@dataclass(frozen=True, slots=True)
class Turn:
    """A speech that is over; `spent` in milliseconds."""

    participant: str
    kind: Kind
    item: str | None
    started_at: int
    spent: int


@dataclass(frozen=True, slots=True)
class Declined:
    """The last request of a person that the chair did not grant, and why."""

    request: str
    kind: Kind
    reason: str


@dataclass(frozen=True, slots=True)
class Rules:
    """How the floor is given in this meeting. `limits` and `items` (by item, for speeches) in seconds."""

    open: bool = True
    present_only: bool = False
    sound: bool = False
    limits: Mapping[Kind, int] = field(default_factory=lambda: dict(USUAL))
    items: Mapping[str, int] = field(default_factory=dict)
    budgets: Mapping[str, int] = field(default_factory=dict)  # unit → seconds for all its speeches
    person: int = 0  # seconds for all speeches of each person; 0: no such limit
    caps: Mapping[str, int] = field(default_factory=dict)  # item → seconds for its whole discussion


@dataclass(frozen=True, slots=True)
class Floor:
    """`requests` in the order in which they wait; `interrupted` with the last interrupted last."""

    requests: Mapping[str, Request] = field(default_factory=dict)
    speech: Speech | None = None
    interrupted: tuple[Speech, ...] = ()
    turns: Mapping[str, Turn] = field(default_factory=dict)
    declined: Mapping[str, Declined] = field(default_factory=dict)
    rules: Rules = field(default_factory=Rules)


def request_of(floor: Floor, participant: str, kind: Kind) -> Request | None:
    """The request of this kind that this person has waiting; at most one."""
    mine = (each for each in floor.requests.values() if each.participant == participant and each.kind is kind)
    return next(mine, None)


def allowance(floor: Floor, participant: str) -> int | None:
    """Milliseconds this person may still speak, without the speech at hand; negative when overdrawn, None: no such limit."""
    if not floor.rules.person:
        return None
    spoken = sum(turn.spent for turn in floor.turns.values() if turn.participant == participant)
    waiting = sum(speech.spent for speech in floor.interrupted if speech.participant == participant)
    return floor.rules.person * 1000 - spoken - waiting


def budget(floor: Floor, people: Mapping[str, Participant], unit: str) -> int | None:
    """Milliseconds a unit may still speak, without the speech at hand; negative when overdrawn, None: no such limit."""
    if unit not in floor.rules.budgets:
        return None
    of_unit = {person.id for person in people.values() if person.unit == unit}
    spoken = sum(turn.spent for turn in floor.turns.values() if turn.participant in of_unit)
    waiting = sum(speech.spent for speech in floor.interrupted if speech.participant in of_unit)
    return floor.rules.budgets[unit] * 1000 - spoken - waiting


def discussed(floor: Floor, item: str) -> int:
    """Milliseconds of all speeches under an item, without the speech at hand."""
    spoken = sum(turn.spent for turn in floor.turns.values() if turn.item == item)
    return spoken + sum(speech.spent for speech in floor.interrupted if speech.item == item)


def remaining(floor: Floor, item: str | None) -> int | None:
    """Milliseconds an item may still be discussed, without the speech at hand; negative when overdrawn, None: no such limit."""
    cap = floor.rules.caps.get(item or "")
    return None if cap is None or item is None else cap * 1000 - discussed(floor, item)


def limit(rules: Rules, kind: Kind, item: str | None) -> int:
    """Seconds a speech of this kind may take under this item; 0: no limit."""
    usual = rules.limits[kind]
    return rules.items.get(item or "", usual) if kind is Kind.SPEAK else usual
