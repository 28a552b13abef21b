"""Page images, words and outlines. Whether this person may read this paper now is asked of the room at every request."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from meetingroom.domain import papers
from meetingroom.domain.papers import Paper, Revision, RevisionState
from meetingroom.endpoints.context import house
from meetingroom.endpoints.guards import Entrant, entrant
from meetingroom.rendering.unreadable import NoSuchPage, Unreadable

# The browser keeps the image and asks each time whether it may still show it: a withdrawn paper answers 404 at once.
CACHE = "private, no-cache"


async def image(request: Request) -> Response:
    """…/pages/{revision}/{page}/{width}"""
    found = await entrant(request)
    file, page = _readable(found, request), request.path_params["page"]
    try:
        made = await house(request).renderer.image(file, page, request.path_params["width"])
    except (NoSuchPage, Unreadable) as error:
        raise HTTPException(404) from error
    headers = {"ETag": made.etag, "Cache-Control": CACHE}
    if request.headers.get("if-none-match") == made.etag:
        return Response(status_code=304, headers=headers)
    return Response(made.body, media_type=made.media_type, headers=headers)


async def words(request: Request) -> Response:
    """…/words/{revision}/{page}: the words of a page with their boxes, and its links, in points."""
    found = await entrant(request)
    try:
        body = await house(request).renderer.words(_readable(found, request), request.path_params["page"])
    except (NoSuchPage, Unreadable) as error:
        raise HTTPException(404) from error
    return Response(body, media_type="application/json", headers={"Cache-Control": CACHE})


async def outline(request: Request) -> Response:
    """…/outline/{revision}: [[level, "title", page, points from its top], …]."""
    found = await entrant(request)
    try:
        body = await house(request).renderer.outline(_readable(found, request))
    except Unreadable as error:
        raise HTTPException(404) from error
    return Response(body, media_type="application/json", headers={"Cache-Control": CACHE})


def _readable(found: Entrant, request: Request) -> str:
    """The file of the revision asked for."""
    return readable(found, request.path_params["revision"])[1].file


def readable(found: Entrant, wanted: str) -> tuple[Paper, Revision]:
    """The revision and its paper, if this person may read it now; else 404, as if it did not exist."""
    meeting = found.room.meeting
    for paper in meeting.papers.values():
        revision = paper.revisions.get(wanted)
        if revision and revision.state is RevisionState.READY and papers.may_read(meeting, found.participant, paper):
            return paper, revision
    raise HTTPException(404)
