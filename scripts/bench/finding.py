"""Searching 1,000 meetings through the real server: from somebody's question to the whole page, quotations included.

Alone: scripts/bench/all --only finding
"""

from __future__ import annotations

import hashlib
import http.client
import json
import random
import secrets
import statistics
import time
from pathlib import Path
from urllib.parse import quote

from hall import HOURS, Founding
from loads import Served, folder
from sqlalchemy import insert

from meetingroom.domain.agenda import AddItem, Kind
from meetingroom.domain.conclusions import PublishConclusion, WriteConclusion
from meetingroom.domain.messages import Role, write
from meetingroom.domain.papers.messages import Accept, Receive
from meetingroom.domain.people import SERVER
from meetingroom.domain.sitting import Publish
from meetingroom.domain.voting import Prepare
from meetingroom.endpoints.guards import signer
from meetingroom.rendering.shelf import Shelf
from meetingroom.storage.accounts import Accounts
from meetingroom.storage.engine import Database
from meetingroom.storage.invitations import Invitations
from meetingroom.storage.journal import Entry, Journal, Summary
from meetingroom.storage.meetings import taking_part
from meetingroom.storage.tables import SESSION

PEOPLE, ITEMS, PAPERS, PAGES, WORDS = 25, 8, 5, 4, 150
WEEK = 7 * 86_400_000
COMMON = "của và các trong được theo về đối với quy định tại cơ quan nhà nước thực hiện tỉnh nhân dân ủy ban công tác".split()
SYLLABLES = [
    a + b
    for a in "b c ch d đ g gi h kh l m n ng nh ph q r s t th tr v x".split()
    for b in "a á ả ăng ân ê i iên ô ơ u ương".split()
]
QUESTIONS = {
    "a word that is everywhere": "nhan dan",
    "letters typed so far": "th",
    "a phrase in every paper": '"ủy ban nhân dân tỉnh"',
    "words apart": "quy hoach thuy loi",
    "a conclusion of the oldest meeting": "Sở số 0 rà soát bến phà",
    "one page of the oldest meeting": "xe buyt dien",
    "nothing": "khong he co o dau ca zzz",
}


def measure(meetings: int, rounds: int) -> dict[str, float]:
    """Milliseconds a question, the median; seconds until all was in the index."""
    with folder() as place:
        cookie = _write_down(meetings, place)
        begun = time.monotonic()
        server = Served(place)
        try:
            connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=120)
            ask = lambda text: _ask(connection, cookie, text)  # noqa: E731
            while 'class="note warn"' in ask("zzz"):
                time.sleep(0.5)
            results = {"read again, s": time.monotonic() - begun}
            while "<mark>" not in ask(QUESTIONS["one page of the oldest meeting"]):
                time.sleep(1)
            results |= {
                "index with all pages, s": time.monotonic() - begun,
                "index, MB": (place / "search.db").stat().st_size / 1e6,
            }
            for what, text in QUESTIONS.items():
                times = []
                for _ in range(rounds):
                    asked = time.perf_counter()
                    page = ask(text)
                    times.append((time.perf_counter() - asked) * 1000)
                found = page.count('class="card found-in"')
                results[f"{what} ({found} shown)"] = statistics.median(times)
            return results
        finally:
            server.stop()


def _write_down(meetings: int, data: Path) -> str:
    """The meetings, one a week, and the cookie of somebody who took part in all of them."""
    database, shelf, chance = Database(data), Shelf(data / "pages"), random.Random(1)
    account = Accounts(database).create_first("thu", "Thư", "x")
    journal, now = Journal(database), int(time.time() * 1000)
    for number in range(meetings):
        hall = _meeting(number, chance)
        entries = [
            Entry(hall.meeting.id, n, now, "secretary", None, e.tag, write(e)) for n, e in enumerate(hall.events, 1)
        ]
        starts = now - (meetings - number) * WEEK
        summary = Summary(hall.meeting.id, hall.meeting.sitting.title, starts, "closed", "A")
        journal.append(entries, summary, [taking_part(hall.meeting.id, hall.meeting.people)])
        for paper in range(PAPERS):
            for page in range(1, PAGES + 1):
                _page(shelf, chance, _file(number, paper), page, (number, paper, page) == (0, PAPERS - 1, PAGES))
    token = secrets.token_urlsafe(32)
    with database.transaction() as connection:
        digest = hashlib.sha256(token.encode()).hexdigest()
        connection.execute(insert(SESSION), [{"id": digest, "account": account.id, "expires": now + HOURS}])
    key = hashlib.sha256(Invitations(database, data / "keys").key + b"cookies").digest()
    database.close()
    return f"session={signer(key).sign(token).decode()}"


def _meeting(number: int, chance: random.Random) -> Founding:
    hall = Founding(f"m{number}", f"Phiên họp thường kỳ thứ {number} của Ủy ban nhân dân tỉnh")
    for person in range(PEOPLE):
        hall.add_person(f"p{person}", f"Giám đốc Sở số {person}", Role.DELEGATE, person + 2, None if person else "thu")
    for item in range(ITEMS):
        hall.give("secretary", AddItem(title=_said(chance, 14).capitalize(), kind=Kind.DECISION), f"i{item}")
        hall.give(
            "secretary", Prepare(item=f"i{item}", question=f"Thông qua Nghị quyết về {_said(chance, 8)}?"), f"v{item}"
        )
        text = f"Giao Sở số {number} rà soát {'bến phà' if not number else _said(chance, 6)}"
        hall.give("secretary", WriteConclusion(text=text, lead=f"Sở số {number}"), f"c{item}")
        hall.give("secretary", PublishConclusion(conclusion=f"c{item}"))
    for paper in range(PAPERS):
        file, title = _file(number, paper), f"Tờ trình số {paper}/TTr-UBND về {_said(chance, 8)}"
        hall.give(
            "secretary", Receive(file=file, file_name="x.pdf", size=9, item=f"i{paper}", title=title), f"d{paper}"
        )
        hall.give(
            SERVER.id, Accept(paper=f"d{paper}", revision=f"d{paper}", pages=PAGES, sizes=((PAGES, 595.0, 842.0),))
        )
    hall.give("secretary", Publish())
    return hall


def _said(chance: random.Random, words: int) -> str:
    return " ".join(chance.choices([*COMMON, *SYLLABLES], k=words))


def _file(number: int, paper: int) -> str:
    return hashlib.sha256(f"{number}/{paper}".encode()).hexdigest()


def _page(shelf: Shelf, chance: random.Random, file: str, page: int, special: bool) -> None:
    """As rendering leaves it: the words with their boxes."""
    said = chance.choices([*COMMON * 4, *SYLLABLES], k=WORDS)
    said[20:25] = "Ủy ban nhân dân tỉnh".split()
    if chance.random() < 0.02:
        said[30:32], said[90:92] = ("quy", "hoạch"), ("thủy", "lợi")
    if special:
        said[10:13] = "xe buýt điện".split()
    words = [
        [60 + n % 11 * 43.0, 60 + n // 11 * 17.0, 98 + n % 11 * 43.0, 73 + n // 11 * 17.0, word, 0, n // 11]
        for n, word in enumerate(said)
    ]
    shelf.keep_words(file, page, json.dumps({"width": 595, "height": 842, "words": words, "links": []}).encode())


def _ask(connection: http.client.HTTPConnection, cookie: str, text: str) -> str:
    connection.request("GET", f"/search?q={quote(text)}", headers={"Cookie": cookie})
    answer = connection.getresponse()
    page = answer.read().decode()
    assert answer.status == 200, answer.status
    return page
