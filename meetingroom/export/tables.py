"""Tables that come in: the cells of an XLSX or CSV file as text. Formulas are not evaluated, macros not looked at."""

from __future__ import annotations

import csv
import io
import unicodedata
import zipfile
from collections.abc import Mapping

from meetingroom.domain.messages import clean
from meetingroom.export.typeset import Missing

MOST_BYTES = 5 * 2**20
MOST_UNPACKED = 60 * 2**20  # an honest list of people is far smaller; a zip bomb is far larger
MOST_PARTS = 500
MOST_ROWS, MOST_COLUMNS, MOST_CHARACTERS = 2_000, 30, 500
TITLES = 20  # among so many lines the headings are looked for

Cells = list[list[str]]


class Unreadable(Exception):
    """Not a table we take; `code` names the sentence that says what to do."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def read(content: bytes, most: int = MOST_ROWS) -> Cells:
    """The rows that have something in them, at most so many below the headings. Blocks; Unreadable, Missing."""
    if len(content) > MOST_BYTES:
        raise Unreadable("too_large")
    rows = _workbook(content, most) if content[:4] == b"PK\x03\x04" else _text(content, most)
    wide = max((index for row in rows for index, cell in enumerate(row, start=1) if cell), default=0)
    kept = [row[:wide] for row in rows if any(row)]
    if not kept:
        raise Unreadable("empty")
    if len(kept) > most + 1:
        raise Unreadable("too_many_rows")
    return kept


def heading_line(cells: Cells, headings: Mapping[str, tuple[str, ...]]) -> int:
    """Which line has the headings, -1: none. Lists have a title above them: further down two known headings make one."""
    words = {word for known in headings.values() for word in known}
    known = [sum(folded(cell) in words for cell in row) for row in cells[:TITLES]]
    return next((line for line, count in enumerate(known) if count > 1), 0 if known and known[0] else -1)


def columns(cells: Cells, headings: Mapping[str, tuple[str, ...]]) -> dict[str, int]:
    """Field → its column by its heading, -1: none; in the order of the fields where there are no headings."""
    line = heading_line(cells, headings)
    if line < 0:
        return {field: index if index < len(cells[0]) else -1 for index, field in enumerate(headings)}
    heads = [folded(cell) for cell in cells[line]]
    return {
        field: next((heads.index(word) for word in known if word in heads), -1) for field, known in headings.items()
    }


def _workbook(content: bytes, most: int) -> Cells:
    """The first sheet of an XLSX, read as a stream; what it claims about its size is not believed."""
    try:
        from openpyxl import load_workbook
    except ImportError as error:
        raise Missing("documents.no_tables") from error
    _refuse_bombs(content)
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=False, keep_links=False)
        sheet = book.worksheets[0]
        sheet.reset_dimensions()
        found = sheet.iter_rows(max_row=most + 2, max_col=MOST_COLUMNS, values_only=True)
        return [[_cell(value) for value in row] for row in found]
    except Exception as error:  # whatever a library makes of a broken file, the secretary is told one thing
        raise Unreadable("damaged") from error


def _refuse_bombs(content: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            entries = parts.infolist()
    except Exception as error:  # of a list of contents that lies, the library says a dozen different things
        raise Unreadable("damaged") from error
    if len(entries) > MOST_PARTS or sum(entry.file_size for entry in entries) > MOST_UNPACKED:
        raise Unreadable("too_large")


def _text(content: bytes, most: int) -> Cells:
    """CSV as Excel writes it here: UTF-8 or UTF-16, separated by semicolons, tabs or commas."""
    if b"\x00" in content[:2000] and content[:2] not in (b"\xff\xfe", b"\xfe\xff"):
        raise Unreadable("not_a_table")
    try:
        text = content.decode("utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise Unreadable("encoding") from error
    first = text.split("\n", 1)[0]
    separator = max(";\t,", key=first.count)
    try:
        lines = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
        return [[_cell(value) for value in row[:MOST_COLUMNS]] for row, _ in zip(lines, range(most + 2), strict=False)]
    except csv.Error as error:
        raise Unreadable("damaged") from error


def _cell(value: object) -> str:
    if value is None:
        return ""
    number = isinstance(value, float) and value.is_integer()
    return clean(str(int(value)) if number else str(value))[: MOST_CHARACTERS + 1]  # type: ignore[call-overload]


def folded(text: str) -> str:
    """Without diacritics and case: how people are compared and headings recognised."""
    plain = unicodedata.normalize("NFD", text.casefold().replace("đ", "d"))
    return " ".join("".join(c for c in plain if unicodedata.category(c) != "Mn").split())
