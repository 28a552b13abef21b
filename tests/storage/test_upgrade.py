"""An upgrade is tried on a copy first: what would go wrong is said, and the data stay as they are."""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import os
import secrets
import sqlite3
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.pool import NullPool

from meetingroom.storage.engine import Database, Reading, Unopenable
from meetingroom.storage.tables import SCHEMA
from meetingroom.storage.upgrade import rehearse
from tests.servers import found
from tests.storage import postgres
from tests.storage.test_migrations import _as_of_three
from tests.stories import Story


@pytest.fixture
def older(tmp_path: Path) -> Path:
    """A committee in session, kept by an older version."""
    data = tmp_path / "data"
    found(data, "m", Story.in_session().events)
    database = Database(data)
    with database.transaction() as connection:
        _as_of_three(connection)
    database.close()
    return data


def cli(data: Path, *options: str, database: str = "") -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "meetingroom", "upgrade", *options, "--data", str(data)]
    environment = os.environ | {"MEETINGROOM_DATABASE": database}
    return subprocess.run(command, capture_output=True, text=True, env=environment)


def digest(data: Path) -> str:
    return hashlib.sha256((data / "meetingroom.db").read_bytes()).hexdigest()


def schema(data: Path) -> int:
    reading = Reading(data)
    reading.close()
    return reading.schema


def spoil(data: Path, statement: str) -> None:
    with contextlib.closing(sqlite3.connect(data / "meetingroom.db")) as connection, connection:
        connection.execute(statement)


def test_a_rehearsal_says_what_would_be_and_changes_nothing(older: Path) -> None:
    before, names = digest(older), {path.name for path in older.iterdir()}
    tried = rehearse(older)
    assert (tried.before, tried.after, tried.troubles) == (3, SCHEMA, ())
    assert tried.meetings == 1 and tried.events == len(Story.in_session().events)
    assert digest(older) == before
    logs = {"meetingroom.db-wal", "meetingroom.db-shm"}  # of whoever reads
    assert {path.name for path in older.iterdir()} - logs == names


def test_it_is_rehearsed_beside_a_running_server(tmp_path: Path) -> None:
    found(tmp_path, "m", Story.in_session().events)
    database = Database(tmp_path)
    try:
        said = cli(tmp_path, "--rehearse")
        assert said.returncode == 0 and f"{SCHEMA} → {SCHEMA}" in said.stdout
    finally:
        database.close()


def test_an_upgrade_is_rehearsed_backed_up_and_done(older: Path) -> None:
    said = cli(older)
    assert said.returncode == 0, said.stdout + said.stderr
    assert schema(older) == SCHEMA
    (kept,) = older.glob("before-upgrade-*.zip")
    with zipfile.ZipFile(kept) as archive:
        archive.extract("meetingroom.db", older.parent / "kept")
    assert schema(older.parent / "kept") == 3
    again = cli(older)
    assert again.returncode == 0 and len(list(older.glob("before-upgrade-*.zip"))) == 1


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE entry SET body = '{}' WHERE version = 3",
        "UPDATE entry SET name = 'no.such' WHERE version = 3",
        "DELETE FROM entry WHERE version = 3",
    ],
)
def test_what_today_cannot_read_is_said_and_left_alone(older: Path, damage: str) -> None:
    spoil(older, damage)
    before = digest(older)
    said = cli(older)
    assert said.returncode == 1 and "WRONG" in said.stdout and "Traceback" not in said.stderr
    assert digest(older) == before and schema(older) == 3 and not list(older.glob("*.zip"))


def test_a_newer_database_and_none_are_refused_with_a_sentence(older: Path, tmp_path: Path) -> None:
    spoil(older, f"UPDATE schema_version SET version = {SCHEMA + 1}")
    said = cli(older)
    assert said.returncode == 1 and f"schema {SCHEMA + 1}" in said.stderr and "Traceback" not in said.stderr
    with pytest.raises(Unopenable):
        rehearse(tmp_path / "nowhere")


def test_a_running_server_is_not_upgraded_under_its_feet(older: Path) -> None:
    holding = (older / "lock").open("w")
    fcntl.flock(holding, fcntl.LOCK_EX)
    said = cli(older)
    assert said.returncode == 1 and "another server" in said.stderr
    assert schema(older) == 3
    holding.close()


@pytest.fixture
def older_server(tmp_path: Path, server: str) -> str:
    """The same in PostgreSQL; its address."""
    address = postgres.new_database(server)
    found(tmp_path / "data", "m", Story.in_session().events, address)
    database = Database(tmp_path / "data", address)
    with database.transaction() as connection:
        _as_of_three(connection)
    database.close()
    return address


def say(address: str, *statements: str) -> list[Any]:
    engine = create_engine(address, poolclass=NullPool)
    with engine.begin() as connection:
        answers = [connection.execute(text(statement)) for statement in statements]
        return [tuple(row) for row in answers[-1]] if answers[-1].returns_rows else []


def state(address: str) -> list[Any]:
    """Schemas, columns, indexes and rows of what is kept."""
    tables = "SELECT table_schema, table_name, column_name FROM information_schema.columns WHERE table_schema !~ '^(pg_|info)'"
    indexes = "SELECT schemaname, indexname FROM pg_indexes WHERE schemaname !~ '^(pg_|info)' ORDER BY 1, 2"
    rows = "SELECT stream, version, name, body FROM entry ORDER BY stream, version"
    schemas = "SELECT nspname FROM pg_namespace WHERE nspname !~ '^pg_(temp|toast)' ORDER BY 1"
    return [say(address, each) for each in (f"{tables} ORDER BY 1, 2, 3", indexes, rows, schemas)]


def test_on_postgresql_it_is_tried_on_a_schema_beside_a_running_server(older_server: str, tmp_path: Path) -> None:
    before = state(older_server)
    engine = create_engine(older_server, poolclass=NullPool)
    with engine.begin() as writing:  # a server that is in the middle of recording
        writing.execute(text("UPDATE meeting SET title = 'x'"))
        said = cli(tmp_path / "data", "--rehearse", database=older_server)
        writing.rollback()
    assert said.returncode == 0, said.stdout + said.stderr
    assert f"3 → {SCHEMA}" in said.stdout and f"1 / {len(Story.in_session().events)} /" in said.stdout
    assert state(older_server) == before
    done = cli(tmp_path / "data", database=older_server)
    assert done.returncode == 1 and "pg_dump" in done.stderr and state(older_server) == before


def test_on_postgresql_what_today_cannot_read_is_said(older_server: str, tmp_path: Path) -> None:
    say(older_server, "UPDATE entry SET name = 'no.such' WHERE version = 3")
    say(older_server, "CREATE SCHEMA meetingroom_rehearsal", "CREATE TABLE meetingroom_rehearsal.entry (x int)")
    tried = rehearse(tmp_path / "data", older_server)
    assert any(about == "m" for about, _ in tried.troubles), "also after a rehearsal that was killed"
    say(older_server, f"UPDATE schema_version SET version = {SCHEMA + 1}")
    with pytest.raises(Unopenable):
        rehearse(tmp_path / "data", older_server)
    assert state(older_server)[3] == [("information_schema",), ("pg_catalog",), ("public",)]


def test_on_postgresql_who_may_make_no_copy_reads_what_to_do(older_server: str, tmp_path: Path) -> None:
    name = f"r{secrets.token_hex(4)}"
    say(older_server, f"CREATE ROLE {name} LOGIN", f"GRANT SELECT ON ALL TABLES IN SCHEMA public TO {name}")
    said = cli(tmp_path / "data", "--rehearse", database=older_server.replace("tests@", f"{name}@"))
    assert said.returncode == 1 and "GRANT CREATE ON DATABASE" in said.stderr and "Traceback" not in said.stderr
