"""Signing in with an account of the agency, at a provider that really runs; and what does not come in that way."""

from __future__ import annotations

import contextlib
import json
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from urllib.parse import parse_qs, urlsplit

import httpx2
import pytest

from tests.endpoints.conftest import LOGIN, Door

ACCOUNTS = {"known": LOGIN, "unknown": "nguoi-la"}  # of the provider: who they are there → preferred_username


@pytest.fixture(scope="module")
def issuer() -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    users = [{"sub": sub, "preferred_username": name} for sub, name in ACCOUNTS.items()] + [{"sub": "nameless"}]
    claims = [option for user in users for option in ("--user-claims", json.dumps(user))]
    command = [sys.executable, "-W", "ignore", "-m", "oidc_provider_mock", "--port", str(port), *claims]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            address = f"http://127.0.0.1:{port}"
            for _ in range(300):
                try:
                    httpx2.get(address, timeout=5)
                    break
                except httpx2.TransportError:
                    time.sleep(0.1)
            yield address
        finally:
            process.terminate()


@pytest.fixture
def door(own_door: Callable[..., Door], issuer: str) -> Door:
    return own_door(
        environment={
            "MEETINGROOM_SSO_ISSUER": issuer,
            "MEETINGROOM_SSO_SECRET": "a+b c",
            "MEETINGROOM_SSO_NAME": "tài khoản của tỉnh",
        }
    )


Browsers = Callable[[Door], httpx2.Client]


@pytest.fixture
def browser() -> Iterator[Browsers]:
    """A new one at every call."""
    with contextlib.ExitStack() as opened:
        yield lambda door: opened.enter_context(httpx2.Client(base_url=door.server.base, timeout=30))


def at_the_provider(client: httpx2.Client, who: str, target: str = "/") -> str:
    """The address at which the provider sends `who` back to us."""
    left = client.get(f"/sign-in/sso?next={target}")
    assert left.status_code == 303
    form = {"action": "deny"} if who == "deny" else {"sub": who}
    answer = httpx2.post(left.headers["location"], data=form, follow_redirects=False)
    assert answer.status_code == 302, answer.text
    return str(answer.headers["location"])


def test_who_has_an_account_here_is_in_and_comes_where_they_wanted(door: Door, browser: Browsers) -> None:
    client = browser(door)
    assert "tài khoản của tỉnh" in client.get("/sign-in").text
    came = client.get(at_the_provider(client, "known", "/admin"))
    assert (came.status_code, came.headers["location"]) == (303, "/admin")
    assert client.get("/admin").status_code == 200
    assert f"{LOGIN}" in client.get("/admin/audit").text


def test_nobody_is_let_in_whom_the_administrator_does_not_know(door: Door, browser: Browsers) -> None:
    client = browser(door)
    for who, said in (("unknown", "nguoi-la"), ("nameless", "không xác nhận"), ("deny", "không xác nhận")):
        came = client.get(at_the_provider(client, who))
        assert came.status_code == 403 and said in came.text, who
    assert client.get("/admin").status_code == 401


def test_the_way_back_is_open_to_the_browser_that_left_and_once(door: Door, browser: Browsers) -> None:
    client = browser(door)
    back = at_the_provider(client, "known")
    assert browser(door).get(back).status_code == 403, "a link sent to somebody else signs nobody in"
    state = parse_qs(urlsplit(back).query)["state"][0]
    assert client.get(back.replace(state, "x" * len(state))).status_code == 403
    client = browser(door)
    back = at_the_provider(client, "known")
    cookie = client.cookies["sso"]
    assert client.get(back).status_code == 303
    again = browser(door)
    again.cookies.set("sso", cookie)
    assert again.get(back).status_code == 403, "a code is good once"


def test_a_token_made_for_another_attempt_is_not_believed(door: Door, browser: Browsers) -> None:
    client, other = browser(door), browser(door)
    back, others = at_the_provider(client, "known"), at_the_provider(other, "known")
    mine, theirs = (parse_qs(urlsplit(each).query) for each in (back, others))
    mixed = {"state": mine["state"][0], "code": theirs["code"][0]}
    assert client.get("/sign-in/sso/back", params=mixed).status_code == 403


def test_a_provider_that_is_away_is_said_to_be(own_door: Callable[..., Door], browser: Browsers) -> None:
    door = own_door(environment={"MEETINGROOM_SSO_ISSUER": "http://127.0.0.1:9"})
    answer = browser(door).get("/sign-in/sso")
    assert answer.status_code == 503 and "Chưa liên lạc được" in answer.text
    assert "Traceback" not in door.server.logged()


def test_where_none_is_set_there_is_no_such_way(own_door: Callable[..., Door], browser: Browsers) -> None:
    client = browser(own_door())
    assert client.get("/sign-in/sso").status_code == client.get("/sign-in/sso/back").status_code == 404
    assert "/sign-in/sso" not in client.get("/sign-in").text
