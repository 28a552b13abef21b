"""Separation: what belongs to one unit is not there for the others. `sees` is the one rule; whatever lists, offers or counts
things of several meetings asks it. Within a meeting its roles decide: who takes part sees it wherever it belongs.

What belongs to no unit ("") belongs to the whole agency, which stands above all units.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

Tree = Mapping[str, str]
"""Unit → the unit it belongs to, "" at the top."""


class Office(StrEnum):
    """What an account is there for, besides the meetings that name it."""

    NONE = ""
    SECRETARY = "secretary"  # prepares the meetings of a unit
    REGISTRAR = "registrar"  # keeps a unit: its people, groups, rooms and meetings
    ADMINISTRATOR = "administrator"  # keeps the installation, and is told of no meeting what is said in it


class Thing(StrEnum):
    """What somebody may or may not be shown, or do, that belongs to a unit."""

    FOUNDED = "founded"  # to found a meeting for the unit
    PEOPLE = "people"  # its people, by name, and its groups
    FORMS = "forms"  # its templates, without the people in them, and its rooms
    PLANNED = "planned"  # the title of its meeting that is being prepared
    PUBLISHED = "published"  # the title, hour and room of its meeting that was published
    MEETINGS = "meetings"  # all its meetings, their figures and tasks, and to keep one of them oneself


class Standing(StrEnum):
    """How a unit stands to somebody's own."""

    OWN = "own"
    BELOW = "below"
    ABOVE = "above"
    APART = "apart"


_WITHIN = frozenset({Standing.OWN, Standing.BELOW})
_LINE = _WITHIN | {Standing.ABOVE}
_EVERYBODY = {Thing.PUBLISHED: _LINE}
_PREPARING = _EVERYBODY | {
    Thing.FOUNDED: _WITHIN,
    Thing.PEOPLE: _WITHIN,
    Thing.PLANNED: _WITHIN,
    Thing.FORMS: _LINE,
}
LETS: Mapping[Office, Mapping[Thing, frozenset[Standing]]] = {
    Office.NONE: _EVERYBODY,
    Office.SECRETARY: _PREPARING,
    Office.REGISTRAR: _PREPARING | {Thing.MEETINGS: _WITHIN},
    Office.ADMINISTRATOR: _PREPARING,
}


@dataclass(frozen=True, slots=True)
class Visitor:
    """`unit`: whose they are, "" the whole agency's; None: nobody has said, and nothing is theirs."""

    office: Office = Office.NONE
    unit: str | None = None


def sees(visitor: Visitor, thing: Thing, unit: str, tree: Tree) -> bool:
    """Whether this is there for them where it belongs to `unit`."""
    return standing(visitor.unit, unit, tree) in LETS[visitor.office].get(thing, frozenset())


def standing(own: str | None, unit: str, tree: Tree) -> Standing:
    """A unit that is no longer in the tree is apart for all but its own and the agency's."""
    if own == unit:
        return Standing.OWN
    if own is not None and own in over(unit, tree):
        return Standing.BELOW
    return Standing.ABOVE if unit in over(own or "", tree) or not unit else Standing.APART


def named_path(text: str) -> tuple[str, ...]:
    """The names of a unit and of those above it, from above, as lists write them: "Sở Y tế > Văn phòng"."""
    for mark in ("»", "›", " / "):
        text = text.replace(mark, ">")
    return tuple(name for name in (part.strip() for part in text.split(">")) if name)


def over(unit: str, tree: Tree) -> list[str]:
    """The units above, the nearest first, and the agency."""
    over: list[str] = []
    while unit and (unit := tree.get(unit, "")) not in over:
        over.append(unit)
    return over
