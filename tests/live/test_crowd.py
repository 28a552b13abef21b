"""Devices in step are sent to past their seats and lines: no device may see a difference."""

import asyncio
from pathlib import Path

import pytest

from meetingroom.domain.stage import TurnPage
from meetingroom.live.seat import FULL
from tests.live.hall import Hall, Tablet, hall
from tests.stories import CHAIR, FINANCE, HEALTH


class Socketlike(Tablet):
    """A tablet whose socket takes only so many bytes more; the rest waits in its line."""

    room = 1_000_000
    half = b""

    def _send(self, frame: bytes) -> int:
        assert not self.waiting(), "nothing is sent past what waits"
        taken = min(self.room, len(frame))
        self.room -= taken
        if not taken:
            raise BlockingIOError
        self._arrive(frame[:taken])
        return taken

    def write(self, frame: bytes) -> None:
        self._arrive(frame)

    def _arrive(self, data: bytes) -> None:
        """Frames are taken when they are whole; what is left of one must come next."""
        self.half += data
        if len(self.half) < 4:
            return
        size = 2 + self.half[1] if self.half[1] < 126 else 4 + int.from_bytes(self.half[2:4], "big")
        if len(self.half) >= size:
            whole, self.half = self.half[:size], self.half[size:]
            super().write(whole)


async def turn(here: Hall, page: int) -> None:
    await here.room.give(CHAIR, TurnPage(paper="report", page=page))


def page(tablet: Tablet) -> object:
    return tablet.view["stage"].get("page")


def test_who_is_in_step_is_shown_and_who_joins_or_fills_up_meanwhile_too(tmp_path: Path) -> None:
    async def story() -> None:
        async with hall(tmp_path) as here:
            early, late = here.tablet(FINANCE), here.tablet(HEALTH)
            here.room.beat()
            assert all(seat.crowd for seat in here.room.seats)
            new = here.tablet(FINANCE)
            await turn(here, 2)
            assert [page(each) for each in (early, late, new)] == [2, 2, 2]
            late.buffered = FULL + 1
            await turn(here, 3)
            assert [page(each) for each in (early, late, new)] == [3, 2, 3]
            late.buffered = 0
            here.room.beat()
            await turn(here, 1)
            assert [page(each) for each in (early, late, new)] == [1, 1, 1]
            here.room.beat()
            assert all(seat.crowd for seat in here.room.seats)

    asyncio.run(story())


@pytest.mark.parametrize("room", [0, 1, 7, 40])
def test_a_frame_the_socket_takes_only_in_part_arrives_whole(tmp_path: Path, room: int) -> None:
    async def story() -> None:
        async with hall(tmp_path) as here:
            tablet, other = here.tablet(FINANCE, kind=Socketlike), here.tablet(HEALTH)
            assert isinstance(tablet, Socketlike)
            here.room.beat()
            tablet.room = room
            await turn(here, 2)
            assert page(tablet) == page(other) == 2
            assert not tablet.half
            tablet.room = 1_000_000
            here.room.beat()
            await turn(here, 3)
            assert page(tablet) == page(other) == 3

    asyncio.run(story())


def test_nothing_is_sent_to_a_line_that_has_begun_to_close(tmp_path: Path) -> None:
    async def story() -> None:
        async with hall(tmp_path) as here:
            tablet = here.tablet(FINANCE)
            here.room.beat()
            tablet.close(4401, "session ended")
            assert not any(seat.crowd for seat in here.room.seats if seat.line is tablet)

    asyncio.run(story())
