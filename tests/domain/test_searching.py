"""Searching: how words are compared and what a query means. The cases are shared with the device, which does the same."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from meetingroom.domain import searching

CASES: dict[str, Any] = json.loads((Path(__file__).parents[1] / "web" / "search-cases.json").read_text("utf-8"))


@pytest.mark.parametrize(("text", "expected"), CASES["tokens"])
def test_words_are_compared_without_marks_case_and_punctuation(text: str, expected: list[str]) -> None:
    assert list(searching.tokens(text)) == expected


@pytest.mark.parametrize(("text", "runs", "unfinished", "quoted"), CASES["queries"])
def test_a_query_is_words_and_phrases(text: str, runs: list[list[str]], unfinished: bool, quoted: bool) -> None:
    sought = searching.query(text)
    assert ([list(run) for run in sought.runs], sought.unfinished, sought.quoted) == (runs, unfinished, quoted)


@pytest.mark.parametrize(("words", "text", "expected"), CASES["passages"])
def test_words_together_count_before_words_apart(words: list[str], text: str, expected: list[list[int]]) -> None:
    assert [list(each) for each in searching.passages(words, searching.query(text))] == expected


@pytest.mark.parametrize(("words", "text", "expected"), CASES["quotations"])
def test_a_quotation_is_the_same_on_the_device(words: list[str], text: str, expected: list[list[Any]]) -> None:
    found = searching.passages(words, searching.query(text))
    assert [list(part) for part in searching.quotation(words, found)] == expected


def test_a_quotation_shows_what_is_around_and_marks_what_was_found() -> None:
    words = [f"chữ{number}" for number in range(100)]
    words[50:52] = ["ngân", "sách"]
    parts = searching.quotation(words, searching.passages(words, searching.query("ngan sach")))
    assert ("ngân sách", True) in parts
    said = "".join(text for text, _ in parts)
    assert said.startswith("… chữ41 ") and said.endswith("chữ60 …")


def test_a_long_query_is_cut_and_nothing_in_it_is_anything_but_words() -> None:
    assert len(searching.query("a" * 10_000).runs[0][0]) == searching.LONGEST
    assert searching.query("words:* AND ('x') \" OR NEAR(").runs == (
        ("words",), ("and",), ("x",), ("or", "near"),
    )  # fmt: skip
