"""Signing in with the agency's own directory, at an OpenLDAP server that really runs; and what does not come in that way."""

from __future__ import annotations

import base64
import contextlib
import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx2
import pytest

from meetingroom.doctor.around import Around
from meetingroom.doctor.findings import Level
from meetingroom.endpoints.assets import web_root
from meetingroom.ldap import Ldap, Unanswered
from meetingroom.settings import Settings
from meetingroom.storage.second import hotp
from meetingroom.words import Catalogue
from tests.endpoints.conftest import LOGIN, PASSWORD, Door
from tests.endpoints.slapd import BASE, READER, READER_PASSWORD, Slapd, running

# ldap3 2.9 calls the tables of pyasn1 by their older names.
pytestmark = pytest.mark.filterwarnings("ignore:(tagMap|typeMap) is deprecated:DeprecationWarning")

THEIRS = "mật khẩu máy tính"
PEOPLE = [
    {"name": "Hoang Thi Lan", "uid": "lan", "title": "giam-doc", "password": THEIRS},
    {"name": "Admin khac", "uid": LOGIN, "title": "chuyen-vien", "password": THEIRS},  # called as our administrator is
    {"name": "Tran Van Nam", "uid": "nam", "title": "giam-doc", "password": THEIRS},
    {"name": "Nam thu hai", "uid": "nam", "title": "chuyen-vien", "password": THEIRS},
]
Browsers = Callable[[Door], httpx2.Client]


@pytest.fixture(scope="module")
def slapd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Slapd]:
    with running(tmp_path_factory.mktemp("slapd") / "ldap", PEOPLE) as started:
        yield started


@pytest.fixture
def browser() -> Iterator[Browsers]:
    """A new one at every call."""
    with contextlib.ExitStack() as opened:

        def new(door: Door) -> httpx2.Client:
            headers = {"origin": door.server.base}
            return opened.enter_context(httpx2.Client(base_url=door.server.base, timeout=60, headers=headers))

        yield new


def sign_in(client: httpx2.Client, login: str, password: str) -> httpx2.Response:
    return client.post("/sign-in", data={"login": login, "password": password})


def add(administrator: httpx2.Client, name: str, login: str) -> None:
    sign_in(administrator, LOGIN, PASSWORD)
    administrator.post("/admin/people", data={"do": "person", "name": name, "login": login})


def test_somebody_of_our_directory_comes_in_with_the_password_of_the_agency(
    own_door: Callable[..., Door], slapd: Slapd, browser: Browsers
) -> None:
    door = own_door(environment=slapd.settings())
    administrator, lan = browser(door), browser(door)
    assert "tài khoản của tỉnh" in lan.get("/sign-in").text
    assert sign_in(lan, "lan", THEIRS).status_code == 403, "not known here"
    add(administrator, "Hoàng Thị Lan", "lan")
    for wrong in ("sai", "", "mật khẩu máy tính "):
        assert sign_in(lan, "lan", wrong).status_code == 403
    came = sign_in(lan, " LAN ", THEIRS)
    assert came.status_code == 303, came.text
    assert "Hoàng Thị Lan" in lan.get("/").text and lan.get("/admin").status_code == 404, "nobody's administrator"
    page = lan.get("/account").text
    assert 'name="former"' not in page and "tài khoản của tỉnh" in page
    assert sign_in(browser(door), "lan", THEIRS).status_code == 303, "and again"
    log = administrator.get("/admin/audit").text
    assert "Tạo tài khoản" in log and "Đăng nhập sai" in log and THEIRS not in log + door.server.logged()

    # locked here, whatever the agency says
    own = re.search(
        r'href="(/admin/accounts/[^"]+)"><span class="grow"><b>Hoàng', administrator.get("/admin/accounts").text
    )
    assert own
    administrator.post(own[1], data={"do": "disable"})
    assert lan.get("/").status_code != 200 or "Hoàng Thị Lan" not in lan.get("/").text
    assert sign_in(browser(door), "lan", THEIRS).status_code == 403


def test_an_account_with_a_password_here_is_nobody_elses(
    own_door: Callable[..., Door], slapd: Slapd, browser: Browsers
) -> None:
    door = own_door(environment=slapd.settings(ldap=slapd.plain))  # StartTLS
    assert sign_in(browser(door), LOGIN, THEIRS).status_code == 403, "called as our administrator, and still not them"
    administrator = browser(door)
    sign_in(administrator, LOGIN, PASSWORD)
    page = administrator.post("/admin/accounts", data={"login": "lan", "name": "Lan"}).text
    password = re.search(r'class="secret">([^<]+)<', page)
    own = re.search(
        r'href="(/admin/accounts/[^"]+)"><span class="grow"><b>Lan', administrator.get("/admin/accounts").text
    )
    assert password and own
    assert sign_in(browser(door), "lan", THEIRS).status_code == 403
    administrator.post(own[1], data={"do": "elsewhere"})
    assert sign_in(browser(door), "lan", password[1]).status_code == 403, "the one handed over is void"
    assert sign_in(browser(door), "lan", THEIRS).status_code == 303
    assert "Chuyển sang mật khẩu của cơ quan" in administrator.get("/admin/audit").text
    mine = re.search(
        r'href="(/admin/accounts/[^"]+)"><span class="grow"><b>[^<]*quan-tri', administrator.get("/admin/accounts").text
    )
    assert mine and administrator.post(mine[1], data={"do": "elsewhere"}).status_code == 400, (
        "nobody locks themselves out"
    )


def test_the_second_factor_is_asked_for_all_the_same(
    own_door: Callable[..., Door], slapd: Slapd, browser: Browsers
) -> None:
    door = own_door(environment=slapd.settings())
    add(browser(door), "Hoàng Thị Lan", "lan")
    lan = browser(door)
    sign_in(lan, "lan", THEIRS)
    secret = re.search(r'<code class="typed">([^<]+)<', lan.get("/account").text)
    assert secret
    code = hotp(base64.b32decode(secret[1].replace(" ", "")), int(time.time()) // 30)
    assert lan.post("/account", data={"do": "second", "code": code}).status_code == 200
    again = browser(door)
    came = sign_in(again, "lan", THEIRS)
    assert came.headers["location"].startswith("/sign-in/code")
    assert "Hoàng Thị Lan" not in again.get("/").text


def test_guessing_is_slowed_as_everywhere(own_door: Callable[..., Door], slapd: Slapd, browser: Browsers) -> None:
    door = own_door(environment=slapd.settings())
    add(browser(door), "Hoàng Thị Lan", "lan")
    lan = browser(door)
    statuses = [403]
    while statuses[-1] == 403 and len(statuses) < 14:  # each failure doubles the pause: even a slow machine comes to it
        statuses.append(sign_in(lan, "lan", "sai").status_code)
    assert statuses[1:6] == [403] * 5 and statuses[-1] == 429


@pytest.mark.parametrize(
    "login", ["*", "l*", "lan)(uid=*", "*)(|(uid=*", "lan\0", "\\6can", "(", "nam", "nobody", "ｌａｎ"]
)
def test_what_is_typed_is_a_name_and_no_filter(slapd: Slapd, login: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(slapd.root))
    asked = Ldap(settings(slapd))
    assert asked._fits("lan", THEIRS)
    assert not asked._fits(login, THEIRS), "nobody, or more than one"
    asked.close()


def settings(slapd: Slapd, **other: str) -> Settings:
    said = {"ldap": slapd.secret, "ldap_base": BASE, "ldap_reader": READER, "ldap_password": READER_PASSWORD} | other
    return Settings(data=Path("nowhere"), **said)  # type: ignore[arg-type]


def test_a_filter_says_who_of_them_may(slapd: Slapd, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(slapd.root))
    asked = Ldap(settings(slapd, ldap_filter="(title=giam-doc)"))
    assert asked._fits("lan", THEIRS) and asked._fits("nam", THEIRS), "the other Nam is none"
    assert not asked._fits(LOGIN, THEIRS)
    asked.close()


def test_a_server_nobody_vouches_for_is_told_no_password(slapd: Slapd, monkeypatch: pytest.MonkeyPatch) -> None:
    for address in (slapd.secret, slapd.plain):
        monkeypatch.delenv("SSL_CERT_FILE", raising=False)
        asked = Ldap(settings(slapd, ldap=address))
        with pytest.raises(Unanswered):
            asked._fits("lan", THEIRS)
        asked.close()
        monkeypatch.setenv("SSL_CERT_FILE", str(slapd.root))
        asked = Ldap(settings(slapd, ldap=address.replace("127.0.0.1", "127.0.0.2")))
        with pytest.raises(Unanswered):
            asked._fits("lan", THEIRS)
        asked.close()


def test_without_tls_it_is_not_asked_unless_told_so(tmp_path: Path) -> None:
    with running(tmp_path / "ldap", PEOPLE, more="TLSVerifyClient demand") as strict:  # StartTLS comes to nothing
        asked = Ldap(settings(strict, ldap=strict.plain))
        with pytest.raises(Unanswered):
            asked._fits("lan", THEIRS)
        asked.close()
        clear = Ldap(Settings(data=tmp_path, ldap=strict.plain, ldap_base=BASE, ldap_reader=READER, ldap_password=READER_PASSWORD, ldap_clear=True))  # fmt: skip  # noqa: E501
        assert clear._fits("lan", THEIRS)
        clear.close()


def test_a_directory_that_is_away_is_said_to_be_and_others_come_in(
    own_door: Callable[..., Door], browser: Browsers
) -> None:
    door = own_door(environment={"MEETINGROOM_LDAP": "ldap://127.0.0.1:9", "MEETINGROOM_LDAP_BASE": BASE})
    administrator = browser(door)
    add(administrator, "Hoàng Thị Lan", "lan")
    assert administrator.get("/admin").status_code == 200
    answer = sign_in(browser(door), "lan", THEIRS)
    assert answer.status_code == 503 and "Chưa liên lạc được" in answer.text
    assert "Traceback" not in door.server.logged()


def test_what_cannot_be_asked_is_said_before_anybody_signs_in() -> None:
    for wrong in (
        {"ldap": "http://ldap", "ldap_base": BASE},
        {"ldap": "ldaps://ldap"},
        {"ldap": "ldaps://ldap", "ldap_base": BASE, "ldap_attribute": "uid)(x=*"},
        {"ldap": "ldaps://ldap", "ldap_base": BASE, "ldap_filter": "(title=x"},
    ):
        with pytest.raises(ValueError):
            Ldap(Settings(data=Path("nowhere"), **wrong))  # type: ignore[arg-type]


def test_the_doctor_looks_at_it(slapd: Slapd, monkeypatch: pytest.MonkeyPatch) -> None:
    words = Catalogue(web_root() / "words").words("en", "Asia/Ho_Chi_Minh")

    def look(**other: str) -> Level:
        (finding,) = Around(settings(slapd, **other), words).ldap()
        assert "doctor." not in finding.said + finding.do
        return finding.level

    monkeypatch.setenv("SSL_CERT_FILE", str(slapd.root))
    assert look() is Level.OK
    assert look(ldap_password="sai") is look(ldap="ldaps://127.0.0.1:9") is look(ldap_base="") is Level.ERROR
