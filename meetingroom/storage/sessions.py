"""Sessions: which browser is signed in, as whom, and as which participants. Ended here, not in the cookie."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, Select, delete, insert, select

from meetingroom.storage.accounts import Account
from meetingroom.storage.engine import Database
from meetingroom.storage.tables import ACCOUNT, GRANT, SESSION

Grant = tuple[str, str]  # meeting, participant


@dataclass(frozen=True, slots=True)
class Session:
    """`id` is the hash of the token; the token itself is known to the browser only."""

    id: str
    account: Account | None
    grants: frozenset[Grant]


class Sessions:
    """Kept in memory too: every page image asks. All calls but `find_known` may block."""

    def __init__(self, database: Database, hours: int, clock: Callable[[], int]) -> None:
        self._database, self._life, self._clock = database, hours * 3_600_000, clock
        self._known: dict[str, tuple[int, Session]] = {}

    def begin(self, account: Account | None) -> str:
        """A new session; returns the token for the cookie. A new token at every sign-in (no fixation)."""
        token = secrets.token_urlsafe(32)
        row = {"id": _hash(token), "account": account.id if account else None, "expires": self._clock() + self._life}
        with self._database.transaction() as connection:
            connection.execute(delete(GRANT).where(GRANT.c.session.in_(_expired(self._clock()))))
            connection.execute(delete(SESSION).where(SESSION.c.expires < self._clock()))
            connection.execute(insert(SESSION).values(row))
        return token

    def find_known(self, token: str) -> Session | None:
        """The session if it is in memory and has not expired."""
        known = self._known.get(_hash(token))
        return known[1] if known and known[0] > self._clock() else None

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
        self._known.pop(session, None)

    def revoke(self, meeting: str, participant: str) -> list[str]:
        """Nobody acts as this participant by invitation any more; the sessions that did."""
        granted = (GRANT.c.meeting == meeting) & (GRANT.c.participant == participant)
        with self._database.transaction() as connection:
            sessions = [str(key) for key in connection.scalars(select(GRANT.c.session).where(granted))]
            connection.execute(delete(GRANT).where(granted))
        for session in sessions:
            self._known.pop(session, None)
        return sessions

    def end(self, session: str) -> None:
        """Signed out. Open sockets are closed by the rooms."""
        self._known.pop(session, None)
        with self._database.transaction() as connection:
            connection.execute(delete(GRANT).where(GRANT.c.session == session))
            connection.execute(delete(SESSION).where(SESSION.c.id == session))


def _account(row: Row[Any]) -> Account | None:
    return Account(row.id, row.login, row.name, row.administrator, row.organisation) if row.id else None


def _expired(now: int) -> Select[tuple[str]]:
    return select(SESSION.c.id).where(SESSION.c.expires < now)


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
