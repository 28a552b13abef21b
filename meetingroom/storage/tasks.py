"""Tasks: what was concluded, as lists over all meetings tell it. The journals remain the truth."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import Connection, delete, insert, not_, select

from meetingroom.domain.conclusions import Conclusions, State
from meetingroom.domain.people import People
from meetingroom.domain.reports import Reports, percent, waiting_since, works_on
from meetingroom.storage.engine import Database
from meetingroom.storage.journal import Write
from meetingroom.storage.tables import MEETING, TASK


@dataclass(frozen=True, slots=True)
class Task:
    """A published conclusion; `title` and `starts` of its meeting. `due`: end of day, UTC ms, 0: none."""

    meeting: str
    id: str
    text: str
    lead: str
    supporting: str
    due: int
    done: bool
    note: str
    settled_at: int
    title: str
    starts: int
    percent: int = 0
    reported_at: int = 0
    doers: str = " "


class Tasks:
    """All calls block."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def of(self, meetings: Collection[str]) -> list[Task]:
        """Of these meetings: what is due first, then what has no day, by meeting."""
        wanted = (
            select(TASK, MEETING.c.title, MEETING.c.starts)
            .join(MEETING, MEETING.c.id == TASK.c.meeting)
            .where(TASK.c.meeting.in_(meetings))
            .order_by(TASK.c.due == 0, TASK.c.due, MEETING.c.starts.desc(), TASK.c.id)
        )
        names = Task.__slots__
        with self._database.engine.connect() as connection:
            return [Task(**{name: getattr(row, name) for name in names}) for row in connection.execute(wanted)]

    def due_between(self, since: int, until: int) -> list[str]:
        """The meetings with something not done that is due then."""
        wanted = select(TASK.c.meeting).where(TASK.c.due >= since, TASK.c.due < until, not_(TASK.c.done))
        with self._database.engine.connect() as connection:
            return list(connection.scalars(wanted.distinct()))


def following(meeting: str, conclusions: Conclusions, people: People, reports: Reports) -> Write:
    """What is to be followed now, to be written with the events that say so."""
    rows = [
        {
            **{name: getattr(each, name) for name in ("id", "text", "lead", "supporting", "note", "settled_at")},
            "meeting": meeting,
            "due": each.due or 0,
            "done": each.state is State.DONE,
            "percent": 100 if each.state is State.DONE else percent(reports, each.id),
            "reported_at": waiting_since(reports, each.id),
            "doers": f" {' '.join(key for key, person in people.items() if works_on(person, each))} ",
        }
        for each in conclusions.values()
        if each.state is not State.DRAFT
    ]

    def write(connection: Connection) -> None:
        connection.execute(delete(TASK).where(TASK.c.meeting == meeting))
        if rows:
            connection.execute(insert(TASK), rows)

    return write
