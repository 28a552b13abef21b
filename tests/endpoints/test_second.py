"""Signing in with a second factor: asked for once it is on, slowed, never good twice, and taken away by others when lost."""

from __future__ import annotations

import base64
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from meetingroom.app import build
from meetingroom.settings import Settings
from meetingroom.storage.second import PERIOD, hotp
from tests.endpoints.test_admin import LOGIN, PASSWORD, SAME, made, sign_in
from tests.servers import administrator


@pytest.fixture
def browser(tmp_path: Path) -> Iterator[TestClient]:
    administrator(tmp_path, LOGIN, PASSWORD)
    with TestClient(build(Settings(data=tmp_path)), headers=SAME) as client:
        sign_in(client)
        yield client


def turn_on(browser: TestClient) -> tuple[bytes, list[str], str]:
    """The secret as it was shown, the recovery codes, and the code that is used up by it: half a minute may end meanwhile."""
    typed = re.search(r'class="typed">([A-Z2-7 ]+)<', browser.get("/account").text)
    assert typed
    secret = base64.b32decode(typed[1].replace(" ", ""))
    used = code(secret)
    page = browser.post("/account", data={"do": "second", "code": used})
    return secret, re.findall(r'class="secret">([^<]+)<', page.text), used


def code(secret: bytes, later: int = 0) -> str:
    return hotp(secret, int(time.time()) // PERIOD + later)


def answered(browser: TestClient, typed: str) -> int:
    return browser.post("/sign-in/code?next=/admin", data={"code": typed}).status_code


def half(browser: TestClient) -> None:
    """The password was right; nobody is in yet."""
    browser.cookies.clear()
    page = browser.post("/sign-in?next=/admin", data={"login": LOGIN, "password": PASSWORD})
    assert page.url.path == "/sign-in/code"
    assert browser.get("/admin").status_code == 401


def test_once_it_is_on_the_password_alone_admits_nobody(browser: TestClient) -> None:
    assert browser.post("/account", data={"do": "second", "code": "000000"}).status_code == 422
    secret, recoveries, first = turn_on(browser)
    assert len(recoveries) == 10
    assert browser.get("/admin").status_code == 200, "who turned it on is in"
    half(browser)
    assert answered(browser, first) == 403, "the code that turned it on is used up"
    used = code(secret, 1)
    page = browser.post("/sign-in/code?next=/admin", data={"code": used})
    assert page.url.path == "/admin"
    half(browser)
    assert answered(browser, used) == 403
    assert browser.post("/sign-in/code?next=/admin", data={"code": recoveries[0]}).url.path == "/admin"
    half(browser)
    assert answered(browser, recoveries[0]) == 403


def test_guessing_is_slowed_whatever_is_guessed(browser: TestClient) -> None:
    turn_on(browser)
    half(browser)
    answers = [answered(browser, f"{guess:06}") for guess in range(8)]
    assert set(answers) == {403, 429}
    half(browser)
    assert 429 in [answered(browser, f"{guess:06}") for guess in range(2)], "a new beginning is no new chance"


def test_without_the_password_there_is_no_page_for_the_code(browser: TestClient) -> None:
    secret, *_ = turn_on(browser)
    browser.cookies.clear()
    assert browser.get("/sign-in/code").url.path == "/sign-in"
    browser.cookies.set("half", "made-up.signature.here")
    assert browser.post("/sign-in/code", data={"code": code(secret, 1)}).url.path == "/sign-in"


def test_another_administrator_turns_it_off(browser: TestClient) -> None:
    turn_on(browser)
    address, password = made(browser, "ban", administrator="on")
    own = next(a for a in re.findall(r"/admin/accounts/[\w-]+", browser.get("/admin/accounts").text) if a != address)
    browser.cookies.clear()
    sign_in(browser, "ban", password)
    browser.post(own, data={"do": "second"})
    assert sign_in(browser) == 200
    assert browser.get("/admin").status_code == 200
    assert "Tắt xác thực hai lớp" in browser.get("/admin/audit").text.split("<tbody>")[1]


def test_the_machine_turns_it_off_while_the_server_runs(browser: TestClient, tmp_path: Path) -> None:
    turn_on(browser)
    command = [sys.executable, "-m", "meetingroom", "second-factor", "--data", str(tmp_path)]
    assert subprocess.run([*command, "nobody"], capture_output=True).returncode != 0
    assert subprocess.run([*command, LOGIN], capture_output=True).returncode == 0
    browser.cookies.clear()
    sign_in(browser)
    page = browser.get("/admin/audit")
    assert page.status_code == 200
    assert "<td>server</td>" in page.text
    verify = [sys.executable, "-m", "meetingroom", "verify", "--data", str(tmp_path)]
    assert subprocess.run(verify, capture_output=True).returncode == 0


def test_its_owner_turns_it_off_with_a_code(browser: TestClient) -> None:
    _, recoveries, used = turn_on(browser)
    assert browser.post("/account", data={"do": "second_off", "code": used}).status_code == 422
    browser.post("/account", data={"do": "second_off", "code": recoveries[1]})
    browser.cookies.clear()
    sign_in(browser)
    assert browser.get("/admin").status_code == 200


def test_where_it_is_wanted_administrators_set_it_up_first(tmp_path: Path) -> None:
    administrator(tmp_path, LOGIN, PASSWORD)
    settings = Settings(data=tmp_path, administrators_second_factor=True)
    with TestClient(build(settings), headers=SAME) as browser:
        sign_in(browser)
        assert browser.get("/admin").url.path == "/account"
        turn_on(browser)
        assert browser.get("/admin").url.path == "/admin"


def test_a_new_password_needs_the_former_one_and_signs_the_others_out(browser: TestClient) -> None:
    other = TestClient(browser.app, headers=SAME)
    sign_in(other)
    new = {"do": "password", "former": "nhầm lẫn rồi", "password": "câu mới dài hơn", "again": "câu mới dài hơn"}
    assert browser.post("/account", data=new).status_code == 422
    assert browser.post("/account", data=new | {"former": PASSWORD, "again": "khác"}).status_code == 422
    assert browser.post("/account", data=new | {"former": PASSWORD}).status_code == 200
    assert (browser.get("/account").status_code, other.get("/account").status_code) == (200, 401)
    assert sign_in(other, LOGIN, PASSWORD) == 403
    assert sign_in(other, LOGIN, "câu mới dài hơn") == 200
