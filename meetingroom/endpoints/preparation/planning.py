"""Planning a meeting: the rooms there are, what else is planned for its hours, and the seat plan of its room."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from meetingroom.domain.clashes import Clash, Plan, Rooms, clashes, place
from meetingroom.domain.meeting import Meeting
from meetingroom.domain.messages import clean
from meetingroom.domain.people import same
from meetingroom.domain.phase import Phase
from meetingroom.domain.seating import TakePlan
from meetingroom.domain.separation import Thing
from meetingroom.endpoints.auditing import note
from meetingroom.endpoints.context import House, house
from meetingroom.endpoints.errors import NotDone, sentence, status
from meetingroom.endpoints.forms import read_body
from meetingroom.endpoints.guards import entrant, own_origin, require_office, session_of
from meetingroom.endpoints.organisation.sight import Sight, sight_for
from meetingroom.live.room import UnreadableJournal
from meetingroom.storage.accounts import Account
from meetingroom.storage.audit import Kind
from meetingroom.storage.venues import Venue

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
    others = [] if sitting.written or sitting.template else await around(here, plan)
    sight = await sight_for(here, sitting.unit)
    account = await _account(request)
    every = await here.record(here.venues.all)
    venues = [venue for venue in every if sight.sees(Thing.FORMS, venue.unit)]
    found_clashes = clashes(meeting, plan, others, rooms_of(every), sight.tree)
    return JSONResponse(
        {
            "rooms": [{"name": venue.name, "place": venue.place, "seats": len(venue.places)} for venue in venues],
            "circles": [
                {"id": circle.id, "name": circle.name, "people": len(circle.people)}
                for circle in (await here.record(here.circles.all) if sitting.template else ())
                if sight.sees(Thing.PEOPLE, circle.unit)
            ],
            "terms": {shelf.value: names for shelf, names in (await here.record(here.terms.all)).items()},
            "clashes": [_told(clash, sight, account) for clash in islice(found_clashes, MOST_TOLD)],
        },
        headers={"Cache-Control": "no-store"},
    )


async def around(here: House, plan: Plan) -> list[Meeting]:
    others = []
    for key in await here.record(here.meetings.around, plan.starts, plan.until, MOST_AROUND):
        try:
            others.append((await here.rooms.open(key)).meeting)
        except (KeyError, UnreadableJournal):
            continue
    return others


def rooms_of(venues: Sequence[Venue]) -> Rooms:
    """By whose they are and how they are called."""
    return {(venue.unit, same(venue.name)): venue.id for venue in venues}


async def _account(request: Request) -> Account | None:
    session = await session_of(request)
    return session.account if session else None


def titled(sight: Sight, account: Account | None, other: Meeting) -> bool:
    """Whether what another meeting is about may be said to who plans, and not only that the hours are taken."""
    sitting = other.sitting
    taking_part = account and any(person.account == account.login for person in other.people.values())
    thing = Thing.PLANNED if sitting.phase is Phase.DRAFT else Thing.PUBLISHED
    return bool(taking_part) or sight.sees(thing, sitting.unit)


def _told(clash: Clash, sight: Sight, account: Account | None) -> dict[str, object]:
    sitting = clash.other.sitting
    return {
        "title": sitting.title if titled(sight, account, clash.other) else "",
        "starts": sitting.starts,
        "ends": sitting.planned_end,
        "room": sitting.room if clash.room else "",
        "people": list(clash.people),
    }


async def _plan(request: Request, here: House) -> Response:
    """`take`: the meeting's seats stand as the room's. `keep`: the other way round, by somebody with an account."""
    found = await entrant(request)
    meeting, session = found.room.meeting, await session_of(request)
    sight = await sight_for(here, meeting.sitting.unit)
    every = await here.record(here.venues.all)
    key = place(meeting.sitting.room, meeting.sitting.unit, rooms_of(every), sight.tree)
    venue = next((each for each in every if each.id == key and sight.sees(Thing.FORMS, each.unit)), None)
    way = await read_body(request, 10)
    if venue is None or way not in (b"take", b"keep"):
        raise HTTPException(404)
    if way == b"keep":
        kept = session and session.account and sight.sees(Thing.PEOPLE, venue.unit)  # others' rooms stay as they are
        if not session or not session.account or not kept or not meeting.seating.shape:
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
