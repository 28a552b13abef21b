"""The map of what may go wrong names tests that exist, and no line of it stands without a test or a reason."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest

from tests.chaos.battery import BATTERY

HERE = Path(__file__).parent
LINES = [line for line in (HERE / "THREATS.md").read_text().splitlines() if line.startswith("| ")]
ROWS = [line for line in LINES if not re.match(r"\| (what|requirements) ", line)]
REASON = re.compile(r"Not (done|tried): .{40,}")


@cache
def named_in(file: str) -> set[str]:
    return {
        each.name
        for each in ast.walk(ast.parse((HERE / file).read_text()))
        if isinstance(each, ast.FunctionDef | ast.AsyncFunctionDef)
    }


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[2:50])
def test_each_line_has_tests_that_exist_or_a_reason(row: str) -> None:
    named = re.findall(r"`([\w/]+\.py)::(\w+)`", row)
    faults = re.findall(r"`chaos: ([\w-]+)`", row)
    assert [each for each in named if each[1] not in named_in(each[0])] == []
    assert set(faults) <= set(BATTERY)
    assert named or faults or REASON.search(row)


def test_every_fault_of_the_battery_is_in_it() -> None:
    assert set(re.findall(r"`chaos: ([\w-]+)`", "\n".join(ROWS))) == set(BATTERY) - {"none"}
