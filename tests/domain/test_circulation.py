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
    EnterAnswer,
    ExtendVote,
    OpenVote,
    Prepare,
    SuspendVote,
    VotePhase,
)
from meetingroom.domain.voting.ballot import Answer, Method
from meetingroom.domain.voting.messages import AnswerEntered
from meetingroom.domain.voting.published import published
from tests.stories import CHAIR, FINANCE, GUEST, HEALTH, HOME, JUSTICE, MEMBERS, SECRETARY, Story

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


def enter(story: Story, elector: str, choice: Answer, vote: str = "first") -> None:
    story.give(SECRETARY, EnterAnswer(vote=vote, elector=elector, marks=(("q", choice),)))


def test_what_came_on_paper_is_entered_by_the_secretary_and_says_so_everywhere() -> None:
    story = sent()
    on_paper = EnterAnswer(vote="first", elector=HEALTH, marks=(("q", NO),))
    for stranger in (CHAIR, FINANCE):
        story.refuses(stranger, on_paper, "not_permitted")
    story.give(SECRETARY, on_paper)
    name = story.meeting.people[SECRETARY].office
    assert isinstance(story.events[-1], AnswerEntered) and story.events[-1].by == SECRETARY
    assert story.own(HEALTH)["ballots"]["first"] == {"marks": {"q": "no"}, "entered": name}
    running = story.view(Audience.CONSOLE)["voting"]["first"]
    assert running["voted_by"] == {HEALTH: True} and running["entered"] == {HEALTH: name}
    assert "entered" not in story.view(Audience.MEMBER)["voting"]["first"]
    enter(story, HEALTH, YES)  # a slip of the secretary's is put right
    answer(story, "first", finance=YES)
    story.now += 6 * DAY
    run_timekeeper(story)
    counted = result(story, "first")
    assert counted["entered"] == {HEALTH: name} and counted["tally"]["q"]["yes"] == 2
    ballots = {each["voter"]: each for each in published(story.meeting, story.meeting.voting["first"])["ballots"]}
    assert ballots[HEALTH]["entered_by"] == name and "entered_by" not in ballots[FINANCE]
    story.refuses(SECRETARY, on_paper, "voting.not_open")


def test_a_device_has_the_last_word_over_paper() -> None:
    story = sent()
    answer(story, "first", finance=YES)
    no = (("q", NO),)
    story.refuses(SECRETARY, EnterAnswer(vote="first", elector=FINANCE, marks=no), "circulation.answered_already")
    enter(story, HEALTH, NO)
    answer(story, "first", health=YES)
    assert story.own(HEALTH)["ballots"]["first"] == {"marks": {"q": "yes"}}
    story.refuses(SECRETARY, EnterAnswer(vote="first", elector=HEALTH, marks=no), "circulation.answered_already")
    final = sent(changeable=False)
    enter(final, HEALTH, NO)
    final.refuses(HEALTH, Cast(vote="first", marks=(("q", YES),)), "voting.already_voted")


def test_paper_is_taken_only_where_it_tells_nobody_a_secret() -> None:
    no = (("q", NO),)
    sent(secret=True).refuses(
        SECRETARY, EnterAnswer(vote="first", elector=HEALTH, marks=no), "circulation.secret_on_paper"
    )
    story = sent()
    story.refuses(SECRETARY, EnterAnswer(vote="first", elector=GUEST, marks=no), "circulation.not_asked")
    story.refuses(SECRETARY, EnterAnswer(vote="first", elector=HEALTH, marks=()), "voting.nothing_chosen")
    prepared().refuses(SECRETARY, EnterAnswer(vote="first", elector=HEALTH, marks=no), "voting.not_open")
