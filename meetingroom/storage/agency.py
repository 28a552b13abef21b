"""What the agency says of itself: its names, its emblem, and its wordings, over the settings of the installation."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import delete, insert, select

from meetingroom.storage.engine import DEFAULT_ORGANISATION, Database
from meetingroom.storage.tables import AGENCY


class Agency:
    """All calls block."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def read(self) -> dict[str, str]:
        wanted = select(AGENCY.c.name, AGENCY.c.value).where(AGENCY.c.organisation == DEFAULT_ORGANISATION)
        with self._database.engine.connect() as connection:
            return {row.name: row.value for row in connection.execute(wanted)}

    def write(self, values: Mapping[str, str | None]) -> None:
        """These, and no others, are as they are given; None: as settings and words have it."""
        mine = AGENCY.c.organisation == DEFAULT_ORGANISATION
        rows = [
            {"organisation": DEFAULT_ORGANISATION, "name": name, "value": value}
            for name, value in values.items()
            if value is not None
        ]
        with self._database.transaction() as connection:
            connection.execute(delete(AGENCY).where(mine, AGENCY.c.name.in_(list(values))))
            if rows:
                connection.execute(insert(AGENCY), rows)
