"""Photographs on ballots: PUT …/photos/{vote}/{option} by the office, GET by whoever may see the vote."""

from __future__ import annotations

import asyncio
import contextlib
import tempfile
from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from meetingroom.domain.audience import audience_of
from meetingroom.domain.meeting import Meeting
from meetingroom.domain.phase import Phase
from meetingroom.domain.voting import ShowPhoto, Vote
from meetingroom.domain.voting.showing import may_see
from meetingroom.endpoints.context import House, house
from meetingroom.endpoints.errors import NotDone, not_done
from meetingroom.endpoints.forms import TooLarge, parts
from meetingroom.endpoints.guards import Entrant, entrant, own_origin, require_office
from meetingroom.rendering.unreadable import Unreadable

MOST = 10 * 2**20  # bytes: what a telephone makes


async def put(request: Request) -> Response:
    """What is kept is made anew in a worker process; the file that was sent is gone when this returns."""
    own_origin(request)
    found = await entrant(request)
    require_office(found)
    here, path = house(request), request.path_params
    try:
        with tempfile.NamedTemporaryFile(prefix="photo-") as sent:
            async for part in parts(request, MOST):
                sent.write(part)
            sent.flush()
            made = await here.renderer.portrait(Path(sent.name))
        stored = await asyncio.to_thread(here.library.keep, made)
        shown = ShowPhoto(vote=path["vote"], option=path["option"], file=stored.hash)
        await found.room.give(found.participant.id, shown)
    except TooLarge:
        text = found.words.text("rejected.too_large", most=MOST // 2**20)
        return JSONResponse({"code": "too_large", "text": text}, 413)
    except Unreadable as error:
        text = found.words.text(f"rejected.{error.code}", **error.params)
        return JSONResponse({"code": error.code, "text": text}, 415)
    except NotDone as error:
        return not_done(found.words, error)
    return Response(status_code=204)


async def photo(request: Request) -> Response:
    """A browser may keep it and asks each time whether it may still show it."""
    found = await entrant(request)
    file = _file(found, request.path_params["vote"], request.path_params["option"])
    headers = {"ETag": f'"{file[:32]}"', "Cache-Control": "private, no-cache"}
    if request.headers.get("if-none-match") == headers["ETag"]:
        return Response(status_code=304, headers=headers)
    try:
        body = await asyncio.to_thread(house(request).library.path_of(file).read_bytes)
    except FileNotFoundError as error:
        raise HTTPException(404) from error
    return Response(body, media_type="image/jpeg", headers=headers)


async def faces(here: House, vote: Vote) -> dict[str, bytes]:
    """The photographs of a vote for what is printed of it; one that is missing leaves the name."""
    made = {}
    for option, photo in vote.photos.items():
        with contextlib.suppress(FileNotFoundError):
            made[option] = await asyncio.to_thread(here.library.path_of(photo.file).read_bytes)
    return made


async def portraits(here: House, meeting: Meeting) -> dict[str, dict[str, bytes]]:
    """The photographs of all votes that have some."""
    return {vote.id: await faces(here, vote) for vote in meeting.voting.values() if vote.photos}


def _file(found: Entrant, vote: str, option: str) -> str:
    """The hash of the photograph, if this person may see the vote; else it does not exist."""
    meeting, audience = found.room.meeting, audience_of(found.participant)
    known = meeting.voting.get(vote)
    hidden = meeting.sitting.phase is Phase.DRAFT and not audience.is_office
    if known is None or hidden or option not in known.photos or not may_see(known, audience):
        raise HTTPException(404)
    return known.photos[option].file
