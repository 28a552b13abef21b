"""Planning a meeting: the rooms there are, what else is planned for its hours, and the seat plan of its room."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from meetingroom.domain.clashes import Clash, Plan, clashes
from meetingroom.domain.meeting import Meeting
from meetingroom.domain.messages import clean
from meetingroom.domain.seating import TakePlan
from meetingroom.endpoints.auditing import note
from meetingroom.endpoints.context import House, house
from meetingroom.endpoints.errors import NotDone, sentence, status
from meetingroom.endpoints.forms import read_body
from meetingroom.endpoints.guards import entrant, own_origin, require_office, session_of
from meetingroom.live.room import UnreadableJournal
from meetingroom.storage.audit import Kind

MOST_AROUND = 60  # meetings that are looked at
MOST_TOLD = 8


async def planning(request: Request) -> Response:
    """GET: rooms, and the clashes of `room`, `starts`, `ends` as they are being typed. POST: see `_plan`."""
    found = await entrant(request)
    require_office(found)
    here, meeting = house(request), found.room.meeting
    if request.method == "POST":
        own_origin(request)
        return await _plan(request, here)
    asked, sitting = request.query_params, meeting.sitting
    plan = Plan(
        clean(asked.get("room", sitting.room)),
        _moment(asked.get("starts"), sitting.starts),
        _moment(asked.get("ends"), 0),
    )
    others = [] if sitting.written or sitting.template else await _around(here, plan)
    return JSONResponse(
        {
            "rooms": [
                {"name": venue.name, "place": venue.place, "seats": len(venue.places)}
                for venue in await here.record(here.venues.all)
            ],
            "circles": [
                {"id": circle.id, "name": circle.name, "people": len(circle.people)}
                for circle in (await here.record(here.circles.all) if sitting.template else ())
            ],
            "clashes": [_told(clash) for clash in list(clashes(meeting, plan, others))[:MOST_TOLD]],
        },
        headers={"Cache-Control": "no-store"},
    )


async def _around(here: House, plan: Plan) -> list[Meeting]:
    others = []
    for key in await here.record(here.meetings.around, plan.starts, plan.until, MOST_AROUND):
        try:
            others.append((await here.rooms.open(key)).meeting)
        except (KeyError, UnreadableJournal):
            continue
    return others


def _told(clash: Clash) -> dict[str, object]:
    sitting = clash.other.sitting
    return {
        "title": sitting.title,
        "starts": sitting.starts,
        "ends": sitting.planned_end,
        "room": sitting.room if clash.room else "",
        "people": list(clash.people),
    }


async def _plan(request: Request, here: House) -> Response:
    """`take`: the meeting's seats stand as the room's. `keep`: the other way round, by somebody with an account."""
    found = await entrant(request)
    meeting, session = found.room.meeting, await session_of(request)
    venue = await here.record(here.venues.called, meeting.sitting.room)
    way = await read_body(request, 10)
    if venue is None or way not in (b"take", b"keep"):
        raise HTTPException(404)
    if way == b"keep":
        if not session or not session.account or not meeting.seating.shape:
            raise HTTPException(404)
        places = tuple((seat, place.x, place.y) for seat, place in meeting.seating.places.items())
        await here.record(here.venues.arrange, venue.id, meeting.seating.shape, places)
        await note(request, Kind.DIRECTORY_CHANGED, session.account.login, about=venue.name)
        return Response(status_code=204)
    if venue.shape is None:
        raise HTTPException(404)
    try:
        await found.room.give(found.participant.id, TakePlan(shape=venue.shape, places=venue.places))
    except NotDone as error:
        return JSONResponse({"text": sentence(found.words, error)}, status(error))
    return Response(status_code=204)


def _moment(text: str | None, otherwise: int) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 16 else otherwise
