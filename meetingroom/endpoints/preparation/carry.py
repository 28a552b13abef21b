"""Carrying on: unfinished tasks of earlier meetings, and results of written votes, become points of this agenda."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from meetingroom.domain.agenda import AddSection, Kind
from meetingroom.domain.conclusions import State
from meetingroom.domain.meeting import Meeting
from meetingroom.domain.messages import OFFICE
from meetingroom.domain.refusals import Refused
from meetingroom.domain.voting import Vote, VotePhase
from meetingroom.endpoints.context import house
from meetingroom.endpoints.errors import NotDone, sentence, status
from meetingroom.endpoints.forms import id_in, new_id, read_form
from meetingroom.endpoints.guards import Entrant, entrant, own_origin, require_office, session_of
from meetingroom.live.draft import Unrecorded
from meetingroom.live.room import Room, UnreadableJournal
from meetingroom.words import Words

MOST_MEETINGS = 30  # looked back through
TITLE = 480  # characters of a task that a title of an item has room for


@dataclass(frozen=True, slots=True)
class Point:
    """What an earlier meeting left to do, or what a written vote has decided and a meeting must hear."""

    id: str
    text: str
    lead: str = ""
    due: int | None = None
    report: bool = False


@dataclass(frozen=True, slots=True)
class Earlier:
    """A meeting one has been in the office of, and what of it belongs on a later agenda."""

    key: str
    title: str
    starts: int
    points: tuple[Point, ...]


async def carry(request: Request) -> Response:
    """GET: choose; POST: tasks and reports stand at the end of the agenda, each under a heading of their own."""
    found = await entrant(request)
    require_office(found)
    earlier = await _earlier(request, found)
    if request.method == "GET":
        return _page(request, found, earlier, new_id())
    own_origin(request)
    form = await read_form(request, max_files=0, max_fields=1000)
    key = id_in(form)
    chosen = set(form.getlist("task"))
    points = [point for meeting in earlier for point in meeting.points if f"{meeting.key}:{point.id}" in chosen]
    try:
        for report in (True, False):
            if section := [point for point in points if point.report is report]:
                await found.room.give(found.participant.id, _section(found, section, report), f"{key}-{report}")
    except NotDone as error:
        return _page(request, found, earlier, key, error)
    return RedirectResponse(f"/m/{found.room.meeting.id}/{found.participant.id}/secretariat#agenda", 303)


def _page(
    request: Request, found: Entrant, earlier: list[Earlier], key: str, error: Refused | Unrecorded | None = None
) -> Response:
    return house(request).templates.page(
        "carry.html",
        found.words,
        status(error) if error else 200,
        earlier=earlier,
        id=key,
        error=sentence(found.words, error) if error else "",
        path=request.url.path,
    )


def _section(found: Entrant, points: list[Point], report: bool) -> AddSection:
    titles = (f"{each.text[:TITLE]}{f' ({each.lead})' if each.lead and len(each.lead) < 20 else ''}" for each in points)
    return AddSection(
        title=found.words.text("carry.results" if report else "carry.heading"),
        titles=tuple(" ".join(title.split()) for title in titles),
        kind=Kind.INFORMATION if report else Kind.DISCUSSION,
    )


async def _earlier(request: Request, found: Entrant) -> list[Earlier]:
    """The newest first; a meeting one was not in the office of stays closed to one."""
    here, session = house(request), await session_of(request)
    if session is None:
        return []
    keys = {meeting for meeting, _ in session.grants}
    if session.account:
        listed = await here.record(here.meetings.of, session.account.login)
        keys |= {meeting.id for meeting in listed[:MOST_MEETINGS]}
    earlier = []
    for key in sorted(keys - {found.room.meeting.id}):
        try:
            room = await here.rooms.open(key)
        except UnreadableJournal:
            continue
        seats = {participant for meeting, participant in session.grants if meeting == key}
        account = session.account.login if session.account else None
        if _is_office(room, seats, account) and (points := _points(room.meeting, found.words)):
            sitting = room.meeting.sitting
            earlier.append(Earlier(key, sitting.title, sitting.starts, points))
    return sorted(earlier, key=lambda meeting: -meeting.starts)


def _is_office(room: Room, seats: set[str], account: str | None) -> bool:
    mine = (
        person
        for person in room.meeting.people.values()
        if person.id in seats or (account is not None and person.account == account)
    )
    return any(person.role in OFFICE for person in mine)


def _points(meeting: Meeting, words: Words) -> tuple[Point, ...]:
    """Published tasks that are not done; of a finished written vote, what became of each question."""
    tasks = (task for task in meeting.conclusions.values() if task.state is State.PUBLISHED)
    voted = (meeting.voting[key] for key in meeting.circulation.questions)
    decided = (vote for vote in voted if vote.phase is VotePhase.ANNOUNCED and vote.result)
    return (
        *(Point(task.id, task.text, task.lead, task.due) for task in tasks),
        *(Point(vote.id, _report(vote, words), report=True) for vote in decided),
    )


def _report(vote: Vote, words: Words) -> str:
    verdict = words.text("carry.result.carried" if vote.result and vote.result.carried else "carry.result.lost")
    return words.text("carry.report", question=vote.question, verdict=verdict)
