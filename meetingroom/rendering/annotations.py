"""Somebody's own marks as annotations of the PDF, as every reader of PDFs shows them."""

from collections.abc import Iterable, Iterator
from typing import Any

import pymupdf

from meetingroom.domain.marks import TENTHS, Kind, Mark, boxes_of

# Print and its paler ground, as in web/css/marks.css.
DARK = {
    "ink": 0x1B1D22, "blue": 0x1F4FD8, "red": 0xC3261F, "green": 0x17803D, "yellow": 0xA36A00, "pink": 0xB3246B,
}  # fmt: skip
LIGHT = {
    "ink": 0xD9D9DE, "blue": 0xBCDCFF, "red": 0xFFC4BD, "green": 0xB9EEC2, "yellow": 0xFFE680, "pink": 0xFFC6DC,
}  # fmt: skip
SAMPLES: tuple[tuple[Kind, dict[str, Any]], ...] = (
    (Kind.HIGHLIGHT, {"colour": "yellow", "boxes": [[60, 60, 90, 70]]}),
    (Kind.UNDERLINE, {"colour": "red", "boxes": [[60, 60, 90, 70]]}),
    (Kind.NOTE, {"colour": "yellow", "x": 60, "y": 60, "text": "ở"}),
    (Kind.INK, {"colour": "ink", "width": 2, "points": [600, 600, 50, 10, 10, 50], "wide": True}),
)
PART = 8 << 20  # bytes of a frame


def annotated(document: pymupdf.Document, marks: Iterable[Mark], author: str) -> bytes:
    """The paper with the marks on it."""
    for mark in marks:
        if mark.page <= document.page_count:
            page = document.load_page(mark.page - 1)  # held: an annotation does not hold its page
            note = annotation(page, mark)
            if note is not None:
                note.set_info(title=author, content=str(mark.body.get("text", "")) if mark.kind is Kind.NOTE else "")
                note.update()
    content: bytes = document.tobytes(deflate=True)
    return content


def annotation(page: pymupdf.Page, mark: Mark) -> pymupdf.Annot | None:
    """Marks lie on the page as displayed; annotations on the page as it is stored."""
    turn = page.derotation_matrix
    colour = str(mark.body.get("colour", "ink"))
    match mark.kind:
        case Kind.HIGHLIGHT:
            note = page.add_highlight_annot(quads=[pymupdf.Rect(box).quad * turn for box in boxes_of(mark)])
            note.set_colors(stroke=shade(LIGHT[colour]))
        case Kind.UNDERLINE:
            note = page.add_underline_annot(quads=[pymupdf.Rect(box).quad * turn for box in boxes_of(mark)])
            note.set_colors(stroke=shade(DARK[colour]))
        case Kind.NOTE:
            note = page.add_text_annot(pymupdf.Point(mark.body["x"], mark.body["y"]) * turn, "", icon="Comment")
            note.set_colors(stroke=shade(LIGHT[colour]))
        case Kind.INK:
            note = page.add_ink_annot([[tuple(pymupdf.Point(point) * turn) for point in points(mark)]])
            note.set_border(width=mark.body["width"])
            note.set_colors(stroke=shade((LIGHT if mark.body.get("wide") else DARK)[colour]))
            if mark.body.get("wide"):
                note.set_blendmode(pymupdf.PDF_BM_Multiply)
        case _:
            return None
    return note


def points(mark: Mark) -> list[tuple[float, float]]:
    """Of a stroke; a dot is a very short one."""
    found, x, y = [], 0, 0
    stroke = mark.body["points"]
    for place in range(0, len(stroke), 3):
        x, y = x + stroke[place], y + stroke[place + 1]
        found.append((x / TENTHS, y / TENTHS))
    return found if len(found) > 1 else [*found, (found[0][0] + 0.1, found[0][1])]


def shade(colour: int) -> tuple[float, float, float]:
    return (colour >> 16) / 255, (colour >> 8 & 255) / 255, (colour & 255) / 255


def parts(content: bytes) -> Iterator[bytes]:
    for start in range(0, len(content), PART):
        yield content[start : start + PART]


def read(task: dict[str, Any], paper: Any) -> tuple[bytes, bytes]:
    """The paper, and what is written behind it: marks are longer than a task may be."""
    end = task["ends"]
    return bytes(paper[:end]), bytes(paper[end:])
