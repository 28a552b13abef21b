"""Uploads: a PDF comes in as the raw body of a PUT, is stored, and becomes pages in the background."""

from __future__ import annotations

import asyncio
import json
import logging
import re
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from meetingroom.domain import preparing, secrecy
from meetingroom.domain.messages import Command, clean
from meetingroom.domain.papers import RevisionState
from meetingroom.domain.papers.messages import Accept, Receive, Reject
from meetingroom.domain.people import SERVER
from meetingroom.domain.preparing import Deliver
from meetingroom.domain.refusals import Refused
from meetingroom.endpoints.background import begin
from meetingroom.endpoints.context import House, house
from meetingroom.endpoints.errors import NotDone, not_done
from meetingroom.endpoints.forms import id_in
from meetingroom.endpoints.guards import entrant, own_origin, require_office
from meetingroom.endpoints.papers import describing, revising, searching
from meetingroom.live.draft import Unrecorded
from meetingroom.live.room import Room
from meetingroom.rendering import recognition
from meetingroom.rendering.office import Unconvertible, kind_of
from meetingroom.rendering.unreadable import NoSuchPage, Unreadable
from meetingroom.storage.library import Stored, Unstorable

log = logging.getLogger(__name__)

SUFFIX = re.compile(r"\.(pdf|docx|xlsx|pptx|od[tsp])$", re.IGNORECASE)
FORESIGHT = 30.0  # seconds a new revision waits for the marks of the former one
AGAIN = 1.0  # seconds between two attempts to record


async def upload(request: Request) -> Response:
    """PUT …/papers?item=&title=&file_name=&id= (a new paper), PUT …/papers/{paper}?file_name=&id= (a new revision), or
    PUT …/papers?asked=&file_name=&id= (a unit brings what was asked of it).

    `id` is the command's: a device whose answer was lost sends the file once more and is told the same again.
    """
    own_origin(request)
    found = await entrant(request)
    here, asked = house(request), request.query_params
    if not preparing.may_bring(found.room.meeting, found.participant, asked.get("asked", "")):
        require_office(found)
    file_name = clean(asked.get("file_name", ""))[-200:]
    if secrecy.is_marked_name(file_name) and not here.settings.marked_secret:
        async for _ in request.stream():  # a browser that is still sending would not read the answer
            pass
        text = found.words.text("rejected.marked_secret_name")
        return JSONResponse({"code": "marked_secret_name", "text": text}, 409)
    try:
        stored = await here.library.receive(request.stream(), lambda file: as_pdf(here, file))
        room = await here.rooms.open(found.room.meeting.id)  # a long upload may outlast an idle room
        done = await room.give(found.participant.id, _received(request, stored, file_name), id_in(asked))
    except Unstorable as error:
        text = found.words.text(f"rejected.{error.code}", **error.params)
        return JSONResponse({"code": error.code, "text": text}, 413)
    except Unconvertible as error:
        return JSONResponse({"code": error.code, "text": found.words.text(f"rejected.{error.code}")}, 415)
    except NotDone as error:
        return not_done(found.words, error)
    revision = done.made or ""
    paper = next(
        (key for key, each in room.meeting.papers.items() if revision in each.revisions),
        request.path_params.get("paper") or revision,
    )
    if done.made:  # else this was answered before the last start, and is prepared already
        prepare(here, room, paper, revision, stored.hash)
    return JSONResponse({"paper": paper, "revision": revision}, 201)


def _received(request: Request, stored: Stored, file_name: str) -> Command:
    asked = request.query_params
    if brought := asked.get("asked"):
        return Deliver(asked=brought, file=stored.hash, file_name=file_name, size=stored.size)
    return Receive(
        file=stored.hash,
        file_name=file_name,
        size=stored.size,
        paper=request.path_params.get("paper"),
        item=asked.get("item"),
        title=clean(asked.get("title", ""))[:500] or SUFFIX.sub("", file_name),
    )


async def kept(here: House, body: AsyncIterator[bytes], file_name: str) -> str:
    """A file that is no paper of the agenda, as a PDF in the library; looked at for a marking like one. Its hash.

    Raises Unstorable, Unconvertible, Unreadable.
    """
    if secrecy.is_marked_name(file_name) and not here.settings.marked_secret:
        raise Unstorable("marked_secret_name")
    stored = await here.library.receive(body, lambda file: as_pdf(here, file))
    await looked_at(here, stored.hash)
    return stored.hash


async def looked_at(here: House, file: str) -> None:
    """Raises Unreadable, where it cannot be read or is marked secret: then it is gone."""
    try:
        made = await here.renderer.prepare(file, lambda done, of: None)
        await _read_first_scans(here, file, made.pages)
    except Unreadable as unreadable:
        if unreadable.code == "marked_secret":
            await here.renderer.forget(file)
            await asyncio.to_thread(here.library.forget, file)
        raise


async def as_pdf(here: House, file: Path) -> bytes | None:
    """What is kept of an office file: the PDF that is shown; None of a PDF. Raises Unconvertible."""
    kind = await asyncio.to_thread(kind_of, file)
    return await here.office.convert(file, kind) if kind else None


def prepare(here: House, room: Room, paper: str, revision: str, file: str) -> asyncio.Task[None]:
    """Make a stored file into pages in the background; tells the consoles how far it is."""
    return begin(_prepare(here, room, paper, revision, file))


async def _prepare(here: House, room: Room, paper: str, revision: str, file: str) -> None:
    def progress(done: int, of: int) -> None:
        room.signal_console("rendering", {"revision": revision, "done": done, "of": of})

    try:
        try:
            made = await here.renderer.prepare(file, progress)
            await _read_first_scans(here, file, made.pages)
        except (Unreadable, FileNotFoundError) as error:  # a file that is gone comes back only by another upload
            unreadable = error if isinstance(error, Unreadable) else Unreadable("interrupted")
            log.info("paper rejected", extra={"meeting": room.meeting.id, "cause": unreadable.code})
            rejected = Reject(paper=paper, revision=revision, reason=unreadable.code, **unreadable.params)
            await until_recorded(room, rejected)
            if unreadable.code == "marked_secret":
                await here.renderer.forget(file)
                await asyncio.to_thread(here.library.forget, file)
        else:
            await searching.index(here, file, made.pages)
            await _foresee(here, room, paper, revision, made.pages)
            accepted = Accept(paper=paper, revision=revision, pages=made.pages, sizes=tuple(made.sizes))
            await until_recorded(room, accepted)
            begin(describing.describe(here, room, paper, revision))
    except Refused as refused:  # discarded while it was being prepared
        log.info("prepared for nothing", extra={"meeting": room.meeting.id, "cause": refused.code})
    except Exception:
        log.exception("paper not prepared", extra={"meeting": room.meeting.id})


async def _read_first_scans(here: House, file: str, pages: int) -> None:
    """A stamp on a scan has no words until they are recognised: that is done before anybody is shown the paper. Raises
    Unreadable(marked_secret); what cannot be read is left to who uploaded it, as where the program is not installed."""
    if here.settings.marked_secret or not await asyncio.to_thread(recognition.is_installed):
        return
    for page in range(1, min(pages, secrecy.PAGES) + 1):
        try:
            await here.renderer.recognise(file, page)
            words = json.loads(await here.renderer.words(file, page))["words"]
        except (Unreadable, NoSuchPage, OSError) as error:
            log.warning("scan not looked at for a marking", extra={"cause": repr(error)[:200]})
            continue
        if secrecy.is_marked_page(words):
            raise Unreadable("marked_secret", page=page)


async def _foresee(here: House, room: Room, paper: str, revision: str, pages: int) -> None:
    """Where marks will go is worth a moment's wait; it is no reason for a paper not to be there."""
    known = room.meeting.papers.get(paper)
    coming = known.revisions.get(revision) if known else None
    if coming is None:
        return
    try:
        async with asyncio.timeout(FORESIGHT):
            await revising.foresee(here, room, paper, replace(coming, pages=pages))
    except Exception:  # they are carried once the revision is read, a little later
        log.exception("marks not foreseen", extra={"meeting": room.meeting.id})


async def until_recorded(room: Room, command: Command) -> None:
    """A paper must not stay "being prepared" because the disk was full for a while. Raises Refused."""
    while True:
        try:
            await room.give(SERVER.id, command)
            return
        except Unrecorded:
            if room.is_closed:  # the server stops, and finishes this when it starts
                return
            await asyncio.sleep(AGAIN)


def finish_left_over(here: House, room: Room) -> None:
    """What was being prepared, and marks being carried, when this meeting was last open."""
    revising.carry_left_over(here, room)
    describing.describe_left_over(here, room)
    for paper in room.meeting.papers.values():
        for revision in paper.revisions.values():
            if revision.state is RevisionState.PREPARING:
                prepare(here, room, paper.id, revision.id, revision.file)
