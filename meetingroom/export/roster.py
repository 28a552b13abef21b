"""A roster that comes in: which column is what, who is new, and what is wrong with a row. Nothing is saved here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from meetingroom.domain.messages import Role
from meetingroom.domain.people import Entry, Participant
from meetingroom.export.tables import MOST_CHARACTERS, Cells, columns, folded, heading_line

FIELDS = ("name", "office", "unit", "vote", "seat")
HEADINGS: Mapping[str, tuple[str, ...]] = {
    "name": ("ho va ten", "ho ten", "ten", "name", "full name"),
    "office": ("chuc vu", "chuc danh", "office", "position", "title"),
    "unit": ("don vi", "co quan", "don vi cong tac", "unit", "organisation", "organization"),
    "vote": ("bieu quyet", "quyen bieu quyet", "thanh vien", "tu cach", "vote", "member"),
    "seat": ("ghe", "cho ngoi", "so ghe", "seat"),
}
VOTES = frozenset({"x", "co", "1", "yes", "thanh vien", "uy vien", "bieu quyet", "member"})
GUESTS = ("khach", "guest")

Columns = Mapping[str, int]  # field → its column, -1: none


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the file (1-based, as a table program counts); `error` names a sentence, empty if the row is good."""

    line: int
    name: str
    office: str
    unit: str
    seat: str
    role: Role
    member: bool
    error: str

    @property
    def entry(self) -> Entry:
        """As people.import takes it."""
        return (self.office, self.unit, self.name, self.role, self.member, self.seat, "")


def guessed(cells: Cells) -> dict[str, int]:
    """Columns by their headings; without any, name, office, unit, vote, seat in this order."""
    return columns(cells, HEADINGS)


def rows(cells: Cells, chosen: Columns, people: Iterable[Participant]) -> list[Row]:
    """Every line as the person it would be, with what is wrong with it. People already on the list are duplicates."""
    known = {_key(person.name, person.office, person.unit) for person in people}
    seats = {person.seat for person in people if person.seat}
    found = []
    first = heading_line(cells, HEADINGS) + 1
    for line, row in enumerate(cells[first:], start=1 + first):
        read = {field: _at(row, chosen.get(field, -1)) for field in FIELDS}
        vote = folded(read["vote"])
        guest = vote.startswith(GUESTS)
        key = _key(read["name"], read["office"], read["unit"])
        error = _error(read, key in known, read["seat"] in seats)
        if not error:
            known.add(key)
            seats |= {read["seat"]} - {""}
        role = Role.GUEST if guest else Role.DELEGATE
        member = not guest and vote in VOTES
        found.append(Row(line, read["name"], read["office"], read["unit"], read["seat"], role, member, error))
    return found


def _at(row: Sequence[str], column: int) -> str:
    return row[column] if 0 <= column < len(row) else ""


def _key(name: str, office: str, unit: str) -> tuple[str, str]:
    """The same person however written: by name and unit, or by office and unit where people are invited by office."""
    return (folded(name) or folded(office), folded(unit))


def _error(read: Mapping[str, str], known: bool, taken: bool) -> str:
    if any(text.startswith("=") for text in read.values()):
        return "formula"
    if any(len(text) > MOST_CHARACTERS for text in read.values()):
        return "long"
    if not read["name"] and not read["office"]:
        return "office"
    if known:
        return "known"
    return "seat" if read["seat"] and taken else ""
