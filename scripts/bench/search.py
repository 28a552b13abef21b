"""Searching 10,000 pages through the real server: from the question of a tablet to the whole answer, quotations included."""

from __future__ import annotations

import hashlib
import http.client
import json
import random
import statistics
import time
from pathlib import Path
from urllib.parse import quote

from hall import MEETING, PAGES, founded, write_down
from loads import Served, folder

from meetingroom.domain.papers.messages import Accept, Receive
from meetingroom.domain.people import SERVER
from meetingroom.rendering.shelf import Shelf

PAPERS = 20
WORDS = 450  # a page, as decrees have
COMMON = "của và các trong được theo về đối với quy định tại cơ quan nhà nước thực hiện tỉnh nhân dân ủy ban công tác".split()
QUESTIONS = {
    "one word that is everywhere": "nhan dan",
    "letters typed so far": "th",
    "a phrase": '"ủy ban nhân dân tỉnh"',
    "words apart": "quy hoach thuy loi 2026",
    "one page of all": "xe buyt dien",
    "nothing": "khong he co o dau ca zzz",
}


def measure(rounds: int) -> dict[str, float]:
    """Milliseconds a question, the median; seconds until all words were in the index."""
    with folder() as place:
        _papers(place)
        start = time.monotonic()
        hall = write_down(_hall(), place)
        server = Served(place)
        try:
            connection = http.client.HTTPConnection("127.0.0.1", server.port)
            ask = lambda text: _ask(connection, hall.cookies["m0"], text)  # noqa: E731
            while ask("x")["coming"]:
                time.sleep(0.5)
            results = {"index, s": time.monotonic() - start, "index, MB": (place / "search.db").stat().st_size / 1e6}
            for what, text in QUESTIONS.items():
                times = []
                for _ in range(rounds):
                    asked = time.perf_counter()
                    answer = ask(text)
                    times.append((time.perf_counter() - asked) * 1000)
                results[f"{what} ({answer['total']} pages)"] = statistics.median(times)
            return results
        finally:
            server.stop()


def _hall():  # type: ignore[no-untyped-def]
    hall = founded(1, PAPERS, 0, stage=False)
    for number in range(PAPERS):
        received = Receive(file=_file(number), file_name="x.pdf", size=9, item=f"i{number}", title=f"Báo cáo {number}")
        hall.give("secretary", received, f"p{number}")
        sizes = ((PAGES, 595.0, 842.0),)
        hall.give(SERVER.id, Accept(paper=f"p{number}", revision=f"p{number}", pages=PAGES, sizes=sizes))
    return hall


def _file(number: int) -> str:
    return hashlib.sha256(str(number).encode()).hexdigest()


def _papers(data: Path) -> None:
    """As rendering leaves them: the words of each page with their boxes."""
    shelf, chance = Shelf(data / "pages"), random.Random(1)
    first, last = (
        "b c ch d đ g gi h kh l m n ng nh ph q r s t th tr v x".split(),
        "a à á ả ạ ăng ân âu e ê i iên inh o ô ơ u ư ương".split(),
    )
    syllables = [*COMMON, *(a + b for a in first for b in last)]
    weights = [1 / (rank + 3) for rank in range(len(syllables))]
    for number in range(PAPERS):
        for page in range(1, PAGES + 1):
            said = chance.choices(syllables, weights, k=WORDS)
            said[100:105] = "Ủy ban nhân dân tỉnh".split()
            if page % 50 == 0:
                said[30], said[200:202], said[350:352] = "2026", ("quy", "hoạch"), ("thủy", "lợi")
            if (number, page) == (13, 333):
                said[10:13] = "xe buýt điện".split()
            words = [
                [
                    60 + place % 11 * 43.0,
                    60 + place // 11 * 17.0,
                    98 + place % 11 * 43.0,
                    73 + place // 11 * 17.0,
                    word,
                    0,
                    place // 11,
                ]
                for place, word in enumerate(said)
            ]
            shelf.keep_words(
                _file(number), page, json.dumps({"width": 595, "height": 842, "words": words, "links": []}).encode()
            )


def _ask(connection: http.client.HTTPConnection, cookie: str, text: str) -> dict:  # type: ignore[type-arg]
    connection.request("GET", f"/m/{MEETING}/m0/search?q={quote(text)}", headers={"Cookie": cookie})
    return json.loads(connection.getresponse().read())
