"""A server started on a restored backup shows the same meeting, to the same people, with its papers."""

from collections.abc import Callable
from pathlib import Path

from meetingroom.storage.backup import back_up, restore
from tests.endpoints.conftest import OPEN_PAPER, Door
from tests.servers import Server
from tests.stories import FINANCE


def test_a_restored_server_shows_the_same_meeting(own_door: Callable[..., Door], tmp_path: Path) -> None:
    door = own_door()
    image = f"{door.seat('delegate')}/pages/{OPEN_PAPER}/1/1600"
    cookie = door.cookie("delegate")
    before = door.server.ask("GET", image, {"Cookie": cookie})
    assert before.status == 200
    back_up(door.server.data, tmp_path / "b.zip")
    restore(tmp_path / "b.zip", tmp_path / "restored")
    with Server(tmp_path / "restored") as server:
        entered = server.ask("GET", f"/j/{door.codes[FINANCE]}")
        assert entered.status == 303, "the printed code still admits"
        for known in (cookie, entered.cookie):
            page = server.ask("GET", str(entered.headers["Location"]), {"Cookie": known})
            assert page.status == 200, "still signed in"
        assert server.ask("GET", image, {"Cookie": cookie}).body == before.body
