"""Preparing: units bring the papers that were asked of them; nobody else sees one before it is approved."""

import pytest

from meetingroom.domain import papers
from meetingroom.domain.audience import Audience
from meetingroom.domain.papers.messages import Accept, Receive, Reject, Withdraw
from meetingroom.domain.people import SERVER, RemoveParticipant
from meetingroom.domain.preparing import (
    ApprovePaper,
    AskPaper,
    CancelAsked,
    ChangeAsked,
    Deliver,
    SendBack,
    SubmitPaper,
)
from meetingroom.domain.stage import Show
from tests.stories import CHAIR, FINANCE, GUEST, HEALTH, SCREEN, SECRETARY, Story

NOBODY_S = (Audience.MEMBER, Audience.GUEST, Audience.SCREEN)


def asked(due: int | None = 1_600_000_900_000) -> Story:
    story = Story.in_session()
    ask = AskPaper(item="one", title="Dự toán", unit="Sở Tài chính", participant=FINANCE, due=due)
    story.give(SECRETARY, ask, made="a")
    return story


def deliver(story: Story, revision: str, who: str = FINANCE, *, drawn: bool = True) -> None:
    story.give(who, Deliver(asked="a", file=revision, file_name="du-toan.pdf", size=9), made=revision)
    if drawn:
        paper = story.meeting.preparing["a"].paper or ""
        accepted = Accept(paper=paper, revision=revision, pages=3, sizes=((3, 595.0, 842.0),))
        story.give(SERVER.id, accepted)


def reads(story: Story, who: str) -> bool:
    return papers.may_read(story.meeting, story.meeting.people[who], story.meeting.papers["r1"])


def looks(story: Story, who: str) -> bool:
    return papers.may_look(story.meeting, story.meeting.people[who], story.meeting.papers["r1"])


def test_from_draft_to_the_meeting() -> None:
    story = asked()
    assert story.own(FINANCE)["preparing"]["a"]["title"] == "Dự toán"
    deliver(story, "r1")
    story.give(FINANCE, SubmitPaper(asked="a"))
    story.refuses(FINANCE, SubmitPaper(asked="a"), "preparing.submitted_already")
    assert story.view(Audience.CONSOLE)["preparing"]["a"]["state"] == "submitted"
    story.refuses(SECRETARY, SendBack(asked="a", reason=""), "preparing.needs_reason")
    story.give(CHAIR, SendBack(asked="a", reason="Thiếu biểu số 2"))
    assert story.own(FINANCE)["preparing"]["a"]["reason"] == "Thiếu biểu số 2"
    story.refuses(CHAIR, SendBack(asked="a", reason="x"), "preparing.not_submitted")
    deliver(story, "r2")
    story.give(FINANCE, SubmitPaper(asked="a"))
    story.refuses(SECRETARY, ApprovePaper(asked="a", revision="r1"), "preparing.newer_revision")
    story.give(SECRETARY, ApprovePaper(asked="a", revision="r2"))
    for audience in NOBODY_S:
        assert story.view(audience)["papers"]["r1"]["revision"] == "r2"
    assert reads(story, HEALTH) and reads(story, SCREEN)
    story.refuses(FINANCE, Deliver(asked="a", file="x", file_name="x.pdf", size=1), "preparing.approved_already")
    story.refuses(SECRETARY, CancelAsked(asked="a"), "preparing.approved_already")


def test_a_draft_is_between_the_unit_and_the_office() -> None:
    story = asked()
    deliver(story, "r1")
    for audience in NOBODY_S:
        assert "r1" not in story.view(audience)["papers"] and story.view(audience)["preparing"] == {}
    assert "r1" not in story.own(FINANCE)["papers"], "on their tablet it is not among the papers of the meeting"
    assert [who for who in (FINANCE, HEALTH, GUEST, SCREEN) if looks(story, who)] == [FINANCE]
    assert [who for who in (FINANCE, HEALTH, GUEST, SCREEN) if reads(story, who)] == []
    assert reads(story, SECRETARY) and reads(story, CHAIR)
    assert "preparing" not in story.own(HEALTH)
    story.refuses(CHAIR, Show(paper="r1"), "papers.not_ready")


@pytest.mark.parametrize("who", [HEALTH, GUEST, SCREEN])
def test_nobody_else_brings_or_lets_pass(who: str) -> None:
    story = asked()
    deliver(story, "r1")
    code = "not_permitted" if who == SCREEN else "preparing.unknown"
    story.refuses(who, Deliver(asked="a", file="x", file_name="x.pdf", size=1), code)
    story.refuses(who, SubmitPaper(asked="a"), code)
    story.refuses(who, ApprovePaper(asked="a", revision="r1"), "not_permitted")
    story.refuses(FINANCE, ApprovePaper(asked="a", revision="r1"), "not_permitted")


def test_what_cannot_be_read_is_neither_submitted_nor_approved() -> None:
    story = asked()
    story.refuses(FINANCE, SubmitPaper(asked="a"), "preparing.no_file")
    deliver(story, "r1", drawn=False)
    story.refuses(FINANCE, SubmitPaper(asked="a"), "preparing.no_file")
    story.give(SERVER.id, Reject(paper="r1", revision="r1", reason="damaged"))
    story.refuses(FINANCE, SubmitPaper(asked="a"), "preparing.no_file")
    deliver(story, "r2")
    deliver(story, "r3", drawn=False)
    story.refuses(FINANCE, SubmitPaper(asked="a"), "preparing.being_drawn")
    story.refuses(SECRETARY, ApprovePaper(asked="a", revision="r2"), "preparing.being_drawn")


def test_a_file_after_submission_is_a_draft_again() -> None:
    story = asked()
    deliver(story, "r1")
    story.give(FINANCE, SubmitPaper(asked="a"))
    deliver(story, "r2")
    assert story.view(Audience.CONSOLE)["preparing"]["a"]["state"] == "draft"


def test_the_office_brings_what_came_by_other_ways() -> None:
    story = asked()
    deliver(story, "r1", SECRETARY)
    story.give(SECRETARY, ApprovePaper(asked="a", revision="r1"))
    assert reads(story, HEALTH)


def test_no_longer_asked_for_is_not_approved() -> None:
    story = asked()
    deliver(story, "r1")
    story.give(SECRETARY, CancelAsked(asked="a"))
    assert story.view(Audience.CONSOLE)["preparing"] == {}
    assert not reads(story, HEALTH) and not looks(story, FINANCE)


def test_it_can_be_given_to_somebody_else() -> None:
    story = asked()
    story.give(SECRETARY, ChangeAsked(asked="a", title="Dự toán 2021", unit="Sở Y tế", participant=HEALTH))
    assert "preparing" not in story.own(FINANCE)
    assert story.own(HEALTH)["preparing"]["a"]["title"] == "Dự toán 2021"
    story.give(SECRETARY, RemoveParticipant(participant=HEALTH))
    assert "participant" not in story.view(Audience.CONSOLE)["preparing"]["a"]
    story.refuses(SECRETARY, ChangeAsked(asked="a", title=""), "papers.needs_title")
    story.refuses(SECRETARY, AskPaper(item="one", title="x", participant=SCREEN), "people.unknown")


def test_withdrawn_stays_withdrawn_after_approval() -> None:
    story = asked()
    deliver(story, "r1")
    story.give(SECRETARY, Withdraw(paper="r1"))
    story.give(SECRETARY, ApprovePaper(asked="a", revision="r1"))
    assert not reads(story, HEALTH)


def test_papers_of_the_secretary_know_nothing_of_it() -> None:
    story = asked()
    story.give(SECRETARY, Receive(file="o", file_name="o.pdf", size=9, item="one", title="o"), made="o")
    story.give(SERVER.id, Accept(paper="o", revision="o", pages=1, sizes=((1, 595.0, 842.0),)))
    assert "o" in story.view(Audience.MEMBER)["papers"]
