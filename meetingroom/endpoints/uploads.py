"""Uploads: a PDF comes in as the raw body of a PUT, is stored, and becomes pages in the background."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import replace

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from meetingroom.domain.messages import clean
from meetingroom.domain.papers import Accept, Receive, Reject, RevisionState
from meetingroom.domain.people import SERVER
from meetingroom.domain.refusals import Refused
from meetingroom.endpoints import revising
from meetingroom.endpoints.background import begin
from meetingroom.endpoints.context import House, house
from meetingroom.endpoints.errors import NotDone, not_done
from meetingroom.endpoints.forms import id_in
from meetingroom.endpoints.guards import entrant, own_origin, require_office
from meetingroom.live.room import Room
from meetingroom.rendering.unreadable import Unreadable
from meetingroom.storage.library import Unstorable

log = logging.getLogger(__name__)


async def upload(request: Request) -> Response:
    """PUT …/papers?item=&title=&file_name=&id= (a new paper) or PUT …/papers/{paper}?file_name=&id= (a new revision).

    `id` is the command's: a device whose answer was lost sends the file once more and is told the same again.
    """
    own_origin(request)
    found = await entrant(request)
    require_office(found)
    here, asked = house(request), request.query_params
    file_name = clean(asked.get("file_name", ""))[-200:]
    try:
        stored = await here.library.receive(request.stream())
        done = await found.room.give(
            found.participant.id,
            Receive(
                file=stored.hash,
                file_name=file_name,
                size=stored.size,
                paper=request.path_params.get("paper"),
                item=asked.get("item"),
                title=clean(asked.get("title", ""))[:500] or file_name.removesuffix(".pdf").removesuffix(".PDF"),
            ),
            id_in(asked),
        )
    except Unstorable as error:
        text = found.words.text(f"rejected.{error.code}", **error.params)
        return JSONResponse({"code": error.code, "text": text}, 413)
    except NotDone as error:
        return not_done(found.words, error)
    revision = done.made or ""
    paper = request.path_params.get("paper") or revision
    if done.made:  # else this was answered before the last start, and is prepared already
        prepare(here, found.room, paper, revision, stored.hash)
    return JSONResponse({"paper": paper, "revision": revision}, 201)


def prepare(here: House, room: Room, paper: str, revision: str, file: str) -> asyncio.Task[None]:
    """Make a stored file into pages in the background; tells the consoles how far it is."""
    return begin(_prepare(here, room, paper, revision, file))


async def _prepare(here: House, room: Room, paper: str, revision: str, file: str) -> None:
    def progress(done: int, of: int) -> None:
        room.signal_console("rendering", {"revision": revision, "done": done, "of": of})

    try:
        try:
            made = await here.renderer.prepare(file, progress)
        except Unreadable as unreadable:
            log.info("paper rejected", extra={"meeting": room.meeting.id, "cause": unreadable.code})
            rejected = Reject(paper=paper, revision=revision, reason=unreadable.code, **unreadable.params)
            await room.give(SERVER.id, rejected)
        else:
            await _foresee(here, room, paper, revision, made.pages)
            await room.give(
                SERVER.id, Accept(paper=paper, revision=revision, pages=made.pages, sizes=tuple(made.sizes))
            )
    except Refused as refused:  # discarded while it was being prepared
        log.info("prepared for nothing", extra={"meeting": room.meeting.id, "cause": refused.code})
    except Exception:
        log.exception("paper not prepared", extra={"meeting": room.meeting.id})


async def _foresee(here: House, room: Room, paper: str, revision: str, pages: int) -> None:
    known = room.meeting.papers.get(paper)
    coming = known.revisions.get(revision) if known else None
    if coming:
        await revising.foresee(here, room, paper, replace(coming, pages=pages))


async def finish_left_over(here: House, meetings: list[str]) -> list[asyncio.Task[None]]:
    """What was being prepared, and marks being carried, when the server last stopped; the work, for who wants to wait."""
    begun: list[asyncio.Task[None]] = []
    for key in meetings:
        room = await here.rooms.open(key)
        begun += revising.carry_left_over(here, room)
        for paper in room.meeting.papers.values():
            for revision in paper.revisions.values():
                if revision.state is RevisionState.PREPARING:
                    begun.append(prepare(here, room, paper.id, revision.id, revision.file))
    return begun
