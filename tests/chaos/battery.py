"""The faults, each against the real server as a process while a meeting votes."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from tests.chaos.disk import Disk, Missing
from tests.chaos.proxy import Weather
from tests.chaos.sitting import PATIENCE, Fault, Sitting, Verdict, sit, until
from tests.servers import Server
from tests.storage import postgres
from tests.stories import CHAIR, FINANCE

HOURS = 2 * 3600


@dataclass(frozen=True)
class Trial:
    """`needs`: "" or "disk" (a C compiler), "power" (that, and what is synced is kept aside), "postgres"."""

    fault: Fault
    needs: str = ""


async def none(sitting: Sitting, seconds: float) -> None:
    """Nothing at all: the checker must be silent here, too."""
    await asyncio.sleep(seconds)
    sitting.said = f"{sitting.closings} votes, undisturbed"


async def killed(sitting: Sitting, seconds: float) -> None:
    """Every second time right after somebody was told that it is done: what was said too early is lost then."""
    going, times = until(seconds), 0
    while going():
        await asyncio.sleep(0.2 + sitting.chance.random() * 1.3)
        if times % 2 == 0:
            before = sitting.history.acknowledged
            while sitting.history.acknowledged == before:
                await asyncio.sleep(0.002)
        await sitting.restart()
        times += 1
    sitting.said = f"SIGKILL at {times} random instants"


async def killed_closing(sitting: Sitting, seconds: float) -> None:
    """From the chair's word on, before the first, second, … thing the server does to its disk, until none is left."""
    disk, step, most = _disk(sitting), 0, 0
    going = until(seconds)
    while going():
        closings, before = sitting.closings, disk.get("operations")
        while sitting.closings == closings:
            await asyncio.sleep(0.002)
        step = 1 + (step % max(most, 12))
        disk.set(countdown=step)
        while sitting.server.process.poll() is None and not await _over(sitting):
            await asyncio.sleep(0.01)
        disk.set(countdown=0)
        most = max(most, min(60, disk.get("operations") - before))
        if sitting.server.process.poll() is not None:
            await sitting.restart()
    sitting.said = (
        f"SIGKILL before the operations 1 to {min(step, most)} on the disk while {sitting.closings} votes closed"
    )


async def _over(sitting: Sitting) -> bool:
    """Whether the vote that is being closed has come to its end all the same."""
    await asyncio.sleep(0)
    votes = sitting.devices[CHAIR].view.get("voting", {})
    return not any(vote["phase"] in ("open", "counting") for vote in votes.values())


async def power(sitting: Sitting, seconds: float) -> None:
    going, times, disk = until(seconds), 0, _disk(sitting)
    while going():
        await asyncio.sleep(0.2 + sitting.chance.random() * 1.8)
        await sitting.restart(lambda: disk.cut_power(sitting.chance))
        times += 1
    sitting.said = f"{times} power cuts: what was not synced is lost, all of it or any half"


async def full(sitting: Sitting, seconds: float) -> None:
    sitting.said = f"no space left, {await _at_times(sitting, seconds, full=1)} times, one restart in it"


async def write_errors(sitting: Sitting, seconds: float) -> None:
    sitting.said = f"every fifth write and sync fails, {await _at_times(sitting, seconds, writes=200, syncs=200)} times"


async def read_only(sitting: Sitting, seconds: float) -> None:
    sitting.said = f"read-only disk, {await _at_times(sitting, seconds, read_only=1)} times; a start on it is refused"


async def _at_times(sitting: Sitting, seconds: float, **fault: int) -> int:
    """On and off while the meeting goes on; once the server is killed in it and started in it."""
    going, times, disk = until(seconds), 0, _disk(sitting)
    while going():
        disk.set(**fault)
        await asyncio.sleep(0.3 + sitting.chance.random())
        if times == 1:
            await _started_in_it(sitting)
        disk.heal()
        times += 1
        await asyncio.sleep(0.5 + sitting.chance.random())
    return times


async def _started_in_it(sitting: Sitting) -> None:
    """It may start or refuse to, with a sentence; never with a traceback."""
    sitting.server.kill()
    try:
        await asyncio.to_thread(sitting.server.start)
    except AssertionError:
        last = sitting.server.logged().splitlines()[-1]
        if not last.startswith("meetingroom: "):
            sitting.history.faults.append(f"a start was refused like this: {last[:200]}")
        _disk(sitting).heal()
        await sitting.restart()


async def locked(sitting: Sitting, seconds: float) -> None:
    """Another program holds the database, for longer than the server is patient."""
    going, times = until(seconds), 0
    while going():
        held = sitting.chance.choice((0.3, 1.5, 6.5))
        await asyncio.to_thread(_hold, sitting, held)
        times += 1
        await asyncio.sleep(0.5)
    sitting.said = f"the database locked by another program {times} times, up to 6.5 s"


def _hold(sitting: Sitting, seconds: float) -> None:
    """In a process of its own: a lock of this one would be lost when another connection of it is closed."""
    text = (
        "import sqlite3,sys,time; c=sqlite3.connect(sys.argv[1],timeout=30,isolation_level=None); "
        "c.execute('BEGIN IMMEDIATE'); time.sleep(float(sys.argv[2])); c.execute('ROLLBACK')"
    )
    subprocess.run([sys.executable, "-c", text, str(sitting.server.data / "meetingroom.db"), str(seconds)], check=True)


async def network(sitting: Sitting, seconds: float) -> None:
    weather = Weather(cut=0.02, repeat=0.1, delay=0.05, split=True)
    going, silences = until(seconds), 0
    while going():
        sitting.proxy.weather = weather
        await asyncio.sleep(1.5)
        sitting.proxy.weather = Weather(silent=True)
        silences += 1
        await asyncio.sleep(sitting.chance.random())
        if sitting.chance.random() < 0.5:
            sitting.proxy.cut_all()
    sitting.proxy.weather = Weather()
    sitting.proxy.cut_all()
    sitting.said = f"{sitting.proxy.cuts} connections cut, pieces delayed, split and sent twice, {silences} silences"


async def clock(sitting: Sitting, seconds: float) -> None:
    going, jumps, disk = until(seconds), 0, _disk(sitting)
    while going():
        disk.set(clock=sitting.chance.choice((-HOURS, 0, HOURS)))
        jumps += 1
        await asyncio.sleep(0.3 + sitting.chance.random() * 0.5)
        if jumps % 4 == 0:
            await sitting.restart()
    disk.set(clock=0)
    sitting.said = f"{jumps} clock jumps of two hours, {jumps // 4} restarts with a wrong clock"


async def closing_instant(sitting: Sitting, seconds: float) -> None:
    sitting.hurry = True
    await asyncio.sleep(seconds)
    sitting.said = f"{sitting.closings} votes closed while everybody cast, from two tablets a person"


async def takeover(sitting: Sitting, seconds: float) -> None:
    """The chair is relieved and another takes the chair, and back, while the first one's commands are on their way."""
    going, times = until(seconds), 0
    secretary, old = sitting.devices["secretary-2"], sitting.devices["chair-2"]
    while going():
        sitting.proxy.weather = Weather(delay=0.1)
        async with sitting.between:  # who is in an open vote stays as they are
            talking = asyncio.create_task(_talk(sitting))
            await asyncio.sleep(0.3)
            for person, role in ((FINANCE, "chair"), (CHAIR, "delegate"), (CHAIR, "chair"), (FINANCE, "delegate")):
                office, seat = ("Chủ tịch UBND tỉnh", "1") if person == CHAIR else ("Giám đốc Sở Tài chính", "2")
                await secretary.give(
                    "people.change",
                    participant=person,
                    office=office,
                    role=role,
                    member=True,
                    seat=seat,
                    rank=int(seat),
                )
            await talking
        times += 1
        await asyncio.sleep(0.2)
    sitting.proxy.weather = Weather()
    late = sum(call.code == "not_permitted" for call in sitting.history.calls if call.person == old.person)
    sitting.said = f"the chair relieved and put back {times} times, {late} of the former chair's commands refused"


async def _talk(sitting: Sitting) -> None:
    for number in range(8):
        await sitting.devices["chair-2"].give("notices.send", text=f"{sitting.chance.random()} {number}")


async def database(sitting: Sitting, seconds: float) -> None:
    going, times = until(seconds), 0
    while going():
        await asyncio.sleep(0.3 + sitting.chance.random() * 1.5)
        await asyncio.to_thread(postgres.restart, sitting.address)
        times += 1
    sitting.said = f"PostgreSQL crashed and started again {times} times"


async def processes(sitting: Sitting, seconds: float) -> None:
    """Two share the meeting and a device is at either. One is killed and started again, in turn, and the lines are cut on
    which they hear of each other."""
    environment = {"MEETINGROOM_DATABASE": sitting.address}
    other = await asyncio.to_thread(lambda: Server(sitting.server.data, name="other", environment=environment))
    sitting.proxy.to.append(other.port)
    sitting.proxy.cut_all()
    going, kills, cuts, longest = until(seconds), 0, 0, 0.0
    try:
        while going():
            await asyncio.sleep(0.3 + sitting.chance.random())
            cuts += await asyncio.to_thread(postgres.cut_listeners, sitting.address)
            await asyncio.sleep(0.3 + sitting.chance.random())
            one = (sitting.server, other)[kills % 2]
            await asyncio.to_thread(one.kill)
            killed_at, before = time.monotonic(), sitting.history.acknowledged
            while sitting.history.acknowledged == before and time.monotonic() < killed_at + sitting.patience:
                await asyncio.sleep(0.002)
            longest = max(longest, time.monotonic() - killed_at)
            await asyncio.to_thread(one.start)
            kills += 1
    finally:
        sitting.proxy.to.remove(other.port)
        await asyncio.to_thread(other.stop)
    sitting.said = (
        f"one of two processes killed {kills} times, {cuts} listeners cut, answered again after {longest:.1f} s at most"
    )


async def stopped(sitting: Sitting, seconds: float) -> None:
    """The process stands still for a while, as a swapping or migrated machine does."""
    going, times = until(seconds), 0
    while going():
        os.kill(sitting.server.process.pid, signal.SIGSTOP)
        await asyncio.sleep(0.2 + sitting.chance.random())
        os.kill(sitting.server.process.pid, signal.SIGCONT)
        times += 1
        await asyncio.sleep(0.5 + sitting.chance.random())
    sitting.said = f"the process stood still {times} times"


def _disk(sitting: Sitting) -> Disk:
    assert sitting.disk, "this fault is one of the disk"
    return sitting.disk


async def try_out(folder: Path, trial: Trial, seconds: float, seed: int, patience: float = PATIENCE) -> Verdict:
    """A sitting under this fault, with what the fault needs. Raises Missing."""
    if trial.needs != "postgres":
        how = {"disk": trial.needs == "disk", "power": trial.needs == "power"}
        return await sit(folder, trial.fault, seconds, seed, patience=patience, **how)
    try:
        with postgres.server() as address:
            made = postgres.new_database(address)
            try:
                return await sit(folder, trial.fault, seconds, seed, patience=patience, address=made)
            finally:
                postgres.stop(made)
    except postgres.Missing as missing:
        raise Missing(str(missing)) from missing


BATTERY = {
    "none": Trial(none),
    "kill": Trial(killed),
    "kill-closing": Trial(killed_closing, "disk"),
    "power": Trial(power, "power"),
    "full": Trial(full, "disk"),
    "errors": Trial(write_errors, "disk"),
    "read-only": Trial(read_only, "disk"),
    "locked": Trial(locked),
    "network": Trial(network),
    "clock": Trial(clock, "disk"),
    "closing-instant": Trial(closing_instant),
    "takeover": Trial(takeover),
    "stopped": Trial(stopped),
    "database": Trial(database, "postgres"),
    "processes": Trial(processes, "postgres"),
}
