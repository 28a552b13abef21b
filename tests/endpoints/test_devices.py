"""A stranger's device with somebody's code: noticed on their own, put out, and the code void; or the code closed before."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from itsdangerous import TimestampSigner
from starlette.testclient import TestClient

from meetingroom.app import build
from meetingroom.endpoints.access.devices import make_token
from meetingroom.endpoints.context import House
from meetingroom.endpoints.guards import device_key
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


class Seat:
    """One delegate's place in a running house, and several browsers that come to it."""

    def __init__(self, client: TestClient, house: House, code: str) -> None:
        self._client, self._code, self.house, self.path = client, code, house, ""

    def enters(self, link: str = "") -> tuple[str, dict[str, str]]:
        """By the code or a link: the session and the cookies of a new browser."""
        before = set(self.sessions())
        self._client.cookies.clear()
        answer = self._client.get(link or f"/j/{self._code}")
        assert answer.status_code == 200
        self.path = answer.url.path.rsplit("/", 1)[0]
        (session,) = set(self.sessions()) - before
        return session, dict(self._client.cookies)

    def status(self, link: str = "") -> int:
        self._client.cookies.clear()
        return self._client.get(link or f"/j/{self._code}").status_code

    def do(self, cookies: dict[str, str], act: str, session: str = "") -> None:
        self._client.cookies.clear()
        self._client.cookies.update(cookies)
        body = {"do": act, "device": device_key(session)}
        headers = {"origin": "http://testserver"}
        assert self._client.post(f"{self.path}/devices", data=body, headers=headers).status_code == 200

    def sessions(self) -> list[str]:
        return self.house.sessions.of("m", FINANCE)

    def link(self, session: str) -> str:
        """As the page of this session draws it."""
        token: str = self._client.portal.call(make_token, self.house, "m", FINANCE, session)  # type: ignore[union-attr]
        return f"/d/{token}"

    def unknown(self) -> set[str]:
        room = self._client.portal.call(self.house.rooms.open, "m")  # type: ignore[union-attr]
        return {key for key, device in room.meeting.devices.of[FINANCE].items() if device.unknown}


@pytest.fixture
def seat(tmp_path: Path) -> Iterator[Seat]:
    code = found(tmp_path, "m", Story.in_session().events)[FINANCE]
    app = build(Settings(data=tmp_path))
    with TestClient(app) as client:
        yield Seat(client, app.state.house, code)


def test_a_link_for_a_further_device_works_once_and_soon(seat: Seat) -> None:
    session, cookies = seat.enters()
    link = seat.link(session)
    seat.do(cookies, "close")
    assert seat.status() == 403
    seat.enters(link)
    for spoilt in (
        link,
        link[:-1] + "~",
        _signed(bytes(32), "m:finance:1:x:other"),
        _signed(seat.house.invitations.key, "m:finance:other"),
    ):
        assert seat.status(spoilt) == 403


def test_who_was_put_out_does_not_come_back_by_a_link_made_before(seat: Seat) -> None:
    own, cookies = seat.enters()
    stranger, _ = seat.enters()
    links = [seat.link(stranger), seat.link(stranger)]
    former = seat.link(own)
    seat.do(cookies, "disown", stranger)
    seat.do(cookies, "close")
    assert [seat.status(link) for link in (*links, former)] == [403, 403, 403]
    assert seat.status(seat.link(stranger)) == 403, "its session is no longer this person's"
    seat.enters(seat.link(own))


def test_a_new_code_voids_the_links_made_before(seat: Seat) -> None:
    own, _ = seat.enters()
    link = seat.link(own)
    seat.house.invitations.renew("m", FINANCE)
    assert seat.status(link) == 403


def test_a_stranger_s_second_device_vouches_for_neither(seat: Seat) -> None:
    own, cookies = seat.enters()
    first, stranger = seat.enters()
    second, by_code = seat.enters()
    third, by_link = seat.enters(seat.link(first))
    strangers = {device_key(each) for each in (first, second, third)}
    for theirs, device in ((stranger, second), (by_code, first), (by_link, first), (stranger, third)):
        seat.do(theirs, "accept", device)
    assert seat.unknown() == strangers
    seat.enters(seat.link(own))
    assert seat.unknown() == strangers, "one's own link vouches"
    seat.do(cookies, "accept", second)
    assert seat.unknown() == strangers - {device_key(second)}


def _signed(key: bytes, text: str) -> str:
    return "/d/" + TimestampSigner(key, salt="device", digest_method=hashlib.sha256).sign(text).decode()
