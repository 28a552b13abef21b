"""Ink: what the presenter draws on the page that is shown. In memory only; gone with the page, unless it is kept."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from meetingroom.domain.messages import is_id

COLOURS = ("red", "blue", "green")
STROKES = 300  # of a page
NUMBERS = 40_000  # of a page: x and y of all its strokes; every newcomer is sent them
ONCE = 400  # of them in one message
PAGES = 40  # whose ink is kept, the last ones


class Full(Exception):
    """This page has as much ink as it holds."""


@dataclass(slots=True)
class Ink:
    """Of one page. `version` counts the changes, so that a seat is known to have all but the last one."""

    strokes: dict[str, dict[str, Any]] = field(default_factory=dict)
    version: int = 0
    kept: bool = False
    _numbers: int = 0

    def wipe(self) -> None:
        self.strokes.clear()
        self._numbers = 0
        self.version += 1

    def draw(self, payload: dict[str, Any]) -> dict[str, Any] | None:
        """A new stroke, or more of one: what was added, None if it is not well-formed. Raises Full."""
        key, colour, points = payload.get("id"), payload.get("colour"), payload.get("points")
        if not is_id(key) or colour not in COLOURS:
            return None
        if not isinstance(points, list) or not 0 < len(points) <= ONCE or len(points) % 2:
            return None
        if not all(type(value) in (int, float) and abs(value) < 20_000 for value in points):
            return None
        if self._numbers + len(points) > NUMBERS or (key not in self.strokes and len(self.strokes) >= STROKES):
            raise Full
        points = [round(float(value), 1) for value in points]
        self.strokes.setdefault(key, {"colour": colour, "points": []})["points"] += points
        self._numbers += len(points)
        self.version += 1
        return {"id": key, "colour": colour, "points": points}
