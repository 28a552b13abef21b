"""The watermark covers the page and leaves it readable, whatever the name."""

from __future__ import annotations

from PIL import Image, ImageChops

from meetingroom.rendering.watermark import watermarked


def test_it_is_everywhere_and_faint() -> None:
    page = Image.new("RGB", (800, 1130), "white")
    marked = watermarked(page, "Nguyễn Thị Ả, Sở Tài chính · 25/11/2026 09:41")
    assert marked.size == page.size and page.getcolors() == [(800 * 1130, (255, 255, 255))]
    differing = ImageChops.difference(page, marked).convert("L")
    for left in range(0, 800, 400):
        for top in range(0, 1130, 283):
            part = differing.crop((left, top, left + 400, min(top + 283, 1130)))
            assert part.getbbox(), f"nothing at {left}, {top}"
    assert 20 <= differing.getextrema()[1] <= 60


def test_a_name_is_text_and_nothing_else() -> None:
    page = Image.new("RGB", (270, 380), "white")
    for name in ("", "x" * 5_000, "<img src=/etc/passwd>", "Ỷ\u0323\u0000"):
        assert watermarked(page, name).size == page.size
    assert watermarked(page, "<b></b>") != page
