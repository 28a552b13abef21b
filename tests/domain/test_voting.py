"""Votes, first form: recorded, entitled members present, changeable until closing, more than half of all members."""

import pytest

from meetingroom.domain.attendance import CheckIn, Mark
from meetingroom.domain.audience import Audience
from meetingroom.domain.messages import Role
from meetingroom.domain.people import SERVER, ChangeParticipant
from meetingroom.domain.sitting import Close
from meetingroom.domain.voting import Cast, CloseVote
from meetingroom.domain.voting.rule import MORE_THAN_HALF_OF_MEMBERS
from meetingroom.domain.voting.tally import Choice
from meetingroom.domain.voting.vote import Announce, Cancel, ChangeVote, ExtendVote, OpenVote, Prepare, RemoveVote, due
from tests.stories import CHAIR, FINANCE, GUEST, HEALTH, HOME, JUSTICE, MEMBERS, SCREEN, SECRETARY, Story

YES, NO, ABSTAIN = Choice.YES, Choice.NO, Choice.ABSTAIN


def open_vote(present: tuple[str, ...] = MEMBERS, seconds: int = 0) -> Story:
    story = Story.in_session(present)
    story.give(SECRETARY, Prepare(item="two", question="Thông qua dự thảo?", seconds=seconds), made="v")
    story.give(CHAIR, OpenVote(vote="v"))
    return story


def cast(story: Story, **choices: Choice) -> None:
    for voter, choice in choices.items():
        story.give(voter, Cast(vote="v", choice=choice))


def test_the_five_numbers_stay_apart() -> None:
    story = open_vote(present=(CHAIR, FINANCE, HEALTH, JUSTICE))
    story.give(SECRETARY, Mark(participant=GUEST, present=True))
    cast(story, chair=YES, finance=YES, health=NO)
    story.give(CHAIR, CloseVote(vote="v"))
    story.give(CHAIR, Announce(vote="v"))
    result = story.view(Audience.MEMBER)["voting"]["v"]["result"]
    assert result["tally"] == {"yes": 2, "no": 1, "abstain": 0}
    numbers = ("total_members", "invited", "present", "entitled", "voted")
    assert tuple(result[number] for number in numbers) == (5, 7, 5, 4, 3)
    assert result["carried"] is False, "two of five members are not more than half, though two of three ballots are"


def test_half_is_not_more_than_half() -> None:
    assert [MORE_THAN_HALF_OF_MEMBERS.needed(total) for total in (1, 2, 4, 5, 21, 25)] == [1, 2, 3, 3, 11, 13]


def test_a_ballot_may_be_changed_until_closing_and_counts_once() -> None:
    story = open_vote()
    cast(story, finance=YES)
    cast(story, finance=NO)
    assert story.own(FINANCE)["ballots"] == {"v": "no"}
    assert story.view(Audience.SCREEN)["voting"]["v"]["voted"] == 1
    story.give(CHAIR, CloseVote(vote="v"))
    assert story.view(Audience.CONSOLE)["voting"]["v"]["result"]["tally"] == {"yes": 0, "no": 1, "abstain": 0}
    story.refuses(FINANCE, Cast(vote="v", choice=YES), "voting.not_open")


def test_nobody_sees_a_running_result_and_only_the_office_who_has_voted() -> None:
    story = open_vote()
    cast(story, finance=YES)
    for audience in Audience:
        vote = story.view(audience)["voting"]["v"]
        assert "result" not in vote
        assert ("voted_by" in vote) is (audience is Audience.CONSOLE)
    story.give(CHAIR, CloseVote(vote="v"))
    assert "result" in story.view(Audience.CONSOLE)["voting"]["v"]
    assert "result" not in story.view(Audience.MEMBER)["voting"]["v"], "closed is not yet announced"


@pytest.mark.parametrize("who", [HOME, SECRETARY])
def test_only_members_present_at_opening_may_vote(who: str) -> None:
    story = open_vote(present=(CHAIR, FINANCE, HEALTH, JUSTICE))
    story.refuses(who, Cast(vote="v", choice=YES), "voting.not_entitled")
    story.give(HOME, CheckIn())
    story.refuses(HOME, Cast(vote="v", choice=YES), "voting.not_entitled")


@pytest.mark.parametrize("who", [GUEST, SCREEN])
def test_guests_and_screens_never_vote(who: str) -> None:
    open_vote().refuses(who, Cast(vote="v", choice=YES), "not_permitted")


def test_the_right_to_vote_cannot_change_under_an_open_vote() -> None:
    story = open_vote()
    story.refuses(SECRETARY, ChangeParticipant(participant=FINANCE, office="x", role=Role.GUEST), "people.in_open_vote")


def test_one_vote_at_a_time_and_the_meeting_stays_open_for_it() -> None:
    story = open_vote()
    story.give(SECRETARY, Prepare(item="one", question="Khác?"), made="w")
    story.refuses(CHAIR, OpenVote(vote="w"), "voting.already_open")
    story.refuses(CHAIR, Close(), "meeting.vote_open")


def test_nothing_about_a_closed_vote_can_be_edited() -> None:
    story = open_vote()
    story.give(CHAIR, CloseVote(vote="v"))
    story.refuses(CHAIR, ChangeVote(vote="v", question="Khác?"), "voting.not_prepared")
    story.refuses(CHAIR, RemoveVote(vote="v"), "voting.not_prepared")
    story.refuses(CHAIR, Cancel(vote="v"), "voting.finished")
    story.refuses(CHAIR, OpenVote(vote="v"), "voting.not_prepared")
    story.refuses(CHAIR, CloseVote(vote="v"), "voting.not_open")


def test_a_timed_vote_is_closed_by_the_timekeeper() -> None:
    story = open_vote(seconds=60)
    closes_at = story.view(Audience.MEMBER)["voting"]["v"]["closes_at"]
    story.give(CHAIR, ExtendVote(vote="v", seconds=30))
    assert story.view(Audience.MEMBER)["voting"]["v"]["closes_at"] == closes_at + 30_000
    assert due(story.meeting, closes_at) == ()
    assert due(story.meeting, closes_at + 30_000) == ("v",)
    story.give(SERVER.id, CloseVote(vote="v"))


def test_a_cancelled_vote_stays_visible_with_its_reason() -> None:
    story = open_vote()
    story.give(CHAIR, Cancel(vote="v", reason="Sửa dự thảo"))
    assert story.view(Audience.MEMBER)["voting"]["v"]["reason"] == "Sửa dự thảo"
    story.refuses(FINANCE, Cast(vote="v", choice=YES), "voting.not_open")


def test_a_prepared_vote_is_the_office_s_own() -> None:
    story = Story.in_session()
    story.give(SECRETARY, Prepare(item="two", question="?"), made="v")
    assert story.view(Audience.MEMBER)["voting"] == {}
    assert story.view(Audience.CONSOLE)["voting"]["v"]["rule"]["needed"] == 3


def test_a_vote_needs_somebody_present() -> None:
    story = Story.in_session(present=())
    story.give(SECRETARY, Prepare(item="two", question="?"), made="v")
    story.refuses(CHAIR, OpenVote(vote="v"), "voting.nobody_present")
