"""Accounts: the first visitor becomes the administrator, once; a wrong name and a wrong password look the same."""

import unicodedata

import pytest

from meetingroom.storage.accounts import Account, Accounts, folded
from meetingroom.storage.engine import Database
from meetingroom.storage.passwords import Unacceptable, check_password, fits, hashed
from meetingroom.storage.tables import ACCOUNT

GOOD = "hoa phượng đỏ"
KEPT = hashed(GOOD)


def check(accounts: Accounts, login: str, password: str) -> Account | None:
    """As signing in does it."""
    account, kept = accounts.find(login)
    return account if fits(kept, password) else None


def test_the_first_administrator_is_made_once(database: Database) -> None:
    accounts = Accounts(database)
    assert not accounts.any()
    first = accounts.create_first("Văn.Phòng", "Chánh Văn phòng", KEPT)
    assert first.administrator
    assert accounts.any()
    with pytest.raises(Unacceptable, match="exists"):
        accounts.create_first("other", "", KEPT)


def test_name_and_password_let_in(database: Database) -> None:
    accounts = Accounts(database)
    account = accounts.create("Văn.Phòng", "Chánh Văn phòng", KEPT, administrator=False)
    assert check(accounts, "văn.phòng", GOOD) == account
    assert check(accounts, unicodedata.normalize("NFD", " VĂN.Phòng "), GOOD) == account
    assert accounts.create("no-name", "", KEPT, administrator=False).name == "no-name"


def test_whatever_is_wrong_gets_the_same_answer(database: Database) -> None:
    accounts = Accounts(database)
    accounts.create("office", "", KEPT, administrator=True)
    accounts.create("left", "", KEPT, administrator=True)
    with database.transaction() as connection:
        connection.execute(ACCOUNT.update().where(ACCOUNT.c.login == "left").values(disabled=True))
    assert check(accounts, "office", "hoa phượng") is None
    assert check(accounts, "office", "") is None
    assert check(accounts, "office", GOOD + "x" * 1000) is None
    assert check(accounts, "nobody", GOOD) is None
    assert check(accounts, "nobody", "nobody") is None
    assert check(accounts, "", "") is None
    assert check(accounts, "left", GOOD) is None


def test_a_name_is_taken_once(database: Database) -> None:
    accounts = Accounts(database)
    accounts.create("office", "", KEPT, administrator=True)
    with pytest.raises(Unacceptable, match="login_taken"):
        accounts.create(" OFFICE", "", KEPT, administrator=False)


@pytest.mark.parametrize(
    ("login", "password", "code"),
    [
        ("  ", GOOD, "login_missing"),
        ("office", "bảy chữ"[:7], "password_short"),
        ("office", "x" * 129, "password_long"),
        *(
            ("office", easy, "password_common")
            for easy in (
                "Matkhau123",
                "P@ssw0rd2024",
                "qwertyuiop",
                "0987654321",
                "aaaabbbb",
                "01011990",
                "!!office!!",
                "1qaz2wsx",
            )
        ),
        ("vanphongtinh", "VanPhongTinh", "password_common"),
    ],
)
def test_what_cannot_be_used_is_named(sqlite: Database, login: str, password: str, code: str) -> None:
    accounts = Accounts(sqlite)
    with pytest.raises(Unacceptable) as refused:
        check_password(password, folded(login))
        accounts.create_first(login, "", KEPT)
    assert refused.value.code == code
    assert not accounts.any()


def test_long_pass_phrases_are_welcome(sqlite: Database) -> None:
    accounts = Accounts(sqlite)
    account = accounts.create("office", "", hashed("ơ" * 128), administrator=True)
    assert check(accounts, "office", "ơ" * 128) == account
    assert check(accounts, "office", "ơ" * 127) is None


def test_the_database_holds_no_password(sqlite: Database) -> None:
    accounts = Accounts(sqlite)
    accounts.create("one", "", KEPT, administrator=True)
    accounts.create("two", "", hashed(GOOD), administrator=True)
    with sqlite.engine.connect() as connection:
        kept = [row.password for row in connection.execute(ACCOUNT.select())]
    assert all(text.startswith("$argon2id$") for text in kept)
    assert kept[0] != kept[1]


def test_the_calendar_s_address_changes_with_the_password(database: Database) -> None:
    accounts = Accounts(database)
    an, binh = (accounts.create(login, "", "kept", administrator=True) for login in ("an", "binh"))
    before = accounts.feed_key(an.id, b"secret")
    assert before == accounts.feed_key(an.id, b"secret") != accounts.feed_key(binh.id, b"secret")
    assert before != accounts.feed_key(an.id, b"another")
    accounts.set_password(an.id, "new")
    assert accounts.feed_key(an.id, b"secret") != before
