"""Ink: what the presenter draws on the page that is shown. In memory only; gone with the page, unless it is kept.

Several processes have each their own: a stroke only grows and says where its part begins, so that parts which come twice do
no harm and one that is missing is noticed; what was wiped is known by the number of wipings.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from meetingroom.domain.messages import is_id

COLOURS = ("red", "blue", "green")
STROKES = 300  # of a page
NUMBERS = 40_000  # of a page: x and y of all its strokes; every newcomer is sent them
ONCE = 400  # of them in one message
PAGES = 40  # whose ink is kept, the last ones

Part = dict[str, Any]


class Full(Exception):
    """This page has as much ink as it holds."""


class Missing(Exception):
    """What was heard goes on from something that was not."""


@dataclass(slots=True)
class Ink:
    """Of one page. `version` counts the changes, so that a seat is known to have all but the last one."""

    strokes: dict[str, Part] = field(default_factory=dict)
    version: int = 0
    kept: bool = False
    _wiped: int = 0
    _numbers: int = 0
    _told: dict[str, int] = field(default_factory=dict)  # numbers of each stroke the other processes have
    _told_of: tuple[int, bool] = (0, False)  # the rest they have

    def wipe(self) -> None:
        self._empty(self._wiped + 1)

    def draw(self, payload: Part) -> Part | None:
        """A new stroke, or more of one: what was added, None if it is not well-formed. Raises Full."""
        key, colour, points = payload.get("id"), payload.get("colour"), payload.get("points")
        if not is_id(key) or colour not in COLOURS:
            return None
        if not isinstance(points, list) or not 0 < len(points) <= ONCE or len(points) % 2:
            return None
        if not all(type(value) in (int, float) and abs(value) < 20_000 for value in points):
            return None
        return self._grow(key, colour, [round(float(value), 1) for value in points])

    def news(self) -> Part | None:
        """What the other processes have not been told, if there is anything."""
        told = self._told
        parts = {
            key: {"colour": stroke["colour"], "at": told.get(key, 0), "points": stroke["points"][told.get(key, 0) :]}
            for key, stroke in self.strokes.items()
            if told.get(key, 0) < len(stroke["points"])
        }
        if not parts and self._told_of == (self._wiped, self.kept):
            return None
        self._told = {key: len(stroke["points"]) for key, stroke in self.strokes.items()}
        self._told_of = self._wiped, self.kept
        return {"wiped": self._wiped, "kept": self.kept, "strokes": parts}

    def again(self) -> None:
        """The others may have nothing."""
        self._told, self._told_of = {}, (0, False)

    def hear(self, news: Part) -> tuple[list[Part], bool]:
        """What another process had not told: the parts that are new here, and whether all must be shown anew.
        Raises Missing, Full."""
        if news["wiped"] < self._wiped:
            return [], False
        anew = news["wiped"] > self._wiped or news["kept"] != self.kept
        if news["wiped"] > self._wiped:
            self._empty(news["wiped"])
        self.kept = news["kept"]
        self._told_of = self._wiped, self.kept
        self.version += anew
        added = [self._hear(key, part) for key, part in news["strokes"].items()]
        return [part for part in added if part], anew

    def _hear(self, key: str, part: Part) -> Part | None:
        have = len(self.strokes[key]["points"]) if key in self.strokes else 0
        if part["at"] > have:
            raise Missing
        points = part["points"][have - part["at"] :]
        if not points:
            return None
        added = self._grow(key, part["colour"], points)
        self._told[key] = have + len(points)
        return added

    def _grow(self, key: str, colour: str, points: list[float]) -> Part:
        if self._numbers + len(points) > NUMBERS or (key not in self.strokes and len(self.strokes) >= STROKES):
            raise Full
        self.strokes.setdefault(key, {"colour": colour, "points": []})["points"] += points
        self._numbers += len(points)
        self.version += 1
        return {"id": key, "colour": colour, "points": points}

    def _empty(self, wiped: int) -> None:
        self.strokes.clear()
        self._told.clear()
        self._numbers, self._wiped = 0, wiped
        self.version += 1
