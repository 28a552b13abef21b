"""Sessions: which browser is signed in, as whom, and as which participants. Ended here, not in the cookie."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, Select, delete, insert, select

from meetingroom.storage.accounts import Account, read_account
from meetingroom.storage.bell import SessionChanged, ring
from meetingroom.storage.engine import Database
from meetingroom.storage.tables import ACCOUNT, GRANT, SESSION

Grant = tuple[str, str]  # meeting, participant


@dataclass(frozen=True, slots=True)
class Session:
    """`id` is the hash of the token; the token itself is known to the browser only."""

    id: str
    account: Account | None
    grants: frozenset[Grant]


@dataclass(frozen=True, slots=True)
class Listed:
    """A session in a list: whose, on what device as the browser said itself, from where, since when, as which participants."""

    id: str
    account: Account | None
    device: str
    address: str
    begun: int
    expires: int
    grants: tuple[Grant, ...]


class Sessions:
    """Kept in memory too: every page image asks. All calls but `find_known` may block."""

    def __init__(self, database: Database, hours: int, clock: Callable[[], int]) -> None:
        self._database, self._life, self._clock = database, hours * 3_600_000, clock
        self._known: dict[str, tuple[int, Session]] = {}

    def begin(self, account: Account | None, device: str = "", address: str = "") -> str:
        """A new session; returns the token for the cookie. A new token at every sign-in (no fixation)."""
        token, now = secrets.token_urlsafe(32), self._clock()
        row = {
            "id": _hash(token),
            "account": account.id if account else None,
            "expires": now + self._life,
            "begun": now,
            "device": device[:100],
            "address": address[:100],
        }
        with self._database.transaction() as connection:
            connection.execute(delete(GRANT).where(GRANT.c.session.in_(_expired(self._clock()))))
            connection.execute(delete(SESSION).where(SESSION.c.expires < self._clock()))
            connection.execute(insert(SESSION).values(row))
        return token

    def find_known(self, token: str) -> Session | None:
        """The session if it is in memory and has not expired."""
        known = self._known.get(_hash(token))
        return known[1] if known and known[0] > self._clock() else None

    def is_known(self, key: str) -> bool:
        """Whether the session with this id is in memory, as all are that somebody has just come in by and none that ended."""
        return key in self._known

    def find(self, token: str) -> Session | None:
        """The session of this token, None if ended or expired."""
        return self.find_known(token) or self.look_up(_hash(token))

    def look_up(self, key: str) -> Session | None:
        """The session with this id as it is in the database now, None if ended or expired."""
        self._known.pop(key, None)
        wanted = (
            select(SESSION.c.expires, ACCOUNT)
            .select_from(SESSION.outerjoin(ACCOUNT, SESSION.c.account == ACCOUNT.c.id))
            .where(SESSION.c.id == key, SESSION.c.expires > self._clock())
        )
        with self._database.engine.connect() as connection:
            row = connection.execute(wanted).first()
            if row is None or row.disabled:
                return None
            grants = connection.execute(select(GRANT.c.meeting, GRANT.c.participant).where(GRANT.c.session == key))
            granted = frozenset((grant.meeting, grant.participant) for grant in grants)
        session = Session(key, _account(row), granted)
        self._known[key] = (row.expires, session)
        return session

    def doubt(self) -> None:
        """Sessions may have ended in another process unheard: the next look at each asks the database."""
        self._known.clear()

    def recall(self) -> None:
        """Take all sessions into memory: after a restart everyone comes back in the same second."""
        now = self._clock()
        wanted = (
            select(SESSION.c.id.label("key"), SESSION.c.expires, ACCOUNT)
            .select_from(SESSION.outerjoin(ACCOUNT, SESSION.c.account == ACCOUNT.c.id))
            .where(SESSION.c.expires > now)
        )
        granted: dict[str, set[Grant]] = {}
        with self._database.engine.connect() as connection:
            rows = connection.execute(wanted).all()
            for grant in connection.execute(select(GRANT)):
                granted.setdefault(grant.session, set()).add((grant.meeting, grant.participant))
        for row in rows:
            if not row.disabled:
                session = Session(row.key, _account(row), frozenset(granted.get(row.key, ())))
                self._known[row.key] = (row.expires, session)

    def grant(self, session: str, meeting: str, participant: str, only: bool) -> None:
        """Let the session act as a participant; `only` takes all others away (one tablet, one person)."""
        with self._database.transaction() as connection:
            if only:
                connection.execute(delete(GRANT).where(GRANT.c.session == session))
            else:
                connection.execute(
                    delete(GRANT).where(
                        GRANT.c.session == session, GRANT.c.meeting == meeting, GRANT.c.participant == participant
                    )
                )
            connection.execute(insert(GRANT).values(session=session, meeting=meeting, participant=participant))
            ring(connection, SessionChanged(session))
        self._known.pop(session, None)

    def withdraw(self, session: str, meeting: str, participant: str) -> None:
        """The session acts as this participant no more."""
        granted = (GRANT.c.meeting == meeting) & (GRANT.c.participant == participant)
        with self._database.transaction() as connection:
            connection.execute(delete(GRANT).where(granted, GRANT.c.session == session))
        self._known.pop(session, None)

    def revoke(self, meeting: str, participant: str) -> list[str]:
        """Nobody acts as this participant by invitation any more; the sessions that did."""
        granted = (GRANT.c.meeting == meeting) & (GRANT.c.participant == participant)
        with self._database.transaction() as connection:
            sessions = [str(key) for key in connection.scalars(select(GRANT.c.session).where(granted))]
            connection.execute(delete(GRANT).where(granted))
            for session in sessions:
                ring(connection, SessionChanged(session))
        for session in sessions:
            self._known.pop(session, None)
        return sessions

    def all(self) -> list[Listed]:
        """Those that have not ended, the newest first."""
        wanted = (
            select(
                SESSION.c.id.label("key"),
                SESSION.c.device,
                SESSION.c.address,
                SESSION.c.begun,
                SESSION.c.expires,
                ACCOUNT,
            )
            .select_from(SESSION.outerjoin(ACCOUNT, SESSION.c.account == ACCOUNT.c.id))
            .where(SESSION.c.expires > self._clock())
            .order_by(SESSION.c.begun.desc())
        )
        granted: dict[str, list[Grant]] = {}
        with self._database.engine.connect() as connection:
            rows = connection.execute(wanted).all()
            for grant in connection.execute(select(GRANT)):
                granted.setdefault(grant.session, []).append((grant.meeting, grant.participant))
        return [
            Listed(r.key, _account(r), r.device, r.address, r.begun, r.expires, tuple(granted.get(r.key, ())))
            for r in rows
        ]

    def of(self, meeting: str, participant: str) -> list[str]:
        """The sessions that act as this participant by a personal code."""
        wanted = (
            select(GRANT.c.session)
            .join_from(GRANT, SESSION, GRANT.c.session == SESSION.c.id)
            .where(GRANT.c.meeting == meeting, GRANT.c.participant == participant, SESSION.c.expires > self._clock())
            .order_by(SESSION.c.begun)
        )
        with self._database.engine.connect() as connection:
            return [str(key) for key in connection.scalars(wanted)]

    def end_of(self, account: str, keep: str = "") -> list[str]:
        """All sessions of an account end, but one; which they were."""
        wanted = select(SESSION.c.id).where(SESSION.c.account == account, SESSION.c.id != keep)
        with self._database.engine.connect() as connection:
            ended = [str(key) for key in connection.scalars(wanted)]
        for session in ended:
            self.end(session)
        return ended

    def forget(self, account: str) -> list[str]:
        """What is known of an account has changed: its sessions are read anew; which they are."""
        wanted = select(SESSION.c.id).where(SESSION.c.account == account)
        with self._database.transaction() as connection:
            sessions = [str(key) for key in connection.scalars(wanted)]
            for session in sessions:
                ring(connection, SessionChanged(session))
        for session in sessions:
            self._known.pop(session, None)
        return sessions

    def end(self, session: str) -> None:
        """Signed out. Open sockets are closed by the rooms."""
        self._known.pop(session, None)
        with self._database.transaction() as connection:
            connection.execute(delete(GRANT).where(GRANT.c.session == session))
            connection.execute(delete(SESSION).where(SESSION.c.id == session))
            ring(connection, SessionChanged(session))


def _account(row: Row[Any]) -> Account | None:
    return read_account(row) if row.id else None


def _expired(now: int) -> Select[tuple[str]]:
    return select(SESSION.c.id).where(SESSION.c.expires < now)


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
