"""Ink: what the presenter draws on the page that is shown. In memory only; gone with the page, unless it is kept."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from meetingroom.domain.messages import is_id

COLOURS = ("red", "blue", "green")
STROKES = 300  # of a page
POINTS = 4000  # of a stroke, x and y counted each
ONCE = 400  # of them in one message


@dataclass(slots=True)
class Ink:
    """Of one page. `version` counts the changes, so that a seat is known to have all but the last one."""

    strokes: dict[str, dict[str, Any]] = field(default_factory=dict)
    version: int = 0
    kept: bool = False

    def draw(self, payload: dict[str, Any]) -> dict[str, Any] | None:
        """A new stroke, or more of one: what was added, None if it is not well-formed or too much."""
        key, colour, points = payload.get("id"), payload.get("colour"), payload.get("points")
        if not is_id(key) or colour not in COLOURS:
            return None
        if not isinstance(points, list) or not 0 < len(points) <= ONCE or len(points) % 2:
            return None
        if not all(type(value) in (int, float) and abs(value) < 20_000 for value in points):
            return None
        stroke = self.strokes.get(key)
        if stroke is None:
            if len(self.strokes) >= STROKES:
                return None
            stroke = self.strokes[key] = {"colour": colour, "points": []}
        if len(stroke["points"]) + len(points) > POINTS:
            return None
        stroke["points"] += points
        self.version += 1
        return {"id": key, "colour": colour, "points": points}
