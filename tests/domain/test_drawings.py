"""Ink that is kept with the minutes: until they are approved, for the office to see."""

from __future__ import annotations

from meetingroom.domain.audience import Audience
from meetingroom.domain.drawings import Drop, Keep
from meetingroom.domain.meeting import replay
from meetingroom.domain.messages import read_event, write
from tests.stories import CHAIR, SECRETARY, Story

INK = (("red", (10.0, 20.0, 30.5, 40.0)),)


def kept() -> Keep:
    return Keep(paper="report", revision="r1", page=2, strokes=INK)


def test_the_office_keeps_what_is_drawn_and_takes_it_away_again() -> None:
    story = Story.in_session()
    revision = next(iter(story.meeting.papers["report"].revisions))
    story.give(CHAIR, Keep(paper="report", revision=revision, page=2, strokes=INK))
    (drawing,) = story.meeting.drawings.values()
    assert (drawing.page, drawing.strokes) == (2, INK)
    assert list(story.view(Audience.CONSOLE)["drawings"]) == [drawing.id]
    assert story.view(Audience.SCREEN)["drawings"] == {}
    again = replay(read_event(event.tag, write(event)) for event in story.events)
    assert again.drawings == story.meeting.drawings, "the journal has all of it"
    story.give(SECRETARY, Drop(drawing=drawing.id))
    assert story.meeting.drawings == {}
    story.refuses(SECRETARY, Drop(drawing=drawing.id), "drawings.unknown")


def test_nothing_is_kept_of_an_empty_page() -> None:
    story = Story.in_session()
    revision = next(iter(story.meeting.papers["report"].revisions))
    empty = Keep(paper="report", revision=revision, page=2, strokes=())
    story.refuses(CHAIR, empty, "drawings.nothing")
    story.refuses(CHAIR, kept(), "papers.unknown")
