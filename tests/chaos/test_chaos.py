"""The fault battery in short, against the real server; `scripts/chaos` has the long one. The checker is tried, too."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest

from meetingroom.domain.messages import write
from meetingroom.domain.notices import Send
from meetingroom.storage.journal import Entry
from tests.chaos.battery import BATTERY, closing_instant, killed, network, try_out
from tests.chaos.disk import Missing
from tests.chaos.history import Call, History, check
from tests.chaos.sitting import Fault, sit
from tests.chaos.wrong import WRONG, copied
from tests.stories import SECRETARY, Story

SECONDS = 2.0
PATIENCE = 150.0  # for a machine that does other things, too


@pytest.mark.parametrize("name", ["kill", "power", "errors", "network", "database"])
def test_nothing_acknowledged_is_lost(tmp_path: Path, name: str) -> None:
    try:
        verdict = asyncio.run(try_out(tmp_path, BATTERY[name], SECONDS, 7, PATIENCE))
    except Missing as missing:
        pytest.skip(str(missing))
    assert verdict.found == []
    assert verdict.acknowledged > 10, "there was something to lose"


WORST: dict[str, Fault] = {
    "acknowledge before commit": killed,
    "no duplicate check": network,
    "no state check": closing_instant,
}


@pytest.mark.parametrize("name", WRONG)
def test_a_server_that_is_wrong_is_found_out(tmp_path: Path, name: str) -> None:
    """By chance: what one sitting does not show the next one does."""
    program = copied(tmp_path / "copy", WRONG[name])
    for seed in range(4):
        (tmp_path / str(seed)).mkdir()
        verdict = asyncio.run(sit(tmp_path / str(seed), WORST[name], 4, seed, program=program, patience=3))
        wrong = [found for found in verdict.found if "not all was answered" not in found]
        if wrong:
            return
    raise AssertionError(f"overlooked: {verdict}")


def told() -> tuple[History, list[Entry], int]:
    """A secretary has sent two notices and been told so; the second was asked for when the first was done."""
    story = Story.in_session()
    founded = len(story.events)
    for text in ("a", "b"):
        story.give(SECRETARY, Send(text=text))
    entries = [Entry("m", n, 1, SECRETARY, None, event.tag, write(event)) for n, event in enumerate(story.events, 1)]
    entries[-2:] = [replace(entries[-2], command="a"), replace(entries[-1], command="b")]
    calls = [
        Call(key, SECRETARY, "notices.send", {"text": key}, at, at + 1, "done") for key, at in (("a", 0), ("b", 5))
    ]
    return History(calls), entries, founded


def test_the_checker_is_silent_where_nothing_is_wrong() -> None:
    assert check(*told()) == []


def test_the_checker_finds_what_is_wrong() -> None:
    history, entries, founded = told()
    first, second = history.calls
    assert "acknowledged and lost" in check(history, entries[:-1], founded)[0]
    assert "refused" in check(History([first, replace(second, code="not_permitted")]), entries, founded)[0]
    assert "never answered" in check(History([first, replace(second, code="")]), entries, founded)[0]
    assert "asked for by nobody" in check(History([first]), entries, founded)[0]
    assert (
        "stands before"
        in check(History([replace(first, begun=8, ended=9), replace(second, ended=6)]), entries, founded)[0]
    )
    twice = [*entries, replace(entries[-1], version=len(entries) + 1)]
    assert any("done 2 times" in found for found in check(history, twice, founded))
    assert "gap" in check(history, [*entries[:-1], replace(entries[-1], version=99)], founded)[0]
