"""Feedback: what somebody has to say of the program itself, from the help of the page they are on, to the administrator."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from meetingroom.domain.messages import clean
from meetingroom.domain.people import called
from meetingroom.endpoints.access.attempts import Key
from meetingroom.endpoints.auditing import note
from meetingroom.endpoints.context import house
from meetingroom.endpoints.forms import read_body
from meetingroom.endpoints.guards import entrant, own_origin
from meetingroom.storage.audit import Kind

LONGEST = 500  # characters
LARGEST = 4 * LONGEST + 100  # bytes of a request
PAGES = ("tablet", "console", "secretariat", "screen", "door", "service")


async def feedback(request: Request) -> Response:
    """POST …/feedback?page= with the text as its body. Nobody's flood fills the log: it is slowed like guessing."""
    own_origin(request)
    found = await entrant(request, staff=True)
    body = await read_body(request, LARGEST)
    text = clean(body.decode("utf-8", "replace")).strip()[:LONGEST]
    if not text:
        return PlainTextResponse(found.words.text("feedback.empty"), 422)
    if wait := house(request).attempts.begin(Key(f"feedback:{found.session}")):
        return PlainTextResponse(found.words.text("feedback.wait", n=wait), 429)
    page = request.query_params.get("page", "")
    said = f"{page if page in PAGES else '–'}: {text}"
    await note(request, Kind.FEEDBACK, called(found.participant), meeting=found.room.meeting.id, text=said)
    return Response(status_code=204)
