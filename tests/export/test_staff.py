"""A staff list: columns are guessed, and every bad row says what is wrong with it."""

from __future__ import annotations

import unicodedata

from meetingroom.export import staff

HEAD = ["STT", "Họ và tên", "Chức vụ", "Đơn vị", "Email", "Số điện thoại"]


def test_columns_are_guessed() -> None:
    wanted = {"name": 1, "office": 2, "unit": 3, "email": 4, "phone": 5, "login": -1}
    assert staff.guessed([HEAD]) == wanted
    assert staff.guessed([["Lê An", "Giám đốc"]])["office"] == 1


def test_a_title_may_stand_above_the_headings() -> None:
    cells = [["DANH SÁCH CÁN BỘ"], ["", "Tháng 11"], HEAD, ["1", "Lê An", "Giám đốc", "Sở Y tế", "an@tinh.gov.vn", ""]]
    assert staff.guessed(cells) == staff.guessed([HEAD])
    (row,) = staff.rows(cells, staff.guessed(cells), [])
    assert (row.line, row.fields["name"], row.error) == (4, "Lê An", "")


def test_each_row_says_what_is_wrong() -> None:
    apart = unicodedata.normalize("NFD", "Lê An")
    lines = [
        ["1", "Lê An", "Giám đốc", "Sở Y tế", "an@tinh.gov.vn", "0912"],
        ["2", apart, "", "SỞ Y TẾ", "", ""],
        ["3", "Lê Ân", "", "Sở Y tế", "AN@tinh.gov.vn", ""],
        ["4", "", "Phó Giám đốc", "Sở Y tế", "", ""],
        ["5", '=HYPERLINK("x")', "", "", "", ""],
        ["6", "Lê Bình", "", "", "binh tinh.gov.vn", ""],
        ["7", "Trần Cũ", "", "Sở Tư pháp", "", ""],
        ["8"],
        ["9", "Trần Khác", "", "Sở Tư pháp", "", "", "TRAN.CU"],
    ]
    rows = staff.rows([HEAD, *lines], staff.guessed([HEAD]) | {"login": 6}, [("Trần Cũ", "Sở Tư pháp", "", "tran.cu")])
    assert [row.error for row in rows] == ["", "known", "known", "name", "formula", "email", "known", "name", "known"]
    assert rows[0].line == 2 and rows[0].fields["phone"] == "0912"


def test_namesakes_of_two_departments_are_two_people() -> None:
    lines = [["Nguyễn Văn An", "", unit] for unit in ("Sở Y tế > Văn phòng", "Sở Nội vụ > Văn phòng", "Văn phòng", "")]
    known = [("Nguyễn Văn An", "Sở Tư pháp > Văn phòng", "", "")]
    columns = {"name": 0, "office": 1, "unit": 2}
    assert [row.error for row in staff.rows(lines, columns, known)] == ["", "", "known", ""]
    again = [*lines, ["nguyễn văn an", "", "SỞ Y TẾ / Văn phòng"], ["Nguyễn Văn An", "", ""]]
    assert [row.error for row in staff.rows(again, columns, known)][-2:] == ["known", "known"]
