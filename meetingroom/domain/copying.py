"""Copying: a meeting that comes again begins with the people and the agenda of the one before it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING

from meetingroom.domain.agenda import ItemAdded
from meetingroom.domain.floor.rules import Allotted, BudgetSet, Capped, FloorArranged, LimitSet
from meetingroom.domain.floor.state import USUAL, Kind
from meetingroom.domain.messages import Event, Role
from meetingroom.domain.people import joined
from meetingroom.domain.preparing import PaperAsked
from meetingroom.domain.quorum import Quorum
from meetingroom.domain.seating import SeatsArranged
from meetingroom.domain.sitting import QuorumSet
from meetingroom.domain.support import ChatAllowed
from meetingroom.domain.voting.ballot import form_of
from meetingroom.domain.voting.messages import VotePrepared
from meetingroom.domain.voting.vote import VotePhase

if TYPE_CHECKING:
    from meetingroom.domain.meeting import Meeting
    from meetingroom.domain.people import Participant


def copied(former: Meeting, founder: Participant, *, people: bool, agenda: bool) -> Iterator[Event]:
    """What follows the first events of the new meeting. The ids stay: they mean something only within a meeting.

    Papers, votes, presence and what was said are not copied: they belong to the day. But a template's prepared votes and the
    papers it asks units for are copied, being there for nothing else; whoever made the template is not.
    """
    template = former.sitting.template
    if people:
        maker = next(iter(former.people.values()), founder)
        without = {founder.id} | ({maker.id} if template and maker.role is Role.SECRETARY else set())
        yield from (joined(person) for person in former.people.values() if person.id not in without)
        yield from _seats(former)
    if agenda:
        yield from _items(former, with_presenters=people)
    if agenda and template:
        prepared = (vote for vote in former.voting.values() if vote.phase is VotePhase.PREPARED)
        yield from (VotePrepared(vote=vote.id, **form_of(vote.form)) for vote in prepared)
        yield from _asked(former, people=people)
    yield from _rules(former, people=people, agenda=agenda)


def _seats(former: Meeting) -> Iterator[SeatsArranged]:
    seating = former.seating
    if seating.shape:
        places = tuple((number, place.x, place.y) for number, place in seating.places.items())
        yield SeatsArranged(shape=seating.shape, places=places)


def _items(former: Meeting, *, with_presenters: bool) -> Iterator[ItemAdded]:
    for item in former.agenda.items.values():
        presenter = item.presenter if with_presenters else None
        yield ItemAdded(
            item=item.id,
            title=item.title,
            kind=item.kind,
            minutes=item.minutes,
            parent=item.parent,
            presenter=presenter,
        )


def _asked(former: Meeting, *, people: bool) -> Iterator[PaperAsked]:
    """Without the day: the new meeting has another."""
    for asked in former.preparing.values():
        participant = asked.participant if people else None
        yield PaperAsked(asked=asked.id, item=asked.item, title=asked.title, unit=asked.unit, participant=participant)


def _rules(former: Meeting, *, people: bool, agenda: bool) -> Iterator[Event]:
    if former.sitting.quorum != Quorum():
        yield QuorumSet(**asdict(former.sitting.quorum))
    rules = former.floor.rules
    if rules.present_only or rules.sound:
        yield FloorArranged(open=True, present_only=rules.present_only, sound=rules.sound)
    if rules.person:
        yield Allotted(seconds=rules.person)
    if former.support.chat:
        yield ChatAllowed(allowed=True)
    changed = (kind for kind, seconds in rules.limits.items() if seconds != USUAL[kind])
    yield from (LimitSet(seconds=rules.limits[kind], kind=kind) for kind in changed)
    if agenda:
        yield from (LimitSet(seconds=seconds, kind=Kind.SPEAK, item=item) for item, seconds in rules.items.items())
        yield from (Capped(item=item, seconds=seconds) for item, seconds in rules.caps.items())
    if people:
        yield from (BudgetSet(unit=unit, seconds=seconds) for unit, seconds in rules.budgets.items())
