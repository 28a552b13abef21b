"""Tokens: with one, a program of a neighbouring system reads what its scopes let it. Kept as their hash only."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import insert, select, update

from meetingroom.storage.engine import DEFAULT_ORGANISATION, Database
from meetingroom.storage.tables import TOKEN

PREFIX = "mr_"  # so that a scanner for leaked secrets, and a person, knows what it is
BYTES = 32
LATELY = 60_000  # ms: a use is noted at most so often, a program that asks all the time writes no row each time


class Scope(StrEnum):
    """What a token lets one read. `BALLOTS`: the published list of a vote, with names where it was recorded."""

    MEETINGS = "meetings"
    PAPERS = "papers"
    RESULTS = "results"
    BALLOTS = "ballots"


@dataclass(frozen=True, slots=True)
class Token:
    """`ends`: the last characters, to tell two apart. `used_at` and `revoked_at`: 0 for never.

    `unit`: whose meetings it reads, with those of the units below; empty: the whole agency's.
    """

    id: str
    name: str
    scopes: frozenset[Scope]
    ends: str
    made_by: str
    made_at: int
    used_at: int
    revoked_at: int
    unit: str = ""


class Tokens:
    """All calls block."""

    def __init__(self, database: Database, clock: Callable[[], int]) -> None:
        self._database, self._clock = database, clock

    def make(self, name: str, scopes: frozenset[Scope], by: str, unit: str = "") -> tuple[Token, str]:
        """A new token and the secret itself, which can never be shown again."""
        secret = PREFIX + secrets.token_urlsafe(BYTES)
        token = Token(secrets.token_urlsafe(12), name, scopes, secret[-4:], by, self._clock(), 0, 0, unit)
        row = {
            "id": token.id,
            "organisation": DEFAULT_ORGANISATION,
            "name": name,
            "hash": _hash(secret),
            "ends": token.ends,
            "scopes": " ".join(sorted(scopes)),
            "made_by": by,
            "made_at": token.made_at,
            "used_at": 0,
            "revoked_at": 0,
            "unit": unit,
        }
        with self._database.transaction() as connection:
            connection.execute(insert(TOKEN).values(**row))
        return token, secret

    def all(self) -> list[Token]:
        """Those that let somebody in and those that were revoked, the newest first."""
        wanted = select(TOKEN).where(TOKEN.c.organisation == DEFAULT_ORGANISATION).order_by(TOKEN.c.made_at.desc())
        with self._database.engine.connect() as connection:
            return [_token(row) for row in connection.execute(wanted)]

    def revoke(self, key: str) -> Token | None:
        """It lets nobody in any more. None if there is no such token, or it was revoked before."""
        there = (TOKEN.c.id == key) & (TOKEN.c.revoked_at == 0)
        with self._database.transaction() as connection:
            row = connection.execute(select(TOKEN).where(there)).first()
            if row is not None:
                connection.execute(update(TOKEN).where(there).values(revoked_at=self._clock()))
        return _token(row) if row is not None else None

    def find(self, secret: str) -> Token | None:
        """The token of this secret, if it still counts; its use is noted."""
        wanted = select(TOKEN).where(TOKEN.c.hash == _hash(secret), TOKEN.c.revoked_at == 0)
        with self._database.engine.connect() as connection:
            row = connection.execute(wanted).first()
        if row is None:
            return None
        if (now := self._clock()) - row.used_at >= LATELY:
            with self._database.transaction() as connection:
                connection.execute(update(TOKEN).where(TOKEN.c.id == row.id).values(used_at=now))
        return _token(row)


def _hash(secret: str) -> str:
    """256 random bits: nobody guesses them, so that a slow hash would protect nothing more."""
    return hashlib.sha256(secret.encode()).hexdigest()


def _token(row: object) -> Token:
    scopes = frozenset(Scope(name) for name in row.scopes.split() if name in Scope.__members__.values())  # type: ignore[attr-defined]
    names = ("ends", "made_by", "made_at", "used_at", "revoked_at", "unit")
    return Token(row.id, row.name, scopes, **{name: getattr(row, name) for name in names})  # type: ignore[attr-defined]
