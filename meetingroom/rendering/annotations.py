"""Somebody's own marks as annotations of the PDF, as every reader of PDFs shows them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from html import escape
from itertools import pairwise
from typing import Any

import pymupdf

from meetingroom.domain.marks import TENTHS, Kind, Mark, boxes_of, shifted

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
HEAD = 40.0  # points over a page that was taken out of its paper
PART = 8 << 20  # bytes of a frame


def annotated(document: pymupdf.Document, marks: Iterable[Mark], author: str, behind: Sequence[bytes] = ()) -> bytes:
    """The paper with the marks on it, and other papers behind it."""
    _annotate(document, marks, author)
    for each in behind:
        document.insert_pdf(pymupdf.open(stream=each, filetype="pdf"))
    content: bytes = document.tobytes(deflate=True)
    return content


def excerpt(document: pymupdf.Document, marks: Sequence[Mark], author: str, heading: str) -> bytes:
    """Only the pages that have marks, each under a line that says which it is: {page} in the heading."""
    taken = pymupdf.open()
    for number in sorted({mark.page for mark in marks if mark.page <= document.page_count}):
        source = document.load_page(number - 1)
        width, height = source.rect.width, source.rect.height
        page = taken.new_page(width=width, height=height + HEAD)
        turn = source.rotation
        source.set_rotation(0)  # or it is squeezed into the frame as it is stored
        page.show_pdf_page(pymupdf.Rect(0, HEAD, width, height + HEAD), document, number - 1, rotate=-turn)
        said = escape(heading.replace("{page}", str(number)))
        page.insert_htmlbox(pymupdf.Rect(12, 6, width - 12, HEAD - 2), f"<p style='font-size: 11pt'><b>{said}</b></p>")
        here = [replace(shifted(mark, 0, HEAD), page=taken.page_count) for mark in marks if mark.page == number]
        _annotate(taken, here, author)
    content: bytes = taken.tobytes(deflate=True, garbage=3)
    return content


def _annotate(document: pymupdf.Document, marks: Iterable[Mark], author: str) -> None:
    for mark in marks:
        if mark.page <= document.page_count:
            page = document.load_page(mark.page - 1)  # held: an annotation does not hold its page
            note = annotation(page, mark)
            if note is not None:
                note.set_info(title=author, content=str(mark.body.get("text", "")) if mark.kind is Kind.NOTE else "")
                note.update()


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


def read(task: dict[str, Any], paper: Any) -> tuple[bytes, ...]:
    """The paper, the marks and other papers, written one behind the other: they are longer than a task may be."""
    ends = [0, *task["ends"]]
    return tuple(bytes(paper[start:end]) for start, end in pairwise(ends))
