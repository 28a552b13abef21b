"""Rules of decision as data: how many votes carry a question, and of what they are counted."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Base(StrEnum):
    """What the fraction is taken of. More bases come with the other rules; the words of each are in the catalogue."""

    TOTAL_MEMBERS = "total_members"


@dataclass(frozen=True, slots=True)
class Rule:
    """Carried when the votes in favour exceed (or, with `exceed=False`, reach) numerator/denominator of the base."""

    name: str
    law: str
    base: Base
    numerator: int
    denominator: int
    exceed: bool

    def needed(self, base: int) -> int:
        """The least number of votes in favour that carries, in exact integer arithmetic."""
        share = base * self.numerator
        return share // self.denominator + 1 if self.exceed else -(-share // self.denominator)


# More than half of ALL members, present or not: 25 members need 13 (Luật Tổ chức chính quyền địa phương 77/2015,
# Điều 117 khoản 3; the article is renumbered in later laws, therefore the reference is data shown with the result).
MORE_THAN_HALF_OF_MEMBERS = Rule(
    name="more_than_half_of_members",
    law="Luật Tổ chức chính quyền địa phương",
    base=Base.TOTAL_MEMBERS,
    numerator=1,
    denominator=2,
    exceed=True,
)

RULES = {rule.name: rule for rule in (MORE_THAN_HALF_OF_MEMBERS,)}
