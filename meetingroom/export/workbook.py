"""Attendance as a workbook (XLSX): one row a person, as tables are kept and counted on in an office."""

from __future__ import annotations

import io
from collections.abc import Iterator

from meetingroom.domain.meeting import Meeting
from meetingroom.domain.messages import ATTENDEES
from meetingroom.domain.minutes import Happened
from meetingroom.domain.people import Participant
from meetingroom.export.times import short
from meetingroom.export.typeset import Missing
from meetingroom.export.wording import attended, excuse, stands_in
from meetingroom.words import Words

COLUMNS = (
    "number",
    "name",
    "office",
    "unit",
    "role",
    "vote",
    "seat",
    "state",
    "came",
    "went",
    "late",
    "reason",
    "stands_in",
)
WIDTHS = (6, 26, 42, 34, 14, 14, 8, 14, 16, 16, 12, 40, 40)

Cell = str | int


def rows(meeting: Meeting, words: Words) -> list[list[Cell]]:
    """The heading and everyone by precedence."""
    people = sorted(meeting.minutes.course.people.values(), key=lambda person: (person.rank, person.id))
    listed = [person for person in people if person.role in ATTENDEES]
    heading: list[Cell] = [words.text(f"attendance.csv.{column}") for column in COLUMNS]
    return [heading, *(list(_row(meeting, words, number, person)) for number, person in enumerate(listed, start=1))]


def _row(meeting: Meeting, words: Words, number: int, person: Participant) -> Iterator[Cell]:
    course = meeting.minutes.course
    came = [fact.at for fact in course.about(person.id) if fact.kind is Happened.ARRIVED]
    went = [fact.at for fact in course.about(person.id) if fact.kind is Happened.LEFT]
    opened = course.at(Happened.OPENED)
    late = (came[0] - opened) // 60_000 if came and opened is not None else 0
    here = attended(course, person)
    yield from (number, person.name, person.office, person.unit, words.text(f"role.{person.role.value}"))
    yield from (words.text("attendance.csv.yes") if person.member else "", person.seat)
    yield words.text("attendance.present" if here else "record.attendance.absent")
    yield "; ".join(short(words, at) for at in came)
    yield "; ".join(short(words, at) for at in went)
    yield late if late > 0 else ""
    yield excuse(meeting, words, person)
    yield stands_in(meeting, words, person)


def xlsx(table: list[list[Cell]], title: str, widths: tuple[int, ...] = WIDTHS) -> bytes:
    """Blocks; Missing. Text is written as text: a name that begins with “=” is no formula."""
    try:
        from openpyxl import Workbook
        from openpyxl.styles import Alignment, Font
        from openpyxl.utils import get_column_letter
    except ImportError as error:
        raise Missing("documents.no_tables") from error
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = title[:31]
    for line, row in enumerate(table, start=1):
        for column, value in enumerate(row, start=1):
            cell = sheet.cell(line, column, value)
            if isinstance(value, str):
                cell.data_type = "s"
            cell.alignment = Alignment(vertical="top", wrap_text=True)
            if line == 1:
                cell.font = Font(bold=True)
    for column, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()
