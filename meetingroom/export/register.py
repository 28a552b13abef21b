"""A register of rights that comes in: how many votes each member has, and who holds whose proxy. Nothing is saved here."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from meetingroom.domain.people import Participant
from meetingroom.domain.rights import MAY_HOLD, MOST_VOTES, Rights
from meetingroom.export.tables import Cells, folded

FIELDS = ("member", "votes", "holder", "note")
HEADINGS: Mapping[str, tuple[str, ...]] = {
    "member": ("thanh vien", "co dong", "ho va ten", "ho ten", "ten", "chuc vu", "member", "shareholder", "name"),
    "votes": ("so phieu", "phieu bieu quyet", "so phieu bieu quyet", "so co phan", "co phan", "votes", "shares"),
    "holder": ("nguoi duoc uy quyen", "uy quyen cho", "uy quyen", "nguoi dai dien", "proxy", "holder"),
    "note": ("giay uy quyen", "so giay uy quyen", "can cu", "ghi chu", "paper", "note"),
}
GROUPED = re.compile(r"[0-9]+|[0-9]{1,3}(?:[.,\u00a0 ][0-9]{3})+")


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the file; `error` names a sentence, empty if the row is good. No votes: as many as before."""

    line: int
    member: str
    votes: str
    holder: str
    note: str
    error: str
    entry: tuple[str, int, str, str] = ("", 0, "", "")


def rows(cells: Cells, people: Iterable[Participant], rights: Rights) -> list[Row]:
    """Every line with what is wrong with it. People are found by their name, or by their office."""
    heads = [folded(cell) for cell in cells[0]]
    found = {field: next((heads.index(word) for word in HEADINGS[field] if word in heads), -1) for field in FIELDS}
    headed = found["member"] != -1
    columns = found if headed else {field: index for index, field in enumerate(FIELDS)}
    known = list(people)
    read = [_row(line, row, columns, known) for line, row in enumerate(cells[int(headed) :], start=1 + headed)]
    return _together(read, rights)


def _row(line: int, row: Sequence[str], columns: Mapping[str, int], people: Sequence[Participant]) -> Row:
    member, votes, holder, note = (
        row[columns[field]].strip() if 0 <= columns[field] < len(row) else "" for field in FIELDS
    )
    made = Row(line, member, votes, holder, note, "")
    whom = [person for person in people if person.member and _is(person, member)]
    given = [person for person in people if person.role in MAY_HOLD and _is(person, holder)] if holder else []
    if len(whom) != 1:
        return replace(made, error="several" if whom else "unknown")
    if holder and len(given) != 1:
        return replace(made, error="several_holders" if given else "unknown_holder")
    weight = _number(votes)
    if weight is None or not (0 <= weight <= MOST_VOTES) or (not weight and (votes or not holder)):
        return replace(made, error="votes")
    return replace(made, entry=(whom[0].id, weight, given[0].id if given else "", note))


def _together(read: list[Row], rights: Rights) -> list[Row]:
    """Nobody twice, and no chains: neither among the lines nor with proxies that were given before."""
    gives = {m: proxy.holder for m, proxy in rights.proxies.items()}
    gives |= {row.entry[0]: row.entry[2] for row in read if row.entry[2]}
    holds, seen, checked = set(gives.values()), set[str](), []
    for row in read:
        member, _, holder, _ = row.entry
        error = row.error
        if not error and member in seen:
            error = "twice"
        elif not error and holder and (holder == member or holder in gives or member in holds):
            error = "chain"
        seen.add(member)
        checked.append(replace(row, error=error))
    return checked


def _is(person: Participant, text: str) -> bool:
    return bool(text) and folded(text) in (folded(person.name), folded(person.office))


def _number(text: str) -> int | None:
    """1.500.000, 1,500,000 and 1 500 000 are the same; half a vote is none."""
    if not text:
        return 0
    return int(re.sub(r"\D", "", text)) if GROUPED.fullmatch(text) and len(text) < 30 else None
