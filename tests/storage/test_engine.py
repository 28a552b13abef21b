"""The database: tuned on every connection, used by one server at a time, and only with the schema we know."""

import sqlite3
import subprocess
import sys
import traceback
from contextlib import ExitStack, closing
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from meetingroom.storage.engine import Database, Unopenable

OPEN = """
import pathlib, sys
from meetingroom.storage.engine import Database
database = Database(pathlib.Path(sys.argv[1]))
"""
HOLD = f"{OPEN}print('open', flush=True)\nsys.stdin.read()"


def opened_elsewhere(data: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", OPEN, data], capture_output=True, text=True)


def test_every_connection_of_the_pool_waits_for_the_disk(sqlite: Database) -> None:
    with ExitStack() as stack:
        connections = [stack.enter_context(closing(sqlite.engine.raw_connection())) for _ in range(8)]
        for connection in connections:
            cursor = connection.cursor()
            asked = ("synchronous", "journal_mode", "foreign_keys", "busy_timeout", "secure_delete")
            found = [cursor.execute(f"PRAGMA {pragma}").fetchone()[0] for pragma in asked]
            assert found == [2, "wal", 1, 5000, 1]


def test_what_was_not_finished_has_not_happened(database: Database) -> None:
    with pytest.raises(ZeroDivisionError), database.transaction() as connection:
        connection.execute(text("UPDATE organisation SET name = 'half'"))
        _ = 1 / 0
    with database.engine.connect() as connection:
        assert connection.scalar(text("SELECT name FROM organisation")) == ""


def test_a_second_server_on_the_same_folder_does_not_start(tmp_path: Path) -> None:
    database = Database(tmp_path)
    refused = opened_elsewhere(tmp_path)
    assert refused.returncode != 0
    assert "another server is using" in refused.stderr
    database.close()
    assert opened_elsewhere(tmp_path).returncode == 0


def test_a_killed_server_does_not_keep_the_folder(tmp_path: Path) -> None:
    command = [sys.executable, "-c", HOLD, tmp_path]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as held:
        assert held.stdout
        assert held.stdout.readline() == b"open\n"
        with pytest.raises(Unopenable):
            Database(tmp_path)
        held.kill()
    Database(tmp_path).close()


def test_a_database_of_another_version_is_refused_and_left_as_it_was(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "meetingroom.db")) as other:
        other.execute("CREATE TABLE schema_version (version INTEGER PRIMARY KEY)")
        other.execute("INSERT INTO schema_version VALUES (99)")
        other.commit()
    for _ in range(2):
        with pytest.raises(Unopenable, match="schema 99, this program needs"):
            Database(tmp_path)
    with closing(sqlite3.connect(tmp_path / "meetingroom.db")) as other:
        assert other.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall() == [("schema_version",)]


def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    (tmp_path / "meetingroom.db").write_bytes(b"This is not a database. " * 100)
    with pytest.raises(Unopenable, match="cannot be opened"):
        Database(tmp_path)


def test_a_folder_that_cannot_be_written_is_refused_with_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(Unopenable, match="cannot be written"):
        Database(tmp_path / "file" / "data")


def test_the_folder_is_nobody_elses_business(tmp_path: Path) -> None:
    Database(tmp_path / "data").close()
    assert (tmp_path / "data").stat().st_mode & 0o077 == 0


def test_what_was_kept_is_there_at_the_next_start(tmp_path: Path) -> None:
    Database(tmp_path, organisation="UBND tỉnh").close()
    database = Database(tmp_path, organisation="another")
    with database.engine.connect() as connection:
        assert connection.scalar(text("SELECT name FROM organisation")) == "UBND tỉnh"
    database.close()


def test_who_reads_does_not_wait_for_who_writes(database: Database) -> None:
    with database.transaction() as writing:
        writing.execute(text("UPDATE organisation SET name = 'new'"))
        with database.engine.connect() as reading:
            assert reading.scalar(text("SELECT name FROM organisation")) == ""
    with database.engine.connect() as reading:
        assert reading.scalar(text("SELECT name FROM organisation")) == "new"


def test_a_second_server_by_the_address_of_the_same_file_does_not_start(tmp_path: Path) -> None:
    database = Database(tmp_path)
    with pytest.raises(Unopenable, match="another server is using"):
        Database(tmp_path / "other", f"sqlite:///{tmp_path / 'meetingroom.db'}")
    database.close()


def test_no_row_is_quoted_in_what_is_logged_of_a_refusal(database: Database) -> None:
    """PostgreSQL would: “DETAIL: Failing row contains (…)”."""
    secret, broken = "quân số", "INSERT INTO account (id, login, name) VALUES ('a', 'b', :name)"
    with pytest.raises(IntegrityError) as refused, database.transaction() as connection:
        connection.execute(text(broken), {"name": secret})
    told = "".join(traceback.format_exception(refused.value))
    assert "account" in told and secret not in told
