"""Searching over HTTP: only what this person may read now is found; words, quotation and boxes of real papers."""

from __future__ import annotations

import json
import time
from typing import Any
from urllib.parse import quote

import pymupdf
import pytest

from meetingroom.rendering import recognition
from tests.endpoints.conftest import NAMED_PAPER, OPEN_PAPER, Door
from tests.endpoints.line import handshake
from tests.rendering import documents
from tests.rendering.test_recognition import scan


def found(door: Door, visitor: str, text: str, more: str = "") -> dict[str, Any]:
    answer = door.ask("GET", f"{door.seat(visitor)}/search?q={quote(text)}{more}", visitor)
    assert answer.status == 200
    return dict(json.loads(answer.body))


def papers_with(door: Door, visitor: str, text: str) -> set[str]:
    return {entry["paper"] for entry in found(door, visitor, text)["papers"]}


@pytest.fixture(scope="module")
def read(door: Door) -> Door:
    """The papers were there when the server started: their words are read after it."""
    _until(lambda: not found(door, "chair", "x")["coming"])
    return door


def _until(true: Any) -> None:
    for _ in range(200):
        if true():
            return
        time.sleep(0.05)
    raise AssertionError("it did not come")


def test_words_are_found_with_what_is_around_them_and_where_they_are(read: Door) -> None:
    entry = found(read, "guest", "bieu quyet nghi quy")["papers"][0]
    assert (entry["paper"], entry["revision"], entry["found"], entry["at"]) == (OPEN_PAPER, OPEN_PAPER, 2, [1, 2])
    page = entry["pages"][0]
    assert page["page"] == 1 and ["biểu quyết nghị quyết", True] in page["quotation"]
    left, top, right, bottom = page["boxes"][0]
    assert 50 <= left < right <= 545 and 50 <= top < bottom <= 792
    assert len(page["boxes"]) >= 12, "all of them on the page"


def test_a_paper_for_named_persons_is_found_by_them_only(read: Door) -> None:
    everywhere = {visitor: papers_with(read, visitor, "Trang") for visitor in ("chair", "delegate", "guest", "screen")}
    both = {OPEN_PAPER, NAMED_PAPER}
    assert everywhere == {"chair": both, "delegate": both, "guest": {OPEN_PAPER}, "screen": {OPEN_PAPER}}
    assert found(read, "guest", "Trang", f"&paper={NAMED_PAPER}")["papers"] == []


def test_a_paper_is_found_once_it_is_accepted_and_never_when_it_is_withdrawn(read: Door) -> None:
    paper = _uploaded(read, "Đề án thí điểm xe buýt điện")
    _until(lambda: papers_with(read, "guest", "xe buyt dien"))
    assert papers_with(read, "guest", "xe buyt dien") == {paper}
    _give(read, "papers.withdraw", {"paper": paper})
    for visitor in ("chair", "secretary", "delegate", "guest"):
        assert papers_with(read, visitor, "xe buyt dien") == set(), visitor
    _give(read, "papers.restore", {"paper": paper})
    assert papers_with(read, "delegate", "xe buyt dien") == {paper}


def test_a_replaced_paper_is_found_as_it_is_now(read: Door) -> None:
    paper = _uploaded(read, "Phương án bến phà")
    _until(lambda: papers_with(read, "guest", "ben pha"))
    _uploaded(read, "Phương án cầu mới", of=paper)
    _until(lambda: papers_with(read, "guest", "cau moi"))
    assert papers_with(read, "guest", "ben pha") == set()


def test_a_scan_is_said_to_have_no_words(read: Door) -> None:
    answer = read.ask(
        "PUT", f"{read.seat('secretary')}/papers?item=one&file_name=quet.pdf", "secretary", documents.photograph()
    )
    paper = json.loads(answer.body)["paper"]
    _until(lambda: found(read, "guest", "x")["silent"].get(paper) == 1)


@pytest.mark.skipif(not recognition.is_installed(), reason="Tesseract with `vie` is not installed: scans were not read")
def test_the_words_of_a_scan_are_found_once_they_are_recognised(read: Door) -> None:
    answer = read.ask("PUT", f"{read.seat('secretary')}/papers?item=one&file_name=quet.pdf", "secretary", scan())
    paper = json.loads(answer.body)["paper"]
    for _ in range(600):
        if paper in papers_with(read, "guest", "chuyen doi so"):
            break
        time.sleep(0.1)
    entry = next(each for each in found(read, "guest", "chuyen doi so")["papers"] if each["paper"] == paper)
    assert ["chuyển đổi số.", True] in entry["pages"][0]["quotation"]
    assert paper not in found(read, "guest", "x")["reading"]


def test_one_paper_is_searched_page_after_page(read: Door) -> None:
    paper = _uploaded(read, *(f"Khoản {number} về thủy lợi" for number in range(1, 31)))
    _until(lambda: papers_with(read, "guest", "thuy loi"))
    first = found(read, "guest", "thuy loi", f"&paper={paper}")
    assert first["total"] == 30
    rest = found(read, "guest", "thuy loi", f"&paper={paper}&from={len(first['papers'][0]['pages'])}")
    pages = [page["page"] for answer in (first, rest) for page in answer["papers"][0]["pages"]]
    assert pages == list(range(1, 31))
    assert found(read, "guest", "thuy loi", f"&paper={paper}&from={'9' * 5000}")["total"] == 30


def _uploaded(door: Door, *pages: str, of: str = "") -> str:
    """A paper with these pages, or the next revision of one."""
    document = pymupdf.open()
    for text in pages:
        page = document.new_page()
        page.insert_htmlbox((50, 50, 545, 792), f"<p>{text}</p>")
    place = f"papers/{of}?file_name=a.pdf" if of else "papers?item=one&file_name=a.pdf"
    answer = door.ask("PUT", f"{door.seat('secretary')}/{place}", "secretary", document.tobytes())
    return str(json.loads(answer.body)["paper"])


def _give(door: Door, name: str, arguments: dict[str, Any]) -> str:
    """What it made."""
    headers = {"Cookie": door.cookie("secretary"), "Origin": door.server.base}
    with handshake(door.server.port, f"{door.seat('secretary')}/live", headers) as line:
        line.say({"hello": 1})
        line.say({"id": f"c{time.monotonic_ns()}", "do": name, "with": arguments})
        return str(line.hear("done").get("made", ""))
