"""A personal code held under the reader at the door tells whose it is, to the office of its meeting and nobody else."""

from __future__ import annotations

import json

from tests.endpoints.conftest import Door
from tests.servers import Answer
from tests.stories import FINANCE


def scanned(door: Door, text: str, visitor: str = "secretary") -> Answer:
    headers = {"Cookie": door.cookie(visitor), "Origin": door.server.base, "Content-Type": "text/plain"}
    return door.server.ask("POST", f"{door.seat(visitor)}/scanned", headers, text.encode())


def test_a_code_is_known_however_it_is_read(door: Door) -> None:
    code = door.codes[FINANCE]
    for text in (
        code,
        code.lower(),
        f"{code[:4]} {code[4:]}",
        f"{door.server.base}/j/{code}",
        f"https://hop.tinh/j/{code}/\r",
    ):
        assert json.loads(scanned(door, text).body) == {"participant": FINANCE}, text


def test_no_code_and_a_code_of_another_meeting_are_answered_alike(door: Door) -> None:
    other, none = scanned(door, door.stranger), scanned(door, "0000 0000")
    assert other.status == none.status == 422 and other.body == none.body and other.body
    assert scanned(door, "").status == 422
    assert scanned(door, "x" * 1000).status == 413


def test_it_is_for_the_office(door: Door) -> None:
    assert scanned(door, door.codes[FINANCE], "chair").status == 200
    for visitor in ("delegate", "guest", "screen", "service"):
        assert scanned(door, door.codes[FINANCE], visitor).status == 404, visitor
