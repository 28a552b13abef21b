"""Conclusions: written as drafts, published to the room, followed until done; what was approved stays."""

import unicodedata

import pytest

from meetingroom.domain.agenda import RemoveItem
from meetingroom.domain.audience import Audience
from meetingroom.domain.conclusions import (
    ChangeConclusion,
    Conclusion,
    PublishConclusion,
    RemoveConclusion,
    SettleConclusion,
    WriteConclusion,
    leads,
)
from meetingroom.domain.messages import Role
from meetingroom.domain.minutes import Approve
from meetingroom.domain.people import Participant
from meetingroom.domain.sitting import Close
from tests.stories import CHAIR, FINANCE, SECRETARY, Story


def written() -> Story:
    story = Story.in_session()
    task = WriteConclusion(text="Bố trí kinh phí", item="one", lead="Sở Tài chính", due=1_700_000_000_000)
    story.give(CHAIR, task, made="c")
    return story


def test_a_draft_is_the_office_s_and_a_published_conclusion_everyone_s() -> None:
    story = written()
    assert story.view(Audience.MEMBER)["conclusions"] == {}
    assert story.view(Audience.CONSOLE)["conclusions"]["c"]["lead"] == "Sở Tài chính"
    story.give(SECRETARY, ChangeConclusion(conclusion="c", text="Bố trí đủ kinh phí", item="one"))
    story.give(CHAIR, PublishConclusion(conclusion="c"))
    shown = story.view(Audience.MEMBER)["conclusions"]["c"]
    assert (shown["text"], shown["state"]) == ("Bố trí đủ kinh phí", "published")
    story.refuses(CHAIR, PublishConclusion(conclusion="c"), "conclusions.not_draft")
    story.refuses(FINANCE, WriteConclusion(text="x"), "not_permitted")
    story.refuses(CHAIR, WriteConclusion(text=""), "conclusions.needs_text")
    story.refuses(CHAIR, WriteConclusion(text="x", item="none"), "agenda.unknown")


def test_it_is_followed_after_the_meeting_too() -> None:
    story = written()
    story.refuses(SECRETARY, SettleConclusion(conclusion="c", done=True), "conclusions.not_published")
    story.give(CHAIR, PublishConclusion(conclusion="c"))
    story.give(CHAIR, Close())
    story.give(CHAIR, Approve(sections=(), revisions=0))
    story.refuses(SECRETARY, ChangeConclusion(conclusion="c", text="x"), "minutes.approved")
    story.refuses(SECRETARY, RemoveConclusion(conclusion="c"), "minutes.approved")
    story.give(SECRETARY, SettleConclusion(conclusion="c", done=True, note="Đã giao dự toán"))
    assert story.view(Audience.MEMBER)["conclusions"]["c"]["state"] == "done"
    story.give(SECRETARY, SettleConclusion(conclusion="c", done=False))
    assert story.view(Audience.MEMBER)["conclusions"]["c"]["state"] == "published"


def test_what_is_said_of_a_task_leaves_it_done_or_not_as_it_is() -> None:
    story = written()
    story.give(CHAIR, PublishConclusion(conclusion="c"))
    for done, state in ((None, "published"), (True, "done"), (None, "done"), (False, "published")):
        story.give(SECRETARY, SettleConclusion(conclusion="c", done=done, note="Đang lập dự toán"))
        shown = story.view(Audience.MEMBER)["conclusions"]["c"]
        assert (shown["state"], shown["note"]) == (state, "Đang lập dự toán"), done


def test_a_conclusion_outlives_its_item() -> None:
    story = written()
    story.give(SECRETARY, ChangeConclusion(conclusion="c", text="x", item="two_one"))
    story.give(SECRETARY, RemoveItem(item="two_one"))
    assert "item" not in story.view(Audience.CONSOLE)["conclusions"]["c"]
    story.give(SECRETARY, RemoveConclusion(conclusion="c"))
    story.refuses(SECRETARY, RemoveConclusion(conclusion="c"), "conclusions.unknown")


def test_what_was_said_of_a_task_stays_beside_what_is_said_now() -> None:
    story = written()
    story.give(CHAIR, PublishConclusion(conclusion="c"))
    story.give(SECRETARY, SettleConclusion(conclusion="c", done=False, note="Đang lập dự toán"))
    story.give(CHAIR, SettleConclusion(conclusion="c", done=True, note="Đã giao"))
    shown = story.view(Audience.MEMBER)["conclusions"]["c"]
    assert [(each["note"], each["by"], each["done"]) for each in shown["progress"].values()] == [
        ("Đang lập dự toán", SECRETARY, False),
        ("Đã giao", CHAIR, True),
    ]
    assert shown["note"] == "Đã giao"


@pytest.mark.parametrize(
    ("office", "unit", "lead", "theirs"),
    [
        ("Chủ tịch", "", "Chủ tịch", True),
        ("Phó Chủ tịch", "", "Chủ tịch", False),
        ("Phó Chủ tịch", "", "phó chủ tịch", True),
        ("Ủy viên, Phó Chủ tịch", "", "Chủ tịch", False),
        ("Giám đốc Sở Tài chính", "", "Sở Tài chính", True),
        ("Phó Giám đốc Sở Tài chính", "", "Sở Tài chính", False),
        ("Phó Giám đốc", "Sở Tài chính", "Sở Tài chính", True),
        ("Giám đốc Sở Tài chính", "", unicodedata.normalize("NFD", "  Sở  Tài chính "), True),
        ("Giám đốc Sở Tài chính", "", "ính", False),
        ("Giám đốc Sở Tài chính", "", "", False),
    ],
)
def test_a_task_is_whom_it_names_and_not_their_deputy_s(office: str, unit: str, lead: str, theirs: bool) -> None:
    person = Participant("p", "", office, unit, Role.DELEGATE, True, "", 1)
    assert leads(person, Conclusion("c", None, "Bố trí kinh phí", lead, "", None)) is theirs
