"""The feed of the floor over a real server: a simulated unit follows speeches, pauses and interruptions, and is cut off."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from typing import Any

from tests.endpoints.conftest import Door
from tests.endpoints.line import CLOSE, Line, handshake
from tests.endpoints.test_carry import FORM
from tests.endpoints.test_support import connected


class Chair:
    """The chair's device, which waits for each answer."""

    def __init__(self, door: Door, count: int = 0) -> None:
        self.line, self.count = connected(door, "chair"), count  # an id that was used is not carried out again

    def give(self, name: str, **arguments: Any) -> None:
        self.count += 1
        self.line.say({"id": f"feed-{self.count}", "do": name, "with": arguments})
        assert self.line.hear("done")["done"] == f"feed-{self.count}"


def test_a_unit_follows_the_floor(own_door: Callable[..., Door]) -> None:
    door = own_door()
    environment = os.environ | {"MEETINGROOM_CODE": door.codes["screen"]}
    command = [sys.executable, "-m", "meetingroom", "follow", door.server.base]
    chair = Chair(door)
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as unit:
        assert unit.stdout
        heard = unit.stdout.readline
        chair.give("floor.give", participant="finance")
        assert (heard(), heard()) == ("microphone 2 on\n", "camera to 2\n")
        chair.give("floor.pause")
        assert heard() == "microphone 2 off\n"
        chair.give("floor.resume")
        assert heard() == "microphone 2 on\n"
        chair.give("floor.give", participant="health", kind="question")
        assert (heard(), heard(), heard()) == ("microphone 2 off\n", "microphone 3 on\n", "camera to 3\n")
        chair.give("floor.end")
        assert (heard(), heard(), heard()) == ("microphone 3 off\n", "microphone 2 on\n", "camera to 2\n")

        # a server that was killed and comes back leaves the microphone as it was, and is followed again
        chair.line.connection.close()
        door.server.kill()
        door.server.start()
        chair = Chair(door, chair.count)
        chair.give("floor.end")
        assert (heard(), heard()) == ("microphone 2 off\n", "camera to the room\n")

        # a new code cuts the old one off
        door.ask("POST", f"{door.seat('chair')}/invitations", "chair", b"participant=screen", Content_Type=FORM)
        assert unit.wait(30) == 1
    chair.line.connection.close()


def test_who_may_look(door: Door) -> None:
    def asked(code: str, **more: str) -> int:
        return door.server.ask("GET", "/feed/floor", {"Authorization": f"Bearer {code}"} | more).status

    assert asked(door.codes["screen"]) == 200
    assert asked(door.codes["finance"]) == asked(door.codes["chair"]) == asked("") == asked("ZZZZ ZZZZ") == 401
    assert door.server.ask("GET", f"/feed/floor?code={door.codes['screen']}").status == 401, "no secrets in addresses"
    state = json.loads(door.server.ask("GET", "/feed/floor", {"Authorization": f"Bearer {door.codes['screen']}"}).body)
    assert state["microphones"] == [] and state["phase"] == "in_session" and "speaker" not in state


def test_a_unit_may_follow_over_a_websocket(own_door: Callable[..., Door]) -> None:
    door = own_door()
    chair = Chair(door)
    with handshake(door.server.port, "/feed/floor", {"Authorization": f"Bearer {door.codes['screen']}"}) as unit:
        assert unit.status == 101
        assert unit.hear("microphones")["microphones"] == []
        chair.give("floor.give", participant="finance")
        state = _when(unit, ["2"])
        assert state["camera"] == "2" and state["phase"] == "in_session"
        unit.say({"id": "x", "do": "floor.end", "with": {}})
        chair.give("floor.pause")
        _when(unit, [])
        assert door.ask("GET", f"{door.seat('chair')}/tablet", "chair").status == 200
        # a new code cuts the old one off
        door.ask("POST", f"{door.seat('chair')}/invitations", "chair", b"participant=screen", Content_Type=FORM)
        while unit.frame()[0] != CLOSE:
            pass
    for code in (door.codes["finance"], "", "ZZZZ ZZZZ"):
        with handshake(door.server.port, "/feed/floor", {"Authorization": f"Bearer {code}"}) as line:
            assert line.status == 403
    cookie = {"Cookie": door.cookie("chair"), "Origin": door.server.base}
    with handshake(door.server.port, "/feed/floor", cookie) as line:
        assert line.status == 403, "a page in a browser is no unit"
    chair.line.connection.close()


def _when(unit: Line, microphones: list[str]) -> dict[str, Any]:
    """The first state in which these are open."""
    while (state := unit.hear("microphones"))["microphones"] != microphones:
        pass
    return state
