"""Votes and proxies from a table or pasted lines: read, shown with what is wrong, and saved all at once when confirmed."""

from __future__ import annotations

import asyncio
import json

from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from meetingroom.domain.rights import ImportRights
from meetingroom.endpoints.context import house
from meetingroom.endpoints.errors import NotDone, sentence
from meetingroom.endpoints.forms import id_in, new_id, read_form
from meetingroom.endpoints.guards import Entrant, entrant, own_origin, require_office
from meetingroom.endpoints.organisation.imports import MOST_FORM, cells_in
from meetingroom.export import register
from meetingroom.export.tables import MOST_BYTES, Cells, Unreadable, read
from meetingroom.export.typeset import Missing


async def rights(request: Request) -> Response:
    """GET: choose a file or paste. POST: `file` or `lines` shows a preview, `save` with the cells carries it out."""
    found = await entrant(request)
    require_office(found)
    if request.method == "GET":
        return _page(request, found)
    own_origin(request)
    form = await read_form(request, max_files=1, max_fields=8, max_part_size=MOST_FORM)
    if "save" in form:
        return await _save(request, found, cells_in(form), id_in(form))
    file, lines = form.get("file"), str(form.get("lines", ""))
    sent = await file.read(MOST_BYTES + 1) if isinstance(file, UploadFile) and file.filename else lines.encode()
    try:
        return _page(request, found, await asyncio.to_thread(read, sent))
    except Unreadable as error:
        return _page(request, found, error=found.words.text(f"import.error.{error.code}"))
    except Missing as missing:
        return _page(request, found, error=found.words.text(missing.code))


async def _save(request: Request, found: Entrant, cells: Cells, key: str) -> Response:
    entries = tuple(row.entry for row in _rows(found, cells) if not row.error)
    try:
        if entries:
            await found.room.give(found.participant.id, ImportRights(entries=entries), key)
    except NotDone as error:
        return _page(request, found, cells, sentence(found.words, error), key)
    return RedirectResponse(f"/m/{found.room.meeting.id}/{found.participant.id}/secretariat#votes", 303)


def _rows(found: Entrant, cells: Cells) -> list[register.Row]:
    meeting = found.room.meeting
    return register.rows(cells, meeting.people.values(), meeting.rights)


def _page(request: Request, found: Entrant, cells: Cells | None = None, error: str = "", key: str = "") -> Response:
    rows = _rows(found, cells) if cells else []
    return house(request).templates.page(
        "rights_import.html",
        found.words,
        422 if error else 200,
        rows=rows,
        good=sum(not row.error for row in rows),
        cells=json.dumps(cells, ensure_ascii=False) if cells else "",
        error=error,
        id=key or new_id(),
        path=request.url.path,
    )
