"""Tally: counting ballots, and the five numbers that stay apart everywhere."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Choice(StrEnum):
    """Tán thành, không tán thành, không biểu quyết. Not voting at all is none of them."""

    YES = "yes"
    NO = "no"
    ABSTAIN = "abstain"


@dataclass(frozen=True, slots=True)
class Numbers:
    """All members; all invited persons; persons present at closing; members entitled; ballots cast."""

    total_members: int
    invited: int
    present: int
    entitled: int
    voted: int


def count(ballots: Mapping[str, Choice]) -> dict[Choice, int]:
    """How many chose each; every choice is there, also with none."""
    cast = list(ballots.values())
    return {choice: cast.count(choice) for choice in Choice}
