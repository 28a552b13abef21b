"""After five hours: the minutes as PDF and DOCX, and the archive with a thousand pages of papers, through the server."""

from __future__ import annotations

import io
import json
import statistics
import time
import zipfile
from pathlib import Path

import pymupdf
from hall import MEETING, Founding, Hall, kept, write_down
from loads import folder

from meetingroom.domain.agenda import AddItem, Kind
from meetingroom.domain.attendance import CheckIn
from meetingroom.domain.floor import End, Give
from meetingroom.domain.messages import Role
from meetingroom.domain.papers.messages import Accept, Receive
from meetingroom.domain.people import SERVER
from meetingroom.domain.sitting import Close, GoTo, Open, Publish
from meetingroom.domain.voting import Announce, Cast, CloseVote, OpenVote, Prepare
from meetingroom.domain.voting.ballot import Answer
from tests.rendering.documents import text
from tests.servers import Server

MEMBERS, ITEMS, SPEECHES = 40, 12, 6  # speeches to each item
HOURS, PAPERS, PAGES = 5, 20, 50  # pages of each paper
SPEECH = HOURS * 3_600_000 // (ITEMS * SPEECHES)  # milliseconds


def measure(rounds: int) -> dict[str, float]:
    """Milliseconds, also pages and MB, the median; every round in a folder of its own: an archive is made once."""
    runs = [_run() for _ in range(max(1, rounds))]
    return {what: statistics.median(run[what] for run in runs) for what in runs[0]}


def _run() -> dict[str, float]:
    with folder() as place:
        data = place / "data"
        hall = write_down(_held(data), data)
        with Server(data) as server:
            return _times(server, hall)


def _held(data: Path) -> Founding:
    """Closed; everybody was there, and to every item six spoke and all voted."""
    held = Founding(title="Phiên họp thường kỳ")
    held.add_person("chair", "Chủ tịch UBND tỉnh", Role.CHAIR, 1)
    people = [f"m{number}" for number in range(MEMBERS)]
    for number, person in enumerate(people):
        held.add_person(person, f"Giám đốc Sở thứ {number}", Role.DELEGATE, number + 2)
    for item in range(ITEMS):
        held.give("secretary", AddItem(title=f"Tờ trình về nội dung thứ {item}", kind=Kind.DECISION), f"i{item}")
        held.give("secretary", Prepare(item=f"i{item}", question=f"Thông qua nội dung thứ {item}?"), f"v{item}")
    paper = text(PAGES)
    for number in range(PAPERS):
        content = _named(paper, number)
        name, item = f"to-trinh-{number}.pdf", f"i{number % ITEMS}"
        received = Receive(
            file=kept(data, content), file_name=name, size=len(content), item=item, title=f"Tờ trình {number}"
        )
        held.give("secretary", received, f"p{number}")
        sizes = ((PAGES, 595.0, 842.0),)
        held.give(SERVER.id, Accept(paper=f"p{number}", revision=f"p{number}", pages=PAGES, sizes=sizes))
    held.give("secretary", Publish())
    for person in ("chair", *people):
        held.give(person, CheckIn())
    held.give("chair", Open())
    for item in range(ITEMS):
        held.give("chair", GoTo(item=f"i{item}"))
        for turn in range(SPEECHES):
            held.give("chair", Give(participant=people[(item * SPEECHES + turn) % MEMBERS]))
            held.now += SPEECH
            held.give("chair", End())
        held.give("chair", OpenVote(vote=f"v{item}"))
        for number, person in enumerate(people):
            choice = Answer.NO if number % 9 == item % 9 else Answer.YES
            held.give(person, Cast(vote=f"v{item}", marks=(("q", choice),)))
        held.give("chair", CloseVote(vote=f"v{item}"))
        held.give("chair", Announce(vote=f"v{item}"))
    held.give("chair", Close())
    return held


def _named(content: bytes, number: int) -> bytes:
    """Every paper a file of its own, as papers are."""
    with pymupdf.open("pdf", content) as document:
        document.set_metadata({"title": f"Tờ trình {number}"})
        return bytes(document.tobytes(garbage=3, deflate=True))


def _times(server: Server, hall: Hall) -> dict[str, float]:
    took: dict[str, float] = {}
    headers = {"Cookie": hall.cookies["secretary"], "Origin": server.base}

    def ask(method: str, path: str) -> bytes:
        answer = server.ask(method, f"/m/{MEETING}/secretary/{path}", headers)
        assert answer.status == 200, (path, answer.status, server.logged()[-1000:])
        return answer.body

    ask("GET", "minutes")  # the room is open: its journal is not part of what is measured
    for kind, first in (("docx", b"PK"), ("pdf", b"%PDF")):
        asked = []
        for _ in range(6):
            begun = time.perf_counter()
            made = ask("GET", f"documents/minutes.{kind}")
            asked.append((time.perf_counter() - begun) * 1000)
            assert made.startswith(first)
        took[f"minutes of {HOURS} hours, {kind.upper()}, first"] = asked[0]
        took[f"minutes of {HOURS} hours, {kind.upper()}"] = statistics.median(asked[1:])
    with pymupdf.open("pdf", made) as document:
        took["minutes, pages"] = len(document)
    begun = time.perf_counter()
    ask("POST", "archive")
    while (told := json.loads(ask("GET", "archive"))["state"]) == "making":
        time.sleep(0.02)
    took[f"archive with {PAPERS * PAGES} pages, made"] = (time.perf_counter() - begun) * 1000
    assert told == "ready", server.logged()[-1000:]
    begun = time.perf_counter()
    archive = ask("GET", "archive?file")
    took["archive, fetched"] = (time.perf_counter() - begun) * 1000
    took["archive, MB"] = len(archive) / 1e6
    with zipfile.ZipFile(io.BytesIO(archive)) as file:
        assert sum(name.startswith("tai-lieu/") and name.endswith(".pdf") for name in file.namelist()) == PAPERS
    return took
