"""The electorate: who would vote if a vote were opened now, who casts for whom, and how many votes are there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from meetingroom.domain.people import members
from meetingroom.domain.voting.rule import Rule
from meetingroom.domain.voting.vote import Vote

if TYPE_CHECKING:
    from meetingroom.domain.meeting import Meeting


def holders(meeting: Meeting, rule: Rule) -> dict[str, str]:
    """Member → who casts for them now: somebody present with their proxy, or they themselves if they are here.

    Where questions are sent round nobody need be here.

    Whoever has given a proxy does not vote beside its holder; a holder who has not come leaves the right to the member.
    """
    found = {}
    there = meeting.people if meeting.sitting.written else meeting.attendance
    for member in members(meeting.people):
        proxy = meeting.rights.proxies.get(member) if rule.by_proxy else None
        if proxy and proxy.holder in there:
            found[member] = proxy.holder
        elif member in there:
            found[member] = member
    return found


def expected(meeting: Meeting, vote: Vote) -> dict[str, str]:
    """Whom the vote would have as electors if it were opened now, and who would cast for each."""
    return {
        elector: holder for elector, holder in holders(meeting, vote.rule).items() if elector not in vote.excused
    }  # fmt: skip


def weights(meeting: Meeting, rule: Rule) -> dict[str, int]:
    """How many votes each member has, where the rule counts votes; else nothing."""
    known = meeting.rights.weights
    return {member: known.get(member, 1) for member in members(meeting.people)} if rule.weighted else {}


def strength(meeting: Meeting, vote: Vote) -> tuple[int, int]:
    """(of those present or represented now, of all members): votes or heads, as the rule counts."""
    weigh = weights(meeting, vote.rule)
    there = holders(meeting, vote.rule)
    everyone = members(meeting.people)
    return sum(weigh.get(member, 1) for member in there), sum(weigh.get(member, 1) for member in everyone)
