"""DOCX by python-docx (extra `records`): the editable master, in Times New Roman, in the layout of Nghị định 30/2020."""

from __future__ import annotations

import base64
import io
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import segno

from meetingroom.export.document import Code, Document, Face, Paragraph, Signer, Table
from meetingroom.export.typeset import Missing

if TYPE_CHECKING:
    from docx.document import Document as Pages

FONT = "Times New Roman"
TEXT_WIDTH = 16.2  # cm: A4 less margins of 30 and 18 mm
HEAD = 6.2  # cm for the issuer: the name of the state needs 9.2 in one line, and a cell takes 0.4 of its own
MOTTO, STATE = "Độc lập - Tự do - Hạnh phúc", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"


def docx(documents: Sequence[Document], at: int) -> bytes:
    """The documents in one file, each beginning on a new page. `at`: UTC ms, for the file's properties. Blocks; Missing."""
    try:
        import docx as library
    except ImportError as error:
        raise Missing("documents.no_word") from error
    pages: Pages = library.Document()
    _properties(pages, documents[0], at)
    for index, document in enumerate(documents):
        if index:
            pages.add_section()
        _page(pages)
        _document(pages, document)
    kept = io.BytesIO()
    pages.save(kept)
    return kept.getvalue()


def _properties(pages: Pages, document: Document, at: int) -> None:
    from docx.oxml.ns import qn
    from docx.shared import Pt

    moment = datetime.fromtimestamp(at / 1000, UTC)
    core = pages.core_properties
    core.title, core.author, core.comments = document.name, "", ""
    core.created = core.modified = moment.replace(tzinfo=None)
    normal = pages.styles["Normal"]
    normal.font.name, normal.font.size = FONT, Pt(14)
    normal.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), FONT)
    normal.paragraph_format.space_after = Pt(0)


def _page(pages: Pages) -> None:
    """A4, the page number centred in the top margin from the second page of each document."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls
    from docx.shared import Mm, Pt

    section = pages.sections[-1]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin, section.right_margin = Mm(30), Mm(18)
    section.top_margin = section.bottom_margin = Mm(20)
    section.header_distance = Mm(10)
    section.different_first_page_header_footer = True
    section.header.is_linked_to_previous = False
    numbered = section.header.paragraphs[0]
    numbered.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = numbered.add_run()
    run.font.size = Pt(13)
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        tag = (
            f'<w:fldChar {nsdecls("w")} w:fldCharType="{kind}"/>'
            if kind
            else f"<w:instrText {nsdecls('w')}>{text}</w:instrText>"
        )
        run._r.append(parse_xml(tag))
    section._sectPr.append(parse_xml(f'<w:pgNumType {nsdecls("w")} w:start="1"/>'))


def _document(pages: Pages, document: Document) -> None:
    if document.mark:
        _write(pages.add_paragraph(), document.mark, size=13, strong=True)
    _head(pages, document)
    _write(_centred(pages, before=18), document.title, strong=True)
    for line in document.about:
        _write(_centred(pages), line, strong=True)
    _rule(pages.add_paragraph(), 0.4 * _width(max(document.about, key=len, default=""), 14), TEXT_WIDTH)
    for part in document.parts:
        match part:
            case Paragraph():
                _paragraph(pages, part)
            case Table():
                _table(pages, part)
            case Face():
                _face(pages, part)
            case Code():
                _code(pages, part)
    _signed(pages, document)


def _head(pages: Pages, document: Document) -> None:
    left, right = _columns(pages, (HEAD, TEXT_WIDTH - HEAD))
    if document.superior:
        _write(_line(left), document.superior.upper(), size=12.5)
    _write(_line(left), document.issuer, size=12.5, strong=True)
    _rule(_line(left), 0.4 * min(_width(document.issuer, 12.5, capitals=True), HEAD), HEAD)
    _write(_line(left), document.stamp or f"Số: {document.number}", size=13, italic=bool(document.stamp))
    _write(_line(right), STATE, size=12.5, strong=True)
    _write(_line(right), MOTTO, size=13.5, strong=True)
    _rule(_line(right), _width(MOTTO, 13.5), TEXT_WIDTH - HEAD)
    if document.place:
        _write(_line(right), document.place, size=13.5, italic=True)


def _signed(pages: Pages, document: Document) -> None:
    pages.add_paragraph()
    left, right = _columns(pages, (TEXT_WIDTH / 2, TEXT_WIDTH / 2))
    if len(document.signers) == 2:
        _signer(left, document.signers[0])
        _signer(right, document.signers[1])
        for place in _receivers(document):
            _write(pages.add_paragraph(), place[0], size=place[1], strong=place[2], italic=place[2])
        return
    for text, size, label in _receivers(document):
        _write(_line(left, centred=False), text, size=size, strong=label, italic=label)
    for signer in document.signers:
        _signer(right, signer)


def _receivers(document: Document) -> list[tuple[str, float, bool]]:
    if not document.kept:
        return []
    listed = [(f"- {receiver};", 11.0, False) for receiver in document.receivers]
    return [("Nơi nhận:", 12.0, True), *listed, (f"- Lưu: {document.kept}", 11.0, False)]


def _signer(cell: Any, signer: Signer) -> None:
    for title in signer.titles:
        _write(_line(cell), title, size=13.5, strong=True)
    if signer.note:
        _write(_line(cell), signer.note, size=13, italic=True)
    for _ in range(4):
        _line(cell)
    _write(_line(cell), signer.name, size=13.5, strong=True)


def _paragraph(pages: Pages, part: Paragraph) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Cm, Pt

    paragraph = pages.add_paragraph()
    paragraph.paragraph_format.space_before = Pt(6)
    if part.centred:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    else:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
        paragraph.paragraph_format.first_line_indent = Cm(1)
    if part.lead:
        _write(paragraph, f"{part.lead} ", strong=True)
    _write(paragraph, part.text, strong=part.strong)


def _table(pages: Pages, part: Table) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls
    from docx.shared import Cm, Pt

    free = TEXT_WIDTH - sum(part.widths)
    widths = [width or free for width in part.widths]
    pages.add_paragraph().paragraph_format.line_spacing = Pt(6)
    table = pages.add_table(rows=0, cols=len(widths), style="Table Grid")
    table.autofit = False
    for number, cells in enumerate((part.heads, *part.rows)):
        row = table.add_row()
        for index, (cell, text) in enumerate(zip(row.cells, cells, strict=True)):
            cell.width = Cm(widths[index])
            paragraph = cell.paragraphs[0]
            if number == 0 or index not in part.left:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
            if number and index == 1 and part.faces and part.faces[number - 1]:
                paragraph.add_run().add_picture(io.BytesIO(base64.b64decode(part.faces[number - 1])), width=Cm(1.8))
                paragraph.add_run(" ")
            _write(paragraph, text, size=12, strong=number == 0)
        if number == 0:
            row._tr.get_or_add_trPr().append(parse_xml(f"<w:tblHeader {nsdecls('w')}/>"))


def _code(pages: Pages, part: Code) -> None:
    from docx.shared import Cm

    picture = io.BytesIO()
    segno.make(part.address, error="m", micro=False).save(picture, kind="png", scale=8, border=0)
    picture.seek(0)
    left, right = _columns(pages, (4.0, TEXT_WIDTH - 4.0))
    _line(left, centred=False).add_run().add_picture(picture, width=Cm(3.2))
    for text in part.lines:
        _write(_line(right, centred=False), text)


def _face(pages: Pages, part: Face) -> None:
    from docx.shared import Cm

    left, right = _columns(pages, (2.4, TEXT_WIDTH - 2.4))
    _line(left, centred=False).add_run().add_picture(io.BytesIO(base64.b64decode(part.jpeg)), width=Cm(1.8))
    for text in part.lines:
        _write(_line(right, centred=False), text)


# -- small parts -----------------------------------------------------------------------------------------------------


def _columns(pages: Pages, widths: tuple[float, float]) -> tuple[Any, Any]:
    """Two columns without lines, as a table that Word keeps together."""
    from docx.shared import Cm

    table = pages.add_table(rows=1, cols=2)
    table.autofit = False
    for cell, width in zip(table.rows[0].cells, widths, strict=True):
        cell.width = Cm(width)
        cell.paragraphs[0]._p.set("unused", "")
    return table.rows[0].cells[0], table.rows[0].cells[1]


def _line(cell: Any, centred: bool = True) -> Any:
    """A line in a cell; the paragraph a new cell comes with is used first."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    first = cell.paragraphs[0]
    if first._p.get("unused") is not None:
        del first._p.attrib["unused"]
        paragraph = first
    else:
        paragraph = cell.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER if centred else WD_ALIGN_PARAGRAPH.LEFT
    return paragraph


def _centred(pages: Pages, before: float = 0) -> Any:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    paragraph = pages.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.paragraph_format.space_before = Pt(before)
    return paragraph


def _write(paragraph: Any, text: str, size: float = 14, strong: bool = False, italic: bool = False) -> None:
    from docx.shared import Pt

    run = paragraph.add_run(text)
    run.font.size, run.bold, run.italic = Pt(size), strong, italic


def _rule(paragraph: Any, width: float, room: float) -> None:
    """A line of this width (cm) in the middle of the room: the lower border of an empty, narrow paragraph."""
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls
    from docx.shared import Cm, Pt

    layout = paragraph.paragraph_format
    layout.left_indent = layout.right_indent = Cm(max(0.0, (room - min(width, room)) / 2))
    layout.line_spacing, layout.space_after = Pt(3), Pt(8)
    border = f'<w:pBdr {nsdecls("w")}><w:bottom w:val="single" w:sz="5" w:space="0" w:color="000000"/></w:pBdr>'
    paragraph._p.get_or_add_pPr().insert_element_before(
        parse_xml(border), "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc", "w:rPr"
    )


def _width(text: str, size: float, capitals: bool = False) -> float:
    """About how wide a bold line is, in centimetres: half its size a letter, seven tenths a capital."""
    return len(text) * size * (0.7 if capitals else 0.5) / 72 * 2.54
