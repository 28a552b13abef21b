"""/admin/terms: meeting types, paper kinds and issuing bodies, one a line, in the order in which they are offered."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from meetingroom.domain.messages import clean
from meetingroom.endpoints.auditing import note
from meetingroom.endpoints.context import house
from meetingroom.endpoints.forms import read_form
from meetingroom.endpoints.guards import administrator, words_of
from meetingroom.storage.audit import Kind
from meetingroom.storage.terms import Shelf

LONGEST = 200  # characters of one


async def terms(request: Request) -> Response:
    """POST: one of the lists, as it is from now on."""
    actor, here = await administrator(request), house(request)
    if request.method == "POST":
        form = await read_form(request, max_files=0, max_fields=len(Shelf))
        for shelf in Shelf:
            if shelf in form:
                names = [clean(line)[:LONGEST] for line in str(form[shelf]).splitlines()]
                await here.record(here.terms.write, shelf, names)
                await note(request, Kind.DIRECTORY_CHANGED, actor.login, about=words_of(request).text(f"terms.{shelf}"))
        return RedirectResponse("/admin/terms?saved=1", 303)
    return here.templates.page(
        "admin_terms.html",
        words_of(request),
        shelves=await here.record(here.terms.all),
        saved="saved" in request.query_params,
        path="/admin/terms",
    )
