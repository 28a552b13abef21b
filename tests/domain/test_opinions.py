"""Opinions before the meeting: one of each person on each item, to everybody or to the office only."""

from meetingroom.domain.agenda import RemoveItem
from meetingroom.domain.audience import Audience
from meetingroom.domain.opinions import GiveOpinion, TakeBackOpinion
from meetingroom.domain.people import RemoveParticipant
from meetingroom.domain.sitting import Close
from tests.stories import CHAIR, FINANCE, GUEST, HEALTH, SCREEN, SECRETARY, Story


def given() -> Story:
    story = Story.of_a_committee()
    story.give(FINANCE, GiveOpinion(item="one", text="Đồng ý", public=True), made="a")
    story.give(HEALTH, GiveOpinion(item="one", text="Cần làm rõ nguồn vốn", public=False), made="b")
    return story


def texts(story: Story, audience: Audience) -> list[str]:
    return [each["text"] for each in story.view(audience)["opinions"].values()]


def test_a_public_one_is_everybody_s_and_the_other_only_the_office_s() -> None:
    story = given()
    assert texts(story, Audience.MEMBER) == texts(story, Audience.GUEST) == ["Đồng ý"]
    assert texts(story, Audience.SCREEN) == []
    assert texts(story, Audience.CONSOLE) == ["Đồng ý", "Cần làm rõ nguồn vốn"]
    assert story.own(HEALTH)["opinions"]["b"]["text"] == "Cần làm rõ nguồn vốn"
    assert "opinions" not in story.own(GUEST)


def test_a_new_one_takes_the_place_of_the_former() -> None:
    story = given()
    story.give(FINANCE, GiveOpinion(item="one", text="Không đồng ý", public=False))
    assert texts(story, Audience.MEMBER) == []
    assert list(story.own(FINANCE)["opinions"]) == ["a"]
    story.refuses(HEALTH, TakeBackOpinion(opinion="a"), "opinions.unknown")
    story.give(FINANCE, TakeBackOpinion(opinion="a"))
    assert "opinions" not in story.own(FINANCE)


def test_who_may_say_what_and_when() -> None:
    story = given()
    story.refuses(SCREEN, GiveOpinion(item="one", text="x", public=True), "not_permitted")
    story.refuses(FINANCE, GiveOpinion(item="one", text="", public=True), "opinions.needs_text")
    story.refuses(FINANCE, GiveOpinion(item="none", text="x", public=True), "agenda.unknown")
    Story.founded().refuses(SECRETARY, GiveOpinion(item="one", text="x", public=True), "meeting.not_published")
    in_session = Story.in_session()
    in_session.give(CHAIR, Close())
    in_session.refuses(FINANCE, GiveOpinion(item="one", text="x", public=True), "meeting.closed")


def test_who_is_removed_takes_their_opinions_along() -> None:
    story = given()
    story.give(FINANCE, GiveOpinion(item="two_one", text="x", public=True))
    story.give(SECRETARY, RemoveItem(item="two_one"))
    story.give(SECRETARY, RemoveParticipant(participant=HEALTH))
    assert texts(story, Audience.CONSOLE) == ["Đồng ý"]
