"""The board of deliveries: devices say what they have, offices that look are told, and nothing of it is in a journal."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

from meetingroom.domain.papers.messages import ChangePaper, Readers
from meetingroom.domain.people import RemoveParticipant
from meetingroom.live.seat import Seat
from tests.live.hall import Hall, Tablet, hall
from tests.stories import FINANCE, GUEST, HEALTH, SECRETARY


class Board:
    """A secretary who looks at the board."""

    def __init__(self, here: Hall) -> None:
        self.here = here
        self.seat, self.tablet = here.seat(SECRETARY)
        here.room.hello(self.seat, None, None)
        here.room.delivery.take(self.seat, {"watch": True})

    @property
    def shown(self) -> dict[str, Any]:
        self.here.room.show_presence()
        frames = [frame["delivery"] for frame in self.tablet.frames if "delivery" in frame]
        last: dict[str, Any] = frames[-1]
        return last


def seated(here: Hall, person: str) -> tuple[Seat, Tablet]:
    seat, tablet = here.seat(person)
    here.room.join(seat)
    here.room.hello(seat, None, None)
    return seat, tablet


def says(here: Hall, seat: Seat, **said: Any) -> None:
    here.room.delivery.take(seat, {"device": "one", "kind": "ipad", **said})


def test_an_office_sees_what_devices_have_while_they_are_here_and_after(tmp_path: Path) -> None:
    async def story() -> None:
        async with hall(tmp_path) as here:
            board = Board(here)
            here.room.join(board.seat)
            version = here.room.version
            assert board.shown == {}
            seat, _ = seated(here, FINANCE)
            says(here, seat, kept={"report": 2}, opened=["report"], delay=120, secure=True)
            expected = {"kind": "ipad", "kept": {"report": 2}, "opened": {"report": True}, "delay": 120, "secure": True}
            assert board.shown == {FINANCE: {"one": expected | {"here": True}}}
            here.room.leave(seat)
            assert board.shown == {FINANCE: {"one": expected}}
            assert here.room.version == version, "it is in no journal"

    asyncio.run(story())


def test_nobody_but_an_office_sees_the_board(tmp_path: Path) -> None:
    async def story() -> None:
        async with hall(tmp_path) as here:
            (finance, _), (health, tablet) = seated(here, FINANCE), seated(here, HEALTH)
            here.room.delivery.take(health, {"watch": True})
            says(here, finance, kept={"report": 1})
            here.room.show_presence()
            assert not [frame for frame in tablet.frames if "delivery" in frame]

    asyncio.run(story())


def test_what_a_device_says_is_taken_only_as_far_as_it_can_be_true(tmp_path: Path) -> None:
    async def story() -> None:
        async with hall(tmp_path) as here:
            board = Board(here)
            here.room.join(board.seat)
            await here.room.give(SECRETARY, ChangePaper(paper="report", title="x", readers=Readers.MEMBERS))
            seat, _ = seated(here, GUEST)
            says(here, seat, kept={"report": 2, "draft": 10**9, "none": 1}, opened=["report", "none", 7], delay=-1)
            shown = board.shown[GUEST]["one"]
            assert "report" not in shown["kept"] and set(shown["opened"]) == set() and "delay" not in shown
            assert shown["kept"]["draft"] <= 10**4
            for odd in (
                {"device": 7},
                {"device": ""},
                {"device": "x" * 99},
                {},
                {"device": "one", "kept": [1], "opened": 3},
            ):
                here.room.delivery.take(seat, odd)
            for number in range(9):
                here.room.delivery.take(seat, {"device": f"d{number}"})
            assert len(board.shown[GUEST]) == 4
            await here.room.give(SECRETARY, RemoveParticipant(participant=GUEST))
            says(here, seated(here, FINANCE)[0])
            assert GUEST not in board.shown

    asyncio.run(story())
