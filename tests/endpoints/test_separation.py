"""Two units on one server: whatever the people of one ask for, of the other one not a word comes back.

All of the other unit's is called after a canary. The addresses are those of the router: a new one is asked for by itself.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.routing import Route
from starlette.testclient import TestClient

from meetingroom.app import build
from meetingroom.domain import meeting as domain
from meetingroom.domain.conclusions import PublishConclusion, WriteConclusion
from meetingroom.domain.messages import Command, Event, Role, write
from meetingroom.domain.people import AddParticipant, Participant
from meetingroom.domain.separation import Office
from meetingroom.domain.sitting import Address, Close, Open, Publish
from meetingroom.endpoints.routes import ROUTES
from meetingroom.settings import Settings
from meetingroom.storage.accounts import Accounts
from meetingroom.storage.circles import Circles
from meetingroom.storage.directory import Directory, Person
from meetingroom.storage.engine import Database
from meetingroom.storage.journal import Entry, Journal, Summary
from meetingroom.storage.meetings import taking_part
from meetingroom.storage.tasks import following
from meetingroom.storage.tokens import Scope, Tokens
from meetingroom.storage.venues import Venues
from tests.servers import administrator, hashed

SAME = {"Origin": "http://testserver"}
PASSWORD = "mot-mat-khau-dai"
CANARY = "Hoàng Yến"
HALL = "Hội trường chung"
DAY, NINE = "2030-05-06", 1_904_263_200_000  # 9:00 in Hà Nội
HOUR = 3_600_000
OF_A = ("a.secretary", "a.registrar", "a.somebody")


class Houses:
    """`of` names what belongs to whom by the placeholders of the router."""

    def __init__(self, data: Path) -> None:
        administrator(data, "admin", PASSWORD)
        database = Database(data)
        directory, accounts = Directory(database), Accounts(database)
        a, below, b = directory.add_unit("Sở An"), None, directory.add_unit(f"Sở {CANARY}")
        assert a and b
        below = directory.add_unit("Chi cục An", a.id)
        assert below
        kept = hashed(PASSWORD)
        for login, unit, post in (
            ("a.secretary", a, Office.SECRETARY),
            ("a.registrar", a, Office.REGISTRAR),
            ("a.somebody", a, Office.NONE),
            ("a.colleague", a, Office.NONE),
            ("b.secretary", b, Office.SECRETARY),
            ("b.registrar", b, Office.REGISTRAR),
        ):
            name = f"{CANARY} {login}" if unit is b else login
            accounts.create(login, name, kept, administrator=False, post=post, unit=unit.id if post else "")
            directory.add([(Person(name, "Chuyên viên", unit.id, f"{login}@tinh.gov.vn", "", login), "")])
        circle, venue = Circles(database).add(f"Nhóm {CANARY}", b.id), Venues(database).add(f"Phòng {CANARY}", "", b.id)
        hall = Venues(database).add(HALL, "")
        assert circle and venue and hall
        self.people = {one.login: one for one in directory.people()}
        Circles(database).arrange(circle.id, [self.people["b.secretary"].id])
        _, self.secret = Tokens(database, lambda: 1).make("Cổng An", frozenset(Scope), "admin", a.id)
        _, self.secret_of_b = Tokens(database, lambda: 1).make("Cổng B", frozenset(Scope), "admin", b.id)
        self.units = {"a": a.id, "below": below.id, "b": b.id}
        for unit, who in (("a", "a.secretary"), ("b", "b.secretary")):
            _meeting(database, f"template-{unit}", self.units[unit], who, template=True)
            _meeting(database, f"draft-{unit}", self.units[unit], who)
            _meeting(database, f"coming-{unit}", self.units[unit], who, Publish())
            _meeting(
                database,
                f"past-{unit}",
                self.units[unit],
                who,
                Publish(),
                Open(regardless=True),
                WriteConclusion(text=f"Việc của {CANARY if unit == 'b' else 'An'}", lead="Sở"),
                PublishConclusion(conclusion="made-3"),
                Close(),
            )
        self.of = {
            "meeting": "coming-b",
            "participant": "office",
            "task": "made-3",
            "unit": b.id,
            "circle": circle.id,
            "venue": venue.id,
            "person": self.people["b.secretary"].id,
            "account": next(each.id for each in accounts.all() if each.login == "b.secretary"),
        }
        database.close()


def _meeting(database: Database, key: str, unit: str, who: str, *commands: Command, template: bool = False) -> None:
    """In the common hall from nine to ten; a colleague from the other unit takes part in those of b."""
    title = f"Họp {CANARY if key.endswith('-b') else 'An'} {key}"
    office = Participant("office", f"Thư ký {who}", "", "", Role.SECRETARY, False, "", 1, who)
    starts = NINE - 10 * 365 * 24 * HOUR if key.startswith("past") else NINE
    events: list[Event] = list(
        domain.found(
            meeting=key, founder=office, title=title, kind="", room=HALL, starts=starts, organisation="",
            address=Address.NEUTRAL, ends=starts + HOUR, template=template, unit=unit,
        )
    )  # fmt: skip
    if key.endswith("-b"):
        commands = (AddParticipant(office="Khách", role=Role.GUEST, account="a.colleague"), *commands)
    else:
        commands = (AddParticipant(office="Khách", role=Role.GUEST), *commands)
    for number, command in enumerate(commands, start=1):
        facts = domain.Facts(now=starts, id=f"made-{number - 1}")
        events += domain.decide(domain.replay(events), office, command, facts).events
    meeting = domain.replay(events)
    entries = [Entry(key, n, 1, "office", None, event.tag, write(event)) for n, event in enumerate(events, 1)]
    summary = Summary(key, title, starts, meeting.sitting.listed, HALL, starts + HOUR, unit=unit)
    Journal(database).append(
        entries,
        summary,
        [taking_part(key, meeting.people), following(key, meeting.conclusions, meeting.people, meeting.reports)],
    )


@pytest.fixture(scope="module")
def houses(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Houses, TestClient]]:
    data = tmp_path_factory.mktemp("units")
    made = Houses(data)
    with TestClient(build(Settings(data=data)), headers=SAME, follow_redirects=False) as client:
        yield made, client


class Visitor:
    def __init__(self, client: TestClient, login: str) -> None:
        client.cookies.clear()
        assert client.post("/sign-in", data={"login": login, "password": PASSWORD}).status_code == 303
        self.client, self.login = client, login

    def get(self, path: str) -> tuple[int, str]:
        answer = self.client.get(path)
        body = answer.content
        return answer.status_code, html.unescape(body.decode("utf-8", "replace"))

    def post(self, path: str, **fields: Any) -> int:
        return self.client.post(path, data=fields).status_code


def addresses(of: dict[str, str]) -> list[str]:
    """Every address one may GET, with the other unit's names in its placeholders; below a seat with one's own too."""
    own = {"meeting": "coming-a", "participant": "office"}
    found = []
    for route in ROUTES:
        if isinstance(route, Route) and "GET" in (route.methods or ()) and not route.path.startswith("/s/"):
            for values in (of, of | own) if "{meeting}" in route.path else (of,):
                found.append(
                    re.sub(r"\{(\w+)(:\w+)?\}", lambda match, values=values: values.get(match[1], "1"), route.path)
                )
    pages = ("secretariat", "console", "tablet", "prepare", "draft", "door", "screen")
    found += [f"/m/{key}/office/{page}" for key in ("coming-b", "coming-a") for page in pages]
    documents = ("invitations.docx", "attendance.docx", "minutes.docx", "attendance.xlsx")
    found += [f"/m/{key}/office/documents/{name}" for key in ("past-b", "past-a") for name in documents]
    found += [
        f"/m/coming-a/office/planning?room={HALL}&starts={NINE}&ends={NINE + HOUR}",
        "/m/template-a/office/planning",
    ]
    found += [
        f"/rooms?day={DAY}",
        f"/search?q={CANARY}",
        "/tasks?standing=all",
        "/tasks?form=board",
        "/tasks/past-b/made-3",
    ]
    found += ["/statistics?year=2020", "/statistics?year=2030", f"/admin/people?q={CANARY}"]
    return found


@pytest.mark.parametrize("login", OF_A)
def test_not_a_word_of_another_unit_comes_back(houses: tuple[Houses, TestClient], login: str) -> None:
    made, client = houses
    visitor = Visitor(client, login)
    told = {}
    for path in addresses(made.of):
        status, body = visitor.get(path)
        assert CANARY not in body.replace(f'value="{CANARY}"', "") or path.startswith("/search"), (login, path)
        assert "b.secretary" not in body and made.units["b"] not in body.replace(path, ""), (login, path)
        told[path] = status
    assert "Họp " + CANARY not in visitor.get(f"/search?q={CANARY}")[1]
    assert {status for path, status in told.items() if "coming-b" in path or "past-b" in path} <= {401, 404, 405}
    assert told["/calendar"] == told["/tasks"] == told["/statistics"] == 200


def test_the_others_themselves_find_all_of_it(houses: tuple[Houses, TestClient]) -> None:
    """Otherwise the canary sang nowhere."""
    made, client = houses
    wanted = {
        "b.secretary": ("/", "/meetings/new", f"/rooms?day={DAY}", "/calendar", "/m/coming-b/office/directory"),
        "b.registrar": ("/unit", "/tasks", "/statistics?year=2020", "/meetings/new", "/admin/people", "/admin/rooms"),
    }
    for login, paths in wanted.items():
        visitor = Visitor(client, login)
        for path in paths:
            status, body = visitor.get(path)
            assert status == 200 and CANARY in body, (login, path)
    assert made.units["b"] in Visitor(client, "b.registrar").get("/meetings/new")[1]


def test_hours_are_taken_and_nothing_more_is_told(houses: tuple[Houses, TestClient]) -> None:
    _, client = houses
    visitor = Visitor(client, "a.secretary")
    hall = visitor.get(f"/rooms?day={DAY}")[1]
    assert "Đã có lịch họp" in hall and "Họp An coming-a" in hall
    clashes = client.get(f"/m/coming-a/office/planning?room={HALL}&starts={NINE}&ends={NINE + HOUR}").json()["clashes"]
    assert sorted(each["title"] for each in clashes if each["room"]) == ["", "", "Họp An draft-a"]
    calendar = Visitor(client, "a.somebody").get("/calendar")[1]
    assert "Bận họp ngoài đơn vị" in calendar and "a.colleague" in calendar


def test_nothing_of_another_unit_is_changed_or_begun_with(houses: tuple[Houses, TestClient]) -> None:
    made, client = houses
    of, a = made.of, made.units["a"]
    visitor = Visitor(client, "a.registrar")
    refused = {
        "/unit": {"meeting": "coming-b"},
        f"/admin/people/units/{of['unit']}": {"name": "x"},
        f"/admin/people/circles/{of['circle']}": {"do": "remove"},
        f"/admin/people/{of['person']}": {"do": "remove"},
        f"/admin/rooms/{of['venue']}": {"do": "remove"},
        f"/admin/accounts/{of['account']}": {"do": "password"},
        "/tasks/past-b/made-3": {"do": "done"},
        "/tasks/past-a/made-3": {"do": "done"},  # one's own unit's, but one is not in its office
        "/meetings": {"title": "T", "unit": a, "former": "template-b"},
    }
    assert {path: visitor.post(path, **fields) for path, fields in refused.items()} == dict.fromkeys(refused, 404)
    assert visitor.post("/meetings", title="T", unit=of["unit"]) == 422
    assert visitor.post("/meetings", title="T", unit="") == 422, "the whole agency's"
    assert Visitor(client, "a.somebody").post("/meetings", title="T", unit=a) == 404
    answer = Visitor(client, "a.secretary").client.post(
        "/meetings", data={"title": "T", "unit": a, "circle": of["circle"]}
    )
    seat = answer.headers["Location"].rsplit("/", 1)[0]
    assert CANARY not in client.get(f"{seat}/letters").text and CANARY not in client.get(f"{seat}/directory?q=Ho").text


def test_who_keeps_a_unit_takes_over_a_meeting_and_it_is_said(houses: tuple[Houses, TestClient]) -> None:
    _, client = houses
    visitor = Visitor(client, "a.registrar")
    assert client.get("/m/coming-a/office/secretariat").status_code == 404
    [seat, again] = [client.post("/unit", data={"meeting": "coming-a"}).headers["Location"] for _ in range(2)]
    assert seat == again and client.get(seat).status_code == 200
    assert visitor.post("/unit", meeting="past-a") == 409, "it is over"
    audit = Visitor(client, "admin").get("/admin/audit")[1]
    assert "Nhận làm thư ký phiên họp" in audit and "coming-a" in audit


def test_a_token_of_a_unit_reads_its_meetings_only(houses: tuple[Houses, TestClient]) -> None:
    made, client = houses
    client.cookies.clear()

    def asked(path: str, secret: str) -> Any:
        return client.get(f"/api/v1/meetings{path}", headers={"Authorization": f"Bearer {secret}"})

    for when in ("upcoming", "past"):
        assert CANARY not in asked(f"?when={when}", made.secret).text
    assert [each["id"] for each in asked("", made.secret_of_b).json()["meetings"]] == ["coming-b"]
    for path in (
        "/coming-b",
        "/coming-b/papers",
        "/coming-b/results",
        "/coming-b/papers/x/file",
        "/coming-b/results/x",
    ):
        assert asked(path, made.secret).status_code == 404
    assert asked("/coming-a", made.secret).status_code == asked("/coming-b", made.secret_of_b).status_code == 200
