"""Backup: database, papers and the key of the invitations in one ZIP file, made while the server runs.

The keys of secret votes are never in it: whoever has a backup must not be able to open a ballot box. Page images and
archives are not in it either; they are made again from what is. The database is copied first: files of papers are stored
before the journal names them and are removed only with an erased meeting, so that every paper the copy names is there.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import sqlite3
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from meetingroom.storage.audit import STREAM as AUDIT
from meetingroom.storage.engine import NAME, Database, Reading, Unopenable, read_only
from meetingroom.storage.files import sync_folder
from meetingroom.storage.invitations import KEY_FILE
from meetingroom.storage.journal import Journal
from meetingroom.storage.tables import ENTRY, MEETING

PAPER = re.compile(r"papers/([0-9a-f]{2})/\1[0-9a-f]{62}\.pdf")
INVITATION_KEY = f"keys/{KEY_FILE}"
BY_ITSELF = re.compile(r"meetingroom-\d{8}-\d{6}\.zip")
LAST = "last-backup"  # an empty file of the age of the last backup


Step = Callable[[int, int], None]  # so many files of so many; what it raises ends the backup


def _no_step(done: int, of: int) -> None:
    """Nobody watches."""


class Impossible(Exception):
    """The backup was not made or not restored; the text says why and what to do, in Vietnamese and English."""

    def __init__(self, vi: str, en: str) -> None:
        super().__init__(f"{vi}\n{en}")


@dataclass(frozen=True, slots=True)
class Broken:
    """A meeting whose journal does not fit its chain of hashes, and the first version that does not."""

    meeting: str
    title: str
    version: int


def check_address(address: str) -> None:
    """Only the database in the data folder is ours to copy. Raises Impossible for one with an address of its own."""
    if address:
        raise Impossible(
            "cơ sở dữ liệu không nằm trong thư mục dữ liệu: hãy sao lưu và khôi phục PostgreSQL bằng pg_dump và pg_restore, "
            f"và chép thêm thư mục papers cùng tệp {INVITATION_KEY} trong thư mục dữ liệu.",
            "The database is not in the data folder: back up and restore PostgreSQL with pg_dump and pg_restore, "
            f"and also copy the folder papers and the file {INVITATION_KEY} of the data folder.",
        )


def back_up(data: Path, file: Path, step: Step = _no_step) -> int:
    """Write the backup under another name until it is on the disk; how many files of papers it has.

    Raises Impossible, Unopenable where there is no database, and what `step` raises; nothing is left then.
    """
    if file.exists():
        raise Impossible(
            f"{file} đã có; hãy chọn tên khác, ví dụ có ngày tháng.",
            f"{file} is there already; choose another name, for example with the date.",
        )
    coming = file.with_name(f"{file.name}.coming")
    try:
        with tempfile.TemporaryDirectory(dir=file.parent, prefix=".backup-") as folder:
            copied = Path(folder) / NAME
            copy_database(data / NAME, copied)
            count = _write(coming, copied, data, step)
        coming.rename(file)
        sync_folder(file.parent)
        (data / LAST).touch()
    except (OSError, sqlite3.Error) as error:
        raise Impossible(f"không sao lưu được: {error}.", f"The backup could not be made: {error}.") from error
    finally:
        coming.unlink(missing_ok=True)
    return count


def back_up_by_itself(data: Path, folder: Path, keep: int, now: datetime, step: Step = _no_step) -> Path:
    """A backup named by the moment; of those made like this only the newest stay. Raises as `back_up`."""
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise Impossible(f"không tạo được thư mục {folder}: {error}.", f"{folder} cannot be made: {error}.") from error
    file = folder / f"meetingroom-{now:%Y%m%d-%H%M%S}.zip"
    back_up(data, file, step)
    made = sorted(path for path in folder.iterdir() if BY_ITSELF.fullmatch(path.name))
    for old in made[:-keep]:
        old.unlink(missing_ok=True)
    return file


def last_backup(data: Path) -> int:
    """When the last one was made (UTC ms); 0: never, or not by `meetingroom backup`."""
    try:
        return int((data / LAST).stat().st_mtime * 1000)
    except OSError:
        return 0


def copy_database(source: Path, copied: Path) -> None:
    """The database as it is at one moment, whatever is written meanwhile, as one file without a log beside it."""
    with contextlib.closing(read_only(source)) as read, contextlib.closing(sqlite3.connect(copied)) as into:
        read.backup(into)
        into.execute("PRAGMA journal_mode=DELETE")


def _write(coming: Path, database: Path, data: Path, step: Step) -> int:
    papers = [path for path in sorted(data.glob("papers/*/*.pdf")) if PAPER.fullmatch(_name(path, data))]
    coming.unlink(missing_ok=True)
    with os.fdopen(os.open(coming, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600), "w+b") as file:
        with zipfile.ZipFile(file, "w", strict_timestamps=False) as archive:
            archive.write(database, NAME, zipfile.ZIP_DEFLATED)
            archive.write(data / INVITATION_KEY, INVITATION_KEY)
            step(1, len(papers) + 1)
            for done, path in enumerate(papers, start=2):
                step(done, len(papers) + 1)
                with contextlib.suppress(FileNotFoundError):  # of a meeting that is being erased
                    archive.write(path, _name(path, data))
        file.flush()
        os.fsync(file.fileno())
    return len(papers)


def _name(path: Path, data: Path) -> str:
    return path.relative_to(data).as_posix()


def restore(file: Path, data: Path) -> None:
    """Unpack a backup into an empty folder, the database last and whole. Raises Impossible; nothing is left then."""
    if data.exists() and (not data.is_dir() or any(data.iterdir())):
        raise Impossible(
            f"{data} không trống; hãy khôi phục vào một thư mục mới. Không có gì bị thay đổi.",
            f"{data} is not empty; restore into a new folder. Nothing was changed.",
        )
    coming = data / "coming"
    try:
        with zipfile.ZipFile(file) as archive:
            names = _names(archive, file)
            coming.mkdir(parents=True, mode=0o700)
            for name in names:
                _unpack(archive, name, coming / name)
        Reading(coming).close()
        for path in sorted(coming.iterdir(), key=lambda path: path.name == NAME):
            path.rename(data / path.name)
        coming.rmdir()
        sync_folder(data)
    except (zipfile.BadZipFile, EOFError) as error:
        _remove(data)
        raise _no_backup(file) from error
    except OSError as error:
        _remove(data)
        raise Impossible(f"không khôi phục được: {error}.", f"It could not be restored: {error}.") from error
    except Unopenable as error:
        _remove(data)
        raise Impossible(f"bản sao lưu không dùng được: {error}.", f"The backup cannot be used: {error}.") from error


def _names(archive: zipfile.ZipFile, file: Path) -> list[str]:
    """Only what a backup holds, so that no name can lead out of the folder."""
    names = archive.namelist()
    if NAME not in names or not all(name in (NAME, INVITATION_KEY) or PAPER.fullmatch(name) for name in names):
        raise _no_backup(file)
    return names


def _no_backup(file: Path) -> Impossible:
    return Impossible(
        f"{file} không phải bản sao lưu, hoặc đã hỏng; hãy dùng bản khác.",
        f"{file} is not a backup, or is damaged; use another one.",
    )


def _unpack(archive: zipfile.ZipFile, name: str, place: Path) -> None:
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    descriptor = os.open(place, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    with archive.open(name) as packed, os.fdopen(descriptor, "wb") as file:
        shutil.copyfileobj(packed, file, 1 << 20)
        file.flush()
        os.fsync(file.fileno())
    sync_folder(place.parent)


def _remove(data: Path) -> None:
    """What was begun in a folder that was empty."""
    for path in data.iterdir() if data.exists() else ():
        shutil.rmtree(path) if path.is_dir() else path.unlink()


def check(database: Database) -> tuple[int, list[Broken]]:
    """How many meetings there are, and those whose journal was tampered with or is gone. Raises Unopenable."""
    try:
        with database.engine.connect() as connection:
            titles = {row.id: row.title for row in connection.execute(select(MEETING.c.id, MEETING.c.title))}
            begun = set(connection.scalars(select(ENTRY.c.stream).distinct()))
        return len((titles.keys() | begun) - {AUDIT}), list(_broken(Journal(database), titles, begun))
    except SQLAlchemyError as error:
        raise Unopenable(f"the database cannot be read: {error}") from error


def _broken(journal: Journal, titles: dict[str, str], begun: set[str]) -> Iterator[Broken]:
    for meeting in sorted(titles.keys() | begun):
        version = journal.verify(meeting) if meeting in begun else 1
        if version is not None:
            yield Broken(
                meeting, titles.get(meeting, "Nhật ký hệ thống / audit log" if meeting == AUDIT else "?"), version
            )
