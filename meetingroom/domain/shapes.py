"""Shapes of a seat plan: where the seats of rows, a classroom, a U or a round table stand, who ranks first first."""

from __future__ import annotations

from enum import StrEnum
from itertools import pairwise
from math import cos, hypot, pi, sin

WIDTH, DEPTH = 1600, 1000  # of a plan, whatever the room measures; the chair sits at the top
MOST_SEATS = 400

HEAD = 80  # where the chair's table stands
MARGIN = 100
WIDEST = 260  # seats are never farther apart than this
AISLE = 0.8  # as wide as so many seats

Spot = tuple[int, int]


class Shape(StrEnum):
    ROWS = "rows"
    CLASSROOM = "classroom"
    U = "u"
    ROUND = "round"


def spots(shape: Shape, head: int, rows: int, columns: int) -> list[Spot]:
    """Where the seats stand, in the order of precedence."""
    if shape is Shape.ROUND:
        return _round(head + columns)
    table = [(x, HEAD) for x in _from_the_middle(_line(head, [0.0] * head))]
    if shape is Shape.U:
        return table + _arms(rows, columns)
    gaps = _desks(columns) if shape is Shape.CLASSROOM else _halves(columns)
    return table + [(x, y) for y in _down(rows, HEAD + 220) for x in _line(columns, gaps)]


def _line(count: int, gaps: list[float]) -> list[int]:
    """`count` seats across the middle of the room, with a gap (in seats) before each of them."""
    places, at = [], 0.0
    for index in range(count):
        at += gaps[index] + (1 if index else 0)
        places.append(at)
    if not places:
        return []
    step = min(WIDEST, (WIDTH - 2 * MARGIN) / max(1.0, places[-1]))
    return [round(WIDTH / 2 + (place - places[-1] / 2) * step) for place in places]


def _from_the_middle(line: list[int]) -> list[int]:
    return sorted(line, key=lambda x: (abs(x - WIDTH / 2), x))


def _halves(columns: int) -> list[float]:
    """An aisle in the middle of rows of some length."""
    return [AISLE if columns >= 4 and index == (columns + 1) // 2 else 0.0 for index in range(columns)]


def _desks(columns: int) -> list[float]:
    """Two at a desk."""
    return [AISLE if index and index % 2 == 0 else 0.0 for index in range(columns)]


def _down(rows: int, first: int) -> list[int]:
    step = min(160, (DEPTH - MARGIN - first) / max(1, rows - 1))
    return [round(first + row * step) for row in range(rows)]


def _arms(rows: int, columns: int) -> list[Spot]:
    """The two sides of a U, the seats at the table before those behind them, left and right in turn."""
    found = []
    for row in range(rows):
        aside = MARGIN + 30 + (rows - 1 - row) * min(WIDEST, 500 // max(1, rows))
        for y in _down(columns, HEAD + 150):
            found += [(aside, y), (WIDTH - aside, y)]
    return found


def _round(count: int) -> list[Spot]:
    """Equally far apart along an oval, from the chair's seat at the top to both sides in turn."""
    across, down = WIDTH / 2 - MARGIN, DEPTH / 2 - HEAD
    fine = 1440
    points = [
        (WIDTH / 2 + across * sin(2 * pi * n / fine), DEPTH / 2 - down * cos(2 * pi * n / fine))
        for n in range(fine + 1)
    ]
    lengths = [0.0]
    for (x, y), (next_x, next_y) in pairwise(points):
        lengths.append(lengths[-1] + hypot(next_x - x, next_y - y))
    found = []
    for index in range(count):
        turn = (index + 1) // 2 * (1 if index % 2 else -1)
        wanted = lengths[-1] * (turn % count) / count
        x, y = points[next(n for n, length in enumerate(lengths) if length >= wanted)]
        found.append((round(x), round(y)))
    return found
