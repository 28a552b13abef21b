"""Questions sent round for written answers: all members answer by a day, from anywhere; the majority is that of all members."""

from __future__ import annotations

from typing import Any

from meetingroom.domain import meeting as domain
from meetingroom.domain.audience import Audience
from meetingroom.domain.circulation import ExtendRound, FinishRound, RecallRound, SendRound
from meetingroom.domain.people import SERVER
from meetingroom.domain.phase import Phase
from meetingroom.domain.sitting import Open
from meetingroom.domain.voting import (
    Cast,
    CloseVote,
    CountBox,
    ExtendVote,
    OpenVote,
    Prepare,
    SuspendVote,
    VotePhase,
)
from meetingroom.domain.voting.ballot import Answer, Method
from tests.stories import CHAIR, FINANCE, HEALTH, HOME, JUSTICE, MEMBERS, SECRETARY, Story

YES, NO = Answer.YES, Answer.NO
DAY = 24 * 3_600_000


def prepared(**form: Any) -> Story:
    story = Story.of_a_committee(written=True)
    for key in ("first", "second"):
        story.give(SECRETARY, Prepare(item="two", question=f"Câu {key}?", **form), made=key)
    return story


def sent(**form: Any) -> Story:
    story = prepared(**form)
    story.give(SECRETARY, SendRound(due=story.now + 5 * DAY))
    run_timekeeper(story)
    return story


def run_timekeeper(story: Story) -> None:
    for command in domain.due(story.meeting, story.now):
        story.give(SERVER.id, command)


def answer(story: Story, vote: str, **choices: Answer) -> None:
    for voter, choice in choices.items():
        story.give(voter, Cast(vote=vote, marks=(("q", choice),)))


def result(story: Story, vote: str) -> dict[str, Any]:
    return dict(story.view(Audience.CONSOLE)["voting"][vote]["result"])


def test_every_member_is_asked_wherever_they_are_and_all_questions_at_once() -> None:
    story = sent()
    for member in MEMBERS:
        assert story.own(member)["electors"] == {"first": True, "second": True}
    assert not story.meeting.attendance
    assert {vote.closes_at for vote in story.meeting.voting.values()} == {story.meeting.circulation.due}


def test_the_day_closes_it_and_silence_is_no_assent() -> None:
    story = sent(rule="ubnd")
    answer(story, "first", chair=YES, finance=YES, health=NO)
    answer(story, "second", chair=YES, finance=YES, health=YES, justice=YES, home_affairs=YES)
    story.now += 6 * DAY
    run_timekeeper(story)
    first, second = result(story, "first"), result(story, "second")
    assert (first["voted"], first["present"], first["total_members"]) == (3, 3, 5)
    assert not first["outcomes"]["q"]["carried"] and second["outcomes"]["q"]["carried"]
    story.give(SECRETARY, FinishRound())
    assert story.meeting.sitting.phase is Phase.CLOSED
    assert "result" in story.view(Audience.MEMBER)["voting"]["first"]


def test_more_time_may_be_given_and_never_less() -> None:
    story = sent()
    due = story.meeting.circulation.due or 0
    story.refuses(SECRETARY, ExtendRound(due=due), "circulation.not_later")
    story.refuses(FINANCE, ExtendRound(due=due + DAY), "not_permitted")
    story.give(SECRETARY, ExtendRound(due=due + DAY))
    assert {vote.closes_at for vote in story.meeting.voting.values()} == {due + DAY}
    assert story.view(Audience.MEMBER)["circulation"]["due"] == due + DAY


def test_a_recall_says_why_and_ends_it_without_a_result() -> None:
    story = sent()
    answer(story, "first", finance=YES)
    story.refuses(SECRETARY, RecallRound(reason=""), "circulation.needs_reason")
    story.give(CHAIR, RecallRound(reason="Nội dung cần họp bàn trực tiếp"))
    assert story.meeting.sitting.phase is Phase.CLOSED
    assert all(vote.result is None for vote in story.meeting.voting.values())
    assert story.view(Audience.MEMBER)["circulation"]["recalled"] == "Nội dung cần họp bàn trực tiếp"


def test_what_cannot_be_sent_round_is_said_before() -> None:
    story = Story.of_a_committee(written=True)
    later = story.now + DAY
    story.refuses(SECRETARY, SendRound(due=later), "circulation.no_question")
    story.give(SECRETARY, Prepare(item="two", question="Giơ tay?", method=Method.HANDS), made="hands")
    story.refuses(SECRETARY, SendRound(due=later), "circulation.by_hand")
    story.refuses(SECRETARY, SendRound(due=story.now + 1), "circulation.too_soon")
    story.refuses(CHAIR, Open(regardless=True), "meeting.is_written")
    sitting = Story.of_a_committee()
    sitting.refuses(SECRETARY, SendRound(due=later), "circulation.not_written")
    again = sent()
    again.refuses(SECRETARY, SendRound(due=again.now + DAY), "circulation.sent_already")
    again.refuses(SECRETARY, FinishRound(), "circulation.not_closed")


def test_a_question_written_after_sending_waits_for_another_round() -> None:
    story = sent()
    story.give(SECRETARY, Prepare(item="two", question="Thêm?"), made="late")
    assert OpenVote(vote="late") not in domain.due(story.meeting, story.now)
    story.refuses(SECRETARY, OpenVote(vote="late"), "circulation.another_round")
    answer(story, "first", **{HEALTH: YES, JUSTICE: YES, HOME: YES})
    story.now += 6 * DAY
    run_timekeeper(story)
    story.give(SECRETARY, FinishRound())
    assert story.meeting.voting["late"].opened_at is None


def test_a_question_ends_on_its_day_or_when_all_have_answered_and_not_before() -> None:
    story = sent()
    for command in (CloseVote(vote="first"), ExtendVote(vote="first", seconds=60), SuspendVote(vote="first")):
        story.refuses(SECRETARY, command, "circulation.until_its_day")
    answer(story, "first", **{member: YES for member in MEMBERS})
    story.give(SECRETARY, CloseVote(vote="first"))
    assert result(story, "first")["voted"] == 5


def test_a_box_that_is_being_counted_is_counted_to_its_end() -> None:
    story = sent(secret=True)
    story.now += 6 * DAY
    run_timekeeper(story)
    assert story.meeting.voting["first"].phase is VotePhase.COUNTING
    story.refuses(SECRETARY, RecallRound(reason="Thôi"), "circulation.counting")
    story.refuses(SECRETARY, FinishRound(), "circulation.not_closed")
    for vote in ("first", "second"):
        story.give(SERVER.id, CountBox(vote=vote, sheets=(), texts=(), urn=()))
    story.give(SECRETARY, FinishRound())
