"""Lists of meetings: which there are, and who with an account takes part in which. The journals remain the truth."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, delete, insert, select

from meetingroom.domain.messages import Role
from meetingroom.domain.people import People
from meetingroom.storage.engine import Database
from meetingroom.storage.journal import Write
from meetingroom.storage.tables import MEETING, PARTICIPATION


@dataclass(frozen=True, slots=True)
class Listed:
    """A meeting in the list of an account, and who they are in it."""

    id: str
    title: str
    room: str
    phase: str
    starts: int
    participant: str
    role: Role


class Meetings:
    """All calls block."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def of(self, login: str) -> list[Listed]:
        """The meetings this account takes part in, the latest first."""
        wanted = (
            select(MEETING, PARTICIPATION.c.participant, PARTICIPATION.c.role)
            .join(PARTICIPATION, PARTICIPATION.c.meeting == MEETING.c.id)
            .where(PARTICIPATION.c.login == login)
            .order_by(MEETING.c.starts.desc())
        )
        with self._database.engine.connect() as connection:
            rows = connection.execute(wanted).all()
        return [Listed(r.id, r.title, r.room, r.phase, r.starts, r.participant, Role(r.role)) for r in rows]

    def titles(self, keys: Sequence[str]) -> list[str]:
        """The titles of these meetings."""
        wanted = select(MEETING.c.title).where(MEETING.c.id.in_(keys)).order_by(MEETING.c.starts.desc())
        with self._database.engine.connect() as connection:
            return [str(title) for title in connection.scalars(wanted)]

    def called(self, keys: Collection[str]) -> dict[str, str]:
        """Id → title of these meetings."""
        wanted = select(MEETING.c.id, MEETING.c.title).where(MEETING.c.id.in_(keys))
        with self._database.engine.connect() as connection:
            return {row.id: row.title for row in connection.execute(wanted)}

    def phases(self) -> dict[str, str]:
        """The phase of every meeting, for the work a starting server has left to do."""
        with self._database.engine.connect() as connection:
            return {row.id: row.phase for row in connection.execute(select(MEETING.c.id, MEETING.c.phase))}


def taking_part(meeting: str, people: People) -> Write:
    """Who takes part now, to be written with the events that say so."""
    rows = [
        {"meeting": meeting, "login": person.account, "participant": person.id, "role": person.role.value}
        for person in people.values()
        if person.account
    ]

    def write(connection: Connection) -> None:
        connection.execute(delete(PARTICIPATION).where(PARTICIPATION.c.meeting == meeting))
        if rows:
            connection.execute(insert(PARTICIPATION), rows)

    return write
