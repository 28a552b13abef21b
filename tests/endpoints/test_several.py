"""Two server processes on one PostgreSQL share a meeting: each hears the other at once, and one may die."""

from __future__ import annotations

import contextlib
import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from meetingroom.domain.audience import merge
from meetingroom.live.hearing import AGAIN
from meetingroom.storage.engine import Database
from meetingroom.storage.journal import Journal
from tests.endpoints.line import Line, handshake
from tests.servers import Server, found
from tests.storage import postgres
from tests.stories import CHAIR, FINANCE, GUEST, HEALTH, HOME, SECRETARY, Story


class Pair:
    """Two processes with one data folder and one database."""

    def __init__(self, folder: Path, address: str) -> None:
        self.address, data = address, folder / "data"
        self.codes = found(data, "m", Story.in_session().events, address)
        self.lines = contextlib.ExitStack()
        environment = {"MEETINGROOM_DATABASE": address}
        self.one = Server(data, name="one", environment=environment)
        self.other = Server(data, name="other", environment=environment)

    def cookie(self, person: str) -> str:
        """Signed in at the first process."""
        return self.one.ask("GET", f"/j/{self.codes[person]}").cookie

    def tablet(self, server: Server, person: str, cookie: str = "") -> Tablet:
        headers = {"Cookie": cookie or self.cookie(person), "Origin": server.base}
        line = handshake(server.port, f"/m/m/{person}/live", headers)
        assert line.status == 101
        return Tablet(self.lines.enter_context(line))


class Tablet:
    """Keeps its view by patches."""

    def __init__(self, line: Line) -> None:
        self.line = line
        self.number = 0
        line.say({"hello": 1})
        self.view: dict[str, Any] = line.hear("view")["view"]

    def give(self, name: str, command: str, **arguments: Any) -> dict[str, Any]:
        self.line.say({"id": command, "do": name, "with": arguments})
        while True:
            frame = self._next()
            if command in (frame.get("done"), frame.get("refused")):
                return frame

    def until_page(self, page: int) -> None:
        while self.view["stage"].get("page") != page:
            self._next()

    def signal(self, name: str, **payload: Any) -> None:
        self.line.say({"signal": name, "with": payload})

    def until_signal(self, name: str, **expected: Any) -> None:
        """Until what is fleeting says this."""
        while True:
            frame = self._next()
            if frame.get("signal") == name and expected.items() <= frame["with"].items():
                return

    def until_connected(self, **devices: int) -> dict[str, Any]:
        """Until the console counts so many devices of these people, none for 0; what it was told."""
        while True:
            told = self._next().get("presence")
            if told and all(told["connected"].get(person, 0) == n for person, n in devices.items()):
                return dict(told)

    def _next(self) -> dict[str, Any]:
        _, payload = self.line.frame()
        frame: dict[str, Any] = json.loads(payload)
        if "patch" in frame:
            self.view = merge(self.view, frame["patch"])
        return frame


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pair]:
    try:
        with postgres.server() as address:
            both = Pair(tmp_path_factory.mktemp("pair"), postgres.new_database(address))
            with both.one, both.other, both.lines:
                yield both
    except postgres.Missing as missing:
        pytest.skip(f"two processes were not tried: {missing}")


def test_what_is_done_at_one_is_shown_at_the_other(pair: Pair) -> None:
    chair, finance = pair.tablet(pair.one, CHAIR), pair.tablet(pair.other, FINANCE)
    for page in (2, 3, 1):
        assert "done" in chair.give("stage.turn_page", f"t{page}", paper="report", page=page)
        finance.until_page(page)
    assert "done" in finance.give("attendance.check_in", "in")
    assert "done" in pair.tablet(pair.one, FINANCE).give("attendance.check_in", "in"), "the same command, sent again"


def test_what_postgresql_cannot_keep_does_not_reach_it(pair: Pair) -> None:
    headers = {"Origin": pair.one.base, "Content-Type": "application/x-www-form-urlencoded"}
    form = b"login=a%00&password=b%00&code=%00&next=/"
    assert pair.one.ask("POST", "/sign-in", headers, form).status == 403
    assert pair.one.ask("POST", "/join", headers, form).status == 403
    headers = {"Cookie": pair.cookie(FINANCE)}
    for path in (f"/m/m%00/{FINANCE}/tablet", f"/m/m/{FINANCE}%00/tablet", "/j/%00", "/?next=%00"):
        assert pair.one.ask("GET", path, headers).status == 400
    with handshake(pair.one.port, f"/m/m%00/{FINANCE}/live", headers | {"Origin": pair.one.base}) as line:
        assert line.status == 403
    assert "Traceback" not in pair.one.logged()


def test_both_decide_on_what_the_other_has_recorded(pair: Pair) -> None:
    """Many commands at both: nothing is lost or done twice, and each journal fits."""
    here, there = pair.tablet(pair.one, CHAIR), pair.tablet(pair.other, SECRETARY)
    for number in range(20):
        for tablet, who in ((here, "c"), (there, "s")):
            tablet.line.say({"id": f"{who}{number}", "do": "notices.send", "with": {"text": f"{who}{number}"}})
    for tablet, who in ((here, "c"), (there, "s")):
        done = set()
        while len(done) < 20:
            frame = tablet._next()
            assert "refused" not in frame, frame
            done |= {frame["done"]} if frame.get("done", "").startswith(who) else set()
    with contextlib.closing(Database(pair.one.data, pair.address)) as database:
        journal = Journal(database)
        sent = [entry.command or "" for entry in journal.read("m") if entry.name == "notices.sent"]
        assert sorted(sent) == sorted(f"{who}{number}" for who in "cs" for number in range(20))
        assert journal.verify("m") is None


def test_who_signs_out_at_one_is_out_at_the_other(pair: Pair) -> None:
    cookie = pair.cookie(HEALTH)
    tablet = pair.tablet(pair.other, HEALTH, cookie)
    page = f"/m/m/{HEALTH}/tablet"
    assert pair.other.ask("GET", page, {"Cookie": cookie}).status == 200
    pair.one.ask("POST", "/sign-out", {"Cookie": cookie, "Origin": pair.one.base})
    assert tablet.line.closed() == 4401
    assert pair.other.ask("GET", page, {"Cookie": cookie, "Accept": "application/json"}).status == 401


def test_who_has_just_signed_in_at_one_comes_in_at_the_other(pair: Pair) -> None:
    """The other hears that the session has changed, and reads it anew, while the device is at its door."""
    for _ in range(12):
        headers = {"Cookie": pair.cookie(HOME), "Origin": pair.other.base}
        with handshake(pair.other.port, f"/m/m/{HOME}/live", headers) as line:
            line.say({"hello": 1})
            line.hear("view")


def test_ones_own_marks_are_told_to_ones_devices_at_the_other(pair: Pair) -> None:
    cookie = pair.cookie(HOME)
    tablet = pair.tablet(pair.other, HOME, cookie)
    body = {"colour": "yellow", "x": 1.0, "y": 1.0, "text": "Hỏi lại"}
    note = {"id": "n", "paper": "report", "revision": "report", "page": 1, "kind": "note", "body": body, "at": 1}
    sent = json.dumps({"since": 0, "marks": [note]}).encode()
    headers = {"Cookie": cookie, "Origin": pair.one.base}
    answer = json.loads(pair.one.ask("POST", f"/m/m/{HOME}/marks", headers, sent).body)
    assert answer["marks"], answer
    while True:
        frame = tablet._next()
        if frame.get("signal") == "marks":
            assert frame["with"] == {"version": answer["version"]}
            return


def test_a_message_reaches_its_reader_at_the_other(pair: Pair) -> None:
    tablet = pair.tablet(pair.other, HOME)
    said = {"say": {"id": "m1", "to": HOME, "text": "Mời đồng chí sang phòng bên"}}
    headers = {"Cookie": pair.cookie(SECRETARY), "Origin": pair.one.base}
    answer = pair.one.ask("POST", f"/m/m/{SECRETARY}/support", headers, json.dumps(said).encode())
    assert answer.status == 200, answer.body
    while (frame := tablet._next()).get("signal") != "support":
        pass
    assert frame["with"] == {"what": "message"}


def test_who_presents_at_one_is_followed_at_the_other(pair: Pair) -> None:
    """The page is in the journal; the part that is shown, the pointer, ink and the call back go by the bell alone."""
    chair, finance = pair.tablet(pair.one, CHAIR), pair.tablet(pair.other, FINANCE)
    for page in (3, 2):
        assert "done" in chair.give("stage.turn_page", f"p{page}", paper="report", page=page)
        where: dict[str, Any] = {"paper": "report", "page": page}
        part = where | {"x": 10.0, "y": 20.0, "width": 300.0, "height": 150.0}
        chair.signal("look", **part)
        finance.until_signal("look", **part)
    finance.until_page(2)
    for x in (1.0, 2.0, 3.0):
        chair.signal("pointer", **where, x=x, y=5.0)
    finance.until_signal("pointer", **where, x=3.0, y=5.0)
    long = [float(n) for n in range(400)]
    for number in range(20):  # more than one notice holds
        chair.signal("ink", **where, id=f"s{number}", colour="red", points=long)
    finance.until_signal("stroke", **where, id="s19", points=long)
    late = pair.tablet(pair.other, HEALTH)
    late.until_signal("ink", **where, strokes={f"s{n}": {"colour": "red", "points": long} for n in range(20)})
    late.until_signal("look", **part)
    chair.signal("call")
    finance.until_signal("call")
    chair.signal("wipe", **where)
    finance.until_signal("ink", **where, strokes={})


def test_what_was_shown_while_the_line_was_lost_is_said_again(pair: Pair) -> None:
    """The line on which the fleeting is said is cut: nothing waits for it, and the newest comes once it is laid again."""
    chair, finance = pair.tablet(pair.one, CHAIR), pair.tablet(pair.other, FINANCE)
    assert "done" in chair.give("stage.turn_page", "l1", paper="report", page=3)
    finance.until_page(3)
    where: dict[str, Any] = {"paper": "report", "page": 3}
    chair.signal("ink", **where, id="before", colour="red", points=[1.0, 2.0])
    finance.until_signal("stroke", **where, id="before")
    lines = text("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'SELECT pg_notify%unnest%'")
    with contextlib.closing(Database(pair.one.data, pair.address)) as database, database.engine.connect() as connection:
        assert connection.execute(lines).all(), "there were lines to cut"
    part = where | {"x": 1.0, "y": 2.0, "width": 30.0, "height": 15.0}
    chair.signal("ink", **where, id="after", colour="red", points=[3.0, 4.0])
    chair.signal("look", **part)
    wanted = {"look", "after"}  # in whatever order
    while wanted:
        frame = finance._next()
        told = frame.get("with", {})
        if frame.get("signal") == "look" and told == part:
            wanted.discard("look")
        elif told.get("id") == "after" or "after" in told.get("strokes", ()):
            wanted.discard("after")
    strokes = {
        key: {"colour": "red", "points": points} for key, points in (("before", [1.0, 2.0]), ("after", [3.0, 4.0]))
    }
    late = pair.tablet(pair.other, HEALTH)
    late.until_signal("ink", **where, strokes=strokes)


def test_who_presents_goes_on_at_the_other_and_who_does_not_is_believed_nowhere(pair: Pair) -> None:
    chair, finance = pair.tablet(pair.one, CHAIR), pair.tablet(pair.other, FINANCE)
    assert "done" in chair.give("stage.turn_page", "g1", paper="report", page=1)
    finance.until_page(1)
    where: dict[str, Any] = {"paper": "report", "page": 1}
    again = pair.tablet(pair.other, CHAIR)
    chair.signal("ink", **where, id="a", colour="blue", points=[1.0, 2.0])
    again.until_signal("stroke", **where, id="a")
    again.signal("ink", **where, id="a", colour="blue", points=[3.0, 4.0])
    chair.until_signal("stroke", **where, id="a", points=[3.0, 4.0])
    finance.signal("look", **where, x=1, y=1, width=30, height=30)
    finance.signal("pointer", **where, x=99.0, y=99.0)
    again.signal("pointer", **where, x=7.0, y=7.0)
    while (frame := chair._next()).get("signal") != "pointer":
        assert frame.get("signal") != "look", frame
    assert frame["with"] == where | {"x": 7.0, "y": 7.0}


def test_who_is_at_the_other_is_counted_here(pair: Pair) -> None:
    console = pair.tablet(pair.one, SECRETARY)
    with handshake(
        pair.other.port, f"/m/m/{GUEST}/live", {"Cookie": pair.cookie(GUEST), "Origin": pair.other.base}
    ) as line:
        guest = Tablet(line)
        guest.signal("reading", following=True)
        while not console.until_connected(**{GUEST: 1})["following"].get(GUEST):
            pass
        console.signal("delivery", watch=True)
        guest.signal("delivery", device="pad", kind="ipad", kept={"report": 1}, opened=["report"])
        pad = {"kind": "ipad", "kept": {"report": 1}, "opened": {"report": True}, "here": True}
        while console.line.hear("delivery")["delivery"].get(GUEST) != {"pad": pad}:
            pass
    console.until_connected(**{GUEST: 0})


def test_what_no_bell_said_is_found_all_the_same(pair: Pair) -> None:
    """The line on which the bell is heard is cut, again and again: the look at the journal makes up for it."""
    chair, finance = pair.tablet(pair.one, CHAIR), pair.tablet(pair.other, FINANCE)
    lines = text("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN%'")
    with contextlib.closing(Database(pair.one.data, pair.address)) as database:
        for page in (2, 3):
            with database.engine.connect() as connection:
                given_up = time.monotonic() + 30
                while not connection.execute(lines).all():  # a busy machine lays them again when it can
                    assert time.monotonic() < given_up, "there were no lines to cut"
                    time.sleep(0.05)
            assert "done" in chair.give("stage.turn_page", f"cut{page}", paper="report", page=page)
            finance.until_page(page)
            time.sleep(2 * AGAIN)  # they are laid again


def test_when_one_is_killed_its_tablets_go_on_at_the_other(pair: Pair) -> None:
    chair, finance = pair.tablet(pair.one, CHAIR), pair.tablet(pair.one, FINANCE)
    assert "done" in chair.give("stage.turn_page", "before", paper="report", page=2)
    finance.until_page(2)
    cookies = {person: pair.cookie(person) for person in (CHAIR, FINANCE)}
    pair.one.kill()
    chair, finance = (pair.tablet(pair.other, person, cookies[person]) for person in (CHAIR, FINANCE))
    assert finance.view["stage"]["page"] == 2
    assert "done" in chair.give("stage.turn_page", "before", paper="report", page=2), "its answer might have been lost"
    assert "done" in chair.give("stage.turn_page", "after", paper="report", page=3)
    finance.until_page(3)
    pair.one.start()
    assert pair.tablet(pair.one, FINANCE).view["stage"]["page"] == 3
