"""Marks over HTTP, against a real server: two devices of one person, others who find nothing, papers one may not read."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx2 as httpx
import pymupdf
import pytest

from meetingroom.demo.papers import print_paper
from tests.endpoints.line import handshake
from tests.servers import DemoServer

PAPER = "report"  # everyone may read it


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DemoServer]:
    folder: Path = tmp_path_factory.mktemp("marks")
    with DemoServer(folder / "data") as running:
        yield running


class Device:
    """A tablet of the participant with this key, signed in by the personal link."""

    def __init__(self, server: DemoServer, key: str) -> None:
        self.http = httpx.Client(follow_redirects=True)
        self.seat = str(self.http.get(server.link(key)).url).rsplit("/", 1)[0]
        self.marks: dict[str, dict[str, Any]] = {}
        self.version = 0

    def sync(self, *sent: dict[str, Any]) -> dict[str, Any]:
        answered = self.http.post(f"{self.seat}/marks", json={"since": self.version, "marks": list(sent)})
        answered.raise_for_status()
        answer: dict[str, Any] = answered.json()
        self.version = answer["version"]
        self.marks |= {mark["id"]: mark for mark in answer["marks"]}
        return answer


Seat = Callable[[str], Device]


@pytest.fixture
def seat(server: DemoServer) -> Iterator[Seat]:
    """Opens a device of a participant."""
    opened: list[Device] = []

    def open_(key: str) -> Device:
        opened.append(Device(server, key))
        return opened[-1]

    yield open_
    for device in opened:
        device.http.close()


def note(key: str, text: str, paper: str = PAPER, **more: Any) -> dict[str, Any]:
    body = {"colour": "yellow", "x": 50.0, "y": 50.0, "text": text}
    return {
        "id": key,
        "paper": paper,
        "revision": "r",
        "page": 1,
        "kind": "note",
        "body": body,
        "at": 1_600_000_000_000,
    } | more


def test_two_tablets_of_one_person_show_the_same(seat: Seat) -> None:
    tablet, laptop = seat("finance"), seat("finance")
    tablet.sync(note("a1", "Hỏi lại số này"))
    laptop.sync()
    assert laptop.marks["a1"]["body"]["text"] == "Hỏi lại số này"
    laptop.sync(laptop.marks["a1"] | {"at": laptop.marks["a1"]["at"] + 1, "deleted": True})
    tablet.sync()
    assert tablet.marks["a1"]["deleted"] is True


def test_a_request_that_came_twice_is_done_once(seat: Seat) -> None:
    tablet = seat("health")
    first = tablet.sync(note("b1", "Một lần"))
    assert tablet.sync(note("b1", "Một lần"))["version"] == first["version"]


def test_nobody_else_finds_them(seat: Seat) -> None:
    """Nor do the chair and the secretary: by their own devices, by the view of the meeting, or under its owner's address."""
    owner = seat("justice")
    owner.sync(note("c1", "Riêng tôi đọc"))
    for key in ("chair", "secretary", "health"):
        other = seat(key)
        other.sync()
        assert "c1" not in other.marks
        answer = other.http.post(f"{owner.seat}/marks", json={"since": 0, "marks": []})
        assert answer.status_code == 404
    assert httpx.post(f"{owner.seat}/marks", json={"since": 0, "marks": []}).status_code == 401


def test_another_site_cannot_write_them(seat: Seat) -> None:
    tablet = seat("finance")
    body = {"since": 0, "marks": []}
    answer = tablet.http.post(f"{tablet.seat}/marks", json=body, headers={"origin": "http://elsewhere.example"})
    assert answer.status_code == 403


def test_a_paper_one_may_not_read_takes_no_marks(seat: Seat) -> None:
    tablet = seat("finance")
    answer = tablet.sync(note("d1", "x", paper="no-such-paper"), note("d2", "y"))
    assert answer["refused"] == ["d1"]
    assert "d2" in tablet.marks, "one that is refused does not hold up the others"


def test_what_is_no_mark_does_not_hold_up_the_others(seat: Seat) -> None:
    tablet = seat("finance")
    wrong = note("e1", "x") | {"page": "first"}
    answer = tablet.sync(wrong, note("e2", "y"))
    assert answer["refused"] == ["e1"]
    assert "e2" in tablet.marks


def test_half_a_letter_is_replaced(seat: Seat) -> None:
    tablet = seat("finance")
    wrong = note("e\ud800", "x") | {"page": 0}
    sent = json.dumps({"since": 0, "marks": [wrong, note("e3", "Hỏi\udcff lại\0")]})
    answer = tablet.http.post(f"{tablet.seat}/marks", content=sent).json()
    assert answer["refused"] == ["e\ufffd"]
    assert {mark["body"]["text"] for mark in answer["marks"] if mark["id"] == "e3"} == {"Hỏi\ufffd lại\ufffd"}


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ("{", 400),
        ("[]", 400),
        ('{"since": -1, "marks": []}', 400),
        ('{"since": 0, "marks": 3}', 400),
        ("x" * 2_200_000, 413),
    ],
)
def test_what_cannot_be_read_is_said_so(seat: Seat, body: str, status: int) -> None:
    tablet = seat("finance")
    assert tablet.http.post(f"{tablet.seat}/marks", content=body).status_code == status


def test_notes_survive_a_replacement(server: DemoServer, seat: Seat) -> None:
    """The secretary replaces the draft resolution: marks are on their words in the new revision, the lost one asks."""
    tablet, secretary = seat("finance"), seat("secretary")
    words = tablet.http.get(f"{tablet.seat}/words/resolution-1/1").json()["words"]
    first = next(place for place, word in enumerate(words) if word[4] == "NGHỊ" and words[place + 1][4] == "QUYẾT")
    box = [words[first][0], words[first][1], words[first + 1][2], words[first][3]]
    place = {"paper": "resolution", "revision": "resolution-1"}
    light = note("f1", "") | place | {"kind": "highlight", "body": {"colour": "yellow", "boxes": [box]}}
    tablet.sync(light, note("f2", "Bên lề") | place)
    answer = secretary.http.put(
        f"{secretary.seat}/papers/resolution?file_name=moi.pdf", content=print_paper("resolution", 2)
    )
    revision = answer.json()["revision"]
    for _ in range(200):
        tablet.sync()
        if tablet.marks["f1"]["revision"] == revision:
            break
        time.sleep(0.1)
    assert {tablet.marks[key]["revision"] for key in ("f1", "f2")} == {revision}
    assert tablet.marks["f1"]["body"]["carried"]["revision"] == "resolution-1"
    new = tablet.http.get(f"{tablet.seat}/words/{revision}/{tablet.marks['f1']['page']}").json()["words"]
    [lit] = tablet.marks["f1"]["body"]["boxes"]
    assert [w[4] for w in new if lit[0] <= w[0] and w[2] <= lit[2] and lit[1] <= w[1] and w[3] <= lit[3]] == [
        "NGHỊ",
        "QUYẾT",
    ]
    late = light | {"id": "f3"}
    tablet.sync(late)
    for _ in range(200):
        tablet.sync()
        if tablet.marks["f3"]["revision"] == revision:
            break
        time.sleep(0.1)
    assert tablet.marks["f3"]["revision"] == revision, "what was marked offline on the old one follows"
    changed = tablet.http.get(f"{tablet.seat}/changes/{revision}/resolution-1").json()
    assert changed and {each["kind"] for each in changed} <= {"added", "removed", "replaced", "moved"}
    assert seat("health").http.get(f"{tablet.seat}/changes/{revision}/resolution-1").status_code == 404
    assert tablet.http.get(f"{tablet.seat}/changes/{revision}/report-1").status_code == 404


def test_marks_go_with_a_revision_the_chair_has_shown_later(server: DemoServer, seat: Seat) -> None:
    """The staged paper is replaced and waits: marks stay where they are until the chair lets it; so do later ones."""
    tablet, chair = seat("finance"), seat("chair")
    words = tablet.http.get(f"{tablet.seat}/words/services-1/1").json()["words"]
    box = words[0][:4]
    place = {"paper": "services", "revision": "services-1"}
    light = note("g1", "") | place | {"kind": "highlight", "body": {"colour": "yellow", "boxes": [box]}}
    tablet.sync(light)
    give(chair, server, ("meeting.open", {"regardless": True}), ("stage.show", {"paper": "services", "page": 1}))
    answer = chair.http.put(f"{chair.seat}/papers/services?file_name=moi.pdf", content=print_paper("services"))
    revision = answer.json()["revision"]
    for _ in range(300):
        if chair.http.get(f"{chair.seat}/pages/{revision}/1/270").status_code == 200:
            break
        time.sleep(0.1)
    tablet.sync(light | {"id": "g2"})
    assert {tablet.marks[key]["revision"] for key in ("g1", "g2")} == {"services-1"}
    give(chair, server, ("papers.switch", {"paper": "services"}))
    for _ in range(200):
        tablet.sync()
        if {tablet.marks[key]["revision"] for key in ("g1", "g2")} == {revision}:
            break
        time.sleep(0.1)
    assert {tablet.marks[key]["revision"] for key in ("g1", "g2")} == {revision}


def test_marks_without_a_place_are_in_the_pdf_one_takes_along(server: DemoServer, seat: Seat) -> None:
    """Behind the paper, on the page of the former revision they were made on; not in the former revision taken for itself."""
    tablet, secretary = seat("finance"), seat("secretary")
    tablet.sync(note("h1", "Lạc chỗ", revision="report-1", page=20))
    answer = secretary.http.put(f"{secretary.seat}/papers/report?file_name=khac.pdf", content=print_paper("services"))
    revision = answer.json()["revision"]
    for _ in range(300):
        if tablet.http.get(f"{tablet.seat}/pages/{revision}/1/270").status_code == 200:
            break
        time.sleep(0.1)
    tablet.sync()
    assert tablet.marks["h1"]["revision"] == "report-1"
    taken = pymupdf.open("pdf", tablet.http.get(f"{tablet.seat}/marked/{revision}").content)
    last = taken[len(taken) - 1]
    assert "bản 1, trang 20" in " ".join(last.get_text().split())
    assert "Lạc chỗ" in [each.info["content"] for each in last.annots()]
    former = pymupdf.open("pdf", tablet.http.get(f"{tablet.seat}/marked/report-1").content)
    assert "Ghi chú chưa tìm được chỗ" not in former[len(former) - 1].get_text()


def give(device: Device, server: DemoServer, *commands: tuple[str, dict[str, Any]]) -> None:
    """Commands over a websocket, each carried out."""
    cookie = "; ".join(f"{name}={value}" for name, value in device.http.cookies.items())
    path = device.seat.removeprefix(server.base)
    with handshake(server.port, f"{path}/live", {"Cookie": cookie, "Origin": server.base}) as line:
        line.say({"hello": 1})
        for number, (name, arguments) in enumerate(commands):
            line.say({"id": f"{name}{number}", "do": name, "with": arguments})
            line.hear("done")
