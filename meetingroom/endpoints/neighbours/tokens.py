"""/admin/api: tokens for neighbouring systems, made and revoked by the administrator."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from meetingroom.domain.messages import clean
from meetingroom.endpoints.auditing import note
from meetingroom.endpoints.context import House, house
from meetingroom.endpoints.forms import read_form
from meetingroom.endpoints.guards import administrator, words_of
from meetingroom.endpoints.neighbours import openapi
from meetingroom.storage.audit import Kind
from meetingroom.storage.tokens import Scope


async def tokens(request: Request) -> Response:
    """All tokens, and a form for a new one, whose secret is in this one answer and never again."""
    actor, here = await administrator(request), house(request)
    if request.method == "GET":
        return await _page(request, here)
    form = await read_form(request, max_files=0, max_fields=10)
    if form.get("do") == "revoke":
        revoked = await here.record(here.tokens.revoke, str(form.get("token", "")))
        if revoked:
            await note(request, Kind.TOKEN_REVOKED, actor.login, about=revoked.name)
        return RedirectResponse("/admin/api", 303)
    name = clean(str(form.get("name", "")))[:100]
    scopes = frozenset(scope for scope in Scope if scope.value in form)
    if not name or not scopes:
        return await _page(request, here, name=name, scopes=scopes, wrong="name" if not name else "scopes")
    unit = str(form.get("unit", ""))
    unit = unit if unit in {each.id for each in await here.record(here.directory.units)} else ""
    token, secret = await here.record(here.tokens.make, name, scopes, actor.login, unit)
    await note(request, Kind.TOKEN_MADE, actor.login, about=token.name, text=" ".join(sorted(scopes)))
    return await _page(request, here, secret=secret)


async def _page(
    request: Request,
    here: House,
    *,
    secret: str = "",
    name: str = "",
    scopes: frozenset[Scope] = frozenset(),
    wrong: str = "",
) -> Response:
    words = words_of(request)
    return here.templates.page(
        "admin_api.html",
        words,
        422 if wrong else 200,
        tokens=await here.record(here.tokens.all),
        units=await here.record(here.directory.units),
        all_scopes=list(Scope),
        secret=secret,
        called=name,
        scopes=scopes or {Scope.MEETINGS},
        wrong=wrong,
        error=words.text(f"admin.api.error.{wrong}") if wrong else "",
        asked=[(path, each["get"]) for path, each in openapi.PATHS.items()],
        base=str(request.base_url).rstrip("/"),
        path="/admin/api",
    )
