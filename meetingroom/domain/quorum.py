"""Quorum: how many must be present for the meeting to be held, of whom, and whether they are.

Two thirds of the members unless the body's own rules say otherwise (People's Committee: Luật Tổ chức chính quyền địa phương
77/2015, Điều 114; later laws renumber the article). A general meeting of shareholders counts votes, present or represented
(Luật Doanh nghiệp 59/2020, Điều 145).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from meetingroom.domain.messages import Event, event
from meetingroom.domain.people import members

if TYPE_CHECKING:
    from meetingroom.domain.meeting import Meeting


@dataclass(frozen=True, slots=True)
class Quorum:
    """Reached, or with `exceed` exceeded, at this part of the members; `weighted`: of their votes, proxies included."""

    numerator: int = 2
    denominator: int = 3
    exceed: bool = False
    weighted: bool = False

    def needed(self, of: int) -> int:
        """The least number that is enough."""
        if self.exceed:
            return of * self.numerator // self.denominator + 1
        return -(-of * self.numerator // self.denominator)


@dataclass(frozen=True, slots=True)
class Count:
    """Members only, guests never count. `total`, `present`, `needed` are votes where the quorum is weighted, else members."""

    total_members: int
    members_present: int
    total: int
    present: int
    needed: int

    @property
    def quorate(self) -> bool:
        return self.total > 0 and self.present >= self.needed


def count(meeting: Meeting) -> Count:
    quorum, there = meeting.sitting.quorum, meeting.attendance
    everyone = members(meeting.people)
    here = sum(member in there for member in everyone)
    if not quorum.weighted:
        return Count(len(everyone), here, len(everyone), here, quorum.needed(len(everyone)))
    weights, proxies = meeting.rights.weights, meeting.rights.proxies
    represented = (
        member
        for member in everyone
        if member in there or ((proxy := proxies.get(member)) is not None and proxy.holder in there)
    )
    total = sum(weights.get(member, 1) for member in everyone)
    present = sum(weights.get(member, 1) for member in represented)
    return Count(len(everyone), here, total, present, quorum.needed(total))


@event("attendance.quorum_lost")
class QuorumLost(Event):
    """In session: from now on fewer are present than the meeting needs; members, or votes where it counts those."""

    at: int
    members_present: int
    quorum: int


@event("attendance.quorum_reached")
class QuorumReached(Event):
    at: int
    members_present: int
    quorum: int


def changed(before: Meeting, after: Meeting, now: int) -> tuple[Event, ...]:
    """The moment at which a meeting in session loses its quorum, or has it again, stands in the record."""
    was, is_ = count(before), count(after)
    if was.quorate == is_.quorate:
        return ()
    kind = QuorumReached if is_.quorate else QuorumLost
    return (kind(at=now, members_present=is_.present, quorum=is_.needed),)
