"""The index of words: the same is found with SQLite and with PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from meetingroom.domain import searching
from meetingroom.storage.engine import Database
from meetingroom.storage.index import Index, Place

PAGES = {
    1: "Quyết định đầu tư công số 15/2020/QĐ-UBND ngày 3 tháng 8",
    2: "Khu kinh tế hoà bình, doanh nghiệp tư nhân và bước đầu",
    3: "",
    4: "Khung thực hiện; hòa bình lâu dài. Tỷ lệ 7,5%",
}


@pytest.fixture
def index(database: Database, tmp_path: Path) -> Iterator[Index]:
    opened = Index(database, tmp_path)
    keep(opened, "one", PAGES)
    keep(opened, "two", {1: "Đầu tư công năm 2026", 2: "không liên quan"})
    yield opened
    opened.close()


def keep(index: Index, file: str, pages: dict[int, str]) -> None:
    index.keep(file, {page: searching.tokens(text) for page, text in pages.items()})


def found(index: Index, text: str, *files: str) -> list[Place]:
    return index.find(index.known(files or ("one", "two")), searching.query(text))


def test_marks_and_case_do_not_matter(index: Index) -> None:
    assert (
        found(index, "HOA BINH")
        == found(index, "hoà bình")
        == found(index, "hòa bi\u0300nh")
        == [("one", 2), ("one", 4)]
    )
    assert found(index, "dau tu") == [("one", 1), ("one", 2), ("two", 1)]


def test_a_phrase_stands_together_and_numbers_of_documents_are_phrases(index: Index) -> None:
    assert found(index, '"đầu tư"') == [("one", 1), ("two", 1)]
    assert found(index, "2020/qd-ubnd") == [("one", 1)]
    assert found(index, "7,5%") == [("one", 4)]
    assert found(index, "7,6") == []


def test_the_last_word_may_be_unfinished_and_only_that(index: Index) -> None:
    assert found(index, "khu") == [("one", 2), ("one", 4)]
    assert found(index, "khu ") == [("one", 2)]
    assert found(index, "kh kinh") == []
    assert found(index, '"kinh tế hoa') == [("one", 2)]


def test_nothing_is_found_outside_the_files_asked_for(index: Index) -> None:
    assert found(index, "đầu tư công", "two") == [("two", 1)]
    assert found(index, "đầu tư công", "three") == []
    assert index.find({}, searching.query("công")) == []
    assert found(index, "?") == []


def test_what_reads_like_a_command_of_the_database_is_words(index: Index) -> None:
    for text in (
        "words:cong",
        'a" OR "b',
        "NOT công",
        "công*",
        "'); DROP TABLE search_page; --",
        "& | ! <->",
        "NEAR(a b)",
    ):
        assert isinstance(found(index, text), list)
    assert found(index, "cong") != []


def test_a_file_kept_again_is_found_as_it_is_now(index: Index) -> None:
    keep(index, "two", {1: "nhận dạng chữ xong", 2: "không liên quan"})
    assert found(index, "đầu tư công") == [("one", 1)]
    assert found(index, "nhận dạng") == [("two", 1)]


def test_pages_without_words_are_counted(index: Index) -> None:
    known = index.known(["one", "two", "three"])
    assert {file: (each.pages, each.silent) for file, each in known.items()} == {"one": (4, 1), "two": (2, 0)}


def test_a_page_may_be_very_long(index: Index) -> None:
    keep(index, "long", {1: " ".join(f"từ{number % 700}" for number in range(20_000))})
    assert found(index, "tu699", "long") == [("long", 1)]


def test_a_damaged_index_is_made_anew(tmp_path: Path) -> None:
    database = Database(tmp_path)
    try:
        (tmp_path / "search.db").write_bytes(b"not a database at all" * 500)
        opened = Index(database, tmp_path)
        keep(opened, "one", PAGES)
        assert found(opened, "khu ", "one") == [("one", 2)]
        opened.close()
    finally:
        database.close()
