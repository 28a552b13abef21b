"""Seats: who is connected to a meeting, and what they are shown of it.

A change goes to all seats of an audience as the same bytes, to those whose personal part it concerns as their own frame; a
seat that is full is brought up to date at a later beat.
"""

from __future__ import annotations

import contextlib
import logging
import secrets
from collections.abc import Callable, Sequence
from typing import Any

from meetingroom.domain import meeting as domain
from meetingroom.domain.audience import Audience, audience_of
from meetingroom.domain.meeting import Meeting
from meetingroom.domain.messages import Event
from meetingroom.domain.people import Participant
from meetingroom.live import frames
from meetingroom.live.clock import Clock
from meetingroom.live.crowd import Crowd
from meetingroom.live.delivery import Delivery
from meetingroom.live.ink import Missing
from meetingroom.live.passing import Elsewhere
from meetingroom.live.presence import Presence
from meetingroom.live.seat import Seat
from meetingroom.live.showing import Showing
from meetingroom.live.spotlight import Spotlight

log = logging.getLogger(__name__)

MayAct = Callable[[str, Participant], bool]  # meeting, participant


class Seats:
    """Of one meeting as it stands at a version; the room that is made of it changes both."""

    def __init__(self, meeting: Meeting, version: int, clock: Clock) -> None:
        self.meeting = meeting
        self.version = version
        self.epoch = secrets.token_urlsafe(8)  # a restarted server never patches what another one showed
        self.seats: set[Seat] = set()
        self._of: dict[str, set[Seat]] = {}  # the same by participant
        self._clock = clock
        self._showings: dict[Audience, Showing] = {}
        self._crowds: dict[Audience, Crowd] = {}
        self._quiet_until_beat = False
        self._presence_changed = False
        self.elsewhere = Elsewhere(self)
        self.presence = Presence()
        self.spotlight = Spotlight(self)
        self.delivery = Delivery(self)

    def now(self) -> int:
        return self._clock()

    def join(self, seat: Seat) -> None:
        self.seats.add(seat)
        self._of.setdefault(seat.participant, set()).add(seat)
        self._crowd(seat.audience).add(seat)

    def leave(self, seat: Seat) -> None:
        self._remove(seat)
        self._presence_changed = True

    def _remove(self, seat: Seat) -> None:
        self.seats.discard(seat)
        own = self._of.get(seat.participant, set())
        own.discard(seat)
        if not own:
            self._of.pop(seat.participant, None)
        self._crowd(seat.audience).remove(seat)

    def devices_of(self, participant: str) -> int:
        """How many devices of this person are connected, at other processes as far as they were heard."""
        return len(self._of.get(participant, ())) + self.presence.elsewhere(participant)

    def hello(self, seat: Seat, have: int | None, epoch: str | None) -> None:
        """Bring a device that comes or comes back to now: by nothing, by one patch, or by the snapshot."""
        showing = self._showing(seat.audience)
        mine = seat.me = frames.dumps(domain.own(self.meeting, self.meeting.people[seat.participant]))
        current = have is not None and epoch == self.epoch and showing.knows(have)
        if current and have is not None:
            seat.answer(frames.hello(self.epoch, have, self._clock(), mine, None))
            if have != showing.version:
                seat.answer(showing.catch_up(have))
        else:
            seat.answer(self._whole(seat, showing, mine))
        seat.version = showing.version
        self.spotlight.show_now(seat)
        self._presence_changed = True

    def _whole(self, seat: Seat, showing: Showing, mine: bytes) -> bytes:
        """All of it; compressed where the device can, a tenth of what a hall that comes back has to share of the air."""
        now = self._clock()
        # The console's is never compressed: it is not known to those who write parts of it, and its length might tell.
        if seat.line.inflates and showing.audience is not Audience.CONSOLE:
            return frames.deflated_hello(self.epoch, showing.version, now, mine, showing.deflated())
        return frames.hello(self.epoch, showing.version, now, mine, showing.snapshot())

    def shown(self, audience: Audience) -> domain.View:
        """The view this audience was last shown."""
        return self._showing(audience).shown.view

    def follow(self, seat: Seat, following: bool) -> None:
        """A device says whether it looks at the stage."""
        if seat.following != following:
            seat.following = following
            self._presence_changed = True

    def call_device(self, seat: Seat, name: str) -> None:
        """A device says its name."""
        if seat.device != name:
            seat.device = name
            self._presence_changed = True

    def signal_console(self, name: str, payload: dict[str, Any]) -> None:
        """Something fleeting for chair and secretary, without the journal."""
        self.signal_office(frames.encode({"signal": name, "with": payload}))
        self.elsewhere.pass_on(name, lambda: payload)

    def signal_person(self, participant: str, name: str, payload: dict[str, Any]) -> None:
        """Something fleeting for all devices of one participant, without the journal."""
        frame = frames.encode({"signal": name, "with": payload})
        for seat in self._of.get(participant, ()):
            if seat.version is not None and not seat.is_full:
                seat.line.write(frame)

    def review(self, session: str, may_act: MayAct) -> None:
        """Close the devices of a session that may not act as their participant any more."""
        for seat in [seat for seat in self.seats if seat.session == session]:
            person = self.meeting.people.get(seat.participant)
            if person is None or not may_act(self.meeting.id, person):
                seat.line.close(4401, "session ended")

    # -- showing -----------------------------------------------------------------------------------------------

    def _showing(self, audience: Audience) -> Showing:
        if audience not in self._showings:
            self._showings[audience] = Showing(audience, self.meeting, self.version)
        return self._showings[audience]

    def _crowd(self, audience: Audience) -> Crowd:
        if audience not in self._crowds:
            self._crowds[audience] = Crowd(self._showing(audience).version)
        return self._crowds[audience]

    def show_changes(self, before: Meeting, events: Sequence[Event]) -> None:
        """The personal parts at once; the rest at once too, or at the next beat where only counters changed."""
        if before.people is not self.meeting.people:
            self._reseat()
        self._show_own(before, events)
        if all(event.quiet for event in events):
            self._quiet_until_beat = True
        else:
            self._show()
            self.spotlight.turned()
        self.elsewhere.caught_up()

    def prepare(self, meeting: Meeting, version: int) -> None:
        """What will be shown once this is durable, made while the disk is at work."""
        for audience in self._largest_first():
            with contextlib.suppress(Exception):  # tried again, and said, when it is shown
                self._showings[audience].prepare(meeting, version)

    def show_at_beat(self) -> None:
        """All that may have been missed."""
        self._quiet_until_beat = True
        for seat in self.seats:
            seat.me = None

    def _show(self) -> None:
        """One frame per audience to every seat that is at the former version and takes it in."""
        self._quiet_until_beat = False
        for audience in self._largest_first():
            showing = self._showings[audience]
            try:
                frame = showing.advance(self.meeting, self.version)
            except Exception:  # a fault in one audience's view is not the others'
                log.exception("view not made", extra={"meeting": self.meeting.id, "version": self.version})
                continue
            if frame is not None:
                self._crowd(audience).show(frame, showing.version)

    def _largest_first(self) -> list[Audience]:
        """A hall of tablets does not wait for the view of two consoles to be made."""
        return sorted(self._showings, key=lambda audience: -len(self._crowd(audience)))

    def _show_own(self, before: Meeting, events: Sequence[Event]) -> None:
        concerned = _concerned(before, self.meeting, events)
        if concerned is not None and not concerned:
            return
        seats = self.seats if concerned is None else [seat for one in concerned for seat in self._of.get(one, ())]
        for seat in seats:
            if seat.version is not None:
                self._show_me(seat)

    def _show_me(self, seat: Seat) -> None:
        me = frames.dumps(domain.own(self.meeting, self.meeting.people[seat.participant]))
        if me == seat.me:
            return
        if seat.is_full:
            seat.me = None
        else:
            seat.me = me
            seat.line.write(frames.frame(b'{"me":' + me + b"}"))

    def _reseat(self) -> None:
        """Who was removed leaves; whose role or right changed becomes another audience and starts anew."""
        for seat in list(self.seats):
            person = self.meeting.people.get(seat.participant)
            if person is None:
                self._remove(seat)
                seat.line.close(4403, "not a participant")
            elif audience_of(person) is not seat.audience:
                self._crowd(seat.audience).remove(seat)
                seat.audience = audience_of(person)
                self._crowd(seat.audience).add(seat)
                if seat.version is not None:
                    self.hello(seat, None, None)

    # -- the beat ----------------------------------------------------------------------------------------------

    def beat(self) -> None:
        """Show waiting counters and bring seats that were full up to date. Called every BEAT seconds."""
        if self._quiet_until_beat:
            self._show()
        for seat in self.seats:
            if seat.version is None or seat.is_full:
                continue
            if seat.version != self._showing(seat.audience).version:
                self._bring_up(seat)
            if seat.me is None:
                self._show_me(seat)
            self.spotlight.bring_up(seat)
        for crowd in self._crowds.values():
            crowd.gather()

    def _bring_up(self, seat: Seat) -> None:
        showing = self._showing(seat.audience)
        if seat.version is not None and showing.knows(seat.version):
            seat.line.write(showing.catch_up(seat.version))
            seat.version = showing.version
        else:
            self.hello(seat, None, None)

    def pulse(self) -> None:
        """Say the time and the version, so that devices notice a dead line or a missed frame; to other processes, that
        this one lives."""
        self.pass_presence()
        self.delivery.watch()
        now = self._clock()
        for audience, showing in self._showings.items():
            self._crowd(audience).tell(frames.encode({"pulse": now, "version": showing.version}))

    def show_presence(self) -> None:
        """Tell the consoles who is connected, if that changed."""
        if self._presence_changed:
            self.pass_presence()
        if self.presence.forget(self.now()) or self._presence_changed:
            self._presence_changed = False
            self.signal_office(frames.encode({"presence": self.presence.shown(self.seats)}))
            self.delivery.moved()
        self.delivery.show()

    def pass_presence(self) -> None:
        self.elsewhere.pass_on("presence", lambda: self.presence.news(self.seats))

    def hear_presence(self, origin: str, payload: dict[str, Any]) -> None:
        """Who has come or gone at another process; shown with the next beat of presence."""
        try:
            self._presence_changed |= self.presence.hear(origin, payload, self.now())
        except Missing:
            self.elsewhere.ask()

    def signal_office(self, frame: bytes) -> None:
        for seat in self.seats:
            if seat.audience is Audience.CONSOLE and seat.version is not None and not seat.is_full:
                seat.line.write(frame)


def _concerned(before: Meeting, after: Meeting, events: Sequence[Event]) -> set[str] | None:
    """Whose personal part may have changed; None: anybody's.

    A quiet event concerns its participant only, and who has done it for them. Turning pages concerns nobody, and is what
    happens most.
    """
    if all(event.quiet for event in events):
        return {getattr(event, name, "") for event in events for name in ("participant", "by")}
    personal = (
        "people",
        "papers",
        "floor",
        "attendance",
        "voting",
        "sitting",
        "rights",
        "devices",
        "preparing",
        "comments",
    )
    same = all(getattr(before, part) is getattr(after, part) for part in personal)
    return set() if same and before.stage.presenter == after.stage.presenter else None
