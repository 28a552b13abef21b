"""What somebody takes along from a meeting: their own marks, in a copy of a paper or as a list to print. Nobody else's."""

from __future__ import annotations

import asyncio
import json
import logging
from pathlib import Path
from urllib.parse import quote

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from meetingroom.domain import marks, papers
from meetingroom.domain.marks import Mark
from meetingroom.domain.papers import Paper, Revision
from meetingroom.domain.people import called
from meetingroom.endpoints.context import House, house
from meetingroom.endpoints.guards import Entrant
from meetingroom.endpoints.papers.images import NEVER, readable
from meetingroom.endpoints.papers.marks import marking
from meetingroom.export.notelist import SHOWN, Noted, lines, note_list
from meetingroom.export.typeset import Missing, notes_to_pdf
from meetingroom.rendering.unreadable import Unreadable
from meetingroom.storage.marks import Owner

log = logging.getLogger(__name__)

_one = asyncio.Semaphore(1)  # a copy of a long paper is heavy, and the meeting goes first


async def marked(request: Request) -> Response:
    """…/marked/{revision}: the PDF with one's own marks as annotations; none of a paper that may stay on no device."""
    found = await marking(request)
    paper, revision = readable(found, request.path_params["revision"])
    if not paper.stays:
        raise HTTPException(404)
    here, owner = house(request), Owner(found.room.meeting.id, found.participant.id)
    kept = await here.record(here.marks.of_paper, owner, paper.id)
    shown = [mark for mark in kept if mark.kind in SHOWN]
    author = called(found.participant)
    try:
        async with _one:
            former = await _former(found, here, paper, revision, shown) if revision.id == paper.current else []
            content = await here.renderer.annotated(revision.file, _written(shown, revision.id), author, former)
    except Unreadable as error:
        raise HTTPException(404) from error
    name = quote(f"{paper.title[:80]}.pdf".replace("/", "-"))
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{name}", "Cache-Control": NEVER}
    return Response(content, media_type="application/pdf", headers=headers)


async def _former(found: Entrant, here: House, paper: Paper, current: Revision, kept: list[Mark]) -> list[bytes]:
    """The old pages of marks that have lost their passage: they are in nobody's way there, and not missing either."""
    taken = []
    for revision in paper.revisions.values():
        if revision.id == current.id or not any(mark.revision == revision.id for mark in kept):
            continue
        heading = found.words.text("taking.former", number=revision.number, page="{page}")
        written = _written(kept, revision.id)
        try:
            taken.append(await here.renderer.excerpt(revision.file, written, called(found.participant), heading))
        except Unreadable as error:
            log.warning("old pages left out", extra={"cause": error.code})
    return taken


def _written(kept: list[Mark], revision: str) -> bytes:
    return json.dumps([marks.write(mark) for mark in kept if mark.revision == revision]).encode()


async def notes(request: Request) -> Response:
    """…/notes: a list of one's own notes in all papers one may read now, to print."""
    found = await marking(request)
    page = house(request).templates.page(
        "notes.html",
        found.words,
        title=found.room.meeting.sitting.title,
        person=called(found.participant),
        noted=await _noted(request, found),
        path=request.url.path,
    )
    page.headers["Cache-Control"] = NEVER
    return page


async def notes_pdf(request: Request) -> Response:
    """…/notes.pdf: the same list, to keep."""
    found = await marking(request)
    here, sitting = house(request), found.room.meeting.sitting
    made = note_list(await _noted(request, found), sitting.title, called(found.participant), found.words)
    fonts = Path(here.settings.fonts) if here.settings.fonts else None
    try:
        content = await asyncio.to_thread(notes_to_pdf, made, fonts, sitting.starts)
    except Missing as missing:
        return here.templates.page("error.html", found.words, 501, key=missing.code, path="/")
    headers = {"Content-Disposition": "inline; filename*=UTF-8''ghi-chu.pdf", "Cache-Control": NEVER}
    return Response(content, media_type="application/pdf", headers=headers)


async def _noted(request: Request, found: Entrant) -> list[Noted]:
    here, meeting = house(request), found.room.meeting
    owner = Owner(meeting.id, found.participant.id)
    noted = []
    for paper in meeting.papers.values():
        if papers.may_read(meeting, found.participant, paper):
            kept = await here.record(here.marks.of_paper, owner, paper.id)
            if listed := lines(kept, paper.current):
                noted.append(Noted(paper.title, listed))
    return noted
