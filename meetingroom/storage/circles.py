"""Circles: named lists of people of the directory who are invited together (Thành viên UBND, Thường trực HĐND)."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import delete, insert, select, update

from meetingroom.domain.people import same
from meetingroom.storage.engine import DEFAULT_ORGANISATION, Database
from meetingroom.storage.tables import BELONGING, CIRCLE, PERSON


@dataclass(frozen=True, slots=True)
class Circle:
    """`people`: ids, in the order of precedence; `unit`: whose list it is, empty: the whole agency's."""

    id: str
    name: str
    people: tuple[str, ...] = ()
    unit: str = ""


class Circles:
    """All calls block."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def all(self) -> list[Circle]:
        """By name."""
        wanted = select(CIRCLE).where(CIRCLE.c.organisation == DEFAULT_ORGANISATION)
        belong = select(BELONGING).order_by(BELONGING.c.place, BELONGING.c.person)
        with self._database.engine.connect() as connection:
            rows, belonging = connection.execute(wanted).all(), connection.execute(belong).all()
        people: dict[str, list[str]] = {row.id: [] for row in rows}
        for each in belonging:
            people.setdefault(each.circle, []).append(each.person)
        found = [Circle(row.id, row.name, tuple(people[row.id]), row.unit) for row in rows]
        return sorted(found, key=lambda circle: same(circle.name))

    def add(self, name: str, unit: str = "") -> Circle | None:
        """None if the unit has one of this name."""
        if any((same(circle.name), circle.unit) == (same(name), unit) for circle in self.all()):
            return None
        circle = Circle(secrets.token_urlsafe(12), name, unit=unit)
        row = {"id": circle.id, "organisation": DEFAULT_ORGANISATION, "name": name, "unit": unit}
        with self._database.transaction() as connection:
            connection.execute(insert(CIRCLE).values(**row))
        return circle

    def rename(self, key: str, name: str) -> bool:
        """False if there is no such circle, or another of its unit has this name."""
        every = self.all()
        unit = next((circle.unit for circle in every if circle.id == key), "")
        if any(each.id != key and (same(each.name), each.unit) == (same(name), unit) for each in every):
            return False
        with self._database.transaction() as connection:
            return bool(connection.execute(update(CIRCLE).where(CIRCLE.c.id == key).values(name=name)).rowcount)

    def arrange(self, key: str, people: Sequence[str]) -> None:
        """Exactly these people from now on, in this order; who is not in the directory is left out."""
        with self._database.transaction() as connection:
            known = set(connection.scalars(select(PERSON.c.id).where(PERSON.c.organisation == DEFAULT_ORGANISATION)))
            there = connection.scalar(select(CIRCLE.c.id).where(CIRCLE.c.id == key))
            connection.execute(delete(BELONGING).where(BELONGING.c.circle == key))
            kept = [person for person in dict.fromkeys(people) if person in known] if there else []
            rows = [{"circle": key, "person": person, "place": place} for place, person in enumerate(kept)]
            if rows:
                connection.execute(insert(BELONGING), rows)

    def remove(self, key: str) -> None:
        """The people stay in the directory."""
        with self._database.transaction() as connection:
            connection.execute(delete(BELONGING).where(BELONGING.c.circle == key))
            connection.execute(delete(CIRCLE).where(CIRCLE.c.id == key))
