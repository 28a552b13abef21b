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
    """`shape` and `places` of its seat plan, if one is kept."""

    id: str
    name: str
    place: str = ""
    shape: Shape | None = None
    places: Places = ()


class Venues:
    """All calls block."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def all(self) -> list[Venue]:
        """By name."""
        wanted = select(VENUE).where(VENUE.c.organisation == DEFAULT_ORGANISATION)
        with self._database.engine.connect() as connection:
            rows = connection.execute(wanted).all()
        found = [_planned(Venue(row.id, row.name, row.place), row.plan) for row in rows]
        return sorted(found, key=lambda venue: same(venue.name))

    def called(self, name: str) -> Venue | None:
        """The one of this name, however it was typed."""
        return next((venue for venue in self.all() if same(venue.name) == same(name)), None)

    def add(self, name: str, place: str) -> Venue | None:
        """None if there is one of this name."""
        if self.called(name):
            return None
        venue = Venue(secrets.token_urlsafe(12), name, place)
        row = {"id": venue.id, "organisation": DEFAULT_ORGANISATION, "name": name, "place": place, "plan": ""}
        with self._database.transaction() as connection:
            connection.execute(insert(VENUE).values(**row))
        return venue

    def change(self, key: str, name: str, place: str) -> bool:
        """False if there is no such room, or another has this name."""
        other = self.called(name)
        if other and other.id != key:
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


def _planned(venue: Venue, plan: str) -> Venue:
    if not plan:
        return venue
    kept = json.loads(plan)
    return replace(venue, shape=Shape(kept["shape"]), places=tuple((seat, x, y) for seat, x, y in kept["places"]))
