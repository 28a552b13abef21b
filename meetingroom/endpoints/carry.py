"""Carrying on: unfinished tasks of earlier meetings become points of this meeting's agenda."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from meetingroom.domain.agenda import AddItem, Kind
from meetingroom.domain.conclusions import Conclusion, State
from meetingroom.domain.messages import OFFICE, Command
from meetingroom.domain.refusals import Refused
from meetingroom.endpoints.context import house
from meetingroom.endpoints.guards import Entrant, entrant, own_origin, require_office, session_of
from meetingroom.live.room import Room, Unrecorded

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
    page = house(request).templates.page
    if request.method == "GET":
        return page("carry.html", found.words, earlier=earlier, error="", path=request.url.path)
    own_origin(request)
    form = await request.form(max_files=0, max_fields=1000)
    chosen = set(form.getlist("task"))
    tasks = [task for meeting in earlier for task in meeting.tasks if f"{meeting.key}:{task.id}" in chosen]
    try:
        await _add(found, tasks)
    except Refused as refused:
        error = found.words.text(f"refusal.{refused.code}", **refused.params)
        return page("carry.html", found.words, 409, earlier=earlier, error=error, path=request.url.path)
    except Unrecorded:
        error = found.words.text("refusal.unrecorded")
        return page("carry.html", found.words, 503, earlier=earlier, error=error, path=request.url.path)
    return RedirectResponse(f"/m/{found.room.meeting.id}/{found.participant.id}/secretariat#agenda", 303)


async def _add(found: Entrant, tasks: list[Conclusion]) -> None:
    if not tasks:
        return
    give, me = found.room.give, found.participant.id
    heading = await give(me, AddItem(title=found.words.text("carry.heading"), kind=Kind.DISCUSSION))
    for task in tasks:
        title = f"{task.text[:TITLE]}{f' ({task.lead})' if task.lead and len(task.lead) < 20 else ''}"
        item: Command = AddItem(title=" ".join(title.split()), kind=Kind.DISCUSSION, parent=heading.made)
        await give(me, item)


async def _earlier(request: Request, found: Entrant) -> list[Earlier]:
    """The newest first; a meeting one was not in the office of stays closed to one."""
    here, session = house(request), await session_of(request)
    if session is None:
        return []
    keys = {meeting for meeting, _ in session.grants}
    if session.account:
        listed = await here.record(here.accounts.meetings, session.account)
        keys |= {meeting.id for meeting in listed[:MOST_MEETINGS]}
    earlier = []
    for key in sorted(keys - {found.room.meeting.id}):
        room = await here.rooms.open(key)
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
