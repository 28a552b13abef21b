"""Rules of decision as data: of what votes are counted, how many carry a question, the quorum, and what a tie does."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated

from meetingroom.domain.messages import Between

Part = Annotated[int, Between(0, 1000)]
Whole = Annotated[int, Between(1, 1000)]


class Base(StrEnum):
    """What the fraction is taken of."""

    TOTAL_MEMBERS = "total_members"
    PRESENT = "present"
    ENTITLED = "entitled"
    CAST = "cast"
    YES_NO = "yes_no"


class QuorumBase(StrEnum):
    """Members present of all members, asked at opening; or ballots cast of those entitled, asked at closing."""

    TOTAL_MEMBERS = "total_members"
    ENTITLED = "entitled"


class Tie(StrEnum):
    """What as many votes in favour as against do: the question is lost; it goes as the chair has voted; the chair decides
    when the count is known; it is voted on again."""

    REJECTED = "rejected"
    CHAIRS_SIDE = "chairs_side"
    CASTING = "casting"
    REPEAT = "repeat"


class By(StrEnum):
    """Which rule decided; printed with every result."""

    MAJORITY = "majority"
    SHORT = "short"
    CHAIR = "chair"
    TIE = "tie"
    AWAITS = "awaits"  # a tie the chair has yet to decide
    CASTING = "casting"
    REPEAT = "repeat"
    NO_QUORUM = "no_quorum"
    OUTRANKED = "outranked"  # enough votes, but others have more and the places are taken
    TIED_PLACES = "tied_places"  # equal votes for fewer places: nobody of them


@dataclass(frozen=True, kw_only=True)
class Rule:
    """Carried when the votes in favour exceed (or, with `exceed=False`, reach) numerator/denominator of the base.

    A quorum of 0/1 asks for none; with `quorum_exceed` it must be exceeded. `law` is printed with the result. `weighted`:
    votes are counted and not heads, wherever a member has more than one; `by_proxy`: members may let others cast for
    them. Both are off unless the body's own rules say otherwise.
    """

    name: str
    law: str
    base: Base
    numerator: Part
    denominator: Whole
    exceed: bool
    tie: Tie
    quorum_base: QuorumBase
    quorum_numerator: Part
    quorum_denominator: Whole
    quorum_exceed: bool = False
    weighted: bool = False
    by_proxy: bool = False

    def needed(self, of: int) -> int:
        """The least number of votes in favour that carries, in exact integer arithmetic; nothing is carried by none."""
        share = of * self.numerator
        return max(1, share // self.denominator + 1 if self.exceed else -(-share // self.denominator))

    def quorum(self, of: int) -> int:
        """The least number that makes a quorum."""
        share = of * self.quorum_numerator
        return share // self.quorum_denominator + 1 if self.quorum_exceed else -(-share // self.quorum_denominator)


def _rule(
    name: str,
    base: Base,
    fraction: tuple[int, int],
    *,
    exceed: bool,
    law: str = "",
    tie: Tie = Tie.REJECTED,
    quorum: tuple[int, int] = (0, 1),
    shares: bool = False,
) -> Rule:
    return Rule(
        name=name,
        law=law,
        base=base,
        numerator=fraction[0],
        denominator=fraction[1],
        exceed=exceed,
        tie=tie,
        quorum_base=QuorumBase.TOTAL_MEMBERS,
        quorum_numerator=quorum[0],
        quorum_denominator=quorum[1],
        quorum_exceed=shares,
        weighted=shares,
        by_proxy=shares,
    )


# People's Committees: more than half of ALL members, present or not, so 25 members need 13; a tie goes with the
# Chairman; two thirds must be present (Luật Tổ chức chính quyền địa phương 77/2015, Điều 114 and 117). People's Councils:
# more than half of all deputies, two thirds to remove one (Điều 91). Laws 65/2025 and 72/2025 renumber the articles:
# therefore the reference is data, shown with the result, and may be corrected where a vote is prepared.
LAW = "Luật Tổ chức chính quyền địa phương"
# Companies: more than half of all votes must be there, in person or by proxy; more than half of those there decide, 65 % in
# the matters the law lists, unless the charter asks for more (Luật Doanh nghiệp 59/2020, Điều 144, 145, 148).
COMPANIES = "Luật Doanh nghiệp"
COMMITTEE = _rule(
    "ubnd", Base.TOTAL_MEMBERS, (1, 2), exceed=True, law=LAW, tie=Tie.CHAIRS_SIDE, quorum=(2, 3)
)  # fmt: skip
RULES = {
    rule.name: rule
    for rule in (
        COMMITTEE,
        _rule("hdnd", Base.TOTAL_MEMBERS, (1, 2), exceed=True, law=LAW, quorum=(2, 3)),
        _rule("hdnd_removal", Base.TOTAL_MEMBERS, (2, 3), exceed=False, law=LAW, quorum=(2, 3)),
        _rule("simple", Base.CAST, (1, 2), exceed=True),
        _rule("two_thirds", Base.PRESENT, (2, 3), exceed=False),
        _rule("most_votes", Base.CAST, (0, 1), exceed=False),
        _rule("shares", Base.PRESENT, (1, 2), exceed=True, law=COMPANIES, quorum=(1, 2), shares=True),
        _rule("shares_special", Base.PRESENT, (65, 100), exceed=False, law=COMPANIES, quorum=(1, 2), shares=True),
    )
}
CUSTOM = "custom"
