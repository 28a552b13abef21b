"""Invitations: one valid code a person, the same at every printing, worth nothing to who has only the database."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetingroom.storage.engine import Database, Unopenable
from meetingroom.storage.invitations import ALPHABET, Invitations, plain, spaced
from meetingroom.storage.tables import INVITATION


def test_a_code_is_the_same_at_every_printing(database: Database, tmp_path: Path) -> None:
    invitations = Invitations(database, tmp_path / "keys")
    code = invitations.code("m", "finance")
    assert len(code) == 8
    assert set(code) <= set(ALPHABET)
    assert invitations.code("m", "finance") == code
    assert Invitations(database, tmp_path / "keys").code("m", "finance") == code


def test_every_person_of_every_meeting_has_another_code(database: Database, tmp_path: Path) -> None:
    invitations = Invitations(database, tmp_path)
    codes = {invitations.code(meeting, person): (meeting, person) for meeting in "mn" for person in ("a", "b", "c")}
    assert len(codes) == 6
    assert {code: invitations.find(code) for code in codes} == codes


def test_a_code_is_found_however_it_was_typed(database: Database, tmp_path: Path) -> None:
    invitations = Invitations(database, tmp_path)
    invitations.key = bytes(32)
    code = next(code for n in range(1000) if {"0", "1"} <= set(code := invitations.code("m", str(n))))
    finding = invitations.find(code)
    assert finding is not None
    mistaken = code.replace("0", "o").replace("1", "l"), code.replace("1", "I")
    for typed in (spaced(code), code.lower(), f"  {code[:4]}-{code[4:]}\n", *mistaken):
        assert invitations.find(typed) == finding


def test_what_is_no_code_finds_nobody(database: Database, tmp_path: Path) -> None:
    invitations = Invitations(database, tmp_path)
    code = invitations.code("m", "finance")
    for typed in ("", " ", code[:-1], code + "0", "0" * 8, "\0" * 8, "Ủy ban", "x" * 10_000):
        assert invitations.find(typed) is None


def test_a_renewed_code_ends_the_former_one(database: Database, tmp_path: Path) -> None:
    invitations = Invitations(database, tmp_path)
    first, other = invitations.code("m", "finance"), invitations.code("m", "health")
    second = invitations.renew("m", "finance")
    assert second != first
    assert invitations.find(first) is None
    assert invitations.find(second) == ("m", "finance")
    assert invitations.find(other) == ("m", "health")
    third = invitations.renew("m", "finance")
    assert Invitations(database, tmp_path).code("m", "finance") == third
    assert third not in (first, second)


def test_a_code_may_be_renewed_before_it_was_ever_printed(database: Database, tmp_path: Path) -> None:
    invitations = Invitations(database, tmp_path)
    renewed = invitations.renew("m", "finance")
    assert invitations.find(renewed) == ("m", "finance")
    assert invitations.code("m", "finance") == renewed


class Clumsy(Invitations):
    """Derives the same first code for everybody, which 40 bits may do once in a very long time."""

    def _derive(self, meeting: str, participant: str, serial: int) -> str:
        return "00000000" if serial == 1 else super()._derive(meeting, participant, serial)


def test_nobody_is_given_the_code_of_another(database: Database, tmp_path: Path) -> None:
    invitations = Clumsy(database, tmp_path)
    codes = {person: invitations.code("m", person) for person in ("finance", "health", "justice")}
    assert {person: invitations.find(code) for person, code in codes.items()} == {p: ("m", p) for p in codes}
    assert {person: invitations.code("m", person) for person in codes} == codes


def test_the_database_alone_admits_nobody(sqlite: Database, tmp_path: Path) -> None:
    """Neither stands a code in it, nor can one be made from it without the key."""
    invitations = Invitations(sqlite, tmp_path / "keys")
    code = invitations.code("m", "finance")
    with sqlite.engine.connect() as connection:
        (row,) = connection.execute(INVITATION.select()).all()
    assert code not in repr(row)
    copy = Invitations(sqlite, tmp_path / "elsewhere")
    assert copy.code("m", "finance") != code
    assert copy.find(copy.code("m", "finance")) is None


def test_the_key_is_its_owners_only(sqlite: Database, tmp_path: Path) -> None:
    Invitations(sqlite, tmp_path / "keys")
    assert (tmp_path / "keys" / "invitations.key").stat().st_mode & 0o077 == 0
    assert len((tmp_path / "keys" / "invitations.key").read_bytes()) == 32


def test_a_damaged_key_is_not_used(sqlite: Database, tmp_path: Path) -> None:
    """An empty key, left by a power cut, would make codes that everybody can compute."""
    (tmp_path / "invitations.key").write_bytes(b"")
    with pytest.raises(Unopenable, match="key"):
        Invitations(sqlite, tmp_path)


@given(st.text())
def test_plain_is_plain_already(typed: str) -> None:
    assert plain(plain(typed)) == plain(typed)
    assert plain(spaced(plain(typed))) == plain(typed)
