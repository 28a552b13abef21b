"""The API over a real server: what a token reads, what it does not, and that its secret stays nowhere."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from meetingroom.endpoints.neighbours import openapi
from meetingroom.endpoints.neighbours.api import LIMIT
from meetingroom.storage.tokens import Scope
from tests.endpoints.conftest import NAMED_PAPER, OPEN_PAPER, Door
from tests.endpoints.test_carry import FORM
from tests.endpoints.test_feed import Chair
from tests.servers import Answer

EVERYTHING = tuple(scope.value for scope in Scope)


class Desk:
    """The administrator makes tokens; programs read with them."""

    def __init__(self, folder: Path) -> None:
        self.door = Door(folder)

    def token(self, *scopes: str) -> str:
        form = "&".join(["do=make", "name=Cong+thong+tin", *(f"{scope}=on" for scope in scopes)])
        page = self.door.ask("POST", "/admin/api", "administrator", form.encode(), Content_Type=FORM)
        found = re.search(r"mr_[\w-]{43}", html.unescape(page.body.decode()))
        assert page.status == 200 and found
        return found[0]

    def ask(self, secret: str, path: str) -> Answer:
        return self.door.server.ask("GET", f"/api/v1/{path}", {"Authorization": f"Bearer {secret}"})

    def read(self, secret: str, path: str, schema: str) -> Any:
        answer = self.ask(secret, path)
        assert answer.status == 200, (path, answer.body)
        told = json.loads(answer.body)
        fits(told, openapi.SCHEMAS[schema], schema)
        return told


def fits(value: Any, schema: dict[str, Any], at: str) -> None:
    """As the OpenAPI document says, and nothing that it does not mention."""
    if "$ref" in schema:
        schema = openapi.SCHEMAS[schema["$ref"].rsplit("/", 1)[1]]
    if "enum" in schema:
        assert value in schema["enum"], at
        return
    kinds = {"string": str, "integer": int, "boolean": bool, "array": list, "object": dict}
    assert type(value) is kinds[schema["type"]], at
    if schema["type"] == "array":
        for each in value:
            fits(each, schema["items"], at)
    if "properties" in schema:
        assert set(schema["required"]) <= set(value) <= set(schema["properties"]), at
        for name, part in value.items():
            fits(part, schema["properties"][name], f"{at}.{name}")
    if schema.get("format") == "date-time":
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+0\d:00", value), at


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    opened = Desk(tmp_path)
    with opened.door.server:
        yield opened
    assert "mr_" not in opened.door.server.logged() and "Traceback" not in opened.door.server.logged()


def test_a_portal_reads_what_is_public_in_a_meeting(desk: Desk) -> None:
    secret = desk.token(*EVERYTHING)
    past = desk.read(secret, "meetings?when=past", "Meetings")["meetings"]  # both of these began in 1970
    assert {each["id"] for each in past} == {"m", "n"}
    assert desk.read(secret, "meetings", "Meetings")["meetings"] == []
    one = desk.read(secret, "meetings/m", "Meeting")
    assert [(item["number"], item["title"]) for item in one["agenda"]] == [
        ("1", "One"),
        ("2", "Two"),
        ("2.1", "Two_One"),
    ]
    assert desk.ask(secret, "meetings?when=soon").status == desk.ask(secret, "meetings?after=x").status == 400

    listed = desk.read(secret, "meetings/m/papers", "Papers")["papers"]
    assert OPEN_PAPER in {each["id"] for each in listed} and NAMED_PAPER not in {each["id"] for each in listed}
    file = desk.ask(secret, f"meetings/m/papers/{OPEN_PAPER}/file")
    assert file.body.startswith(b"%PDF") and file.headers["Content-Type"] == "application/pdf"
    assert desk.ask(secret, f"meetings/m/papers/{NAMED_PAPER}/file").status == 404

    chair = Chair(desk.door)
    chair.give("voting.prepare", item="two", question="Thông qua?")
    vote = next(iter(_votes(desk)))
    chair.give("voting.open", vote=vote)
    chair.give("voting.cast", vote=vote, marks=[["q", "yes"]])
    chair.give("voting.close", vote=vote)
    assert desk.read(secret, "meetings/m/results", "Results")["results"] == [], "counted is not announced"
    assert desk.ask(secret, f"meetings/m/results/{vote}").status == 404
    chair.give("voting.announce", vote=vote)
    (result,) = desk.read(secret, "meetings/m/results", "Results")["results"]
    assert result["result"]["tally"]["q"]["yes"] == 1
    assert "names" not in result["result"] and "called" not in result["result"]
    assert json.loads(desk.ask(secret, f"meetings/m/results/{vote}").body)["ballots"][0]["voter"] == "chair"

    chair.give("papers.withdraw", paper=OPEN_PAPER)
    assert desk.ask(secret, f"meetings/m/papers/{OPEN_PAPER}/file").status == 404, "withdrawn is withdrawn here too"
    chair.line.connection.close()


def _votes(desk: Desk) -> list[str]:
    journal = json.loads(desk.door.ask("GET", f"{desk.door.seat('chair')}/journal.json", "chair").body)
    rows = journal["entries"] if isinstance(journal, dict) else journal
    bodies = [json.loads(row["body"]) for row in rows if row["name"] == "voting.prepared"]
    return [body["vote"] for body in bodies]


def test_a_scope_opens_its_own_door_only_and_a_revoked_token_none(desk: Desk) -> None:
    asked = {
        "meetings": ("meetings", "meetings/m"),
        "papers": ("meetings/m/papers", f"meetings/m/papers/{OPEN_PAPER}/file"),
        "results": ("meetings/m/results",),
        "ballots": ("meetings/m/results/none",),
    }
    for scope in EVERYTHING:
        secret = desk.token(scope)
        for of, paths in asked.items():
            for path in paths:
                status = desk.ask(secret, path).status
                assert (status == 403) is (of != scope), (scope, path, status)
    listed = desk.door.ask("GET", "/admin/api", "administrator").body.decode()
    assert not re.search(r"mr_[\w-]{43}", listed), "shown once"
    assert desk.ask(secret, "meetings/none/results/none").status == 404
    tokens = re.findall(r'name="token" value="([^"]+)"', listed)
    for token in tokens:
        form = f"do=revoke&token={token}".encode()
        assert desk.door.ask("POST", "/admin/api", "administrator", form, Content_Type=FORM).status == 303
    refused = desk.ask(secret, "meetings/m/results")
    assert refused.status == 401 and refused.headers["WWW-Authenticate"] == "Bearer"
    log = desk.door.ask("GET", "/admin/audit.csv", "administrator").body.decode()
    assert log.count("Cấp mã truy cập") == len(EVERYTHING) and log.count("Thu hồi mã truy cập") == len(tokens)
    for part in desk.door.server.data.rglob("*"):
        if part.is_file():
            assert secret.encode() not in part.read_bytes(), "only its hash is kept"


def test_a_program_gone_wild_is_slowed(desk: Desk) -> None:
    secret = desk.token("meetings")
    assert desk.ask(secret, "meetings").status == 200
    assert any(desk.ask(secret, "meetings").status == 429 for _ in range(LIMIT[0] * 8)), "also on a slow machine"
    assert desk.ask(desk.token("meetings"), "meetings").status == 200, "another system is not slowed"
    guesses = [desk.ask(f"mr_{number:043}", "meetings").status for number in range(25)]
    assert guesses[0] == 401 and 429 in guesses
    assert desk.door.cookie("guest"), "who guesses tokens keeps nobody behind the same address from signing in"


def test_the_document_names_every_address(desk: Desk) -> None:
    from meetingroom.endpoints.routes import ROUTES

    told = json.loads(desk.door.server.ask("GET", "/api/v1/openapi.json").body)
    assert told["openapi"].startswith("3.1") and told["servers"] == [{"url": desk.door.server.base}]
    routed = {route.path for route in ROUTES if route.path.startswith("/api/v1/")}
    assert set(told["paths"]) == routed - {"/api/v1/openapi.json"}
