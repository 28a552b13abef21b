"""The rehearsal of a network: simulated tablets follow a short meeting, and a chair is told whether it would go well."""

from __future__ import annotations

import asyncio
import statistics
import time
from collections.abc import Awaitable, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass

from meetingroom.demo.device import Device, NotAdmitted

PATIENCE = 20.0  # seconds after which a tablet counts as lost at that step
ARRIVING = 120.0  # a door through which people come one after another
DOOR = 8  # who type their codes at the same moment; many more from one address look like guessing
TURNS = 8
WIDTH = 1600
STEPS = ("join", "turn", "image", "ballot", "back")


@dataclass(frozen=True, slots=True)
class Step:
    """Seconds from its beginning until the median and the slowest tablet were through, and how many never were."""

    name: str
    median: float
    slowest: float
    lost: int


@dataclass(frozen=True, slots=True)
class Limit:
    """More seconds than this people notice; what it is, and what to try, in Vietnamese and English."""

    most: float
    vi: str
    en: str
    try_vi: str
    try_en: str


LIMITS = {
    "join": Limit(
        15, "vào họp", "joining",
        "cho đại biểu vào phòng sớm hơn; kiểm tra điểm phát Wi-Fi nhận đủ số máy không",
        "let people arrive earlier; see whether the access points admit that many devices",
    ),
    "turn": Limit(
        1, "lật trang", "turning a page",
        "thêm điểm phát Wi-Fi, chuyển máy sang băng tần 5 GHz, nối máy chủ bằng dây mạng",
        "add access points, move the tablets to 5 GHz, connect the server by cable",
    ),
    "image": Limit(
        4, "tải ảnh trang", "loading a page",
        "phát tài liệu trước giờ họp để máy tải sẵn; nối máy chủ bằng dây mạng 1 Gbit/s",
        "release the papers before the meeting, so that tablets have them; connect the server at 1 Gbit/s",
    ),
    "ballot": Limit(
        2, "ghi nhận phiếu", "recording ballots",
        "xem ổ đĩa của máy chủ bằng meetingroom doctor; đóng chương trình khác trên máy chủ",
        "look at the server's disk with meetingroom doctor; end other programs on the server",
    ),
    "back": Limit(
        6, "nối lại sau khi mất mạng", "coming back after the network was lost",
        "kiểm tra điểm phát Wi-Fi; thiết bị trung gian không được ngắt kết nối websocket",
        "see to the access points; nothing in between may cut websockets",
    ),
}  # fmt: skip


async def rehearse(base: str, chair: str, codes: Sequence[str]) -> list[Step]:
    """Plays the meeting of these codes to its end. Raises NotAdmitted, OSError, or TimeoutError where nobody gets in."""
    asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(min(100, len(codes) + 1)))
    async with await Device.join(base, chair) as lead:
        if lead.view["meeting"]["phase"] == "closed":
            raise NotAdmitted("played already")
        await lead.until(lambda d: bool(d.view["papers"]["paper"].get("pages")), ARRIVING)
        tablets: list[Device] = []
        door = asyncio.Semaphore(DOOR)
        try:
            steps = [await _timed("join", [_joined(base, code, tablets, door) for code in codes], ARRIVING)]
            if not tablets:
                raise TimeoutError
            steps += await _meeting(lead, tablets)
        finally:
            await asyncio.gather(*(tablet.stop() for tablet in tablets))
        await lead.give("meeting.close")
    return steps


async def _meeting(lead: Device, tablets: Sequence[Device]) -> list[Step]:
    await asyncio.gather(*(tablet.give("attendance.check_in") for tablet in tablets))
    await lead.give("meeting.open", regardless=True)
    await lead.give("stage.show", paper="paper", page=1)
    turns = []
    for page in range(2, 2 + TURNS):
        shown = [_until(tablet, lambda d, page=page: d.view["stage"].get("page") == page) for tablet in tablets]  # type: ignore[misc]
        turning = asyncio.create_task(_timed("turn", shown))
        await asyncio.sleep(0)
        await lead.give("stage.turn_page", paper="paper", page=page)
        turns.append(await turning)
    image = await _timed("image", [_fetched(tablet, f"pages/paper-1/{2 + TURNS}/{WIDTH}") for tablet in tablets])
    await lead.give("voting.open", vote="vote")
    ballot = await _timed("ballot", [_cast(tablet) for tablet in tablets])
    await lead.give("voting.close", vote="vote")
    back = await _timed("back", [_back(tablet) for tablet in tablets])
    turn = Step(
        "turn", statistics.median(t.median for t in turns), max(t.slowest for t in turns), max(t.lost for t in turns)
    )
    return [turn, image, ballot, back]


async def _timed(name: str, works: Sequence[Awaitable[bool]], patience: float = PATIENCE) -> Step:
    begun = time.monotonic()

    async def one(work: Awaitable[bool]) -> float | None:
        try:
            async with asyncio.timeout(patience):
                return time.monotonic() - begun if await work else None
        except (TimeoutError, OSError):
            return None

    took = await asyncio.gather(*(one(work) for work in works))
    through = [each for each in took if each is not None]
    return Step(
        name,
        round(statistics.median(through), 3) if through else patience,
        round(max(through, default=patience), 3),
        len(took) - len(through),
    )


async def _joined(base: str, code: str, tablets: list[Device], door: asyncio.Semaphore) -> bool:
    async with door:
        tablet = await Device.join(base, code)
    tablets.append(tablet)
    tablet.start()
    return await _until(tablet, lambda device: device.version >= 0)


async def _until(tablet: Device, condition: Callable[[Device], bool]) -> bool:
    await tablet.until(condition, ARRIVING)
    return True


async def _fetched(tablet: Device, path: str) -> bool:
    status, body = await tablet.fetch(path)
    return status == 200 and bool(body)


async def _cast(tablet: Device) -> bool:
    return "done" in await tablet.give("voting.cast", vote="vote", marks=[["q", "yes"]])


async def _back(tablet: Device) -> bool:
    before = tablet.hellos
    await tablet.drop()
    return await _until(tablet, lambda device: device.hellos > before)


def verdict(steps: Sequence[Step], tablets: int) -> list[str]:
    """Sentences a chair understands: all is well, or what is too slow and what to try; Vietnamese, then English."""
    bad = [step for step in steps if step.lost or step.slowest > LIMITS[step.name].most]
    turn = next(step for step in steps if step.name == "turn")
    if not bad:
        soon = turn.slowest < 0.1
        vi, en = ("chưa đến 0,1", "less than 0.1") if soon else (_seconds(turn.slowest), f"{turn.slowest:.1f}")
        return [
            f"Mạng đủ cho {tablets} máy: lật trang đến máy chậm nhất sau {vi} giây.",
            f"The network will do for {tablets} tablets: a page is turned on the slowest of them after {en} seconds.",
        ]
    lines = [f"Mạng chưa đủ cho {tablets} máy.", f"The network will not do for {tablets} tablets."]
    for step in bad:
        limit = LIMITS[step.name]
        vi = f"{step.lost} máy không xong" if step.lost else f"máy chậm nhất mất {_seconds(step.slowest)} giây"
        en = f"{step.lost} tablets never got through" if step.lost else f"the slowest took {step.slowest:.1f} seconds"
        lines += [
            f"– Chậm ở bước {limit.vi}: {vi}. Nên thử: {limit.try_vi}.",
            f"– Too slow at {limit.en}: {en}. Try: {limit.try_en}.",
        ]
    return lines


def told(steps: Sequence[Step], tablets: int) -> dict[str, object]:
    """The same for programs."""
    good = all(not step.lost and step.slowest <= LIMITS[step.name].most for step in steps)
    return {
        "tablets": tablets,
        "good": good,
        "steps": [asdict(step) for step in steps],
        "verdict": verdict(steps, tablets),
    }


def _seconds(spent: float) -> str:
    return f"{spent:.1f}".replace(".", ",")
