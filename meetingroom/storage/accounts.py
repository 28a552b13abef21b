"""Accounts: who signs in with a password. The first visit makes the first administrator; there is no default password."""

from __future__ import annotations

import secrets
import unicodedata
from dataclasses import dataclass

from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError
from sqlalchemy import func, insert, select
from sqlalchemy.exc import IntegrityError

from meetingroom.storage.engine import DEFAULT_ORGANISATION, Database
from meetingroom.storage.tables import ACCOUNT, MEETING

SHORTEST, LONGEST = 8, 128
COMMON = frozenset(
    "12345678 123456789 1234567890 password password1 qwertyui matkhau1 matkhau123 admin123 administrator 11111111 "
    "88888888 iloveyou abc12345 abcd1234 anhyeuem vietnam1 p@ssw0rd".split()
)

_hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
# Checked when there is no such account, so that an unknown name takes as long as a wrong password.
_NOBODY = _hasher.hash("nobody")


class Unacceptable(Exception):
    """A login or password that cannot be used; `code` names the field's sentence."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Account:
    """Someone who may sign in; administrators and users of one organisation see its meetings they take part in."""

    id: str
    login: str
    name: str
    administrator: bool
    organisation: str


@dataclass(frozen=True, slots=True)
class Listed:
    """A meeting in a list."""

    id: str
    title: str
    room: str
    phase: str
    starts: int


class Accounts:
    """All calls block."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def any(self) -> bool:
        """Whether the first administrator exists."""
        with self._database.engine.connect() as connection:
            return bool(connection.scalar(select(func.count()).select_from(ACCOUNT)))

    def create_first(self, login: str, name: str, password: str) -> Account:
        """The first administrator; Unacceptable(exists) if somebody was first."""
        if self.any():
            raise Unacceptable("exists")
        return self.create(login, name, password, administrator=True)

    def create(self, login: str, name: str, password: str, administrator: bool) -> Account:
        """Raises Unacceptable: login_missing, login_taken, password_short, password_long, password_common."""
        login = folded(login)
        if not login:
            raise Unacceptable("login_missing")
        check_password(password, login)
        account = Account(secrets.token_urlsafe(16), login, name or login, administrator, DEFAULT_ORGANISATION)
        try:
            with self._database.transaction() as connection:
                connection.execute(
                    insert(ACCOUNT).values(
                        id=account.id,
                        organisation=account.organisation,
                        login=login,
                        name=account.name,
                        password=_hasher.hash(password),
                        administrator=administrator,
                        disabled=False,
                    )
                )
        except IntegrityError as error:
            raise Unacceptable("login_taken") from error
        return account

    def check(self, login: str, password: str) -> Account | None:
        """The account if name and password fit; the same time and answer whatever does not."""
        with self._database.engine.connect() as connection:
            row = connection.execute(select(ACCOUNT).where(ACCOUNT.c.login == folded(login))).first()
        known = row is not None and not row.disabled
        try:
            _hasher.verify(row.password if row and known else _NOBODY, password[:LONGEST])
        except VerifyMismatchError:
            return None
        return _account(row) if row and known else None

    def meetings(self, account: Account) -> list[Listed]:
        """The organisation's meetings, the next first. Whether one may enter is asked of each meeting."""
        wanted = select(MEETING).where(MEETING.c.organisation == account.organisation).order_by(MEETING.c.starts.desc())
        with self._database.engine.connect() as connection:
            rows = connection.execute(wanted).all()
        return [Listed(row.id, row.title, row.room, row.phase, row.starts) for row in rows]

    def all_meetings(self) -> list[str]:
        """Ids of all meetings, for the work a starting server has left to do."""
        with self._database.engine.connect() as connection:
            return [str(key) for key in connection.scalars(select(MEETING.c.id))]


def folded(login: str) -> str:
    """The same name however it was typed."""
    return unicodedata.normalize("NFC", login).strip().casefold()[:100]


def check_password(password: str, login: str) -> None:
    """Length and the most common ones; no rules of composition, which only make people write it down."""
    if len(password) < SHORTEST:
        raise Unacceptable("password_short")
    if len(password) > LONGEST:
        raise Unacceptable("password_long")
    if password.casefold() in COMMON or password.casefold() == login:
        raise Unacceptable("password_common")


def _account(row: object) -> Account:
    fields = ("id", "login", "name", "administrator", "organisation")
    return Account(*(getattr(row, field) for field in fields))
