"""The directory: units are a tree, and the same person is in it once."""

from __future__ import annotations

import unicodedata

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


def test_the_same_person_is_added_once(database: Database) -> None:
    directory = Directory(database)
    hung, hung_apart = Person("Trần Văn Hùng", email="hung@tinh.gov.vn"), unicodedata.normalize("NFD", "trần văn hùng")
    assert directory.add([(hung, "Sở Y tế"), (Person("Trần Văn Hưng"), "Sở Y tế")]) == 2
    again = [(Person(hung_apart), "sở y tế"), (Person("Tên khác", email="HUNG@tinh.gov.vn"), "")]
    assert directory.add(again) == 0
    assert directory.add([(Person("Trần Văn Hùng"), "Sở Tư pháp")]) == 1
    assert {unit.name for unit in directory.units()} == {"Sở Y tế", "Sở Tư pháp"}
