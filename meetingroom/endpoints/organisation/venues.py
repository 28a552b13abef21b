"""/admin/rooms: the rooms of the organisation, and how their seats stand."""

from __future__ import annotations

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from meetingroom.domain.messages import clean
from meetingroom.domain.separation import Thing
from meetingroom.domain.shapes import DEPTH, MOST_SEATS, WIDTH, Shape, spots
from meetingroom.endpoints.auditing import note
from meetingroom.endpoints.context import House, house
from meetingroom.endpoints.forms import one_of, read_form
from meetingroom.endpoints.guards import registrar, words_of
from meetingroom.endpoints.organisation.sight import sight_of
from meetingroom.storage.accounts import Account
from meetingroom.storage.audit import Kind
from meetingroom.storage.venues import Venue

LIST = "/admin/rooms"


async def venues(request: Request) -> Response:
    """The rooms one keeps; one is added."""
    actor, here = await registrar(request), house(request)
    words, status, fields = words_of(request), 200, {"name": "", "place": ""}
    if request.method == "POST":
        form = await read_form(request, max_files=0, max_fields=4)
        fields = {name: clean(str(form.get(name, "")))[:200] for name in fields}
        made = (
            await here.record(here.venues.add, fields["name"], fields["place"], actor.scope) if fields["name"] else None
        )
        if made:
            await note(request, Kind.DIRECTORY_CHANGED, actor.login, about=made.name)
            return RedirectResponse(f"{LIST}/{made.id}", 303)
        status = 422
    return here.templates.page(
        "admin_venues.html",
        words,
        status,
        venues=await _kept(here, actor),
        scope=actor.scope,
        fields=fields,
        error=words.text("venue.error.name") if status != 200 else "",
        path=LIST,
    )


async def venue(request: Request) -> Response:
    """Its name and place, and its plan from a shape and a few numbers."""
    actor, here = await registrar(request), house(request)
    shown = one_of(await _kept(here, actor), request.path_params["venue"])
    wrong = ""
    if request.method == "POST":
        form = await read_form(request, max_files=0, max_fields=8)
        wrong = await _do(here, shown, form)
        if not wrong:
            await note(request, Kind.DIRECTORY_CHANGED, actor.login, about=shown.name)
            return RedirectResponse(LIST if form.get("do") == "remove" else request.url.path, 303)
    words = words_of(request)
    return here.templates.page(
        "admin_venue.html",
        words,
        422 if wrong else 200,
        venue=shown,
        scope=actor.scope,
        shapes=list(Shape),
        size=(WIDTH, DEPTH),
        error=words.text(f"venue.error.{wrong}") if wrong else "",
        path=request.url.path,
    )


async def _kept(here: House, actor: Account) -> list[Venue]:
    sight = await sight_of(here, actor)
    return [venue for venue in await here.record(here.venues.all) if sight.sees(Thing.PEOPLE, venue.unit)]


async def _do(here: House, shown: Venue, form: FormData) -> str:
    """What was wrong, or empty."""
    match form.get("do"):
        case "remove":
            await here.record(here.venues.remove, shown.id)
            return ""
        case "plan":
            if str(form.get("shape")) not in list(Shape):
                return "plan"
            shape = Shape(str(form.get("shape")))
            head, rows, columns = (_number(form, name) for name in ("head", "rows", "columns"))
            found = spots(shape, head, rows, columns)
            if not 0 < len(found) <= MOST_SEATS:
                return "plan"
            wide = max(2, len(str(len(found))))
            places = tuple((f"{number:0{wide}d}", x, y) for number, (x, y) in enumerate(found, start=1))
            await here.record(here.venues.arrange, shown.id, shape, places)
            return ""
        case _:
            name, place = (clean(str(form.get(field, "")))[:200] for field in ("name", "place"))
            changed = name and await here.record(here.venues.change, shown.id, name, place)
            return "" if changed else "name"


def _number(form: FormData, name: str) -> int:
    text = str(form.get(name, ""))
    return min(120, int(text)) if text.isdecimal() and len(text) < 4 else 0
