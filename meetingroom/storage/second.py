"""The second factor: a code that changes every half minute (TOTP, RFC 6238), and codes for when the telephone is lost.

The secret is derived from a key outside the database, as personal codes are: a copy of the database makes no code. The
account holds which of its secrets is the valid one, and the time of the last code used, which admits nobody again.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from collections.abc import Callable
from urllib.parse import quote

from sqlalchemy import delete, insert, select, update

from meetingroom.storage.engine import Database
from meetingroom.storage.invitations import letters, plain
from meetingroom.storage.tables import ACCOUNT, PASSKEY, RECOVERY

PERIOD, DIGITS = 30, 6
DRIFT = 1  # periods a telephone's clock may be off, each way
RECOVERIES, LETTERS = 10, 10  # codes, and their length: 50 bits


class SecondFactors:
    """All calls block. Of `account.second` the sign says whether it is asked for, the number which secret is the last."""

    def __init__(self, database: Database, key: bytes, clock: Callable[[], int]) -> None:
        self._database, self._key, self._clock = database, key, clock

    def offered(self, account: str) -> str:
        """The secret that will be the next one, as telephones take it; the same until it is confirmed."""
        return _text(self._secret(account, abs(self._last(account)) + 1))

    def confirm(self, account: str, code: str) -> list[str] | None:
        """From now on it is asked for; the recovery codes, shown once. None: the code does not fit."""
        serial = abs(self._last(account)) + 1
        step = self._step(self._secret(account, serial), code)
        if step is None:
            return None
        codes = [letters(secrets.randbits(5 * LETTERS), LETTERS) for _ in range(RECOVERIES)]
        with self._database.transaction() as connection:
            connection.execute(update(ACCOUNT).where(ACCOUNT.c.id == account).values(second=serial, second_step=step))
            connection.execute(delete(RECOVERY).where(RECOVERY.c.account == account))
            connection.execute(insert(RECOVERY), [{"account": account, "code": _hash(code)} for code in codes])
        return [f"{code[:5]}-{code[5:]}" for code in codes]

    def fits(self, account: str, code: str) -> bool:
        """Whether it is the code of now. Each is good once, also for two who send it at the same moment."""
        serial = self._last(account)
        step = self._step(self._secret(account, serial), code) if serial > 0 else None
        if step is None:
            return False
        unused = (ACCOUNT.c.id == account) & (ACCOUNT.c.second_step < step)
        with self._database.transaction() as connection:
            return bool(connection.execute(update(ACCOUNT).where(unused).values(second_step=step)).rowcount)

    def recovers(self, account: str, code: str) -> bool:
        """Whether it is a recovery code; it is used up then."""
        kept = (RECOVERY.c.account == account) & (RECOVERY.c.code == _hash(plain(code)))
        with self._database.transaction() as connection:
            return bool(connection.execute(delete(RECOVERY).where(kept)).rowcount)

    def remove(self, account: str) -> None:
        """It is not asked for any more, passkeys included; what it was made of never comes again."""
        with self._database.transaction() as connection:
            asked = (ACCOUNT.c.id == account) & (ACCOUNT.c.second > 0)
            connection.execute(update(ACCOUNT).where(asked).values(second=-ACCOUNT.c.second))
            for table in (RECOVERY, PASSKEY):
                connection.execute(delete(table).where(table.c.account == account))

    def left(self, account: str) -> int:
        """Recovery codes not used yet."""
        with self._database.engine.connect() as connection:
            return len(connection.execute(select(RECOVERY.c.code).where(RECOVERY.c.account == account)).all())

    def _last(self, account: str) -> int:
        with self._database.engine.connect() as connection:
            return connection.scalar(select(ACCOUNT.c.second).where(ACCOUNT.c.id == account)) or 0

    def _secret(self, account: str, serial: int) -> bytes:
        return hmac.digest(self._key, f"second:{account}:{serial}".encode(), "sha256")[:20]

    def _step(self, secret: bytes, code: str) -> int | None:
        """The period whose code this is, of those near now."""
        typed = "".join(code.split())
        now = self._clock() // (1000 * PERIOD)
        near = range(now - DRIFT, now + DRIFT + 1)
        return next((step for step in near if hmac.compare_digest(hotp(secret, step).encode(), typed.encode())), None)


def hotp(secret: bytes, counter: int, digits: int = DIGITS) -> str:
    """RFC 4226: the code of a counter."""
    digest = hmac.digest(secret, counter.to_bytes(8, "big"), "sha1")
    place = digest[-1] & 15
    number = int.from_bytes(digest[place : place + 4], "big") & 0x7FFFFFFF
    return str(number % 10**digits).zfill(digits)


def address(secret: str, login: str, issuer: str) -> str:
    """What a telephone scans."""
    label = f"{quote(issuer)}:{quote(login)}"
    return f"otpauth://totp/{label}?secret={secret}&issuer={quote(issuer)}&digits={DIGITS}&period={PERIOD}"


def _text(secret: bytes) -> str:
    return base64.b32encode(secret).decode().rstrip("=")


def _hash(code: str) -> str:
    return hashlib.sha256(code.encode()).hexdigest()
