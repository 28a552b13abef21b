"""Venues: the rooms of the organisation, where they are, and how their seats stand. A meeting names one and copies its plan."""

from __future__ import annotations

import json
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import delete, insert, select, update

from meetingroom.domain.people import same
from meetingroom.domain.shapes import Shape
from meetingroom.storage.engine import DEFAULT_ORGANISATION, Database
from meetingroom.storage.tables import VENUE

Places = tuple[tuple[str, int, int], ...]  # seat, x, y


@dataclass(frozen=True, slots=True)
class Venue:
    """`shape` and `places` of its seat plan, if one is kept; `unit`: whose room it is, empty: the whole agency's."""

    id: str
    name: str
    place: str = ""
    shape: Shape | None = None
    places: Places = ()
    unit: str = ""


class Venues:
    """All calls block."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def all(self) -> list[Venue]:
        """By name."""
        wanted = select(VENUE).where(VENUE.c.organisation == DEFAULT_ORGANISATION)
        with self._database.engine.connect() as connection:
            rows = connection.execute(wanted).all()
        found = [_planned(Venue(row.id, row.name, row.place, unit=row.unit), row.plan) for row in rows]
        return sorted(found, key=lambda venue: same(venue.name))

    def add(self, name: str, place: str, unit: str = "") -> Venue | None:
        """None if the unit has one of this name."""
        if _taken(self.all(), name, unit):
            return None
        venue = Venue(secrets.token_urlsafe(12), name, place, unit=unit)
        row = {"id": venue.id, "organisation": DEFAULT_ORGANISATION, "name": name, "place": place, "unit": unit}
        with self._database.transaction() as connection:
            connection.execute(insert(VENUE).values(plan="", **row))
        return venue

    def change(self, key: str, name: str, place: str) -> bool:
        """False if there is no such room, or another of its unit has this name."""
        every = self.all()
        unit = next((venue.unit for venue in every if venue.id == key), "")
        if _taken([venue for venue in every if venue.id != key], name, unit):
            return False
        return self._write(key, name=name, place=place)

    def arrange(self, key: str, shape: Shape, places: Sequence[tuple[str, int, int]]) -> bool:
        """How its seats stand from now on; meetings that have taken a plan keep theirs."""
        return self._write(key, plan=json.dumps({"shape": shape.value, "places": list(places)}))

    def remove(self, key: str) -> None:
        with self._database.transaction() as connection:
            connection.execute(delete(VENUE).where(VENUE.c.id == key))

    def _write(self, key: str, **values: str) -> bool:
        with self._database.transaction() as connection:
            return bool(connection.execute(update(VENUE).where(VENUE.c.id == key).values(**values)).rowcount)


def _taken(venues: Sequence[Venue], name: str, unit: str) -> bool:
    return any((same(venue.name), venue.unit) == (same(name), unit) for venue in venues)


def _planned(venue: Venue, plan: str) -> Venue:
    if not plan:
        return venue
    kept = json.loads(plan)
    return replace(venue, shape=Shape(kept["shape"]), places=tuple((seat, x, y) for seat, x, y in kept["places"]))
