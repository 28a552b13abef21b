"""From the schema of an older version of the program to today's, step by step, all in one transaction."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from sqlalchemy import Connection, Table, insert, inspect, select, update
from sqlalchemy.schema import CreateColumn

from meetingroom.domain.conclusions import Conclusion
from meetingroom.domain.messages import Role
from meetingroom.domain.people import Participant
from meetingroom.domain.reports import works_on
from meetingroom.storage.guarding import guard
from meetingroom.storage.tables import (
    ACCOUNT,
    AGENCY,
    BELONGING,
    CIRCLE,
    CONTACT,
    DELIVERY,
    DISPATCH,
    ENTRY,
    ERASURE,
    ERRAND,
    HOOK,
    INVITATION,
    MEETING,
    MESSAGE,
    PARTICIPATION,
    PASSKEY,
    PERSON,
    PRESET,
    RECOVERY,
    SESSION,
    TASK,
    TERM,
    TOKEN,
    UNIT,
    VENUE,
)


def migrate(connection: Connection, version: int, wanted: int) -> None:
    """Raises KeyError where no step leads on."""
    for step in range(version, wanted):
        STEPS[step](connection)


def _participations(connection: Connection) -> None:
    """Who with an account takes part in which meeting, as their journals say."""
    PARTICIPATION.create(connection, checkfirst=True)
    told = ("people.added", "people.changed", "people.removed")
    events = select(ENTRY.c.stream, ENTRY.c.name, ENTRY.c.body).where(ENTRY.c.name.in_(told))
    people: dict[tuple[str, str], tuple[str, str]] = {}
    for row in connection.execute(events.order_by(ENTRY.c.stream, ENTRY.c.version)):
        body = json.loads(row.body)
        key = (row.stream, body["participant"])
        people.pop(key, None)
        if body.get("account"):
            people[key] = (body["account"], body["role"])
    for (meeting, participant), (login, role) in people.items():
        values = {"meeting": meeting, "login": login, "participant": participant, "role": role}
        connection.execute(insert(PARTICIPATION).values(values))


def _second_factors_devices_and_presets(connection: Connection) -> None:
    for table in (RECOVERY, PRESET):
        table.create(connection, checkfirst=True)
    _add(connection, ACCOUNT, second="0", second_step="0")
    _add(connection, SESSION, begun="0", device="''", address="''")
    _add(connection, INVITATION, closed="false")


def _support(connection: Connection) -> None:
    for table in (ERRAND, MESSAGE):
        table.create(connection, checkfirst=True)


def _contacts(connection: Connection) -> None:
    CONTACT.create(connection, checkfirst=True)


def _tokens(connection: Connection) -> None:
    TOKEN.create(connection, checkfirst=True)


def _hooks(connection: Connection) -> None:
    for table in (HOOK, DELIVERY):
        table.create(connection, checkfirst=True)


def _directory(connection: Connection) -> None:
    for table in (UNIT, PERSON):
        table.create(connection, checkfirst=True)


def _circles_and_the_retired(connection: Connection) -> None:
    for table in (UNIT, PERSON):
        _add(connection, table, retired="false")
    for table in (CIRCLE, BELONGING):
        table.create(connection, checkfirst=True)


def _venues_and_planned_hours(connection: Connection) -> None:
    _add(connection, MEETING, ends="0")
    VENUE.create(connection, checkfirst=True)


def _dispatches(connection: Connection) -> None:
    DISPATCH.create(connection, checkfirst=True)


def _passkeys(connection: Connection) -> None:
    PASSKEY.create(connection, checkfirst=True)


def _unit_administrators(connection: Connection) -> None:
    _add(connection, ACCOUNT, unit="''")


def _tasks(connection: Connection) -> None:
    """What was concluded and published in all meetings held here, as their journals say."""
    TASK.create(connection, checkfirst=True)
    tasks: dict[tuple[str, str], dict[str, Any]] = {}
    events = select(ENTRY.c.stream, ENTRY.c.name, ENTRY.c.body).where(ENTRY.c.name.like("conclusions.%"))
    held = events.join(MEETING, MEETING.c.id == ENTRY.c.stream).where(MEETING.c.organisation != "foreign")
    for row in connection.execute(held.order_by(ENTRY.c.stream, ENTRY.c.version)):
        body = json.loads(row.body)
        key = (row.stream, body["conclusion"])
        task = tasks.setdefault(key, {"done": False, "note": "", "settled_at": 0, "published": False})
        match row.name:
            case "conclusions.written":
                task |= {name: body[name] for name in ("text", "lead", "supporting")} | {"due": body.get("due") or 0}
            case "conclusions.published":
                task["published"] = True
            case "conclusions.settled":
                task |= {"done": body["done"], "note": body["note"], "settled_at": body["at"]}
            case "conclusions.removed":
                del tasks[key]
    for (meeting, task_id), task in tasks.items():
        if task.pop("published"):
            connection.execute(insert(TASK).values(meeting=meeting, id=task_id, **task))


def _agency(connection: Connection) -> None:
    AGENCY.create(connection, checkfirst=True)


def _kinds_and_erasures(connection: Connection) -> None:
    """What kind every meeting is of, as its journal said last."""
    ERASURE.create(connection, checkfirst=True)
    _add(connection, MEETING, kind="''")
    told = ("meeting.created", "meeting.described")
    events = select(ENTRY.c.stream, ENTRY.c.body).where(ENTRY.c.name.in_(told))
    kinds = {
        row.stream: json.loads(row.body).get("kind", "")
        for row in connection.execute(events.order_by(ENTRY.c.stream, ENTRY.c.version))
    }
    for meeting, kind in kinds.items():
        connection.execute(update(MEETING).where(MEETING.c.id == meeting).values(kind=kind))


def _separation(connection: Connection) -> None:
    """All there is belongs to the whole agency. Who has been the secretary of a meeting goes on to found them."""
    for table in (MEETING, TOKEN, VENUE, CIRCLE):
        _add(connection, table, unit="''")
    _add(connection, ACCOUNT, office="''")
    secretaries = select(PARTICIPATION.c.login).where(PARTICIPATION.c.role == "secretary")
    offices = (("registrar", ACCOUNT.c.unit != ""), ("secretary", ACCOUNT.c.login.in_(secretaries)))
    for office, who in offices:
        connection.execute(update(ACCOUNT).where(ACCOUNT.c.office == "", who).values(office=office))


def _terms(connection: Connection) -> None:
    TERM.create(connection, checkfirst=True)


def _reports(connection: Connection) -> None:
    """Who may report on which task, as the journals name them."""
    _add(connection, TASK, percent="0", reported_at="0", doers="' '")
    people: dict[str, dict[str, Participant]] = {}
    told = ("people.added", "people.changed", "people.removed")
    events = select(ENTRY.c.stream, ENTRY.c.name, ENTRY.c.body).where(ENTRY.c.name.in_(told))
    for row in connection.execute(events.order_by(ENTRY.c.stream, ENTRY.c.version)):
        body = json.loads(row.body)
        key, mine = body["participant"], people.setdefault(row.stream, {})
        mine.pop(key, None)
        if row.name != "people.removed":
            named = (body.get("name", ""), body.get("office", ""), body.get("unit", ""))
            mine[key] = Participant(key, *named, Role(body["role"]), False, "", 0)
    for row in connection.execute(select(TASK)).all():
        task = Conclusion(row.id, None, row.text, row.lead, row.supporting, None)
        doers = [key for key, person in people.get(row.meeting, {}).items() if works_on(person, task)]
        here = (TASK.c.meeting == row.meeting, TASK.c.id == row.id)
        connection.execute(update(TASK).where(*here).values(doers=f" {' '.join(doers)} "))


def _clerks(connection: Connection) -> None:
    """Until an administrator names somebody, nobody sends under the agency's name."""
    _add(connection, ACCOUNT, clerk="false")


def _add(connection: Connection, table: Table, **columns: str) -> None:
    """New columns, with what they hold in the rows that are there. A table an earlier step has just made has them."""
    there = {column["name"] for column in inspect(connection).get_columns(table.name)}
    for name, value in columns.items():
        if name in there:
            continue
        column = CreateColumn(table.c[name]).compile(dialect=connection.dialect)
        connection.exec_driver_sql(f"ALTER TABLE {table.name} ADD COLUMN {column} DEFAULT {value}")


# The version a step starts from. A step says what to do in the words of that time: later changes get steps of their own.
STEPS: dict[int, Callable[[Connection], None]] = {
    3: _participations,
    4: _second_factors_devices_and_presets,
    5: _support,
    6: _contacts,
    7: _tokens,
    8: _hooks,
    9: _directory,
    10: _circles_and_the_retired,
    11: _venues_and_planned_hours,
    12: _dispatches,
    13: _passkeys,
    14: _unit_administrators,
    15: _tasks,
    16: _agency,
    17: _kinds_and_erasures,
    18: _separation,
    19: guard,
    20: _terms,
    21: _reports,
    22: _clerks,
    23: guard,  # also against being replaced
}
