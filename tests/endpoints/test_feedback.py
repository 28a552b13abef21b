"""Feedback reaches the administrator and nobody else, and cannot flood the log."""

from __future__ import annotations

from tests.endpoints.conftest import Door


def said(door: Door, text: bytes, page: str = "tablet", cookie: str = "") -> int:
    headers = {"Cookie": cookie or door.cookie("delegate"), "Origin": door.server.base, "Content-Type": "text/plain"}
    return door.server.ask("POST", f"{door.seat('delegate')}/feedback?page={page}", headers, text).status


def test_what_is_said_is_read_by_the_administrator_with_its_page(door: Door) -> None:
    assert said(door, "Chữ trên nút\nnhỏ quá".encode()) == 204
    assert said(door, b"<script>alert(1)</script>", page="elsewhere") == 204
    page = door.ask("GET", "/admin/audit?kind=feedback", "administrator").body.decode()
    assert "tablet: Chữ trên nút nhỏ quá" in page and "Giám đốc Sở Tài chính" in page
    assert "–: &lt;script&gt;" in page
    assert door.ask("GET", "/admin/audit?kind=feedback", "delegate").status in (401, 404)


def test_nothing_too_long_and_too_often_are_refused_with_a_sentence(door: Door) -> None:
    assert said(door, b" \n ") == 422
    assert said(door, b"x" * 10_000) == 413
    assert said(door, b"\xff\xfe\x00") == 204, "what is no text is kept as far as it can be read"
    cookie = door.cookie("delegate")
    assert [said(door, b"again", cookie=cookie) for _ in range(8)][-1] == 429
