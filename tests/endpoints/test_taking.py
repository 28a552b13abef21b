"""Taking one's marks along: as annotations of a PDF, as a list to print; one's own and nobody else's."""

from __future__ import annotations

import json
import time
from typing import Any

import pymupdf
import pytest

from tests.endpoints.conftest import OPEN_PAPER, Door

NOTE: dict[str, Any] = {
    "kind": "note",
    "body": {"colour": "yellow", "x": 100, "y": 120, "text": "Hỏi <số liệu> & nguồn"},
}
LIGHT = {"kind": "highlight", "body": {"colour": "green", "boxes": [[60, 60, 160, 75]], "text": "Trang 2"}}
LINE = {"kind": "underline", "body": {"colour": "red", "boxes": [[60, 60, 160, 75]], "text": "Trang 2"}}
INK = {"kind": "ink", "body": {"colour": "red", "width": 2, "points": [1000, 3000, 50, 500, 100, 60, 500, -100, 60]}}


@pytest.fixture(scope="module")
def noted(door: Door) -> Door:
    """The delegate has marked two pages, the guest one."""
    mark(door, "delegate", ("a", 1, NOTE), ("b", 2, LIGHT), ("c", 2, INK), ("u", 2, LINE))
    mark(door, "guest", ("d", 1, {"kind": "note", "body": NOTE["body"] | {"text": "Của khách mời"}}))
    return door


def mark(door: Door, visitor: str, *marks: tuple[str, int, dict[str, Any]]) -> None:
    place = {"paper": OPEN_PAPER, "revision": OPEN_PAPER, "at": int(time.time() * 1000)}
    sent = [{"id": key, "page": page, **place, **made} for key, page, made in marks]
    body = json.dumps({"since": 0, "marks": sent}).encode()
    assert door.ask("POST", f"{door.seat(visitor)}/marks", visitor, body).status == 200


def test_the_pdf_has_ones_own_marks_as_annotations(noted: Door) -> None:
    answer = noted.ask("GET", f"{noted.seat('delegate')}/marked/{OPEN_PAPER}", "delegate")
    assert answer.headers["Content-Type"] == "application/pdf" and answer.headers["Cache-Control"] == "no-store"
    document = pymupdf.open("pdf", answer.body)
    found = {
        (number + 1, note.type[1], note.info["content"]) for number in range(2) for note in document[number].annots()
    }
    assert found == {(1, "Text", "Hỏi <số liệu> & nguồn"), (2, "Highlight", ""), (2, "Ink", ""), (2, "Underline", "")}
    boxes = {note.type[1]: note.rect for note in document[1].annots()}
    assert abs(boxes["Highlight"].x0 - 60) < 8 and abs(boxes["Highlight"].y0 - 60) < 3
    assert boxes["Ink"].contains(pymupdf.Point(150, 310)) and boxes["Ink"].height < 30
    assert "Trang 2" in document[1].get_text(), "the paper itself is as it was"


def test_nobody_gets_the_marks_of_another(noted: Door) -> None:
    answer = noted.ask("GET", f"{noted.seat('guest')}/marked/{OPEN_PAPER}", "guest")
    notes = [note.info["content"] for page in pymupdf.open("pdf", answer.body) for note in page.annots()]
    assert notes == ["Của khách mời"]
    for visitor in ("chair", "secretary"):
        answer = noted.ask("GET", f"{noted.seat(visitor)}/marked/{OPEN_PAPER}", visitor)
        assert not any(list(page.annots()) for page in pymupdf.open("pdf", answer.body))


def test_the_list_has_ones_own_notes_in_the_order_of_the_pages(noted: Door) -> None:
    page = noted.ask("GET", f"{noted.seat('delegate')}/notes", "delegate").body.decode()
    assert "Hỏi &lt;số liệu&gt; &amp; nguồn" in page and "Của khách mời" not in page
    assert page.index("nguồn") < page.index("Tô sáng") and "Nét bút" in page and "Gạch chân" in page


def test_the_list_is_a_pdf_too_whatever_was_written(noted: Door) -> None:
    mark(
        noted,
        "delegate",
        ("e", 2, {"kind": "note", "body": NOTE["body"] | {"y": 700, "text": "Đồng ý 👍\n#sau [đó] $x"}}),
    )
    answer = noted.ask("GET", f"{noted.seat('delegate')}/notes.pdf", "delegate")
    assert answer.headers["Content-Type"] == "application/pdf" and answer.headers["Cache-Control"] == "no-store"
    said = " ".join("".join(page.get_text() for page in pymupdf.open("pdf", answer.body)).split())
    assert "Hỏi <số liệu> & nguồn" in said and "#sau [đó] $x" in said and "Của khách mời" not in said
    assert said.index("nguồn") < said.index("Tô sáng") < said.index("Đồng ý") and "Nét bút" in said
