"""Scanning at the door: whose personal code was held under the reader, so that they are marked present by one beep."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from meetingroom.endpoints.context import house
from meetingroom.endpoints.forms import read_body
from meetingroom.endpoints.guards import entrant, own_origin, require_office

LARGEST = 200  # bytes of a code or of the address it is printed as


async def scanned(request: Request) -> Response:
    """POST …/scanned with the code, or the address of the QR code, as its body → {"participant"}.

    A code of another meeting is answered as one that does not exist: nobody finds out by it who goes where.
    """
    own_origin(request)
    found = await entrant(request)
    require_office(found)
    body = await read_body(request, LARGEST)
    here, meeting = house(request), found.room.meeting
    code = body.decode("utf-8", "replace").strip().rstrip("/").rsplit("/", 1)[-1]
    invited = await here.record(here.invitations.find, code)
    if invited is None or invited[0] != meeting.id or invited[1] not in meeting.people:
        return PlainTextResponse(found.words.text("door.no_such_code"), 422)
    return JSONResponse({"participant": invited[1]}, headers={"Cache-Control": "no-store"})
