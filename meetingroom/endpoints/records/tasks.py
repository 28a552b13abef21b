"""/tasks: what was concluded in all meetings one keeps, and what is one's own to do of others: a list, a board, a workbook."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import quote

from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, RedirectResponse, Response

from meetingroom.domain.conclusions import State
from meetingroom.domain.messages import ATTENDEES, OFFICE
from meetingroom.domain.people import called
from meetingroom.domain.phase import Phase
from meetingroom.domain.refusals import Refused
from meetingroom.domain.reports import percent as percent_of
from meetingroom.domain.reports import waiting_since, works_on
from meetingroom.domain.separation import Thing
from meetingroom.endpoints.context import House, house
from meetingroom.endpoints.errors import NotDone, sentence, status
from meetingroom.endpoints.forms import id_in, new_id, read_form
from meetingroom.endpoints.guards import NotSignedIn, own_origin, session_of, words_of
from meetingroom.endpoints.organisation.sight import sight_of
from meetingroom.endpoints.records.documents import TYPES
from meetingroom.endpoints.records.reporting import command_of
from meetingroom.export.typeset import Missing
from meetingroom.export.workbook import Cell, xlsx
from meetingroom.live.draft import Unrecorded
from meetingroom.live.room import Room, UnreadableJournal
from meetingroom.rendering.limits import MIB
from meetingroom.rendering.office import Unconvertible
from meetingroom.rendering.unreadable import Unreadable
from meetingroom.storage.library import Unstorable
from meetingroom.storage.tasks import Task
from meetingroom.words import Words

DAY = 24 * 3_600_000
SOON = 7 * DAY
MOST_DONE = 30  # on the board
TYPED = ("do", "note", "percent", "done", "report", "answer")
SPARE = 1 << 20  # bytes of a form around its file
COLUMNS = (
    "number", "text", "lead", "supporting", "due", "standing", "late", "percent", "note", "settled", "meeting", "day",
)  # fmt: skip
WIDTHS = (6, 60, 26, 26, 12, 18, 12, 12, 40, 14, 40, 12)


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
    """A meeting, and who one is in it; `keeps`: as its chair or secretary; `of_unit`: it is the
    unit's one keeps, where without a `participant` one only looks on."""

    meeting: str
    participant: str
    title: str
    phase: str
    starts: int
    keeps: bool
    of_unit: bool = False

    def sees(self, task: Task) -> bool:
        return self.keeps or self.of_unit or f" {self.participant} " in task.doers


async def tasks(request: Request) -> Response:
    """?form=list or board, ?standing=, ?lead=."""
    here, seats = house(request), await _seats(request)
    now = here.rooms.clock()
    every = await _every(here, seats, now)
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
        next=_next((seat for seat in seats.values() if seat.keeps), now),
        keeps=any(seat.keeps for seat in seats.values()),
        path="/tasks",
    )


async def workbook(request: Request) -> Response:
    """/tasks.xlsx: all of them, as a table an office goes on with."""
    here, seats, words = house(request), await _seats(request), words_of(request)
    every = await _every(here, seats, here.rooms.clock())
    heads: list[Cell] = [words.text(f"tasks.column.{name}") for name in COLUMNS]
    table = [heads, *(_row(words, number, each) for number, each in enumerate(every, start=1))]
    try:
        content = await asyncio.to_thread(xlsx, table, words.text("tasks.title"), WIDTHS)
    except Missing as missing:
        return here.templates.page("error.html", words, 501, key=missing.code, path="/tasks")
    headers = {
        "Content-Disposition": 'attachment; filename="theo-doi-ket-luan.xlsx"',
        "Cache-Control": "private, no-store",
    }
    return Response(content, media_type=TYPES["xlsx"], headers=headers)


def _row(words: Words, number: int, each: Shown) -> list[Cell]:
    task = each.task
    due = words.day(task.due) if task.due else ""
    settled = words.day(task.settled_at) if task.settled_at else ""
    standing = words.text(f"tasks.standing.{each.standing}")
    told: list[Cell] = [number, task.text, task.lead, task.supporting, due, standing, each.late, task.percent]
    return [*told, task.note, settled, task.title, words.day(task.starts)]


async def _every(here: House, seats: Mapping[str, Seat], now: int) -> list[Shown]:
    every = await here.record(here.tasks.of, list(seats))
    return [_shown(task, now) for task in every if seats[task.meeting].sees(task)]


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
    room, seat, key = await _found(request)
    if request.method == "GET":
        return _page(request, room, seat, key, new_id() if seat.participant else "")
    if not seat.participant:
        raise HTTPException(404)
    declared = request.headers.get("content-length", "")
    if not declared.isdecimal() or int(declared) > house(request).settings.upload_mebibytes * MIB + SPARE:
        raise HTTPException(413)  # before it is written down anywhere
    form = await read_form(request, max_files=1, max_fields=10)
    here, person = house(request), room.meeting.people[seat.participant]
    try:
        command = await command_of(here, form, room, person, seat.keeps, key)
        room = await here.rooms.open(room.meeting.id)  # a long upload may outlast an idle room
        await room.give(seat.participant, command, id_in(form))
    except NotDone as error:
        return _page(request, room, seat, key, id_in(form), error, typed=form)
    except (Unstorable, Unconvertible, Unreadable) as error:
        words = words_of(request)
        text = words.text(f"rejected.{error.code}", **getattr(error, "params", {}))
        return _page(request, room, seat, key, id_in(form), text=text, typed=form)
    return RedirectResponse(request.url.path, 303)


async def evidence(request: Request) -> Response:
    """The paper of a report: for who keeps the meeting, and who may report on the task."""
    room, _, key = await _found(request)
    report = room.meeting.reports.get(request.path_params["report"])
    path = house(request).library.path_of(report.file) if report and report.file and report.conclusion == key else None
    if path is None or not await asyncio.to_thread(path.exists):
        raise HTTPException(404)
    name = quote((report.file_name if report else "").removesuffix(".pdf")[-100:] or "minh-chung")
    headers = {"Content-Disposition": f"inline; filename*=UTF-8''{name}.pdf", "Cache-Control": "private, no-store"}
    return FileResponse(path, media_type="application/pdf", headers=headers)


async def _found(request: Request) -> tuple[Room, Seat, str]:
    """The room of the meeting, one's seat in it, and the task, if it is one's to see."""
    here, seats = house(request), await _seats(request)
    seat, key = seats.get(request.path_params["meeting"]), request.path_params["task"]
    if seat is None:
        raise HTTPException(404)
    room = await here.rooms.open(seat.meeting)
    each, person = room.meeting.conclusions.get(key), room.meeting.people.get(seat.participant)
    if each is None or each.state is State.DRAFT:
        raise HTTPException(404)
    if not seat.of_unit and not (person and (seat.keeps or works_on(person, each))):
        raise HTTPException(404)
    return room, seat, key


def _page(
    request: Request,
    room: Room,
    seat: Seat,
    key: str,
    form: str,
    error: Refused | Unrecorded | None = None,
    text: str = "",
    typed: FormData | None = None,
) -> Response:
    """`typed`: what was not taken, to be mended and sent again."""
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
        percent=100 if each.state is State.DONE else percent_of(meeting.reports, key),
        reported_at=waiting_since(meeting.reports, key),
    )
    person = meeting.people.get(seat.participant)
    names = {person.id: called(person) for person in meeting.people.values()}
    reports = [(each, names.get(each.by, "")) for each in meeting.reports.values() if each.conclusion == key]
    told = [(entry, names.get(entry.by, "")) for entry in each.progress]
    return here.templates.page(
        "task.html",
        words,
        status(error) if error else 422 if text else 200,
        keeps=seat.keeps,
        works=bool(person and works_on(person, each)),
        reports=reports[::-1],
        shown=_shown(row, here.rooms.clock()),
        told=told[::-1],
        id=form,
        error=sentence(words, error) if error else text,
        typed={name: str(typed.get(name, "")) if typed else "" for name in TYPED},
        path=request.url.path,
    )


async def _seats(request: Request) -> dict[str, Seat]:
    """Meeting → one's seat in it: by account or by a personal code, and the meetings of
    the unit one keeps. Raises NotSignedIn."""
    here, session = house(request), await session_of(request)
    if session is None:
        raise NotSignedIn
    found: dict[str, Seat] = {}
    if session.account:
        sight = await sight_of(here, session.account)
        for told in await here.record(here.meetings.of_units, sight.units(Thing.MEETINGS)):
            found[told.id] = Seat(told.id, "", told.title, told.phase, told.starts, False, True)
        for each in await here.record(here.meetings.of, session.account.login):
            if each.role in ATTENDEES:
                keeps = each.role in OFFICE
                mine = each.id in found
                found[each.id] = Seat(each.id, each.participant, each.title, each.phase, each.starts, keeps, mine)
    for meeting, participant in session.grants:
        try:
            room = await here.rooms.open(meeting)
        except (KeyError, UnreadableJournal):
            continue
        person = room.meeting.people.get(participant)
        known = found.get(meeting)
        if person and person.role in ATTENDEES and not (known and known.keeps):
            sitting, keeps = room.meeting.sitting, person.role in OFFICE
            found[meeting] = Seat(meeting, participant, sitting.title, sitting.phase.value, sitting.starts, keeps)
    return found
