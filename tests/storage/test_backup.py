"""Backup and restore: whole while others write, without the keys of ballot boxes, and never over something else."""

import subprocess
import sys
import threading
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from meetingroom.storage.backup import Impossible, back_up, back_up_by_itself, check, check_address, restore
from meetingroom.storage.engine import Database, Reading, Unopenable
from meetingroom.storage.envelopes import Boxes
from meetingroom.storage.guarding import unguard
from meetingroom.storage.invitations import Invitations
from meetingroom.storage.journal import Journal
from meetingroom.storage.library import Library
from tests.storage.test_journal import SUMMARY, entry, written


@pytest.fixture
def founded(sqlite: Database, tmp_path: Path) -> Path:
    """A data folder in use: five entries, a paper, an invitation."""
    data = tmp_path / "data"
    written(sqlite)
    Library(data / "papers", 10**6, 30).keep(b"%PDF-1.7 report")
    Invitations(sqlite, data / "keys").code("m", "finance")
    return data


def cli(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", "meetingroom", *arguments], capture_output=True, text=True)


def test_a_backup_made_during_writes_is_whole(founded: Path, sqlite: Database, tmp_path: Path) -> None:
    journal, stop = Journal(sqlite), threading.Event()
    ten = threading.Event()

    def write() -> None:
        version = 6
        while not stop.is_set():
            journal.append([entry(version, f"c{version}")], SUMMARY)
            if version == 16:
                ten.set()
            version += 1

    writer = threading.Thread(target=write)
    writer.start()
    try:
        assert ten.wait(30)
        assert back_up(founded, tmp_path / "b.zip") == 1
    finally:
        stop.set()
        writer.join()
    restore(tmp_path / "b.zip", tmp_path / "new")
    restored = Database(tmp_path / "new")
    entries = Journal(restored).read("m")
    assert len(entries) >= 16 and entries == journal.read("m")[: len(entries)]
    assert check(restored) == (1, [])
    assert Invitations(restored, tmp_path / "new" / "keys").code("m", "finance") == Invitations(
        sqlite, founded / "keys"
    ).code("m", "finance")
    restored.close()
    papers = [path.read_bytes() for path in (tmp_path / "new" / "papers").glob("*/*.pdf")]
    assert papers == [b"%PDF-1.7 report"]


def test_the_key_of_an_open_secret_vote_is_not_in_it(founded: Path, sqlite: Database, tmp_path: Path) -> None:
    Boxes(sqlite, founded / "keys").key("m", "secret")
    (key,) = (founded / "keys").glob("vote-*.key")
    back_up(founded, tmp_path / "b.zip")
    with zipfile.ZipFile(tmp_path / "b.zip") as archive:
        assert [name for name in archive.namelist() if name.startswith("keys/")] == ["keys/invitations.key"]
        assert all(key.read_bytes() not in archive.read(name) for name in archive.namelist())
    assert (tmp_path / "b.zip").stat().st_mode & 0o777 == 0o600
    assert sorted(path.name for path in tmp_path.iterdir()) == ["b.zip", "data"], "nothing is left beside it"


def test_nothing_is_written_over(founded: Path, tmp_path: Path) -> None:
    back_up(founded, tmp_path / "b.zip")
    before = (tmp_path / "b.zip").read_bytes()
    with pytest.raises(Impossible):
        back_up(founded, tmp_path / "b.zip")
    assert (tmp_path / "b.zip").read_bytes() == before
    with pytest.raises(Impossible, match="is not empty"):
        restore(tmp_path / "b.zip", founded)
    with pytest.raises(Unopenable):
        back_up(tmp_path / "nowhere", tmp_path / "c.zip")
    assert not (tmp_path / "c.zip").exists()


@pytest.mark.parametrize("name", ["../evil", "papers/../../evil", "keys/vote-1.key"])
def test_a_foreign_archive_is_refused_and_leaves_nothing(tmp_path: Path, name: str) -> None:
    with zipfile.ZipFile(tmp_path / "b.zip", "w") as archive:
        archive.writestr("meetingroom.db", b"")
        archive.writestr(name, b"x")
    with pytest.raises(Impossible):
        restore(tmp_path / "b.zip", tmp_path / "new")
    assert [path.name for path in tmp_path.iterdir()] == ["b.zip"]


def test_a_database_that_is_none_is_refused_and_leaves_nothing(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "b.zip", "w") as archive:
        archive.writestr("meetingroom.db", b"not a database" * 1000)
    with pytest.raises(Impossible):
        restore(tmp_path / "b.zip", tmp_path / "new")
    assert list((tmp_path / "new").iterdir()) == []


def test_postgresql_is_for_pg_dump() -> None:
    check_address("")
    with pytest.raises(Impossible, match="pg_dump"):
        check_address("postgresql+psycopg://localhost/meetingroom")


def test_tampering_is_found_and_nothing_is_changed(founded: Path, sqlite: Database) -> None:
    assert cli("verify", "--data", founded).returncode == 0, "beside whoever holds the lock"
    with sqlite.transaction() as connection:
        unguard(connection)
        connection.execute(text("UPDATE entry SET actor = 'finance' WHERE version = 3"))
    found = cli("verify", "--data", founded)
    assert found.returncode == 1
    assert "(m): nhật ký không khớp từ phiên bản 3" in found.stdout and "from version 3 on" in found.stdout
    with sqlite.transaction() as connection:
        connection.execute(text("DELETE FROM entry"))
    reading = Reading(founded)
    assert [(each.meeting, each.version) for each in check(reading)[1]] == [("m", 1)], "a journal that is gone"
    with reading.engine.connect() as connection, pytest.raises(Exception, match="readonly"):
        connection.execute(text("DELETE FROM meeting"))
    reading.close()


def test_the_commands_say_what_they_did(founded: Path, tmp_path: Path) -> None:
    assert cli("backup", tmp_path / "b.zip", "--data", founded).returncode == 0
    restored = cli("restore", tmp_path / "b.zip", "--data", tmp_path / "new")
    assert restored.returncode == 0 and "Nguyên vẹn" in restored.stdout
    again = cli("restore", tmp_path / "b.zip", "--data", tmp_path / "new")
    assert again.returncode == 1 and "is not empty" in again.stderr and "Traceback" not in again.stderr


def test_of_backups_made_by_itself_the_newest_stay_and_nothing_else_is_touched(founded: Path, tmp_path: Path) -> None:
    folder, now = tmp_path / "disk" / "backups", datetime(2026, 11, 25, 3, tzinfo=UTC)
    made = [back_up_by_itself(founded, folder, 2, now + timedelta(days=day)) for day in range(2)]
    (folder / "own.zip").write_bytes(b"mine")
    made.append(back_up_by_itself(founded, folder, 2, now + timedelta(days=2)))
    assert sorted(folder.iterdir()) == sorted([*made[1:], folder / "own.zip"])
    restore(made[-1], tmp_path / "again")
    assert back_up_by_itself(founded, folder, 1, now + timedelta(days=3)).exists() and not made[-1].exists()


def test_backups_by_itself_say_what_is_wrong_with_their_folder(founded: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(Impossible, match="cannot be made"):
        back_up_by_itself(founded, tmp_path / "file" / "backups", 2, datetime.now(UTC))
