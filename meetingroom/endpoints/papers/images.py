"""Page images, words and outlines. Whether this person may read this paper now is asked of the room at every request."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.requests import HTTPConnection, Request
from starlette.responses import Response

from meetingroom.domain import papers
from meetingroom.domain.meeting import Meeting
from meetingroom.domain.papers import Paper, Revision, RevisionState
from meetingroom.domain.people import Participant
from meetingroom.endpoints.context import House, house
from meetingroom.endpoints.guards import Entrant, entrant, inside_at_once
from meetingroom.endpoints.handshake import Pairs
from meetingroom.rendering.memory import PageImage
from meetingroom.rendering.tiles import Tile
from meetingroom.rendering.unreadable import NoSuchPage, Unreadable

# The browser keeps the image and asks each time whether it may still show it: a withdrawn paper answers 404 at once.
CACHE = "private, no-cache"
NEVER = "no-store"  # of a paper that is not to be kept, a device keeps nothing


async def image(request: Request) -> Response:
    """…/pages/{revision}/{page}/{width}"""
    found = await entrant(request)
    paper, revision = readable(found, request.path_params["revision"])
    page, width = request.path_params["page"], request.path_params["width"]
    renderer = house(request).renderer
    try:
        if paper.watermarked:
            made = await renderer.watermarked(revision.file, page, width, _signature(request, found))
        else:
            made = await renderer.image(revision.file, page, width)
    except (NoSuchPage, Unreadable) as error:
        raise HTTPException(404) from error
    return _sent(made, paper, request)


def image_at_once(connection: HTTPConnection, home: House) -> tuple[Pairs, bytes] | None:
    """Headers and body of a page that is in memory, for somebody who may read it now; None: ask `image`, whatever it is."""
    inside, asked = inside_at_once(connection, home), connection.path_params
    if inside is None or b"if-none-match" in dict(connection.scope["headers"]):
        return None
    room, person = inside
    may = _may_read(room.meeting, person, asked["revision"])
    if may is None:
        return None
    paper, revision = may
    made = home.renderer.in_memory(revision.file, asked["page"], asked["width"])
    if made is None or paper.watermarked or not paper.stays:
        return None
    headers = (
        (b"content-type", made.media_type.encode()),
        (b"content-length", str(len(made.body)).encode()),
        (b"etag", made.etag.encode()),
        (b"cache-control", CACHE.encode()),
    )
    return headers, made.body


async def tile(request: Request) -> Response:
    """…/tiles/{revision}/{page}/{width}/{column}/{row}: a square of a page drawn wider than its widest image.

    A part of a page could be cut so that it shows no watermark: there are none of a paper that has one.
    """
    found = await entrant(request)
    paper, revision = readable(found, request.path_params["revision"])
    page, width, column, row = (request.path_params[name] for name in ("page", "width", "column", "row"))
    if paper.watermarked:
        raise HTTPException(404)
    try:
        made = await house(request).renderer.tile(revision.file, page, Tile(width, column, row))
    except (NoSuchPage, Unreadable) as error:
        raise HTTPException(404) from error
    return _sent(made, paper, request)


def _sent(made: PageImage, paper: Paper, request: Request) -> Response:
    if not paper.stays:
        return Response(made.body, media_type=made.media_type, headers={"Cache-Control": NEVER})
    headers = {"ETag": made.etag, "Cache-Control": CACHE}
    if request.headers.get("if-none-match") == made.etag:
        return Response(status_code=304, headers=headers)
    return Response(made.body, media_type=made.media_type, headers=headers)


def _signature(request: Request, found: Entrant) -> str:
    """Who reads it, and when."""
    person = found.participant
    who = ", ".join(part for part in (person.name or person.office, person.unit) if part)
    return f"{who} · {found.words.short_moment(house(request).rooms.clock())}"


async def words(request: Request) -> Response:
    """…/words/{revision}/{page}: the words of a page with their boxes, and its links, in points."""
    paper, revision = readable(await entrant(request), request.path_params["revision"])
    try:
        body = await house(request).renderer.words(revision.file, request.path_params["page"])
    except (NoSuchPage, Unreadable) as error:
        raise HTTPException(404) from error
    return Response(body, media_type="application/json", headers={"Cache-Control": CACHE if paper.stays else NEVER})


async def outline(request: Request) -> Response:
    """…/outline/{revision}: [[level, "title", page, points from its top], …]."""
    paper, revision = readable(await entrant(request), request.path_params["revision"])
    try:
        body = await house(request).renderer.outline(revision.file)
    except Unreadable as error:
        raise HTTPException(404) from error
    return Response(body, media_type="application/json", headers={"Cache-Control": CACHE if paper.stays else NEVER})


def readable(found: Entrant, wanted: str) -> tuple[Paper, Revision]:
    """The revision and its paper, if this person may read it now; else 404, as if it did not exist."""
    may = _may_read(found.room.meeting, found.participant, wanted)
    if may is None:
        raise HTTPException(404)
    return may


def _may_read(meeting: Meeting, person: Participant, wanted: str) -> tuple[Paper, Revision] | None:
    for paper in meeting.papers.values():
        revision = paper.revisions.get(wanted)
        if revision and revision.state is RevisionState.READY and papers.may_look(meeting, person, paper):
            return paper, revision
    return None
