"""/admin/archives: meetings of other servers, taken in from their archives to be read here; nobody changes them any more."""

from __future__ import annotations

import asyncio
import secrets
from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from meetingroom.domain.messages import OFFICE
from meetingroom.endpoints.access import devices
from meetingroom.endpoints.auditing import note
from meetingroom.endpoints.context import House, house
from meetingroom.endpoints.forms import TooLarge, parts, read_form
from meetingroom.endpoints.guards import administrator, own_origin, session_of, words_of
from meetingroom.endpoints.pages import home_page
from meetingroom.export.admission import Admitted, Inadmissible, admitted, unpack
from meetingroom.storage.audit import Kind
from meetingroom.storage.journal import Conflict, Summary

MOST = 4 << 30  # bytes of an archive


async def archives(request: Request) -> Response:
    """GET: those that were taken in. PUT: an archive as it is. POST: sit in one as its secretary, to read it."""
    account, here = await administrator(request), house(request)
    if request.method == "PUT":
        return await _take_in(request, here, account.login)
    if request.method == "POST":
        return await _enter(request, here, account.login)
    listed = await here.record(here.meetings.foreign)
    return here.templates.page(
        "admin_archives.html", words_of(request), listed=listed, key=here.origin.key, path="/admin/archives"
    )


async def _take_in(request: Request, here: House, actor: str) -> Response:
    own_origin(request)
    words = words_of(request)
    coming = here.settings.data / "archives" / f"{secrets.token_hex(16)}.foreign"
    coming.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        await receive(request, coming)
        found = await asyncio.to_thread(admitted, coming)
        if await request.is_disconnected():  # stopped by who sent it: nothing is taken in behind their back
            raise HTTPException(400)
        # Until the last of it is removed, what has its name goes with it: also what would be taken in meanwhile.
        if any(gone.meeting == found.meeting.id for gone in await here.record(here.erasures.unfinished)):
            raise Inadmissible("erasing")
        await asyncio.to_thread(_keep_files, here, coming, found)
        sitting = found.meeting.sitting
        summary = Summary(
            found.meeting.id, sitting.title, sitting.starts, sitting.listed, sitting.room, sitting.ends, sitting.kind
        )
        await here.record(here.journal.adopt, found.rows, summary)
    except ClientDisconnect as gone:  # stopped by who sent it
        raise HTTPException(400) from gone
    except Inadmissible as refused:
        return JSONResponse(
            {"code": refused.code, "text": words.text(f"admission.{refused.code}", **refused.params)}, 422
        )
    except Conflict:
        return JSONResponse({"code": "known", "text": words.text("admission.known")}, 409)
    finally:
        coming.unlink(missing_ok=True)
    about = f"{found.meeting.sitting.title[:300]} · {found.key or words.text('admission.unsigned')}"
    await note(request, Kind.ARCHIVE_TAKEN, actor, about=about, meeting=found.meeting.id)
    return JSONResponse({"meeting": found.meeting.id, "key": found.key}, 201)


async def receive(request: Request, into: Path) -> None:
    """An archive as it comes. Raises Inadmissible."""
    with into.open("wb") as file:
        try:
            async for part in parts(request, MOST):
                await asyncio.to_thread(file.write, part)
        except TooLarge:
            raise Inadmissible("too_large") from None


def _keep_files(here: House, archive: Path, found: Admitted) -> None:
    """Before the journal that names them; what is left of an import that ends here harms nobody.

    Those that are there too: they are new again, and whoever erases the meeting they came with leaves them.
    """
    for name in found.files.values():
        here.library.keep_parts(unpack(archive, name))


async def _enter(request: Request, here: House, actor: str) -> Response:
    form = await read_form(request, max_files=0, max_fields=4)
    key = str(form.get("meeting", ""))
    session = await session_of(request)
    if session is None or key not in {each.id for each in await here.record(here.meetings.foreign)}:
        raise HTTPException(404)
    people = (await here.rooms.open(key)).meeting.people.values()
    person = next((each for each in people if each.role in OFFICE), None)
    if person is None:
        raise HTTPException(404)
    await here.record(here.sessions.grant, session.id, key, person.id, False)
    await devices.arrived(request, (key, person.id), session.id, "")
    await note(request, Kind.CODE_USED, actor, meeting=key, about=person.name or person.office)
    return RedirectResponse(f"/m/{key}/{person.id}/{home_page(person.role)}", 303)
