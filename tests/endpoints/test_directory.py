"""The directory through the administrator's pages: a preview saves nothing, the confirmation all of it."""

from __future__ import annotations

import html
import re
from urllib.parse import quote, urlencode

from tests.endpoints.conftest import Door
from tests.endpoints.test_import import multipart

FORM = "application/x-www-form-urlencoded"
CSV = "Họ và tên;Chức vụ;Đơn vị;Email\nLê An;Giám đốc;Sở Y tế;an@tinh.gov.vn\n;Phó;Sở Y tế;\nLê An;;Sở Y tế;\n"


def page(door: Door) -> str:
    return html.unescape(door.ask("GET", "/admin/people", "administrator").body.decode())


def post(door: Door, path: str, **fields: str) -> int:
    body = urlencode(fields, quote_via=quote).encode()
    return door.ask("POST", path, "administrator", body, Content_Type=FORM).status


def test_a_list_is_saved_only_when_confirmed(door: Door) -> None:
    body, kind = multipart({}, CSV.encode())
    preview = door.ask("POST", "/admin/people/import", "administrator", body, Content_Type=kind)
    text = preview.body.decode()
    assert preview.status == 200 and "Thiếu họ tên" in text and "Đã có trong danh sách" in text
    assert "an@tinh.gov.vn" not in page(door)
    cells = re.search(r'name="cells" value="([^"]*)"', text)
    assert cells
    confirmed = {"cells": html.unescape(cells[1]), "name": "0", "office": "1", "unit": "2", "email": "3", "save": "1"}
    assert [post(door, "/admin/people/import", **confirmed) for _ in range(2)] == [303, 303]
    assert page(door).count("Giám đốc · Sở Y tế · an@tinh.gov.vn") == 1


def test_a_unit_and_a_person_are_added_and_removed(door: Door) -> None:
    assert post(door, "/admin/people", do="unit", name="Sở Tư pháp") == 303
    unit = re.search(r'name="which" value="([^"]+)"><button class="btn" name="do" value="remove_unit"', page(door))
    assert unit
    person = {"do": "person", "name": "Trần Bình", "unit": unit[1]}
    assert [post(door, "/admin/people", **person) for _ in range(2)] == [303, 422]
    assert post(door, "/admin/people", do="remove_unit", which=unit[1]) == 422  # somebody is in it
    assert "Trần Bình" in page(door)


def test_a_broken_workbook_is_said_to_be_broken(door: Door) -> None:
    body, kind = multipart({}, b"PK\x03\x04 no workbook")
    answer = door.ask("POST", "/admin/people/import", "administrator", body, Content_Type=kind)
    assert answer.status == 422 and "Tệp bị hỏng" in html.unescape(answer.body.decode())
