"""Figures of a meeting that is over, and of many together: attendance, speeches, votes, and the paper that was not printed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from meetingroom.domain import papers
from meetingroom.domain.meeting import Meeting
from meetingroom.domain.messages import ATTENDEES
from meetingroom.domain.minutes import Happened
from meetingroom.domain.people import members
from meetingroom.export.workbook import Cell
from meetingroom.words import Words

HEADS = (
    "title_of",
    "day",
    "minutes",
    "members",
    "came",
    "votes",
    "carried",
    "speeches",
    "spoken",
    "papers",
    "pages",
    "unprinted",
)


@dataclass(frozen=True, slots=True)
class Figures:
    """`lasted` and `spoken` in milliseconds; `came` counts members who were there at any time; `unprinted` the A4 pages
    that would have been printed had everybody been given on paper what they could read."""

    meeting: str
    title: str
    starts: int
    lasted: int
    members: int
    came: int
    votes: int
    carried: int
    speeches: int
    spoken: int
    papers: int
    pages: int
    unprinted: int


def figures(meeting: Meeting) -> Figures:
    course, sitting = meeting.minutes.course, meeting.sitting
    everyone = members(meeting.people)
    results = [vote.result for vote in meeting.voting.values() if vote.result]
    shown = [(paper, paper.shown.pages) for paper in meeting.papers.values() if paper.shown]
    readers = [person for person in meeting.people.values() if person.role in ATTENDEES]
    return Figures(
        meeting=meeting.id,
        title=sitting.title,
        starts=sitting.opened_at or sitting.starts,
        lasted=max(0, (sitting.closed_at or 0) - (sitting.opened_at or 0)) if sitting.closed_at else 0,
        members=len(everyone),
        came=sum(any(fact.kind is Happened.ARRIVED for fact in course.about(member)) for member in everyone),
        votes=len(results),
        carried=sum(result.carried for result in results),
        speeches=len(meeting.floor.turns),
        spoken=sum(turn.spent for turn in meeting.floor.turns.values()),
        papers=len(shown),
        pages=sum(pages for _, pages in shown),
        unprinted=sum(pages for paper, pages in shown for person in readers if papers.may_read(meeting, person, paper)),
    )


@dataclass(frozen=True, slots=True)
class Sum:
    """Of many meetings; `present` is the part of all members invited that came, in whole per cent."""

    meetings: int
    present: int
    lasted: int
    votes: int
    carried: int
    speeches: int
    spoken: int
    papers: int
    unprinted: int


def together(found: Iterable[Figures]) -> Sum:
    each = list(found)
    invited, came = sum(one.members for one in each), sum(one.came for one in each)
    return Sum(
        meetings=len(each),
        present=100 * came // invited if invited else 0,
        lasted=sum(one.lasted for one in each),
        votes=sum(one.votes for one in each),
        carried=sum(one.carried for one in each),
        speeches=sum(one.speeches for one in each),
        spoken=sum(one.spoken for one in each),
        papers=sum(one.papers for one in each),
        unprinted=sum(one.unprinted for one in each),
    )


def table(found: Sequence[Figures], words: Words) -> list[list[Cell]]:
    """One row a meeting under a heading; times in whole minutes."""
    heading: list[Cell] = [words.text(f"figures.{head}") for head in HEADS]
    rows: list[list[Cell]] = [
        [
            *(one.title, words.short_moment(one.starts), one.lasted // 60_000, one.members, one.came, one.votes),
            *(one.carried, one.speeches, one.spoken // 60_000, one.papers, one.pages, one.unprinted),
        ]
        for one in found
    ]
    return [heading, *rows]
