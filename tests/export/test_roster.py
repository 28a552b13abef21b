"""People from a table: cells read safely, columns recognised, and every row judged before anything is saved."""

from __future__ import annotations

import io
import zipfile

import pytest
from openpyxl import Workbook

from meetingroom.domain.messages import Role
from meetingroom.domain.people import ImportParticipants
from meetingroom.export.roster import guessed, rows
from meetingroom.export.tables import MOST_ROWS, MOST_UNPACKED, Unreadable, folded, read
from tests.stories import PEOPLE, SECRETARY, Story

HEADS = ["STT", "Họ và tên", "Chức vụ", "Đơn vị", "Biểu quyết", "Ghế"]


def workbook(*lines: list[object]) -> bytes:
    book, kept = Workbook(), io.BytesIO()
    for line in lines:
        book.active.append(line)
    book.save(kept)
    return kept.getvalue()


def test_a_workbook_and_a_csv_say_the_same() -> None:
    lines = [HEADS, [1, "", "Giám đốc Sở Công Thương", "Sở Công Thương", "có", 7]]
    csv = "\ufeffSTT;Họ và tên;Chức vụ;Đơn vị;Biểu quyết;Ghế\r\n1;;Giám đốc Sở Công Thương;Sở Công Thương;có;7\r\n"
    assert read(workbook(*lines)) == read(csv.encode()) == read(csv.removeprefix("\ufeff").encode("utf-16"))
    assert guessed(read(csv.encode())) == {"name": 1, "office": 2, "unit": 3, "vote": 4, "seat": 5}


def test_every_row_is_judged() -> None:
    cells = read(
        workbook(
            HEADS,
            [1, "", "Giám đốc Sở Công Thương", "Sở Công Thương", "x", 7],
            [2, "", "giam doc SO CONG THUONG", "sở công thương", "x", ""],
            [3, "", "Giám đốc Sở Y tế", "", "x", ""],
            [4, "", "", "Sở Xây dựng", "x", ""],
            [5, "", "=HYPERLINK(1)", "", "", ""],
            [6, "", "Tổng Biên tập", "Báo tỉnh", "Khách mời", ""],
            [7, "", "Trưởng Ban", "Ban Dân tộc", "x", 7],
            [8, "", "d" * 600, "", "", ""],
        )
    )
    found = rows(cells, guessed(cells), PEOPLE)
    assert [row.error for row in found] == ["", "known", "known", "office", "formula", "", "seat", "long"]
    assert [row.line for row in found][:2] == [2, 3]
    assert (found[0].role, found[0].member, found[5].role, found[5].member) == (Role.DELEGATE, True, Role.GUEST, False)


def test_a_list_without_headings_is_read_in_the_usual_order() -> None:
    cells = read("Nguyễn Văn A\tGiám đốc\tSở A\tx\t9\n".encode())
    (row,) = rows(cells, guessed(cells), ())
    assert (row.name, row.office, row.unit, row.member, row.seat) == ("Nguyễn Văn A", "Giám đốc", "Sở A", True, "9")


def test_names_are_compared_without_diacritics_case_and_composition() -> None:
    assert folded("Đỗ  THỊ Hoà\u0300") == folded("do thi hoa")
    assert folded("Thuê\u0301") == folded("Thuế") == "thue"


def test_bad_files_are_refused_with_what_to_do() -> None:
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("xl/worksheets/sheet1.xml", bytes(MOST_UNPACKED + 1))
    many = "Họ tên\n" + "A\n" * (MOST_ROWS + 1)
    for content, code in (
        (b"", "empty"),
        (b"\n\n;;\n", "empty"),
        (b"\xd0\xcf\x11\xe0\x00\x00 old xls", "not_a_table"),
        ("Họ tên\nNguyễn".encode() + b"\xff\xfe\xfa", "encoding"),
        (b"PK\x03\x04 no zip", "damaged"),
        (bomb.getvalue(), "too_large"),
        (bytes(6 * 2**20), "too_large"),
        (many.encode(), "too_many_rows"),
        (workbook(*[["A"]] * (MOST_ROWS + 2)), "too_many_rows"),
    ):
        with pytest.raises(Unreadable) as refused:
            read(content)
        assert refused.value.code == code


def test_all_are_added_or_none() -> None:
    story = Story.of_a_committee()
    good = ("Giám đốc Sở A", "Sở A", "", Role.DELEGATE, True, "20", "")
    taken = ("Giám đốc Sở B", "Sở B", "", Role.DELEGATE, True, "20", "")
    story.refuses(SECRETARY, ImportParticipants(entries=(good, taken)), "people.seat_taken")
    before = len(story.meeting.people)
    story.give(SECRETARY, ImportParticipants(entries=(good, (*taken[:5], "21", ""))))
    added = list(story.meeting.people.values())[before:]
    assert [person.office for person in added] == ["Giám đốc Sở A", "Giám đốc Sở B"]
    assert added[0].rank < added[1].rank
