"""A staff list that comes in for the directory: which column is what, who is new, what is wrong with a row."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from meetingroom.domain.people import same
from meetingroom.domain.separation import named_path
from meetingroom.export.tables import MOST_CHARACTERS, Cells, columns, heading_line

Path = tuple[str, ...]  # a unit and those above it, from above
FIELDS = ("name", "office", "unit", "email", "phone", "login")
HEADINGS: Mapping[str, tuple[str, ...]] = {
    "name": ("ho va ten", "ho ten", "ten", "name", "full name"),
    "office": ("chuc vu", "chuc danh", "office", "position", "title"),
    "unit": ("don vi", "co quan", "don vi cong tac", "phong ban", "unit", "department"),
    "email": ("email", "e-mail", "thu dien tu", "dia chi thu dien tu", "hop thu"),
    "phone": ("dien thoai", "so dien thoai", "di dong", "phone", "mobile", "telephone"),
    "login": ("tai khoan", "ten dang nhap", "account", "login", "username"),
}
ADDRESS = re.compile(r"[^@\s,;<>]+@[^@\s,;<>]+\.[^@\s,;<>]+")


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the file (1-based); `error` names a sentence, empty if the row is good."""

    line: int
    fields: Mapping[str, str]
    error: str


def guessed(cells: Cells) -> dict[str, int]:
    """Columns by their headings; without any, in the order of FIELDS."""
    return columns(cells, HEADINGS)


def rows(cells: Cells, chosen: Mapping[str, int], known: Iterable[tuple[str, str, str, str]]) -> list[Row]:
    """Every line as the person it would be. `known`: name, unit (with those above it), e-mail and sign-in name of those who
    are in the directory."""
    people, emails, logins = dict[str, list[Path]](), set(), set()
    for name, unit, email, login in known:
        people.setdefault(same(name), []).append(_path(unit))
        emails.add(same(email))
        logins.add(same(login))
    first = heading_line(cells, HEADINGS) + 1
    found = []
    for line, row in enumerate(cells[first:], start=1 + first):
        places = ((field, chosen.get(field, -1)) for field in FIELDS)
        read = {field: row[column] if 0 <= column < len(row) else "" for field, column in places}
        path, namesakes = _path(read["unit"]), people.setdefault(same(read["name"]), [])
        email, login = same(read["email"]), same(read["login"])
        again = any(_may_be_same(path, each) for each in namesakes)
        again = again or bool(email and email in emails) or bool(login and login in logins)
        error = _error(read) or ("known" if again else "")
        if not error:
            namesakes.append(path)
            emails.add(email)
            logins.add(login)
        found.append(Row(line, read, error))
    return found


def _path(unit: str) -> Path:
    return tuple(same(name) for name in named_path(unit))


def _may_be_same(one: Path, other: Path) -> bool:
    """As far as both say where they are: nearly every department has a “Văn phòng”, and many people the same name."""
    least = min(len(one), len(other))
    return one[-least:] == other[-least:] if least else one == other


def _error(read: Mapping[str, str]) -> str:
    if any(text.startswith("=") for text in read.values()):
        return "formula"
    if any(len(text) > MOST_CHARACTERS for text in read.values()):
        return "long"
    return lacking(read)


def lacking(read: Mapping[str, str]) -> str:
    """Which field is missing or wrong, if any: a name is needed, an e-mail address must be one."""
    if not read["name"]:
        return "name"
    return "email" if read["email"] and not ADDRESS.fullmatch(read["email"]) else ""
