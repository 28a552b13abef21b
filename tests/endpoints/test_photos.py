"""A candidate's photograph: put there by the office, made anew, shown to whoever may see the vote, gone with its former one."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from meetingroom.domain.voting import Prepare
from meetingroom.domain.voting.ballot import Kind
from tests.endpoints.test_votes import Desk
from tests.rendering.test_portrait import picture
from tests.servers import Answer, Server, found
from tests.stories import CHAIR, FINANCE, SECRETARY, Story


class Studio(Desk):
    def photo(self, person: str, option: str, method: str = "GET", body: bytes = b"", **headers: str) -> Answer:
        named = {"Cookie": self.cookies[person], "Origin": self.server.base, **headers}
        return self.server.ask(method, f"/m/m/{person}/photos/v/{option}", named, body)


@pytest.fixture
def studio(tmp_path: Path) -> Iterator[Studio]:
    story = Story.in_session()
    form = Prepare(item="two", question="Bầu", kind=Kind.ELECTION, options=(("A", ""), ("B", "")), secret=True)
    story.give(SECRETARY, form, made="v")
    codes = found(tmp_path / "data", "m", story.events)
    with Server(tmp_path / "data") as server:
        yield Studio(server, codes)


def test_a_photograph_is_kept_anew_and_shown_to_who_may_see_the_vote(studio: Studio, tmp_path: Path) -> None:
    sent = picture("PNG")
    assert studio.photo(FINANCE, "1", "PUT", sent).status == 404
    assert studio.photo(SECRETARY, "7", "PUT", sent).status == 409
    assert studio.photo(SECRETARY, "1", "PUT", b"%PDF-1.7").status == 415
    assert studio.photo(SECRETARY, "1", "PUT", bytes(10 * 2**20 + 1)).status == 413
    assert studio.photo(SECRETARY, "1").status == 404, "none of these left anything"
    assert studio.photo(SECRETARY, "1", "PUT", sent).status == 204
    shown = studio.photo(CHAIR, "1")
    assert (shown.status, shown.headers["Content-Type"]) == (200, "image/jpeg")
    assert Image.open(io.BytesIO(shown.body)).size == (240, 320)
    assert studio.photo(CHAIR, "1", **{"If-None-Match": shown.headers["ETag"]}).status == 304
    assert studio.photo(FINANCE, "1").status == 404, "the vote is not open yet"
    kept = [path.read_bytes() for path in (tmp_path / "data" / "papers").rglob("*.pdf")]
    assert kept == [shown.body], "nothing of what was sent is left"
