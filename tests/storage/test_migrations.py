"""An older database becomes today's: nothing is lost, and what is new holds what it holds in an older one."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, inspect, text
from sqlmodel import SQLModel

from meetingroom.domain.messages import Role
from meetingroom.domain.people import Participant
from meetingroom.domain.separation import Office
from meetingroom.storage.accounts import Accounts
from meetingroom.storage.directory import Directory, Person
from meetingroom.storage.engine import Database
from meetingroom.storage.guarding import unguard
from meetingroom.storage.journal import Entry, Journal, Summary
from meetingroom.storage.meetings import Meetings, taking_part
from meetingroom.storage.migrations import STEPS, migrate
from meetingroom.storage.tables import OLDEST, SCHEMA, SCHEMA_VERSION
from meetingroom.storage.tasks import Tasks

NEW = {
    "meeting": ("ends", "kind", "unit"),
    "account": ("second", "second_step", "unit", "office", "clerk"),
    "session": ("begun", "device", "address"),
    "invitation": ("closed",),
}


def _as_of_three(connection: Connection) -> None:
    """What the steps add is taken away again."""
    unguard(connection)
    for table in (
        "passkey",
        "participation",
        "recovery",
        "preset",
        "errand",
        "message",
        "token",
        "delivery",
        "hook",
        "unit",
        "venue",
        "belonging",
        "circle",
        "person",
        "dispatch",
        "task",
        "agency",
        "term",
        "erasure",
    ):
        connection.execute(text(f"DROP TABLE {table}"))
    for table, columns in NEW.items():
        for column in columns:
            connection.execute(text(f"ALTER TABLE {table} DROP COLUMN {column}"))
    connection.execute(SCHEMA_VERSION.update().values(version=3))


def _columns(database: Database) -> dict[str, set[str]]:
    seen = inspect(database.engine)
    return {table: {column["name"] for column in seen.get_columns(table)} for table in seen.get_table_names()}


def test_there_is_a_step_from_every_version() -> None:
    assert sorted(STEPS) == list(range(OLDEST, SCHEMA))


def test_an_older_database_gets_every_table_and_column(database: Database) -> None:
    wanted = {table.name: {column.name for column in table.columns} for table in SQLModel.metadata.tables.values()}
    Accounts(database).create("office", "Văn phòng", "kept", administrator=True)
    added = {"participant": "p", "account": "office", "role": "chair"}
    told = [("people.added", added), ("people.added", added | {"participant": "q", "account": "left"})]
    told += [("people.removed", {"participant": "q"})]
    for key in ("done", "draft", "removed"):
        told.append(("conclusions.written", {"conclusion": key, "text": key, "lead": "Sở Y tế", "supporting": ""}))
    told += [("conclusions.published", {"conclusion": key, "at": 1}) for key in ("done", "removed")]
    told += [("conclusions.settled", {"conclusion": "done", "done": True, "note": "xong", "at": 2})]
    told += [("conclusions.removed", {"conclusion": "removed"})]
    told += [("meeting.created", {"kind": "Thường kỳ"}), ("meeting.described", {"kind": "Chuyên đề"})]
    entries = [Entry("m", n, 1, "p", None, name, body) for n, (name, body) in enumerate(told, start=1)]
    Journal(database).append(entries, Summary("m", "Phiên họp", 0, "closed", ""))
    with database.transaction() as connection:
        _as_of_three(connection)
    assert _columns(database) != wanted
    with database.transaction() as connection:
        migrate(connection, 3, SCHEMA)
    assert _columns(database) == wanted
    assert [(each.id, each.participant) for each in Meetings(database).of("office")] == [("m", "p")]
    assert Meetings(database).of("left") == []
    assert [each.kind for each in Meetings(database).closed()] == ["Chuyên đề"]
    assert [(each.id, each.lead, each.done, each.note) for each in Tasks(database).of(["m"])] == [
        ("done", "Sở Y tế", True, "xong")
    ]
    account, kept = Accounts(database).find("office")
    assert account and (account.name, account.second, kept) == ("Văn phòng", False, "kept")


def test_who_has_kept_meetings_or_a_unit_goes_on_to(database: Database) -> None:
    accounts = Accounts(database)
    for login, unit in (("thu.ky", ""), ("so.yte", "u"), ("dai.bieu", ""), ("chu.tich", "")):
        accounts.create(login, "", "kept", administrator=False, unit=unit)
    roles = (("thu.ky", "secretary"), ("dai.bieu", "delegate"), ("chu.tich", "chair"), ("so.yte", "secretary"))
    people = {login: Participant(login, login, "", "", Role(role), False, "", 1, login) for login, role in roles}
    entry = Entry("m", 1, 1, "p", None, "meeting.published", {})
    Journal(database).append([entry], Summary("m", "Phiên họp", 0, "draft", ""), [taking_part("m", people)])
    with database.transaction() as connection:
        for table in ("meeting", "token", "venue", "circle"):
            connection.execute(text(f"ALTER TABLE {table} DROP COLUMN unit"))
        connection.execute(text("ALTER TABLE account DROP COLUMN office"))
        migrate(connection, 18, SCHEMA)
    assert {each.login: (each.post, each.unit) for each in accounts.all()} == {
        "thu.ky": (Office.SECRETARY, ""),
        "so.yte": (Office.REGISTRAR, "u"),
        "dai.bieu": (Office.NONE, ""),
        "chu.tich": (Office.NONE, ""),
    }


def test_a_directory_of_old_has_nobody_retired(database: Database) -> None:
    Directory(database).add([(Person("Lê An"), "Sở Y tế")])
    with database.transaction() as connection:
        for table in ("belonging", "circle"):
            connection.execute(text(f"DROP TABLE {table}"))
        for table in ("unit", "person"):
            connection.execute(text(f"ALTER TABLE {table} DROP COLUMN retired"))
        migrate(connection, 10, SCHEMA)
    assert [(one.name, one.retired) for one in Directory(database).people()] == [("Lê An", False)]
    assert [unit.retired for unit in Directory(database).units()] == [False]


def test_a_server_brings_its_database_along_at_its_start(tmp_path: Path) -> None:
    former = Database(tmp_path, organisation="UBND tỉnh")
    with former.transaction() as connection:
        _as_of_three(connection)
    former.close()
    opened = Database(tmp_path)
    with opened.engine.connect() as connection:
        assert connection.scalar(SCHEMA_VERSION.select()) == SCHEMA
        assert connection.scalar(text("SELECT name FROM organisation")) == "UBND tỉnh"
    opened.close()
