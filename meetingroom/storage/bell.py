"""The bell: what one server process has recorded wakes the others.

It is rung in the transaction itself, so that it is heard once that is durable and never for what was not. PostgreSQL
carries it; a server with SQLite is the only one on its file and needs none.
"""

from __future__ import annotations

import secrets
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from meetingroom.storage.engine import Database

CHANNEL = "meetingroom"
QUIET = 20.0  # seconds without a ring after which the line is tried
HERE = secrets.token_hex(8)  # this process: it need not hear itself


class Lost(Exception):
    """The line to the database is gone; what rings meanwhile is not heard."""


@dataclass(frozen=True, slots=True)
class Opened:
    """The line is new: whatever happened before may have been missed."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """This meeting's journal has come to a version."""

    meeting: str
    version: int


@dataclass(frozen=True, slots=True)
class SessionChanged:
    """Somebody signed out, or acts as somebody else."""

    session: str


@dataclass(frozen=True, slots=True)
class Marked:
    """This participant has changed their own marks."""

    meeting: str
    participant: str
    version: int


Ring = Opened | Recorded | SessionChanged | Marked


def ring(connection: Connection, rung: Recorded | SessionChanged | Marked) -> None:
    """For the other processes, when this transaction is durable."""
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.pg_notify(CHANNEL, _written(rung))))


def _written(rung: Recorded | SessionChanged | Marked) -> str:
    match rung:
        case Recorded(meeting, version):
            return f"{HERE} recorded {meeting} {version}"
        case SessionChanged(session):
            return f"{HERE} session {session}"
        case Marked(meeting, participant, version):
            return f"{HERE} marked {meeting} {participant} {version}"


def _read(payload: str) -> Iterator[Ring]:
    match payload.split(" "):
        case [origin, *_] if origin == HERE:
            return
        case [_, "recorded", meeting, version]:
            yield Recorded(meeting, int(version))
        case [_, "session", session]:
            yield SessionChanged(session)
        case [_, "marked", meeting, participant, version]:
            yield Marked(meeting, participant, int(version))


class Bell:
    """Hears the other processes on a connection of its own."""

    def __init__(self, database: Database) -> None:
        self._url = database.engine.url
        self.is_needed = database.engine.dialect.name == "postgresql"

    async def rings(self) -> AsyncIterator[Ring]:
        """First Opened, then all that rings, until cancelled. Raises Lost."""
        import psycopg  # an extra: who has SQLite has it not

        address = self._url.set(drivername="postgresql").render_as_string(hide_password=False)
        try:
            async with await psycopg.AsyncConnection.connect(address, autocommit=True) as line:
                await line.execute(f"LISTEN {CHANNEL}")
                yield Opened()
                while True:
                    async for notice in line.notifies(timeout=QUIET):
                        for each in _read(notice.payload):
                            yield each
                    await line.execute("SELECT 1")
        except psycopg.Error as error:
            raise Lost(str(error)) from error
