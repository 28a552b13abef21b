"""The directory: units of the organisation as a tree, and the people in them. A meeting takes copies of what it needs."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from sqlalchemy import Connection, Row, delete, func, insert, select, update

from meetingroom.domain.alphabet import by_given_name, in_alphabet
from meetingroom.domain.people import same
from meetingroom.domain.separation import named_path
from meetingroom.storage.engine import DEFAULT_ORGANISATION, Database
from meetingroom.storage.tables import ACCOUNT, BELONGING, CIRCLE, MEETING, PERSON, TOKEN, UNIT, VENUE


@dataclass(frozen=True, slots=True)
class Unit:
    """`above`: the unit it belongs to, empty at the top; `depth`: how many are above it; `retired`: no longer chosen."""

    id: str
    name: str
    above: str = ""
    depth: int = 0
    retired: bool = False


@dataclass(frozen=True, slots=True)
class Person:
    """`unit`: the id of one, or empty; `login`: of their account, if they have one; `retired`: invited no more."""

    name: str
    office: str = ""
    unit: str = ""
    email: str = ""
    phone: str = ""
    login: str = ""
    id: str = ""
    retired: bool = False


class Directory:
    """All calls block."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def units(self) -> list[Unit]:
        """The tree from the top, each unit after the one it belongs to, by name."""
        wanted = select(UNIT).where(UNIT.c.organisation == DEFAULT_ORGANISATION)
        with self._database.engine.connect() as connection:
            found = [Unit(row.id, row.name, row.above, 0, row.retired) for row in connection.execute(wanted)]
        below: dict[str, list[Unit]] = {}
        for unit in sorted(found, key=lambda unit: in_alphabet(unit.name)):
            below.setdefault(unit.above, []).append(unit)
        return list(_from(below, "", 0))

    def people(self) -> list[Person]:
        """By name, as lists here are: by the given name."""
        with self._database.engine.connect() as connection:
            rows = _people(connection)
        return sorted(map(_person, rows), key=lambda person: (by_given_name(person.name), person.id))

    def called(self, login: str) -> Person | None:
        """Who has this sign-in name and is invited still."""
        found = (each for each in self._with_login(login) if not each.retired)
        return next(found, None)

    def placed(self, login: str) -> str | None:
        """The unit of who has this sign-in name; None where nobody has, or they are in no unit."""
        return next((each.unit for each in self._with_login(login) if each.unit), None)

    def _with_login(self, login: str) -> list[Person]:
        """Asked at every page of somebody without an office, and about every name that is tried at the sign-in: the database
        finds them, as a list of fifty thousand people takes seconds to read, for which everything recorded would wait."""
        wanted = select(PERSON).where(PERSON.c.organisation == DEFAULT_ORGANISATION, PERSON.c.login != "")
        sought = same(login)
        if sought.isascii():  # capitals of other letters no two databases fold alike
            wanted = wanted.where(func.lower(func.trim(PERSON.c.login)) == sought)
        with self._database.engine.connect() as connection:
            return [_person(row) for row in connection.execute(wanted) if same(row.login) == sought]

    def add_unit(self, name: str, above: str = "") -> Unit | None:
        """None if the unit above is not there, or has one of this name already."""
        with self._database.transaction() as connection:
            there = connection.execute(select(UNIT).where(UNIT.c.organisation == DEFAULT_ORGANISATION)).all()
            known = {row.id for row in there}
            twice = any(row.above == above and same(row.name) == same(name) for row in there)
            if twice or (above and above not in known):
                return None
            unit = Unit(secrets.token_urlsafe(12), name, above)
            row = {"id": unit.id, "organisation": DEFAULT_ORGANISATION, "name": name, "above": above}
            connection.execute(insert(UNIT).values(**row))
        return unit

    def change_unit(self, key: str, name: str, above: str, retired: bool) -> bool:
        """False if there is no such unit, its level has the name already, or it would stand below itself."""
        with self._database.transaction() as connection:
            there = {
                row.id: row
                for row in connection.execute(select(UNIT).where(UNIT.c.organisation == DEFAULT_ORGANISATION))
            }
            over, high = set(), above
            while high in there and high not in over:
                over.add(high)
                high = there[high].above
            twice = any(row.id != key and row.above == above and same(row.name) == same(name) for row in there.values())
            if key not in there or key in over or twice or (above and above not in there):
                return False
            values = {"name": name, "above": above, "retired": retired}
            connection.execute(update(UNIT).where(UNIT.c.id == key).values(**values))
        return True

    def remove_unit(self, key: str) -> bool:
        """False where units, people, meetings or anything else still belong to it, or somebody is there for it."""
        belonging = (
            UNIT.c.above == key,
            (ACCOUNT.c.unit == key) & ~ACCOUNT.c.administrator,
            (TOKEN.c.unit == key) & (TOKEN.c.revoked_at == 0),
            *(table.c.unit == key for table in (PERSON, MEETING, VENUE, CIRCLE)),
        )
        with self._database.transaction() as connection:
            if any(connection.scalar(select(func.count()).where(each)) for each in belonging):
                return False
            return bool(connection.execute(delete(UNIT).where(UNIT.c.id == key)).rowcount)

    def add(self, people: Iterable[tuple[Person, str]], within: str = "") -> int:
        """These people, each with the name of a unit if they have no id of one; all or nobody.

        A unit that is not there is made at the top, or below the one named by `within`: then people come into no other
        part of the tree, and nobody comes where it is gone. "Sở Y tế > Văn phòng" names the units from above down to it.
        Who is known by now is passed over, so that confirming twice adds nobody twice.
        """
        with self._database.transaction() as connection:
            rows = connection.execute(select(UNIT).where(UNIT.c.organisation == DEFAULT_ORGANISATION)).all()
            inside = {row.id for row in rows}
            if within:
                if within not in inside:
                    return 0
                inside = _below(rows, within)
            units = {same(row.name): row.id for row in rows if row.id in inside}
            there = _people(connection)
            emails = {same(row.email) for row in there if row.email}
            logins = {same(row.login) for row in there if row.login}
            names = {(same(row.name), row.unit) for row in there}
            new_units, new_people = [], []
            levels = {(row.above, same(row.name)): row.id for row in rows if row.id in inside}
            for person, unit in people:
                path = named_path(unit)
                known = _at(path, levels, within) if len(path) > 1 else units.get(same(unit), "" if unit else within)
                key = person.unit or known
                if (same(person.name), key) in names or same(person.email) in emails or same(person.login) in logins:
                    continue
                if not key and path:
                    key, made = _made(path, levels, within)
                    new_units += made
                    units |= {same(each["name"]): each["id"] for each in made if same(each["name"]) not in units}
                names.add((same(person.name), key))
                emails |= {same(person.email)} - {""}
                logins |= {same(person.login)} - {""}
                kept = {"id": secrets.token_urlsafe(12), "organisation": DEFAULT_ORGANISATION, "unit": key}
                new_people.append(asdict(person) | kept)
            if new_units:
                connection.execute(insert(UNIT), new_units)
            if new_people:
                connection.execute(insert(PERSON), new_people)
        return len(new_people)

    def change(self, person: Person) -> bool:
        """False if they are not there, or another in this unit is called so, or has this e-mail address or sign-in name."""
        with self._database.transaction() as connection:
            others = [row for row in _people(connection) if row.id != person.id]
            twice = any(
                (same(row.name), row.unit) == (same(person.name), person.unit)
                or (person.email and same(row.email) == same(person.email))
                or (person.login and same(row.login) == same(person.login))
                for row in others
            )
            if twice:
                return False
            changed = connection.execute(update(PERSON).where(PERSON.c.id == person.id).values(**asdict(person)))
            return bool(changed.rowcount)

    def remove(self, key: str) -> bool:
        """Meetings this person was invited to keep what they know."""
        with self._database.transaction() as connection:
            connection.execute(delete(BELONGING).where(BELONGING.c.person == key))
            return bool(connection.execute(delete(PERSON).where(PERSON.c.id == key)).rowcount)


def _at(path: Sequence[str], levels: Mapping[tuple[str, str], str], top: str) -> str:
    """The unit at the end of these names, each below the one before it; empty if there is none."""
    key = top
    for name in path:
        key = levels.get((key, same(name)), "")
        if not key:
            return ""
    return key


def _made(path: Sequence[str], levels: dict[tuple[str, str], str], top: str) -> tuple[str, list[dict[str, str]]]:
    """The same, with the rows of those that had to be made."""
    key, made = top, []
    for name in path:
        above, place = key, (key, same(name))
        if place not in levels:
            levels[place] = secrets.token_urlsafe(12)
            made.append({"id": levels[place], "organisation": DEFAULT_ORGANISATION, "name": name, "above": above})
        key = levels[place]
    return key, made


def _below(units: Sequence[Row[Any]], top: str) -> set[str]:
    """A unit and all that belong to it, however far below."""
    found, more = {top}, True
    while more:
        new = {row.id for row in units if row.above in found} - found
        found, more = found | new, bool(new)
    return found


def _person(row: Row[Any]) -> Person:
    return Person(row.name, row.office, row.unit, row.email, row.phone, row.login, row.id, row.retired)


def _people(connection: Connection) -> Sequence[Row[Any]]:
    return connection.execute(select(PERSON).where(PERSON.c.organisation == DEFAULT_ORGANISATION)).all()


def _from(below: dict[str, list[Unit]], above: str, depth: int) -> Iterator[Unit]:
    for unit in below.get(above, ()):
        yield replace(unit, depth=depth)
        yield from _from(below, unit.id, depth + 1)
