"""Papers that leave nothing on a device, and papers drawn with the reader's name: what is sent, and what is kept."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from meetingroom.domain.papers.messages import Protect
from tests.endpoints.conftest import NAMED_PAPER, OPEN_PAPER, Door
from tests.endpoints.line import handshake


def protect(door: Door, paper: str, **how: bool) -> None:
    headers = {"Cookie": door.cookie("secretary"), "Origin": door.server.base}
    with handshake(door.server.port, f"{door.seat('secretary')}/live", headers) as line:
        line.say({"hello": 1})
        line.hear("view")
        arguments = {"paper": paper, "kept": True, "watermarked": False} | how
        line.say({"id": f"{paper}-{how}", "do": Protect.tag, "with": arguments})
        line.hear("done")


def test_of_a_paper_that_is_not_to_be_kept_nothing_is(own_door: Callable[..., Door]) -> None:
    door = own_door()
    parts = (
        f"pages/{OPEN_PAPER}/1/1080",
        f"words/{OPEN_PAPER}/1",
        f"outline/{OPEN_PAPER}",
        f"tiles/{OPEN_PAPER}/1/3240/0/0",
    )
    for part in parts:
        assert (
            door.ask("GET", f"{door.seat('delegate')}/{part}", "delegate").headers["Cache-Control"]
            == "private, no-cache"
        )
    protect(door, OPEN_PAPER, kept=False)
    for part in parts:
        answer = door.ask("GET", f"{door.seat('delegate')}/{part}", "delegate")
        assert answer.status == 200 and answer.headers["Cache-Control"] == "no-store" and "ETag" not in answer.headers
    other = door.ask("GET", f"{door.seat('delegate')}/pages/{NAMED_PAPER}/1/1080", "delegate")
    assert other.headers["Cache-Control"] == "private, no-cache"


def test_each_reader_is_sent_a_picture_of_their_own_and_none_is_kept(own_door: Callable[..., Door]) -> None:
    door = own_door()

    def page(visitor: str, width: int = 1080) -> bytes:
        answer = door.ask("GET", f"{door.seat(visitor)}/pages/{OPEN_PAPER}/1/{width}", visitor)
        assert answer.status == 200, answer.body
        return answer.body

    def magnified() -> int:
        address = f"{door.seat('delegate')}/tiles/{OPEN_PAPER}/1/3240/0/0"
        return door.ask("GET", address, "delegate").status

    plain, small = page("delegate"), page("delegate", 270)
    assert magnified() == 200
    drawn = pages_on_disk(door.server.data)
    protect(door, OPEN_PAPER, watermarked=True)
    signed = {visitor: page(visitor) for visitor in ("delegate", "guest", "chair", "screen")}
    assert len({plain, *signed.values()}) == 5, "nobody is given a page in another's name, or in none"
    assert page("delegate", 270) != small
    assert magnified() == 404, "a part of it could be one without the name"
    assert pages_on_disk(door.server.data) == drawn, "what bears a name is kept nowhere"
    protect(door, OPEN_PAPER)
    assert page("delegate") == plain


def pages_on_disk(data: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in (data / "pages").rglob("*") if path.is_file()}
