"""The outline of a paper and the links on its pages: what it brings itself, and what is read from its headings."""

import asyncio
import json
from pathlib import Path
from typing import Any

import pymupdf

from tests.rendering.desk import desk


def bold(*lines: str) -> str:
    return "".join(f"<p><b>{line}</b></p>" for line in lines)


def printed(*pages: str) -> pymupdf.Document:
    document = pymupdf.open()
    for text in pages:
        page = document.new_page()
        page.insert_htmlbox((50, 50, 545, 792), text)
    return document


def seen(folder: Path, document: pymupdf.Document) -> tuple[list[Any], dict[str, Any]]:
    """Its outline, and what stands on its first page."""

    async def look() -> tuple[list[Any], dict[str, Any]]:
        async with desk(folder) as here:
            file, _ = await here.prepare(document.tobytes())
            return json.loads(await here.renderer.outline(file)), json.loads(await here.renderer.words(file, 1))

    return asyncio.run(look())


def test_a_papers_own_outline_is_kept(tmp_path: Path) -> None:
    document = printed("một", "hai", "ba")
    document.set_toc([[1, "Phần mở đầu", 1], [2, "Số liệu", 2, {"kind": 1, "to": pymupdf.Point(0, 200)}]])
    outline, _ = seen(tmp_path, document)
    assert [entry[:3] for entry in outline] == [[1, "Phần mở đầu", 1], [2, "Số liệu", 2]]
    assert outline[1][3] == 200


def test_the_headings_of_a_decree_are_its_outline_where_it_brings_none(tmp_path: Path) -> None:
    document = printed(
        bold("Chương I", "QUY ĐỊNH CHUNG", "Điều 1. Phạm vi điều chỉnh")
        + "<p>Điều 5. của Luật này được dẫn ở đây.</p>",
        bold("Điều 2. Đối tượng áp dụng", "Chương II", "TỔ CHỨC THỰC HIỆN", "Điều 3. Hiệu lực thi hành"),
    )
    outline, _ = seen(tmp_path, document)
    assert [entry[:3] for entry in outline] == [
        [1, "Chương I. QUY ĐỊNH CHUNG", 1],
        [2, "Điều 1. Phạm vi điều chỉnh", 1],
        [2, "Điều 2. Đối tượng áp dụng", 2],
        [1, "Chương II. TỔ CHỨC THỰC HIỆN", 2],
        [2, "Điều 3. Hiệu lực thi hành", 2],
    ]


def test_a_letter_has_no_outline(tmp_path: Path) -> None:
    outline, _ = seen(tmp_path, printed("<p>Kính gửi: các sở, ngành</p>" + bold("Điều 5. Luật Đất đai")))
    assert outline == []


def test_links_lead_within_the_paper_or_say_where_they_would_lead(tmp_path: Path) -> None:
    document = printed("Xem trang 2", "hai")
    box = pymupdf.Rect(50, 50, 120, 70)
    document[0].insert_link({"kind": pymupdf.LINK_GOTO, "from": box, "page": 1, "to": pymupdf.Point(0, 300)})
    document[0].insert_link({"kind": pymupdf.LINK_URI, "from": box, "uri": "https://chinhphu.vn/"})
    document[0].insert_link({"kind": pymupdf.LINK_LAUNCH, "from": box, "file": "cmd.exe"})
    _, page = seen(tmp_path, document)
    assert [link[4:] for link in page["links"]] == [[2, 300], ["https://chinhphu.vn/"]]
    assert page["links"][0][:4] == [50, 50, 120, 70]


def test_words_say_which_line_they_stand_in(tmp_path: Path) -> None:
    _, page = seen(tmp_path, printed("<p>Một hai</p><p>ba</p>"))
    first, second, third = page["words"]
    assert first[5:] == second[5:] != third[5:]
    assert "picture" not in page
