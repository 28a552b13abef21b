"""Documents that leave the house: printed once with a number, sealed where that is set, and taken back signed."""

from __future__ import annotations

import asyncio
from pathlib import Path
from urllib.parse import quote

from starlette.datastructures import FormData, QueryParams
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response

from meetingroom.domain import secrecy
from meetingroom.domain.issuing import Issued, IssueDocument, Kind, TakeBackDocument, require_issuable
from meetingroom.domain.messages import clean
from meetingroom.domain.refusals import require
from meetingroom.endpoints.context import house
from meetingroom.endpoints.forms import id_in, read_form
from meetingroom.endpoints.guards import Entrant, entrant, own_origin, require_office
from meetingroom.endpoints.papers import uploads
from meetingroom.endpoints.records.minutes import legal_words
from meetingroom.endpoints.records.signing import NOT_TAKEN, not_taken, sealed, signers_in, signers_of
from meetingroom.endpoints.voting.photos import portraits
from meetingroom.export import issued
from meetingroom.export.documents import Letterhead
from meetingroom.export.results import NO_PHOTOS
from meetingroom.export.typeset import Missing, pdf
from meetingroom.rendering.unreadable import Unreadable
from meetingroom.signatures import apart
from meetingroom.storage.library import Unstorable


async def documents(request: Request) -> Response:
    """POST a form: print one. PUT: one that was made and signed elsewhere. Both say in the query or form what it is."""
    own_origin(request)
    found = await entrant(request)
    require_office(found)
    try:
        return await (_take_other(request, found) if request.method == "PUT" else _issue(request, found))
    except NOT_TAKEN as error:
        return not_taken(found.words, error)


async def document(request: Request) -> Response:
    """GET {document}.pdf: the file. PUT {document}.pdf: that file with signatures added."""
    own_origin(request)
    found = await entrant(request)
    require_office(found)
    here, key = house(request), request.path_params["document"]
    known = found.room.meeting.issuing.get(key)
    if known is None:
        raise HTTPException(404)
    path = here.library.path_of(known.file)
    if request.method == "PUT":
        return await _take_back(request, found, known, path)
    if not path.exists():
        raise HTTPException(404)
    name = quote(issued.title(found.room.meeting, legal_words(here), known)[:100].replace("/", "-"))
    headers = {
        "Content-Disposition": f"inline; filename*=UTF-8''{name}.pdf",
        "Cache-Control": "private, no-store",
    }
    return FileResponse(path, media_type="application/pdf", headers=headers)


def _said(told: FormData | QueryParams, *names: str) -> dict[str, str]:
    """No longer than a command may be."""
    return {
        name: clean(str(told.get(name, "")), name == "reason")[: 4000 if name == "reason" else 500] for name in names
    }


async def _issue(request: Request, found: Entrant) -> Response:
    here, room = house(request), found.room
    form = await read_form(request, max_files=0, max_fields=10)
    said = _said(form, "about", "number", "corrects", "reason")
    try:
        kind = Kind(str(form.get("kind", "")))
    except ValueError as error:
        raise HTTPException(400) from error
    if kind is Kind.OTHER:
        raise HTTPException(400)
    require_issuable(found.room.meeting, kind, said["about"], said["corrects"], said["reason"])
    now = here.rooms.clock()
    about, number, corrects, reason = said["about"], said["number"], said["corrects"], said["reason"]
    asked = Issued("", kind, "", now, found.participant.id, about, "", number, corrects, reason)
    photos = (await portraits(here, room.meeting)).get(asked.about, NO_PHOTOS)
    letterhead = Letterhead(here.settings.locality, now)
    made = issued.printed(room.meeting, legal_words(here), letterhead, asked, photos)
    fonts = Path(here.settings.fonts) if here.settings.fonts else None
    content = await sealed(here, await asyncio.to_thread(pdf, [made], fonts, now))
    stored = await asyncio.to_thread(here.library.keep, content)  # durable before the journal names it
    command = IssueDocument(kind=kind, file=stored.hash, about=about, number=number, corrects=corrects, reason=reason)
    done = await room.give(found.participant.id, command, id_in(form))
    return JSONResponse({"document": done.made}, 201)


async def _take_other(request: Request, found: Entrant) -> Response:
    here, asked = house(request), request.query_params
    said = _said(asked, "title", "number", "corrects", "reason")
    _require_reader()
    if secrecy.is_marked_name(said["title"]) and not here.settings.marked_secret:
        raise Unstorable("marked_secret_name")
    require(said["title"], "issuing.needs_title")
    require_issuable(found.room.meeting, Kind.OTHER, "", said["corrects"], said["reason"])
    signers: list[str] = []

    async def examine(file: Path) -> None:
        signers.extend(await signers_in(here, file))

    stored = await here.library.receive(request.stream(), examine)
    try:
        await uploads.looked_at(here, stored.hash)
    except Unreadable as error:
        raise Unstorable(error.code, **error.params) from error
    room = await here.rooms.open(found.room.meeting.id)  # a long upload may outlast an idle room
    command = IssueDocument(
        kind=Kind.OTHER,
        file=stored.hash,
        title=said["title"],
        number=said["number"],
        corrects=said["corrects"],
        reason=said["reason"],
        signers=tuple(signers),
    )
    done = await room.give(found.participant.id, command, id_in(asked))
    return JSONResponse({"document": done.made, "signers": signers}, 201)


async def _take_back(request: Request, found: Entrant, known: Issued, over: Path) -> Response:
    here, signers = house(request), list[str]()

    async def examine(file: Path) -> None:
        signers.extend(await signers_of(here, over, file))

    try:
        _require_reader()
        stored = await here.library.receive(request.stream(), examine)
        room = await here.rooms.open(found.room.meeting.id)
        command = TakeBackDocument(document=known.id, file=stored.hash, over=over.stem, signers=tuple(signers))
        await room.give(found.participant.id, command)
    except NOT_TAKEN as error:
        return not_taken(found.words, error)
    return JSONResponse({"signers": signers}, 201)


def _require_reader() -> None:
    if not apart.is_installed():
        raise Missing("signatures.not_installed")
