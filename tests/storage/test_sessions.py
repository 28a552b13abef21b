"""Sessions: what a cookie is worth, in memory and in the database alike."""

from collections.abc import Iterator

import pytest

from meetingroom.storage.accounts import Account, Accounts
from meetingroom.storage.engine import Database
from meetingroom.storage.sessions import Session, Sessions
from meetingroom.storage.tables import GRANT, SESSION

HOUR = 3_600_000


class House:
    """Sessions of 14 hours, a clock one can turn, and the same database seen by a server that has just started."""

    def __init__(self, database: Database) -> None:
        self.now = 1_600_000_000_000
        self.database = database
        self.sessions = self.restarted()

    def restarted(self) -> Sessions:
        return Sessions(self.database, 14, lambda: self.now)

    def find(self, token: str) -> Session | None:
        """The session of a token; memory and database must agree."""
        found = self.sessions.find(token)
        assert self.sessions.find(token) == found
        assert self.sessions.find_known(token) == found
        assert self.restarted().find(token) == found
        return found

    def begin(self, account: Account | None = None) -> tuple[str, str]:
        token = self.sessions.begin(account)
        found = self.find(token)
        assert found is not None
        return token, found.id


@pytest.fixture
def house(database: Database) -> Iterator[House]:
    yield House(database)


def test_a_session_knows_its_account(house: House) -> None:
    account = Accounts(house.database).create_first("office", "Văn phòng", "hoa phượng đỏ")
    token, key = house.begin(account)
    assert house.find(token) == Session(key, account, frozenset())


def test_a_visitor_with_a_code_has_no_account(house: House) -> None:
    token, key = house.begin()
    assert house.find(token) == Session(key, None, frozenset())


def test_an_unknown_token_is_nobody(house: House) -> None:
    token, key = house.begin()
    assert house.find("") is None
    assert house.find(token + "x") is None
    assert house.find(key) is None, "what the database holds opens nothing"


def test_every_sign_in_has_a_token_of_its_own(house: House) -> None:
    assert len({house.sessions.begin(None) for _ in range(20)}) == 20


def test_sessions_expire(house: House) -> None:
    token, _ = house.begin()
    house.now += 14 * HOUR - 1
    assert house.find(token)
    house.now += 1
    assert house.find(token) is None


def test_what_has_expired_is_cleared_away_at_the_next_sign_in(house: House) -> None:
    _, key = house.begin()
    house.sessions.grant(key, "m", "finance", only=False)
    house.now += 15 * HOUR
    _, fresh = house.begin()
    assert rows(house, SESSION.c.id) == [fresh]
    assert rows(house, GRANT.c.session) == []


def test_an_ended_session_is_over_at_once(house: House) -> None:
    token, key = house.begin()
    house.sessions.grant(key, "m", "finance", only=False)
    other, _ = house.begin()
    house.sessions.end(key)
    assert house.find(token) is None
    assert house.find(other)
    assert rows(house, GRANT.c.session) == []
    house.sessions.end(key)


def test_grants_add_up(house: House) -> None:
    token, key = house.begin()
    house.sessions.grant(key, "m", "finance", only=False)
    house.sessions.grant(key, "m", "health", only=False)
    house.sessions.grant(key, "n", "finance", only=False)
    house.sessions.grant(key, "n", "finance", only=False)
    assert grants(house, token) == {("m", "finance"), ("m", "health"), ("n", "finance")}


def test_a_tablet_belongs_to_one_person(house: House) -> None:
    token, key = house.begin()
    other, other_key = house.begin()
    house.sessions.grant(other_key, "m", "health", only=True)
    house.sessions.grant(key, "m", "finance", only=True)
    house.sessions.grant(key, "m", "justice", only=True)
    assert grants(house, token) == {("m", "justice")}
    assert grants(house, other) == {("m", "health")}


def test_a_seat_taken_back_is_nobody_s_any_more(house: House) -> None:
    token, key = house.begin()
    other, other_key = house.begin()
    house.sessions.grant(key, "m", "finance", only=False)
    house.sessions.grant(key, "n", "finance", only=False)
    house.sessions.grant(other_key, "m", "health", only=True)
    assert house.find(token)
    assert house.sessions.revoke("m", "finance") == [key]
    assert grants(house, token) == {("n", "finance")}
    assert grants(house, other) == {("m", "health")}


def test_a_session_is_looked_up_as_it_is_now(house: House) -> None:
    token, key = house.begin()
    assert house.find(token)
    rows_of_another_process = Sessions(house.database, 14, lambda: 0)
    rows_of_another_process.end(key)
    assert house.sessions.find_known(token), "in memory still"
    assert house.sessions.look_up(key) is None
    assert house.sessions.find_known(token) is None


def test_a_restarted_server_recalls_everyone_who_is_still_signed_in(house: House) -> None:
    over, _ = house.begin()
    house.now += 14 * HOUR - 1
    token, key = house.begin()
    house.sessions.grant(key, "m", "finance", only=True)
    house.now += 1
    restarted = house.restarted()
    restarted.recall()
    assert restarted.find_known(token) == house.find(token) is not None
    assert restarted.find_known(over) is None


def grants(house: House, token: str) -> frozenset[tuple[str, str]]:
    found = house.find(token)
    assert found is not None
    return found.grants


def rows(house: House, column: object) -> list[str]:
    table = column.table  # type: ignore[attr-defined]
    with house.database.engine.connect() as connection:
        return [row[0] for row in connection.execute(table.select().with_only_columns(column))]
