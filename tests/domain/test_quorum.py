"""Quorum: of members or of their votes, by what part, and the moments at which it breaks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetingroom.domain.attendance import CheckIn, Leave, Mark
from meetingroom.domain.audience import Audience
from meetingroom.domain.messages import Role, read_command
from meetingroom.domain.people import AddParticipant, RemoveParticipant
from meetingroom.domain.quorum import Quorum, QuorumLost, QuorumReached
from meetingroom.domain.refusals import Refused
from meetingroom.domain.rights import Entrust, Weigh, Withdraw
from meetingroom.domain.sitting import Close, Open, SetQuorum
from meetingroom.export.wording import parts
from tests.export.stories import legal_words
from tests.stories import CHAIR, FINANCE, GUEST, HEALTH, HOME, JUSTICE, MEMBERS, SECRETARY, Story

HALF_OF_VOTES = SetQuorum(numerator=1, denominator=2, exceed=True, weighted=True)


def shareholders() -> Story:
    """10 000 votes; nobody is here yet, and what is enough is more than half of them."""
    story = Story.of_a_committee()
    for member, weight in zip(MEMBERS, (4000, 3000, 1500, 1000, 500), strict=True):
        story.give(SECRETARY, Weigh(participant=member, weight=weight))
    story.give(SECRETARY, HALF_OF_VOTES)
    return story


def shown(story: Story) -> dict[str, object]:
    return dict(story.view(Audience.CONSOLE)["attendance"])


@given(st.integers(1, 50), st.integers(1, 50), st.integers(0, 10**12), st.booleans())
def test_needed_is_the_least_number_that_is_enough(part: int, more: int, of: int, exceed: bool) -> None:
    quorum = Quorum(part, part + more, exceed)
    needed = quorum.needed(of)

    def enough(number: int) -> bool:
        share = number * (part + more) - of * part
        return share > 0 if exceed else share >= 0

    assert enough(needed) and not enough(needed - 1)


def test_shareholders_are_counted_by_their_votes_and_those_they_represent() -> None:
    story = shareholders()
    story.give(CHAIR, CheckIn())
    story.give(HOME, CheckIn())
    story.refuses(CHAIR, Open(), "meeting.no_quorum_of_votes")
    assert shown(story)["votes"] == {"total": 10_000, "present": 4500} and shown(story)["quorum"] == 5001
    story.give(SECRETARY, Entrust(participant=JUSTICE, holder=CHAIR))
    assert shown(story)["votes"] == {"total": 10_000, "present": 5500} and shown(story)["quorate"]
    opened, *_ = story.give(CHAIR, Open())
    assert (vars(opened)["votes_present"], vars(opened)["total_votes"], vars(opened)["members_present"]) == (
        5500,
        10_000,
        2,
    )
    story.give(CHAIR, Close())
    (text,) = (part.text for part in parts(story.meeting, legal_words()) if part.key == "form.opening")
    assert "2 thành viên có mặt" in text and "5.500 trên tổng số 10.000 phiếu" in text


def test_it_breaks_with_whatever_takes_the_votes_away() -> None:
    story = shareholders()
    for member in (CHAIR, HOME):
        story.give(member, CheckIn())
    story.give(SECRETARY, Entrust(participant=JUSTICE, holder=CHAIR))
    story.give(CHAIR, Open())
    _, lost = story.give(SECRETARY, Withdraw(participant=JUSTICE))
    assert lost == QuorumLost(at=story.now, members_present=4500, quorum=5001)
    _, reached = story.give(SECRETARY, Weigh(participant=CHAIR, weight=6000))
    assert reached == QuorumReached(at=story.now, members_present=6500, quorum=6001)
    _, lost = story.give(CHAIR, Leave())
    assert isinstance(lost, QuorumLost)


def test_a_member_more_or_fewer_may_break_it_or_bring_it_back() -> None:
    story = Story.in_session(present=(CHAIR, FINANCE, HEALTH, JUSTICE))
    story.give(SECRETARY, AddParticipant(office="Giám đốc Sở Xây dựng", role=Role.DELEGATE, member=True), made="new")
    _, lost = story.give(SECRETARY, AddParticipant(office="Giám đốc Sở Y", role=Role.DELEGATE, member=True), made="n2")
    assert lost == QuorumLost(at=story.now, members_present=4, quorum=5)
    *_, reached = story.give(SECRETARY, RemoveParticipant(participant="n2"))
    assert reached == QuorumReached(at=story.now, members_present=4, quorum=4)


def test_the_bodys_own_part_is_set_by_the_office_and_can_be_reached() -> None:
    story = Story.of_a_committee()
    story.refuses(GUEST, HALF_OF_VOTES, "not_permitted")
    story.refuses(SECRETARY, SetQuorum(numerator=3, denominator=2), "meeting.quorum_too_large")
    story.refuses(SECRETARY, SetQuorum(numerator=1, denominator=1, exceed=True), "meeting.quorum_too_large")
    story.give(SECRETARY, SetQuorum(numerator=1, denominator=1))
    for member in MEMBERS[:-1]:
        story.give(SECRETARY, Mark(participant=member, present=True))
    story.refuses(CHAIR, Open(), "meeting.no_quorum")
    story.give(HOME, CheckIn())
    story.give(CHAIR, Open())
    story.give(CHAIR, Close())
    story.refuses(SECRETARY, HALF_OF_VOTES, "meeting.closed")


@pytest.mark.parametrize("part", [0, -1, 1001])
def test_a_part_is_a_whole_number(part: int) -> None:

    with pytest.raises(Refused, match="malformed"):
        read_command("meeting.set_quorum", {"numerator": part, "denominator": 2})
