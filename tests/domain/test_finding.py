"""What may be found of a meeting, and by whom: never more than their views show."""

from __future__ import annotations

import json

from meetingroom.domain import finding
from meetingroom.domain import meeting as domain
from meetingroom.domain.audience import audience_of
from meetingroom.domain.conclusions import PublishConclusion, WriteConclusion
from meetingroom.domain.finding import Kind, Place
from meetingroom.domain.floor import End
from meetingroom.domain.floor import Give as GiveFloor
from meetingroom.domain.issuing import IssueDocument
from meetingroom.domain.issuing import Kind as Issue
from meetingroom.domain.minutes import Approve, NoteSpeech
from meetingroom.domain.opinions import GiveOpinion
from meetingroom.domain.papers.messages import ChangePaper, Readers, Release, Withdraw
from meetingroom.domain.sitting import Close
from meetingroom.domain.voting import Announce, CloseVote, OpenVote, Prepare
from tests.domain.test_voting import YES, say
from tests.stories import CHAIR, FINANCE, GUEST, HEALTH, SCREEN, SECRETARY, SERVICE, Story


def found(story: Story, who: str) -> list[Place]:
    mine = finding.seats(story.meeting).get(who, ())
    return [place for place in finding.places(story.meeting) if place.seen_by.intersection(mine)]


def abouts(story: Story, who: str, kind: Kind) -> set[str]:
    return {place.about for place in found(story, who) if place.kind is kind}


def whole() -> Story:
    """In session, with a conclusion of each kind and a vote that was counted and not announced."""
    story = Story.in_session()
    story.give(SECRETARY, WriteConclusion(text="Giao Sở Tài chính", lead="Sở Tài chính"), made="draft")
    story.give(SECRETARY, WriteConclusion(text="Giao Sở Y tế", lead="Sở Y tế", item="one"), made="told")
    story.give(SECRETARY, PublishConclusion(conclusion="told"))
    story.give(SECRETARY, Prepare(item="two", question="Thông qua dự thảo?"), made="v")
    story.give(SECRETARY, Prepare(item="two", question="Chưa mở"), made="w")
    story.give(CHAIR, OpenVote(vote="v"))
    story.give(FINANCE, say(YES))
    story.give(CHAIR, CloseVote(vote="v"))
    return story


def test_everybody_finds_what_their_view_shows_and_nothing_else() -> None:
    story = whole()
    for person in story.meeting.people.values():
        shown = domain.view(story.meeting, audience_of(person)).view | {"own": story.own(person.id)}
        text = json.dumps(shown, ensure_ascii=False)
        for place in found(story, person.id):
            assert all(part in text for part in place.text.split(" · ")), (person.id, place)
    assert abouts(story, SECRETARY, Kind.CONCLUSION) == {"draft", "told"}
    assert abouts(story, GUEST, Kind.CONCLUSION) == {"told"}
    assert abouts(story, SECRETARY, Kind.VOTE) == {"v", "w"} and abouts(story, FINANCE, Kind.VOTE) == {"v"}
    assert found(story, SCREEN) == found(story, SERVICE) == []


def test_a_result_is_told_once_it_is_announced() -> None:
    story = whole()
    told = {who: dict(next(p for p in found(story, who) if p.kind is Kind.VOTE).told) for who in (CHAIR, FINANCE)}
    assert "carried" in told[CHAIR] and "carried" not in told[FINANCE]
    story.give(CHAIR, Announce(vote="v"))
    announced = dict(next(place for place in found(story, FINANCE) if place.kind is Kind.VOTE).told)
    assert (announced["of"], announced["yes"]) == (1, 1)


def test_a_paper_for_named_persons_is_theirs_and_a_withdrawn_one_nobody_s() -> None:
    story = Story.of_a_committee()
    story.give(SECRETARY, ChangePaper(paper="report", title="Mật danh", readers=Readers.NAMED, named=(HEALTH,)))
    story.give(SECRETARY, Release(paper="report")) if not story.meeting.papers["report"].released else None
    readers = {who for who in story.meeting.people if "report" in abouts(story, who, Kind.PAPER)}
    assert readers == {CHAIR, SECRETARY, HEALTH}
    story.give(SECRETARY, Withdraw(paper="report"))
    assert not any("report" in abouts(story, who, Kind.PAPER) for who in story.meeting.people)


def test_a_draft_is_the_office_s_own() -> None:
    story = Story.founded()
    assert {place.kind for place in found(story, SECRETARY)} == {Kind.MEETING}
    drafts = [place for place in finding.places(story.meeting) if place.kind is Kind.ITEM]
    assert drafts == []


def test_minutes_notes_and_opinions_are_found_by_who_may_read_them() -> None:
    story = Story.in_session()
    story.give(FINANCE, GiveOpinion(item="one", text="Nguồn vốn chưa rõ", public=True), made="open")
    story.give(HEALTH, GiveOpinion(item="one", text="Xin ý kiến riêng", public=False), made="closed")
    story.give(CHAIR, GiveFloor(participant=FINANCE))
    at = story.now
    story.give(SECRETARY, NoteSpeech(participant=FINANCE, at=at, text="Đề nghị bổ sung vốn"))
    assert abouts(story, GUEST, Kind.OPINION) == {"open"} and abouts(story, HEALTH, Kind.OPINION) == {"open", "closed"}
    assert abouts(story, SECRETARY, Kind.OPINION) == {"open", "closed"}
    assert len(abouts(story, SECRETARY, Kind.SPEECH)) == 1 and not abouts(story, FINANCE, Kind.SPEECH)
    story.give(FINANCE, End())
    story.give(CHAIR, Close())
    assert not abouts(story, SECRETARY, Kind.MINUTES)
    story.give(CHAIR, Approve(sections=(("one", "Phân bổ vốn đầu tư"),), revisions=0))
    assert abouts(story, FINANCE, Kind.MINUTES) == abouts(story, CHAIR, Kind.MINUTES) == {"one"}
    assert not abouts(story, GUEST, Kind.MINUTES)
    issue = IssueDocument(kind=Issue.OTHER, file="a", title="Nghị quyết số 7", signers=("Một",))
    story.give(SECRETARY, issue, made="d")
    assert abouts(story, SECRETARY, Kind.DOCUMENT) == {"d"} and not abouts(story, FINANCE, Kind.DOCUMENT)
