"""Simulated delegates: over real websockets they check in, follow, browse, ask to speak and vote like people.

    python -m meetingroom.demo.delegates http://127.0.0.1:8000 < codes     (one personal code a line)

A process of its own, so that one person can see a living room and the server is not slowed by its own guests.
"""

from __future__ import annotations

import asyncio
import contextlib
import random
import sys
from typing import Any

from meetingroom.demo.device import Device, NotAdmitted

TOPICS = (
    "Kết nối phần mềm một cửa với trục LGSP",
    "Kinh phí duy trì hệ thống phòng họp không giấy tờ",
    "Tiến độ 921 dịch vụ công trực tuyến",
    "Đào tạo công chức cấp huyện, cấp xã",
    "Tiêu chí xếp hạng cơ quan, đơn vị",
    "",
)
QUESTIONS = (
    "Vì sao 143 dịch vụ công chưa kết nối?",
    "Bao giờ cấp xã có đủ thiết bị?",
    "Nguồn kinh phí duy trì năm sau lấy từ đâu?",
)
PROCEDURE = (
    "Đề nghị nghỉ giải lao",
    "Tài liệu trang 5 không rõ",
    "Đề nghị biểu quyết từng phần",
)
WAITING_ENOUGH = 4  # nobody more asks to speak while so many wait
WIDTH = 1600


class Delegate:
    """One person with a tablet: a temper (seeded), and what they do with what they see."""

    def __init__(self, device: Device, seed: int) -> None:
        self.device = device
        self.temper = random.Random(seed)
        self.reading: tuple[str, int] | None = None
        self.voted: set[str] = set()
        self.asked: set[str] = set()

    async def attend(self) -> None:
        """Until cancelled: look up now and then, and do what a delegate would."""
        async with self.device as device:
            await asyncio.sleep(self.temper.uniform(0.5, 8))
            await device.signal("reading", following=True)
            while True:
                await self._look()
                await asyncio.sleep(self.temper.uniform(0.4, 1.6))

    async def _look(self) -> None:
        view = self.device.view
        if view["meeting"]["phase"] != "closed" and not self.device.me.get("present"):
            await self.device.give("attendance.check_in")
        await self._read(view)
        await self._vote(view)
        if view["meeting"]["phase"] == "in_session":
            await self._speak(view)

    async def _read(self, view: dict[str, Any]) -> None:
        """Fetches the staged page as a tablet does; now and then browses alone for some seconds."""
        stage = view["stage"]
        if "paper" in stage and self.reading != (stage["revision"], stage["page"]):
            self.reading = stage["revision"], stage["page"]
            await self.device.fetch(f"pages/{stage['revision']}/{stage['page']}/{WIDTH}")
        elif "paper" in stage and self.temper.random() < 0.02:
            await self.device.signal("reading", following=False)
            page = self.temper.randint(1, view["papers"][stage["paper"]]["pages"])
            await self.device.fetch(f"pages/{stage['revision']}/{page}/{WIDTH}")
            await asyncio.sleep(self.temper.uniform(4, 15))
            await self.device.signal("reading", following=True)

    async def _vote(self, view: dict[str, Any]) -> None:
        for key, said in self.device.me["ready"].items():
            if not said and key not in self.asked:
                self.asked.add(key)
                await asyncio.sleep(self.temper.uniform(1, 6))
                await self.device.give("voting.say_ready", vote=key)
        for key, vote in view["voting"].items():
            if vote["phase"] == "open" and key in self.device.me["electors"] and key not in self.voted:
                self.voted.add(key)
                await asyncio.sleep(self.temper.uniform(1, 12))
                answer = await self.device.give("voting.cast", vote=key, **filled(vote, self.temper))
                if answer.get("code") == "voting.suspended":
                    self.voted.discard(key)

    async def _speak(self, view: dict[str, Any]) -> None:
        floor, me = view["floor"], self.device.me
        speech = floor.get("speech", {})
        if me.get("speaking"):
            await asyncio.sleep(
                self.temper.uniform(10, 25) if speech.get("kind") == "order" else self.temper.uniform(20, 60)
            )
            if self.device.me.get("speaking"):  # not interrupted meanwhile
                await self.device.give("floor.end")
        elif speech.get("to") == me["id"] and "reply" not in me["requests"]:
            await asyncio.sleep(self.temper.uniform(2, 8))
            await self.device.give("floor.request", kind="reply")
        elif me["requests"]:
            if self.temper.random() < 0.002:
                await self.device.give("floor.withdraw")
        elif len(floor["requests"]) < WAITING_ENOUGH and self.temper.random() < 0.004:
            await self._ask(view)

    async def _ask(self, view: dict[str, Any]) -> None:
        """Mostly to speak; now and then a question to a colleague, an answer to the one who speaks, a point of order."""
        kind = self.temper.choices(("speak", "question", "debate", "order"), (12, 4, 3, 1))[0]
        topics = PROCEDURE if kind == "order" else QUESTIONS if kind == "question" else TOPICS
        asked = {"kind": kind, "topic": self.temper.choice(topics)}
        if kind == "question":
            others = [key for key in view["attendance"]["present"] if key != self.device.me["id"]]
            if not others:
                return
            asked["to"] = self.temper.choice(others)
        await self.device.give("floor.request", **asked)


OPINIONS = ("Đề nghị bổ sung nguồn kinh phí", "Đề nghị làm rõ trách nhiệm của từng cơ quan")
MOOD = {"yes": 17, "no": 2, "abstain": 2, "other": 2, "high": 12, "trust": 7, "low": 2}


def filled(vote: dict[str, Any], temper: random.Random) -> dict[str, Any]:
    """A valid ballot of whatever kind, as a delegate of this temper would fill it in."""
    options = sorted(vote["options"], key=lambda option: vote["options"][option]["order"])
    if vote["blank"] and temper.random() < 0.05:
        return {"marks": []}
    if vote["kind"] in ("choice", "election"):
        number = temper.randint(max(1, vote["least"]), vote["most"])
        liked = sorted(options, key=lambda option: temper.random() * len(options) + vote["options"][option]["order"])
        return {"marks": [[option, "yes"] for option in liked[:number]]}
    weights = [MOOD[answer] for answer in vote["answers"]]
    marks = [[option, temper.choices(vote["answers"], weights)[0]] for option in options]
    return {"marks": marks, "text": temper.choice(OPINIONS)}


async def simulate(base: str, codes: list[str]) -> None:
    """All delegates at once, for ever. They arrive one after another, as people come through a door."""
    async with asyncio.TaskGroup() as room:
        for seed, code in enumerate(codes):
            room.create_task(_attend(base, code, seed))
            await asyncio.sleep(0.05)


async def _attend(base: str, code: str, seed: int) -> None:
    with contextlib.suppress(NotAdmitted):  # removed from the meeting: goes home
        await Delegate(await Device.join(base, code), seed).attend()


def main() -> None:
    codes = sys.stdin.read().split()
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(simulate(sys.argv[1], codes))


if __name__ == "__main__":
    main()
