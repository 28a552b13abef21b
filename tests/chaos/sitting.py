"""A meeting under way at a real server: five members with two tablets each, a chair, a secretary, a screen, and votes
one after another; what was asked and answered is written down and, in the end, checked."""

from __future__ import annotations

import asyncio
import contextlib
import json
import random
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from meetingroom.storage.engine import Reading
from meetingroom.storage.journal import Entry, Journal
from tests.chaos.devices import Device
from tests.chaos.disk import Disk
from tests.chaos.history import History, check
from tests.chaos.proxy import Proxy
from tests.servers import Server
from tests.stories import CHAIR, MEMBERS, SCREEN, SECRETARY

ANSWERS = ("yes", "no", "abstain")
PATIENCE = 60.0  # seconds after the fault has gone, until which everything must be answered and shown


@dataclass
class Verdict:
    commands: int
    acknowledged: int
    done: str  # what was done to the server
    found: list[str] = field(default_factory=list)


@dataclass
class Sitting:
    """`disk`, `proxy`: where faults are switched on. `hurry`: all cast at the moment of closing."""

    folder: Path
    server: Server
    disk: Disk | None
    proxy: Proxy
    chance: random.Random
    history: History
    devices: dict[str, Device]
    hurry: bool = False
    pause: float = 0.0  # seconds a vote stays open at most
    said: str = ""
    closings: int = 0
    between: asyncio.Lock = field(default_factory=asyncio.Lock)  # held during a vote
    patience: float = PATIENCE
    address: str = ""  # of a PostgreSQL
    _ends: bool = False

    async def restart(self, change: Callable[[], None] | None = None) -> None:
        """Killed, and started again on what the disk holds."""
        await asyncio.to_thread(self._restart, change)

    def _restart(self, change: Callable[[], None] | None) -> None:
        if self.server.process.poll() is None:
            self.server.kill()
        else:
            self.server._gone()
        if change:
            change()
        self.server.start()

    # -- what people do --------------------------------------------------------------------------------------------------

    async def votes(self) -> None:
        """Recorded and secret ones in turn, until told to end; one that was begun is finished."""
        chair, secretary, number = self.devices[CHAIR], self.devices[SECRETARY], 0
        while not self._ends:
            number += 1
            async with self.between:
                await self._vote(chair, secretary, f"Câu hỏi {number}", number % 2 == 0)

    async def _vote(self, chair: Device, secretary: Device, question: str, secret: bool) -> None:
        await secretary.give("voting.prepare", item="two", question=question, secret=secret)
        # Its id may have been in an answer that was lost with a killed server: everybody sees it.
        await chair.until(lambda: self._asked(chair, question) is not None)
        vote = str(self._asked(chair, question))
        await chair.give("voting.open", vote=vote, regardless=True)
        await asyncio.sleep(0.05 if self.hurry else 0.2 + self.chance.random() * self.pause)
        self.closings += 1
        await chair.give("voting.close", vote=vote)
        await chair.until(lambda: chair.view["voting"][vote]["phase"] == "closed")
        await chair.give("voting.announce", vote=vote)

    @staticmethod
    def _asked(device: Device, question: str) -> str | None:
        votes = device.view.get("voting", {})
        return next((key for key, vote in votes.items() if vote["question"] == question), None)

    async def ballots(self, device: Device) -> None:
        """Casts in every vote it sees, and sometimes changes its mind; the other tablet of the same person does so too."""
        while True:
            await device.until(lambda: self._open(device) is not None)
            vote = str(self._open(device))
            await asyncio.sleep(self.chance.random() * (0.1 if self.hurry else 0.4))
            await device.give("voting.cast", vote=vote, marks=[["q", self.chance.choice(ANSWERS)]])
            if self.chance.random() < 0.5:
                await device.until(lambda vote=vote: self._open(device) != vote)  # type: ignore[misc]

    @staticmethod
    def _open(device: Device) -> str | None:
        votes = device.view.get("voting", {})
        return next((key for key, vote in votes.items() if vote["phase"] == "open"), None)

    async def notices(self, device: Device) -> None:
        number = 0
        while True:
            number += 1
            await device.give("notices.send", text=f"{device.name} {number}")

    async def pages(self, device: Device) -> None:
        await device.give("stage.show", paper="report", page=1)
        while True:
            await device.give("stage.turn_page", paper="report", page=self.chance.randrange(1, 4))

    # -- and how it ends ------------------------------------------------------------------------------------------------

    async def settled(self, working: asyncio.Task[None], others: list[asyncio.Task[None]]) -> None:
        """No fault any more: the last vote is finished, all is answered, and every tablet shows the same version."""
        self._ends = True
        try:
            async with asyncio.timeout(self.patience):
                await working
                self.hurry = False
                for task in others:
                    task.cancel()
                while any(device.is_waiting for device in self.devices.values()):
                    await asyncio.sleep(0.05)
                while await self._behind():
                    await asyncio.sleep(0.1)
        except TimeoutError:
            self.history.faults.append(f"not all was answered and shown within {self.patience:.0f} s")
        self.history.shown = [device.shown() for device in self.devices.values()]

    async def _behind(self) -> bool:
        """Whether a tablet has not yet been shown all that is in the journal; counters come at the beat."""
        head = await asyncio.to_thread(_versions, self.server.data, self.address)
        return any(device.version != head for device in self.devices.values())

    def verdict(self, founded: int) -> Verdict:
        """After the server has stopped."""
        database = Reading(self.server.data, self.address)
        try:
            journal = Journal(database)
            entries: list[Entry] = journal.read("m")
            broken = journal.verify("m")
        finally:
            database.close()
        found = check(self.history, entries, founded)
        found += [f"the chain of hashes breaks at {broken}"] if broken else []
        keys = list((self.server.data / "keys").glob("vote-*.key"))
        found += [f"{len(keys)} keys of counted votes are left"] if keys else []
        return Verdict(len(self.history.calls), self.history.acknowledged, self.said, found)


Fault = Callable[[Sitting, float], Awaitable[None]]  # does its worst for so many seconds, and heals it


async def sit(
    folder: Path, fault: Fault, seconds: float, seed: int, *, disk: bool = False, power: bool = False,
    program: Path | None = None, patience: float = PATIENCE, address: str = "",
) -> Verdict:  # fmt: skip
    """A whole sitting under one fault."""
    data = folder / "data"
    founding = [sys.executable, "-m", "tests.chaos.founding", str(data), *filter(None, [address])]
    made = await asyncio.to_thread(subprocess.run, founding, capture_output=True, text=True, check=True, cwd=program)
    codes = json.loads(made.stdout)
    founded = _versions(data, address)
    faulty = Disk(folder, power) if disk or power else None
    environment = (faulty.environment if faulty else {}) | ({"MEETINGROOM_DATABASE": address} if address else {})
    server = await asyncio.to_thread(lambda: Server(data, environment=environment, program=program))
    chance = random.Random(seed)
    try:
        async with _sitting(folder, server, faulty, chance, codes) as sitting:
            sitting.patience, sitting.address = patience, address
            votes = asyncio.create_task(sitting.votes())
            voters = [device for device in sitting.devices.values() if device.person in MEMBERS]
            others = [
                *(asyncio.create_task(sitting.ballots(device)) for device in voters),
                asyncio.create_task(sitting.notices(sitting.devices["secretary-2"])),
                asyncio.create_task(sitting.pages(sitting.devices["chair-2"])),
            ]  # fmt: skip
            await fault(sitting, seconds)
            await sitting.settled(votes, others)
            for task in (votes, *others):
                task.cancel()
            await asyncio.gather(votes, *others, return_exceptions=True)
    finally:
        if server.process.poll() is None:
            await asyncio.to_thread(server.stop)
    return await asyncio.to_thread(sitting.verdict, founded)


def _versions(data: Path, address: str) -> int:
    database = Reading(data, address)
    try:
        return len(Journal(database).read("m"))
    finally:
        database.close()


@contextlib.asynccontextmanager
async def _sitting(
    folder: Path, server: Server, disk: Disk | None, chance: random.Random, codes: dict[str, str]
) -> AsyncIterator[Sitting]:
    history = History()
    async with Proxy(server.port, chance) as proxy:
        people = {CHAIR: CHAIR, "chair-2": CHAIR, SECRETARY: SECRETARY, "secretary-2": SECRETARY, SCREEN: SCREEN}
        people |= {f"{person}-{n}": person for person in MEMBERS if person != CHAIR for n in (1, 2)}
        cookies: dict[str, str] = {}
        for person in set(people.values()):
            answer: Any = await asyncio.to_thread(server.ask, "GET", f"/j/{codes[person]}")
            cookies[person] = answer.cookie
        devices = {
            name: Device(name, person, cookies[person], lambda: proxy.port, history) for name, person in people.items()
        }
        sitting = Sitting(folder, server, disk, proxy, chance, history, devices, pause=0.6)
        lines = [asyncio.create_task(device.run()) for device in devices.values()]
        try:
            for device in devices.values():
                await device.until(lambda device=device: device.version > 0)  # type: ignore[misc]
            yield sitting
        finally:
            for line in lines:
                line.cancel()
            await asyncio.gather(*lines, return_exceptions=True)


def until(seconds: float) -> Callable[[], bool]:
    """Whether there is still time."""
    end = time.monotonic() + seconds
    return lambda: time.monotonic() < end
