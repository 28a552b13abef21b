"""The bell: what one server process has recorded wakes the others.

It is rung in the transaction itself, so that it is heard once that is durable and never for what was not. PostgreSQL
carries it; a server with SQLite is the only one on its file and needs none. What is fleeting goes by the same bell on a line
of its own.
"""

from __future__ import annotations

import contextlib
import json
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import Connection, func, select

from meetingroom.storage.engine import Database
from meetingroom.storage.notices import Parts, parts

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
class Told:
    """The devices of these participants of a meeting are told something fleeting."""

    meeting: str
    people: tuple[str, ...]
    name: str
    payload: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Passed:
    """Something fleeting of a meeting that the process `origin` had shown at this version."""

    origin: str
    meeting: str
    version: int
    name: str
    payload: dict[str, Any]


Heard = Recorded | SessionChanged | Told | Passed
Say = Callable[[Sequence[Passed]], Awaitable[None]]
Ring = Opened | Heard
_KINDS: dict[str, type[Heard]] = {"recorded": Recorded, "session": SessionChanged, "told": Told, "passed": Passed}


def ring(connection: Connection, rung: Heard) -> None:
    """For the other processes, when this transaction is durable."""
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.pg_notify(CHANNEL, _said(rung))))


def _said(rung: Heard) -> str:
    kind = next(kind for kind, known in _KINDS.items() if isinstance(rung, known))
    return json.dumps([HERE, kind, asdict(rung)], ensure_ascii=False)


def _read(said: str, begun: Parts) -> Iterator[Ring]:
    """A process of another version may say what this one does not know: a look at the journal finds what matters."""
    with contextlib.suppress(ValueError, KeyError, TypeError):
        origin, kind, fields = json.loads(said)
        if origin == HERE:
            return
        if kind == "part":
            whole = begun.whole(origin, **fields)
            if whole is None:
                return
            _, kind, fields = json.loads(whole)
        yield _KINDS[kind](**fields)


class Bell:
    """Hears the other processes on a connection of its own, and says on another what is fleeting."""

    def __init__(self, database: Database) -> None:
        self._database, self._url = database, database.engine.url
        self.is_needed = database.engine.dialect.name == "postgresql"

    def tell(self, rung: Told) -> None:
        """For what is not written in a transaction of its own. Blocks."""
        with self._database.transaction() as connection:
            ring(connection, rung)

    async def rings(self) -> AsyncIterator[Ring]:
        """First Opened, then all that rings, until cancelled. Raises Lost."""
        import psycopg  # an extra: who has SQLite has it not

        begun = Parts()
        try:
            async with await psycopg.AsyncConnection.connect(self._address(), autocommit=True) as line:
                await line.execute(f"LISTEN {CHANNEL}")
                yield Opened()
                while True:
                    async for notice in line.notifies(timeout=QUIET):
                        for each in _read(notice.payload, begun):
                            yield each
                    await line.execute("SELECT 1")
        except psycopg.Error as error:
            raise Lost(str(error)) from error

    @contextlib.asynccontextmanager
    async def voice(self) -> AsyncIterator[Say]:
        """A line to say what is fleeting on; nothing of it waits for a disk. Raises Lost, when opened and at every word."""
        import psycopg

        try:
            async with await psycopg.AsyncConnection.connect(self._address(), autocommit=True) as line:
                await line.execute("SET synchronous_commit = off")

                async def say(all_passed: Sequence[Passed]) -> None:
                    notices = [part for passed in all_passed for part in parts(HERE, _said(passed))]
                    await line.execute("SELECT pg_notify(%s, said) FROM unnest(%s::text[]) AS said", (CHANNEL, notices))

                yield say
        except psycopg.Error as error:
            raise Lost(str(error)) from error

    def _address(self) -> str:
        return self._url.set(drivername="postgresql").render_as_string(hide_password=False)
