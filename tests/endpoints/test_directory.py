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


def linked(door: Door, what: str, name: str) -> str:
    """The address of a unit, a circle or a person on the page of the directory."""
    found = re.search(rf'href="(/admin/people/{what}[\w-]+)">(?:(?!</li>).)*<b[^>]*>{name}</b>', page(door), re.S)
    assert found, name
    return found[1]


def test_a_unit_and_a_person_are_added_changed_and_removed(door: Door) -> None:
    assert post(door, "/admin/people", do="unit", name="Sở Tư pháp") == 303
    unit = linked(door, "units/", "Sở Tư pháp")
    person = {"do": "person", "name": "Trần Bình", "unit": unit.rsplit("/", 1)[1]}
    assert [post(door, "/admin/people", **person) for _ in range(2)] == [303, 422]
    assert post(door, unit, do="remove") == 422  # somebody is in it
    assert post(door, unit, name="Sở Tư pháp và Pháp chế", retired="on") == 303
    assert "Sở Tư pháp và Pháp chế" in page(door)
    address = linked(door, "", "Trần Bình")
    assert post(door, address, name="Trần Văn Bình", email="no address") == 422
    assert post(door, address, name="Trần Văn Bình", office="Thanh tra viên") == 303
    assert post(door, linked(door, "", "Trần Văn Bình"), do="remove") == 303
    assert post(door, unit, do="remove") == 303
    assert "Trần Văn Bình" not in page(door) and "Sở Tư pháp" not in page(door)


def test_a_circle_is_invited_in_its_order_and_stays_as_it_was_invited(door: Door) -> None:
    """The directory changes afterwards; the meeting does not."""
    assert post(door, "/admin/people", do="unit", name="Văn phòng UBND") == 303
    unit = linked(door, "units/", "Văn phòng UBND").rsplit("/", 1)[1]
    for name, email in (("Đỗ Một", "mot@tinh.gov.vn"), ("Đỗ Hai", ""), ("Đỗ Ba", "")):
        fields = {"office": "Ủy viên UBND", "unit": unit, "email": email}
        assert post(door, "/admin/people", do="person", name=name, **fields) == 303
    assert post(door, "/admin/people", do="circle", name="Thành viên UBND") == 303
    circle = linked(door, "circles/", "Thành viên UBND")
    for name in ("Đỗ Một", "Đỗ Hai", "Đỗ Ba"):
        assert post(door, circle, do="chosen", who=linked(door, "", name).rsplit("/", 1)[1]) == 303
    assert post(door, circle, do="up", which=linked(door, "", "Đỗ Ba").rsplit("/", 1)[1]) == 303
    assert post(door, linked(door, "", "Đỗ Hai"), name="Đỗ Hai", unit=unit, retired="on") == 303

    seat = door.seat("secretary")
    wanted = {"do": "all", "circle": circle.rsplit("/", 1)[1], "as": "member"}
    sent = [door.ask("POST", f"{seat}/directory", "secretary", urlencode(wanted).encode(), Content_Type=FORM)] * 2
    assert [answer.status for answer in sent] == [303, 303]
    assert post(door, linked(door, "", "Đỗ Ba"), name="Đỗ Ba Mới", office="Trưởng phòng") == 303
    roll = html.unescape(door.ask("GET", f"{seat}/letters", "secretary").body.decode())
    names = [name for name in re.findall(r"<b>(Đỗ \w+)</b>", roll)]
    assert names == ["Đỗ Một", "Đỗ Ba"] and "mot@tinh.gov.vn" in roll and "Đỗ Ba Mới" not in roll


def test_a_broken_workbook_is_said_to_be_broken(door: Door) -> None:
    body, kind = multipart({}, b"PK\x03\x04 no workbook")
    answer = door.ask("POST", "/admin/people/import", "administrator", body, Content_Type=kind)
    assert answer.status == 422 and "Tệp bị hỏng" in html.unescape(answer.body.decode())
