"""Carrying on: unfinished tasks of earlier meetings become points of this meeting's agenda."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from meetingroom.domain.agenda import AddSection, Kind
from meetingroom.domain.conclusions import Conclusion, State
from meetingroom.domain.messages import OFFICE
from meetingroom.domain.refusals import Refused
from meetingroom.endpoints.context import house
from meetingroom.endpoints.errors import NotDone, sentence, status
from meetingroom.endpoints.forms import id_in, new_id
from meetingroom.endpoints.guards import Entrant, entrant, own_origin, require_office, session_of
from meetingroom.live.draft import Unrecorded
from meetingroom.live.room import Room, UnreadableJournal

MOST_MEETINGS = 30  # looked back through
TITLE = 480  # characters of a task that a title of an item has room for


@dataclass(frozen=True, slots=True)
class Earlier:
    """A meeting one has been in the office of, and what it left to do."""

    key: str
    title: str
    starts: int
    tasks: tuple[Conclusion, ...]


async def carry(request: Request) -> Response:
    """GET: choose among the unfinished tasks; POST: they stand at the end of the agenda under one heading."""
    found = await entrant(request)
    require_office(found)
    earlier = await _earlier(request, found)
    if request.method == "GET":
        return _page(request, found, earlier, new_id())
    own_origin(request)
    form = await request.form(max_files=0, max_fields=1000)
    key = id_in(form)
    chosen = set(form.getlist("task"))
    tasks = [task for meeting in earlier for task in meeting.tasks if f"{meeting.key}:{task.id}" in chosen]
    try:
        if tasks:
            await found.room.give(found.participant.id, _section(found, tasks), key)
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


def _section(found: Entrant, tasks: list[Conclusion]) -> AddSection:
    titles = (f"{task.text[:TITLE]}{f' ({task.lead})' if task.lead and len(task.lead) < 20 else ''}" for task in tasks)
    return AddSection(
        title=found.words.text("carry.heading"),
        titles=tuple(" ".join(title.split()) for title in titles),
        kind=Kind.DISCUSSION,
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
        if _is_office(room, seats, account) and (tasks := _unfinished(room)):
            sitting = room.meeting.sitting
            earlier.append(Earlier(key, sitting.title, sitting.starts, tasks))
    return sorted(earlier, key=lambda meeting: -meeting.starts)


def _is_office(room: Room, seats: set[str], account: str | None) -> bool:
    mine = (
        person
        for person in room.meeting.people.values()
        if person.id in seats or (account is not None and person.account == account)
    )
    return any(person.role in OFFICE for person in mine)


def _unfinished(room: Room) -> tuple[Conclusion, ...]:
    return tuple(task for task in room.meeting.conclusions.values() if task.state is State.PUBLISHED)
