"""The floor as a feed for conference units and cameras: one JSON object, or a stream of them as server-sent events or
over a websocket.

A unit is a participant of the kind “screen”; its personal code is its token: made, printed and replaced by the secretary
as all codes are. It can look and do nothing.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncGenerator, AsyncIterator

from starlette.exceptions import HTTPException
from starlette.requests import HTTPConnection, Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.websockets import WebSocket, WebSocketDisconnect

from meetingroom.domain.floor.outside import outside
from meetingroom.domain.messages import Role
from meetingroom.endpoints.access.attempts import Key
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


async def follow(websocket: WebSocket) -> None:
    """The same over a websocket: a message a state, and the state again when nothing has changed for a while.

    No cookie counts here and a page cannot send the header: a foreign page in somebody's browser learns nothing.
    """
    here, code = house(websocket), _code(websocket)
    try:
        room = await _room(here, websocket, code)
    except HTTPException:
        await websocket.close(4401)  # before accept: answered 403
        return
    if len(room.listeners) >= MOST:
        await websocket.close(4408)
        return
    await websocket.accept()
    leaving = asyncio.ensure_future(_gone(websocket))
    states = _states(here, room, code)
    state: bytes | None = None
    try:
        async for changed in states:
            if leaving.done():
                return
            state = changed or state
            if state:
                await websocket.send_text(state.decode())
        await websocket.close(4401)
    except WebSocketDisconnect:
        pass
    finally:
        leaving.cancel()
        await states.aclose()


async def _gone(websocket: WebSocket) -> None:
    """Whatever a unit says is read and not listened to."""
    while (await websocket.receive())["type"] != "websocket.disconnect":
        pass


def _code(request: HTTPConnection) -> str:
    """In a header: an address with a secret in it ends in logs."""
    kind, _, code = request.headers.get("authorization", "").partition(" ")
    return code.strip() if kind.lower() == "bearer" else ""


async def _room(here: House, request: HTTPConnection, code: str) -> Room:
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
    async for state in _states(here, room, code):
        yield b"event: floor\ndata: " + state + b"\n\n" if state else b": still here\n\n"


async def _states(here: House, room: Room, code: str) -> AsyncGenerator[bytes | None]:
    """The newest state whenever it is another one; None: nothing new, and the unit is still welcome.

    What changed while a slow unit read is not sent one by one.
    """
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
                yield frames.dumps(state | {"version": room.version, "now": here.rooms.clock()})
            try:
                await asyncio.wait_for(changed.wait(), QUIET)
            except TimeoutError:
                yield None
    finally:
        room.listeners.discard(changed)
