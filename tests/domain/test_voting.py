"""Votes and their course: recorded, members present, changeable until closing, suspended, repeated, never edited."""

from dataclasses import replace
from typing import Any

import pytest

from meetingroom.domain.attendance import CheckIn, Mark
from meetingroom.domain.audience import Audience
from meetingroom.domain.meeting import replay
from meetingroom.domain.messages import Role
from meetingroom.domain.people import SERVER, AddParticipant, ChangeParticipant, RemoveParticipant
from meetingroom.domain.screen import Scene, ShowScene
from meetingroom.domain.sitting import Close
from meetingroom.domain.voting import (
    Admit,
    Announce,
    AskReady,
    Cancel,
    Cast,
    ChangeVote,
    CloseVote,
    Excuse,
    ExtendVote,
    OpenVote,
    Prepare,
    RemoveVote,
    Repeat,
    ResumeVote,
    SayReady,
    SuspendVote,
    VoteOpened,
    due,
)
from meetingroom.domain.voting.ballot import Answer
from meetingroom.domain.voting.messages import ElectorAdmitted
from meetingroom.domain.voting.published import published
from tests.stories import CHAIR, FINANCE, GUEST, HEALTH, HOME, JUSTICE, MEMBERS, SCREEN, SECRETARY, Story

YES, NO, ABSTAIN = Answer.YES, Answer.NO, Answer.ABSTAIN


def say(answer: Answer, vote: str = "v") -> Cast:
    """The ballot of one question."""
    return Cast(vote=vote, marks=(("q", answer),))


def open_vote(present: tuple[str, ...] = MEMBERS, regardless: bool = False, **form: object) -> Story:
    story = Story.in_session(present)
    story.give(SECRETARY, Prepare(item="two", question="Thông qua dự thảo?", **form), made="v")  # type: ignore[arg-type]
    story.give(CHAIR, OpenVote(vote="v", regardless=regardless))
    return story


def cast(story: Story, **choices: Answer) -> None:
    for voter, choice in choices.items():
        story.give(voter, say(choice))


def announced(story: Story) -> dict[str, object]:
    """The result as everybody sees it."""
    story.give(CHAIR, CloseVote(vote="v"))
    story.give(CHAIR, Announce(vote="v"))
    result: dict[str, object] = story.view(Audience.GUEST)["voting"]["v"]["result"]
    return result


def test_the_five_numbers_stay_apart() -> None:
    story = open_vote(present=(CHAIR, FINANCE, HEALTH, JUSTICE))
    story.give(SECRETARY, Mark(participant=GUEST, present=True))
    cast(story, chair=YES, finance=YES, health=NO)
    result = announced(story)
    assert result["tally"] == {"q": {"yes": 2, "no": 1, "abstain": 0}}
    numbers = ("total_members", "invited", "present", "entitled", "voted")
    assert tuple(result[number] for number in numbers) == (5, 7, 4, 4, 3)
    outcome = {"q": {"carried": False, "by": "short", "of": 5, "needed": 3}}
    assert result["outcomes"] == outcome, "two of five members are not more than half, though two of three ballots are"


def test_a_ballot_may_be_changed_until_closing_and_counts_once() -> None:
    story = open_vote()
    cast(story, finance=YES)
    cast(story, finance=NO)
    assert story.own(FINANCE)["ballots"] == {"v": {"marks": {"q": "no"}}}
    assert story.view(Audience.SCREEN)["voting"]["v"]["voted"] == 1
    assert announced(story)["tally"] == {"q": {"yes": 0, "no": 1, "abstain": 0}}
    story.refuses(FINANCE, say(YES), "voting.not_open")


def test_a_ballot_is_final_where_the_vote_says_so() -> None:
    story = open_vote(changeable=False)
    cast(story, finance=YES)
    story.refuses(FINANCE, say(NO), "voting.already_voted")


def test_nobody_sees_a_running_result_and_only_the_office_who_has_voted() -> None:
    story = open_vote()
    cast(story, finance=YES)
    assert "voting" not in story.view(Audience.STAFF)
    for audience in set(Audience) - {Audience.STAFF}:
        vote = story.view(audience)["voting"]["v"]
        assert "result" not in vote
        assert ("voted_by" in vote) is (audience is Audience.CONSOLE)
    story.give(CHAIR, CloseVote(vote="v"))
    assert "result" in story.view(Audience.CONSOLE)["voting"]["v"]
    assert "result" not in story.view(Audience.MEMBER)["voting"]["v"], "closed is not yet announced"


@pytest.mark.parametrize("who", [HOME, SECRETARY])
def test_only_members_present_at_opening_may_vote(who: str) -> None:
    story = open_vote(present=(CHAIR, FINANCE, HEALTH, JUSTICE))
    story.refuses(who, say(YES), "voting.not_entitled")
    story.give(HOME, CheckIn())
    story.refuses(HOME, say(YES), "voting.not_entitled")


def test_a_late_member_is_let_in_by_an_act_of_its_own() -> None:
    story = open_vote(present=(CHAIR, FINANCE, HEALTH, JUSTICE))
    story.refuses(SECRETARY, Admit(vote="v", participant=HOME), "voting.not_present")
    story.refuses(SECRETARY, Admit(vote="v", participant=GUEST), "people.cannot_vote")
    story.give(HOME, CheckIn())
    story.give(SECRETARY, Admit(vote="v", participant=HOME))
    cast(story, home_affairs=YES)
    assert story.view(Audience.CONSOLE)["voting"]["v"]["admitted"] == {HOME: True}
    result = announced(story)
    assert (result["entitled"], result["voted"]) == (5, 1)


def test_who_became_a_member_meanwhile_and_is_let_in_belongs_to_the_base() -> None:
    """Otherwise more than all members could have voted."""
    story = open_vote(present=MEMBERS)
    added = AddParticipant(office="Giám đốc Sở Xây dựng", role=Role.DELEGATE, member=True)
    story.give(SECRETARY, added, made="new")
    story.give(SECRETARY, Mark(participant="new", present=True))
    story.give(SECRETARY, Admit(vote="v", participant="new"))
    assert story.view(Audience.CONSOLE)["voting"]["v"]["rule"]["of"] == 6
    cast(story, **dict.fromkeys((*MEMBERS, "new"), YES))
    result = announced(story)
    assert (result["total_members"], result["entitled"], result["voted"]) == (6, 6, 6)


def test_a_member_added_and_not_let_in_is_outside_the_whole_count() -> None:
    story = open_vote(present=MEMBERS)
    for made in ("new", "other"):
        added = AddParticipant(office="Giám đốc Sở Xây dựng", role=Role.DELEGATE, member=True)
        story.give(SECRETARY, added, made=made)
        story.give(SECRETARY, Mark(participant=made, present=True))
    story.give(CHAIR, Admit(vote="v", participant="new"))
    result = announced(story)
    assert (result["total_members"], result["present"], result["entitled"]) == (6, 6, 6)


@pytest.mark.parametrize("who", [GUEST, SCREEN])
def test_guests_and_screens_never_vote(who: str) -> None:
    open_vote().refuses(who, say(YES), "not_permitted")


def test_an_interest_in_the_matter_takes_a_member_out_of_one_vote() -> None:
    story = Story.in_session()
    story.give(SECRETARY, Prepare(item="two", question="?"), made="v")
    story.refuses(SECRETARY, Excuse(vote="v", participant=HEALTH, note=""), "voting.needs_note")
    story.give(SECRETARY, Excuse(vote="v", participant=HEALTH, note="Có lợi ích liên quan"))
    story.give(CHAIR, OpenVote(vote="v"))
    story.refuses(HEALTH, say(YES), "voting.not_entitled")
    story.refuses(CHAIR, Admit(vote="v", participant=HEALTH), "voting.excused")
    cast(story, finance=YES)
    story.refuses(CHAIR, Excuse(vote="v", participant=FINANCE, note="Muộn"), "voting.already_voted")
    story.give(CHAIR, Excuse(vote="v", participant=JUSTICE, note="Tự xin rút"))
    assert JUSTICE not in story.view(Audience.CONSOLE)["voting"]["v"]["electors"]
    assert story.own(JUSTICE)["excused"] == {"v": True}
    assert announced(story)["entitled"] == 3


def test_readiness_is_asked_and_the_chair_sees_who_has_not_answered() -> None:
    story = Story.in_session(present=(CHAIR, FINANCE, HEALTH, JUSTICE))
    story.give(SECRETARY, Prepare(item="two", question="?"), made="v")
    story.refuses(FINANCE, SayReady(vote="v"), "voting.not_asked")
    story.give(CHAIR, AskReady(vote="v"))
    assert story.own(FINANCE)["ready"] == {"v": False}
    story.give(FINANCE, SayReady(vote="v"))
    story.refuses(HOME, SayReady(vote="v"), "voting.not_entitled")
    vote = story.view(Audience.CONSOLE)["voting"]["v"]
    assert vote["ready_by"] == {CHAIR: False, FINANCE: True, HEALTH: False, JUSTICE: False}
    assert (story.view(Audience.MEMBER)["voting"]["v"]["ready"], vote["expected"]) == (1, 4)
    story.give(CHAIR, OpenVote(vote="v"))
    assert story.own(FINANCE)["ready"] == {}


def test_the_right_to_vote_cannot_change_under_an_open_vote() -> None:
    story = open_vote()
    story.refuses(SECRETARY, ChangeParticipant(participant=FINANCE, office="x", role=Role.GUEST), "people.in_open_vote")


def test_one_vote_at_a_time_and_the_meeting_stays_open_for_it() -> None:
    story = open_vote()
    story.give(SECRETARY, Prepare(item="one", question="Khác?"), made="w")
    story.refuses(CHAIR, OpenVote(vote="w"), "voting.already_open")
    story.refuses(CHAIR, Close(), "meeting.vote_open")
    story.give(CHAIR, SuspendVote(vote="v"))
    story.refuses(CHAIR, Close(), "meeting.vote_open")


def test_nothing_about_a_closed_vote_can_be_edited() -> None:
    story = open_vote()
    story.give(CHAIR, CloseVote(vote="v"))
    story.refuses(CHAIR, ChangeVote(vote="v", item="two", question="Khác?"), "voting.not_prepared")
    story.refuses(CHAIR, RemoveVote(vote="v"), "voting.not_prepared")
    story.refuses(CHAIR, Cancel(vote="v"), "voting.finished")
    story.refuses(CHAIR, OpenVote(vote="v"), "voting.not_prepared")
    story.refuses(CHAIR, CloseVote(vote="v"), "voting.not_open")
    story.refuses(CHAIR, Admit(vote="v", participant=HOME), "voting.not_open")
    story.refuses(CHAIR, Excuse(vote="v", participant=HOME, note="x"), "voting.finished")
    story.refuses(CHAIR, ExtendVote(vote="v", seconds=9), "voting.not_open")


def test_a_timed_vote_is_closed_by_the_timekeeper() -> None:
    story = open_vote(seconds=60)
    closes_at = story.view(Audience.MEMBER)["voting"]["v"]["closes_at"]
    story.give(CHAIR, ExtendVote(vote="v", seconds=30))
    assert story.view(Audience.MEMBER)["voting"]["v"]["closes_at"] == closes_at + 30_000
    assert due(story.meeting.voting, closes_at) == ()
    assert due(story.meeting.voting, closes_at + 30_000) == ("v",)
    story.give(SERVER.id, CloseVote(vote="v"))


def test_a_suspended_vote_takes_no_ballots_and_keeps_its_time() -> None:
    story = open_vote(seconds=60)
    cast(story, finance=YES)
    story.give(CHAIR, SuspendVote(vote="v"))
    story.refuses(HEALTH, say(NO), "voting.suspended")
    vote = story.view(Audience.MEMBER)["voting"]["v"]
    assert (vote["phase"], vote["left"]) == ("suspended", 58_000)
    assert due(story.meeting.voting, story.now + 3_600_000) == ()
    story.give(CHAIR, ResumeVote(vote="v"))
    story.refuses(CHAIR, ResumeVote(vote="v"), "voting.not_suspended")
    assert story.view(Audience.MEMBER)["voting"]["v"]["closes_at"] == story.now - 1000 + 58_000
    cast(story, health=NO)
    assert announced(story)["voted"] == 2


def test_a_vote_may_close_when_all_have_voted() -> None:
    story = open_vote(present=(CHAIR, FINANCE, HEALTH, JUSTICE), when_complete=True)
    cast(story, chair=YES, finance=YES, health=NO)
    assert due(story.meeting.voting, story.now) == ()
    cast(story, justice=YES)
    assert due(story.meeting.voting, story.now) == ("v",)


def test_a_cancelled_vote_stays_visible_with_its_reason() -> None:
    story = open_vote()
    story.refuses(CHAIR, Cancel(vote="v"), "voting.needs_reason")
    story.give(CHAIR, Cancel(vote="v", reason="Sửa dự thảo"))
    assert story.view(Audience.MEMBER)["voting"]["v"]["reason"] == "Sửa dự thảo"
    story.refuses(FINANCE, say(YES), "voting.not_open")
    assert story.view(Audience.SCREEN)["screen"] == {"scene": "auto", "shows": "vote", "vote": "v"}, (
        "the room sees it too"
    )
    story.give(CHAIR, ShowScene(scene=Scene.AGENDA))
    assert story.view(Audience.SCREEN)["screen"] == {"scene": "agenda", "shows": "agenda"}, "until the meeting goes on"


def test_a_prepared_vote_that_is_cancelled_was_never_seen_and_is_not_shown() -> None:
    story = Story.in_session()
    story.give(SECRETARY, Prepare(item="two", question="Thông qua?"), made="v")
    story.give(CHAIR, Cancel(vote="v"))
    assert "vote" not in story.view(Audience.SCREEN)["screen"]


def test_a_vote_is_repeated_by_a_new_one_and_both_stay() -> None:
    story = open_vote(seconds=30)
    story.refuses(CHAIR, Repeat(vote="v"), "voting.not_closed")
    cast(story, finance=YES)
    announced(story)
    story.give(CHAIR, Repeat(vote="v"), made="w")
    story.give(CHAIR, OpenVote(vote="w"))
    votes = story.view(Audience.MEMBER)["voting"]
    assert votes["w"]["again"] == "v" and votes["w"]["question"] == votes["v"]["question"]
    assert votes["w"]["seconds"] == 30 and votes["w"]["voted"] == 0
    assert votes["v"]["result"]["tally"]["q"]["yes"] == 1


def test_a_prepared_vote_is_the_office_s_own() -> None:
    story = Story.in_session()
    story.give(SECRETARY, Prepare(item="two", question="?"), made="v")
    assert story.view(Audience.MEMBER)["voting"] == {}
    assert story.view(Audience.CONSOLE)["voting"]["v"]["rule"]["needed"] == 3
    story.give(SECRETARY, ChangeVote(vote="v", item="one", question="Khác?", rule="hdnd_removal"))
    changed = story.view(Audience.CONSOLE)["voting"]["v"]
    assert (changed["item"], changed["question"], changed["rule"]["needed"]) == ("one", "Khác?", 4)


def test_a_vote_needs_somebody_present() -> None:
    story = Story.in_session(present=())
    story.give(SECRETARY, Prepare(item="two", question="?"), made="v")
    story.refuses(CHAIR, OpenVote(vote="v"), "voting.nobody_present")


def test_a_ballot_stays_under_the_name_its_voter_had() -> None:
    story = open_vote(present=(CHAIR, FINANCE, HEALTH), regardless=True)
    story.give(HOME, CheckIn())
    story.give(CHAIR, Admit(vote="v", participant=HOME))
    cast(story, finance=YES, home_affairs=NO)
    story.give(CHAIR, CloseVote(vote="v"))
    renamed = ChangeParticipant(
        participant=FINANCE, name="Người khác", office="Sở khác", role=Role.DELEGATE, member=True
    )
    story.give(SECRETARY, renamed)
    story.give(SECRETARY, RemoveParticipant(participant=HOME))
    story.give(CHAIR, Announce(vote="v"))
    result = story.view(Audience.GUEST)["voting"]["v"]["result"]
    called = {key: one["office"] for key, one in result["called"].items()}
    assert (called[FINANCE], called[HOME]) == ("Giám đốc Sở Tài chính", "Giám đốc Sở Nội vụ")
    assert result["not_voted"] == {CHAIR: True, HEALTH: True} and set(called) == {CHAIR, FINANCE, HEALTH, HOME}
    electors = published(story.meeting, story.meeting.voting["v"])["electors"]
    assert (electors[FINANCE], electors[HOME]) == ("Giám đốc Sở Tài chính", "Giám đốc Sở Nội vụ")


def test_an_older_journal_names_the_voters_as_they_were_then() -> None:
    story = open_vote(present=(CHAIR, FINANCE), regardless=True)
    story.give(HOME, CheckIn())
    story.give(CHAIR, Admit(vote="v", participant=HOME))
    cast(story, finance=YES)
    story.give(CHAIR, CloseVote(vote="v"))
    story.give(SECRETARY, RemoveParticipant(participant=FINANCE))
    older = [replace(e, called=()) if isinstance(e, VoteOpened | ElectorAdmitted) else e for e in story.events]
    assert older != story.events
    assert replay(older).voting == story.meeting.voting


def test_who_is_in_the_record_of_a_closed_meeting_keeps_name_and_place() -> None:
    story = open_vote()
    story.give(CHAIR, CloseVote(vote="v"))
    story.give(CHAIR, Close())
    finance: dict[str, Any] = {"participant": FINANCE, "role": Role.DELEGATE, "member": True}
    story.refuses(SECRETARY, ChangeParticipant(office="Sở khác", **finance), "people.recorded")
    story.refuses(SECRETARY, RemoveParticipant(participant=FINANCE), "people.recorded")
    story.refuses(SECRETARY, AddParticipant(office="Người mới", role=Role.DELEGATE, member=True), "people.recorded")
    story.give(SECRETARY, ChangeParticipant(office="Giám đốc Sở Tài chính", account="tai-chinh", **finance))
    story.give(SECRETARY, AddParticipant(office="Chuyên viên lưu trữ", role=Role.GUEST), made="late")
    story.give(SECRETARY, RemoveParticipant(participant="late"))
