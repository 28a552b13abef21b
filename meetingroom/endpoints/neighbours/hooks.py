"""/admin/api/hooks: whom to tell outside the house, set by the administrator, and what became of it."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from meetingroom.domain.outward import Occasion
from meetingroom.endpoints.auditing import note
from meetingroom.endpoints.context import House, house
from meetingroom.endpoints.forms import read_form
from meetingroom.endpoints.guards import administrator, words_of
from meetingroom.storage.audit import Kind
from meetingroom.storage.hooks import usable

SHOWN = 50  # deliveries


async def hooks(request: Request) -> Response:
    """All of them, a form for a new one whose secret is shown once, and the last deliveries."""
    actor, here = await administrator(request), house(request)
    if request.method == "GET":
        return await _page(request, here)
    form = await read_form(request, max_files=0, max_fields=10)
    if form.get("do") == "remove":
        removed = await here.record(here.hooks.remove, str(form.get("hook", "")))
        if removed:
            await note(request, Kind.HOOK_REMOVED, actor.login, about=removed.url.split("?")[0])
        return RedirectResponse("/admin/api/hooks", 303)
    url = str(form.get("url", "")).strip()[:500]
    occasions = frozenset(each for each in Occasion if each.value in form)
    if not usable(url) or not occasions:
        return await _page(request, here, url=url, occasions=occasions, wrong="url" if not usable(url) else "occasions")
    made = await here.record(here.hooks.make, url, occasions, actor.login)
    await note(request, Kind.HOOK_MADE, actor.login, about=url.split("?")[0], text=" ".join(sorted(occasions)))
    return await _page(request, here, secret=here.hooks.shown_secret(made.id))


async def _page(
    request: Request,
    here: House,
    *,
    secret: str = "",
    url: str = "",
    occasions: frozenset[Occasion] = frozenset(),
    wrong: str = "",
) -> Response:
    words = words_of(request)
    listed, lately = await here.record(here.hooks.all), await here.record(here.hooks.lately, SHOWN)
    return here.templates.page(
        "admin_hooks.html",
        words,
        422 if wrong else 200,
        hooks=listed,
        urls={hook.id: hook.url for hook in listed},
        lately=lately,
        titles=await here.record(here.meetings.called, {each.meeting for each in lately}),
        all_occasions=list(Occasion),
        occasions=occasions or frozenset(Occasion),
        secret=secret,
        url=url,
        wrong=wrong,
        error=words.text(f"admin.hooks.error.{wrong}") if wrong else "",
        path="/admin/api/hooks",
    )
