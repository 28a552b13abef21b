"""A real server with the committee in session, and visitors of every kind before its door."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from meetingroom.domain.papers.messages import Accept, ChangePaper, Readers, Receive, Release
from meetingroom.domain.people import SERVER
from meetingroom.storage.library import Library
from tests.rendering import documents
from tests.servers import Answer, Server, administrator, found
from tests.stories import CHAIR, FINANCE, GUEST, SCREEN, SECRETARY, SERVICE, Story

LOGIN, PASSWORD = "quan-tri", "mot-mat-khau-dai"
PEOPLE = {
    "chair": CHAIR,
    "secretary": SECRETARY,
    "delegate": FINANCE,
    "guest": GUEST,
    "service": SERVICE,
    "screen": SCREEN,
}
VISITORS = ("nobody", *PEOPLE, "stranger", "administrator")
OPEN_PAPER, NAMED_PAPER = "open-1", "named-1"  # revisions: one for everyone, one for the secretary and FINANCE only


class Door:
    """`server` holds meeting m (the committee) and meeting n (another one, from which the stranger comes)."""

    def __init__(self, folder: Path, *options: str, environment: dict[str, str] | None = None) -> None:
        data = folder / "data"
        self.codes = found(data, "m", _with_papers(data).events)
        self.stranger = found(data, "n", Story.of_a_committee("n").events)[FINANCE]
        administrator(data, LOGIN, PASSWORD)
        self.server = Server(data, *options, environment=environment)

    def seat(self, visitor: str) -> str:
        """The address of the visitor's own seat; for those who have none, the chair's."""
        return f"/m/m/{PEOPLE.get(visitor, CHAIR)}"

    def cookie(self, visitor: str) -> str:
        """A new session of this visitor."""
        if visitor == "nobody":
            return ""
        if visitor == "administrator":
            form = f"login={LOGIN}&password={PASSWORD}".encode()
            headers = {"Content-Type": "application/x-www-form-urlencoded", "Origin": self.server.base}
            answer = self.server.ask("POST", "/sign-in", headers, form)
        else:
            code = self.stranger if visitor == "stranger" else self.codes[PEOPLE[visitor]]
            answer = self.server.ask("GET", f"/j/{code}")
        assert answer.status == 303 and answer.cookie, (visitor, answer.status)
        return answer.cookie

    def ask(self, method: str, path: str, visitor: str, body: bytes = b"", **headers: str) -> Answer:
        """As the visitor's browser asks from a page of ours."""
        sent = {"Cookie": self.cookie(visitor), "Origin": self.server.base} | headers
        return self.server.ask(method, path, {name.replace("_", "-"): value for name, value in sent.items()}, body)


def _with_papers(data: Path) -> Story:
    """The committee in session with two real papers."""
    library = Library(data / "papers", 10**9, 30)
    story = Story.in_session()
    for revision, readers, named in ((OPEN_PAPER, Readers.EVERYONE, ()), (NAMED_PAPER, Readers.NAMED, (FINANCE,))):
        stored = library.keep(documents.text(2))
        received = Receive(file=stored.hash, file_name="x.pdf", size=stored.size, item="one", title=revision)
        story.give(SECRETARY, received, made=revision)
        accepted = Accept(paper=revision, revision=revision, pages=2, sizes=((2, 595.0, 842.0),))
        story.give(SERVER.id, accepted)
        story.give(SECRETARY, ChangePaper(paper=revision, title=revision, readers=readers, named=named))
        if not story.meeting.papers[revision].released:
            story.give(SECRETARY, Release(paper=revision))
    return story


@pytest.fixture(scope="module")
def door(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Door]:
    opened = Door(tmp_path_factory.mktemp("door"))
    with opened.server:
        yield opened
    assert "Traceback" not in opened.server.logged()


@pytest.fixture
def own_door(tmp_path: Path) -> Iterator[Callable[..., Door]]:
    """A server of this test's own, started as the test wants it."""
    with contextlib.ExitStack() as running:

        def start(*options: str, environment: dict[str, str] | None = None) -> Door:
            opened = Door(tmp_path, *options, environment=environment)
            running.enter_context(opened.server)
            return opened

        yield start
