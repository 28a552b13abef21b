"""Scans: words with their places from Tesseract, where it is installed."""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from pathlib import Path

import pymupdf
import pytest

from meetingroom.domain import searching
from meetingroom.rendering import recognition
from tests.rendering import documents
from tests.rendering.desk import desk

needs_tesseract = pytest.mark.skipif(
    not recognition.is_installed(), reason="Tesseract with `vie` is not installed: scans were not read"
)


def scan() -> bytes:
    """A page of text as a picture of itself."""
    picture = pymupdf.open("pdf", documents.text(1))[0].get_pixmap(dpi=200)
    document = pymupdf.open()
    page = document.new_page(width=595, height=842)
    page.insert_image(page.rect, pixmap=picture)
    return bytes(document.tobytes(deflate=True))


@needs_tesseract
def test_a_scan_gets_its_words_once_and_where_they_are_seen(tmp_path: Path) -> None:
    async def read() -> None:
        async with desk(tmp_path) as here:
            file, _ = await here.prepare(scan())
            assert json.loads(await here.renderer.words(file, 1))["words"] == []
            assert await here.renderer.recognise(file, 1)
            found = json.loads(await here.renderer.words(file, 1))["words"]
            said = [word[4] for word in found]
            start = said.index("Trang")
            assert said[start : start + 2] == ["Trang", "1"]
            assert {"biểu", "quyết", "nghị", "chuyển"} <= set(said)
            left, top, right, bottom = found[start][:4]
            assert 40 < left < right < 140 and 50 < top < bottom < 110
            opened = here.asked
            assert await here.renderer.recognise(file, 1) and here.asked == opened, "once"

    asyncio.run(read())


@needs_tesseract
def test_a_scan_that_is_askew_and_dirty_gets_nearly_all_its_words(tmp_path: Path) -> None:
    async def read() -> None:
        async with desk(tmp_path) as here:
            file, _ = await here.prepare(documents.scanned(documents.text(1), angle=0.8, dirt=3_000))
            assert await here.renderer.recognise(file, 1)
            found = json.loads(await here.renderer.words(file, 1))["words"]
            said = Counter(token for word in found for token in searching.tokens(word[4]))
            meant = Counter(searching.tokens(f"Trang 1 {documents.SENTENCE * 12}"))
            assert (said & meant).total() >= 0.95 * meant.total()

    asyncio.run(read())


@needs_tesseract
def test_a_scan_with_a_signature_printed_over_it_is_read_as_well(tmp_path: Path) -> None:
    document = pymupdf.open("pdf", documents.scanned(documents.text(1)))
    document[0].insert_text((420, 30), "Signed by: Office 2026")
    signed = bytes(document.tobytes())

    async def read() -> None:
        async with desk(tmp_path) as here:
            file, _ = await here.prepare(signed)
            assert len(json.loads(await here.renderer.words(file, 1))["words"]) == 4
            assert await here.renderer.recognise(file, 1)
            said = [word[4] for word in json.loads(await here.renderer.words(file, 1))["words"]]
            assert said[:4] == ["Signed", "by:", "Office", "2026"] and said.count("Signed") == 1
            assert {"biểu", "quyết", "nghị", "chuyển"} <= set(said)

    asyncio.run(read())


@needs_tesseract
def test_a_page_without_any_word_is_looked_at_once(tmp_path: Path) -> None:
    async def read() -> None:
        async with desk(tmp_path) as here:
            file, _ = await here.prepare(documents.blank(1))
            assert not await here.renderer.recognise(file, 1)
            opened = here.asked
            assert not await here.renderer.recognise(file, 1) and here.asked == opened

    asyncio.run(read())


def test_what_tesseract_is_not_sure_of_is_left_out() -> None:
    head = "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext"
    rows = [
        "4\t1\t1\t1\t2\t0\t0\t0\t9\t9\t-1\t",
        "5\t1\t3\t1\t2\t1\t100\t200\t40\t20\t96.5\tNghi\u0323",
        "5\t1\t3\t1\t2\t2\t150\t200\t5\t5\t12\t~",
        "broken",
    ]
    assert recognition.words_of("\n".join([head, *rows]), 0.5) == [[50.0, 100.0, 70.0, 110.0, "Nghị", 3, 1002]]
