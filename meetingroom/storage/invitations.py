"""Invitations: a personal code per participant, printed as a QR code or typed, that admits one person to one meeting.

The code is derived from a key that lies outside the database, so that the secretary can print it again and a copy of the
database admits nobody; the table holds only its hash.
"""

from __future__ import annotations

import hashlib
import hmac
import itertools
import secrets
from pathlib import Path

from sqlalchemy import ColumnElement, and_, insert, select, update
from sqlalchemy.exc import IntegrityError

from meetingroom.storage.engine import Database, Unopenable
from meetingroom.storage.files import keep_first_key
from meetingroom.storage.tables import INVITATION

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's base 32: no I, L, O, U to mistake
LENGTH = 8  # 40 bits, and attempts are slowed by the endpoint
KEY = 32  # bytes
KEY_FILE = "invitations.key"


class Invitations:
    """All calls block."""

    def __init__(self, database: Database, keys: Path) -> None:
        self._database, self.key = database, _key(keys / KEY_FILE)

    def code(self, meeting: str, participant: str) -> str:
        """The valid code of this participant, made at first request; shown as `7KQ2 M9XD`."""
        serial = self.serial(meeting, participant) or self._issue(meeting, participant)
        return self._derive(meeting, participant, serial)

    def renew(self, meeting: str, participant: str) -> str:
        """A new code; the former one admits nobody any more."""
        return self._derive(meeting, participant, self._issue(meeting, participant))

    def close(self, meeting: str, participant: str) -> None:
        """The code admits nobody any more, whoever has it; only a new one does."""
        if not self.serial(meeting, participant):
            self._issue(meeting, participant)
        with self._database.transaction() as connection:
            connection.execute(update(INVITATION).where(_of(meeting, participant)).values(closed=True))

    def is_closed(self, meeting: str, participant: str) -> bool:
        wanted = select(INVITATION.c.closed).where(_of(meeting, participant))
        with self._database.engine.connect() as connection:
            return bool(connection.scalar(wanted))

    def find(self, typed: str) -> tuple[str, str] | None:
        """(meeting, participant) of a code however it was typed; None if there is no such code."""
        fits = (INVITATION.c.code == _hash(plain(typed))) & ~INVITATION.c.closed
        wanted = select(INVITATION.c.meeting, INVITATION.c.participant).where(fits)
        with self._database.engine.connect() as connection:
            row = connection.execute(wanted).first()
        return (row.meeting, row.participant) if row else None

    def serial(self, meeting: str, participant: str) -> int:
        """Which of their codes is the valid one; 0: none yet."""
        wanted = select(INVITATION.c.serial).where(_of(meeting, participant))
        with self._database.engine.connect() as connection:
            return connection.scalar(wanted) or 0

    def _issue(self, meeting: str, participant: str) -> int:
        """The serial of a new valid code, past those that happen to be somebody else's."""
        former = self.serial(meeting, participant)
        for serial in itertools.count(former + 1):
            row = {"closed": False, "serial": serial, "code": _hash(self._derive(meeting, participant, serial))}
            try:
                with self._database.transaction() as connection:
                    if former:
                        connection.execute(update(INVITATION).where(_of(meeting, participant)).values(row))
                    else:
                        connection.execute(insert(INVITATION).values(meeting=meeting, participant=participant, **row))
            except IntegrityError:
                if not former and (other := self.serial(meeting, participant)):
                    return other  # issued at the same moment by another server
            else:
                return serial
        raise AssertionError("unreachable")

    def _derive(self, meeting: str, participant: str, serial: int) -> str:
        digest = hmac.digest(self.key, f"{meeting}:{participant}:{serial}".encode(), "sha256")
        return letters(int.from_bytes(digest[:5], "big"), LENGTH)


def letters(number: int, count: int) -> str:
    """The lowest 5 × `count` bits as letters that can be read aloud."""
    return "".join(ALPHABET[number >> 5 * place & 31] for place in reversed(range(count)))


def plain(typed: str) -> str:
    """Upper case without spaces; letters that look like digits are read as those."""
    kept = "".join(character for character in typed.upper() if character.isalnum())
    return kept.translate(str.maketrans("OIL", "011"))


def spaced(code: str) -> str:
    """As people read it: two groups of four."""
    return f"{code[:4]} {code[4:]}"


def _of(meeting: str, participant: str) -> ColumnElement[bool]:
    return and_(INVITATION.c.meeting == meeting, INVITATION.c.participant == participant)


def _hash(code: str) -> str:
    return hashlib.sha256(code.encode()).hexdigest()


def _key(path: Path) -> bytes:
    """The key, made at first use, whole and durable before anything is derived from it."""
    if not path.exists():
        keep_first_key(path, secrets.token_bytes(KEY))
    key = path.read_bytes()
    if len(key) != KEY:
        raise Unopenable(f"{path} is damaged; restore it, or remove it and renew every invitation")
    return key
