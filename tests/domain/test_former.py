"""The revision that was read before: it is told to those who could read it, so that they can see what changed."""

from __future__ import annotations

from typing import Any

from meetingroom.domain.agenda import AddItem, Kind
from meetingroom.domain.audience import Audience
from meetingroom.domain.papers.messages import Discard, Switch
from meetingroom.domain.sitting import Publish
from tests.stories import CHAIR, SECRETARY, Story


def former(story: Story, paper: str, audience: Audience = Audience.MEMBER) -> Any:
    return story.view(audience)["papers"][paper].get("former")


def earlier(story: Story, paper: str, audience: Audience = Audience.MEMBER) -> dict[str, int]:
    """The numbers of those read before the former one."""
    return {key: each["no"] for key, each in story.view(audience)["papers"][paper].get("earlier", {}).items()}


def test_whoever_has_read_a_revision_is_told_which_it_was() -> None:
    story = Story.in_session()
    story.give_revision("draft", "draft-2", 5)
    assert former(story, "draft") == {"revision": "draft", "no": 1, "pages": 3, "sizes": [[3, 595.0, 842.0]]}
    story.give_revision("draft", "draft-3", 6)
    assert former(story, "draft", Audience.GUEST)["no"] == 2
    assert earlier(story, "draft", Audience.GUEST) == {"draft": 1}


def test_any_two_revisions_that_were_read_can_be_compared() -> None:
    story = Story.in_session()
    for number in (2, 3, 4):
        story.give_revision("draft", f"draft-{number}", number)
    assert earlier(story, "draft") == {"draft": 1, "draft-2": 2}
    story.give(SECRETARY, Discard(paper="draft", revision="draft-3"))
    assert (former(story, "draft")["no"], earlier(story, "draft")) == (2, {"draft": 1})


def test_what_was_replaced_before_the_meeting_was_published_is_nobodys_business() -> None:
    story = Story.founded()
    story.give(SECRETARY, AddItem(title="Một", kind=Kind.DECISION), made="one")
    story.give_paper("report", "one")
    story.give_revision("report", "report-2", 3)
    story.give(SECRETARY, Publish())
    assert former(story, "report") is None


def test_a_revision_that_waits_replaces_the_other_when_the_chair_lets_it() -> None:
    story = Story.in_session()
    story.give_revision("report", "report-2", 4)
    assert former(story, "report") is None
    story.give(CHAIR, Switch(paper="report"))
    assert former(story, "report")["revision"] == "report"


def test_a_discarded_revision_is_told_no_longer() -> None:
    story = Story.in_session()
    story.give_revision("draft", "draft-2", 5)
    story.give(SECRETARY, Discard(paper="draft", revision="draft"))
    assert former(story, "draft") is None
