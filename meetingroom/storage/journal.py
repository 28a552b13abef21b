"""The journal: every event of every meeting, in order, written once.

Rows are chained: hash = SHA-256(previous hash ‖ version ‖ at ‖ actor ‖ command ‖ name ‖ SHA-256(salt ‖ body)), so that a
changed, removed or inserted row is found by `verify`. Nothing is ever erased from it but a whole meeting, past the years it is
kept (`erasures.py`): a meeting is made of all its events.
The salt lets the chain be published with digests in place of bodies, which then cannot be guessed.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from meetingroom.storage.bell import Recorded, ring
from meetingroom.storage.engine import DEFAULT_ORGANISATION, Database
from meetingroom.storage.many import insert_many
from meetingroom.storage.tables import ENTRY, MEETING, ORGANISATION

FOREIGN = "foreign"  # the organisation of what was adopted from other servers
GENESIS = bytes(32)
CANONICAL = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))
INSERT = insert(ENTRY)  # made once: it is compiled once then, and a page turn waits for it

Write = Callable[[Connection], None]  # done in the transaction of an append


@dataclass(frozen=True, slots=True)
class Entry:
    """An event as it is kept. `at` in UTC milliseconds; `command` is the id the device gave, at its first event only."""

    stream: str
    version: int
    at: int
    actor: str
    command: str | None
    name: str
    body: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Summary:
    """What lists of meetings show; kept beside the journal in the same transaction."""

    meeting: str
    title: str
    starts: int
    phase: str
    room: str
    ends: int = 0
    kind: str = ""
    unit: str = ""


class Conflict(Exception):
    """This version is taken, or this command was recorded before: read what is new and decide again."""


class Journal:
    """All calls block; they belong on the recording thread."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._heads: dict[str, tuple[int, bytes]] = {}  # stream → last version written here, and its hash

    def read(self, stream: str, after: int = 0) -> list[Entry]:
        """The entries of a stream after a version, in order."""
        wanted = select(ENTRY).where(ENTRY.c.stream == stream, ENTRY.c.version > after).order_by(ENTRY.c.version)
        with self._database.engine.connect() as connection:
            rows = connection.execute(wanted).all()
        return [Entry(r.stream, r.version, r.at, r.actor, r.command, r.name, json.loads(r.body)) for r in rows]

    def versions(self, streams: Sequence[str]) -> dict[str, int]:
        """The last version of each of these streams."""
        wanted = select(ENTRY.c.stream, func.max(ENTRY.c.version)).where(ENTRY.c.stream.in_(streams))
        with self._database.engine.connect() as connection:
            rows = connection.execute(wanted.group_by(ENTRY.c.stream)).all()
        return {stream: version for stream, version in rows}

    def heads(self) -> dict[str, int]:
        """The last version of every meeting there is."""
        last = select(func.max(ENTRY.c.version)).where(ENTRY.c.stream == MEETING.c.id).scalar_subquery()
        with self._database.engine.connect() as connection:
            return {row.id: row.last or 0 for row in connection.execute(select(MEETING.c.id, last.label("last")))}

    def streams(self) -> list[str]:
        """Of all meetings, and the audit log."""
        with self._database.engine.connect() as connection:
            return sorted(connection.scalars(select(ENTRY.c.stream).distinct()))

    def rows(self, stream: str) -> list[dict[str, Any]]:
        """The whole stream as it is kept, with salts and hashes in hex, so that the chain can be checked elsewhere."""
        return [_told(row) | {"body": json.loads(row.body)} for row in self._all(stream)]

    def append(self, entries: Sequence[Entry], summary: Summary | None, also: Sequence[Write] = ()) -> None:
        """All entries, the summary of a meeting and what else belongs to them in one transaction, durable when this returns.

        Raises Conflict.
        """
        stream = entries[0].stream
        try:
            with self._database.transaction() as connection:
                head = self._head(connection, stream, entries[0].version - 1)
                rows, last = _chained(entries, head)
                insert_many(connection, INSERT, rows)
                if summary:
                    _keep(connection, summary)
                for write in also:
                    write(connection)
                ring(connection, Recorded(stream, entries[-1].version))
        except IntegrityError as error:
            self._heads.pop(stream, None)
            raise Conflict(stream) from error
        self._heads[stream] = (entries[-1].version, last)

    def adopt(self, rows: Sequence[dict[str, Any]], summary: Summary) -> None:
        """The whole stream of a meeting of another server as `rows` told it there, with its salts and hashes.

        It belongs to nobody's organisation here: accounts are other people's there, whatever they are called. Raises Conflict.
        """
        kept = [
            {
                **{name: row[name] for name in ("version", "at", "actor", "command", "name")},
                "stream": summary.meeting,
                "body": canonical(row["body"]),
                "salt": bytes.fromhex(row["salt"]),
                "hash": bytes.fromhex(row["hash"]),
            }
            for row in rows
        ]
        try:
            with self._database.transaction() as connection:
                connection.execute(INSERT, kept)
                if connection.scalar(select(ORGANISATION.c.id).where(ORGANISATION.c.id == FOREIGN)) is None:
                    connection.execute(insert(ORGANISATION).values(id=FOREIGN, name=FOREIGN))
                connection.execute(insert(MEETING).values(id=summary.meeting, organisation=FOREIGN, **_listed(summary)))
        except IntegrityError as error:
            raise Conflict(summary.meeting) from error

    def forget(self, stream: str) -> None:
        """A stream that was erased is not written to from memory of it."""
        self._heads.pop(stream, None)

    def head(self, stream: str) -> tuple[int, str]:
        """The last version of a stream and its hash in hex."""
        last = select(ENTRY.c.version, ENTRY.c.hash).where(ENTRY.c.stream == stream).order_by(ENTRY.c.version.desc())
        with self._database.engine.connect() as connection:
            row = connection.execute(last.limit(1)).first()
        return (row.version, bytes(row.hash).hex()) if row else (0, "")

    def is_foreign(self, meeting: str) -> bool:
        """Whether it was adopted."""
        wanted = select(MEETING.c.organisation).where(MEETING.c.id == meeting)
        with self._database.engine.connect() as connection:
            return connection.scalar(wanted) == FOREIGN

    def _head(self, connection: Connection, stream: str, version: int) -> bytes:
        """The hash the next entry is chained to."""
        known = self._heads.get(stream)
        if known and known[0] == version:
            return known[1]
        if version == 0:
            return GENESIS
        found = connection.scalar(select(ENTRY.c.hash).where(ENTRY.c.stream == stream, ENTRY.c.version == version))
        if found is None:
            raise Conflict(stream)
        return bytes(found)

    def published(self, stream: str) -> list[dict[str, Any]]:
        """The rows with salts, bodies as text with their digests, and hashes, so that anybody can follow the chain."""
        return [_told(row) | {"digest": _digest(bytes(row.salt), row.body)} for row in self._all(stream)]

    def _all(self, stream: str) -> Sequence[Row[Any]]:
        with self._database.engine.connect() as connection:
            return connection.execute(select(ENTRY).where(ENTRY.c.stream == stream).order_by(ENTRY.c.version)).all()

    def verify(self, stream: str) -> int | None:
        """The first version whose row does not fit the chain; None if all do."""
        head = GENESIS
        for expected, row in enumerate(self._all(stream), start=1):
            head = _hash(head, row.version, row.at, row.actor, row.command, row.name, row.salt, row.body)
            if row.version != expected or bytes(row.hash) != head:
                return expected
        return None


def canonical(body: dict[str, Any]) -> str:
    """One text for one body: sorted keys, no spaces, UTF-8 kept."""
    return CANONICAL.encode(body)


def _told(row: Row[Any]) -> dict[str, Any]:
    return {
        "version": row.version,
        "at": row.at,
        "actor": row.actor,
        "command": row.command,
        "name": row.name,
        "body": row.body,
        "salt": bytes(row.salt).hex(),
        "hash": bytes(row.hash).hex(),
    }


def _digest(salt: bytes, body: str) -> str:
    return hashlib.sha256(salt + body.encode()).hexdigest()


def _chained(entries: Sequence[Entry], head: bytes) -> tuple[list[dict[str, Any]], bytes]:
    rows = []
    for entry in entries:
        salt, body = secrets.token_bytes(16), canonical(entry.body)
        head = _hash(head, entry.version, entry.at, entry.actor, entry.command, entry.name, salt, body)
        rows.append(
            {
                "stream": entry.stream,
                "version": entry.version,
                "at": entry.at,
                "actor": entry.actor,
                "command": entry.command,
                "name": entry.name,
                "body": body,
                "salt": salt,
                "hash": head,
            }
        )
    return rows, head


def _hash(
    head: bytes, version: int, at: int, actor: str, command: str | None, name: str, salt: bytes, body: str
) -> bytes:
    digest = _digest(bytes(salt), body)
    line = canonical({"version": version, "at": at, "actor": actor, "command": command, "name": name, "digest": digest})
    return hashlib.sha256(head + line.encode()).digest()


def _listed(summary: Summary) -> dict[str, Any]:
    """The columns of a meeting in lists."""
    names = ("title", "starts", "phase", "room", "ends", "kind", "unit")
    return {name: getattr(summary, name) for name in names}


def _keep(connection: Connection, summary: Summary) -> None:
    shown = _listed(summary)
    changed = connection.execute(update(MEETING).where(MEETING.c.id == summary.meeting).values(**shown))
    if not changed.rowcount:
        connection.execute(insert(MEETING).values(id=summary.meeting, organisation=DEFAULT_ORGANISATION, **shown))
