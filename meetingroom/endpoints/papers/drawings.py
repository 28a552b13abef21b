"""What was drawn for the room and is kept with the minutes: kept by chair or secretary, read as a PDF of its page."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from meetingroom.domain import marks
from meetingroom.domain.drawings import Drawing, Keep
from meetingroom.domain.marks import LONGEST_STROKE, TENTHS, Kind, Mark
from meetingroom.domain.meeting import Meeting
from meetingroom.domain.refusals import Refused
from meetingroom.endpoints.context import House, house
from meetingroom.endpoints.errors import NotDone, not_done
from meetingroom.endpoints.guards import entrant, own_origin, require_office
from meetingroom.endpoints.papers.images import NEVER
from meetingroom.rendering.unreadable import Unreadable
from meetingroom.words import Words

log = logging.getLogger(__name__)

WIDTH = 2.4  # points, as in web/css/presenting.css


async def keep(request: Request) -> Response:
    """POST: the ink on the page the room looks at, as this server has it now."""
    own_origin(request)
    found = await entrant(request)
    require_office(found)
    room = found.room
    stage, strokes = room.meeting.stage, room.spotlight.drawn()
    paper = room.meeting.papers.get(stage.paper or "")
    try:
        if paper is None or not strokes:
            raise Refused("drawings.nothing")
        command = Keep(paper=paper.id, revision=paper.current or "", page=stage.page, strokes=strokes)
        await room.give(found.participant.id, command)
    except NotDone as error:
        return not_done(found.words, error)
    return JSONResponse({"done": True})


async def drawing(request: Request) -> Response:
    """The page with what was drawn on it. Chair and secretary."""
    found = await entrant(request)
    require_office(found)
    kept = found.room.meeting.drawings.get(request.path_params["drawing"])
    if kept is None or kept.paper not in found.room.meeting.papers:
        raise HTTPException(404)
    try:
        content = await _sheet(house(request), found.room.meeting, kept, found.words)
    except Unreadable as error:
        raise HTTPException(404) from error
    return Response(content, media_type="application/pdf", headers={"Cache-Control": NEVER})


async def sheets(here: House, meeting: Meeting, words: Words) -> Mapping[str, bytes]:
    """All that was kept, by the names they have in an archive."""
    made: dict[str, bytes] = {}
    for number, kept in enumerate(meeting.drawings.values(), start=1):
        if kept.paper not in meeting.papers:
            continue
        try:
            made[f"van-ban/net-ve-{number:02d}.pdf"] = await _sheet(here, meeting, kept, words)
        except (Unreadable, OSError) as error:  # the rest is archived all the same
            log.warning("drawing left out of the archive", extra={"meeting": meeting.id, "cause": repr(error)[:200]})
    return made


async def _sheet(here: House, meeting: Meeting, kept: Drawing, words: Words) -> bytes:
    paper = meeting.papers[kept.paper]
    heading = words.text("drawings.heading", title=paper.title[:120], page=kept.page)
    written = json.dumps([marks.write(mark) for mark in _marks(kept)]).encode()
    return await here.renderer.excerpt(paper.revisions[kept.revision].file, written, "", heading)


def _marks(kept: Drawing) -> list[Mark]:
    """As strokes of a pen; one longer than those may be goes on in the next."""
    found: list[Mark] = []
    for colour, numbers in kept.strokes:
        for start in range(0, len(numbers), 2 * LONGEST_STROKE):
            points = _points(numbers[max(0, start - 2) : start + 2 * LONGEST_STROKE - 2 * bool(start)])
            body = {"colour": colour, "width": WIDTH, "points": points}
            found.append(Mark(f"s{len(found)}", kept.paper, kept.revision, kept.page, Kind.INK, body, 0))
    return found


def _points(numbers: tuple[float, ...]) -> list[int]:
    found: list[int] = []
    x = y = 0
    for place in range(0, len(numbers) - 1, 2):
        right, down = round(numbers[place] * TENTHS), round(numbers[place + 1] * TENTHS)
        found += [right - x, down - y, 50]
        x, y = right, down
    return found
