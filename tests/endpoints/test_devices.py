"""A stranger's device with somebody's code: noticed on their own, put out, and the code void; or the code closed before."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import pytest
from itsdangerous import TimestampSigner
from starlette.testclient import TestClient

from meetingroom.app import build
from meetingroom.settings import Settings
from tests.endpoints.conftest import PEOPLE, Door
from tests.endpoints.test_rights import opened
from tests.servers import Answer, found
from tests.stories import FINANCE, Story

FORM = {"Content-Type": "application/x-www-form-urlencoded"}


@pytest.fixture
def here(own_door: object) -> Door:
    assert callable(own_door)
    door: Door = own_door()
    return door


def tell(door: Door, cookie: str, body: str) -> Answer:
    headers = FORM | {"Cookie": cookie, "Origin": door.server.base}
    return door.server.ask("POST", f"{door.seat('delegate')}/devices", headers, body.encode())


def tablet(door: Door, cookie: str) -> int:
    return door.server.ask("GET", f"{door.seat('delegate')}/tablet", {"Cookie": cookie}).status


def enters(door: Door, visitor: str = "delegate") -> int:
    return door.server.ask("GET", f"/j/{door.codes[PEOPLE[visitor]]}").status


def test_a_second_device_is_told_to_the_first_which_puts_it_out(here: Door) -> None:
    own = here.cookie("delegate")
    with opened(here, "delegate", own) as mine, opened(here, "chair") as chair:
        stranger = here.cookie("delegate")
        devices: dict[str, dict[str, object]] = {}
        while not any("unknown" in device for device in devices.values()):
            devices |= mine.hear("me")["me"].get("devices", {})
        device = next(key for key, each in devices.items() if "unknown" in each)
        with opened(here, "delegate", stranger) as theirs:
            assert tell(here, stranger, f"do=accept&device={device}").status == 400
            page = here.server.ask("GET", f"{here.seat('delegate')}/devices", {"Cookie": own}).body.decode()
            assert page.count('value="disown"') == 1
            assert tell(here, own, f"do=disown&device={device}").status == 303
            assert theirs.closed() == 4401
        assert next(iter(mine.hear("me")["me"]["devices"].values())).keys() == {"what", "at"}, "no question any more"
        while "disowned" not in (said := chair.hear("patch")["patch"].get("devices", {})):
            pass
        assert list(said["disowned"]) == [PEOPLE["delegate"]]
    assert (tablet(here, own), tablet(here, stranger)) == (200, 404)
    assert enters(here) == 403, "the code it came with is void"


def test_a_stranger_cannot_vouch_for_itself(here: Door) -> None:
    here.cookie("delegate")
    stranger = here.cookie("delegate")
    page = here.server.ask("GET", f"{here.seat('delegate')}/devices", {"Cookie": stranger}).body.decode()
    assert page.count('class="chip good"') == 1
    live = opened(here, "delegate", stranger)
    with live:
        live.say({"hello": 1})
        devices = live.hear("me")["me"]["devices"]
        device = next(key for key, each in devices.items() if "unknown" in each)
        assert tell(here, stranger, f"do=accept&device={device}").status == 400
        live.say({"hello": 1})
        assert "unknown" in live.hear("me")["me"]["devices"][device]


def test_a_closed_code_admits_nobody_until_there_is_a_new_one(here: Door) -> None:
    own = here.cookie("delegate")
    assert tell(here, own, "do=close").status == 303
    assert (enters(here), tablet(here, own)) == (403, 200)
    cards = here.ask("GET", f"{here.seat('secretary')}/invitations", "secretary").body.decode()
    assert here.codes[PEOPLE["guest"]][:4] in cards
    assert here.codes[PEOPLE["delegate"]][:4] not in cards, "nor can the secretary read it"
    body = f"participant={PEOPLE['delegate']}".encode()
    here.ask("POST", f"{here.seat('secretary')}/invitations", "secretary", body, **FORM)
    assert tablet(here, own) == 404, "who makes a new code signs the owner out, who notices"


def test_a_link_for_a_further_device_is_shown_as_a_code_to_scan(here: Door) -> None:
    page = tell(here, here.cookie("delegate"), "do=link").body.decode()
    assert "<svg" in page
    assert "/d/" not in re.sub(r"<svg.*?</svg>", "", page, flags=re.S)


def test_a_link_for_a_further_device_works_once_and_soon(tmp_path: Path) -> None:
    code = found(tmp_path, "m", Story.in_session().events)[FINANCE]
    app = build(Settings(data=tmp_path))
    with TestClient(app) as client:
        seat = client.get(f"/j/{code}").url.path.rsplit("/", 1)[0]
        client.post(f"{seat}/devices", data={"do": "close"}, headers={"origin": "http://testserver"})
        link = _signed(app.state.house.invitations.key, "m:finance:once")
        client.cookies.clear()
        assert client.get(f"/j/{code}").status_code == 403
        assert client.get(link).url.path == f"{seat}/tablet"
        client.cookies.clear()
        for spoilt in (link, link[:-1] + "~", _signed(bytes(32), "m:finance:other")):
            assert client.get(spoilt).status_code == 403


def _signed(key: bytes, text: str) -> str:
    return "/d/" + TimestampSigner(key, salt="device", digest_method=hashlib.sha256).sign(text).decode()
