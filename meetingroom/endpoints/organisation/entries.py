"""/admin/people/…: one person or one unit of the directory, changed, retired or removed."""

from __future__ import annotations

from dataclasses import replace

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from meetingroom.domain.messages import clean
from meetingroom.endpoints.auditing import note
from meetingroom.endpoints.context import house
from meetingroom.endpoints.forms import one_of, read_form
from meetingroom.endpoints.guards import registrar, words_of
from meetingroom.endpoints.organisation.choosing import open_book
from meetingroom.endpoints.organisation.sight import sight_of
from meetingroom.export import staff
from meetingroom.storage.audit import Kind

LIST = "/admin/people"


async def person(request: Request) -> Response:
    """Meetings they were invited to keep name, office and unit as they were then."""
    actor, here = await registrar(request), house(request)
    book = await open_book(here, await sight_of(here, actor))
    shown = one_of(book.people, request.path_params["person"])
    error = ""
    if request.method == "POST":
        form = await read_form(request, max_files=0, max_fields=12)
        if form.get("do") == "remove":
            await here.record(here.directory.remove, shown.id)
            await note(request, Kind.DIRECTORY_CHANGED, actor.login, about=shown.name)
            return RedirectResponse(LIST, 303)
        fields = {field: clean(str(form.get(field, "")))[:200] for field in staff.FIELDS}
        if fields["unit"] not in book.called and (actor.scope or fields["unit"]):
            fields["unit"] = shown.unit  # one that is not there, or not of this part of the directory
        if actor.scope:
            fields["login"] = shown.login  # only administrators say whose a sign-in name is
        shown = replace(shown, **fields, retired="retired" in form)
        error = staff.lacking(fields)
        if not error and not await here.record(here.directory.change, shown):
            error = "known"
        if not error:
            await note(request, Kind.DIRECTORY_CHANGED, actor.login, about=shown.name)
            return RedirectResponse(LIST, 303)
    words = words_of(request)
    return here.templates.page(
        "admin_person.html",
        words,
        422 if error else 200,
        person=shown,
        units=[unit for unit in book.units if not unit.retired or unit.id == shown.unit],
        error=words.text(f"directory.error.{error}") if error else "",
        scope=actor.scope,
        path=request.url.path,
    )


async def unit(request: Request) -> Response:
    """Its name, the unit above it, whether it is still chosen from."""
    actor, here = await registrar(request), house(request)
    book = await open_book(here, await sight_of(here, actor))
    shown = one_of((each for each in book.units if each.id != actor.scope), request.path_params["unit"])
    error = ""
    if request.method == "POST":
        form = await read_form(request, max_files=0, max_fields=6)
        if form.get("do") == "remove":
            error = "" if await here.record(here.directory.remove_unit, shown.id) else "filled"
        else:
            name, above = (clean(str(form.get(field, "")))[:200] for field in ("name", "above"))
            if actor.scope and above not in book.called:
                above = actor.scope
            changed = name and await here.record(here.directory.change_unit, shown.id, name, above, "retired" in form)
            error = "" if changed else "unit"
        if not error:
            await note(request, Kind.DIRECTORY_CHANGED, actor.login, about=shown.name)
            return RedirectResponse(LIST, 303)
    words = words_of(request)
    return here.templates.page(
        "admin_unit.html",
        words,
        422 if error else 200,
        unit=shown,
        units=[each for each in book.units if each.id != shown.id and (not each.retired or each.id == shown.above)],
        error=words.text(f"directory.error.{error}") if error else "",
        scope=actor.scope,
        path=request.url.path,
    )
