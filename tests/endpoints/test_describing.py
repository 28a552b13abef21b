"""What lists say of a paper after it became pages: that it has no words, that it is signed."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote

import pytest

from meetingroom.domain.audience import merge
from meetingroom.domain.papers.messages import Signed
from meetingroom.endpoints.papers.signatures import verdict
from tests.endpoints.conftest import Door
from tests.endpoints.line import handshake
from tests.rendering import documents
from tests.signatures.test_signatures import changed, signed


def uploaded(door: Door, content: bytes) -> str:
    path = f"{door.seat('secretary')}/papers?item=one&file_name=a.pdf"
    return str(json.loads(door.ask("PUT", path, "secretary", content).body)["paper"])


def said(door: Door, paper: str, fact: str) -> Any:
    """What a guest's tablet is shown of it, as soon as it is known."""
    headers = {"Cookie": door.cookie("guest"), "Origin": door.server.base}
    with handshake(door.server.port, f"{door.seat('guest')}/live", headers) as line:
        line.say({"hello": 1})
        papers = line.hear("view")["view"]["papers"]
        while fact not in papers.get(paper, {}):
            papers = merge(papers, line.hear("patch")["patch"].get("papers", {}))
    return papers[paper][fact]


def test_a_scan_is_said_to_have_no_words_in_lists(door: Door) -> None:
    assert said(door, uploaded(door, documents.photograph()), "silent") == 1


def test_a_signed_paper_is_said_to_be_signed(door: Door) -> None:
    assert said(door, uploaded(door, signed(documents.text(1), "Nguyễn Văn A")), "signed") == "intact"


def test_what_was_changed_since_it_was_signed_is_not_said_to_be_signed(door: Door) -> None:
    assert said(door, uploaded(door, changed(signed(documents.text(1), "Nguyễn Văn B"))), "signed") == "doubtful"


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        ([], Signed.NOT),
        ([(True, "nothing")], Signed.INTACT),
        ([(True, "changed"), (True, "nothing")], Signed.INTACT),
        ([(True, "nothing"), (True, "unknown")], Signed.DOUBTFUL),
        ([(False, "unknown"), (True, "nothing")], Signed.DOUBTFUL),
    ],
)
def test_the_last_signature_answers_for_what_came_after(found: list[tuple[bool, str]], expected: Signed) -> None:
    assert verdict([{"intact": intact, "since": since} for intact, since in found]) is expected


def test_a_paper_is_filed_as_its_first_page_says(door: Door) -> None:
    """The administrator has named the bodies; the kinds are those that are usual."""
    form = "issuers=" + quote("UBND tỉnh\nSở Tài chính\nSở Tài chính")
    kind = "application/x-www-form-urlencoded"
    assert door.ask("POST", "/admin/terms", "administrator", form.encode(), Content_Type=kind).status == 303
    assert ">UBND tỉnh\nSở Tài chính</textarea>" in door.ask("GET", "/admin/terms", "administrator").body.decode()
    paper = uploaded(door, documents.says("UBND TỈNH", "SỞ TÀI CHÍNH", "TỜ TRÌNH", "Về việc phân bổ dự toán"))
    assert said(door, paper, "kind") == "Tờ trình" and said(door, paper, "issuer") == "Sở Tài chính"
