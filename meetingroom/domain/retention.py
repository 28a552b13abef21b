"""Retention: how many years closed meetings are kept, by their kind."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

FOREVER = 0
LONGEST = 100  # years
NOTICE = 14  # days at least between saying that a meeting will be erased and erasing it


@dataclass(frozen=True, slots=True)
class Rules:
    """`usual` years for meetings of kinds that have no rule of their own; 0 is for ever."""

    usual: int = FOREVER
    kinds: Mapping[str, int] = field(default_factory=dict)

    def years(self, kind: str) -> int:
        return self.kinds.get(kind, self.usual)
