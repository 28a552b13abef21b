"""The floor as a feed for conference units and cameras: one JSON object, or a stream of them as server-sent events.

A unit is a participant of the kind “screen”; its personal code is its token: made, printed and replaced by the secretary
as all codes are. It can look and do nothing.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse

from meetingroom.domain.floor.outside import outside
from meetingroom.domain.messages import Role
from meetingroom.endpoints.attempts import Key
from meetingroom.endpoints.auditing import address_of
from meetingroom.endpoints.context import House, house
from meetingroom.live import frames
from meetingroom.live.room import Room

QUIET = 5.0  # seconds after which a comment says that the line is alive
MOST = 20  # units of a meeting


async def floor(request: Request) -> Response:
    """GET /feed/floor, `Authorization: Bearer CODE`. With `Accept: text/event-stream` it goes on until the unit leaves."""
    here, code = house(request), _code(request)
    room = await _room(here, request, code)
    if "text/event-stream" not in request.headers.get("accept", ""):
        now = {"version": room.version, "now": here.rooms.clock()}
        return JSONResponse(outside(room.meeting) | now, headers={"Cache-Control": "no-store"})
    if len(room.listeners) >= MOST:
        raise HTTPException(503)
    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    return StreamingResponse(_stream(here, room, code), media_type="text/event-stream", headers=headers)


def _code(request: Request) -> str:
    """In a header: an address with a secret in it ends in logs."""
    kind, _, code = request.headers.get("authorization", "").partition(" ")
    return code.strip() if kind.lower() == "bearer" else ""


async def _room(here: House, request: Request, code: str) -> Room:
    """The meeting of a code of a unit. 401 for any other, and slower after failures, as where people type their codes."""
    address = Key(f"address:{address_of(request)}", free=20)
    if wait := here.attempts.begin(address):
        raise HTTPException(429, headers={"Retry-After": str(wait)})
    found = await _find(here, code)
    if found is None:
        raise HTTPException(401, headers={"WWW-Authenticate": "Bearer"})
    here.attempts.succeeded(address)
    return found


async def _find(here: House, code: str) -> Room | None:
    found = await here.record(here.invitations.find, code) if code else None
    if found is None:
        return None
    meeting, participant = found
    room = await here.rooms.open(meeting)
    person = room.meeting.people.get(participant)
    return room if person is not None and person.role is Role.SCREEN else None


async def _stream(here: House, room: Room, code: str) -> AsyncIterator[bytes]:
    """The newest state whenever it is another one; what changed while a slow unit read is not sent one by one."""
    changed = asyncio.Event()
    room.listeners.add(changed)
    shown: object = None
    checked = time.monotonic()
    try:
        while not room.is_closed:
            if time.monotonic() - checked >= QUIET:
                if await _find(here, code) is not room:  # the code was replaced: whoever holds the old one is out
                    return
                checked = time.monotonic()
            changed.clear()
            state = outside(room.meeting)
            if state != shown:
                shown = state
                data = frames.dumps(state | {"version": room.version, "now": here.rooms.clock()})
                yield b"event: floor\ndata: " + data + b"\n\n"
            try:
                await asyncio.wait_for(changed.wait(), QUIET)
            except TimeoutError:
                yield b": still here\n\n"
    finally:
        room.listeners.discard(changed)
