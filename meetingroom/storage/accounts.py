"""Accounts: who signs in with a password. The first visit makes the first administrator; there is no default password."""

from __future__ import annotations

import hmac
import secrets
import unicodedata
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from meetingroom.domain.separation import Office
from meetingroom.storage.engine import DEFAULT_ORGANISATION, Database
from meetingroom.storage.passwords import ELSEWHERE, Unacceptable
from meetingroom.storage.tables import ACCOUNT


@dataclass(frozen=True, slots=True)
class Account:
    """Someone who may sign in; administrators and users of one organisation see its meetings they take part in."""

    id: str
    login: str
    name: str
    administrator: bool
    organisation: str
    second: bool = False  # whether a code of their telephone is asked for after the password
    disabled: bool = False
    unit: str = ""  # of which unit their office is; empty: of the whole agency
    post: Office = Office.NONE
    clerk: bool = False  # whether they send documents to other agencies

    @property
    def office(self) -> Office:
        """Who administers has no other."""
        return Office.ADMINISTRATOR if self.administrator else self.post

    @property
    def scope(self) -> str:
        """The unit whose part of the directory they may see to; empty for administrators, who may see to all."""
        return "" if self.administrator else self.unit


class Accounts:
    """All calls block."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def any(self) -> bool:
        """Whether the first administrator exists."""
        with self._database.engine.connect() as connection:
            return bool(connection.scalar(select(func.count()).select_from(ACCOUNT)))

    def create_first(self, login: str, name: str, password: str) -> Account:
        """The first administrator; Unacceptable(exists) if somebody was first. `password` as it is kept."""
        if self.any():
            raise Unacceptable("exists")
        return self.create(login, name, password, administrator=True)

    def create(
        self, login: str, name: str, password: str, administrator: bool, post: Office = Office.NONE, unit: str = ""
    ) -> Account:
        """`password` as it is kept. Raises Unacceptable: login_missing, login_taken."""
        login = folded(login)
        if not login:
            raise Unacceptable("login_missing")
        key = secrets.token_urlsafe(16)
        account = Account(key, login, name or login, administrator, DEFAULT_ORGANISATION, unit=unit, post=post)
        try:
            with self._database.transaction() as connection:
                connection.execute(
                    insert(ACCOUNT).values(
                        id=account.id,
                        organisation=account.organisation,
                        login=login,
                        name=account.name,
                        password=password,
                        administrator=administrator,
                        disabled=False,
                        unit=unit,
                        office=post.value,
                    )
                )
        except IntegrityError as error:
            raise Unacceptable("login_taken") from error
        return account

    def find(self, login: str) -> tuple[Account | None, str | None]:
        """Who may sign in under this name, and the password as it is kept; (None, None) if nobody."""
        with self._database.engine.connect() as connection:
            row = connection.execute(select(ACCOUNT).where(ACCOUNT.c.login == folded(login))).first()
        return (read_account(row), row.password) if row and not row.disabled else (None, None)

    def is_taken(self, login: str) -> bool:
        """Whether some account has this name, locked ones too."""
        with self._database.engine.connect() as connection:
            return connection.scalar(select(ACCOUNT.c.id).where(ACCOUNT.c.login == folded(login))) is not None

    def is_elsewhere(self, key: str) -> bool:
        """Whether their password is that of the agency's own directory."""
        with self._database.engine.connect() as connection:
            kept = connection.scalar(select(ACCOUNT.c.password).where(ACCOUNT.c.id == key))
        return bool(kept and kept.startswith(ELSEWHERE))

    def all(self) -> list[Account]:
        """By sign-in name."""
        with self._database.engine.connect() as connection:
            return [read_account(row) for row in connection.execute(select(ACCOUNT).order_by(ACCOUNT.c.login))]

    def of(self, key: str) -> Account | None:
        with self._database.engine.connect() as connection:
            row = connection.execute(select(ACCOUNT).where(ACCOUNT.c.id == key)).first()
        return read_account(row) if row else None

    def feed_key(self, key: str, secret: bytes) -> str:
        """What the address of an account's calendar ends with; another one once the password is."""
        with self._database.engine.connect() as connection:
            kept = connection.scalar(select(ACCOUNT.c.password).where(ACCOUNT.c.id == key))
        return hmac.new(secret, f"calendar:{key}:{kept}".encode(), "sha256").hexdigest()[:32]

    def set_password(self, key: str, password: str) -> None:
        """`password` as it is kept."""
        self._set(key, password=password)

    def disable(self, key: str, disabled: bool) -> None:
        """Raises Unacceptable(last) rather than leave nobody who administers."""
        self._set(key, disabled=disabled)

    def set_administrator(self, key: str, administrator: bool) -> None:
        """Raises Unacceptable(last)."""
        self._set(key, administrator=administrator)

    def set_office(self, key: str, post: Office, unit: str) -> None:
        """What they are there for from now on; `unit` empty: for the whole agency."""
        self._set(key, office=post.value, unit=unit)

    def set_clerk(self, key: str, clerk: bool) -> None:
        """From now on they send documents under the agency's name, or no more."""
        self._set(key, clerk=clerk)

    def _set(self, key: str, **values: object) -> None:
        left = select(func.count()).where(ACCOUNT.c.administrator, ~ACCOUNT.c.disabled)
        with self._database.transaction() as connection:
            connection.execute(update(ACCOUNT).where(ACCOUNT.c.id == key).values(**values))
            if not connection.scalar(left):
                raise Unacceptable("last")


def folded(login: str) -> str:
    """The same name however it was typed."""
    return unicodedata.normalize("NFC", login).strip().casefold()[:100]


def read_account(row: Row[Any]) -> Account:
    """From a row of the table, or one that holds its columns."""
    second = row.second > 0
    post = Office(row.office) if row.office in Office.__members__.values() else Office.NONE
    told = (row.id, row.login, row.name, row.administrator, row.organisation, second, row.disabled, row.unit)
    return Account(*told, post, row.clerk)
