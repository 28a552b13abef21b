"""A meeting in session as it runs here: a room over a real journal, and tablets on lines made of memory.

async with hall(tmp_path) as here:
    tablet = here.tablet(FINANCE)
    await here.room.give(CHAIR, TurnPage(paper="report", page=2))
    assert tablet.view["stage"]["page"] == 2
"""

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator, Callable, Sequence
from pathlib import Path
from typing import Any

from websockets.extensions.permessage_deflate import PerMessageDeflate
from websockets.frames import Frame, Opcode
from websockets.streams import StreamReader

from meetingroom.domain import meeting as domain
from meetingroom.domain.audience import Audience, audience_of, merge
from meetingroom.domain.messages import Event, write
from meetingroom.live.room import Room
from meetingroom.live.seat import Seat, Send
from meetingroom.storage.engine import Database
from meetingroom.storage.envelopes import Boxes
from meetingroom.storage.journal import Entry, Journal, Summary, Write
from meetingroom.storage.recorder import Recorder
from tests.stories import Story

NOW = 1_600_000_000_000
SUMMARY = Summary("m", "Phiên họp", 0, "in_session", "A")


class Watched(Journal):
    """Remembers how many entries each transaction had; fails and stops where a test wants it to."""

    def __init__(self, database: Database) -> None:
        super().__init__(database)
        self.transactions: list[int] = []
        self.failing: Exception | None = None  # raised instead of writing
        self.lost: Exception | None = None  # raised after writing: the answer of the disk did not arrive

    def append(self, entries: Sequence[Entry], summary: Summary, also: Sequence[Write] = ()) -> None:
        if self.failing:
            raise self.failing
        super().append(entries, summary, also)
        self.transactions.append(len(entries))
        if self.lost:
            raise self.lost


class Gate(Recorder):
    """A recorder whose disk takes its time: while `open` is not set, what is to be recorded waits."""

    def __init__(self) -> None:
        super().__init__()
        self.open = asyncio.Event()
        self.open.set()
        self.reached = asyncio.Event()

    async def __call__(self, function: Any, *arguments: Any) -> Any:
        self.reached.set()
        await self.open.wait()
        return await super().__call__(function, *arguments)

    def shut(self) -> None:
        self.open.clear()
        self.reached.clear()


class Tablet:
    """A device at the end of a line: keeps its view by patches, as the browser does, and notices a wrong frame."""

    inflates = False

    def __init__(self) -> None:
        self.frames: list[dict[str, Any]] = []
        self.raw: list[bytes] = []
        self.view: dict[str, Any] = {}
        self.me: dict[str, Any] = {}
        self.version = -1
        self.epoch = ""
        self._buffered = 0
        self._lost: Callable[[], None] | None = None
        self.closed: tuple[int, str] | None = None

    def write(self, frame: bytes) -> None:
        assert self.closed is None, "nothing is written to a closed line"
        self.raw.append(frame)
        self._take(decoded(frame))

    def offer(self, frame: bytes, most: int) -> bool:
        if self.buffered > most:
            return False
        self.write(frame)
        return True

    def straight(self, lost: Callable[[], None]) -> Send | None:
        if self.buffered or self.closed:
            return None
        self._lost = lost
        return self._send

    def _send(self, frame: bytes) -> int:
        assert self._lost, "nothing is sent past what waits"
        self.write(frame)
        return len(frame)

    def _part(self) -> None:
        lost, self._lost = self._lost, None
        if lost:
            lost()

    @property
    def buffered(self) -> int:
        return self._buffered

    @buffered.setter
    def buffered(self, size: int) -> None:
        if size:
            self._part()
        self._buffered = size

    def waiting(self) -> int:
        return self.buffered

    def close(self, code: int, reason: str) -> None:
        self._part()
        self.closed = self.closed or (code, reason)

    def _take(self, frame: dict[str, Any]) -> None:
        self.frames.append(frame)
        if "hello" in frame:
            self.epoch, self.me = frame["epoch"], frame["me"]
            if "view" in frame:
                self.view, self.version = frame["view"], frame["version"]
            assert self.version == frame["version"]
        elif "patch" in frame:
            assert frame["from"] == self.version, "a patch begins where the device is"
            assert frame["version"] > self.version
            self.view, self.version = merge(self.view, frame["patch"]), frame["version"]
        elif "me" in frame:
            self.me = frame["me"]

    def taken(self) -> list[dict[str, Any]]:
        """The frames since the last time."""
        frames, self.frames = self.frames, []
        return frames


def decoded(data: bytes) -> dict[str, Any]:
    """The message of exactly one websocket frame, read by another implementation than ours."""
    frame, rest = parsed(data)
    assert (frame.opcode, frame.fin, rest) == (Opcode.TEXT, True, b"")
    message: dict[str, Any] = json.loads(bytes(frame.data))
    return message


def parsed(data: bytes, deflate: bool = False) -> tuple[Frame, bytes]:
    """A frame as the websockets library reads what a server sends, and the bytes after it."""
    extensions = [PerMessageDeflate(True, True, 15, 15)] if deflate else None
    reader = StreamReader()
    reader.feed_data(data)
    reader.feed_eof()
    reading = Frame.parse(reader.read_exact, mask=False, extensions=extensions)
    try:
        next(reading)
    except StopIteration as parsed:
        frame: Frame = parsed.value
    else:
        raise AssertionError("an unfinished frame")
    return frame, bytes(reader.buffer)


class Hall:
    def __init__(self, database: Database, boxes: Boxes, journal: Watched, record: Gate) -> None:
        self.database, self.boxes, self.journal, self.record = database, boxes, journal, record
        self.now = NOW
        self.room: Room
        self._loop: asyncio.Task[None] | None = None
        self._ids = 0

    async def start(self) -> None:
        """Open the room, as after a restart of the server."""
        await self.stop()
        self.room = await Room.open("m", self.journal, self.boxes, self.record, lambda: self.now)
        self._loop = asyncio.create_task(self.room.run())

    async def stop(self) -> None:
        if self._loop:
            self._loop.cancel()
            await asyncio.gather(self._loop, return_exceptions=True)

    def seat(self, person: str, session: str = "s", kind: type[Tablet] = Tablet) -> tuple[Seat, Tablet]:
        """Somebody has connected and said nothing yet."""
        tablet = kind()
        seat = Seat(tablet, person, session, audience_of(self.room.meeting.people[person]))
        self.room.join(seat)
        return seat, tablet

    def tablet(self, person: str, session: str = "s", kind: type[Tablet] = Tablet) -> Tablet:
        """Somebody has connected and said hello."""
        seat, tablet = self.seat(person, session, kind)
        self.room.hello(seat, None, None)
        tablet.taken()
        return tablet

    def is_shown(self, tablet: Tablet, audience: Audience) -> bool:
        """Whether the tablet shows what this audience may see now."""
        return bool(tablet.view == json.loads(json.dumps(domain.view(self.room.meeting, audience).view)))

    def recorded(self, after: int = 0) -> list[Entry]:
        """What is in the journal, as another process reads it."""
        return Journal(self.database).read("m", after)

    def write_behind_its_back(self, *events: Event, actor: str = "secretary", command: str | None = None) -> None:
        """What another server records in the same meeting."""
        version = self.recorded()[-1].version
        entries = [
            Entry("m", version + n, self.now, actor, command if n == 1 else None, event.tag, write(event))
            for n, event in enumerate(events, start=1)
        ]
        Journal(self.database).append(entries, SUMMARY)


@contextlib.asynccontextmanager
async def hall(folder: Path, story: Story | None = None) -> AsyncIterator[Hall]:
    """The committee of the stories, in session, in a room of its own."""
    database, record = Database(folder / "data"), Gate()
    here = Hall(database, Boxes(database, folder / "keys"), Watched(database), record)
    events = (story or Story.in_session()).events
    entries = [
        Entry("m", n, NOW, "secretary", None, event.tag, write(event)) for n, event in enumerate(events, start=1)
    ]
    Journal(database).append(entries, SUMMARY)
    try:
        await here.start()
        yield here
    finally:
        record.open.set()
        await here.stop()
        record.close()
        database.close()
