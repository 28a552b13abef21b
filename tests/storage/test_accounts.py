"""Accounts: the first visitor becomes the administrator, once; a wrong name and a wrong password look the same."""

import unicodedata

import pytest

from meetingroom.storage.accounts import Accounts, Unacceptable
from meetingroom.storage.engine import Database
from meetingroom.storage.tables import ACCOUNT

GOOD = "hoa phượng đỏ"


def test_the_first_administrator_is_made_once(database: Database) -> None:
    accounts = Accounts(database)
    assert not accounts.any()
    first = accounts.create_first("Văn.Phòng", "Chánh Văn phòng", GOOD)
    assert first.administrator
    assert accounts.any()
    with pytest.raises(Unacceptable, match="exists"):
        accounts.create_first("other", "", GOOD)


def test_name_and_password_let_in(database: Database) -> None:
    accounts = Accounts(database)
    account = accounts.create("Văn.Phòng", "Chánh Văn phòng", GOOD, administrator=False)
    assert accounts.check("văn.phòng", GOOD) == account
    assert accounts.check(unicodedata.normalize("NFD", " VĂN.Phòng "), GOOD) == account
    assert accounts.create("no-name", "", GOOD, administrator=False).name == "no-name"


def test_whatever_is_wrong_gets_the_same_answer(database: Database) -> None:
    accounts = Accounts(database)
    accounts.create("office", "", GOOD, administrator=True)
    accounts.create("left", "", GOOD, administrator=True)
    with database.transaction() as connection:
        connection.execute(ACCOUNT.update().where(ACCOUNT.c.login == "left").values(disabled=True))
    assert accounts.check("office", "hoa phượng") is None
    assert accounts.check("office", "") is None
    assert accounts.check("office", GOOD + "x" * 1000) is None
    assert accounts.check("nobody", GOOD) is None
    assert accounts.check("nobody", "nobody") is None
    assert accounts.check("", "") is None
    assert accounts.check("left", GOOD) is None


def test_a_name_is_taken_once(database: Database) -> None:
    accounts = Accounts(database)
    accounts.create("office", "", GOOD, administrator=True)
    with pytest.raises(Unacceptable, match="login_taken"):
        accounts.create(" OFFICE", "", GOOD, administrator=False)


@pytest.mark.parametrize(
    ("login", "password", "code"),
    [
        ("  ", GOOD, "login_missing"),
        ("office", "bảy chữ"[:7], "password_short"),
        ("office", "x" * 129, "password_long"),
        ("office", "Matkhau123", "password_common"),
        ("vanphongtinh", "VanPhongTinh", "password_common"),
    ],
)
def test_what_cannot_be_used_is_named(sqlite: Database, login: str, password: str, code: str) -> None:
    accounts = Accounts(sqlite)
    with pytest.raises(Unacceptable) as refused:
        accounts.create_first(login, "", password)
    assert refused.value.code == code
    assert not accounts.any()


def test_long_pass_phrases_are_welcome(sqlite: Database) -> None:
    accounts = Accounts(sqlite)
    account = accounts.create("office", "", "ơ" * 128, administrator=True)
    assert accounts.check("office", "ơ" * 128) == account
    assert accounts.check("office", "ơ" * 127) is None


def test_the_database_holds_no_password(sqlite: Database) -> None:
    accounts = Accounts(sqlite)
    accounts.create("one", "", GOOD, administrator=True)
    accounts.create("two", "", GOOD, administrator=True)
    with sqlite.engine.connect() as connection:
        kept = [row.password for row in connection.execute(ACCOUNT.select())]
    assert all(text.startswith("$argon2id$") for text in kept)
    assert kept[0] != kept[1]
