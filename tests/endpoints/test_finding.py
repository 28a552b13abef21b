"""Searching all meetings over HTTP: each finds their own, as it is now."""

from __future__ import annotations

import html
import re
import time
from urllib.parse import quote

from tests.endpoints.conftest import NAMED_PAPER, OPEN_PAPER, Door
from tests.endpoints.test_search import _give, _until, read  # noqa: F401  (a fixture)
from tests.servers import Answer

FORM = "application/x-www-form-urlencoded"


def answered(door: Door, cookie: str, text: str, more: str = "") -> str:
    answer: Answer = door.server.ask("GET", f"/search?q={quote(text)}{more}", {"Cookie": cookie})
    assert answer.status == 200
    return answer.body.decode()


def addresses(page: str) -> list[str]:
    return [html.unescape(each) for each in re.findall(r'<li><a href="([^"]+)"', page)]


def test_a_code_finds_its_meeting_and_no_other(read: Door) -> None:  # noqa: F811
    mine = answered(read, read.cookie("delegate"), "two")
    assert addresses(mine) and all(each.startswith(f"{read.seat('delegate')}/") for each in addresses(mine))
    theirs = answered(read, read.cookie("stranger"), "two")
    assert addresses(theirs) and all(each.startswith("/m/n/") for each in addresses(theirs))
    assert addresses(answered(read, read.cookie("screen"), "two")) == []


def test_papers_are_found_by_title_and_words_by_those_who_may_read_them(read: Door) -> None:  # noqa: F811
    named = answered(read, read.cookie("delegate"), NAMED_PAPER)
    assert addresses(named)[0] == f"{read.seat('delegate')}/tablet#paper={NAMED_PAPER}"
    assert addresses(answered(read, read.cookie("guest"), NAMED_PAPER)) == []
    page = answered(read, read.cookie("guest"), "bieu quyet nghi quy")
    assert f"{read.seat('guest')}/tablet#paper={OPEN_PAPER}&page=1&q=bieu+quyet+nghi+quy" in addresses(page)
    assert "<mark>biểu quyết nghị quyết</mark>" in page
    assert not any(NAMED_PAPER in address for address in addresses(page))


def test_what_is_withdrawn_a_moment_ago_is_not_found(own_door) -> None:  # type: ignore[no-untyped-def]
    door: Door = own_door()
    guest = door.cookie("guest")
    _until(lambda: any("&page=" in each for each in addresses(answered(door, guest, "bieu quyet"))))
    _give(door, "papers.withdraw", {"paper": OPEN_PAPER})
    assert addresses(answered(door, guest, "bieu quyet")) == addresses(answered(door, guest, OPEN_PAPER)) == []


def test_a_conclusion_is_found_once_it_is_published(read: Door) -> None:  # noqa: F811
    key = f"k{time.monotonic_ns()}"
    _give(read, "conclusions.write", {"text": f"Giao Sở Nội vụ rà soát {key}", "item": "one"})
    assert addresses(answered(read, read.cookie("secretary"), key)) == [
        f"{read.seat('secretary')}/secretariat#conclusions"
    ]
    assert addresses(answered(read, read.cookie("guest"), key)) == []


def test_an_account_finds_the_meetings_it_takes_part_in(own_door) -> None:  # type: ignore[no-untyped-def]
    door: Door = own_door()
    administrator = door.cookie("administrator")
    assert addresses(answered(door, administrator, "Phiên họp")) == [], "an administrator has no seat by office"
    headers = {"Cookie": administrator, "Origin": door.server.base, "Content-Type": FORM}
    for title in ("Họp về xe buýt điện", "Họp về bến phà"):
        assert door.server.ask("POST", "/meetings", headers, f"title={quote(title)}".encode()).status == 303
    page = answered(door, administrator, "hop ve")
    assert len(addresses(page)) == 2 and "<mark>Họp về</mark>" in page
    assert len(addresses(answered(door, administrator, "ben pha", "&kind=meeting"))) == 1
    assert addresses(answered(door, administrator, "ben pha", "&kind=paper")) == []


def test_nothing_asked_is_nothing_found_and_nothing_breaks(read: Door) -> None:  # noqa: F811
    cookie = read.cookie("guest")
    for text in ("", "?", '"', "a" * 5000, "'); DROP TABLE search_place; --"):
        assert addresses(answered(read, cookie, text, "&from=99999999999&meeting=..%2F&kind=x")) == []
