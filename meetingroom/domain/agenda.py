"""Agenda: the tree of items, numbered by their place in it, and the item the meeting is at."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any, assert_never

from meetingroom.domain.messages import OFFICE, Command, Event, Id, Line, Minutes, command, event
from meetingroom.domain.people import ParticipantRemoved, known
from meetingroom.domain.phase import Phase, require_not_closed
from meetingroom.domain.refusals import require

if TYPE_CHECKING:
    from meetingroom.domain.audience import Audience
    from meetingroom.domain.meeting import Facts, Meeting
    from meetingroom.domain.people import Participant

DEEPEST = 3  # levels: 1, 1.1, 1.1.1


class Kind(StrEnum):
    INFORMATION = "information"
    DISCUSSION = "discussion"
    DECISION = "decision"


@dataclass(frozen=True, slots=True)
class Item:
    """A point of the agenda. `spent` are the milliseconds of its finished turns; `entered_at` is set while it is on."""

    id: str
    parent: str | None
    title: str
    kind: Kind
    presenter: str | None
    minutes: int
    spent: int = 0
    entered_at: int | None = None
    visited: bool = False


@dataclass(frozen=True, slots=True)
class Agenda:
    """`items` in reading order: every item stands after its parent and before its next sibling."""

    items: Mapping[str, Item] = field(default_factory=dict)
    current: str | None = None


@command("agenda.add_item", by=OFFICE)
class AddItem(Command):
    title: Line
    kind: Kind = Kind.INFORMATION
    parent: Id | None = None
    presenter: Id | None = None
    minutes: Minutes = 0
    before: Id | None = None


@command("agenda.add_section", by=OFFICE)
class AddSection(Command):
    """A heading at the end with points under it: all of them or none."""

    title: Line
    titles: tuple[Line, ...]
    kind: Kind = Kind.INFORMATION


@command("agenda.change_item", by=OFFICE)
class ChangeItem(Command):
    item: Id
    title: Line
    kind: Kind
    presenter: Id | None = None
    minutes: Minutes = 0


@command("agenda.move_item", by=OFFICE)
class MoveItem(Command):
    item: Id
    parent: Id | None = None
    before: Id | None = None


@command(
    "agenda.remove_item",
    by=OFFICE,
    when="it and what is under it have no papers and no votes, and the meeting is not at it",
)
class RemoveItem(Command):
    item: Id


@event("agenda.item_added")
class ItemAdded(Event):
    item: str
    title: str
    kind: Kind
    minutes: int
    parent: str | None = None
    presenter: str | None = None
    before: str | None = None


@event("agenda.item_changed")
class ItemChanged(Event):
    item: str
    title: str
    kind: Kind
    minutes: int
    presenter: str | None = None


@event("agenda.item_moved")
class ItemMoved(Event):
    item: str
    parent: str | None = None
    before: str | None = None


@event("agenda.item_removed")
class ItemRemoved(Event):
    items: tuple[str, ...]


@event("agenda.item_entered")
class ItemEntered(Event):
    item: str
    at: int


AgendaCommand = AddItem | AddSection | ChangeItem | MoveItem | RemoveItem


def decide(meeting: Meeting, actor: Participant, command: AgendaCommand, facts: Facts) -> tuple[Event, ...]:
    require_not_closed(meeting)
    agenda = meeting.agenda
    match command:
        case AddItem():
            require(command.title, "agenda.needs_title")
            _check_presenter(meeting, command.presenter)
            _check_place(agenda, command.parent, command.before, 1)
            return (ItemAdded(item=facts.id, **vars(command)),)
        case AddSection():
            require(command.title and all(command.titles), "agenda.needs_title")
            under = (
                ItemAdded(item=f"{facts.id}-{n}", title=title, kind=command.kind, minutes=0, parent=facts.id)
                for n, title in enumerate(command.titles, start=1)
            )
            return (ItemAdded(item=facts.id, title=command.title, kind=command.kind, minutes=0), *under)
        case ChangeItem():
            known_item(meeting, command.item)
            require(command.title, "agenda.needs_title")
            _check_presenter(meeting, command.presenter)
            return (ItemChanged(**vars(command)),)
        case MoveItem():
            known_item(meeting, command.item)
            moved = set(subtree(agenda, command.item))
            require(command.parent not in moved and command.before not in moved, "agenda.inside_itself")
            _check_place(agenda, command.parent, command.before, _height(agenda, command.item))
            return (ItemMoved(**vars(command)),)
        case RemoveItem():
            known_item(meeting, command.item)
            gone = subtree(agenda, command.item)
            require(agenda.current not in gone, "agenda.is_current")
            require(not any(paper.item in gone for paper in meeting.papers.values()), "agenda.has_papers")
            require(not any(vote.item in gone for vote in meeting.voting.values()), "agenda.has_votes")
            return (ItemRemoved(items=gone),)
        case _:
            assert_never(command)


def known_item(meeting: Meeting, item: str) -> Item:
    """The item, or Refused(agenda.unknown)."""
    require(item in meeting.agenda.items, "agenda.unknown")
    return meeting.agenda.items[item]


def subtree(agenda: Agenda, item: str) -> tuple[str, ...]:
    """The item and all under it, in reading order."""
    inside = {item}
    for candidate in agenda.items.values():
        if candidate.parent in inside:
            inside.add(candidate.id)
    return tuple(key for key in agenda.items if key in inside)


def numbers(agenda: Agenda) -> Iterator[tuple[Item, str, int]]:
    """Each item in reading order with its number ("4.1") and level (0 outermost)."""
    counted: dict[str | None, int] = {}
    number_of: dict[str | None, tuple[int, ...]] = {None: ()}
    for item in agenda.items.values():
        counted[item.parent] = counted.get(item.parent, 0) + 1
        number = number_of[item.id] = (*number_of[item.parent], counted[item.parent])
        yield item, ".".join(map(str, number)), len(number) - 1


def _check_presenter(meeting: Meeting, presenter: str | None) -> None:
    if presenter is not None:
        known(meeting, presenter)


def _check_place(agenda: Agenda, parent: str | None, before: str | None, height: int) -> None:
    """`before` must be a child of `parent`; the tree must not become deeper than people can number."""
    require(parent is None or parent in agenda.items, "agenda.unknown")
    require(before is None or (before in agenda.items and agenda.items[before].parent == parent), "agenda.unknown")
    require(_depth(agenda, parent) + height <= DEEPEST, "agenda.too_deep")


def _depth(agenda: Agenda, item: str | None) -> int:
    return 0 if item is None else 1 + _depth(agenda, agenda.items[item].parent)


def _height(agenda: Agenda, item: str) -> int:
    return 1 + max((_height(agenda, child.id) for child in agenda.items.values() if child.parent == item), default=0)


def evolve(agenda: Agenda, event: Event) -> Agenda:
    match event:
        case ItemAdded():
            item = Item(event.item, event.parent, event.title, event.kind, event.presenter, event.minutes)
            return replace(agenda, items=_placed(agenda.items, {item.id: item}, event.parent, event.before))
        case ItemChanged():
            changed = replace(
                agenda.items[event.item],
                title=event.title,
                kind=event.kind,
                minutes=event.minutes,
                presenter=event.presenter,
            )
            return replace(agenda, items={**agenda.items, event.item: changed})
        case ItemMoved():
            return replace(agenda, items=_moved(agenda, event))
        case ItemRemoved():
            return replace(agenda, items={key: item for key, item in agenda.items.items() if key not in event.items})
        case ItemEntered():
            return _enter(agenda, event)
        case ParticipantRemoved():
            return _without_presenter(agenda, event.participant)
        case _:
            return agenda


def _placed(
    items: Mapping[str, Item], new: Mapping[str, Item], parent: str | None, before: str | None
) -> dict[str, Item]:
    """`items` with `new` (an item and what is under it) before its sibling, or at the end of its parent."""
    ordered = list(items)
    if before is not None:
        index = ordered.index(before)
    elif parent is None:
        index = len(ordered)
    else:
        inside = set(subtree(Agenda(items), parent))
        index = 1 + max(position for position, key in enumerate(ordered) if key in inside)
    ordered[index:index] = new
    both = {**items, **new}
    return {key: both[key] for key in ordered}


def _moved(agenda: Agenda, event: ItemMoved) -> dict[str, Item]:
    taken = {key: agenda.items[key] for key in subtree(agenda, event.item)}
    taken[event.item] = replace(taken[event.item], parent=event.parent)
    rest = {key: item for key, item in agenda.items.items() if key not in taken}
    return _placed(rest, taken, event.parent, event.before)


def _enter(agenda: Agenda, event: ItemEntered) -> Agenda:
    items = dict(agenda.items)
    if agenda.current is not None and agenda.current in items:
        left = items[agenda.current]
        spent = left.spent + max(0, event.at - (left.entered_at or event.at))
        items[left.id] = replace(left, spent=spent, entered_at=None)
    items[event.item] = replace(items[event.item], entered_at=event.at, visited=True)
    return Agenda(items, event.item)


def _without_presenter(agenda: Agenda, participant: str) -> Agenda:
    if not any(item.presenter == participant for item in agenda.items.values()):
        return agenda
    items = {
        key: replace(item, presenter=None) if item.presenter == participant else item
        for key, item in agenda.items.items()
    }
    return replace(agenda, items=items)


SEES = ("agenda", "sitting")


def view(meeting: Meeting, audience: Audience) -> dict[str, Any]:
    """The whole agenda once it is published; before that only those who prepare it see it."""
    if meeting.sitting.phase is Phase.DRAFT and not audience.is_office:
        return {"items": {}}
    agenda = meeting.agenda
    items = {
        item.id: _shown(item, number, order, level, agenda.current)
        for order, (item, number, level) in enumerate(numbers(agenda))
    }
    return {"items": items} | ({"current": agenda.current} if agenda.current else {})


def _shown(item: Item, number: str, order: int, level: int, current: str | None) -> dict[str, Any]:
    state = "current" if item.id == current else "done" if item.visited else "waiting"
    entry: dict[str, Any] = {
        "number": number,
        "order": order,
        "level": level,
        "title": item.title,
        "kind": item.kind.value,
        "minutes": item.minutes,
        "state": state,
    }
    if item.parent:
        entry["parent"] = item.parent
    if item.presenter:
        entry["presenter"] = item.presenter
    if item.spent:
        entry["spent_ms"] = item.spent
    if item.entered_at:
        entry["started_at"] = item.entered_at
    return entry
