"""People from a table: read, shown with what is wrong, and saved all at once when confirmed."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterable, Mapping

from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from meetingroom.domain.people import ImportParticipants
from meetingroom.endpoints import protocol
from meetingroom.endpoints.context import house
from meetingroom.endpoints.errors import NotDone, sentence
from meetingroom.endpoints.forms import id_in, new_id, read_form
from meetingroom.endpoints.guards import Entrant, entrant, own_origin, require_office
from meetingroom.export import roster
from meetingroom.export.tables import MOST_BYTES, MOST_COLUMNS, MOST_ROWS, Cells, Unreadable, heading_line, read
from meetingroom.export.typeset import Missing

MOST_FORM = 4 * MOST_BYTES  # the cells come back as JSON with the confirmation


async def people(request: Request) -> Response:
    """GET: choose a file. POST: `file` shows a preview, `cells` again with other columns, `save` carries it out."""
    found = await entrant(request)
    require_office(found)
    if request.method == "GET":
        return _page(request, found)
    own_origin(request)
    form = await read_form(request, max_files=1, max_fields=20, max_part_size=MOST_FORM)
    file = form.get("file")
    if isinstance(file, UploadFile):
        return await _preview_of(request, found, await file.read(MOST_BYTES + 1))
    cells, columns = cells_in(form), columns_in(form, roster.FIELDS)
    if "save" not in form:
        return _page(request, found, cells, columns)
    return await _save(request, found, cells, columns, id_in(form))


async def _preview_of(request: Request, found: Entrant, content: bytes) -> Response:
    try:
        cells = await asyncio.to_thread(read, content)
    except Unreadable as error:
        return _page(request, found, error=found.words.text(f"import.error.{error.code}"))
    except Missing as missing:
        return _page(request, found, error=found.words.text(missing.code))
    return _page(request, found, cells, roster.guessed(cells))


async def _save(request: Request, found: Entrant, cells: Cells, columns: Mapping[str, int], key: str) -> Response:
    rows = roster.rows(cells, columns, list(found.room.meeting.people.values()))
    entries = tuple(row.entry for row in rows if not row.error)
    try:
        if entries:
            await found.room.give(found.participant.id, ImportParticipants(entries=entries), key)
    except NotDone as error:
        return _page(request, found, cells, columns, sentence(found.words, error), key)
    return RedirectResponse(f"/m/{found.room.meeting.id}/{found.participant.id}/secretariat#people", 303)


def _page(
    request: Request,
    found: Entrant,
    cells: Cells | None = None,
    columns: Mapping[str, int] | None = None,
    error: str = "",
    key: str = "",
) -> Response:
    people_now = list(found.room.meeting.people.values())
    rows = roster.rows(cells, columns or {}, people_now) if cells else []
    return house(request).templates.page(
        "import.html",
        found.words,
        422 if error else 200,
        rows=rows,
        good=sum(not row.error for row in rows),
        columns=columns or {},
        heads=cells[max(0, heading_line(cells, roster.HEADINGS))] if cells else [],
        fields=roster.FIELDS,
        cells=json.dumps(cells, ensure_ascii=False) if cells else "",
        error=error,
        id=key or new_id(),
        path=request.url.path,
    )


def cells_in(form: FormData, most: int = MOST_ROWS) -> Cells:
    """The cells of the preview; what a page of ours did not write is no request of ours."""
    try:
        cells = protocol.parsed(str(form.get("cells", "")))
    except protocol.Malformed:
        raise HTTPException(400) from None
    shaped = isinstance(cells, list) and 0 < len(cells) <= most + 1
    if not shaped or not all(isinstance(row, list) and len(row) <= MOST_COLUMNS for row in cells):
        raise HTTPException(400)
    return [[str(cell) for cell in row] for row in cells]


def columns_in(form: FormData, fields: Iterable[str]) -> dict[str, int]:
    """Field → the column chosen for it, -1: none."""
    chosen = {field: str(form.get(field, "-1")) for field in fields}
    return {field: int(text) if text.isdecimal() and len(text) < 4 else -1 for field, text in chosen.items()}
