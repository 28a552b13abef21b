"""The doors for people: the first administrator, signing in, personal codes; what is wrong is said beside its field."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from meetingroom.app import build
from meetingroom.domain.messages import write
from meetingroom.endpoints.context import House
from meetingroom.settings import Settings
from meetingroom.storage.journal import Entry, Summary
from tests.stories import FINANCE, SECRETARY, Story

SAME = {"origin": "http://testserver"}
ADMINISTRATOR = {"name": "Chuyên viên", "login": "VanPhong", "password": "một câu dài", "again": "một câu dài"}


@pytest.fixture
def browser(tmp_path: Path) -> Iterator[TestClient]:
    with TestClient(build(Settings(data=tmp_path)), headers=SAME) as client:
        yield client


@pytest.mark.parametrize(
    ("wrong", "field", "sentence"),
    [
        ({"password": "ngắn", "again": "ngắn"}, "password", "ít nhất 8 ký tự"),
        ({"password": "12345678", "again": "12345678"}, "password", "quá phổ biến"),
        ({"again": "khác"}, "again", "không giống"),
        ({"login": ""}, "login", "Hãy nhập tên"),
    ],
)
def test_the_first_administrator_is_told_what_is_wrong(
    browser: TestClient, wrong: dict[str, str], field: str, sentence: str
) -> None:
    page = browser.post("/setup", data=ADMINISTRATOR | wrong)
    assert page.status_code == 422
    told = page.text.split(f'id="{field}-error"')[1].split("</span>")[0]
    assert sentence in told
    assert f'value="{(ADMINISTRATOR | wrong)["password"]}"' not in page.text, "a password is never sent back"


def test_the_first_visit_makes_the_administrator_and_later_ones_cannot(browser: TestClient) -> None:
    assert browser.get("/", follow_redirects=False).headers["location"] == "/setup"
    assert browser.post("/setup", data=ADMINISTRATOR, follow_redirects=False).headers["location"] == "/"
    browser.cookies.clear()
    assert browser.get("/setup").status_code == 404
    assert browser.post("/setup", data=ADMINISTRATOR).status_code == 404


def test_signing_in_and_out(browser: TestClient) -> None:
    browser.post("/setup", data=ADMINISTRATOR)
    browser.post("/sign-out")
    page = browser.post("/sign-in", data={"login": "vanphong", "password": "falsch-falsch"})
    assert page.status_code == 403
    assert 'id="password-error"' in page.text
    home = browser.post("/sign-in", data={"login": " VANPHONG ", "password": "một câu dài"})
    assert home.status_code == 200
    assert "Chuyên viên" in home.text


def test_a_participant_with_an_account_enters_by_it(browser: TestClient) -> None:
    browser.post("/setup", data=ADMINISTRATOR)
    page = browser.post("/meetings", data={"title": "Phiên họp"})
    assert page.url.path.endswith("/secretariat")
    assert str(page.url.path) in browser.get("/").text


def test_an_unknown_code_is_told_beside_the_field(browser: TestClient) -> None:
    page = browser.post("/join", data={"code": "7KQ2 M9XD"})
    assert page.status_code == 403
    assert 'id="code-error"' in page.text


@pytest.mark.parametrize("path", ["/setup", "/sign-in", "/join", "/language", "/meetings", "/sign-out"])
def test_a_form_of_another_site_changes_nothing(browser: TestClient, path: str) -> None:
    assert browser.post(path, data=ADMINISTRATOR, headers={"origin": "http://other.example"}).status_code == 403


@pytest.mark.parametrize(
    ("wanted", "place"),
    [
        ("/m/m/finance/devices", "/m/m/finance/devices"),
        ("/m/m/chair/console", "/m/m/finance/tablet"),
        ("//other.example/m/m/finance/", "/m/m/finance/tablet"),
        ("", "/m/m/finance/tablet"),
    ],
)
def test_who_was_sent_to_the_page_of_codes_goes_back_to_their_own_page(
    browser: TestClient, tmp_path: Path, wanted: str, place: str
) -> None:
    code = invited(browser, FINANCE)
    page = browser.get("/join", params={"next": wanted})
    action = page.text.split('action="')[1].split('"')[0]
    assert browser.post(action, data={"code": code}).url.path == place


def test_links_with_codes_are_https_where_the_settings_say_so(tmp_path: Path) -> None:
    with TestClient(build(Settings(data=tmp_path, secure=True)), "https://testserver") as client:
        code = invited(client, SECRETARY)
        client.get(f"/j/{code}")
        cookie = "; ".join(f"{name}={value}" for name, value in client.cookies.items())
        # The proxy does not say that the browser speaks https.
        page = client.get("http://testserver/m/m/secretary/secretariat", headers={"cookie": cookie})
    assert page.status_code == 200
    assert 'data-join="https://testserver/join"' in page.text


def invited(client: TestClient, participant: str) -> str:
    """The committee's meeting exists; the personal code of one of its people."""
    home: House = client.app.state.house  # type: ignore[attr-defined]
    events = Story.in_session().events
    entries = [Entry("m", n, 1, "secretary", None, event.tag, write(event)) for n, event in enumerate(events, 1)]
    home.journal.append(entries, Summary("m", "Phiên họp", 0, "in_session", "A"))
    return home.invitations.code("m", participant)
