"""The directory through the administrator's pages: a preview saves nothing, the confirmation all of it."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from urllib.parse import quote, urlencode

from tests.endpoints.conftest import Door
from tests.endpoints.test_import import multipart
from tests.servers import Answer

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
    found = re.search(
        rf'<li><a href="(/admin/people/{what}[\w-]+)">(?:(?!</li>).)*<b[^>]*>{name}</b>', page(door), re.S
    )
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
    whole = door.ask("POST", f"{seat}/directory", "secretary", b"do=all", Content_Type=FORM)
    assert str(whole.headers["Location"]).endswith("added=0")  # the whole directory is nobody's wish
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


def test_who_keeps_a_unit_s_part_sees_and_changes_nothing_else(own_door: Callable[..., Door]) -> None:
    door = own_door()
    for name in ("Sở Y tế", "Sở Tư pháp"):
        assert post(door, "/admin/people", do="unit", name=name) == 303
    own, other = (linked(door, "units/", name) for name in ("Sở Y tế", "Sở Tư pháp"))
    assert post(door, "/admin/people", do="person", name="Lê Tư Pháp", unit=other.rsplit("/", 1)[1]) == 303
    elsewhere = linked(door, "", "Lê Tư Pháp")
    keeper = Keeper(door, own.rsplit("/", 1)[1])

    assert "Sở Y tế" in keeper.page() and "Sở Tư pháp" not in keeper.page() and "Lê Tư Pháp" not in keeper.page()
    for path in (own, other, elsewhere, "/admin", "/admin/accounts", "/admin/rooms/none", "/admin/people/circles/none"):
        assert keeper.ask("GET", path).status == 404, path
    assert keeper.send(elsewhere, do="remove") == 404 and keeper.send(other, do="remove") == 404

    # whatever unit is sent, it comes into their own part
    assert keeper.send("/admin/people", do="person", name="Trần Y Tế", unit=other.rsplit("/", 1)[1]) == 303
    assert keeper.send("/admin/people", do="unit", name="Phòng Nghiệp vụ", above="") == 303
    assert keeper.send("/admin/people", do="circle", name="Nhóm") == 303
    cells = '[["Vũ Nhập","","Sở Tư pháp"],["Đỗ Nhập","",""]]'
    columns = {"name": "0", "office": "1", "unit": "2", "email": "-1", "phone": "-1", "login": "-1", "save": "1"}
    assert keeper.send("/admin/people/import", cells=cells, **columns) == 303
    person = linked(door, "", "Trần Y Tế")
    assert keeper.send(person, name="Trần Y Tế", office="Y sĩ", unit=other.rsplit("/", 1)[1]) == 303
    seen = keeper.page()
    for told in ("Y sĩ · Sở Y tế", "Phòng Nghiệp vụ", "Vũ Nhập", "Đỗ Nhập"):
        assert told in seen, told
    whole = page(door)
    assert whole.count("<b>Sở Tư pháp</b>") == 2  # theirs, and the one of this name below the keeper's own
    theirs = html.unescape(
        door.ask("GET", f"/admin/people?unit={other.rsplit('/', 1)[1]}", "administrator").body.decode()
    )
    assert "Lê Tư Pháp" in theirs and "Vũ Nhập" not in theirs and "Trần Y Tế" not in theirs


def test_who_keeps_a_unit_s_part_gives_nobody_a_sign_in_name(own_door: Callable[..., Door]) -> None:
    """Theirs would be another's calendar, and another's seat where the row is invited."""
    door = own_door()
    assert post(door, "/admin/people", do="unit", name="Sở Y tế") == 303
    unit = linked(door, "units/", "Sở Y tế").rsplit("/", 1)[1]
    assert post(door, "/admin/people", do="person", name="Lê An", unit=unit, login="le.an") == 303
    assert post(door, "/admin/people", do="person", name="Trần Bình", unit=unit, login="LE.AN") == 422
    keeper, an = Keeper(door, unit), linked(door, "", "Lê An")
    assert 'name="login"' not in keeper.page() + keeper.ask("GET", an).body.decode()
    assert keeper.send(an, name="Lê An", office="Y sĩ", unit=unit, login="chu.tich") == 303
    assert keeper.send("/admin/people", do="person", name="Trần Bình", login="chu.tich") == 303
    columns = {"name": "0", "office": "-1", "unit": "-1", "email": "-1", "phone": "-1", "login": "1"}
    cells = '[["Vũ Nhập","chu.tich"]]'
    assert (
        'name="login"'
        not in keeper.ask("POST", "/admin/people/import", urlencode({"cells": cells} | columns).encode()).body.decode()
    )
    assert keeper.send("/admin/people/import", cells=cells, **columns, save="1") == 303
    seen = page(door)
    assert "Vũ Nhập" in seen and "chu.tich" not in seen and "Y sĩ · Sở Y tế · le.an" in seen


def test_a_unit_whose_part_somebody_keeps_stays(own_door: Callable[..., Door]) -> None:
    door = own_door()
    assert post(door, "/admin/people", do="unit", name="Sở Y tế") == 303
    unit = linked(door, "units/", "Sở Y tế")
    keeper = Keeper(door, unit.rsplit("/", 1)[1])
    assert post(door, unit, do="remove") == 422 and "Sở Y tế" in keeper.page()
    assert post(door, keeper.account, do="office", unit="") == 303
    assert post(door, unit, do="remove") == 303


class Keeper:
    """An account that keeps the part of one unit."""

    def __init__(self, door: Door, unit: str) -> None:
        self.door = door
        made = door.ask("POST", "/admin/accounts", "administrator", b"login=yte&name=Y+te", Content_Type=FORM)
        password = re.search(r'class="secret">([^<]+)<', made.body.decode())
        listed = door.ask("GET", "/admin/accounts", "administrator").body.decode()
        [address] = re.findall(r'href="(/admin/accounts/[\w-]+)"[^>]*>(?:(?!</a>).)*yte', listed, re.S)
        self.account = address
        assert password and post(door, address, do="office", office="registrar", unit=unit) == 303
        form = urlencode({"login": "yte", "password": password[1]}).encode()
        headers = {"Content-Type": FORM, "Origin": door.server.base}
        self.cookie = door.server.ask("POST", "/sign-in", headers, form).cookie
        assert self.cookie

    def ask(self, method: str, path: str, body: bytes = b"") -> Answer:
        headers = {"Content-Type": FORM, "Origin": self.door.server.base, "Cookie": self.cookie}
        return self.door.server.ask(method, path, headers, body)

    def send(self, path: str, **fields: str) -> int:
        return self.ask("POST", path, urlencode(fields, quote_via=quote).encode()).status

    def page(self) -> str:
        return html.unescape(self.ask("GET", "/admin/people").body.decode())


def test_thousands_of_rows_are_read_and_each_bad_one_is_told(own_door: Callable[..., Door]) -> None:
    door = own_door()
    rows = "".join(f"Người {n};Chuyên viên;Sở {n % 40} > Phòng {n % 7};n{n}@tinh.gov.vn\n" for n in range(4_000))
    rows += "".join(f";Chuyên viên;Sở;\nNgười lỗi {n};;;khong phai thu\n" for n in range(300))
    body, kind = multipart({}, ("Họ và tên;Chức vụ;Đơn vị;Email\n" + rows).encode())
    text = html.unescape(
        door.ask("POST", "/admin/people/import", "administrator", body, Content_Type=kind).body.decode()
    )
    assert "4000" in text.replace(".", "") and "600" in text.replace(".", "")
    cells = text.split('name="cells" value="', 1)[1].split('">\n<fieldset', 1)[0]
    columns = {"name": "0", "office": "1", "unit": "2", "email": "3"}
    wrong, kind = multipart({"cells": cells, "wrong": "1"} | columns)
    answer = door.ask("POST", "/admin/people/import", "administrator", wrong, Content_Type=kind)
    told = answer.body.decode("utf-8-sig").splitlines()
    assert len(told) == 601 and told[1].startswith("4002;Thiếu họ tên") and told[-1].startswith("4601;")
    saved, kind = multipart({"cells": cells, "save": "1"} | columns)
    done = door.ask("POST", "/admin/people/import", "administrator", saved, Content_Type=kind)
    assert done.status == 303 and done.headers["Location"] == "/admin/people?added=4000"
    shown = html.unescape(door.ask("GET", "/admin/people?added=4000", "administrator").body.decode())
    assert "Đã thêm 4000 người" in shown.replace(".", "") and "Phòng 6" in shown
