"""Erasures: closed meetings past the years they are kept, and what remains of those that are gone.

Everything that names a meeting goes in the one transaction that writes its stone and the line of the audit log: it is all there
or all gone, whenever the server dies. The files go after that, and again at every start until none is left.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Table, delete, insert, select, update

from meetingroom.storage.audit import Audit, Kind
from meetingroom.storage.engine import Database
from meetingroom.storage.tables import (
    AGENCY,
    CONTACT,
    DELIVERY,
    DISPATCH,
    ENTRY,
    ENVELOPE,
    ERASURE,
    ERRAND,
    GRANT,
    INVITATION,
    MARK,
    MEETING,
    MESSAGE,
    PARTICIPATION,
    TASK,
)

FILE = re.compile(r'"file":"([0-9a-f]{64})"')  # how an event names a file: bodies are written without spaces
NAMING = '%"file":"%'
# Documents exchanged with other agencies are not among them: their register is kept by other rules.
OF_A_MEETING: Mapping[Table, ColumnElement[Any]] = {
    ENTRY: ENTRY.c.stream,
    **{
        table: table.c.meeting
        for table in (
            PARTICIPATION, ENVELOPE, GRANT, INVITATION, CONTACT, MARK, ERRAND, MESSAGE, TASK, DELIVERY,
        )
    },
    MEETING: MEETING.c.id,
}  # fmt: skip


class Changed(Exception):
    """It is not as whoever erases it has seen it; nothing was erased."""


@dataclass(frozen=True, slots=True)
class Erasure:
    """See `tables.ErasureRow`."""

    meeting: str
    title: str
    kind: str
    starts: int
    decision: str
    regardless: bool
    due: int
    announced_at: int
    announced_by: str
    logins: tuple[str, ...] = ()
    version: int = 0
    archive: str = ""
    checked_at: int = 0
    checked_by: str = ""
    erased_at: int = 0
    erased_by: str = ""
    left: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Extent:
    """What goes with a meeting: files, and marks of so many people."""

    files: int
    marks: int
    markers: int
    open_tasks: int


class Erasures:
    """All calls block."""

    def __init__(self, database: Database, audit: Audit) -> None:
        self._database, self._audit = database, audit

    def all(self) -> list[Erasure]:
        """The last first."""
        with self._database.engine.connect() as connection:
            rows = connection.execute(select(ERASURE).order_by(ERASURE.c.announced_at.desc(), ERASURE.c.meeting)).all()
        return [_read(row) for row in rows]

    def find(self, meeting: str) -> Erasure | None:
        with self._database.engine.connect() as connection:
            row = connection.execute(select(ERASURE).where(ERASURE.c.meeting == meeting)).first()
        return _read(row) if row else None

    def announced(self, meetings: Collection[str]) -> dict[str, int]:
        """Those of these meetings that are to be erased, and from when."""
        wanted = select(ERASURE.c.meeting, ERASURE.c.due).where(ERASURE.c.erased_at == 0)
        with self._database.engine.connect() as connection:
            return {row.meeting: row.due for row in connection.execute(wanted) if row.meeting in meetings}

    def extent(self, meeting: str) -> Extent:
        with self._database.engine.connect() as connection:
            marks = list(
                connection.scalars(select(MARK.c.participant).where(MARK.c.meeting == meeting, ~MARK.c.deleted))
            )
            tasks = list(connection.scalars(select(TASK.c.id).where(TASK.c.meeting == meeting, ~TASK.c.done)))
            return Extent(len(_files(connection, meeting)), len(marks), len(set(marks)), len(tasks))

    def announce(self, erasure: Erasure) -> None:
        """From now on its people are told. What was announced before is announced anew."""
        row = {name: getattr(erasure, name) for name in Erasure.__slots__}
        row |= {"logins": json.dumps(erasure.logins), "left": ""}

        def write(connection: Connection) -> None:
            if connection.scalar(select(ERASURE.c.erased_at).where(ERASURE.c.meeting == erasure.meeting)):
                raise Changed
            connection.execute(delete(ERASURE).where(ERASURE.c.meeting == erasure.meeting))
            connection.execute(insert(ERASURE).values(**row))

        self._audit.add(
            Kind.ERASURE_ANNOUNCED,
            erasure.announced_by,
            about=erasure.title,
            meeting=erasure.meeting,
            text=erasure.decision,
            also=[write],
        )

    def withdraw(self, meeting: str, by: str) -> None:
        """It stays after all."""
        known = self.find(meeting)
        if known and not known.erased_at:

            def write(connection: Connection) -> None:
                connection.execute(delete(ERASURE).where(ERASURE.c.meeting == meeting, ERASURE.c.erased_at == 0))

            self._audit.add(Kind.ERASURE_WITHDRAWN, by, about=known.title, meeting=meeting, also=[write])

    def checked(self, meeting: str, version: int, archive: str, at: int, by: str) -> None:
        """The archive with this hash was brought from where it is kept: it is whole, ours, and of this version."""

        def write(connection: Connection) -> None:
            values = {"version": version, "archive": archive, "checked_at": at, "checked_by": by}
            mine = (ERASURE.c.meeting == meeting, ERASURE.c.erased_at == 0)
            connection.execute(update(ERASURE).where(*mine).values(**values))

        self._audit.add(Kind.ARCHIVE_CHECKED, by, about=archive, meeting=meeting, also=[write])

    def erase(self, meeting: str, at: int, by: str, here: Callable[[str], bool]) -> None:
        """The meeting, and what is left to be removed: files that are `here`. Raises Changed."""

        def write(connection: Connection) -> None:
            self._stand(connection, meeting, at)
            left = sorted(file for file in _files(connection, meeting) if here(file))
            gone = {"erased_at": at, "erased_by": by, "left": json.dumps(left)}
            connection.execute(update(ERASURE).where(ERASURE.c.meeting == meeting).values(**gone))
            _clear(connection, meeting)

        known = self.find(meeting)
        if known is None:
            raise Changed
        text = f"{known.decision} · SHA-256 {known.archive}"
        self._audit.add(Kind.MEETING_ERASED, by, about=known.title, meeting=meeting, text=text, also=[write])

    def _stand(self, connection: Connection, meeting: str, at: int) -> None:
        """What must hold, as it is in this transaction."""
        row = connection.execute(select(ERASURE).where(ERASURE.c.meeting == meeting)).first()
        last = select(ENTRY.c.version).where(ENTRY.c.stream == meeting).order_by(ENTRY.c.version.desc()).limit(1)
        phase = connection.scalar(select(MEETING.c.phase).where(MEETING.c.id == meeting))
        undone = connection.execute(select(TASK.c.id).where(TASK.c.meeting == meeting, ~TASK.c.done)).first()
        if row is None or row.erased_at or row.due > at or not row.archive or phase != "closed":
            raise Changed
        if row.version != connection.scalar(last) or (undone and not row.regardless):
            raise Changed

    def unfinished(self) -> list[Erasure]:
        """Erased meetings of which something is left to be removed."""
        wanted = select(ERASURE).where(ERASURE.c.erased_at > 0, ERASURE.c.left != "")
        with self._database.engine.connect() as connection:
            return [_read(row) for row in connection.execute(wanted).all()]

    def clear(self, meeting: str) -> None:
        """What another process wrote before it heard of it."""
        with self._database.transaction() as connection:
            if connection.scalar(select(ERASURE.c.erased_at).where(ERASURE.c.meeting == meeting)):
                _clear(connection, meeting)

    def named(self, files: Collection[str]) -> set[str]:
        """Those of these files that anything else names: another meeting, the agency, a document that was exchanged."""
        wanted, found = set(files), set[str]()
        with self._database.engine.connect() as connection:
            bodies = select(ENTRY.c.body).where(ENTRY.c.body.like(NAMING))
            for body in connection.execute(bodies).yield_per(1000).scalars():
                found |= wanted.intersection(FILE.findall(body))
            found |= wanted.intersection(connection.scalars(select(DISPATCH.c.file)))
            found |= wanted.intersection(connection.scalars(select(AGENCY.c.value)))
        return found

    def swept(self, meeting: str, left: Collection[str], settled: bool) -> None:
        """These files are still to be removed. None, and nobody can have written meanwhile (`settled`): all is done."""
        text = "" if settled and not left else json.dumps(sorted(left))
        with self._database.transaction() as connection:
            connection.execute(update(ERASURE).where(ERASURE.c.meeting == meeting).values(left=text))
        self._wipe()

    def _wipe(self) -> None:
        """SQLite overwrites deleted rows in its file (secure_delete), but not those in its write-ahead log."""
        engine = self._database.engine
        statements = ["PRAGMA wal_checkpoint(TRUNCATE)"]
        if engine.dialect.name == "postgresql":
            statements = [f"VACUUM {table.name}" for table in OF_A_MEETING]
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            for statement in statements:
                connection.exec_driver_sql(statement)


def _files(connection: Connection, meeting: str) -> set[str]:
    bodies = select(ENTRY.c.body).where(ENTRY.c.stream == meeting, ENTRY.c.body.like(NAMING))
    return {file for body in connection.scalars(bodies) for file in FILE.findall(body)}


def _clear(connection: Connection, meeting: str) -> None:
    for table, column in OF_A_MEETING.items():
        connection.execute(delete(table).where(column == meeting))


def _read(row: Row[Any]) -> Erasure:
    told = {name: getattr(row, name) for name in Erasure.__slots__}
    return Erasure(**told | {"logins": tuple(json.loads(row.logins)), "left": tuple(json.loads(row.left or "[]"))})
