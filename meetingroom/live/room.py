"""Room: one meeting as it runs in this process.

A single loop takes all waiting commands, decides them one after another, appends their events in one transaction,
and only then answers and shows. Nothing is acknowledged before it is durable; under load commits group themselves.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Callable, Coroutine, Iterable, Sequence
from typing import Any

from meetingroom.domain import meeting as domain
from meetingroom.domain.meeting import Meeting
from meetingroom.domain.messages import OFFICE, Command, Event, read_event
from meetingroom.domain.outward import outward
from meetingroom.domain.people import SERVER
from meetingroom.domain.refusals import Refused
from meetingroom.domain.voting import ChangeVote, OpenVote
from meetingroom.domain.voting.vote import VotePhase
from meetingroom.live.clock import Clock
from meetingroom.live.counting import Counting
from meetingroom.live.draft import Done, Draft, Unrecorded, Waiting
from meetingroom.live.seats import Seats
from meetingroom.storage.envelopes import Boxes, Unopenable
from meetingroom.storage.hooks import tell
from meetingroom.storage.journal import Conflict, Entry, Journal, Summary, Write
from meetingroom.storage.meetings import taking_part
from meetingroom.storage.recorder import Recorder
from meetingroom.storage.tasks import following

log = logging.getLogger(__name__)

BEAT = 0.25  # seconds: the shortest time between two showings of counters
PULSE = 5.0  # seconds: a device that hears nothing for longer than twice this looks for a new connection
PRESENCE = 1.0
IDLE = 15 * 60 * 1000  # milliseconds: how long a room stays open that nobody asks for

Watch = Callable[["Room", Meeting], None]  # told after every change; the meeting as it was before


class UnreadableJournal(Exception):
    """The journal of a meeting cannot be replayed. `meeting`: as it was before the entry that cannot be read, if at all."""

    def __init__(self, key: str, version: int, meeting: Meeting | None) -> None:
        super().__init__(key, version)
        self.key, self.version, self.meeting = key, version, meeting


class Room(Seats):
    """Open with `Room.open`; `run` is its loop. All methods belong to the event loop's thread."""

    def __init__(
        self, meeting: Meeting, version: int, journal: Journal, boxes: Boxes, record: Recorder, clock: Clock
    ) -> None:
        super().__init__(meeting, version, clock)
        self._journal, self._boxes, self._record = journal, boxes, record
        self._given: dict[tuple[str, str], Done] = {}
        self._inbox: list[Waiting] = []
        self._at_hand: list[Waiting] = []
        self._asked_at = clock()
        self._rung = 0
        self.is_closed = False
        self.foreign = False  # adopted from another server: to be read only
        self._wake = asyncio.Event()
        self.watch: Watch | None = None
        self.listeners: set[asyncio.Event] = set()  # of those who look from outside; set after every change
        self._counting = Counting(boxes, record, self.give)

    @classmethod
    async def open(cls, meeting_id: str, journal: Journal, boxes: Boxes, record: Recorder, clock: Clock) -> Room:
        """Replay the journal. KeyError if there is no such meeting; UnreadableJournal."""
        entries = await entries_of(meeting_id, journal, record)
        room = cls(replayed(entries), entries[-1].version, journal, boxes, record, clock)
        room._remember(entries)
        room.foreign = await record(journal.is_foreign, meeting_id)
        return room

    # -- commands ----------------------------------------------------------------------------------------------

    async def give(self, actor: str, command: Command, command_id: str | None = None) -> Done:
        """Carry out a command of the participant with this id (or SERVER.id).

        A command id that was carried out before is answered again and not done twice. Raises Refused, or Unrecorded.
        """
        if self.is_closed:
            raise Unrecorded  # another room of this meeting is opened by whoever asks again
        if self.foreign and actor != SERVER.id:
            raise Refused("meeting.foreign")
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
        while True:
            keys = await self._box_keys(batch)  # each time: what another process wrote may have made a vote secret
            draft = Draft(self.meeting, self.version, self._clock(), self._given, keys)
            for waiting in batch:
                draft.decide(waiting)
            try:
                if draft.entries:
                    also = [*draft.also, *_lists(self.meeting, draft.meeting), *_told(draft, self._clock())]
                    if not all(event.quiet for event in draft.events):
                        also.append(self._preparing(draft))
                    summary = _summary(self.meeting, draft.meeting)
                    await self._record(self._journal.append, draft.entries, summary, also)
                break
            except Conflict:  # another process was first: take in what it wrote and decide again
                await self._catch_up()
        before = self.meeting
        self.meeting, self.version = draft.meeting, draft.version
        self._given |= draft.given
        draft.answer()  # first: whatever showing may run into, these are recorded
        self._show_after(before, draft.events)

    def _preparing(self, draft: Draft) -> Write:
        """The last of the transaction: from here the recording thread waits for the disk, and the loop has the time."""
        loop = asyncio.get_running_loop()

        def prepare(_: object) -> None:
            loop.call_soon_threadsafe(self.prepare, draft.meeting, draft.version)

        return prepare

    async def _box_keys(self, batch: Sequence[Waiting]) -> dict[str, str | None]:
        """Public keys of the secret votes that are to be opened; the private ones are durable before the first ballot.

        None where a key could not be made: that vote is not opened, all else goes on.
        """
        voting = self.meeting.voting
        opening = [
            waiting.command.vote
            for waiting in batch
            if isinstance(waiting.command, OpenVote) and self._is_office(waiting.actor)
        ]
        changing = {waiting.command.vote for waiting in batch if isinstance(waiting.command, ChangeVote)}
        votes = [
            vote
            for vote in opening
            if vote in voting
            and voting[vote].phase is VotePhase.PREPARED
            and (vote in changing or voting[vote].form.secret)
        ]
        return {vote: await self._box_key(vote) for vote in votes}

    def _is_office(self, actor: str) -> bool:
        person = self.meeting.people.get(actor)
        return actor == SERVER.id or (person is not None and person.role in OFFICE)

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
        before = meeting = self.meeting
        for event in events:
            meeting = domain.evolve(meeting, event)
        # Together: a room whose meeting is ahead of its version would take the same in twice.
        self.meeting, self.version = meeting, entries[-1].version
        self._remember(entries)
        self._show_after(before, events)

    def _remember(self, entries: Iterable[Entry]) -> None:
        """Every command that is in the journal is answered from here when a device sends it once more."""
        for entry in entries:
            if entry.command:
                self._given[entry.actor, entry.command] = Done(entry.version, None)

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

    def _show_after(self, before: Meeting, events: Sequence[Event]) -> None:
        """What goes wrong here is no longer the loss of those who gave the commands; the next beat shows what was missed."""
        if not events:
            return
        for listener in self.listeners:
            listener.set()
        try:
            self.show_changes(before, events)
            if self.watch:
                self.watch(self, before)
        except Exception:
            log.exception("changes not shown", extra={"meeting": self.meeting.id, "version": self.version})
            self.show_at_beat()

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


async def entries_of(meeting_id: str, journal: Journal, record: Recorder) -> list[Entry]:
    """At least one. KeyError if there is no such meeting; UnreadableJournal."""
    try:
        entries: list[Entry] = await record(journal.read, meeting_id)
    except ValueError as error:  # a body that is no JSON
        raise UnreadableJournal(meeting_id, 0, None) from error
    if not entries:
        raise KeyError(meeting_id)
    return entries


def replayed(entries: Sequence[Entry]) -> Meeting:
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
    written = [] if after.people is before.people else [taking_part(after.id, after.people)]
    same = after.conclusions is before.conclusions and after.reports is before.reports
    if (not after.conclusions and same) or (same and after.people is before.people):
        return written
    return [*written, following(after.id, after.conclusions, after.people, after.reports)]


def _told(draft: Draft, now: int) -> list[Write]:
    told = outward(draft.meeting, draft.events)
    return [tell(draft.meeting.id, told, now)] if told else []


def _summary(before: Meeting, meeting: Meeting) -> Summary | None:
    """None: as it was."""
    sitting = meeting.sitting
    if sitting is before.sitting:
        return None
    listed = (sitting.starts, sitting.listed, sitting.room, sitting.ends, sitting.kind, sitting.unit)
    return Summary(meeting.id, sitting.title, *listed)
