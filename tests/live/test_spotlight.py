"""What the presenter shows on the page passes through the room: newest only, to those who see the page, in no journal."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from meetingroom.domain.papers.messages import ChangePaper, Readers
from meetingroom.domain.stage import HandOver, TurnPage
from meetingroom.live.ink import NUMBERS, ONCE, PAGES
from meetingroom.live.seat import Seat
from tests.live.hall import Hall, Tablet, hall
from tests.stories import CHAIR, FINANCE, GUEST, HEALTH, SECRETARY

PART = {"x": 100, "y": 200, "width": 300, "height": 150}


def look(page: int = 1, **part: float) -> dict[str, Any]:
    return {"paper": "report", "page": page, **part}


class Device:
    """A seat and its tablet."""

    def __init__(self, here: Hall, person: str) -> None:
        self.seat: Seat
        self.tablet: Tablet
        self.here = here
        self.seat, self.tablet = here.seat(person)
        here.room.hello(self.seat, None, None)

    def signal(self, name: str, payload: dict[str, Any]) -> None:
        self.here.room.spotlight.take(self.seat, name, payload)

    def heard(self, name: str) -> list[dict[str, Any]]:
        return [frame["with"] for frame in self.tablet.frames if frame.get("signal") == name]


def told(story: Callable[[Hall], Awaitable[None]]) -> Callable[[Path], None]:
    """A story in a hall of its own."""

    async def run(folder: Path) -> None:
        async with hall(folder) as here:
            await story(here)

    def test(tmp_path: Path) -> None:
        asyncio.run(run(tmp_path))

    return test


@told
async def test_the_part_shown_reaches_everyone_but_the_one_who_shows_it(here: Hall) -> None:
    chair, finance, guest = Device(here, CHAIR), Device(here, FINANCE), Device(here, GUEST)
    before = here.room.version
    chair.signal("look", look(**PART))
    for tablet in (finance, guest):
        assert tablet.heard("look") == [look(**PART)]
    assert chair.heard("look") == []
    assert here.room.version == before, "it is in no journal"


@told
async def test_the_newest_replaces_what_was_not_shown_yet(here: Hall) -> None:
    chair, finance = Device(here, CHAIR), Device(here, FINANCE)
    for y in range(50):
        chair.signal("look", look(**PART | {"y": y}))
        chair.signal("pointer", look(x=1, y=y))
    assert len(finance.heard("look")) == len(finance.heard("pointer")) == 1
    for _ in range(500):
        await asyncio.sleep(0.01)
        if finance.heard("look")[-1]["y"] == finance.heard("pointer")[-1]["y"] == 49:
            break
    assert len(finance.heard("look")) == len(finance.heard("pointer")) == 2


@told
async def test_only_who_presents_now_is_believed(here: Hall) -> None:
    chair, finance, health = Device(here, CHAIR), Device(here, FINANCE), Device(here, HEALTH)
    finance.signal("look", look(**PART))
    assert health.heard("look") == []
    await here.room.give(CHAIR, HandOver(participant=FINANCE))
    chair.signal("look", look(**PART))
    assert health.heard("look") == []
    finance.signal("look", look(**PART))
    assert health.heard("look") == chair.heard("look") == [look(**PART)]


@told
async def test_a_page_holds_so_much_ink_and_who_draws_hears_it(here: Hall) -> None:
    chair, finance = Device(here, CHAIR), Device(here, FINANCE)
    for number in range(NUMBERS // ONCE):
        chair.signal("ink", look(id=f"s{number // 10}", colour="red", points=[1.23456] * ONCE))
    for _ in range(3):
        chair.signal("ink", look(id="more", colour="red", points=[1, 1]))
    [told] = chair.heard("ink")
    assert told["full"] is True and "more" not in told["strokes"]
    assert finance.heard("ink") == [] and finance.heard("stroke")[0]["points"] == [1.2] * ONCE
    assert len(finance.heard("stroke")) == NUMBERS // ONCE
    chair.signal("wipe", look())
    chair.signal("ink", look(id="more", colour="red", points=[1, 1]))
    assert finance.heard("stroke")[-1]["id"] == "more"


@told
async def test_ink_is_kept_on_the_last_pages_only(here: Hall) -> None:
    chair = Device(here, CHAIR)

    def turn(revision: int) -> None:
        report = here.room.meeting.papers["report"]
        known = {**report.revisions, f"r{revision}": next(iter(report.revisions.values()))}
        report = replace(report, current=f"r{revision}", revisions=known)
        here.room.meeting = replace(here.room.meeting, papers={**here.room.meeting.papers, "report": report})

    for revision in range(PAGES + 5):
        turn(revision)
        chair.signal("ink", look(id="s", colour="red", points=[1, 1]))
        chair.signal("keep", look(kept=True))
    for revision, there in ((0, False), (10, True), (PAGES, True)):
        turn(revision)
        assert bool(Device(here, GUEST).heard("ink")) is there


@told
async def test_what_is_malformed_or_late_is_dropped(here: Hall) -> None:
    chair, finance = Device(here, CHAIR), Device(here, FINANCE)
    for payload in (
        {}, look(2, **PART), look(**PART | {"paper": "draft"}), look(width=3), look(**PART | {"x": 10**400}),
        look(**PART | {"x": "1"}), look(**PART | {"x": True}), look(**PART | {"width": 0}),
    ):  # fmt: skip
        chair.signal("look", payload)
    chair.signal("pointer", look(x=None, y=1))
    for key in ("", "a\ud800", "a\n", "x" * 65, 1, None):
        chair.signal("ink", look(id=key, colour="red", points=[1, 1]))
    Device(here, GUEST)  # is still shown what there is
    chair.signal("unheard", look())
    assert finance.heard("look") == finance.heard("pointer") == []


@told
async def test_a_newcomer_is_shown_the_part_and_after_a_turn_there_is_none(here: Hall) -> None:
    chair = Device(here, CHAIR)
    chair.signal("look", look(**PART))
    assert Device(here, FINANCE).heard("look") == [look(**PART)]
    await here.room.give(CHAIR, TurnPage(paper="report", page=2))
    assert Device(here, HEALTH).heard("look") == []


@told
async def test_who_may_not_read_the_paper_hears_nothing_of_it(here: Hall) -> None:
    await here.room.give(SECRETARY, ChangePaper(paper="report", title="x", readers=Readers.MEMBERS))
    chair, finance, guest = Device(here, CHAIR), Device(here, FINANCE), Device(here, GUEST)
    chair.signal("look", look(**PART))
    chair.signal("pointer", look(x=1, y=1))
    assert finance.heard("look") and finance.heard("pointer")
    assert not guest.heard("look") and not guest.heard("pointer")


@told
async def test_a_slow_seat_gets_the_newest_part_once_it_drains_and_no_old_pointers(here: Hall) -> None:
    chair, finance = Device(here, CHAIR), Device(here, FINANCE)
    finance.tablet.buffered = 1
    chair.signal("look", look(**PART))
    chair.signal("pointer", look(x=1, y=1))
    here.room.beat()
    assert finance.heard("look") == finance.heard("pointer") == []
    finance.tablet.buffered = 0
    here.room.beat()
    here.room.beat()
    assert finance.heard("look") == [look(**PART)]
    assert finance.heard("pointer") == []


@told
async def test_the_chair_calls_those_who_read_alone(here: Hall) -> None:
    chair, finance, health = Device(here, CHAIR), Device(here, FINANCE), Device(here, HEALTH)
    here.room.follow(health.seat, True)
    finance.signal("call", {})
    assert health.heard("call") == []
    chair.signal("call", {})
    assert finance.heard("call") == [{}]
    assert health.heard("call") == []


def stroke(key: str, *points: float, colour: str = "red", page: int = 1) -> dict[str, Any]:
    return {"paper": "report", "page": page, "id": key, "colour": colour, "points": list(points)}


@told
async def test_ink_is_seen_while_it_is_drawn_and_whole_by_who_comes_later(here: Hall) -> None:
    chair, finance = Device(here, CHAIR), Device(here, FINANCE)
    chair.signal("ink", stroke("a", 1, 2))
    chair.signal("ink", stroke("a", 3, 4))
    assert finance.heard("stroke") == [stroke("a", 1, 2), stroke("a", 3, 4)]
    assert chair.heard("stroke") == []
    whole = {"a": {"colour": "red", "points": [1, 2, 3, 4]}}
    assert Device(here, HEALTH).heard("ink") == [look(strokes=whole)]
    chair.signal("wipe", look())
    assert finance.heard("ink") == [look(strokes={})]


@told
async def test_a_slow_seat_gets_all_ink_once_it_drains(here: Hall) -> None:
    chair, finance = Device(here, CHAIR), Device(here, FINANCE)
    finance.tablet.buffered = 1
    chair.signal("ink", stroke("a", 1, 2))
    chair.signal("ink", stroke("b", 3, 4))
    here.room.beat()
    assert not finance.heard("stroke") and not finance.heard("ink")
    finance.tablet.buffered = 0
    chair.signal("ink", stroke("b", 5, 6))
    assert not finance.heard("stroke"), "a part without what was before it is of no use"
    here.room.beat()
    here.room.beat()
    (ink,) = finance.heard("ink")
    assert ink["strokes"]["b"]["points"] == [3, 4, 5, 6]
    assert set(ink["strokes"]) == {"a", "b"}


@told
async def test_ink_is_gone_with_the_page_unless_it_is_kept(here: Hall) -> None:
    chair = Device(here, CHAIR)

    async def turn(page: int) -> None:
        await here.room.give(CHAIR, TurnPage(paper="report", page=page))

    chair.signal("ink", stroke("a", 1, 2))
    await turn(2)
    chair.signal("ink", stroke("b", 1, 2, page=2))
    chair.signal("keep", look(2, kept=True))
    await turn(1)
    finance = Device(here, FINANCE)
    assert finance.heard("ink") == []
    await turn(2)
    (ink,) = finance.heard("ink")
    assert ink["kept"] and set(ink["strokes"]) == {"b"}


@told
async def test_ink_has_its_bounds(here: Hall) -> None:
    chair, finance = Device(here, CHAIR), Device(here, FINANCE)
    for payload in (
        stroke("a"), stroke("a", 1), stroke("", 1, 2), stroke("a", 1, 2, colour="gold"), stroke("a", 1, float(10**6)),
        stroke("a", *range(402)), stroke("a", 1, True), look(id="a", colour="red"), stroke("a", 1, 2, page=2),
    ):  # fmt: skip
        chair.signal("ink", payload)
    finance.signal("ink", stroke("a", 1, 2))
    assert finance.heard("stroke") == chair.heard("stroke") == []
