"""Rules of decision kept here: an administrator's own, and those the program comes with as changed here.

A vote that was prepared carries its rule with it; changing a preset changes no vote.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass

from sqlalchemy import ColumnElement, and_, delete, insert, select, update

from meetingroom.domain.messages import read
from meetingroom.domain.refusals import Refused
from meetingroom.domain.voting.rule import RULES, Rule
from meetingroom.storage.engine import DEFAULT_ORGANISATION, Database
from meetingroom.storage.tables import PRESET


@dataclass(frozen=True, slots=True)
class Preset:
    """`title` is what it is called where a vote is prepared; empty: as the catalogue calls it. `own`: written here."""

    rule: Rule
    title: str = ""
    offered: bool = True
    own: bool = False


class Presets:
    """All calls block."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def all(self) -> list[Preset]:
        """Those of the program in their order, as changed here, then one's own by title."""
        kept = {preset.rule.name: preset for preset in self._kept()}
        shipped = [kept.pop(name, Preset(rule)) for name, rule in RULES.items()]
        return [*shipped, *sorted(kept.values(), key=lambda preset: preset.title)]

    def keep(self, preset: Preset) -> None:
        row = {"title": preset.title, "offered": preset.offered, "body": json.dumps(asdict(preset.rule))}
        with self._database.transaction() as connection:
            changed = connection.execute(update(PRESET).where(_called(preset.rule.name)).values(**row))
            if not changed.rowcount:
                key = {"organisation": DEFAULT_ORGANISATION, "name": preset.rule.name}
                connection.execute(insert(PRESET).values(**key, **row))

    def remove(self, name: str) -> None:
        """One of the program is again as it came."""
        with self._database.transaction() as connection:
            connection.execute(delete(PRESET).where(_called(name)))

    def _kept(self) -> Iterator[Preset]:
        with self._database.engine.connect() as connection:
            rows = connection.execute(select(PRESET).where(PRESET.c.organisation == DEFAULT_ORGANISATION)).all()
        for row in rows:
            try:
                yield Preset(read(Rule, json.loads(row.body)), row.title, row.offered, True)
            except Refused:
                continue  # of another version of the program, which knew more of a rule


def _called(name: str) -> ColumnElement[bool]:
    return and_(PRESET.c.organisation == DEFAULT_ORGANISATION, PRESET.c.name == name)
