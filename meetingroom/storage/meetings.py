"""Lists of meetings: which there are, and who with an account takes part in which. The journals remain the truth."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, and_, delete, insert, not_, or_, select, tuple_

from meetingroom.domain.messages import Role
from meetingroom.domain.people import People
from meetingroom.domain.sitting import TEMPLATE, USUAL_HOURS
from meetingroom.storage.engine import DEFAULT_ORGANISATION, Database
from meetingroom.storage.journal import FOREIGN, Write
from meetingroom.storage.tables import MEETING, PARTICIPATION


@dataclass(frozen=True, slots=True)
class Told:
    """A meeting as a list tells of it."""

    id: str
    title: str
    room: str
    phase: str
    starts: int
    ends: int = 0
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Closed:
    """A meeting that is over, and what kind it was of."""

    id: str
    title: str
    starts: int
    kind: str


@dataclass(frozen=True, slots=True)
class Listed:
    """A meeting in the list of an account, and who they are in it."""

    id: str
    title: str
    room: str
    phase: str
    starts: int
    participant: str
    role: Role
    ends: int = 0


@dataclass(frozen=True, slots=True)
class Shared:
    """A meeting, and who of some accounts takes part in it."""

    id: str
    title: str
    room: str
    phase: str
    starts: int
    ends: int
    logins: tuple[str, ...]
    unit: str = ""


class Meetings:
    """All calls block."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def of(self, login: str) -> list[Listed]:
        """The meetings this account takes part in, the latest first."""
        wanted = (
            select(MEETING, PARTICIPATION.c.participant, PARTICIPATION.c.role)
            .join(PARTICIPATION, PARTICIPATION.c.meeting == MEETING.c.id)
            .where(PARTICIPATION.c.login == login)
            .order_by(MEETING.c.starts.desc())
        )
        with self._database.engine.connect() as connection:
            rows = connection.execute(wanted).all()
        return [Listed(r.id, r.title, r.room, r.phase, r.starts, r.participant, Role(r.role), r.ends) for r in rows]

    def shared(self, logins: Sequence[str], since: int) -> list[Shared]:
        """Published meetings of any of these accounts that are not over and begin after `since`; the next first."""
        wanted = (
            select(MEETING, PARTICIPATION.c.login)
            .join(PARTICIPATION, PARTICIPATION.c.meeting == MEETING.c.id)
            .where(
                MEETING.c.organisation == DEFAULT_ORGANISATION,
                PARTICIPATION.c.login.in_(logins),
                MEETING.c.phase.not_in(("draft", TEMPLATE, "closed")),
                MEETING.c.starts >= since,
            )
            .order_by(MEETING.c.starts, MEETING.c.id, PARTICIPATION.c.login)
        )
        with self._database.engine.connect() as connection:
            rows = connection.execute(wanted).all()
        who: dict[str, list[str]] = {}
        for row in rows:
            who.setdefault(row.id, []).append(row.login)
        told = {row.id: row for row in rows}
        return [
            Shared(row.id, row.title, row.room, row.phase, row.starts, row.ends, tuple(who[row.id]), row.unit)
            for row in told.values()
        ]

    def page(
        self, past: bool, since: int, after: tuple[int, str] | None, most: int, units: Collection[str] | None = None
    ) -> list[Told]:
        """Meetings that are no drafts: past ones, the last first, or those to come, the next first.

        Past is what is closed, or began before `since`. `after`: start and id of the last one that was told; `units`: of
        these only.
        """
        over = or_(MEETING.c.phase == "closed", MEETING.c.starts < since)
        place = tuple_(MEETING.c.starts, MEETING.c.id)
        wanted = select(MEETING).where(
            MEETING.c.organisation == DEFAULT_ORGANISATION,
            MEETING.c.phase.not_in(("draft", TEMPLATE)),
            over if past else not_(over),
        )
        if units is not None:
            wanted = wanted.where(MEETING.c.unit.in_(units))
        if after:
            wanted = wanted.where(place < after if past else place > after)
        order = (MEETING.c.starts.desc(), MEETING.c.id.desc()) if past else (MEETING.c.starts, MEETING.c.id)
        with self._database.engine.connect() as connection:
            rows = connection.execute(wanted.order_by(*order).limit(most)).all()
        return [_told(row) for row in rows]

    def of_units(self, units: Collection[str], since: int = 0) -> list[Told]:
        """All meetings of these units that begin after `since`, drafts among them and templates not; the latest first."""
        wanted = select(MEETING).where(
            MEETING.c.organisation == DEFAULT_ORGANISATION,
            MEETING.c.unit.in_(units),
            MEETING.c.phase != TEMPLATE,
            MEETING.c.starts >= since,
        )
        with self._database.engine.connect() as connection:
            return [_told(row) for row in connection.execute(wanted.order_by(MEETING.c.starts.desc(), MEETING.c.id))]

    def within(self, starts: int, ends: int, most: int = 1000) -> list[Told]:
        """Meetings of our own that fall into these hours and are not over, the first first."""
        usual = USUAL_HOURS * 3_600_000
        wanted = select(MEETING).where(
            MEETING.c.organisation == DEFAULT_ORGANISATION,
            MEETING.c.phase.not_in(("closed", "circulating", TEMPLATE)),
            MEETING.c.starts < ends,
            or_(MEETING.c.ends > starts, and_(MEETING.c.ends == 0, MEETING.c.starts > starts - usual)),
        )
        with self._database.engine.connect() as connection:
            return [
                _told(row) for row in connection.execute(wanted.order_by(MEETING.c.starts, MEETING.c.id).limit(most))
            ]

    def around(self, starts: int, ends: int, most: int) -> list[str]:
        """The ids of those."""
        return [each.id for each in self.within(starts, ends, most)]

    def foreign(self) -> list[Told]:
        """Those adopted from other servers, the last first."""
        wanted = select(MEETING).where(MEETING.c.organisation == FOREIGN).order_by(MEETING.c.starts.desc())
        with self._database.engine.connect() as connection:
            return [_told(row) for row in connection.execute(wanted)]

    def told(self, keys: Collection[str]) -> list[Told]:
        """These meetings, foreign ones among them, the latest first."""
        wanted = select(MEETING).where(MEETING.c.id.in_(keys)).order_by(MEETING.c.starts.desc())
        with self._database.engine.connect() as connection:
            return [_told(row) for row in connection.execute(wanted)]

    def templates(self) -> list[Told]:
        """Those whoever founds a meeting may begin with, by title."""
        wanted = select(MEETING).where(MEETING.c.organisation == DEFAULT_ORGANISATION, MEETING.c.phase == TEMPLATE)
        with self._database.engine.connect() as connection:
            rows = connection.execute(wanted.order_by(MEETING.c.title, MEETING.c.id)).all()
        return [_told(row) for row in rows]

    def closed(self) -> list[Closed]:
        """Closed meetings of this organisation, the first first."""
        wanted = select(MEETING).where(MEETING.c.organisation == DEFAULT_ORGANISATION, MEETING.c.phase == "closed")
        with self._database.engine.connect() as connection:
            rows = connection.execute(wanted.order_by(MEETING.c.starts, MEETING.c.id))
            return [Closed(row.id, row.title, row.starts, row.kind) for row in rows]

    def logins(self, meeting: str) -> list[str]:
        """Sign-in names of all who take part in a meeting."""
        wanted = select(PARTICIPATION.c.login).where(PARTICIPATION.c.meeting == meeting)
        with self._database.engine.connect() as connection:
            return list(connection.scalars(wanted.order_by(PARTICIPATION.c.login)))

    def secretaries(self, keys: Collection[str]) -> dict[str, list[str]]:
        """Sign-in names of the secretaries of these meetings, by meeting."""
        wanted = select(PARTICIPATION).where(PARTICIPATION.c.meeting.in_(keys), PARTICIPATION.c.role == Role.SECRETARY)
        found: dict[str, list[str]] = {}
        with self._database.engine.connect() as connection:
            for row in connection.execute(wanted.order_by(PARTICIPATION.c.login)):
                found.setdefault(row.meeting, []).append(row.login)
        return found

    def titles(self, keys: Sequence[str]) -> list[str]:
        """The titles of these meetings."""
        wanted = select(MEETING.c.title).where(MEETING.c.id.in_(keys)).order_by(MEETING.c.starts.desc())
        with self._database.engine.connect() as connection:
            return [str(title) for title in connection.scalars(wanted)]

    def called(self, keys: Collection[str]) -> dict[str, str]:
        """Id → title of these meetings."""
        wanted = select(MEETING.c.id, MEETING.c.title).where(MEETING.c.id.in_(keys))
        with self._database.engine.connect() as connection:
            return {row.id: row.title for row in connection.execute(wanted)}

    def phases(self) -> dict[str, str]:
        """The phase of every meeting, for the work a starting server has left to do."""
        with self._database.engine.connect() as connection:
            return {row.id: row.phase for row in connection.execute(select(MEETING.c.id, MEETING.c.phase))}


def _told(row: Row[Any]) -> Told:
    return Told(row.id, row.title, row.room, row.phase, row.starts, row.ends, row.unit)


def taking_part(meeting: str, people: People) -> Write:
    """Who takes part now, to be written with the events that say so."""
    rows = [
        {"meeting": meeting, "login": person.account, "participant": person.id, "role": person.role.value}
        for person in people.values()
        if person.account
    ]

    def write(connection: Connection) -> None:
        connection.execute(delete(PARTICIPATION).where(PARTICIPATION.c.meeting == meeting))
        if rows:
            connection.execute(insert(PARTICIPATION), rows)

    return write
