"""Who will come and who does: replies and consent, substitutes, arrivals and departures, the quorum while in session."""

from __future__ import annotations

from meetingroom.domain.attendance import CheckIn, Leave, Mark
from meetingroom.domain.audience import Audience
from meetingroom.domain.floor import Ask
from meetingroom.domain.messages import Role
from meetingroom.domain.people import RemoveParticipant
from meetingroom.domain.quorum import QuorumLost, QuorumReached
from meetingroom.domain.replies import AskAbsence, Confirm, DecideAbsence, RecordReply
from meetingroom.domain.sitting import Adjourn, Open
from tests.stories import CHAIR, FINANCE, GUEST, HEALTH, JUSTICE, MEMBERS, SCREEN, SECRETARY, Story


def standing(story: Story, who: str) -> str:
    return str(story.view(Audience.CONSOLE)["replies"]["answers"][who]["standing"])


def test_an_absence_needs_a_reason_and_consent() -> None:
    story = Story.of_a_committee()
    story.give(FINANCE, Confirm())
    story.refuses(CHAIR, DecideAbsence(participant=FINANCE, consent=True), "replies.not_asked")
    story.refuses(CHAIR, DecideAbsence(participant=HEALTH, consent=True), "replies.not_asked")
    story.refuses(HEALTH, AskAbsence(reason=""), "replies.needs_reason")
    story.give(HEALTH, AskAbsence(reason="Đi công tác Hà Nội"))
    assert standing(story, HEALTH) == "asked" and standing(story, FINANCE) == "confirmed"
    story.refuses(FINANCE, DecideAbsence(participant=HEALTH, consent=True), "not_permitted")
    story.give(CHAIR, DecideAbsence(participant=HEALTH, consent=False, answer="Đề nghị dự họp trực tuyến"))
    assert story.own(HEALTH)["reply"]["answer"] == "Đề nghị dự họp trực tuyến"
    story.give(CHAIR, DecideAbsence(participant=HEALTH, consent=True))
    assert standing(story, HEALTH) == "excused"
    story.give(HEALTH, Confirm())
    assert standing(story, HEALTH) == "confirmed"


def test_a_reason_is_nobody_else_s_business() -> None:
    story = Story.of_a_committee()
    story.give(HEALTH, AskAbsence(reason="Nằm viện"))
    assert all("Nằm viện" not in str(story.view(audience)) for audience in Audience if not audience.is_office)
    assert "reply" not in story.own(FINANCE)


def test_an_absence_may_be_from_a_part() -> None:
    story = Story.of_a_committee()
    story.refuses(HEALTH, AskAbsence(reason="x", since=20, until=10), "replies.ends_before_it_begins")
    story.give(HEALTH, AskAbsence(reason="Họp khác", since=10, until=20))
    assert story.own(HEALTH)["reply"] == {
        "standing": "asked", "at": story.now, "reason": "Họp khác", "since": 10, "until": 20,
    }  # fmt: skip


def test_a_substitute_attends_and_speaks_without_a_vote() -> None:
    story = Story.of_a_committee()
    story.give(FINANCE, AskAbsence(reason="Nghỉ phép", substitute="Phó Giám đốc Sở Tài chính"))
    total = story.view(Audience.CONSOLE)["attendance"]["total_members"]
    story.give(SECRETARY, DecideAbsence(participant=FINANCE, consent=True), made="deputy")
    assert story.view(Audience.MEMBER)["replies"]["substitutes"] == {"deputy": FINANCE}
    deputy = story.meeting.people["deputy"]
    assert (deputy.office, deputy.role, deputy.member) == ("Phó Giám đốc Sở Tài chính", Role.DELEGATE, False)
    assert story.view(Audience.CONSOLE)["attendance"]["total_members"] == total, "the member absent still counts"
    story.give("deputy", CheckIn())
    story.give(CHAIR, Open(regardless=True))
    story.give("deputy", Ask())
    story.give(CHAIR, DecideAbsence(participant=FINANCE, consent=True))
    assert len(story.view(Audience.MEMBER)["replies"]["substitutes"]) == 1, "consent given twice sends nobody twice"
    story.give(SECRETARY, RemoveParticipant(participant="deputy"))
    assert story.view(Audience.MEMBER)["replies"]["substitutes"] == {}


def test_a_substitute_of_the_chair_does_not_hold_the_chair() -> None:
    story = Story.of_a_committee()
    story.give(CHAIR, AskAbsence(reason="Họp Chính phủ", substitute="Phó Chủ tịch UBND tỉnh"))
    story.give(SECRETARY, DecideAbsence(participant=CHAIR, consent=True), made="deputy")
    assert story.meeting.people["deputy"].role is Role.DELEGATE


def test_the_secretary_records_what_was_said_by_telephone() -> None:
    story = Story.of_a_committee()
    story.give(SECRETARY, RecordReply(participant=FINANCE, coming=True))
    story.give(SECRETARY, RecordReply(participant=HEALTH, coming=False, reason="Ốm"))
    assert (standing(story, FINANCE), standing(story, HEALTH)) == ("confirmed", "excused")
    story.refuses(SECRETARY, RecordReply(participant=SCREEN, coming=True), "attendance.cannot_attend")


def test_arrivals_departures_and_returns_are_kept() -> None:
    story = Story.in_session(present=MEMBERS)
    first = story.view(Audience.CONSOLE)["movements"]["stays"][FINANCE]["0"]["arrived_at"]
    story.give(FINANCE, Leave())
    left = story.now
    story.give(FINANCE, Leave())
    story.give(SECRETARY, Mark(participant=FINANCE, present=True))
    assert story.view(Audience.CONSOLE)["movements"]["stays"][FINANCE] == {
        "0": {"arrived_at": first, "left_at": left},
        "1": {"arrived_at": story.now},
    }
    assert story.view(Audience.MEMBER)["movements"] == {}


def test_the_moment_the_quorum_breaks_stands_in_the_record() -> None:
    story = Story.in_session(present=(CHAIR, FINANCE, HEALTH, JUSTICE))
    story.give(GUEST, CheckIn())
    assert "quorum_lost_at" not in story.view(Audience.CONSOLE)["movements"]
    _, lost = story.give(FINANCE, Leave())
    assert lost == QuorumLost(at=story.now, members_present=3, quorum=4)
    assert story.view(Audience.CONSOLE)["movements"]["quorum_lost_at"] == story.now
    assert len(story.give(HEALTH, Leave())) == 1, "it breaks once"
    story.give(HEALTH, CheckIn())
    _, reached = story.give(FINANCE, CheckIn())
    assert reached == QuorumReached(at=story.now, members_present=4, quorum=4)
    assert "quorum_lost_at" not in story.view(Audience.CONSOLE)["movements"]


def test_in_a_recess_no_quorum_is_lost() -> None:
    story = Story.in_session(present=(CHAIR, FINANCE, HEALTH, JUSTICE))
    story.give(CHAIR, Adjourn())
    assert len(story.give(FINANCE, Leave())) == 1
