"""Rooms: the open meetings of this process, and the timekeeper that keeps their beat."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Callable, Coroutine, Iterator, Mapping, Sequence
from typing import Any

from meetingroom.domain.people import SERVER
from meetingroom.domain.phase import Phase
from meetingroom.domain.refusals import Refused
from meetingroom.live.clock import Clock, steady_clock
from meetingroom.live.draft import Unrecorded
from meetingroom.live.hearing import Hearing, Review
from meetingroom.live.passing import Passing
from meetingroom.live.room import BEAT, PRESENCE, PULSE, Room, UnreadableJournal, Watch
from meetingroom.live.seats import MayAct
from meetingroom.storage.bell import Bell, Told
from meetingroom.storage.envelopes import Boxes
from meetingroom.storage.journal import Journal
from meetingroom.storage.recorder import Recorder

log = logging.getLogger(__name__)


class Rooms:
    """Opens each meeting once, on first request, and closes it when it has been idle for long.

    `stop` ends all with "restarting", so that devices come back.
    """

    def __init__(self, journal: Journal, boxes: Boxes, record: Recorder, clock: Clock | None = None) -> None:
        self.clock = clock or steady_clock()
        self.watch: Watch | None = None  # of every room opened from now on
        self.opened: Callable[[Room], object] | None = None  # told of every room opened from now on
        self._journal, self._boxes, self._record = journal, boxes, record
        self.unreadable: dict[str, UnreadableJournal] = {}  # found when they were last opened
        self._bell: Bell | None = None  # where there may be other processes
        self._hearing: Hearing | None = None
        self._passing: Passing | None = None
        self._opening: dict[str, asyncio.Task[Room]] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    async def open(self, meeting_id: str) -> Room:
        """The room of this meeting. KeyError if there is no such meeting; UnreadableJournal."""
        opening = self._opening.get(meeting_id)
        if opening is None:
            opening = asyncio.ensure_future(self._start(meeting_id))
            self._opening[meeting_id] = opening
        try:
            room = await asyncio.shield(opening)
        except Exception:
            if self._opening.get(meeting_id) is opening:
                del self._opening[meeting_id]
            raise
        room.asked()
        return room

    async def _start(self, meeting_id: str) -> Room:
        try:
            room = await Room.open(meeting_id, self._journal, self._boxes, self._record, self.clock)
        except UnreadableJournal as unreadable:
            extra = {"meeting": meeting_id, "version": unreadable.version, "cause": repr(unreadable.__cause__)[:300]}
            log.error("journal not readable", extra=extra)
            self.unreadable[meeting_id] = unreadable
            raise
        self.unreadable.pop(meeting_id, None)
        room.watch = self.watch
        if self._passing:
            room.elsewhere.begin(self._passing)
        self._begin(self._keep(room, self._begin(room.run())))
        if self.opened:
            self.opened(room)
        return room

    def wake(self, phases: Mapping[str, str]) -> None:
        """Open, one after another, what a starting server may have something to do in: a deadline may have passed.

        What is closed waits until somebody asks for it, unless a ballot box's key was left that must be destroyed.
        """
        self._begin(self._wake(phases))

    async def _wake(self, phases: Mapping[str, str]) -> None:
        keys_left = await self._record(self._boxes.any_key)
        for key, phase in phases.items():
            if keys_left or phase != Phase.CLOSED:
                try:
                    await self.open(key)
                except UnreadableJournal:
                    continue  # said in the log; the others go on
                except Exception:
                    log.exception("meeting not opened", extra={"meeting": key})

    def _begin(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    async def _keep(self, room: Room, running: asyncio.Task[None]) -> None:
        """From opening a room until it has been idle for long. No await between that and closing it: nobody comes in then."""
        await keep_time(room)
        self._opening.pop(room.meeting.id, None)
        room.close(1012, "restarting")
        running.cancel()

    def drop(self, meeting_id: str) -> None:
        """The meeting was erased: nobody is in it any more."""
        self._journal.forget(meeting_id)
        if room := self.find(meeting_id):
            del self._opening[meeting_id]
            room.close(1012, "restarting")

    def listen(self, bell: Bell, review: Review, doubt: Callable[[], None]) -> None:
        """Hear what other processes record, where there may be any."""
        if bell.is_needed:
            self._bell = bell
            self._hearing = hearing = Hearing(self, bell, self._journal, self._record, review, doubt)
            self._begin(hearing.listen())
            self._begin(hearing.look())
            self._passing = Passing(bell, self._say_again)
            self._begin(self._passing.speak())

    def _say_again(self) -> None:
        for room in self.running():
            room.elsewhere.ask()
            room.elsewhere.again()

    @property
    def hears(self) -> bool | None:
        """Whether what other processes record is heard at once; None where there are no others."""
        return self._hearing.hears if self._hearing else None

    async def tell(self, room: Room, people: Sequence[str], name: str, payload: dict[str, Any]) -> None:
        """Something fleeting for all devices of these people, at whatever process they are."""
        for person in people:
            room.signal_person(person, name, payload)
        if self._bell:
            await self._record(self._bell.tell, Told(room.meeting.id, tuple(people), name, payload))

    def find(self, meeting_id: str) -> Room | None:
        """The room of this meeting if it is open now."""
        opening = self._opening.get(meeting_id)
        return opening.result() if opening and _is_open(opening) else None

    def running(self) -> Iterator[Room]:
        """The rooms that are open now."""
        return (opening.result() for opening in self._opening.values() if _is_open(opening))

    def review(self, session: str, may_act: MayAct) -> None:
        """A session has changed: close its devices, in every room, that may not act there any more."""
        for room in self.running():
            room.review(session, may_act)

    async def stop(self) -> None:
        """Finish the batches at hand, close all sockets with 1012."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        for room in self.running():
            room.close(1012, "restarting")


async def keep_time(room: Room) -> None:
    """The timekeeper of a room until it is idle: deadlines become ordinary commands; beat, presence and pulse are shown
    in time, also while a disk takes its time to record what was due."""
    beats, giving = 0, asyncio.create_task(_give_due(room))
    try:
        while not (room.is_idle or room.is_closed):
            await asyncio.sleep(BEAT)
            beats += 1
            if giving.done():
                giving = asyncio.create_task(_give_due(room))
            _beat(room, beats)
    finally:
        giving.cancel()


def _beat(room: Room, beats: int) -> None:
    try:
        room.beat()
        if beats % round(PRESENCE / BEAT) == 0:
            room.show_presence()
        if beats % round(PULSE / BEAT) == 0:
            room.pulse()
    except Exception:  # a room must not lose its clock for one bad beat
        log.exception("beat failed", extra={"meeting": room.meeting.id})


async def _give_due(room: Room) -> None:
    try:
        await _give_all_due(room)
    except Exception:
        log.exception("what is due not done", extra={"meeting": room.meeting.id})


async def _give_all_due(room: Room) -> None:
    for command in room.due():
        with contextlib.suppress(Refused, Unrecorded):  # given again at the next beat if still due
            await room.give(SERVER.id, command)
    with contextlib.suppress(Refused, Unrecorded):
        await room.count_boxes()


def _is_open(opening: asyncio.Future[Room]) -> bool:
    return opening.done() and not opening.cancelled() and opening.exception() is None
