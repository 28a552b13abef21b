"""Spotlight: what the presenter does on the page: the part of it that is shown, the pointer, ink.

Fleeting: through the room, never in the journal. The newest replaces the older, and a seat that does not keep up is
left out: once it drains it gets the part that is shown then and all the ink, of the pointer nothing. What the presenter
does at another process comes by `hear`; that process has seen to it that nobody else is believed.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from meetingroom.domain.messages import OFFICE
from meetingroom.live import frames
from meetingroom.live.ink import PAGES, Full, Ink, Missing
from meetingroom.live.seat import Seat

if TYPE_CHECKING:
    from meetingroom.live.seats import Seats

LOOK_PAUSE = 0.1  # seconds between two parts of a page; tablets glide from one to the next
POINT_PAUSE = 1 / 30
LONGEST = 10_000  # numbers of a stroke that are kept: a message holds no more
FARTHEST = 20_000  # points: more than the longest side a page may have

Payload = dict[str, Any]
Page = tuple[str, str, int]  # paper, revision, page


class Spotlight:
    """Of one room. Tells who presents now, and passes on what only they may send."""

    def __init__(self, room: Seats) -> None:
        self._room = room
        self._look: Payload = {}
        self._look_frame = b""
        self._shower: Seat | None = None  # who shows the part is not shown it
        self._point: Payload = {}
        self._page: Page | None = None
        self._inks: dict[Page, Ink] = {}
        self._looks = Paced(LOOK_PAUSE, self._show_look)
        self._points = Paced(POINT_PAUSE, self._show_point)

    def take(self, seat: Seat, name: str, payload: Payload) -> None:
        """A signal of a device. What is not the presenter's, not of this page or not well-formed is dropped."""
        if name == "call":
            self._call(seat)
        elif self.leads(seat.participant) and self._is_staged(payload):
            where = {"paper": payload["paper"], "page": self._room.meeting.stage.page}
            if name == "look" and (part := _part(payload)) is not None:
                self._look, self._shower = where | part, seat
                self._looks.give(seat)
                self._room.elsewhere.pass_on("look", lambda: self._look)
            elif name == "pointer" and (point := _point(payload)) is not None:
                self._point = where | point
                self._points.give(seat)
                self._room.elsewhere.pass_on("pointer", lambda: self._point)
            elif name in ("ink", "wipe", "keep"):
                self._draw(seat, name, payload, where)

    def hear(self, name: str, payload: Payload) -> None:
        """What the presenter does at another process; this room has read as much of the journal. What is late is dropped."""
        if name == "call":
            self._call_back()
        elif name == "ink":
            self._hear_ink(payload)
        elif self._is_staged(payload):
            where = {"paper": payload["paper"], "page": payload["page"]}
            if name == "look" and (part := _part(payload)) is not None:
                self._look, self._shower = where | part, None
                self._show_look()
            elif name == "pointer" and (point := _point(payload)) is not None:
                self._point = where | point
                self._show_point()

    def again(self) -> None:
        """Other processes may know nothing of what is shown here."""
        for ink in self._inks.values():
            ink.again()
        if self._is_staged(self._look):
            self._room.elsewhere.pass_on("look", lambda: self._look)
        self._room.elsewhere.pass_on("ink", self._ink_news)

    def drawn(self) -> tuple[tuple[str, tuple[float, ...]], ...]:
        """What is drawn on the page on the stage: the colour and the places of each stroke."""
        ink = self._ink_now()
        return (
            tuple((str(each["colour"]), tuple(each["points"][:LONGEST])) for each in ink.strokes.values())
            if ink
            else ()
        )

    def leads(self, participant: str) -> bool:
        """Whether this person presents now: whom presenting was handed to, else the chair's table."""
        meeting = self._room.meeting
        if meeting.stage.presenter:
            return meeting.stage.presenter == participant
        person = meeting.people.get(participant)
        return person is not None and person.role in OFFICE

    def show_now(self, seat: Seat) -> None:
        """A device that comes, or comes back, is shown the part the others see."""
        seat.look, seat.ink = b"", 0
        self.bring_up(seat)

    def turned(self) -> None:
        """Something was shown: ink of another page is gone; what was kept of this one comes again."""
        if self._ink_now():
            for seat in self._room.seats:
                self.bring_up(seat)
            self._room.elsewhere.pass_on("ink", self._ink_news)

    def bring_up(self, seat: Seat) -> None:
        """The newest part and all ink, if this seat has not got them and takes them in."""
        ink = self._ink_now()
        if ink and seat.ink != ink.version and self._takes(seat):
            seat.ink = ink.version
            where = {"paper": self._room.meeting.stage.paper, "page": self._room.meeting.stage.page}
            seat.line.write(frames.encode({"signal": "ink", "with": where | _all(ink)}))
        frame = self._look_frame if self._is_staged(self._look) else b""
        if frame and seat.look is not frame and seat is not self._shower and self._takes(seat):
            seat.look = frame
            seat.line.write(frame)

    def _show_look(self, _sender: Seat | None = None) -> None:
        self._look_frame = frames.encode({"signal": "look", "with": self._look})
        for seat in self._room.seats:
            self.bring_up(seat)

    def _show_point(self, sender: Seat | None = None) -> None:
        frame = frames.encode({"signal": "pointer", "with": self._point})
        for seat in self._room.seats:
            if seat is not sender and self._takes(seat):
                seat.line.write(frame)

    def _draw(self, sender: Seat, name: str, payload: Payload, where: Payload) -> None:
        """More of a stroke goes to those who have all before it; the others get all of it when they take it in."""
        ink = self._ink_now() or Ink()
        assert self._page, "what is drawn on is on the stage"
        self._inks[self._page] = ink
        before = ink.version
        if name == "ink":
            try:
                added = ink.draw(payload)
            except Full:
                self._say_full(sender, str(payload["id"]), where | _all(ink))
                return
            if added is None:
                return
            frame = frames.encode({"signal": "stroke", "with": where | added})
        else:
            ink.kept = name == "keep" and payload.get("kept") is True
            if name == "wipe":
                ink.wipe()
            else:
                ink.version += 1
            frame = frames.encode({"signal": "ink", "with": where | _all(ink)})
        self._spread(ink, before, [frame], sender)
        self._room.elsewhere.pass_on("ink", self._ink_news)

    def _spread(self, ink: Ink, before: int, added: list[bytes], sender: Seat | None = None) -> None:
        for seat in self._room.seats:
            if seat is sender:
                seat.ink = ink.version
            elif seat.ink == before and self._takes(seat):
                seat.ink = ink.version
                for frame in added:
                    seat.line.write(frame)

    def _ink_news(self) -> Payload | None:
        """For the other processes."""
        ink = self._ink_now()
        news = ink.news() if ink else None
        if news is None or self._page is None:
            return None
        paper, revision, page = self._page
        return {"paper": paper, "revision": revision, "page": page} | news

    def _hear_ink(self, payload: Payload) -> None:
        ink = self._ink_now() or Ink()
        if self._page is None or self._page != (payload["paper"], payload["revision"], payload["page"]):
            return
        self._inks[self._page] = ink
        before, where = ink.version, {"paper": payload["paper"], "page": payload["page"]}
        try:
            added, anew = ink.hear(payload)
        except Full:
            return
        except Missing:
            self._room.elsewhere.ask()
            return
        if anew:
            added_frames = [frames.encode({"signal": "ink", "with": where | _all(ink)})]
        else:
            added_frames = [frames.encode({"signal": "stroke", "with": where | part}) for part in added]
        self._spread(ink, before, added_frames)

    def _say_full(self, sender: Seat, stroke: str, shown: Payload) -> None:
        """Who draws must not see more than all others; told once a stroke."""
        if sender.full != stroke and not sender.is_full:
            sender.full = stroke
            sender.line.write(frames.encode({"signal": "ink", "with": shown | {"full": True}}))

    def _ink_now(self) -> Ink | None:
        """The ink of the page on the stage. Ink of the page before is gone, unless it was kept."""
        stage = self._room.meeting.stage
        paper = self._room.meeting.papers.get(stage.paper or "")
        page = (paper.id, paper.current or "", stage.page) if paper else None
        if page != self._page:
            kept = [(key, ink) for key, ink in self._inks.items() if ink.kept]
            self._inks = dict(kept[-PAGES:])
            self._page = page
            for seat in self._room.seats:
                seat.ink = 0
        return self._inks.get(page) if page else None

    def _call(self, seat: Seat) -> None:
        """Chair and secretary ask everyone back to the stage."""
        person = self._room.meeting.people.get(seat.participant)
        if person is None or person.role not in OFFICE:
            return
        self._call_back()
        self._room.elsewhere.pass_on("call", lambda: {})

    def _call_back(self) -> None:
        frame = frames.encode({"signal": "call", "with": {}})
        for other in self._room.seats:
            if not other.following and other.version is not None and not other.is_full:
                other.line.write(frame)

    def _is_staged(self, payload: Payload) -> bool:
        stage = self._room.meeting.stage
        return stage.paper is not None and payload.get("paper") == stage.paper and payload.get("page") == stage.page

    def _takes(self, seat: Seat) -> bool:
        """Whether the seat sees the staged paper, and nothing waits in its socket."""
        if seat.version is None or seat.line.waiting():
            return False
        stage = self._room.shown(seat.audience).get("stage")
        return stage is not None and stage.get("paper") == self._room.meeting.stage.paper


class Paced:
    """Calls `show` for the newest that was given, at most once every `pause` seconds."""

    def __init__(self, pause: float, show: Callable[[Seat], None]) -> None:
        self._pause, self._show = pause, show
        self._sender: Seat | None = None
        self._resting: asyncio.TimerHandle | None = None

    def give(self, sender: Seat) -> None:
        self._sender = sender
        if self._resting is None:
            self._go()

    def _go(self) -> None:
        self._resting = None
        if self._sender is not None:
            self._show(self._sender)
            self._sender = None
            self._resting = asyncio.get_running_loop().call_later(self._pause, self._go)


def _part(payload: Payload) -> Payload | None:
    """The part of the page that is shown, in points; nothing: all of it. None: not well-formed."""
    if "width" not in payload:
        return {}
    part = _numbers(payload, ("x", "y", "width", "height"))
    return part if part and part["width"] > 1 and part["height"] > 1 else None


def _all(ink: Ink) -> Payload:
    return {"strokes": ink.strokes} | ({"kept": True} if ink.kept else {})


def _point(payload: Payload) -> Payload | None:
    """Where on the page, in points; nothing: the pointer is gone. None: not well-formed."""
    return _numbers(payload, ("x", "y")) if "x" in payload else {}


def _numbers(payload: Payload, names: tuple[str, ...]) -> Payload | None:
    found: Payload = {}
    for name in names:
        value = payload.get(name)
        if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) <= FARTHEST:
            return None
        found[name] = round(float(value), 1)
    return found
