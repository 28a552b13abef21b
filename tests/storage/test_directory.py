"""The directory: units are a tree, and the same person is in it once."""

from __future__ import annotations

import unicodedata
from dataclasses import replace

from sqlalchemy.event import listen

from meetingroom.storage.circles import Circles
from meetingroom.storage.directory import Directory, Person
from meetingroom.storage.engine import Database


def test_units_are_told_from_the_top(database: Database) -> None:
    directory = Directory(database)
    province = directory.add_unit("UBND tỉnh")
    assert province
    office = directory.add_unit("Văn phòng", province.id)
    assert office and directory.add_unit("Phòng Tổng hợp", office.id) and directory.add_unit("Sở Y tế")
    told = [(unit.name, unit.depth) for unit in directory.units()]
    assert told == [("Sở Y tế", 0), ("UBND tỉnh", 0), ("Văn phòng", 1), ("Phòng Tổng hợp", 2)]


def test_a_level_has_a_name_once_and_nothing_hangs_in_the_air(database: Database) -> None:
    directory = Directory(database)
    assert directory.add_unit("Sở Y tế")
    assert directory.add_unit(unicodedata.normalize("NFD", "SỞ  Y tế")) is None
    assert directory.add_unit("Phòng Tổng hợp", "no such unit") is None


def test_a_unit_with_people_or_units_stays(database: Database) -> None:
    directory = Directory(database)
    unit = directory.add_unit("Sở Y tế")
    assert unit and directory.add([(Person("Lê An", unit=unit.id), "")]) == 1
    assert not directory.remove_unit(unit.id)
    assert directory.remove(directory.people()[0].id) and directory.remove_unit(unit.id)
    assert directory.units() == [] and directory.people() == []


def test_nobody_comes_into_a_unit_that_is_gone(database: Database) -> None:
    directory = Directory(database)
    assert directory.add([(Person("Lê An"), ""), (Person("Trần Bình"), "Phòng Y tế")], within="gone") == 0
    assert directory.people() == [] and directory.units() == []


def test_the_same_person_is_added_once(database: Database) -> None:
    directory = Directory(database)
    hung, hung_apart = Person("Trần Văn Hùng", email="hung@tinh.gov.vn"), unicodedata.normalize("NFD", "trần văn hùng")
    assert directory.add([(hung, "Sở Y tế"), (Person("Trần Văn Hưng"), "Sở Y tế")]) == 2
    again = [(Person(hung_apart), "sở y tế"), (Person("Tên khác", email="HUNG@tinh.gov.vn"), "")]
    assert directory.add(again) == 0
    assert directory.add([(Person("Trần Văn Hùng"), "Sở Tư pháp")]) == 1
    assert {unit.name for unit in directory.units()} == {"Sở Y tế", "Sở Tư pháp"}


def test_a_sign_in_name_stands_once(database: Database) -> None:
    directory = Directory(database)
    assert directory.add([(Person("Lê An", login="chu.tich"), ""), (Person("Trần Bình", login="CHU.TICH"), "")]) == 1
    assert directory.add([(Person("Trần Bình", login="Chu.Tich"), ""), (Person("Vũ Cường"), "")]) == 1
    an, cuong = directory.people()
    assert not directory.change(replace(cuong, login="chu.TICH"))
    assert directory.change(replace(an, login="CHU.TICH")) and directory.change(replace(cuong, login="cuong"))


def test_a_unit_moves_and_never_below_itself(database: Database) -> None:
    directory = Directory(database)
    province, health = directory.add_unit("UBND tỉnh"), directory.add_unit("Sở Y tế")
    assert province and health
    ward = directory.add_unit("Phòng Y tế", health.id)
    assert ward and directory.change_unit(health.id, "Sở Y tế và Dân số", province.id, retired=True)
    told = [(unit.name, unit.depth, unit.retired) for unit in directory.units()]
    assert told == [("UBND tỉnh", 0, False), ("Sở Y tế và Dân số", 1, True), ("Phòng Y tế", 2, False)]
    for above in (health.id, ward.id, "nowhere"):
        assert not directory.change_unit(health.id, "Sở Y tế", above, retired=False)
    assert not directory.change_unit(ward.id, "ubnd TỈNH", "", retired=False)
    assert [unit.depth for unit in directory.units()] == [0, 1, 2]


def test_a_person_changes_and_takes_nobody_s_place(database: Database) -> None:
    directory = Directory(database)
    directory.add([(Person("Lê An", email="an@tinh.gov.vn"), ""), (Person("Trần Bình"), "")])
    first, second = directory.people()
    assert directory.change(replace(second, office="Phó Giám đốc", retired=True))
    assert not directory.change(replace(second, name="lê  an"))
    assert not directory.change(replace(second, email="AN@tinh.gov.vn"))
    assert not directory.change(replace(second, id="gone", name="Không có"))
    assert directory.people() == [first, replace(second, office="Phó Giám đốc", retired=True)]


def test_a_circle_keeps_its_order_and_forgets_who_is_removed(database: Database) -> None:
    directory, circles = Directory(database), Circles(database)
    directory.add([(Person(name), "") for name in ("Lê An", "Trần Bình", "Vũ Cường")])
    an, binh, cuong = (person.id for person in directory.people())
    circle, other = circles.add("Thành viên UBND"), circles.add("Thường trực HĐND")
    assert circle and other and circles.add("thành viên  ubnd") is None
    circles.arrange(circle.id, [cuong, an, cuong, "nobody", binh])
    circles.arrange("no such circle", [an])
    assert [(each.name, each.people) for each in circles.all()] == [
        ("Thành viên UBND", (cuong, an, binh)),
        ("Thường trực HĐND", ()),
    ]
    directory.remove(an)
    assert not circles.rename(other.id, "Thành viên UBND") and circles.rename(other.id, "Thường trực")
    circles.remove(circle.id)
    assert [each.name for each in circles.all()] == ["Thường trực"] and len(directory.people()) == 2


def test_units_come_as_a_tree(database: Database) -> None:
    directory = Directory(database)
    health = directory.add_unit("Sở Y tế")
    assert health
    people = [
        (Person("Lê An"), "Sở Y tế > Văn phòng"),
        (Person("Trần Bình"), "sở y tế / Văn phòng"),
        (Person("Vũ Ba"), "Sở Tài chính>Văn phòng > Tổ một"),
        (Person("Đỗ Tư"), "Sở Y tế"),
    ]
    assert directory.add(people) == 4 and directory.add(people) == 0
    assert [(unit.depth, unit.name) for unit in directory.units()] == [
        (0, "Sở Tài chính"),
        (1, "Văn phòng"),
        (2, "Tổ một"),
        (0, "Sở Y tế"),
        (1, "Văn phòng"),
    ]
    called = {unit.id: unit for unit in directory.units()}
    offices = {one.name: called[one.unit] for one in directory.people()}
    assert offices["Lê An"] == offices["Trần Bình"] and offices["Lê An"].above == offices["Đỗ Tư"].id == health.id
    assert directory.add([(Person("Hồ Năm"), "Tổ hai > Tổ ba")], within=health.id) == 1
    (five,) = (one for one in directory.people() if one.name == "Hồ Năm")
    units = {unit.id: unit for unit in directory.units()}
    assert units[units[five.unit].above].above == health.id


def test_who_has_a_sign_in_name_is_found_without_reading_everybody(database: Database) -> None:
    """A list of fifty thousand people takes seconds to read, and what a meeting records would wait for it."""
    directory = Directory(database)
    people = [Person(f"Nguyễn Văn {n}", login=f"nguoi.{n}") for n in range(40)]
    people += [Person("Lê An", login="CHU.Tich"), Person("Đỗ Ấn", login="Đỗ.Ấn"), Person("Vũ Cường")]
    assert directory.add([(person, "Sở Y tế") for person in people]) == 43
    health = directory.units()[0].id
    asked: list[str] = []
    listen(database.engine, "before_cursor_execute", lambda *told: asked.append(f"{told[3]}"))
    found = directory.called("chu.tich")
    assert found and found.name == "Lê An" and directory.placed(" Chu.TICH ") == health
    assert "default" in "".join(asked)
    assert all("chu.tich" in each for each in asked if "default" in each), "and not for all there are"
    assert directory.called("nobody") is None and directory.called("") is None and directory.placed("") is None
    vietnamese = directory.called(unicodedata.normalize("NFD", "đỗ.ấn"))
    assert vietnamese and vietnamese.unit == health
    directory.change(replace(found, retired=True, unit=""))
    assert directory.called("chu.tich") is None and directory.placed("chu.tich") is None
