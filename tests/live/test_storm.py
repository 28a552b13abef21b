"""A hundred quick page turns to three hundred devices, with the server killed in the middle of it."""

from __future__ import annotations

import asyncio
import itertools
from collections import Counter
from pathlib import Path

from meetingroom.demo.device import Device
from meetingroom.storage.engine import Database
from meetingroom.storage.journal import Journal
from tests.servers import DemoServer

DEVICES, TURNS = 300, 100


def test_everyone_ends_on_the_chair_s_page_and_nothing_acknowledged_is_lost(tmp_path: Path) -> None:
    with DemoServer(tmp_path / "data") as server:
        last, acknowledged = asyncio.run(storm(server))
    journal = Journal(database := Database(tmp_path / "data"))
    entries = journal.read("demo-1")
    turned = [entry for entry in entries if entry.name == "stage.page_turned"]
    given = Counter(entry.command for entry in entries if entry.command)
    assert journal.verify("demo-1") is None
    database.close()
    assert set(acknowledged) <= set(given), "an acknowledged command is missing"
    assert max(given.values()) == 1, "a command was done twice"
    assert turned[-1].body["page"] == last


async def storm(server: DemoServer) -> tuple[int, list[str]]:
    """(the chair's last page, ids of acknowledged page turns)"""
    chair = await Device.join(server.base, server.code("chair"))
    codes = [
        code for key, code in server.links["codes"].items() if key not in ("chair", "service")
    ]  # staff see no stage
    people = [await Device.join(server.base, code) for code in codes]
    crowd = [Device(server.base, one.path, one.cookie) for one, _ in zip(itertools.cycle(people), range(DEVICES))]
    async with chair:
        await chair.until(lambda device: pages(device) > 20, 60)
        await chair.give("meeting.open", regardless=True)
        await chair.give("meeting.go_to", item="eight-months")
        for device in crowd:
            device.start()
        await asyncio.gather(*(device.until(shown, 60) for device in crowd))
        acknowledged = []
        for turn in range(TURNS):
            page = turn % 20 + 2
            if turn == TURNS // 2:
                answer = asyncio.create_task(turn_page(chair, page))
                await asyncio.to_thread(server.kill)
                await asyncio.to_thread(server.start)
                acknowledged.append(await answer)
            else:
                acknowledged.append(await turn_page(chair, page))
        for device in crowd:
            await device.until(lambda device: device.view["stage"].get("page") == page, 60)
            assert device.versions == sorted(device.versions), "a device was shown an older state"
        await asyncio.gather(*(device.stop() for device in crowd))
    return page, acknowledged


def pages(device: Device) -> int:
    return int(device.view["papers"].get("report", {}).get("pages", 0))


def shown(device: Device) -> bool:
    return device.version >= 0 and "paper" in device.view["stage"]


async def turn_page(chair: Device, page: int) -> str:
    answer = await chair.give("stage.turn_page", paper="report", page=page)
    assert "done" in answer, answer
    return str(answer["done"])
