"""The archive of a closed meeting: asked for, watched while it is made, fetched."""

from __future__ import annotations

import contextlib
from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response

from meetingroom.domain.phase import Phase
from meetingroom.endpoints.context import House, house
from meetingroom.endpoints.guards import Entrant, entrant, own_origin, require_office
from meetingroom.endpoints.papers.drawings import sheets
from meetingroom.endpoints.records.minutes import legal_words
from meetingroom.endpoints.records.signing import minutes_file
from meetingroom.endpoints.voting.photos import portraits
from meetingroom.export.archive import Material
from meetingroom.export.documents import Letterhead
from meetingroom.export.typeset import Missing
from meetingroom.jobs import State


async def archive(request: Request) -> Response:
    """POST: make it; GET: how far it is, or with ?file the file itself; DELETE: stop making it.

    Chair and secretary, when the meeting is closed.
    """
    own_origin(request)
    found = await entrant(request)
    require_office(found)
    here, room = house(request), found.room
    if room.meeting.sitting.phase is not Phase.CLOSED:
        return JSONResponse({"code": "not_closed", "text": found.words.text("archive.not_closed")}, 409)
    if request.method == "POST":
        with contextlib.suppress(Missing):
            await minutes_file(here, room)  # first: it may be printed only now, and the journal says so
    place = here.archives.place(room.meeting.id, room.version)
    if request.method == "POST":
        here.archives.begin(place, lambda: _material(here, found))
    elif request.method == "DELETE":
        here.archives.cancel(place)
    elif "file" in request.query_params:
        if not place.exists():
            raise HTTPException(404)
        name = f"luu-tru-{room.meeting.id[:12]}.zip"
        headers = {"Cache-Control": "private, no-store"}
        return FileResponse(place, media_type="application/zip", filename=name, headers=headers)
    return JSONResponse(_shown(here, place), headers={"Cache-Control": "no-store"})


async def _material(here: House, found: Entrant) -> Material:
    """The meeting and its journal at one version."""
    meeting, version = found.room.meeting, found.room.version
    rows = await here.record(here.journal.rows, meeting.id)
    return Material(
        meeting=meeting,
        words=legal_words(here),
        letterhead=Letterhead(here.settings.locality, meeting.sitting.starts),
        fonts=Path(here.settings.fonts) if here.settings.fonts else None,
        journal=rows[:version],
        file_of=here.library.path_of,
        drawings=await sheets(here, meeting, legal_words(here)),
        origin=lambda content: (here.origin.key, here.origin.signature(content)),
        minutes=here.library.path_of(meeting.signing.file) if meeting.signing.file else None,
        photos=await portraits(here, meeting),
        evidence={key: here.library.path_of(each.file) for key, each in meeting.reports.items() if each.file},
        issued={key: here.library.path_of(each.file) for key, each in meeting.issuing.items()},
    )


def _shown(here: House, place: Path) -> dict[str, object]:
    if place.exists():
        return {"state": "ready", "bytes": place.stat().st_size}
    making = here.archives.making(place)
    if making is None or making.state in (State.CANCELLED, State.READY):
        return {"state": "none"}
    return {"state": "making" if making.state is State.RUNNING else "failed", "done": making.done, "of": making.of}
