"""/admin/people/circles/…: who belongs to a circle, in which order."""

from __future__ import annotations

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from meetingroom.domain.messages import clean
from meetingroom.endpoints.auditing import note
from meetingroom.endpoints.context import House, house
from meetingroom.endpoints.forms import one_of, read_form
from meetingroom.endpoints.guards import registrar, words_of
from meetingroom.endpoints.organisation.choosing import MOST_SHOWN, Book, open_book, sought_in
from meetingroom.endpoints.organisation.sight import sight_of
from meetingroom.storage.audit import Kind
from meetingroom.storage.circles import Circle


async def circle(request: Request) -> Response:
    """The circle's people in their order, and the directory to choose further ones from."""
    actor, here = await registrar(request), house(request)
    book = await open_book(here, await sight_of(here, actor))
    shown = one_of(book.circles, request.path_params["circle"])
    if request.method == "GET":
        return _page(request, book, shown, actor.scope)
    form = await read_form(request, max_files=0, max_fields=MOST_SHOWN + 20)
    if not await _do(here, book, shown, form):
        return _page(request, book, shown, actor.scope, words_of(request).text("directory.error.circle"))
    await note(request, Kind.DIRECTORY_CHANGED, actor.login, about=shown.name)
    gone = form.get("do") == "remove"
    return RedirectResponse("/admin/people" if gone else f"{request.url.path}?{sought_in(form).query}", 303)


async def _do(here: House, book: Book, shown: Circle, form: FormData) -> bool:
    who = str(form.get("which", ""))
    match form.get("do"):
        case "rename":
            name = clean(str(form.get("name", "")))[:200]
            return bool(name) and bool(await here.record(here.circles.rename, shown.id, name))
        case "remove":
            await here.record(here.circles.remove, shown.id)
        case "up" | "out" as way if who in shown.people:
            people = [person for person in shown.people if person != who]
            if way == "up":
                people.insert(max(0, shown.people.index(who) - 1), who)
            await here.record(here.circles.arrange, shown.id, people)
        case "all" | "chosen" as way:
            chosen = set(form.getlist("who"))
            found = (each.id for each in book.find(sought_in(form)) if way == "all" or each.id in chosen)
            await here.record(here.circles.arrange, shown.id, (*shown.people, *found))
    return True


def _page(request: Request, book: Book, shown: Circle, scope: str, error: str = "") -> Response:
    sought = sought_in(request.query_params)
    known = {person.id: person for person in book.people}
    looked = [person for person in book.find(sought) if person.id not in shown.people]
    return house(request).templates.page(
        "admin_circle.html",
        words_of(request),
        422 if error else 200,
        circle=shown,
        belonging=[known[key] for key in shown.people if key in known],
        book=book,
        sought=sought,
        looked=looked[:MOST_SHOWN],
        total=len(looked),
        there=(),
        left=len(looked),
        error=error,
        scope=scope,
        path=request.url.path,
    )
