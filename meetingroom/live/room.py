"""Room: one meeting as it runs in this process.

A single loop takes all waiting commands, decides them one after another, appends their events in one transaction,
and only then answers and shows. Nothing is acknowledged before it is durable; under load commits group themselves.
"""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections.abc import Callable, Coroutine, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol

from meetingroom.domain import meeting as domain
from meetingroom.domain.audience import Audience, audience_of
from meetingroom.domain.meeting import Decision, Facts, Meeting
from meetingroom.domain.messages import Command, Event, read_event, write
from meetingroom.domain.people import SERVER, Participant
from meetingroom.domain.refusals import Refused
from meetingroom.domain.voting import (
    ChangeVote,
    CountBox,
    EnvelopeCast,
    OpenVote,
    VoidVote,
    Vote,
    VoteCancelled,
    VoteClosed,
    VotePhase,
)
from meetingroom.domain.voting.ballot import read_ballot
from meetingroom.live import frames, presence
from meetingroom.live.clock import Clock
from meetingroom.live.seat import FULL, Seat
from meetingroom.live.showing import Showing
from meetingroom.live.spotlight import Spotlight
from meetingroom.storage.envelopes import Boxes, Unopenable, empty, put, seal
from meetingroom.storage.journal import Conflict, Entry, Journal, Summary, Write

log = logging.getLogger(__name__)

BEAT = 0.25  # seconds: the shortest time between two showings of counters
PULSE = 5.0  # seconds: a device that hears nothing for longer than twice this looks for a new connection
PRESENCE = 1.0


class Unrecorded(Exception):
    """The journal could not be written; nothing has happened, the command may be given again."""


MayAct = Callable[[str, Participant], bool]  # meeting, participant
Watch = Callable[["Room", Meeting], None]  # told after every change; the meeting as it was before


class Recorder(Protocol):
    """Runs a blocking storage call where it does not stop the room; calls are run in order."""

    async def __call__(self, function: Any, *arguments: Any) -> Any: ...


@dataclass(frozen=True, slots=True)
class Done:
    """Carried out and durable, at this version of the journal. `made` is the id of what was created."""

    version: int
    made: str | None


@dataclass(slots=True)
class _Waiting:
    actor: str
    command: Command
    id: str | None
    answer: asyncio.Future[Done]


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
        self._inbox: list[_Waiting] = []
        self._wake = asyncio.Event()
        self._showings: dict[Audience, Showing] = {}
        self._quiet_until_beat = False
        self._presence_changed = False
        self.spotlight = Spotlight(self)
        self.watch: Watch | None = None
        self._keys_seen: dict[bool, set[str]] = {True: set(), False: set()}  # of running and of finished votes

    @classmethod
    async def open(cls, meeting_id: str, journal: Journal, boxes: Boxes, record: Recorder, clock: Clock) -> Room:
        """Replay the journal. KeyError if there is no such meeting."""
        entries: list[Entry] = await record(journal.read, meeting_id)
        if not entries:
            raise KeyError(meeting_id)
        room = cls(domain.replay(_events(entries)), entries[-1].version, journal, boxes, record, clock)
        room._remember(entries)
        return room

    # -- commands ----------------------------------------------------------------------------------------------

    async def give(self, actor: str, command: Command, command_id: str | None = None) -> Done:
        """Carry out a command of the participant with this id (or SERVER.id).

        A command id that was carried out before is answered again and not done twice. Raises Refused, or Unrecorded.
        """
        answer: asyncio.Future[Done] = asyncio.get_running_loop().create_future()
        self._inbox.append(_Waiting(actor, command, command_id, answer))
        self._wake.set()
        return await answer

    async def run(self) -> None:
        """Take all that waits, decide it, record it, answer and show; until cancelled between two batches."""
        while True:
            await self._wake.wait()
            self._wake.clear()
            batch, self._inbox = self._inbox, []
            if batch:
                await _to_its_end(self._carry_out(batch))

    async def _carry_out(self, batch: Sequence[_Waiting]) -> None:
        try:
            await self._decide_and_record(batch)
        except Exception as error:  # whatever went wrong, everyone who waits must hear of it
            log.error("commands not recorded", extra={"meeting": self.meeting.id, "cause": repr(error)[:300]})
            for waiting in batch:
                if not waiting.answer.done():
                    waiting.answer.set_exception(Unrecorded())

    async def _decide_and_record(self, batch: Sequence[_Waiting]) -> None:
        keys = await self._box_keys(batch)
        while True:
            draft = _Draft(self.meeting, self.version, self._clock(), self._given, keys)
            for waiting in batch:
                draft.decide(waiting)
            try:
                if draft.entries:
                    await self._record(self._journal.append, draft.entries, _summary(draft.meeting), draft.also)
                break
            except Conflict:  # another process was first: take in what it wrote and decide again
                await self._catch_up()
        before = self.meeting
        self.meeting, self.version = draft.meeting, draft.version
        self._given |= draft.given
        draft.answer()  # first: whatever showing may run into, these are recorded
        self._show_after(before, draft.events)

    async def _box_keys(self, batch: Sequence[_Waiting]) -> dict[str, str]:
        """Public keys of the secret votes that are to be opened; the private ones are durable before the first ballot."""
        voting = self.meeting.voting
        opening = [waiting.command.vote for waiting in batch if isinstance(waiting.command, OpenVote)]
        changing = {waiting.command.vote for waiting in batch if isinstance(waiting.command, ChangeVote)}
        votes = [vote for vote in opening if vote in changing or (vote in voting and voting[vote].form.secret)]
        return {vote: await self._record(self._boxes.key, self.meeting.id, vote) for vote in votes}

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

    def close(self, code: int, reason: str) -> None:
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
            frame = showing.advance(self.meeting, self.version)
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

    def _signal(self, frame: bytes) -> None:
        for seat in self.seats:
            if seat.audience is Audience.CONSOLE and seat.version is not None and not seat.is_full:
                seat.line.write(frame)

    async def count_boxes(self) -> None:
        """Finish what closing a secret vote has begun, here or before a crash; keys of finished votes are destroyed.

        Every step may be repeated: the box is opened and counted, the count is recorded and the envelopes are deleted in
        one transaction, the key is destroyed.
        """
        for vote in self.meeting.voting.values():
            if vote.phase is VotePhase.COUNTING:
                await self.give(SERVER.id, await self._counted(vote.id))
            elif vote.public_key and vote.id not in self._keys_seen[vote.is_open]:
                await self._see_to_key(vote)
                self._keys_seen[vote.is_open].add(vote.id)

    async def _see_to_key(self, vote: Vote) -> None:
        """A running secret vote without its key (the database was restored, keys are in no backup) is void at once."""
        if not vote.is_open:
            await self._record(self._boxes.destroy, self.meeting.id, vote.id)
        elif not await self._record(self._boxes.has_key, self.meeting.id, vote.id, vote.public_key):
            log.error("secret vote void", extra={"meeting": self.meeting.id, "vote": vote.id, "cause": "no key"})
            await self.give(SERVER.id, VoidVote(vote=vote.id))

    async def _counted(self, vote: str) -> CountBox | VoidVote:
        try:
            box = await self._record(self._boxes.open, self.meeting.id, vote)
            if list(box.receipts) != sorted(self.meeting.voting[vote].receipts.values()):
                raise Unopenable("the box holds other envelopes than were handed in")
        except Unopenable as error:
            log.error("secret vote void", extra={"meeting": self.meeting.id, "vote": vote, "cause": str(error)})
            return VoidVote(vote=vote)
        ballots = [read_ballot(content.decode()) for content in box.contents]
        texts = sorted(ballot.text for ballot in ballots if ballot.text)
        return CountBox(
            vote=vote, sheets=tuple(ballot.marks for ballot in ballots), texts=tuple(texts), urn=box.receipts
        )

    def due(self) -> tuple[Command, ...]:
        """Commands whose time has come."""
        return domain.due(self.meeting, self._clock())


class _Draft:
    """A batch being decided: the meeting as it will be, the entries to record, the answers to give afterwards."""

    def __init__(
        self, meeting: Meeting, version: int, now: int, given: dict[tuple[str, str], Done], keys: dict[str, str]
    ) -> None:
        self.meeting, self.version, self._keys = meeting, version, keys
        self.also: list[Write] = []
        self.entries: list[Entry] = []
        self.events: list[Event] = []
        self.given: dict[tuple[str, str], Done] = {}
        self._now, self._before = now, given
        self._answers: list[tuple[_Waiting, Done | Refused | Unrecorded]] = []

    def decide(self, waiting: _Waiting) -> None:
        try:
            self._answers.append((waiting, self._done(waiting)))
        except Refused as refused:
            self._answers.append((waiting, refused))
        except Exception:  # a fault in the rules: not the others' loss
            log.exception("command not decided", extra={"meeting": self.meeting.id})
            self._answers.append((waiting, Unrecorded()))

    def _done(self, waiting: _Waiting) -> Done:
        key = (waiting.actor, waiting.id or "")
        if waiting.id and (again := self._before.get(key) or self.given.get(key)):
            return again
        public_key = self._keys.get(getattr(waiting.command, "vote", ""), "")
        facts = Facts(self._now, secrets.token_urlsafe(16), public_key)
        decision = domain.decide(self.meeting, self._actor(waiting.actor), waiting.command, facts)
        events, also = self._sealed(decision)
        meeting = self.meeting
        for event in events:
            meeting = domain.evolve(meeting, event)
        entries = [self._entry(waiting, index, event) for index, event in enumerate(events)]
        # From here on nothing can fail: a command is in the batch with all that belongs to it, or not at all.
        self.meeting = meeting
        self.version += len(events)
        self.events += events
        self.entries += entries
        self.also += also
        done = Done(self.version, decision.made)
        if waiting.id:
            self.given[key] = done
        return done

    def _entry(self, waiting: _Waiting, index: int, event: Event) -> Entry:
        return Entry(
            stream=self.meeting.id,
            version=self.version + index + 1,
            at=self._now,
            actor=waiting.actor,
            command=waiting.id if index == 0 else None,  # unique in the journal
            name=event.tag,
            body=write(event),
        )

    def _actor(self, key: str) -> Participant:
        """Who this is now: a role taken away while the command was on its way counts."""
        if key == SERVER.id:
            return SERVER
        person = self.meeting.people.get(key)
        if person is None:
            raise Refused("not_permitted")
        return person

    def _sealed(self, decision: Decision) -> tuple[list[Event], list[Write]]:
        """The events, with the receipt of the secret ballot that goes into its box with them; counted boxes are emptied."""
        events, also = list(decision.events), []
        for index, event in enumerate(events):
            if isinstance(event, EnvelopeCast) and decision.seal is not None:
                key = self.meeting.voting[event.vote].public_key
                envelope = seal(self.meeting.id, event.vote, event.participant, key, decision.seal)
                events[index] = replace(event, receipt=envelope.receipt)
                also.append(put(envelope))
            elif isinstance(event, VoteClosed | VoteCancelled):
                also.append(empty(self.meeting.id, event.vote))
        return events, also

    def answer(self) -> None:
        for waiting, answer in self._answers:
            if waiting.answer.done():  # whoever asked has gone
                continue
            if isinstance(answer, Done):
                waiting.answer.set_result(answer)
            else:
                waiting.answer.set_exception(answer)


async def _to_its_end(work: Coroutine[Any, Any, None]) -> None:
    """Await the work; a cancellation that comes meanwhile takes effect after it, not within."""
    task = asyncio.ensure_future(work)
    try:
        await asyncio.shield(task)
    except asyncio.CancelledError:
        await task
        raise


def _events(entries: Iterable[Entry]) -> Iterable[Event]:
    return (read_event(entry.name, entry.body) for entry in entries)


def _summary(meeting: Meeting) -> Summary:
    sitting = meeting.sitting
    return Summary(meeting.id, sitting.title, sitting.starts, sitting.phase.value, sitting.room)


def _concerned(before: Meeting, after: Meeting, events: Sequence[Event]) -> set[str] | None:
    """Whose personal part may have changed; None: anybody's.

    A quiet event concerns its participant only. Turning pages concerns nobody, and is what happens most.
    """
    if all(event.quiet for event in events):
        return {getattr(event, "participant", "") for event in events}
    personal = ("people", "papers", "floor", "attendance", "voting", "sitting")
    same = all(getattr(before, part) is getattr(after, part) for part in personal)
    return set() if same and before.stage.presenter == after.stage.presenter else None
