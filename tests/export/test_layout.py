"""The layout of Nghị định 30/2020/NĐ-CP, Phụ lục I, measured on the pages that come out."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from typing import Any

import docx as word_library
import pymupdf
import pytest
from docx.shared import Pt

from meetingroom.export import documents
from meetingroom.export.document import Document, Paragraph
from meetingroom.export.documents import Letterhead, Personal
from meetingroom.export.typeset import pdf
from meetingroom.export.word import docx
from tests.export.stories import held, legal_words

MM = 72 / 25.4
AT = 1_600_000_000_000
WORDS = legal_words()


def long_minutes() -> Document:
    """Minutes of more than two pages."""
    made = documents.minutes(held(), WORDS)
    filler = Paragraph("Ý kiến của thành viên về dự thảo, nêu rõ căn cứ, số liệu và kiến nghị cụ thể. " * 4)
    return replace(made, parts=(*made.parts[:-1], *[filler] * 20, made.parts[-1]))


def invitations() -> list[Document]:
    codes = {key: Personal("7KQ2 M9XD", "http://10.0.0.2/j/7KQ2M9XD") for key in held().people}
    return documents.invitations(held(), WORDS, Letterhead("Lạng Sơn", AT), codes)


def opened(*made: Document) -> pymupdf.Document:
    return pymupdf.open(stream=pdf(made, None, AT), filetype="pdf")  # type: ignore[no-untyped-call]


def spans(page: Any) -> Iterator[dict[str, Any]]:
    for block in page.get_text("dict")["blocks"]:
        for line in block.get("lines", ()):
            yield from line["spans"]


def span(page: Any, text: str) -> dict[str, Any]:
    return next(found for found in spans(page) if text in found["text"])


def is_bold(page: Any, text: str) -> bool:
    """Set in a bold cut, or its outlines drawn over it as well."""
    outlined = ("".join(chr(char[0]) for char in run["chars"]) for run in page.get_texttrace() if run["type"] == 1)
    return "Bold" in span(page, text)["font"] or any(text in words for words in outlined)


def rules(page: Any) -> list[Any]:
    """The lines drawn on a page, as rectangles, from the top."""
    return sorted((drawn["rect"] for drawn in page.get_drawings() if drawn["rect"].height < 1), key=lambda r: r.y0)


@pytest.fixture(scope="module")
def minutes() -> pymupdf.Document:
    return opened(long_minutes())


def test_the_page_is_a4_with_the_margins_of_the_decree(minutes: pymupdf.Document) -> None:
    assert len(minutes) >= 3
    for page in minutes:
        assert (round(page.rect.width / MM), round(page.rect.height / MM)) == (210, 297)
        words = [word[:4] for word in page.get_text("words") if word[1] > 18 * MM]
        assert 29.9 * MM <= min(x0 for x0, *_ in words) <= 35 * MM
        assert 15 * MM <= 210 * MM - max(x1 for _, _, x1, _ in words) <= 20 * MM
        assert 297 * MM - max(y1 for *_, y1 in words) >= 19 * MM
    right = max(word[2] for word in minutes[1].get_text("words"))
    assert abs(right - 192 * MM) < 1, "the text is set to full width"


def test_the_page_number_is_centred_in_the_top_margin_and_not_on_the_first(minutes: pymupdf.Document) -> None:
    assert not any(s["bbox"][3] < 19 * MM and s["text"].strip().isdigit() for s in spans(minutes[0]))
    for page in list(minutes)[1:]:
        number = min(spans(page), key=lambda s: s["bbox"][1])
        assert number["text"].strip() == str(page.number + 1)
        assert number["bbox"][3] < 20 * MM and 13 <= number["size"] <= 14
        assert abs((number["bbox"][0] + number["bbox"][2]) / 2 - (30 + 192) / 2 * MM) < 2


def test_each_document_of_a_file_begins_with_page_one() -> None:
    made = invitations()
    pages = opened(*made)
    assert len(pages) == len(made) == 7
    assert not any(s["text"].strip() == "2" for page in pages for s in spans(page))


def test_the_sizes_of_letters(minutes: pymupdf.Document) -> None:
    first = minutes[0]
    assert 12 <= span(first, "CỘNG HÒA XÃ HỘI")["size"] <= 13
    assert 13 <= span(first, "Độc lập - Tự do")["size"] <= 14
    assert 12 <= span(first, "UBND TỈNH")["size"] <= 13
    assert span(first, "Số:")["size"] == 13
    for bold in ("CỘNG HÒA", "Độc lập", "UBND TỈNH", "BIÊN BẢN", "Phiên họp"):
        assert is_bold(first, bold), bold
    assert 13 <= span(first, "Khi khai mạc")["size"] <= 14
    last = minutes[-1]
    assert span(last, "nhận:")["size"] == 12 and is_bold(last, "nhận:")
    assert span(last, "- Lưu")["size"] == 11


def test_the_rules_under_the_head(minutes: pymupdf.Document) -> None:
    first = minutes[0]
    issuer, motto, about = (span(first, text)["bbox"] for text in ("UBND TỈNH", "Độc lập", "Thường kỳ"))
    lines = [line for line in rules(first) if line.y0 > issuer[1]]
    under_issuer = next(line for line in lines if line.x1 < 110 * MM)
    under_motto = next(line for line in lines if line.x0 > 90 * MM)
    under_about = next(line for line in lines if line.y0 > about[1])
    assert 1 / 3 <= under_issuer.width / (issuer[2] - issuer[0]) <= 1 / 2
    assert abs(under_motto.width - (motto[2] - motto[0])) < 2 and under_motto.y0 > motto[3] - 6
    longest = max(s["bbox"][2] - s["bbox"][0] for s in spans(first) if s["text"] in ("Phiên họp", "Thường kỳ"))
    assert 1 / 3 <= under_about.width / longest <= 1 / 2


def test_paragraphs_are_six_points_apart_and_indented(minutes: pymupdf.Document) -> None:
    begins, place = span(minutes[0], "Thời gian bắt đầu")["bbox"], span(minutes[0], "Địa điểm")["bbox"]
    assert abs(begins[0] - (30 * MM + 1 / 2.54 * 72)) < 1
    tops = [s["bbox"][1] for s in spans(minutes[1]) if s["size"] == 14]
    line = min(lower - upper for upper, lower in pairwise(tops) if lower > upper)
    assert (place[1] - begins[1]) - line >= 5.9


def test_minutes_have_the_parts_of_the_form_in_its_order_and_no_place(minutes: pymupdf.Document) -> None:
    text = " ".join("".join(page.get_text() for page in minutes).split())
    order = ("Số:", "BIÊN BẢN", "Thời gian bắt đầu:", "Địa điểm:", "Thành phần tham dự:", "Chủ trì (chủ tọa):",
        "Thư ký (người ghi biên bản):", "Nội dung (theo diễn biến cuộc họp):", "Cuộc họp kết thúc vào", "THƯ KÝ",
        "CHỦ TỌA", "nhận:", "- Lưu: VT, Hồ sơ.")  # fmt: skip
    places = [text.index(part) for part in order]
    assert places == sorted(places)
    assert "DỰ THẢO" in text
    signing = minutes[-1]
    assert span(signing, "THƯ KÝ")["bbox"][2] < 110 * MM < span(signing, "CHỦ TỌA")["bbox"][0]


def test_an_invitation_names_place_and_date_in_italics_and_has_its_code() -> None:
    page = opened(invitations()[0])[0]
    dated = span(page, "Lạng Sơn, ngày 13 tháng 9 năm 2020")
    assert "Italic" in dated["font"] and 13 <= dated["size"] <= 14
    assert "7KQ2 M9XD" in page.get_text()
    assert page.get_drawings(), "the QR code is drawn, not a picture"


def test_the_same_minutes_are_the_same_bytes_and_kept_for_long() -> None:
    made = pdf([long_minutes()], None, AT)
    assert made == pdf([long_minutes()], None, AT)
    assert b"pdfaid" in made, "PDF/A"
    fonts = {font[3] for page in opened(long_minutes()) for font in page.get_fonts()}
    assert fonts and all("Libertinus" in font for font in fonts)


def test_text_is_never_markup() -> None:
    made = replace(documents.minutes(held(), WORDS), parts=(Paragraph("#panic() *x* $y$ \\ - một"),))
    assert "#panic() *x* $y$ \\ - một" in " ".join(opened(made)[0].get_text().split())


def test_the_docx_has_the_same_page_and_is_in_times_new_roman() -> None:
    made = word_library.Document(io.BytesIO(docx([long_minutes()], AT)))
    section = made.sections[0]
    measured = (section.page_width, section.page_height, section.left_margin, section.right_margin, section.top_margin)
    assert [round(length.mm) for length in measured] == [210, 297, 30, 18, 20]
    assert section.different_first_page_header_footer
    assert made.styles["Normal"].font.name == "Times New Roman"
    text = [paragraph.text for paragraph in made.paragraphs]
    assert "BIÊN BẢN" in text and "Thời gian bắt đầu: 19 giờ 26 phút, ngày 13 tháng 9 năm 2020" in text
    body = next(p for p in made.paragraphs if p.text.startswith("Khi khai mạc"))
    assert body.paragraph_format.space_before == Pt(6) and body.runs[0].font.size == Pt(14)


def test_the_name_of_the_state_stands_in_one_line_in_word_too() -> None:
    head = word_library.Document(io.BytesIO(docx([long_minutes()], AT))).tables[0].rows[0].cells
    line = head[1].paragraphs[0]
    assert line.text == "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
    needed = 20.67 * line.runs[0].font.size.cm  # in Times New Roman, bold
    assert needed < head[1].width.cm - 2 * 0.19, "a cell keeps that much to each side"
    assert head[0].width.cm + head[1].width.cm < 16.3


def test_a_docx_of_many_is_well_formed() -> None:
    made = docx(invitations(), AT)
    with zipfile.ZipFile(io.BytesIO(made)) as parts:
        assert parts.testzip() is None
        assert sum(name.endswith(".png") for name in parts.namelist()) >= 1
    assert len(word_library.Document(io.BytesIO(made)).sections) == 7
