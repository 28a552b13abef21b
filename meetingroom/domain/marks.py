"""Marks: what one person draws, highlights and notes on papers, for themselves alone. Never in the journal, in nobody's view.
So are their bookmarks, and the place in each paper where they read last: they too follow the passage to a newer revision.

A mark lies on a page of a revision, in points of the page as displayed. Its id is made by the device, so that a repeat
is done once; `at` is when its owner last changed it, and of two changes of one mark the later stays.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from meetingroom.domain.messages import is_id

COLOURS = frozenset({"ink", "blue", "red", "green", "yellow", "pink"})
LONGEST_STROKE = 4_000  # points of a pen
MOST_BOXES = 600  # words' lines under one highlight or over one underline
LONGEST_NOTE = 4_000  # characters
FARTHEST = 20_000.0  # points: no page is larger
TENTHS = 10  # strokes count in tenths of a point
PIN = 22.0  # points: the side of a note's pin

Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""


class Kind(StrEnum):
    """What a person does with a pen in the hand, and the places they want to find again."""

    INK = "ink"
    HIGHLIGHT = "highlight"
    UNDERLINE = "underline"
    NOTE = "note"
    BOOKMARK = "bookmark"
    PLACE = "place"  # where its owner read last; one for each paper


LINES = (Kind.HIGHLIGHT, Kind.UNDERLINE)
"""Kinds that lie on the lines of words."""
SPOTS = (Kind.NOTE, Kind.BOOKMARK, Kind.PLACE)
"""Kinds that lie at one point of the page."""


class Malformed(Exception):
    """Not a mark."""


@dataclass(frozen=True, slots=True)
class Mark:
    """`body` by kind: ink {colour, width, points: [x, y, pressure, dx, dy, pressure, …] in tenths of a point, in hundredths
    of full pressure, `wide` for a highlighter without words}; highlight and underline {colour, boxes, text: its words};
    note {colour, x, y, text}; bookmark {x, y, text: what stands there}; place {x, y}.

    `carried` is there once the mark has followed its passage to a newer revision. A deleted mark keeps only its id and
    time, so that other devices hear of it.
    """

    id: str
    paper: str
    revision: str
    page: int
    kind: Kind
    body: Mapping[str, Any]
    at: int
    deleted: bool = False

    @property
    def box(self) -> Box:
        """The smallest box around it; of a note, its pin."""
        boxes = boxes_of(self)
        left, top, right, bottom = zip(*boxes, strict=True)
        return min(left), min(top), max(right), max(bottom)


def boxes_of(mark: Mark) -> list[Box]:
    """The places it covers: each line of its words, else the box around it."""
    match mark.kind:
        case Kind.HIGHLIGHT | Kind.UNDERLINE:
            return [(box[0], box[1], box[2], box[3]) for box in mark.body["boxes"]]
        case Kind.NOTE | Kind.BOOKMARK | Kind.PLACE:
            x, y = mark.body["x"], mark.body["y"]
            return [(x, y, x + PIN, y + PIN)]
        case Kind.INK:
            return [_around(mark.body["points"])]


def _around(points: Sequence[int]) -> Box:
    x = y = 0
    across, down = [], []
    for place in range(0, len(points), 3):
        x, y = x + points[place], y + points[place + 1]
        across.append(x / TENTHS)
        down.append(y / TENTHS)
    return min(across), min(down), max(across), max(down)


def shifted(mark: Mark, dx: float, dy: float) -> Mark:
    """The same mark elsewhere on its page. A stroke keeps its shape: only its first point is absolute."""
    body = dict(mark.body)
    match mark.kind:
        case Kind.HIGHLIGHT | Kind.UNDERLINE:
            body["boxes"] = [
                [_round(b[0] + dx), _round(b[1] + dy), _round(b[2] + dx), _round(b[3] + dy)] for b in boxes_of(mark)
            ]
        case Kind.NOTE | Kind.BOOKMARK | Kind.PLACE:
            body |= {"x": _round(body["x"] + dx), "y": _round(body["y"] + dy)}
        case Kind.INK:
            x, y, *rest = body["points"]
            body["points"] = [x + round(dx * TENTHS), y + round(dy * TENTHS), *rest]
    return replace(mark, body=body)


def _round(length: float) -> float:
    return round(length, 1)


# -- reading what a device sends -------------------------------------------------------------------------------------


def read(found: object) -> Mark:
    """The mark in a JSON object. Raises Malformed for everything that is not exactly one."""
    try:
        return _read(found)
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError) as error:
        raise Malformed(repr(error)) from error


def _read(found: Any) -> Mark:
    kind, deleted = Kind(found["kind"]), found.get("deleted", False)
    _need(type(deleted) is bool)
    return Mark(
        id=_id(found["id"]),
        paper=_id(found["paper"]),
        revision=_id(found["revision"]),
        page=_integer(found["page"], 1, 100_000),
        kind=kind,
        body={} if deleted else _body(kind, found["body"]),
        at=_integer(found["at"], 0, 2**53 - 1),
        deleted=deleted,
    )


def _body(kind: Kind, body: Any) -> dict[str, Any]:
    read: dict[str, Any] = {}
    if kind not in (Kind.BOOKMARK, Kind.PLACE):
        _need(body["colour"] in COLOURS)
        read["colour"] = body["colour"]
    match kind:
        case Kind.INK:
            points = body["points"]
            _need(type(points) is list and points and len(points) % 3 == 0 and len(points) <= 3 * LONGEST_STROKE)
            read |= {"width": _number(body["width"]), "points": [_integer(part, -200_000, 200_000) for part in points]}
            if body.get("wide"):
                read["wide"] = True
        case Kind.HIGHLIGHT | Kind.UNDERLINE:
            _need(type(body["boxes"]) is list and 0 < len(body["boxes"]) <= MOST_BOXES)
            read["boxes"] = [_box(box) for box in body["boxes"]]
            if "text" in body:
                read["text"] = _text(body["text"])
        case Kind.NOTE | Kind.BOOKMARK:
            read |= {"x": _number(body["x"]), "y": _number(body["y"]), "text": _text(body["text"])}
        case Kind.PLACE:
            read |= {"x": _number(body["x"]), "y": _number(body["y"])}
    if "carried" in body:
        read["carried"] = _carried(body["carried"])
    return read


def _carried(found: Any) -> dict[str, Any]:
    """Where a mark came from: the revision and page it was on, the box it had there, and whether its words changed."""
    _need(type(found.get("changed", False)) is bool and type(found.get("seen", False)) is bool)
    flags = {name: True for name in ("changed", "seen") if found.get(name)}
    page = _integer(found["page"], 1, 100_000)
    return {"revision": _id(found["revision"]), "page": page, "box": _box(found["box"]), **flags}


def _need(condition: object) -> None:
    if not condition:
        raise ValueError


def _id(value: Any) -> str:
    _need(is_id(value))
    return str(value)


def _integer(value: Any, least: int, most: int) -> int:
    _need(type(value) is int and least <= value <= most)
    return int(value)


def _number(value: Any) -> float:
    _need(type(value) in (int, float) and -FARTHEST <= value <= FARTHEST)  # also refuses NaN
    return float(value)


def _text(value: Any) -> str:
    _need(type(value) is str and len(value) <= LONGEST_NOTE)
    return str(value)


def _box(value: Any) -> list[float]:
    _need(type(value) is list and len(value) == 4)
    left, top, right, bottom = (_number(side) for side in value)
    _need(left <= right and top <= bottom)
    return [left, top, right, bottom]


def write(mark: Mark) -> dict[str, Any]:
    """As devices are sent it."""
    written: dict[str, Any] = {"id": mark.id, "paper": mark.paper, "revision": mark.revision, "page": mark.page}
    written |= {"kind": mark.kind.value, "at": mark.at}
    return written | ({"deleted": True} if mark.deleted else {"body": dict(mark.body)})
