"""Marks: a row per mark of a participant. Read by their owner only; nothing here is in the journal or in any view."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from sqlalchemy import ColumnElement, Connection, Row, and_, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from meetingroom.domain.marks import Kind, Mark
from meetingroom.storage.bell import Told, ring
from meetingroom.storage.engine import Database
from meetingroom.storage.tables import MARK

MOST = 10_000  # marks of one participant of one meeting, deleted ones included
MOST_CHARACTERS = 16 * 2**20  # of all of them together
ANSWER = 400  # marks read at a time
ATTEMPTS = 5  # where another server process writes for the same person at the same moment

T = TypeVar("T")


class TooMany(Exception):
    """This participant has as many marks as are kept."""


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose marks: one participant of one meeting."""

    meeting: str
    participant: str


@dataclass(frozen=True, slots=True)
class Kept:
    """A mark as it is kept. `version` counts all changes to the marks of its owner."""

    mark: Mark
    version: int


class Marks:
    """All calls block."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def write(self, owner: Owner, marks: Sequence[Mark], now: int) -> list[Kept]:
        """Keeps the later change of each mark, and tells how all of them are kept now. Raises TooMany, and keeps nothing.

        A repeat changes nothing. A device whose clock is ahead is taken at the server's word, or nobody could ever
        change its marks again.
        """
        timely = [replace(mark, at=min(mark.at, now)) for mark in marks]

        def write(connection: Connection) -> list[Kept]:
            known = _known(connection, owner, [mark.id for mark in timely])
            version = _version(connection, owner)
            for mark in timely:
                before = known.get(mark.id)
                if before is None or mark.at > before.mark.at:
                    version += 1
                    known[mark.id] = _put(connection, owner, Kept(mark, version), before is None)
            count, size = _counted(connection, owner)
            if count > MOST or size > MOST_CHARACTERS:
                raise TooMany
            ring(connection, _told(owner, version))
            return list(known.values())

        return self._retried(write)

    def since(self, owner: Owner, version: int) -> list[Kept]:
        """What changed after a version, in the order of its changes; at most ANSWER of them."""
        wanted = select(MARK).where(_of(owner), MARK.c.version > version).order_by(MARK.c.version).limit(ANSWER)
        with self._database.engine.connect() as connection:
            return [_kept(row) for row in connection.execute(wanted)]

    def version(self, owner: Owner) -> int:
        """How many changes there have been; 0: no mark yet."""
        with self._database.engine.connect() as connection:
            return _version(connection, owner)

    def on_older(self, meeting: str, paper: str, revision: str, owner: Owner | None = None) -> dict[Owner, list[Kept]]:
        """The marks of a paper that lie on another revision than this, by owner; of one owner, or of all."""
        wanted = select(MARK).where(
            MARK.c.meeting == meeting, MARK.c.paper == paper, MARK.c.revision != revision, MARK.c.deleted.is_(False)
        )
        if owner:
            wanted = wanted.where(MARK.c.participant == owner.participant)
        found: dict[Owner, list[Kept]] = {}
        with self._database.engine.connect() as connection:
            for row in connection.execute(wanted.order_by(MARK.c.participant, MARK.c.version)):
                found.setdefault(Owner(row.meeting, row.participant), []).append(_kept(row))
        return found

    def of_paper(self, owner: Owner, paper: str) -> list[Mark]:
        """All marks of a paper that were not deleted."""
        wanted = select(MARK).where(_of(owner), MARK.c.paper == paper, MARK.c.deleted.is_(False))
        with self._database.engine.connect() as connection:
            return [_kept(row).mark for row in connection.execute(wanted.order_by(MARK.c.page, MARK.c.at))]

    def carry(self, owner: Owner, moves: Sequence[tuple[Kept, Mark]]) -> int:
        """Puts marks where they were carried, unless their owner changed them meanwhile; how many.

        `at` stays: carrying is nobody's change, and whatever a person did offline in the meantime still wins.
        """

        def write(connection: Connection) -> int:
            version, moved = _version(connection, owner), 0
            known = _known(connection, owner, [before.mark.id for before, _ in moves])
            for before, after in moves:
                if known.get(before.mark.id) == before:
                    version, moved = version + 1, moved + 1
                    _put(connection, owner, Kept(after, version), new=False)
            if moved:
                ring(connection, _told(owner, version))
            return moved

        return self._retried(write)

    def _retried(self, write: Callable[[Connection], T]) -> T:
        """Versions of one owner are unique: of two processes that take the same one, the second begins anew."""
        for _ in range(ATTEMPTS - 1):
            try:
                with self._database.transaction() as connection:
                    return write(connection)
            except IntegrityError:
                continue
        with self._database.transaction() as connection:
            return write(connection)


def _told(owner: Owner, version: int) -> Told:
    return Told(owner.meeting, (owner.participant,), "marks", {"version": version})


def _of(owner: Owner) -> ColumnElement[bool]:
    return and_(MARK.c.meeting == owner.meeting, MARK.c.participant == owner.participant)


def _version(connection: Connection, owner: Owner) -> int:
    return connection.scalar(select(func.max(MARK.c.version)).where(_of(owner))) or 0


def _counted(connection: Connection, owner: Owner) -> tuple[int, int]:
    """How many marks there are, and how long they are together."""
    count, size = connection.execute(select(func.count(), func.sum(func.length(MARK.c.body))).where(_of(owner))).one()
    return int(count), int(size or 0)


def _known(connection: Connection, owner: Owner, ids: Sequence[str]) -> dict[str, Kept]:
    rows = connection.execute(select(MARK).where(_of(owner), MARK.c.id.in_(ids)))
    return {row.id: _kept(row) for row in rows}


def _put(connection: Connection, owner: Owner, kept: Kept, new: bool) -> Kept:
    mark = kept.mark
    row = {
        "version": kept.version,
        "at": mark.at,
        "paper": mark.paper,
        "revision": mark.revision,
        "page": mark.page,
        "kind": mark.kind.value,
        "body": json.dumps(mark.body, ensure_ascii=False, separators=(",", ":")),
        "deleted": mark.deleted,
    }
    if new:
        connection.execute(insert(MARK).values(meeting=owner.meeting, participant=owner.participant, id=mark.id, **row))
    else:
        connection.execute(update(MARK).where(_of(owner), MARK.c.id == mark.id).values(**row))
    return kept


def _kept(row: Row[tuple[object, ...]]) -> Kept:
    body = json.loads(row.body)
    mark = Mark(row.id, row.paper, row.revision, row.page, Kind(row.kind), body, row.at, row.deleted)
    return Kept(mark, row.version)
