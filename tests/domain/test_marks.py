"""Marks: what is exactly one is read, everything else refused; moving one keeps its shape."""

import contextlib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetingroom.domain import marks
from meetingroom.domain.marks import Kind, Malformed, Mark
from tests.domain.test_messages import json_values

lengths = st.floats(0, 900).map(lambda number: round(number, 1))
boxes = st.tuples(lengths, lengths, lengths, lengths).map(
    lambda b: [min(b[0], b[2]), min(b[1], b[3]), max(b[0], b[2]), max(b[1], b[3])]
)
colours = st.sampled_from(sorted(marks.COLOURS))
steps = st.tuples(st.integers(-900, 900), st.integers(-900, 900), st.integers(0, 100))
points = st.lists(steps, min_size=1, max_size=20).map(lambda all_: [part for point in all_ for part in point])
texts = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=40)
widths = st.sampled_from([1.2, 2.4, 12.0])
bodies = {
    "ink": st.fixed_dictionaries(
        {"colour": colours, "width": widths, "points": points}, optional={"wide": st.just(True)}
    ),
    "highlight": st.fixed_dictionaries(
        {"colour": colours, "boxes": st.lists(boxes, min_size=1, max_size=5), "text": texts}
    ),
    "underline": st.fixed_dictionaries(
        {"colour": colours, "boxes": st.lists(boxes, min_size=1, max_size=5), "text": texts}
    ),
    "note": st.fixed_dictionaries({"colour": colours, "x": lengths, "y": lengths, "text": texts}),
    "bookmark": st.fixed_dictionaries({"x": lengths, "y": lengths, "text": texts}),
    "place": st.fixed_dictionaries({"x": lengths, "y": lengths}),
}


def written(kind: str) -> st.SearchStrategy[dict[str, Any]]:
    """A mark as a device sends it."""
    return st.fixed_dictionaries(
        {"id": st.uuids().map(lambda key: key.hex), "paper": st.just("report"), "revision": st.just("r1"),
         "page": st.integers(1, 40), "kind": st.just(kind), "at": st.integers(0, 2**53 - 1), "body": bodies[kind]}
    )  # fmt: skip


any_mark = st.sampled_from(sorted(bodies)).flatmap(written)


@given(sent=any_mark)
def test_a_mark_is_read_as_it_was_sent(sent: dict[str, Any]) -> None:
    assert marks.write(marks.read(sent)) == sent


@given(sent=any_mark, dx=lengths, dy=lengths)
def test_moving_a_mark_keeps_its_shape(sent: dict[str, Any], dx: float, dy: float) -> None:
    before = marks.read(sent)
    after = marks.shifted(before, dx, dy)
    assert after.box == pytest.approx(
        [before.box[0] + dx, before.box[1] + dy, before.box[2] + dx, before.box[3] + dy], abs=0.16
    )
    assert marks.read(marks.write(after)) == after
    if before.kind is Kind.INK:
        assert after.body["points"][2:] == before.body["points"][2:]


@given(nonsense=json_values)
def test_nothing_but_malformed_comes_of_nonsense(nonsense: object) -> None:
    with pytest.raises(Malformed):
        marks.read(nonsense)


@given(sent=any_mark, data=st.data())
def test_a_mark_with_one_wrong_part_is_none(sent: dict[str, Any], data: st.DataObject) -> None:
    """Whatever stands in place of a part, it is a mark again or refused, and never a fault."""
    inside = data.draw(st.booleans())
    target = sent["body"] if inside else sent
    target[data.draw(st.sampled_from(sorted(target)))] = data.draw(json_values)
    with contextlib.suppress(Malformed):
        assert isinstance(marks.read(sent), Mark)


def test_what_is_too_much_is_refused() -> None:
    mark = {"id": "m", "paper": "p", "revision": "r", "page": 1, "kind": "note", "at": 1}
    note = {"colour": "yellow", "x": 1, "y": 1, "text": "ừ"}
    assert marks.read(mark | {"body": note})
    for wrong in ({"text": "ừ" * 4_001}, {"colour": "url(x)"}, {"x": float("nan")}, {"y": True}):
        with pytest.raises(Malformed):
            marks.read(mark | {"body": note | wrong})
    with pytest.raises(Malformed):
        marks.read(mark | {"kind": "ink", "body": {"colour": "ink", "width": 1, "points": [0, 0, 0] * 4_001}})


def test_a_deleted_mark_keeps_nothing_of_what_it_was() -> None:
    mark = {"id": "m", "paper": "p", "revision": "r", "page": 1, "kind": "note", "at": 1, "deleted": True}
    assert marks.read(mark | {"body": {"colour": "ink", "text": "x"}}).body == {}
