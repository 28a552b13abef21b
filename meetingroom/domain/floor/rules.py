"""The rules of the floor: the list open or closed, who may ask, time limits, time budgets of units."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, assert_never

from meetingroom.domain.agenda import ItemRemoved, known_item
from meetingroom.domain.floor.state import Kind, Rules
from meetingroom.domain.messages import OFFICE, Command, Event, Id, Line, Seconds, command, event
from meetingroom.domain.refusals import require

if TYPE_CHECKING:
    from meetingroom.domain.meeting import Meeting


@command("floor.arrange", by=OFFICE)
class Arrange(Command):
    """`open`: whether one may ask to speak. `present_only`: only who has checked in. `sound`: a soft tone at the end."""

    open: bool
    present_only: bool
    sound: bool


@command("floor.limit", by=OFFICE)
class SetLimit(Command):
    """Seconds for speeches of a kind from now on (0: no limit); with an item for those under it."""

    seconds: Seconds
    kind: Kind = Kind.SPEAK
    item: Id | None = None


@command("floor.cap", by=OFFICE)
class Cap(Command):
    """Seconds for all speeches under an item together; 0 takes the limit away. It may be overdrawn."""

    item: Id
    seconds: Seconds


@command("floor.prolong", by=OFFICE, when="the discussion of the item has a limit")
class Prolong(Command):
    """As many seconds more for the discussion of an item."""

    item: Id
    seconds: Seconds


@command("floor.budget", by=OFFICE)
class SetBudget(Command):
    """Seconds for all speeches of a unit together; 0 takes the budget away. It may be overdrawn."""

    unit: Line
    seconds: Seconds


@command("floor.allot", by=OFFICE)
class Allot(Command):
    """Seconds for all speeches of each person together; 0: no such limit. It may be overdrawn."""

    seconds: Seconds


@command("floor.add_time", by=OFFICE, when="at least one unit has a budget, or each person an allotment")
class AddTime(Command):
    """As many seconds more for every unit that has a budget, and for every person where there is an allotment."""

    seconds: Seconds


@event("floor.arranged")
class FloorArranged(Event):
    open: bool
    present_only: bool
    sound: bool


@event("floor.limited")
class LimitSet(Event):
    seconds: int
    kind: Kind
    item: str | None = None


@event("floor.capped")
class Capped(Event):
    item: str
    seconds: int


@event("floor.prolonged")
class Prolonged(Event):
    item: str
    seconds: int


@event("floor.budgeted")
class BudgetSet(Event):
    unit: str
    seconds: int


@event("floor.allotted")
class Allotted(Event):
    seconds: int


@event("floor.time_added")
class TimeAdded(Event):
    seconds: int


RulesCommand = Arrange | SetLimit | Cap | Prolong | SetBudget | Allot | AddTime


def decide(meeting: Meeting, command: RulesCommand) -> tuple[Event, ...]:
    match command:
        case Arrange():
            return (FloorArranged(**vars(command)),)
        case SetLimit():
            if command.item:
                known_item(meeting, command.item)
                require(command.kind is Kind.SPEAK, "floor.limit_by_item")
            return (LimitSet(**vars(command)),)
        case Cap():
            known_item(meeting, command.item)
            return (Capped(**vars(command)),)
        case Prolong():
            require(command.item in meeting.floor.rules.caps, "floor.no_cap")
            return (Prolonged(**vars(command)),)
        case SetBudget():
            units = {person.unit for person in meeting.people.values()} - {""}
            require(command.unit in units, "floor.no_such_unit")
            return (BudgetSet(**vars(command)),)
        case Allot():
            return (Allotted(seconds=command.seconds),)
        case AddTime():
            require(meeting.floor.rules.budgets or meeting.floor.rules.person, "floor.no_budgets")
            return (TimeAdded(**vars(command)),)
        case _:
            assert_never(command)


def evolve(rules: Rules, event: Event) -> Rules:
    match event:
        case FloorArranged():
            return replace(rules, open=event.open, present_only=event.present_only, sound=event.sound)
        case LimitSet() if event.item:
            return replace(rules, items={**rules.items, event.item: event.seconds})
        case LimitSet():
            return replace(rules, limits={**rules.limits, event.kind: event.seconds})
        case Capped():
            others = _without(rules.caps, (event.item,))
            return replace(rules, caps=others | ({event.item: event.seconds} if event.seconds else {}))
        case Prolonged() if event.item in rules.caps:
            return replace(rules, caps={**rules.caps, event.item: rules.caps[event.item] + event.seconds})
        case BudgetSet():
            others = {unit: seconds for unit, seconds in rules.budgets.items() if unit != event.unit}
            return replace(rules, budgets=others | ({event.unit: event.seconds} if event.seconds else {}))
        case Allotted():
            return replace(rules, person=event.seconds)
        case TimeAdded():
            budgets = {unit: had + event.seconds for unit, had in rules.budgets.items()}
            return replace(rules, budgets=budgets, person=rules.person + event.seconds if rules.person else 0)
        case ItemRemoved() if (rules.items.keys() | rules.caps.keys()) & set(event.items):
            return replace(rules, items=_without(rules.items, event.items), caps=_without(rules.caps, event.items))
        case _:
            return rules


def _without(seconds: Mapping[str, int], items: Iterable[str]) -> dict[str, int]:
    gone = set(items)
    return {item: each for item, each in seconds.items() if item not in gone}
