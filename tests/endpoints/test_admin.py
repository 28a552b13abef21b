"""What administrators see and do: accounts, devices, voting rules, and an audit log that only grows."""

from __future__ import annotations

import csv
import re
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from urllib.parse import urlencode

import pytest
from starlette.testclient import TestClient

from meetingroom.app import build
from meetingroom.domain.messages import Role
from meetingroom.domain.people import ChangeParticipant
from meetingroom.settings import Settings
from tests.endpoints.line import handshake
from tests.servers import Server, administrator, found
from tests.stories import FINANCE, SECRETARY, Story

SAME = {"origin": "http://testserver"}
LOGIN, PASSWORD = "quan-tri", "một câu dài"


@pytest.fixture
def browser(tmp_path: Path) -> Iterator[TestClient]:
    """Signed in as the administrator."""
    administrator(tmp_path, LOGIN, PASSWORD)
    with TestClient(build(Settings(data=tmp_path)), headers=SAME) as client:
        sign_in(client)
        yield client


def sign_in(client: TestClient, login: str = LOGIN, password: str = PASSWORD) -> int:
    return client.post("/sign-in", data={"login": login, "password": password}).status_code


def made(browser: TestClient, login: str, **more: str) -> tuple[str, str]:
    """A new account: its address, and the password as it is shown once."""
    page = browser.post("/admin/accounts", data={"login": login, "name": "Người mới"} | more)
    password = re.search(r'class="secret">([^<]+)<', page.text)
    listed = re.search(
        r'href="(/admin/accounts/[^"]+)"><span class="grow"><b>Người mới', browser.get("/admin/accounts").text
    )
    assert password and listed
    return listed[1], password[1]


def test_an_account_is_made_used_locked_and_unlocked(browser: TestClient) -> None:
    address, password = made(browser, "moi")
    assert password not in browser.get(address).text, "shown once"
    assert sign_in(browser, "moi", password) == 200
    assert browser.get("/admin").status_code == 404, "no administrator"
    sign_in(browser)
    browser.post(address, data={"do": "disable"})
    assert sign_in(browser, "moi", password) == 403
    sign_in(browser)
    browser.post(address, data={"do": "enable"})
    browser.post(address, data={"do": "administrator"})
    sign_in(browser, "moi", password)
    assert browser.get("/admin").status_code == 200
    page = browser.post(address, data={"do": "password"})
    assert page.status_code == 200, "the page that shows the new password"
    assert browser.get("/admin").status_code == 401, "and whoever was signed in is out"


def test_the_last_administrator_stays_one(browser: TestClient) -> None:
    own = re.search(r"/admin/accounts/[\w-]{10,}", browser.get("/admin/accounts").text)
    assert own
    for do in ("disable", "user"):
        refused = browser.post(own[0], data={"do": do})
        assert refused.status_code == 409 and "người quản trị cuối cùng" in refused.text
    assert browser.get("/admin").status_code == 200


def test_the_first_page_says_how_the_server_is(browser: TestClient) -> None:
    page = browser.get("/admin").text
    for fact in ("Ghi dữ liệu", "Trang tới máy đại biểu", "Tài liệu đang chuẩn bị", "Dung lượng còn trống"):
        assert fact in page
    assert re.search(r"\d ms", page)


def test_the_log_says_who_came_who_failed_and_who_saw_codes(browser: TestClient) -> None:
    seat = browser.post("/meetings", data={"title": "Phiên họp"}).url.path.rsplit("/", 1)[0]
    browser.get(f"{seat}/invitations")
    browser.cookies.clear()
    sign_in(browser, LOGIN, "mật khẩu nhầm")
    sign_in(browser, "mật khẩu gõ vào ô tên", "x")
    sign_in(browser)
    rows = list(csv.DictReader(browser.get("/admin/audit.csv").text.lstrip("\ufeff").splitlines()))
    told = [(row["Việc"], row["Người thực hiện"]) for row in reversed(rows)]
    assert told == [
        ("Đăng nhập bằng tài khoản", LOGIN),
        ("Xem hoặc in mã cá nhân", LOGIN),
        ("Đăng nhập sai", LOGIN),
        ("Đăng nhập sai", ""),
        ("Đăng nhập bằng tài khoản", LOGIN),
    ]
    assert {row["Địa chỉ mạng"] for row in rows} == {"testclient"}
    assert "mật khẩu" not in browser.get("/admin/audit").text.split("<tbody>")[1]
    failed = browser.get("/admin/audit", params={"kind": "sign_in_failed", "text": "quan"}).text
    assert failed.split("<tbody>")[1].count("<tr>") == 1
    assert "<tbody>" not in browser.get("/admin/audit", params={"until": "2020-01-01"}).text


def test_a_line_of_the_log_that_was_changed_is_found(tmp_path: Path) -> None:
    administrator(tmp_path, LOGIN, PASSWORD)
    with TestClient(build(Settings(data=tmp_path)), headers=SAME) as client:
        sign_in(client, LOGIN, "nhầm")
        sign_in(client)
    verify = [sys.executable, "-m", "meetingroom", "verify", "--data", str(tmp_path)]
    assert subprocess.run(verify, capture_output=True, text=True).returncode == 0
    with closing(sqlite3.connect(tmp_path / "meetingroom.db")) as database:
        for forged in ("UPDATE entry SET actor = 'ai đó'", "DELETE FROM entry"):
            with pytest.raises(sqlite3.IntegrityError, match="only added to"):
                database.execute(forged)
        database.execute("DROP TRIGGER entry_is_kept")  # whoever owns the file can
        assert database.execute("UPDATE entry SET actor = 'ai đó' WHERE name = 'sign_in_failed'").rowcount == 1
        database.commit()
    wrong = subprocess.run(verify, capture_output=True, text=True)
    assert wrong.returncode == 1 and "audit log" in wrong.stdout


RULE = {
    "title": "Nghị quyết bất thường", "base": "present", "exceed": "no", "numerator": "3", "denominator": "4",
    "tie": "rejected", "quorum_base": "total_members", "quorum_exceed": "no", "quorum_numerator": "2",
    "quorum_denominator": "3", "law": "Quy chế làm việc, Điều 5", "offered": "on",
}  # fmt: skip


def offered(browser: TestClient) -> dict[str, dict[str, object]]:
    seat = browser.post("/meetings", data={"title": "Phiên họp"}).url.path.rsplit("/", 1)[0]
    return {rule["title"]: rule for rule in browser.get(f"{seat}/rules").json()["rules"]}


def test_a_rule_written_here_is_offered_and_one_of_the_program_is_as_it_was_changed(browser: TestClient) -> None:
    shipped = "Ủy ban nhân dân: quá nửa tổng số thành viên"
    assert not offered(browser)[shipped]["own"]
    browser.post("/admin/rules/new", data=RULE)
    browser.post("/admin/rules/ubnd", data=RULE | {"title": shipped, "tie": "chairs_side"})
    now = offered(browser)
    for title in (shipped, "Nghị quyết bất thường"):
        rule = now[title]
        assert (rule["own"], rule["base"], rule["numerator"], rule["denominator"], rule["exceed"], rule["law"]) == (
            True, "present", 3, 4, False, "Quy chế làm việc, Điều 5",
        )  # fmt: skip
    assert now[shipped]["tie"] == "chairs_side"
    browser.post("/admin/rules/ubnd", data={"do": "remove"})
    assert not offered(browser)[shipped]["own"], "as it came"
    browser.post(
        f"/admin/rules/{now['Nghị quyết bất thường']['name']}",
        data={key: RULE[key] for key in RULE if key != "offered"},
    )
    assert "Nghị quyết bất thường" not in offered(browser)
    assert browser.get("/admin/audit").text.split("<tbody>")[1].count("Sửa quy tắc biểu quyết") == 3


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"numerator": "5"}, "numerator"),
        ({"denominator": "0"}, "numerator"),
        ({"numerator": "-1"}, "numerator"),
        ({"numerator": "1e3"}, "numerator"),
        ({"quorum_denominator": "99999999999"}, "quorum_numerator"),
        ({"title": " "}, "title"),
    ],
)
def test_an_impossible_rule_is_not_kept(browser: TestClient, wrong: dict[str, str], field: str) -> None:
    page = browser.post("/admin/rules/new", data=RULE | wrong)
    assert page.status_code == 422
    assert f'id="{field}-error"' in page.text
    assert "Nghị quyết bất thường" not in offered(browser)


def test_whose_account_is_locked_loses_the_open_line(tmp_path: Path) -> None:
    story = Story.in_session()
    story.give(
        SECRETARY, ChangeParticipant(participant=FINANCE, office="Sở", role=Role.DELEGATE, member=True, account="sotc")
    )
    data = tmp_path / "data"
    found(data, "m", story.events)
    administrator(data, LOGIN, PASSWORD)
    with Server(data) as server:
        form = {"Content-Type": "application/x-www-form-urlencoded", "Origin": server.base}
        admin = form | {"Cookie": _cookie(server, form, LOGIN, PASSWORD)}
        page = server.ask("POST", "/admin/accounts", admin, b"login=sotc&name=So").body.decode()
        password = page.split('class="secret">')[1].split("<")[0]
        listed = server.ask("GET", "/admin/accounts", admin).body.decode()
        address = next(
            a
            for a in re.findall(r"/admin/accounts/[\w-]+", listed)
            if "sotc" in server.ask("GET", a, admin).body.decode()
        )
        cookie = _cookie(server, form, "sotc", password)
        with handshake(server.port, f"/m/m/{FINANCE}/live", {"Cookie": cookie, "Origin": server.base}) as line:
            line.say({"hello": 1})
            line.hear("hello")
            assert server.ask("POST", address, admin, b"do=disable").status == 303
            assert line.closed() == 4401


def _cookie(server: Server, form: dict[str, str], login: str, password: str) -> str:
    answer = server.ask("POST", "/sign-in", form, urlencode({"login": login, "password": password}).encode())
    assert answer.status == 303
    return answer.cookie
