"""The texts of meetings in the index: the same with SQLite and with PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from meetingroom.domain import searching
from meetingroom.domain.finding import Kind, Place
from meetingroom.storage.engine import Database
from meetingroom.storage.index import Index
from meetingroom.storage.places import Places

ALL = frozenset({"console", "member", "guest"})


@pytest.fixture
def index(database: Database, tmp_path: Path) -> Iterator[Index]:
    opened = Index(database, tmp_path)
    yield opened
    opened.close()


@pytest.fixture
def places(index: Index) -> Places:
    kept = Places(index)
    kept.keep("a", 3, {"p": ["member", "p"]}, [item("Quyết định đầu tư công"), paper("Tờ trình", "file")])
    kept.keep("b", 1, {"p": ["guest", "p"]}, [item("Đầu tư công năm 2026 cho xã đảo")])
    return kept


def item(text: str) -> Place:
    return Place(Kind.ITEM, "i", text, told=(("number", "1"),), seen_by=ALL)


def paper(text: str, file: str) -> Place:
    return Place(Kind.PAPER, "d", text, file, (("pages", 2),), frozenset({"console", "p"}))


def found(places: Places, text: str) -> dict[str, set[int]]:
    names = {known.id: meeting for meeting, known in places.known().items()}
    return {names[key]: at for key, at in places.find(searching.query(text)).items()}


def test_texts_are_found_by_meeting_without_marks(places: Places) -> None:
    assert found(places, "dau tu cong") == {"a": {0}, "b": {0}}
    assert found(places, "xa dao") == {"b": {0}}
    assert found(places, "khong co") == {} == found(places, "?")


def test_what_was_kept_comes_back_as_it_was(places: Places) -> None:
    key = places.known()["a"].id
    assert places.read({key: {0, 1}}) == {key: {0: item("Quyết định đầu tư công"), 1: paper("Tờ trình", "file")}}
    assert places.seats([key]) == {key: {"p": ["member", "p"]}}


def test_a_later_version_takes_the_place_of_the_earlier_one_and_never_the_other_way(places: Places) -> None:
    places.keep("a", 7, {}, [item("Quyết toán ngân sách")])
    places.keep("a", 5, {}, [item("Quyết định cũ")])
    assert places.known()["a"].version == 7
    assert found(places, "quyet toan") == {"a": {0}} and found(places, "quyet dinh") == {}


def test_papers_are_found_by_the_words_of_their_pages(places: Places, index: Index) -> None:
    assert places.wordless() == [("file", 2)]
    index.keep("file", {1: searching.tokens("không liên quan"), 2: searching.tokens("xe buýt điện")})
    index.keep("of nobody", {1: searching.tokens("xe buýt điện")})
    assert places.wordless() == []
    keys = [known.id for known in places.known().values()]
    key = places.known()["a"].id
    assert places.find_pages(keys, searching.query("xe buyt dien")) == {key: {1}}
    assert places.find_pages([places.known()["b"].id], searching.query("xe buyt dien")) == {}
    index.keep("file", {1: searching.tokens("nhận dạng lại")})
    assert places.find_pages(keys, searching.query("xe buyt dien")) == {}


def test_meetings_are_read_again_where_more_of_them_can_be_found(database: Database, tmp_path: Path) -> None:
    former = Index(database, tmp_path)
    Places(former).keep("a", 3, {}, [item("Quyết định")])
    with former.engine.begin() as connection:
        connection.execute(text("UPDATE search_edition SET number = 1"))
    former.close()
    for version in (0, 0):
        opened = Index(database, tmp_path)
        assert Places(opened).version("a") == version
        opened.close()
