"""Passkeys of accounts: their public halves. They stand beside the codes of a second factor and go with it."""

from __future__ import annotations

import base64
from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import delete, func, insert, select, update

from meetingroom.storage.engine import Database
from meetingroom.storage.tables import PASSKEY

MOST = 10  # of an account


class TooMany(Exception):
    """The account has MOST of them."""


@dataclass(frozen=True, slots=True)
class Passkey:
    """`host`: the name of the server it is bound to; `uses` as the device counts; `made` and `used` in UTC ms (0: never)."""

    id: bytes
    host: str
    key: bytes
    uses: int
    name: str
    made: int
    used: int

    @property
    def text(self) -> str:
        """The id as browsers write it."""
        return _text(self.id)


class Passkeys:
    """All calls block."""

    def __init__(self, database: Database, clock: Callable[[], int]) -> None:
        self._database, self._clock = database, clock

    def add(self, account: str, host: str, key: bytes, public: bytes, uses: int, name: str) -> None:
        """Raises TooMany. One that is there already, whosever it is, stays as it is."""
        with self._database.transaction() as connection:
            own = select(func.count()).where(PASSKEY.c.account == account)
            if (connection.scalar(own) or 0) >= MOST:
                raise TooMany
            if connection.execute(select(PASSKEY.c.id).where(PASSKEY.c.id == _text(key))).first():
                return
            values = {"id": _text(key), "account": account, "host": host, "key": public, "uses": uses, "name": name}
            connection.execute(insert(PASSKEY).values(**values, made=self._clock(), used=0, asked=0))

    def of(self, account: str) -> list[Passkey]:
        """The oldest first."""
        wanted = select(PASSKEY).where(PASSKEY.c.account == account).order_by(PASSKEY.c.made, PASSKEY.c.id)
        with self._database.engine.connect() as connection:
            rows = connection.execute(wanted).all()
        return [Passkey(_bytes(r.id), r.host, r.key, r.uses, r.name, r.made, r.used) for r in rows]

    def use(self, account: str, key: bytes, uses: int, asked: int) -> bool:
        """Whether this is its first answer to what was asked at `asked` (UTC ms) or later: each is good once, also for two who
        send it at the same moment."""
        mine = (PASSKEY.c.id == _text(key)) & (PASSKEY.c.account == account) & (PASSKEY.c.asked < asked)
        with self._database.transaction() as connection:
            values = {"uses": uses, "asked": asked, "used": self._clock()}
            return bool(connection.execute(update(PASSKEY).where(mine).values(**values)).rowcount)

    def remove(self, account: str, text: str) -> str | None:
        """The name of the one that is gone."""
        mine = (PASSKEY.c.id == text) & (PASSKEY.c.account == account)
        with self._database.transaction() as connection:
            name = connection.scalar(select(PASSKEY.c.name).where(mine))
            connection.execute(delete(PASSKEY).where(mine))
        return name


def _text(key: bytes) -> str:
    return base64.urlsafe_b64encode(key).rstrip(b"=").decode()


def _bytes(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
