"""Support: requests for service and messages, asked for and answered over HTTP; who they concern hears of it at once."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from meetingroom.domain.messages import Role, read
from meetingroom.domain.refusals import Refused, require
from meetingroom.domain.support import (
    Asked,
    Errand,
    Moved,
    Need,
    Said,
    answers,
    check_message,
    check_move,
    may_ask,
    serves,
)
from meetingroom.endpoints import protocol
from meetingroom.endpoints.context import House, house
from meetingroom.endpoints.forms import read_body
from meetingroom.endpoints.guards import Entrant, entrant, own_origin
from meetingroom.live.room import Room
from meetingroom.storage.support import KeptErrand, Message, TooMany

LARGEST = 16 * 1024  # bytes of a request


async def support(request: Request) -> Response:
    """GET …/support → {"errands", "messages"} of whoever asks. POST {"ask" | "move" | "say": {…}} and the same answer."""
    found = await entrant(request, staff=True)
    if not may_ask(found.participant) and found.participant.role is not Role.STAFF:
        raise HTTPException(404)
    here = house(request)
    if request.method == "POST":
        own_origin(request)
        try:
            await _carry_out(here, found, await _read(request))
        except Refused as refused:
            text = found.words.text(f"refusal.{refused.code}", **refused.params)
            return JSONResponse({"refused": refused.code, "text": text}, 409)
    return JSONResponse(await _shown(here, found), headers={"Cache-Control": "no-store"})


async def _read(request: Request) -> Asked | Moved | Said:
    body = await read_body(request, LARGEST)
    try:
        match protocol.parsed(body):
            case {"ask": sent}:
                said: Asked | Moved | Said = read(Asked, sent)
            case {"move": sent}:
                said = read(Moved, sent)
            case {"say": sent}:
                said = read(Said, sent)
            case _:
                raise HTTPException(400)
    except (protocol.Malformed, Refused) as error:
        raise HTTPException(400) from error
    if not said.id:
        raise HTTPException(400)
    return said


async def _carry_out(here: House, found: Entrant, said: Asked | Moved | Said) -> None:
    meeting, person, now = found.room.meeting.id, found.participant, here.rooms.clock()
    try:
        if isinstance(said, Asked):
            require(may_ask(person), "not_permitted")
            errand = KeptErrand(said.id, person.id, said.need, said.text, now, Errand.ASKED, "", now)
            await here.record(here.support.ask, meeting, errand)
            await _tell(here, found.room, [person.id, *_serving(found.room, said.need)], "errand")
        elif isinstance(said, Moved):
            await _move(here, found, said, now)
        else:
            check_message(found.room.meeting, person, said)
            desk = not said.to or answers(person) or answers(found.room.meeting.people[said.to])
            message = Message(said.id, person.id, said.to, desk, said.text, now)
            await here.record(here.support.say, meeting, message)
            await _tell(here, found.room, [person.id, said.to, *(_desk(found.room) if desk else ())], "message")
    except TooMany as error:
        raise Refused("support.too_many") from error


async def _move(here: House, found: Entrant, said: Moved, now: int) -> None:
    meeting, person = found.room.meeting.id, found.participant
    errand: KeptErrand | None = await here.record(here.support.find, meeting, said.id)
    if errand is None or not (serves(person, errand.need) or errand.participant == person.id):
        raise HTTPException(404)
    if errand.state is said.state:
        return  # said twice
    check_move(person, errand.participant, errand.need, errand.state, said.state)
    if not await here.record(here.support.move, meeting, errand, said.state, person.id, now):
        raise Refused("support.moved_on")
    await _tell(here, found.room, [errand.participant, *_serving(found.room, errand.need)], "moved")


def _desk(room: Room) -> list[str]:
    return [person.id for person in room.meeting.people.values() if answers(person)]


def _serving(room: Room, need: Need) -> list[str]:
    return [person.id for person in room.meeting.people.values() if serves(person, need)]


async def _tell(here: House, room: Room, people: Iterable[str], what: str) -> None:
    """Only that there is something; each device asks for what it may see."""
    await here.rooms.tell(room, [*dict.fromkeys(people)], "support", {"what": what})


async def _shown(here: House, found: Entrant) -> dict[str, Any]:
    meeting, person = found.room.meeting.id, found.participant
    served = answers(person) or person.role is Role.STAFF
    errands = await here.record(here.support.errands, meeting, None if served else person.id)
    messages = await here.record(here.support.messages, meeting, person.id, answers(person))
    return {
        "errands": [
            {"id": each.id, "participant": each.participant, "need": each.need.value, "text": each.text, "at": each.at,
             "state": each.state.value, "by": each.by, "changed_at": each.changed_at}
            for each in errands
            if each.participant == person.id or serves(person, each.need)
        ],
        "messages": [
            {"id": each.id, "from": each.sender, "to": each.recipient, "desk": each.desk, "text": each.text, "at": each.at}
            for each in messages
        ],
    }  # fmt: skip
