"""Room: one meeting as it runs in this process.

A single loop takes all waiting commands, decides them one after another, appends their events in one transaction,
and only then answers and shows. Nothing is acknowledged before it is durable; under load commits group themselves.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import secrets
from collections.abc import Callable, Coroutine, Iterable, Sequence
from typing import Any

from meetingroom.domain import meeting as domain
from meetingroom.domain.audience import Audience, audience_of
from meetingroom.domain.meeting import Meeting
from meetingroom.domain.messages import Command, Event, read_event
from meetingroom.domain.people import Participant
from meetingroom.domain.voting import ChangeVote, OpenVote
from meetingroom.live import frames, presence
from meetingroom.live.clock import Clock
from meetingroom.live.counting import Counting
from meetingroom.live.delivery import Delivery
from meetingroom.live.draft import Done, Draft, Unrecorded, Waiting
from meetingroom.live.seat import FULL, Seat
from meetingroom.live.showing import Showing
from meetingroom.live.spotlight import Spotlight
from meetingroom.storage.envelopes import Boxes, Unopenable
from meetingroom.storage.journal import Conflict, Entry, Journal, Summary, Write
from meetingroom.storage.meetings import taking_part
from meetingroom.storage.recorder import Recorder

log = logging.getLogger(__name__)

BEAT = 0.25  # seconds: the shortest time between two showings of counters
PULSE = 5.0  # seconds: a device that hears nothing for longer than twice this looks for a new connection
PRESENCE = 1.0

IDLE = 15 * 60 * 1000  # milliseconds: how long a room stays open that nobody asks for

MayAct = Callable[[str, Participant], bool]  # meeting, participant
Watch = Callable[["Room", Meeting], None]  # told after every change; the meeting as it was before


class UnreadableJournal(Exception):
    """The journal of a meeting cannot be replayed. `meeting`: as it was before the entry that cannot be read, if at all."""

    def __init__(self, key: str, version: int, meeting: Meeting | None) -> None:
        super().__init__(key, version)
        self.key, self.version, self.meeting = key, version, meeting


class Room:
    """Open with `Room.open`; `run` is its loop. All methods belong to the event loop's thread."""

    def __init__(
        self, meeting: Meeting, version: int, journal: Journal, boxes: Boxes, record: Recorder, clock: Clock
    ) -> None:
        self.meeting = meeting
        self.version = version
        self.epoch = secrets.token_urlsafe(8)  # a restarted server never patches what another one showed
        self.seats: set[Seat] = set()
        self._journal, self._boxes, self._record, self._clock = journal, boxes, record, clock
        self._given: dict[tuple[str, str], Done] = {}
        self._inbox: list[Waiting] = []
        self._at_hand: list[Waiting] = []
        self._asked_at = clock()
        self._rung = 0
        self.is_closed = False
        self._wake = asyncio.Event()
        self._showings: dict[Audience, Showing] = {}
        self._quiet_until_beat = False
        self._presence_changed = False
        self.spotlight = Spotlight(self)
        self.delivery = Delivery(self)
        self.watch: Watch | None = None
        self.listeners: set[asyncio.Event] = set()  # of those who look from outside; set after every change
        self._counting = Counting(boxes, record, self.give)

    @classmethod
    async def open(cls, meeting_id: str, journal: Journal, boxes: Boxes, record: Recorder, clock: Clock) -> Room:
        """Replay the journal. KeyError if there is no such meeting; UnreadableJournal."""
        try:
            entries: list[Entry] = await record(journal.read, meeting_id)
        except ValueError as error:  # a body that is no JSON
            raise UnreadableJournal(meeting_id, 0, None) from error
        if not entries:
            raise KeyError(meeting_id)
        room = cls(_replayed(entries), entries[-1].version, journal, boxes, record, clock)
        room._remember(entries)
        return room

    # -- commands ----------------------------------------------------------------------------------------------

    async def give(self, actor: str, command: Command, command_id: str | None = None) -> Done:
        """Carry out a command of the participant with this id (or SERVER.id).

        A command id that was carried out before is answered again and not done twice. Raises Refused, or Unrecorded.
        """
        if self.is_closed:
            raise Unrecorded  # another room of this meeting is opened by whoever asks again
        answer: asyncio.Future[Done] = asyncio.get_running_loop().create_future()
        self._inbox.append(Waiting(actor, command, command_id, answer))
        self._wake.set()
        return await answer

    async def run(self) -> None:
        """Take all that waits, decide it, record it, answer and show; until cancelled between two batches."""
        while True:
            await self._wake.wait()
            self._wake.clear()
            if self._rung > self.version:  # before deciding: what others recorded comes first
                await _to_its_end(self._hear())
            self._at_hand, self._inbox = self._inbox, []
            if self._at_hand:
                await _to_its_end(self._carry_out(self._at_hand))
                self._at_hand = []

    def ring(self, version: int) -> None:
        """The journal has come to this version, perhaps by another process."""
        if version > self.version:
            self._rung = version
            self._wake.set()

    async def _hear(self) -> None:
        try:
            await self._catch_up()
        except Exception as error:  # rung for again at the next look at the journal
            log.error("journal not caught up", extra={"meeting": self.meeting.id, "cause": repr(error)[:300]})

    async def _carry_out(self, batch: Sequence[Waiting]) -> None:
        try:
            await self._decide_and_record(batch)
        except Exception as error:  # whatever went wrong, everyone who waits must hear of it
            log.error("commands not recorded", extra={"meeting": self.meeting.id, "cause": repr(error)[:300]})
            for waiting in batch:
                if not waiting.answer.done():
                    waiting.answer.set_exception(Unrecorded())

    async def _decide_and_record(self, batch: Sequence[Waiting]) -> None:
        keys = await self._box_keys(batch)
        while True:
            draft = Draft(self.meeting, self.version, self._clock(), self._given, keys)
            for waiting in batch:
                draft.decide(waiting)
            try:
                if draft.entries:
                    also = [*draft.also, *_lists(self.meeting, draft.meeting)]
                    await self._record(self._journal.append, draft.entries, _summary(draft.meeting), also)
                break
            except Conflict:  # another process was first: take in what it wrote and decide again
                await self._catch_up()
        before = self.meeting
        self.meeting, self.version = draft.meeting, draft.version
        self._given |= draft.given
        draft.answer()  # first: whatever showing may run into, these are recorded
        self._show_after(before, draft.events)

    async def _box_keys(self, batch: Sequence[Waiting]) -> dict[str, str | None]:
        """Public keys of the secret votes that are to be opened; the private ones are durable before the first ballot.

        None where a key could not be made: that vote is not opened, all else goes on.
        """
        voting = self.meeting.voting
        opening = [waiting.command.vote for waiting in batch if isinstance(waiting.command, OpenVote)]
        changing = {waiting.command.vote for waiting in batch if isinstance(waiting.command, ChangeVote)}
        votes = [vote for vote in opening if vote in changing or (vote in voting and voting[vote].form.secret)]
        return {vote: await self._box_key(vote) for vote in votes}

    async def _box_key(self, vote: str) -> str | None:
        try:
            return str(await self._record(self._boxes.key, self.meeting.id, vote))
        except (OSError, Unopenable) as error:
            log.error("vote not opened", extra={"meeting": self.meeting.id, "vote": vote, "cause": repr(error)[:300]})
            return None

    async def _catch_up(self) -> None:
        entries: list[Entry] = await self._record(self._journal.read, self.meeting.id, self.version)
        if not entries:  # not another process then: the journal is not what this room was made of
            raise Unrecorded
        events = list(_events(entries))
        before = self.meeting
        for event in events:
            self.meeting = domain.evolve(self.meeting, event)
        self.version = entries[-1].version
        self._remember(entries)
        self._show_after(before, events)

    def _remember(self, entries: Iterable[Entry]) -> None:
        """Every command that is in the journal is answered from here when a device sends it once more."""
        for entry in entries:
            if entry.command:
                self._given[entry.actor, entry.command] = Done(entry.version, None)

    # -- seats -------------------------------------------------------------------------------------------------

    def join(self, seat: Seat) -> None:
        self.seats.add(seat)

    def leave(self, seat: Seat) -> None:
        self.seats.discard(seat)
        self._presence_changed = True

    def hello(self, seat: Seat, have: int | None, epoch: str | None) -> None:
        """Bring a device that comes or comes back to now: by nothing, by one patch, or by the snapshot."""
        showing = self._showing(seat.audience)
        mine = domain.own(self.meeting, self.meeting.people[seat.participant])
        seat.me = frames.dumps(mine)
        current = have is not None and epoch == self.epoch and showing.knows(have)
        if current and have is not None:
            seat.answer(frames.hello(self.epoch, have, self._clock(), mine, None))
            if have != showing.version:
                seat.answer(showing.catch_up(have))
        else:
            seat.answer(frames.hello(self.epoch, showing.version, self._clock(), mine, showing.snapshot()))
        seat.version = showing.version
        self.spotlight.show_now(seat)
        self._presence_changed = True

    def shown(self, audience: Audience) -> domain.View:
        """The view this audience was last shown."""
        return self._showing(audience).shown.view

    def follow(self, seat: Seat, following: bool) -> None:
        """A device says whether it looks at the stage."""
        if seat.following != following:
            seat.following = following
            self._presence_changed = True

    def signal_console(self, name: str, payload: dict[str, Any]) -> None:
        """Something fleeting for chair and secretary, without the journal."""
        self._signal(frames.encode({"signal": name, "with": payload}))

    def signal_person(self, participant: str, name: str, payload: dict[str, Any]) -> None:
        """Something fleeting for all devices of one participant, without the journal."""
        frame = frames.encode({"signal": name, "with": payload})
        for seat in self.seats:
            if seat.participant == participant and seat.version is not None and not seat.is_full:
                seat.line.write(frame)

    def review(self, session: str, may_act: MayAct) -> None:
        """Close the devices of a session that may not act as their participant any more."""
        for seat in [seat for seat in self.seats if seat.session == session]:
            person = self.meeting.people.get(seat.participant)
            if person is None or not may_act(self.meeting.id, person):
                seat.line.close(4401, "session ended")

    def asked(self) -> None:
        """Somebody has come to this room and may want something of it."""
        self._asked_at = self._clock()

    @property
    def is_idle(self) -> bool:
        """Nobody is here or has asked for a while, and nothing is to happen by itself."""
        if self.seats or self.listeners or self._inbox or self._at_hand:
            return False
        return self._clock() - self._asked_at > IDLE and not domain.expects(self.meeting)

    def close(self, code: int, reason: str) -> None:
        self.is_closed = True
        for listener in self.listeners:
            listener.set()
        for seat in list(self.seats):
            seat.line.close(code, reason)

    # -- showing -----------------------------------------------------------------------------------------------

    def _showing(self, audience: Audience) -> Showing:
        if audience not in self._showings:
            self._showings[audience] = Showing(audience, self.meeting, self.version)
        return self._showings[audience]

    def _show_after(self, before: Meeting, events: Sequence[Event]) -> None:
        """What goes wrong here is no longer the loss of those who gave the commands; the next beat shows what was missed."""
        if not events:
            return
        for listener in self.listeners:
            listener.set()
        try:
            self._show_changes(before, events)
        except Exception:
            log.exception("changes not shown", extra={"meeting": self.meeting.id, "version": self.version})
            self._quiet_until_beat = True
            for seat in self.seats:
                seat.me = None

    def _show_changes(self, before: Meeting, events: Sequence[Event]) -> None:
        """The personal parts at once; the rest at once too, or at the next beat where only counters changed."""
        if before.people is not self.meeting.people:
            self._reseat()
        self._show_own(before, events)
        if all(event.quiet for event in events):
            self._quiet_until_beat = True
        else:
            self._show()
            self.spotlight.turned()
        if self.watch:
            self.watch(self, before)

    def _show(self) -> None:
        """One frame per audience to every seat that is at the former version and takes it in."""
        self._quiet_until_beat = False
        for audience, showing in self._showings.items():
            former = showing.version
            try:
                frame = showing.advance(self.meeting, self.version)
            except Exception:  # a fault in one audience's view is not the others'
                log.exception("view not made", extra={"meeting": self.meeting.id, "version": self.version})
                continue
            if frame is None:
                continue
            for seat in self.seats:
                if seat.audience is audience and seat.version == former and seat.line.offer(frame, FULL):
                    seat.version = showing.version

    def _show_own(self, before: Meeting, events: Sequence[Event]) -> None:
        concerned = _concerned(before, self.meeting, events)
        if concerned is not None and not concerned:
            return
        for seat in self.seats:
            if seat.version is not None and (concerned is None or seat.participant in concerned):
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
                self.seats.discard(seat)
                seat.line.close(4403, "not a participant")
            elif audience_of(person) is not seat.audience:
                seat.audience = audience_of(person)
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

    def _bring_up(self, seat: Seat) -> None:
        showing = self._showing(seat.audience)
        if seat.version is not None and showing.knows(seat.version):
            seat.line.write(showing.catch_up(seat.version))
            seat.version = showing.version
        else:
            self.hello(seat, None, None)

    def pulse(self) -> None:
        """Say the time and the version, so that devices notice a dead line or a missed frame."""
        now = self._clock()
        for audience, showing in self._showings.items():
            frame = frames.encode({"pulse": now, "version": showing.version})
            for seat in self.seats:
                if seat.audience is audience and seat.version is not None and not seat.is_full:
                    seat.line.write(frame)

    def show_presence(self) -> None:
        """Tell the consoles who is connected, if that changed."""
        if self._presence_changed:
            self._presence_changed = False
            self._signal(frames.encode({"presence": presence.shown(self.seats)}))
            self.delivery.moved()
        self.delivery.show()

    def _signal(self, frame: bytes) -> None:
        for seat in self.seats:
            if seat.audience is Audience.CONSOLE and seat.version is not None and not seat.is_full:
                seat.line.write(frame)

    async def count_boxes(self) -> None:
        """Finish what closing a secret vote has begun, here or before a crash."""
        await self._counting.go_on(self.meeting)

    def due(self) -> tuple[Command, ...]:
        """Commands whose time has come."""
        return domain.due(self.meeting, self._clock())


async def _to_its_end(work: Coroutine[Any, Any, None]) -> None:
    """Await the work; a cancellation that comes meanwhile takes effect after it, not within."""
    task = asyncio.ensure_future(work)
    try:
        await asyncio.shield(task)
    except asyncio.CancelledError:
        await task
        raise


def _replayed(entries: Sequence[Entry]) -> Meeting:
    """Raises UnreadableJournal, whatever an entry is that this program did not write: it may be one of a newer program."""
    read: list[Event] = []
    try:
        read.extend(_events(entries))
        return domain.replay(read)
    except Exception as error:
        raise UnreadableJournal(entries[0].stream, len(read) + 1, _as_far_as(read)) from error


def _as_far_as(events: list[Event]) -> Meeting | None:
    with contextlib.suppress(Exception):
        return domain.replay(events)
    return None


def _events(entries: Iterable[Entry]) -> Iterable[Event]:
    return (read_event(entry.name, entry.body) for entry in entries)


def _lists(before: Meeting, after: Meeting) -> list[Write]:
    return [] if after.people is before.people else [taking_part(after.id, after.people)]


def _summary(meeting: Meeting) -> Summary:
    sitting = meeting.sitting
    return Summary(meeting.id, sitting.title, sitting.starts, sitting.phase.value, sitting.room)


def _concerned(before: Meeting, after: Meeting, events: Sequence[Event]) -> set[str] | None:
    """Whose personal part may have changed; None: anybody's.

    A quiet event concerns its participant only, and who has done it for them. Turning pages concerns nobody, and is what
    happens most.
    """
    if all(event.quiet for event in events):
        return {getattr(event, name, "") for event in events for name in ("participant", "by")}
    personal = ("people", "papers", "floor", "attendance", "voting", "sitting", "rights")
    same = all(getattr(before, part) is getattr(after, part) for part in personal)
    return set() if same and before.stage.presenter == after.stage.presenter else None
