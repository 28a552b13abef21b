"""Markup in every text that people may write, in every meeting, list and setting: on no page does it come alive."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import quote

import pytest

from meetingroom.domain.messages import COMMANDS
from tests.canaries import CANARY, TAG, Alive, has_text, stories
from tests.endpoints.conftest import LOGIN, PASSWORD
from tests.endpoints.test_routes import ASKED, SEAT
from tests.servers import Server, administrator, found
from tests.stories import CHAIR, FINANCE, GUEST, SCREEN, SECRETARY, SERVICE, Story

ELSEWHERE = {
    *(
        "papers.reject",
        "voting.count",
        "drawings.keep",
        "signing.produce",
        "signing.take_back",
        "issuing.take_back",
    ),  # the server's own words
    *("voting.change", "voting.enter_answer", "preparing.change", "minutes.approve"),  # what another command says, anew
    "rights.entrust",  # a line of a register: public bodies have none
}
"""Commands that no meeting here needs."""
MOST = 24  # meetings that are made until every command with a text was given in one
FEW = 5  # commands that may be missing


@pytest.fixture(scope="module")
def told() -> tuple[list[Story], set[str]]:
    """Meetings that have something no other has, and the commands with a text that were given in none."""
    missing = {kind.tag for kind in COMMANDS.values() if has_text(kind)} - ELSEWHERE
    kept = []
    for number, (story, given) in enumerate(stories(range(MOST))):
        if number < 4 or missing & {kind.tag for kind in given}:
            kept.append(story)
        missing -= {kind.tag for kind in given}
        if number >= 3 and not missing:
            break
    return kept, missing


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, told: tuple[list[Story], set[str]]) -> Iterator[Server]:
    data = tmp_path_factory.mktemp("canaries") / "data"
    codes = {story.meeting.id: found(data, story.meeting.id, story.events) for story in told[0]}
    administrator(data, LOGIN, PASSWORD)
    with Server(data) as running:
        running.links["codes"] = codes
        yield running
    assert "Traceback" not in running.logged()


def test_nearly_every_command_with_a_text_was_given(told: tuple[list[Story], set[str]]) -> None:
    """A new one may wait a little until somebody writes how it comes about (tests/canaries.py, _begin)."""
    assert len(told[1]) <= FEW, told[1]


def test_on_no_page_of_a_meeting_is_it_alive(told: tuple[list[Story], set[str]], server: Server) -> None:
    seen = 0
    for story in told[0]:
        meeting = story.meeting.id
        for person in (CHAIR, SECRETARY, FINANCE, GUEST, SCREEN, SERVICE):
            if person not in story.meeting.people:
                continue
            cookie = server.ask("GET", f"/j/{server.links['codes'][meeting][person]}").cookie
            for path in _paths(story, person):
                seen += _looked_at(server, path, cookie)
    assert seen > 1000, "hardly any page showed what people wrote"


def _paths(story: Story, person: str) -> Iterator[str]:
    """Every address below a seat that gives a page, of each vote where it is one's."""
    meeting = story.meeting
    for route in sorted({asked.route for asked in ASKED if asked.method == "GET" and asked.route.startswith(SEAT)}):
        at = route.format(meeting=meeting.id, participant=person) if "{" not in route[len(SEAT) :] else ""
        if at:
            yield at
    seat = f"/m/{meeting.id}/{person}"
    yield from (f"{seat}/votes/{vote}" for vote in meeting.voting)
    yield from (
        f"{seat}/{page}" for page in ("tablet", "console", "secretariat", "screen", "prepare", "draft", "service")
    )
    yield f"{seat}/search?q={quote(CANARY)}"
    yield f"/search?q={quote(CANARY)}"
    yield from ("/", "/tasks", "/calendar")


def _looked_at(server: Server, path: str, cookie: str) -> int:
    """How often a canary stands on the page as the text it is."""
    answer = server.ask("GET", path, {"Cookie": cookie, "Accept": "text/html"})
    if "text/html" not in (answer.headers["content-type"] or ""):
        return 0
    page = Alive(answer.body.decode())
    assert not page.alive, (path, page.alive)
    assert not re.search(rf"<{TAG}", answer.body.decode()), path
    return page.seen


def test_on_no_page_of_the_administrator_is_it_alive(server: Server) -> None:
    """Units, people, groups, rooms, rules, accounts, tokens, names of the agency: as they are typed, and in the audit log."""
    form = {"Content-Type": "application/x-www-form-urlencoded", "Origin": server.base}
    signing_in = server.ask("POST", "/sign-in", form, f"login={LOGIN}&password={PASSWORD}".encode())
    headers = form | {"Cookie": signing_in.cookie}
    canary = quote(CANARY)
    for path, fields in (
        ("/admin/people", "do=unit&name={}&above="),
        ("/admin/people", "do=person&name={}&office={}&email={}&telephone={}"),
        ("/admin/people", "do=circle&name={}"),
        ("/admin/rooms", "name={}&place={}"),
        ("/admin/accounts", "login=canary&name={}&password=mot-mat-khau-dai&again=mot-mat-khau-dai"),
        ("/admin/accounts", "login={}&name={}"),
        ("/admin/rules/new", "title={}&law={}&base=present&numerator=1&denominator=2&tie=not_carried"),
        ("/admin/api", "name={}&meetings=on"),
        ("/admin/api/hooks", "url=http://127.0.0.1:9/{}"),
        ("/admin/agency", "do=names&organisation_vi={}&organisation={}&locality={}&superior={}"),
        ("/admin/retention", "years={}"),
        ("/admin/people/import", "cells={}&text={}"),
        ("/meetings", "title={}&kind={}&room={}"),
        ("/sign-in", "login={}&password={}"),
        ("/join", "code={}"),
        ("/account", "do=password&former={}&password={}&again={}"),
    ):
        answer = server.ask("POST", path, headers, fields.replace("{}", canary).encode())
        assert answer.status < 500, (path, answer.status)
        if "text/html" in (answer.headers["content-type"] or ""):
            assert not Alive(answer.body.decode()).alive, path
    seen, followed = 0, [asked.path for asked in ASKED if asked.method == "GET" and not asked.route.startswith(SEAT)]
    for path in followed:
        if path.startswith(("/j/", "/s/")):
            continue
        seen += _looked_at(server, path, signing_in.cookie)
        answer = server.ask("GET", path, {"Cookie": signing_in.cookie, "Accept": "text/html"})
        more = re.findall(r'href="(/(?:admin|calendar|tasks)[^"#?]+)"', answer.body.decode("utf-8", "replace"))
        followed += [each for each in more if each not in followed and not each.endswith(".csv")]
    assert seen > 10, "hardly any page showed what was typed"
