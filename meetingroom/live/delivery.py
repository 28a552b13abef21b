"""Delivery: which devices have which papers, who has opened them, and how long a page takes there.

Fleeting: devices say it themselves, it is in no journal, and after a restart they say it again. What they say is believed no
further than this board.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from meetingroom.domain import papers
from meetingroom.domain.meeting import Meeting
from meetingroom.live import frames
from meetingroom.live.seat import Seat

if TYPE_CHECKING:
    from meetingroom.live.seats import Seats

DEVICES = 4  # of one person; the one heard of longest ago is forgotten
KINDS = frozenset({"ipad", "android", "windows", "other"})
SLOWEST = 60_000  # ms
AT_ONCE = 50  # devices in one word to other processes
WANTED = 12_000  # ms: how long another process is told after it has said that somebody looks at its board


@dataclass(slots=True)
class Device:
    """`kept` is the number of pages by revision; `delay` the milliseconds a page took lately."""

    kind: str = "other"
    secure: bool = False
    kept: dict[str, int] = field(default_factory=dict)
    opened: set[str] = field(default_factory=set)
    delay: int | None = None


class Delivery:
    """Of one room."""

    def __init__(self, room: Seats) -> None:
        self._room = room
        self._devices: dict[str, dict[str, Device]] = {}  # by participant and the name a device gave itself
        self._changed = False
        # What other processes are told, while an office looks at the board there: of devices that spoke to this one.
        self._ours: set[tuple[str, str]] = set()
        self._untold: set[tuple[str, str]] = set()
        self._wanted = 0  # until when

    def take(self, seat: Seat, said: dict[str, Any]) -> None:
        """What a device says of itself, or an office's wish to see the board. What cannot be read is not taken."""
        if said.get("watch") is True and seat.audience.is_office:
            seat.watches_delivery = True
            seat.answer(self._frame())
            self.watch()
            return
        name = said.get("device")
        if not isinstance(name, str) or not 0 < len(name) <= 32:
            return
        self._room.call_device(seat, name)
        self._keep(seat.participant, name, said)
        self._ours.add((seat.participant, name))
        self._untold.add((seat.participant, name))
        self._pass_on()

    def _keep(self, participant: str, name: str, said: dict[str, Any]) -> None:
        devices = self._devices.setdefault(participant, {})
        devices[name] = _read(said, _pages(self._room.meeting, participant), devices.pop(name, Device()))
        while len(devices) > DEVICES:
            devices.pop(next(iter(devices)))
        self._changed = True

    def watch(self) -> None:
        """The other processes are to say what their devices have, as long as somebody looks at the board here."""
        if any(seat.watches_delivery for seat in self._room.seats):
            self._room.elsewhere.pass_on("board", lambda: {})

    def wanted(self) -> None:
        """Somebody looks at the board of another process."""
        now = self._room.now()
        if now > self._wanted:
            self._untold = set(self._ours)
        self._wanted = now + WANTED
        self._pass_on()

    def again(self) -> None:
        """The others may have nothing."""
        self._untold = set(self._ours)
        self.watch()
        self._pass_on()

    def hear(self, payload: dict[str, Any]) -> None:
        """What devices have said to another process."""
        for participant, name, said in payload["devices"]:
            self._keep(participant, name, said)
            self._ours.discard((participant, name))
            self._untold.discard((participant, name))

    def _pass_on(self) -> None:
        if self._untold and self._room.now() <= self._wanted:
            self._room.elsewhere.pass_on("delivery", self._news)

    def _news(self) -> dict[str, Any] | None:
        told = sorted(self._untold)[:AT_ONCE]
        self._untold.difference_update(told)
        self._pass_on()  # the rest with the next word
        known = ((key, name, self._devices.get(key, {}).get(name)) for key, name in told)
        return {"devices": [(key, name, _said(device)) for key, name, device in known if device]}

    def moved(self) -> None:
        """Somebody came or went."""
        self._changed = bool(self._devices)

    def show(self) -> None:
        """Called at the beat of presence."""
        watching = [seat for seat in self._room.seats if seat.watches_delivery and not seat.is_full]
        if not self._changed or not watching:
            return
        self._changed = False
        frame = self._frame()
        for seat in watching:
            seat.line.write(frame)

    def delays(self) -> list[int]:
        """Milliseconds a page took lately, of each device that has said so and is here."""
        here = self._room.presence.devices(self._room.seats)
        return [
            device.delay
            for person, devices in self._devices.items()
            for name, device in devices.items()
            if device.delay is not None and (person, name) in here
        ]

    def _frame(self) -> bytes:
        return frames.encode({"delivery": self.shown(self._room.meeting, self._room.seats)})

    def shown(self, meeting: Meeting, seats: Iterable[Seat]) -> dict[str, Any]:
        """By participant and device; of papers that are still there."""
        here = self._room.presence.devices(seats)
        known = {revision for paper in meeting.papers.values() for revision in paper.revisions}
        return {
            person: {name: _shown(device, known, (person, name) in here) for name, device in devices.items()}
            for person, devices in self._devices.items()
            if person in meeting.people
        }


def _pages(meeting: Meeting, participant: str) -> dict[str, int]:
    """The revisions this person may read, with their pages."""
    person = meeting.people.get(participant)
    if person is None:
        return {}
    return {
        revision.id: revision.pages
        for paper in meeting.papers.values()
        if papers.may_read(meeting, person, paper)
        for revision in paper.revisions.values()
    }


def _read(said: dict[str, Any], pages: dict[str, int], before: Device) -> Device:
    kept, opened, delay, kind = (said.get(name) for name in ("kept", "opened", "delay", "kind"))
    return Device(
        kind if kind in KINDS else before.kind,
        said.get("secure") is True,
        {key: min(n, pages[key]) for key, n in kept.items() if key in pages and type(n) is int and n >= 0}
        if isinstance(kept, dict)
        else before.kept,
        {key for key in opened if isinstance(key, str) and key in pages} if isinstance(opened, list) else before.opened,
        delay if type(delay) is int and 0 <= delay <= SLOWEST else before.delay,
    )


def _said(device: Device) -> dict[str, Any]:
    """As the device itself would say it."""
    delay = {} if device.delay is None else {"delay": device.delay}
    return {
        "kind": device.kind, "secure": device.secure, "kept": device.kept, "opened": sorted(device.opened), **delay,
    }  # fmt: skip


def _shown(device: Device, known: set[str], here: bool) -> dict[str, Any]:
    entry: dict[str, Any] = {
        "kind": device.kind,
        "kept": {key: n for key, n in device.kept.items() if key in known},
        "opened": {key: True for key in sorted(device.opened & known)},
    }
    if device.secure:
        entry["secure"] = True
    if here:
        entry["here"] = True
    return entry if device.delay is None else entry | {"delay": device.delay}
