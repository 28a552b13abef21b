"""The second factor: the codes of the standards, each good once and only near its time, and secrets that never come again."""

from __future__ import annotations

import base64
from concurrent.futures import ThreadPoolExecutor

import pytest

from meetingroom.storage.accounts import Accounts
from meetingroom.storage.engine import Database
from meetingroom.storage.second import PERIOD, SecondFactors, hotp

RFC = b"12345678901234567890"  # RFC 4226, appendix D; RFC 6238, appendix B
KEY = bytes(32)


class Now:
    ms = 1_600_000_000_000

    def __call__(self) -> int:
        return self.ms


def test_the_codes_are_those_of_rfc_4226() -> None:
    wanted = "755224 287082 359152 969429 338314 254676 287922 162583 399871 520489".split()
    assert [hotp(RFC, counter) for counter in range(10)] == wanted


@pytest.mark.parametrize(
    ("seconds", "code"),
    [(59, "94287082"), (1111111109, "07081804"), (1234567890, "89005924"), (2000000000, "69279037"),
     (20000000000, "65353130")],
)  # fmt: skip
def test_the_codes_are_those_of_rfc_6238(seconds: int, code: str) -> None:
    assert hotp(RFC, seconds // PERIOD, 8) == code


def begun(database: Database) -> tuple[SecondFactors, Now, str, bytes, list[str]]:
    """Turned on with the code of now."""
    account = Accounts(database).create("office", "", "kept", administrator=True).id
    second, now = SecondFactors(database, KEY, clock := Now()), clock
    secret = read(second.offered(account))
    recoveries = second.confirm(account, at(secret, now))
    assert recoveries
    return second, now, account, secret, recoveries


def read(text: str) -> bytes:
    return base64.b32decode(text + "=" * (-len(text) % 8))


def at(secret: bytes, now: Now, later: int = 0) -> str:
    return hotp(secret, now() // 1000 // PERIOD + later)


def test_a_code_is_good_once_and_near_its_time(database: Database) -> None:
    second, now, account, secret, _ = begun(database)
    assert not second.fits(account, at(secret, now)), "used to turn it on"
    now.ms += 1000 * PERIOD
    assert not second.fits(account, at(secret, now, -1))
    code = at(secret, now)
    assert second.fits(account, f" {code[:3]} {code[3:]} ")
    assert not second.fits(account, code)
    now.ms += 10 * 1000 * PERIOD
    for wrong in (at(secret, now, -2), at(secret, now, 2), "", "000000x", "\u0661" * 6):
        assert not second.fits(account, wrong), wrong
    assert second.fits(account, at(secret, now, 1)), "a telephone that is fast"


def test_of_two_at_the_same_moment_one_comes_in(database: Database) -> None:
    second, now, account, secret, _ = begun(database)
    now.ms += 1000 * PERIOD
    with ThreadPoolExecutor(8) as trying:
        came = list(trying.map(lambda _: second.fits(account, at(secret, now)), range(8)))
    assert came.count(True) == 1


def test_a_recovery_code_is_good_once(database: Database) -> None:
    second, _, account, _, recoveries = begun(database)
    assert len(set(recoveries)) == second.left(account) == 10
    assert second.recovers(account, recoveries[3].lower().replace("-", " "))
    assert not second.recovers(account, recoveries[3])
    assert not second.recovers("other", recoveries[4])
    assert second.left(account) == 9


def test_what_was_turned_off_never_fits_again(database: Database) -> None:
    second, now, account, secret, recoveries = begun(database)
    second.remove(account)
    now.ms += 1000 * PERIOD
    assert not second.fits(account, at(secret, now))
    assert not second.recovers(account, recoveries[0])
    assert read(second.offered(account)) != secret
    assert second.confirm(account, at(secret, now)) is None
    again = read(second.offered(account))
    assert second.confirm(account, at(again, now))
    second.remove(account)
    assert read(second.offered(account)) not in (secret, again)


def test_the_database_alone_makes_no_code(database: Database) -> None:
    _, now, account, secret, _ = begun(database)
    now.ms += 1000 * PERIOD
    elsewhere = SecondFactors(database, b"another key", now)
    assert not elsewhere.fits(account, at(secret, now))
