"""What belongs to a unit is there for its own people, and for those above or below as far as the table says."""

from __future__ import annotations

import pytest

from meetingroom.domain.separation import LETS, Office, Standing, Thing, Visitor, sees, standing

# agency ─┬─ finance ── budget ── desk
#         └─ health ── clinic
TREE = {"finance": "", "budget": "finance", "desk": "budget", "health": "", "clinic": "health"}


@pytest.mark.parametrize(
    ("own", "unit", "expected"),
    [
        ("finance", "finance", Standing.OWN),
        ("finance", "desk", Standing.BELOW),
        ("desk", "finance", Standing.ABOVE),
        ("desk", "", Standing.ABOVE),
        ("finance", "health", Standing.APART),
        ("budget", "clinic", Standing.APART),
        ("", "", Standing.OWN),
        ("", "clinic", Standing.BELOW),
        (None, "", Standing.ABOVE),
        (None, "finance", Standing.APART),
        ("finance", "gone", Standing.APART),
        ("gone", "finance", Standing.APART),
        ("gone", "gone", Standing.OWN),
        ("", "gone", Standing.BELOW),
    ],
)
def test_how_a_unit_stands_to_another(own: str | None, unit: str, expected: Standing) -> None:
    assert standing(own, unit, TREE) is expected


def test_a_circle_of_units_ends() -> None:
    """No page makes one; a database that was written to by hand must not stop the server."""
    assert standing("a", "b", {"a": "b", "b": "a"}) is Standing.BELOW


@pytest.mark.parametrize("office", Office)
@pytest.mark.parametrize("thing", Thing)
def test_nothing_of_another_branch_is_there_for_anybody(office: Office, thing: Thing) -> None:
    """Whatever is added to the table: no office and no thing opens a unit to those who stand apart from it."""
    for own in ("health", "clinic", None, "gone"):
        assert not sees(Visitor(office, own), thing, "finance", TREE)
        assert not sees(Visitor(office, own), thing, "desk", TREE)
    assert Standing.APART not in LETS[office].get(thing, ())


def test_who_sees_what() -> None:
    registrar, secretary = (Visitor(office, "budget") for office in (Office.REGISTRAR, Office.SECRETARY))
    somebody, administrator = Visitor(Office.NONE, "budget"), Visitor(Office.ADMINISTRATOR, "")
    told = {
        thing: [
            "".join("x" if sees(visitor, thing, unit, TREE) else "." for unit in ("", "finance", "budget", "desk"))
            for visitor in (somebody, secretary, registrar, administrator)
        ]
        for thing in Thing
    }
    assert told == {
        Thing.FOUNDED: ["....", "..xx", "..xx", "xxxx"],
        Thing.PEOPLE: ["....", "..xx", "..xx", "xxxx"],
        Thing.FORMS: ["....", "xxxx", "xxxx", "xxxx"],
        Thing.PLANNED: ["....", "..xx", "..xx", "xxxx"],
        Thing.PUBLISHED: ["xxxx", "xxxx", "xxxx", "xxxx"],
        Thing.MEETINGS: ["....", "....", "..xx", "...."],
    }
