"""A paper is accepted whole or refused with a reason."""

import asyncio
import io
import json
import zipfile
from pathlib import Path

import pymupdf
import pytest
from PIL import Image

from meetingroom.rendering.unreadable import Unreadable
from tests.rendering import documents
from tests.rendering.desk import desk


def a_picture() -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (80, 80), "white").save(file, "PNG")
    return file.getvalue()


def an_archive() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("page1.png", a_picture())
    return file.getvalue()


DISGUISED = {
    "picture": a_picture(),
    "drawing": b'<svg xmlns="http://www.w3.org/2000/svg" width="80" height="80"><rect width="9" height="9"/></svg>',
    "web page": b"<!doctype html><html><body><p>Trang web</p></body></html>",
    "archive": an_archive(),
    "letter": "Kính gửi Ủy ban nhân dân tỉnh".encode(),
}


def test_what_is_no_pdf_is_refused_whatever_it_is_called(tmp_path: Path) -> None:
    assert refusals(tmp_path, DISGUISED) == dict.fromkeys(DISGUISED, "not_pdf")


def test_the_first_line_of_a_pdf_does_not_make_one(tmp_path: Path) -> None:
    """MuPDF looks at the content and would show some of these as pictures or text."""
    led = {name: b"%PDF-1.7\n" + content for name, content in DISGUISED.items()}
    mentioning = {"comment": DISGUISED["drawing"].replace(b"<rect", b"<!-- %PDF-1.7 --><rect")}
    papers = led | mentioning
    assert refusals(tmp_path, papers) == dict.fromkeys(papers, "damaged")


def test_what_cannot_be_shown_is_refused_with_its_reason(tmp_path: Path) -> None:
    papers = {
        "empty": b"",
        "encrypted": documents.encrypted(),
        "page_too_large": documents.blank(1, width=14_500),
        "page_too_small": documents.blank(1, height=5),
        "damaged": b"%PDF-1.7\n%%EOF",
        "no_pages": documents.written(b"", b"<<>>").replace(b"/Kids[3 0 R]/Count 1", b"/Kids[]/Count 0"),
    }
    assert refusals(tmp_path, papers) == {code: code for code in papers}


def test_five_thousand_pages_are_refused_and_the_sentence_can_say_how_many(tmp_path: Path) -> None:
    async def story() -> None:
        async with desk(tmp_path) as here:
            with pytest.raises(Unreadable) as refused:
                await here.prepare(documents.blank(5_000))
            assert refused.value.params == {"pages": 5_000, "most": 2_000}

    asyncio.run(story())


@pytest.mark.parametrize("endless", [documents.endless, documents.nested])
def test_a_page_that_never_ends_is_given_up_and_named(tmp_path: Path, endless: object) -> None:
    async def story() -> None:
        async with desk(tmp_path, page_seconds=0.5) as here:
            with pytest.raises(Unreadable) as refused:
                await here.prepare(endless())  # type: ignore[operator]
            assert (refused.value.code, refused.value.params) == ("too_slow_page", {"page": 1})
            _, prepared = await here.prepare(documents.text())
            assert prepared.pages == 1, "the next paper is none the worse"

    asyncio.run(story())


def test_a_paper_may_not_take_long_even_if_each_page_is_quick(tmp_path: Path) -> None:
    assert refusal(tmp_path, documents.text(8), paper_seconds=0.0, paper_seconds_a_page=0.001).startswith("too_slow")


def test_a_paper_that_wants_more_memory_than_a_paper_may_have_is_refused(tmp_path: Path) -> None:
    assert refusal(tmp_path, documents.photograph(), worker_memory=110 << 20).startswith("too_complex")


def test_a_refused_paper_leaves_nothing_behind(tmp_path: Path) -> None:
    async def story() -> None:
        async with desk(tmp_path, page_seconds=0.5) as here:
            good_and_endless = pymupdf.open("pdf", documents.text(3))
            good_and_endless.insert_pdf(pymupdf.open("pdf", documents.endless()))
            with pytest.raises(Unreadable) as refused:
                await here.prepare(good_and_endless.tobytes())
            assert refused.value.params == {"page": 4}
            assert here.kept() == []

    asyncio.run(story())


def test_every_page_is_drawn_before_a_paper_is_accepted_and_the_secretary_sees_it_go(tmp_path: Path) -> None:
    async def story() -> None:
        async with desk(tmp_path) as here:
            file = here.put(documents.text(40))
            seen: list[tuple[int, int]] = []
            prepared = await here.renderer.prepare(file, lambda done, of: seen.append((done, of)))
            assert seen == [(page, 40) for page in range(1, 41)]
            assert (prepared.pages, prepared.sizes) == (40, ((40, 595.0, 842.0),))
            asked = here.asked
            for page in range(1, 41):
                assert (await here.renderer.image(file, page, 1600)).media_type == "image/png"
                assert (await here.renderer.image(file, page, 270)).body
                assert str(page) in [word[4] for word in json.loads(await here.renderer.words(file, page))["words"]]
            assert here.asked == asked, "all that was on the shelf"

    asyncio.run(story())


def test_a_paper_that_comes_twice_is_drawn_once(tmp_path: Path) -> None:
    async def story() -> None:
        async with desk(tmp_path) as here:
            file = here.put(documents.text(3))
            seen: list[list[int]] = [[], []]
            both = [here.renderer.prepare(file, lambda done, of, mine=mine: mine.append(done)) for mine in seen]
            first, second = await asyncio.gather(*both)
            assert first == second and here.asked == 1
            assert seen == [[1, 2, 3], [1, 2, 3]], "both are told"
        async with desk(tmp_path) as after_a_restart:
            assert await after_a_restart.renderer.prepare(file, print) == first
            assert after_a_restart.asked == 0

    asyncio.run(story())


def test_sizes_are_as_displayed_in_runs(tmp_path: Path) -> None:
    async def story() -> None:
        async with desk(tmp_path) as here:
            mixed = pymupdf.open("pdf", documents.blank(2))
            mixed.insert_pdf(pymupdf.open("pdf", documents.rotated()))
            _, prepared = await here.prepare(mixed.tobytes())
            assert prepared.sizes == ((2, 595.0, 842.0), (1, 595.0, 842.0)) or prepared.sizes == ((3, 595.0, 842.0),)

    asyncio.run(story())


def refusal(folder: Path, content: bytes, **limits: float) -> str:
    return refusals(folder, {"it": content}, **limits)["it"]


def refusals(folder: Path, papers: dict[str, bytes], **limits: float) -> dict[str, str]:
    async def story() -> dict[str, str]:
        codes = {}
        async with desk(folder, **limits) as here:
            for name, content in papers.items():
                with pytest.raises(Unreadable) as refused:
                    await here.prepare(content)
                codes[name] = str(refused.value.code)
        return codes

    return asyncio.run(story())
