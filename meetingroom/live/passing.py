"""Passing: what is fleeting in a room goes on to the rooms of the same meeting in other server processes, and comes from them.

The bell carries it, nothing keeps it. What is to be said is only made when the line is free, so that the newest replaces
what was not said yet; nobody waits for it, and a line that was lost is followed by everything anew.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections import deque
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from meetingroom.live import frames
from meetingroom.storage.bell import HERE, Bell, Lost, Passed, Say

if TYPE_CHECKING:
    from meetingroom.live.seats import Seats

log = logging.getLogger(__name__)

PAUSE = 1 / 30  # seconds between two words: as often as a pointer is shown
AGAIN = 1.0  # seconds until a lost line is tried again
EARLY = 200  # signals that wait until this process has read the page they belong to

Payload = dict[str, Any]
News = Callable[[], Payload | None]  # None: there is nothing to say any more
Wanted = tuple[str, str]  # meeting, name


class Passing:
    """Of one process: `give` never waits; `speak` runs until cancelled."""

    def __init__(self, bell: Bell, again: Callable[[], None]) -> None:
        self._bell, self._again = bell, again
        self._waiting: dict[Wanted, tuple[Seats, News]] = {}
        self._wake = asyncio.Event()

    def give(self, room: Seats, name: str, news: News) -> None:
        self._waiting[room.meeting.id, name] = room, news
        self._wake.set()

    async def speak(self) -> None:
        while True:
            try:
                async with self._bell.voice() as say:
                    self._again()  # what was said on the line before may not have arrived
                    await self._speak(say)
            except Lost:
                pass  # the log has it from where the bell is heard, which is the same database
            except Exception:
                log.exception("nothing passed on")
            await asyncio.sleep(AGAIN)

    async def _speak(self, say: Say) -> None:
        while True:
            await self._wake.wait()
            self._wake.clear()
            waiting, self._waiting = self._waiting, {}
            made = ((room, name, news()) for (_, name), (room, news) in waiting.items())
            said = [
                Passed(HERE, room.meeting.id, room.version, name, payload)
                for room, name, payload in made
                if payload is not None
            ]
            if said:
                await say(said)
            await asyncio.sleep(PAUSE)


class Elsewhere:
    """Of one room: the same meeting in the other processes. Without any (`begin` not called) nothing is said."""

    def __init__(self, room: Seats) -> None:
        self._room = room
        self._passing: Passing | None = None
        self._early: deque[Passed] = deque(maxlen=EARLY)

    def begin(self, passing: Passing) -> None:
        self._passing = passing
        self.ask()

    def pass_on(self, name: str, news: News) -> None:
        if self._passing:
            self._passing.give(self._room, name, news)

    def ask(self) -> None:
        """The others are to say what there is."""
        self.pass_on("asked", lambda: {})

    def again(self) -> None:
        """Say what there is here."""
        room = self._room
        room.presence.again()
        room.pass_presence()
        room.spotlight.again()
        room.delivery.again()

    def hear(self, passed: Passed) -> None:
        """What a process of another version says and this one cannot read is let go."""
        with contextlib.suppress(KeyError, ValueError, TypeError, AttributeError):
            self._hear(passed)

    def caught_up(self) -> None:
        """The room has read more of its journal: what came before the page it belongs to."""
        if self._early:
            early, self._early = self._early, deque(maxlen=EARLY)
            for passed in early:
                self.hear(passed)

    def _hear(self, passed: Passed) -> None:
        room = self._room
        match passed.name:
            case "asked":
                self.again()
            case "presence":
                room.hear_presence(passed.origin, passed.payload)
            case "board":
                room.delivery.wanted()
            case "delivery":
                room.delivery.hear(passed.payload)
            case "rendering":
                room.signal_office(frames.encode({"signal": passed.name, "with": passed.payload}))
            case _ if passed.version > room.version:
                self._early.append(passed)
            case _:
                room.spotlight.hear(passed.name, passed.payload)
