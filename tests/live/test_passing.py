"""What is fleeting and comes from other processes: it may come twice, late, in parts, or from one that dies."""

from __future__ import annotations

import asyncio
import json
import random
from pathlib import Path
from typing import Any

import pytest

from meetingroom.domain.audience import Audience
from meetingroom.live.ink import Ink, Missing
from meetingroom.live.passing import News, Passing
from meetingroom.live.presence import GONE, Presence
from meetingroom.live.seat import Seat
from meetingroom.live.seats import Seats
from meetingroom.storage.bell import Bell, Passed
from meetingroom.storage.engine import Database
from meetingroom.storage.notices import LONGEST, Parts, parts
from tests.live.hall import Tablet, hall


def stroke(key: str, *points: float) -> dict[str, Any]:
    return {"id": key, "colour": "red", "points": list(points)}


def news(ink: Ink) -> dict[str, Any]:
    found = ink.news()
    assert found is not None
    wire: dict[str, Any] = json.loads(json.dumps(found))
    return wire


def seat(person: str, device: str = "", following: bool = False) -> Seat:
    made = Seat(Tablet(), person, "s", Audience.MEMBER)
    made.version, made.device, made.following = 1, device, following
    return made


def test_ink_grows_the_same_at_two_processes_whatever_comes_twice() -> None:
    here, there = Ink(), Ink()
    here.draw(stroke("a", 1, 2))
    first = news(here)
    assert there.hear(first) == ([stroke("a", 1, 2)], False)
    assert there.hear(first) == ([], False), "said again"
    here.draw(stroke("a", 3, 4))
    assert there.hear(news(here)) == ([stroke("a", 3, 4)], False)
    assert here.news() is None and there.news() is None, "both have all"
    here.again()
    assert there.hear(news(here)) == ([], False)
    assert there.strokes == here.strokes
    here.wipe()
    here.kept = True
    assert there.hear(news(here)) == ([], True)
    assert (there.strokes, there.kept) == ({}, True)
    assert there.hear(first) == ([], False) and not there.strokes, "what was wiped does not come back late"


def test_a_part_that_goes_on_from_what_was_not_heard_is_noticed() -> None:
    here, there = Ink(), Ink()
    here.draw(stroke("a", 1, 2))
    news(here)
    here.draw(stroke("a", 3, 4))
    with pytest.raises(Missing):
        there.hear(news(here))
    here.again()
    there.hear(news(here))
    assert there.strokes == here.strokes


def test_who_is_at_another_process_is_counted_until_it_dies() -> None:
    here, there = Presence(), Presence()
    seats = [seat("anna", "pad", True), seat("anna"), seat("binh", "phone")]
    there.hear("here", json.loads(json.dumps(here.news(seats))), 0)
    own = [seat("anna", "laptop")]
    assert there.shown(own) == {"connected": {"anna": 3, "binh": 1}, "following": {"anna": True}}
    assert there.devices(own) == {("anna", "pad"), ("anna", "laptop"), ("binh", "phone")}
    assert (there.elsewhere("anna"), there.elsewhere("chi")) == (2, 0)
    assert here.news(seats) == {"people": {}}, "a sign of life says no more"
    changed = here.news(seats[:2])
    assert changed == {"people": {"binh": None}}
    assert there.hear("here", changed, 5)
    assert there.shown([])["connected"] == {"anna": 2}
    here.again()
    assert not there.hear("here", json.loads(json.dumps(here.news(seats[:2]))), GONE)
    assert not there.forget(GONE + GONE)
    assert there.forget(GONE + GONE + 1)
    assert there.shown([])["connected"] == {}


def test_who_was_forgotten_while_their_process_stalled_is_asked_for_again() -> None:
    here, there, seats = Presence(), Presence(), [seat("anna")]
    there.hear("here", json.loads(json.dumps(here.news(seats))), 0)
    assert there.forget(GONE + 1)
    for said in (here.news(seats), here.news([*seats, seat("binh")])):
        with pytest.raises(Missing):
            there.hear("here", json.loads(json.dumps(said)), GONE + 2)
    assert there.shown([])["connected"] == {} and not there.forget(3 * GONE), "no process of nobody"
    here.again()
    assert there.hear("here", json.loads(json.dumps(here.news(seats))), GONE + 3)
    assert there.shown([])["connected"] == {"anna": 1}


class Line(Passing):
    """Remembers what is to be said."""

    def __init__(self, database: Database) -> None:
        super().__init__(Bell(database), lambda: None)
        self.given: list[str] = []

    def give(self, room: Seats, name: str, news: News) -> None:
        self.given.append(name)
        super().give(room, name, news)


def test_a_room_asks_who_is_at_a_process_it_has_forgotten(tmp_path: Path) -> None:
    async def story() -> None:
        async with hall(tmp_path) as here:
            line = Line(here.database)
            here.room.elsewhere.begin(line)
            line.given.clear()
            here.room.elsewhere.hear(Passed("other", "m", here.room.version, "presence", {"people": {}}))
            assert line.given == ["asked"]
            alive = {"people": {"anna": [1, False, []]}, "anew": True}
            here.room.elsewhere.hear(Passed("other", "m", here.room.version, "presence", alive))
            assert line.given == ["asked"]
            assert here.room.presence.shown([])["connected"] == {"anna": 1}

    asyncio.run(story())


def test_where_nobody_is_nothing_is_said() -> None:
    nobody = Presence()
    assert nobody.news([]) is None
    assert nobody.news([seat("anna")]) and nobody.news([]) == {"people": {"anna": None}}
    assert nobody.news([]) is None


def test_what_is_longer_than_a_notice_goes_in_parts() -> None:
    text = "".join(random.Random(7).choices('ăâđêôơư "\\{}abc', k=40_000))
    sent = parts("p", text)
    assert len(sent) > 2 and all(len(part.encode()) < 8000 for part in sent)
    assert parts("p", "short") == ["short"] and LONGEST < 8000
    begun, pieces = Parts(), [json.loads(part)[2] for part in sent]
    assert [begun.whole("p", **piece) for piece in pieces] == [None] * (len(pieces) - 1) + [text]
    begun.whole("p", **pieces[0])
    begun.whole("other", **pieces[0])
    assert begun.whole("p", **pieces[2]) is None, "one is missing"
    assert begun.whole("p", **pieces[1]) is None, "what was begun is not gone on with"
    with pytest.raises(ValueError):
        begun.whole("p", 0, 1, "~~~~")
