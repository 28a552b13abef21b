"""The stage: who may turn pages, of what, and what becomes of it when papers change."""

import pytest

from meetingroom.domain.audience import Audience
from meetingroom.domain.messages import Command
from meetingroom.domain.papers import may_read
from meetingroom.domain.papers.messages import (
    ChangePaper,
    Describe,
    Discard,
    Protect,
    Readers,
    Receive,
    Reject,
    Release,
    Restore,
    Signed,
    Switch,
    Withdraw,
)
from meetingroom.domain.people import SERVER, RemoveParticipant
from meetingroom.domain.sitting import GoTo
from meetingroom.domain.stage import Clear, HandOver, Show, TakeBack, TurnPage
from tests.stories import CHAIR, FINANCE, GUEST, HEALTH, SECRETARY, Story


def staged(story: Story, audience: Audience = Audience.MEMBER) -> tuple[str, int]:
    stage = story.view(audience)["stage"]
    return stage["revision"], stage["page"]


def test_going_to_an_item_brings_its_first_paper() -> None:
    story = Story.in_session()
    assert staged(story) == ("report", 1)
    story.give(CHAIR, GoTo(item="two"))
    assert staged(story) == ("draft", 1)
    story.give(CHAIR, GoTo(item="two_one"))
    assert "paper" not in story.view(Audience.MEMBER)["stage"]


def test_a_late_tap_turns_no_page_of_another_paper() -> None:
    story = Story.in_session()
    story.give(CHAIR, Show(paper="draft"))
    story.refuses(SECRETARY, TurnPage(paper="report", page=2), "stage.moved_on")


def test_there_is_no_page_beyond_the_last() -> None:
    story = Story.in_session()
    story.give(CHAIR, TurnPage(paper="report", page=3))
    story.refuses(CHAIR, TurnPage(paper="report", page=4), "stage.no_such_page")


def test_presenting_is_handed_over_and_taken_back() -> None:
    story = Story.in_session()
    story.refuses(FINANCE, TurnPage(paper="report", page=2), "stage.not_presenter")
    story.give(CHAIR, HandOver(participant=FINANCE))
    assert story.own(FINANCE)["presenting"]
    story.give(FINANCE, TurnPage(paper="report", page=2))
    story.refuses(HEALTH, TurnPage(paper="report", page=3), "stage.not_presenter")
    story.refuses(HEALTH, TakeBack(), "stage.not_presenter")
    story.give(FINANCE, TakeBack())
    story.refuses(FINANCE, TurnPage(paper="report", page=3), "stage.not_presenter")


def test_presenting_ends_with_the_item_and_with_the_presenter() -> None:
    story = Story.in_session()
    story.give(CHAIR, HandOver(participant=FINANCE))
    story.give(CHAIR, GoTo(item="two"))
    assert not story.own(FINANCE)["presenting"]
    story.give(CHAIR, HandOver(participant=FINANCE))
    story.give(SECRETARY, RemoveParticipant(participant=FINANCE))
    assert "presenter" not in story.view(Audience.CONSOLE)["stage"]


def test_a_new_revision_waits_while_the_room_looks_at_the_paper() -> None:
    story = Story.in_session()
    story.give(CHAIR, TurnPage(paper="report", page=3))
    story.give_revision("report", "second", pages=5)
    assert staged(story) == ("report", 3)
    for audience in (Audience.MEMBER, Audience.CONSOLE, Audience.GUEST):
        assert story.view(audience)["papers"]["report"]["waiting_no"] == 2
    story.refuses(FINANCE, Switch(paper="report"), "not_permitted")
    story.give(CHAIR, Switch(paper="report"))
    assert staged(story) == ("second", 3)
    assert "waiting_no" not in story.view(Audience.MEMBER)["papers"]["report"]
    assert story.give(CHAIR, Switch(paper="report")) == (), "it is being read already"
    story.give_revision("report", "third", pages=2)
    story.give(CHAIR, Switch(paper="report"))
    assert staged(story) == ("third", 2)


@pytest.mark.parametrize("leave", [GoTo(item="two"), Show(paper="draft"), Clear()], ids=["item", "paper", "clear"])
def test_after_this_item_the_new_revision_is_the_one_to_read(leave: Command) -> None:
    story = Story.in_session()
    story.give_revision("report", "second", pages=5)
    assert story.view(Audience.MEMBER)["papers"]["report"]["revision"] == "report"
    story.give(CHAIR, leave)
    assert story.view(Audience.MEMBER)["papers"]["report"]["revision"] == "second"


def test_nothing_waits_that_the_room_does_not_look_at() -> None:
    story = Story.in_session()
    story.give_revision("draft", "second", pages=5)
    assert story.view(Audience.MEMBER)["papers"]["draft"]["revision"] == "second"
    story.give_revision("report", "third", pages=2)
    story.give(SECRETARY, Discard(paper="report", revision="third"))
    assert "waiting_no" not in story.view(Audience.MEMBER)["papers"]["report"]
    story.give(CHAIR, GoTo(item="two"))
    assert story.view(Audience.MEMBER)["papers"]["report"]["revision"] == "report"


def test_a_rejected_revision_changes_nothing_for_readers() -> None:
    story = Story.in_session()
    before = story.view(Audience.MEMBER)["papers"]
    story.give(SECRETARY, Receive(file="x", file_name="x.pdf", size=1, paper="report"), made="bad")
    story.give(SERVER.id, Reject(paper="report", revision="bad", reason="encrypted"))
    assert story.view(Audience.MEMBER)["papers"] == before
    assert story.view(Audience.CONSOLE)["papers"]["report"]["revisions"]["bad"]["reason"] == "encrypted"
    story.refuses(SECRETARY, Discard(paper="report", revision="report"), "papers.is_current_revision")
    story.give(SECRETARY, Discard(paper="report", revision="bad"))


def test_members_papers_are_not_shown_to_guests_or_the_wall() -> None:
    story = Story.in_session()
    story.give(SECRETARY, ChangePaper(paper="report", title="Báo cáo", readers=Readers.MEMBERS))
    assert staged(story) == ("report", 1)
    for audience in (Audience.GUEST, Audience.SCREEN):
        assert "report" not in story.view(audience)["papers"]
        assert "paper" not in story.view(audience)["stage"]
    assert not may_read(story.meeting, story.meeting.people[GUEST], story.meeting.papers["report"])


def test_protection_is_seen_by_readers_and_said_once() -> None:
    story = Story.in_session()
    assert not {"not_kept", "watermarked"} & set(story.view(Audience.MEMBER)["papers"]["report"])
    story.give(SECRETARY, Protect(paper="report", kept=False, watermarked=True))
    shown = story.view(Audience.MEMBER)["papers"]["report"]
    assert shown["not_kept"] and shown["watermarked"] and not story.meeting.papers["report"].stays
    events = len(story.events)
    story.give(SECRETARY, Protect(paper="report", kept=False, watermarked=True))
    assert len(story.events) == events
    story.refuses(FINANCE, Protect(paper="report", kept=True, watermarked=False), "not_permitted")


def test_what_was_found_in_a_revision_is_said_of_it_and_not_of_the_next() -> None:
    story = Story.in_session()
    before = story.view(Audience.GUEST)["papers"]["draft"]
    events = len(story.events)
    story.give(SERVER.id, Describe(paper="draft", revision="draft", silent=0, signed=Signed.NOT))
    assert len(story.events) == events, "nothing to say"
    story.give(SERVER.id, Describe(paper="draft", revision="draft", silent=0, signed=Signed.UNREAD))
    assert story.view(Audience.GUEST)["papers"]["draft"] == before
    story.give(SERVER.id, Describe(paper="draft", revision="draft", silent=3, signed=Signed.INTACT))
    assert story.view(Audience.GUEST)["papers"]["draft"] == before | {"silent": 3, "signed": "intact"}
    story.give(SERVER.id, Describe(paper="draft", revision="draft", silent=0, signed=Signed.DOUBTFUL))
    assert story.view(Audience.GUEST)["papers"]["draft"] == before | {"signed": "doubtful"}
    story.give_revision("draft", "draft_2", pages=3)
    assert "signed" not in story.view(Audience.GUEST)["papers"]["draft"]
    gone = Describe(paper="draft", revision="gone", silent=1, signed=Signed.NOT)
    story.refuses(SERVER.id, gone, "papers.unknown_revision")


def test_papers_for_named_persons_are_theirs_alone() -> None:
    story = Story.in_session()
    story.give(SECRETARY, ChangePaper(paper="report", title="Riêng", readers=Readers.NAMED, named=(FINANCE,)))
    assert "report" not in story.view(Audience.MEMBER)["papers"]
    assert "report" in story.own(FINANCE)["papers"]
    assert story.own(HEALTH)["papers"] == {}
    assert "paper" not in story.view(Audience.CONSOLE)["stage"], "it leaves the stage"
    story.refuses(CHAIR, Show(paper="report"), "stage.named_paper")


def test_a_withdrawn_paper_is_gone_at_once() -> None:
    story = Story.in_session()
    story.give(SECRETARY, Withdraw(paper="report"))
    assert "paper" not in story.view(Audience.MEMBER)["stage"]
    assert not may_read(story.meeting, story.meeting.people[FINANCE], story.meeting.papers["report"])
    story.give(SECRETARY, Restore(paper="report"))
    assert may_read(story.meeting, story.meeting.people[FINANCE], story.meeting.papers["report"])


def test_a_paper_waits_for_its_time() -> None:
    story = Story.in_session()
    later = story.now + 60_000
    story.give(SECRETARY, ChangePaper(paper="draft", title="x", readers=Readers.EVERYONE, release_at=later))
    assert "draft" not in story.view(Audience.MEMBER)["papers"]
    story.refuses(CHAIR, Show(paper="draft"), "papers.not_ready")
    story.give(SERVER.id, Release(paper="draft"))
    assert "draft" in story.view(Audience.MEMBER)["papers"]


def test_the_stage_can_be_cleared() -> None:
    story = Story.in_session()
    story.give(CHAIR, Clear())
    story.refuses(CHAIR, TurnPage(paper="report", page=2), "stage.empty")
