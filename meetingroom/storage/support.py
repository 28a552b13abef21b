"""Requests for service and messages: a row each. In no journal and no view; read by those they concern only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, and_, func, insert, or_, select, update
from sqlalchemy.exc import IntegrityError

from meetingroom.domain.support import Errand, Need
from meetingroom.storage.engine import Database
from meetingroom.storage.tables import ERRAND, MESSAGE

MOST_WAITING = 10  # requests for service of one person that are not done
MOST_MESSAGES = 1000  # of one person in one meeting
SHOWN = 300  # newest of a kind that are read at a time


class TooMany(Exception):
    """This person has as many as are kept."""


@dataclass(frozen=True, slots=True)
class KeptErrand:
    """`by`: who took or did it last."""

    id: str
    participant: str
    need: Need
    text: str
    at: int
    state: Errand
    by: str
    changed_at: int


@dataclass(frozen=True, slots=True)
class Message:
    """`desk`: to or from the secretariat; `recipient` is empty where it is for the secretariat."""

    id: str
    sender: str
    recipient: str
    desk: bool
    text: str
    at: int


class Support:
    """All calls block. What is sent twice with the same id is kept once."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def ask(self, meeting: str, errand: KeptErrand) -> None:
        """Raises TooMany."""
        mine = and_(_of(meeting), ERRAND.c.participant == errand.participant)
        waiting = and_(mine, ERRAND.c.state.in_((Errand.ASKED, Errand.TAKEN)))
        row = {
            "meeting": meeting, "id": errand.id, "participant": errand.participant, "need": errand.need.value,
            "text": errand.text, "at": errand.at, "state": errand.state.value, "taken_by": errand.by,
            "changed_at": errand.changed_at,
        }  # fmt: skip
        self._once(ERRAND.c.id, _of(meeting), row, waiting, MOST_WAITING)

    def find(self, meeting: str, errand: str) -> KeptErrand | None:
        with self._database.engine.connect() as connection:
            row = connection.execute(select(ERRAND).where(_of(meeting), ERRAND.c.id == errand)).first()
        return _errand(row) if row else None

    def move(self, meeting: str, before: KeptErrand, state: Errand, by: str, now: int) -> bool:
        """Whether it was still as it was before: of two who take it at once one is first."""
        changed = (
            update(ERRAND)
            .where(_of(meeting), ERRAND.c.id == before.id, ERRAND.c.state == before.state.value)
            .values(state=state.value, taken_by=by, changed_at=now)
        )
        with self._database.transaction() as connection:
            return connection.execute(changed).rowcount == 1

    def errands(self, meeting: str, participant: str | None) -> list[KeptErrand]:
        """Oldest first; of one person, or of all."""
        wanted = _of(meeting) if participant is None else and_(_of(meeting), ERRAND.c.participant == participant)
        newest = select(ERRAND).where(wanted).order_by(ERRAND.c.at.desc(), ERRAND.c.id).limit(SHOWN)
        with self._database.engine.connect() as connection:
            return [_errand(row) for row in connection.execute(newest)][::-1]

    def say(self, meeting: str, message: Message) -> None:
        """Raises TooMany."""
        here = MESSAGE.c.meeting == meeting
        row = {
            "meeting": meeting, "id": message.id, "sender": message.sender, "recipient": message.recipient,
            "desk": message.desk, "text": message.text, "at": message.at,
        }  # fmt: skip
        self._once(MESSAGE.c.id, here, row, and_(here, MESSAGE.c.sender == message.sender), MOST_MESSAGES)

    def messages(self, meeting: str, participant: str, desk: bool) -> list[Message]:
        """Oldest first: from and to this person, and all of the secretariat's for who serves there."""
        mine = or_(MESSAGE.c.sender == participant, MESSAGE.c.recipient == participant)
        wanted = or_(mine, MESSAGE.c.desk.is_(True)) if desk else mine
        newest = (
            select(MESSAGE)
            .where(MESSAGE.c.meeting == meeting, wanted)
            .order_by(MESSAGE.c.at.desc(), MESSAGE.c.id)
            .limit(SHOWN)
        )
        with self._database.engine.connect() as connection:
            rows = connection.execute(newest).all()
        return [Message(row.id, row.sender, row.recipient, bool(row.desk), row.text, row.at) for row in rows][::-1]

    def _once(
        self, key: ColumnElement[str], here: ColumnElement[bool], row: Mapping[str, object],
        counted: ColumnElement[bool], most: int,
    ) -> None:  # fmt: skip
        table = ERRAND if key is ERRAND.c.id else MESSAGE

        def write(connection: Connection) -> None:
            if connection.scalar(select(key).where(here, key == row["id"])) is not None:
                return
            if (connection.scalar(select(func.count()).select_from(table).where(counted)) or 0) >= most:
                raise TooMany
            connection.execute(insert(table).values(**row))

        try:
            with self._database.transaction() as connection:
                write(connection)
        except IntegrityError:  # another process kept the same one at the same moment
            return


def _of(meeting: str) -> ColumnElement[bool]:
    return ERRAND.c.meeting == meeting


def _errand(row: object) -> KeptErrand:
    values = row._mapping  # type: ignore[attr-defined]
    return KeptErrand(
        id=values["id"],
        participant=values["participant"],
        need=Need(values["need"]),
        text=values["text"],
        at=values["at"],
        state=Errand(values["state"]),
        by=values["taken_by"],
        changed_at=values["changed_at"],
    )
