"""Marks lie on a page as it is seen, also where it is stored lying."""

from __future__ import annotations

import pymupdf
import pytest
from PIL import Image, ImageChops, ImageStat

from meetingroom.domain.marks import Kind, Mark
from meetingroom.rendering import annotations
from tests.rendering import documents

BODIES = {
    Kind.HIGHLIGHT: {"colour": "yellow", "boxes": [[50, 40, 90, 66]]},
    Kind.UNDERLINE: {"colour": "red", "boxes": [[50, 40, 90, 66]]},
    Kind.INK: {"colour": "blue", "width": 3, "points": [500, 400, 50, 400, 260, 50]},
    Kind.NOTE: {"colour": "pink", "x": 50.0, "y": 40.0, "text": "ở góc"},
}


@pytest.mark.parametrize("kind", BODIES)
@pytest.mark.parametrize("turned", [True, False])
def test_an_annotation_colours_the_page_where_the_mark_lies(kind: Kind, turned: bool) -> None:
    document = pymupdf.open("pdf", documents.rotated() if turned else documents.blank(1))
    content = annotations.annotated(document, [Mark("m", "p", "r", 1, kind, BODIES[kind], 0)], "Lê Văn Ả")
    page = pymupdf.open("pdf", content)[0]
    before = pymupdf.open("pdf", documents.rotated() if turned else documents.blank(1))[0].get_pixmap()
    after = page.get_pixmap()
    changed = [
        (x, y)
        for x in range(0, after.width, 2)
        for y in range(0, after.height, 2)
        if after.pixel(x, y) != before.pixel(x, y)
    ]
    assert changed and all(30 <= x <= 110 and 20 <= y <= 90 for x, y in changed)
    assert [note.info["title"] for note in page.annots()] == ["Lê Văn Ả"]


def test_marks_beyond_the_last_page_and_bookmarks_are_left_out() -> None:
    document = pymupdf.open("pdf", documents.blank(1))
    marks = [
        Mark("m", "p", "r", 9, Kind.NOTE, BODIES[Kind.NOTE], 0),
        Mark("n", "p", "r", 1, Kind.BOOKMARK, {"x": 0.0, "y": 0.0, "text": ""}, 0),
    ]
    assert not list(pymupdf.open("pdf", annotations.annotated(document, marks, ""))[0].annots())


@pytest.mark.parametrize("turned", [True, False])
def test_an_excerpt_has_the_page_under_its_heading_and_the_mark_where_it_lay(turned: bool) -> None:
    document = pymupdf.open("pdf", documents.rotated() if turned else documents.text(3))
    page = 1 if turned else 2
    size = document[page - 1].rect
    source = document[page - 1]
    before = source.get_pixmap()
    marks = [Mark("m", "p", "r", page, Kind.NOTE, {"colour": "pink", "x": 50.0, "y": 40.0, "text": "ở góc"}, 0)]
    taken = pymupdf.open("pdf", annotations.excerpt(document, marks, "Lê Văn Ả", "Bản 1 <&>, trang {page}"))
    front = taken[0]
    assert len(taken) == 1 and front.rect.height == size.height + annotations.HEAD
    assert f"Bản 1 <&>, trang {page}" in " ".join(front.get_text().split())
    [note] = front.annots()
    assert note.info["content"] == "ở góc" and abs(note.rect.x0 - 50) < 3
    assert abs(note.rect.y0 - 40 - annotations.HEAD) < 3
    size = (int(size.width), int(size.height))
    seen = Image.frombytes("RGB", size, before.samples)
    whole = front.get_pixmap(annots=False)
    after = Image.frombytes("RGB", (whole.width, whole.height), whole.samples)
    after = after.crop((0, int(annotations.HEAD), *size[:1], size[1] + int(annotations.HEAD)))
    apart, ink = ink_of(ImageChops.difference(seen, after)), ink_of(ImageChops.invert(seen))
    assert apart < 0.2 * ink, "the page is as it was seen"


def ink_of(picture: Image.Image) -> float:
    return float(ImageStat.Stat(picture.convert("L")).sum[0])


def test_other_papers_follow_behind_with_their_marks() -> None:
    old = pymupdf.open("pdf", documents.text(2))
    mark = Mark("m", "p", "r", 2, Kind.NOTE, BODIES[Kind.NOTE], 0)
    behind = annotations.excerpt(old, [mark], "", "Cũ")
    made = pymupdf.open("pdf", annotations.annotated(pymupdf.open("pdf", documents.blank(1)), [], "", [behind]))
    assert [[note.type[1] for note in page.annots()] for page in made] == [[], ["Text"]]
