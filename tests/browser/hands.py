"""Hands for browser tests: a pen that presses, fingers that touch, as the browser itself receives them."""

from __future__ import annotations

from playwright.sync_api import Page

Point = tuple[float, float]


class Hands:
    """What is done to one page through the browser's own input, not by events made in the page."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._line = page.context.new_cdp_session(page)

    def _mouse(self, kind: str, at: Point, **more: object) -> None:
        event = {"type": kind, "x": at[0], "y": at[1], "button": "left", "clickCount": 1, "pointerType": "pen"}
        self._line.send("Input.dispatchMouseEvent", event | more)

    def pen_down(self, at: Point, force: float = 0.5) -> None:
        self._mouse("mousePressed", at, buttons=1, force=force)

    def pen_move(self, at: Point, force: float = 0.5) -> None:
        self._mouse("mouseMoved", at, buttons=1, force=force)

    def pen_up(self, at: Point) -> None:
        self._mouse("mouseReleased", at, buttons=0, force=0)

    def pen(self, *way: Point) -> None:
        """A stroke of the pen, pressed harder and harder."""
        self.pen_down(way[0], 0.1)
        for number, at in enumerate(way[1:], start=1):
            self.pen_move(at, 0.1 + 0.8 * number / len(way))
        self.pen_up(way[-1])

    def fingers(self, kind: str, *at: Point) -> None:
        """`kind` is touchStart, touchMove or touchEnd; all fingers that are on the glass."""
        points = [{"x": x, "y": y, "id": number, "radiusX": 9, "radiusY": 9} for number, (x, y) in enumerate(at)]
        self._line.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    def finger(self, *way: Point) -> None:
        """One finger along a way; it rests before it is lifted, or the browser takes it for a throw."""
        self.fingers("touchStart", way[0])
        for at in (*way[1:], way[-1], way[-1], way[-1]):
            self.fingers("touchMove", at)
        self.fingers("touchEnd")
