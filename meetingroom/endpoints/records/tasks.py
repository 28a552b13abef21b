"""/tasks: what was concluded in all meetings one is chair or secretary of: as a list, as a board, and how far each has come."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from meetingroom.domain.conclusions import SettleConclusion, State
from meetingroom.domain.messages import OFFICE
from meetingroom.domain.people import called
from meetingroom.domain.phase import Phase
from meetingroom.domain.refusals import Refused
from meetingroom.domain.separation import Thing
from meetingroom.endpoints.context import house
from meetingroom.endpoints.errors import NotDone, sentence, status
from meetingroom.endpoints.forms import id_in, new_id, read_form
from meetingroom.endpoints.guards import NotSignedIn, own_origin, session_of, words_of
from meetingroom.endpoints.organisation.sight import sight_of
from meetingroom.live.draft import Unrecorded
from meetingroom.live.room import Room, UnreadableJournal
from meetingroom.storage.tasks import Task

DAY = 24 * 3_600_000
SOON = 7 * DAY
MOST_DONE = 30  # on the board
DONE = {"progress": None, "done": True, "reopen": False}  # by what is pressed; None: as it is


class Standing(StrEnum):
    LATE = "late"
    SOON = "soon"
    RUNNING = "running"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Shown:
    """A task as it stands now; `late`: whole days, 0 if it is in time."""

    task: Task
    standing: Standing
    late: int


@dataclass(frozen=True, slots=True)
class Seat:
    """A meeting one keeps, and who one is in it; `participant` empty: it is one's unit's, and one looks on."""

    meeting: str
    participant: str
    title: str
    phase: str
    starts: int


async def tasks(request: Request) -> Response:
    """?form=list or board, ?standing=, ?lead=."""
    here, seats = house(request), await _seats(request)
    now = here.rooms.clock()
    every = [_shown(task, now) for task in await here.record(here.tasks.of, list(seats))]
    asked = request.query_params
    leads = sorted({each.task.lead for each in every if each.task.lead}, key=str.casefold)
    lead = asked.get("lead", "") if asked.get("lead", "") in leads else ""
    of_lead = [each for each in every if lead in ("", each.task.lead)]
    form = "board" if asked.get("form") == "board" else "list"
    chosen = asked.get("standing", "")
    chosen = chosen if chosen in (*Standing, "all") else "open"
    return here.templates.page(
        "tasks.html",
        words_of(request),
        columns={standing: _column(of_lead, standing) for standing in Standing},
        counts={standing.value: sum(each.standing is standing for each in of_lead) for standing in Standing},
        listed=[each for each in of_lead if _fits(each, chosen)],
        standings=("open", *(standing.value for standing in Standing), "all"),
        form=form,
        chosen=chosen,
        lead=lead,
        leads=leads,
        next=_next(seats.values(), now),
        path="/tasks",
    )


def _shown(task: Task, now: int) -> Shown:
    if task.done:
        return Shown(task, Standing.DONE, 0)
    if task.due and now > task.due:
        return Shown(task, Standing.LATE, -(-(now - task.due) // DAY))
    return Shown(task, Standing.SOON if task.due and task.due - now <= SOON else Standing.RUNNING, 0)


def _column(every: list[Shown], standing: Standing) -> list[Shown]:
    found = [each for each in every if each.standing is standing]
    if standing is Standing.DONE:
        return sorted(found, key=lambda each: -each.task.settled_at)[:MOST_DONE]
    return found


def _fits(each: Shown, chosen: str) -> bool:
    return chosen == "all" or (each.standing is not Standing.DONE if chosen == "open" else each.standing == chosen)


def _next(seats: Iterable[Seat], now: int) -> Seat | None:
    """The next meeting one prepares, whose agenda may take what is not done."""
    open_ = (Phase.DRAFT, Phase.PUBLISHED)
    coming = [seat for seat in seats if seat.participant and seat.phase in open_ and seat.starts > now - DAY]
    return min(coming, key=lambda seat: seat.starts, default=None)


async def task(request: Request) -> Response:
    """One of them with all that was said of it; POST: what is said now, and whether it is done."""
    own_origin(request)
    here, seats = house(request), await _seats(request)
    seat = seats.get(request.path_params["meeting"])
    if seat is None:
        raise HTTPException(404)
    room, key = await here.rooms.open(seat.meeting), request.path_params["task"]
    _published(room, key)
    if request.method == "GET":
        return _page(request, room, key, new_id() if seat.participant else "")
    if not seat.participant:
        raise HTTPException(404)
    form = await read_form(request, max_files=0, max_fields=5)
    if (do := str(form.get("do", ""))) not in DONE:
        raise HTTPException(400)
    done, note = DONE[do], str(form.get("note", "")).strip()
    if done is not None:
        note = note or room.meeting.conclusions[key].note
    try:
        command = SettleConclusion(conclusion=key, done=done, note=" ".join(note.split())[:500])
        await room.give(seat.participant, command, id_in(form))
    except NotDone as error:
        return _page(request, room, key, id_in(form), error)
    return RedirectResponse(request.url.path, 303)


def _published(room: Room, key: str) -> None:
    conclusion = room.meeting.conclusions.get(key)
    if conclusion is None or conclusion.state is State.DRAFT:
        raise HTTPException(404)


def _page(request: Request, room: Room, key: str, form: str, error: Refused | Unrecorded | None = None) -> Response:
    here, words, meeting = house(request), words_of(request), room.meeting
    each = meeting.conclusions[key]
    row = Task(
        meeting=meeting.id,
        id=key,
        text=each.text,
        lead=each.lead,
        supporting=each.supporting,
        due=each.due or 0,
        done=each.state is State.DONE,
        note=each.note,
        settled_at=each.settled_at,
        title=meeting.sitting.title,
        starts=meeting.sitting.starts,
    )
    told = [(entry, called(meeting.people[entry.by]) if entry.by in meeting.people else "") for entry in each.progress]
    return here.templates.page(
        "task.html",
        words,
        status(error) if error else 200,
        shown=_shown(row, here.rooms.clock()),
        told=told[::-1],
        id=form,
        error=sentence(words, error) if error else "",
        path=request.url.path,
    )


async def _seats(request: Request) -> dict[str, Seat]:
    """Meeting → one's seat in it: where one is chair or secretary, by account or by a personal code, and the meetings of
    the unit one keeps. Raises NotSignedIn."""
    here, session = house(request), await session_of(request)
    if session is None:
        raise NotSignedIn
    found = {}
    if session.account:
        sight = await sight_of(here, session.account)
        for told in await here.record(here.meetings.of_units, sight.units(Thing.MEETINGS)):
            found[told.id] = Seat(told.id, "", told.title, told.phase, told.starts)
        for each in await here.record(here.meetings.of, session.account.login):
            if each.role in OFFICE:
                found[each.id] = Seat(each.id, each.participant, each.title, each.phase, each.starts)
    for meeting, participant in session.grants:
        try:
            room = await here.rooms.open(meeting)
        except (KeyError, UnreadableJournal):
            continue
        person = room.meeting.people.get(participant)
        if person and person.role in OFFICE:
            sitting = room.meeting.sitting
            found[meeting] = Seat(meeting, participant, sitting.title, sitting.phase.value, sitting.starts)
    return found
