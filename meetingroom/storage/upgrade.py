"""Upgrade: what this program would make of a database of an older version, tried on a copy before it is done in earnest.

The copy is taken while the server of the older version still runs. It is brought to today's schema, every row that was
there must be there, every journal must follow its chain of hashes, and every meeting must be read by today's rules.
"""

from __future__ import annotations

import contextlib
import shutil
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, func, inspect, select, table, text
from sqlalchemy.exc import SQLAlchemyError

from meetingroom.domain import meeting as domain
from meetingroom.domain.messages import read_event
from meetingroom.storage import backup
from meetingroom.storage.aside import copied
from meetingroom.storage.audit import STREAM as AUDIT
from meetingroom.storage.engine import NAME, Database, Reading, Unopenable
from meetingroom.storage.journal import Journal


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """`troubles`: (what it is about, what is wrong with it); none where the upgrade may be done."""

    before: int
    after: int
    meetings: int
    events: int
    rows: int
    seconds: float
    troubles: tuple[tuple[str, str], ...]


def rehearse(data: Path, address: str = "") -> Rehearsal:
    """Nothing is changed but for a copy beside what there is, which is removed.

    Raises Unopenable where there is no database or a newer one, Impossible where it cannot be copied.
    """
    begun = time.monotonic()
    Reading(data, address).close()
    with _copy(data, address) as (folder, copy):
        before, rows = _counted(folder, copy)
        try:
            database = Database(folder, copy)  # as the server does at its start
        except Unopenable as error:
            spent = time.monotonic() - begun
            return Rehearsal(before, before, 0, 0, sum(rows.values()), spent, ((NAME, str(error)),))
        try:
            journal = Journal(database)
            meetings, broken = backup.check(database)
            events, unreadable = _read(journal)
            after, lost = _counted(folder, copy)[0], list(_lost(database, rows))
        finally:
            database.close()
    troubles = [(each.title, f"chain of hashes, version {each.version}") for each in broken]
    spent = time.monotonic() - begun
    return Rehearsal(before, after, meetings, events, sum(rows.values()), spent, (*troubles, *unreadable, *lost))


def upgrade(data: Path, now: datetime) -> tuple[Rehearsal, Path | None]:
    """Rehearsed, backed up and then done, the server being stopped; the backup, or none where there was trouble or nothing
    to do. Raises as `rehearse`, and Unopenable while a server runs."""
    tried = rehearse(data)
    if tried.troubles or tried.before == tried.after:
        return tried, None
    kept = data / f"before-upgrade-{now:%Y%m%d-%H%M%S}.zip"
    backup.back_up(data, kept)
    Database(data).close()
    return tried, kept


@contextlib.contextmanager
def _copy(data: Path, address: str) -> Iterator[tuple[Path, str]]:
    """Folder and address of a copy of the database alone: papers and keys are no part of a schema."""
    if address:
        with copied(address) as copy:
            yield data, copy
        return
    source = data / NAME
    try:
        room = source.stat().st_size if source.is_file() else 0
        if shutil.disk_usage(data if data.is_dir() else ".").free < 3 * room:
            raise backup.Impossible(
                "không đủ chỗ trên ổ đĩa để thử trên bản sao; hãy giải phóng ổ đĩa rồi chạy lại.",
                "There is not enough room on the disk to try it on a copy; make room and run it again.",
            )
        with tempfile.TemporaryDirectory(prefix=".rehearsal-", dir=data if data.is_dir() else None) as folder:
            backup.copy_database(source, Path(folder) / NAME)
            yield Path(folder), ""
    except OSError as error:
        raise backup.Impossible(f"không sao chép được: {error}.", f"It could not be copied: {error}.") from error


def _counted(data: Path, address: str) -> tuple[int, dict[str, int]]:
    """The schema, and how many rows each table has."""
    reading = Reading(data, address)
    try:
        with reading.engine.connect() as connection:
            names = inspect(connection).get_table_names()
            rows = {n: int(connection.scalar(select(func.count()).select_from(table(n))) or 0) for n in names}
        return reading.schema, rows
    finally:
        reading.close()


def _lost(database: Database, rows: dict[str, int]) -> Iterator[tuple[str, str]]:
    with database.engine.connect() as connection:
        if connection.dialect.name == "sqlite":  # PostgreSQL has checked both when the copy was made and changed
            yield from _damaged(connection)
        for name, count in rows.items():
            try:
                left = int(connection.scalar(select(func.count()).select_from(table(name))) or 0)
            except SQLAlchemyError:
                left = 0
            if left < count:
                yield name, f"{count} rows before, {left} after"


def _damaged(connection: Connection) -> Iterator[tuple[str, str]]:
    if damage := [str(row[0]) for row in connection.execute(text("PRAGMA integrity_check")) if row[0] != "ok"]:
        yield NAME, damage[0]
    for row in connection.execute(text("PRAGMA foreign_key_check")):
        yield str(row[0]), f"a row names one of {row[2]} that is not there"


def _read(journal: Journal) -> tuple[int, list[tuple[str, str]]]:
    """How many events there are, and the meetings that today's rules cannot read."""
    events, unreadable = 0, []
    for stream in journal.streams():
        entries = journal.read(stream)
        events += len(entries)
        if stream != AUDIT:
            try:
                domain.replay(read_event(entry.name, entry.body) for entry in entries)
            except Exception as error:
                unreadable.append((stream, repr(error)[:200]))
    return events, unreadable
