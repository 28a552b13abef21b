"""Hearing: what other server processes record comes into the rooms of this one.

The bell says at once that there is something new; a look at the journal every two seconds makes up for what was not
heard. What is fleeting is handed to the room as it comes.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from meetingroom.storage.bell import Bell, Lost, Opened, Passed, Recorded, Ring, SessionChanged, Told
from meetingroom.storage.journal import Journal
from meetingroom.storage.recorder import Recorder

if TYPE_CHECKING:
    from meetingroom.live.rooms import Rooms

log = logging.getLogger(__name__)

LOOK = 2.0  # seconds between two looks at the journal
AGAIN = 1.0  # seconds until a lost line is tried again

Review = Callable[[str], Awaitable[None]]  # a session has changed


class Hearing:
    """For the rooms of this process; `listen` and `look` run until cancelled."""

    def __init__(
        self, rooms: Rooms, bell: Bell, journal: Journal, record: Recorder, review: Review, doubt: Callable[[], None]
    ) -> None:
        self._rooms, self._bell, self._journal, self._record = rooms, bell, journal, record
        self._review, self._doubt = review, doubt
        # Whether the line of the bell is open; without it the journal is looked at every LOOK seconds.
        self.hears = False

    async def listen(self) -> None:
        while True:
            try:
                async for rung in self._bell.rings():
                    await self._hear(rung)
            except Lost as lost:
                log.warning("bell not heard", extra={"cause": str(lost)[:300]})
            except Exception:
                log.exception("bell not heard")
            self.hears = False
            await asyncio.sleep(AGAIN)

    async def look(self) -> None:
        """One line in the log when it begins to fail, not one every two seconds."""
        failing = False
        while True:
            await asyncio.sleep(LOOK)
            try:
                await self._look()
            except Exception as error:
                if not failing:
                    log.error("journal not looked at", extra={"cause": repr(error)[:300]})
                failing = True
            else:
                failing = False

    async def _look(self) -> None:
        rooms = {room.meeting.id: room for room in self._rooms.running()}
        if rooms:
            versions = await self._record(self._journal.versions, list(rooms))
            for meeting, version in versions.items():
                rooms[meeting].ring(version)
            for meeting in rooms.keys() - versions.keys():  # erased by another process
                self._rooms.drop(meeting)

    async def _hear(self, rung: Ring) -> None:
        match rung:
            case Opened():
                self.hears = True
                self._doubt()  # first: a session that ended unheard has no seat perhaps, and is asked for over HTTP
                await self._look()
                for each in self._rooms.running():
                    each.elsewhere.ask()
                for session in {seat.session for room in self._rooms.running() for seat in room.seats}:
                    await self._review(session)
            case Recorded(meeting, version):
                if room := self._rooms.find(meeting):
                    room.ring(version)
            case Passed(meeting=meeting):
                if room := self._rooms.find(meeting):
                    room.elsewhere.hear(rung)
            case SessionChanged(session):
                await self._review(session)
            case Told(meeting, people, name, payload):
                if room := self._rooms.find(meeting):
                    for person in people:
                        room.signal_person(person, name, payload)
