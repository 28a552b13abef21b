"""Accounts as administrators see to them: made, locked, given another role or a new password."""

from __future__ import annotations

import secrets

from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from meetingroom.domain.messages import clean
from meetingroom.domain.separation import Office
from meetingroom.endpoints.auditing import note
from meetingroom.endpoints.context import House, house
from meetingroom.endpoints.forms import read_form
from meetingroom.endpoints.guards import administrator, review, words_of
from meetingroom.storage.accounts import Account
from meetingroom.storage.audit import Kind
from meetingroom.storage.invitations import letters
from meetingroom.storage.passwords import Busy, Unacceptable, elsewhere

POSTS = (Office.NONE, Office.SECRETARY, Office.REGISTRAR)
LETTERS = 12  # of a password made here, 60 bits, to be changed by whom it is given


async def accounts(request: Request) -> Response:
    """All accounts, and a form for a new one, whose first password is shown once."""
    actor, here = await administrator(request), house(request)
    if request.method == "GET":
        return await _list(request, here)
    form = await read_form(request, max_files=0, max_fields=8)
    login, name = (clean(str(form.get(field, "")))[:100] for field in ("login", "name"))
    password = new_password()
    try:
        kept = await here.passwords.hashed(password)
        administrates, (post, unit) = "administrator" in form, await _office(here, form)
        made = await here.record(here.accounts.create, login, name, kept, administrates, post, unit)
    except Unacceptable as error:
        return await _list(request, here, {"login": login, "name": name}, f"setup.error.{error.code}")
    except Busy:
        return await _list(request, here, {"login": login, "name": name}, "sign_in.error.busy")
    await note(request, Kind.ACCOUNT_CREATED, actor.login, about=made.login)
    return await _one(request, here, actor, made, password=password)


async def _list(request: Request, here: House, fields: dict[str, str] | None = None, error: str = "") -> Response:
    words = words_of(request)
    return here.templates.page(
        "admin_accounts.html",
        words,
        422 if error else 200,
        accounts=await here.record(here.accounts.all),
        units=await here.record(here.directory.units),
        posts=POSTS,
        fields=fields or {},
        error=words.text(error) if error else "",
        wrong="login" if error else "",
        path="/admin/accounts",
    )


async def account(request: Request) -> Response:
    """One account: what may be done with it, and where it is signed in."""
    actor, here = await administrator(request), house(request)
    found: Account | None = await here.record(here.accounts.of, request.path_params["account"])
    if found is None:
        raise HTTPException(404)
    if request.method == "GET":
        return await _one(request, here, actor, found)
    form = await read_form(request, max_files=0, max_fields=4)
    try:
        password = await _do(request, here, actor, found, form)
    except Unacceptable:
        return await _one(request, here, actor, found, error="admin.last")
    except Busy:
        return await _one(request, here, actor, found, error="sign_in.error.busy")
    if password:
        return await _one(request, here, actor, found, password=password)
    return RedirectResponse(request.url.path, 303)


async def _do(request: Request, here: House, actor: Account, found: Account, form: FormData) -> str:
    """A new password is handed back, to be shown once. Open lines of the account follow within the second."""
    password, ends, do = "", True, str(form.get("do", ""))
    match do:
        case "disable":
            await here.record(here.accounts.disable, found.id, True)
            kind = Kind.ACCOUNT_DISABLED
        case "enable":
            await here.record(here.accounts.disable, found.id, False)
            kind = Kind.ACCOUNT_ENABLED
        case "administrator" | "user":
            await here.record(here.accounts.set_administrator, found.id, do == "administrator")
            kind, ends = Kind.ROLE_CHANGED, False
        case "office":
            post, unit = await _office(here, form)
            await here.record(here.accounts.set_office, found.id, post, unit)
            kind, ends, do = Kind.ROLE_CHANGED, False, f"{post} {unit}".strip() or "user"
        case "clerk" | "no_clerk":
            await here.record(here.accounts.set_clerk, found.id, do == "clerk")
            kind, ends = Kind.ROLE_CHANGED, False
        case "password":
            password = new_password()
            await here.record(here.accounts.set_password, found.id, await here.passwords.hashed(password))
            kind = Kind.PASSWORD_RESET
        case "elsewhere" if here.ldap and found.id != actor.id:  # whoever administers does not lock themselves out
            await here.record(here.accounts.set_password, found.id, elsewhere())
            kind = Kind.PASSWORD_ELSEWHERE
        case "second":
            await here.record(here.second.remove, found.id)
            kind, ends = Kind.SECOND_REMOVED, False
        case "sessions":
            kind = Kind.SESSION_ENDED
        case _:
            raise HTTPException(400)
    for session in await here.record(here.sessions.end_of if ends else here.sessions.forget, found.id):
        await review(here, session)
    await note(request, kind, actor.login, about=found.login, text=do if kind is Kind.ROLE_CHANGED else "")
    return password


async def _office(here: House, form: FormData) -> tuple[Office, str]:
    """What the form says somebody is there for. Who keeps a unit keeps one that there is: no form makes a keeper of all."""
    units = {unit.id for unit in await here.record(here.directory.units)}
    unit = str(form.get("unit", "")) if str(form.get("unit", "")) in units else ""
    post = Office(str(form.get("office"))) if form.get("office") in POSTS else Office.NONE
    return (Office.NONE if post is Office.REGISTRAR and not unit else post), unit


async def _one(
    request: Request, here: House, actor: Account, found: Account, *, password: str = "", error: str = ""
) -> Response:
    words = words_of(request)
    sessions = [each for each in await here.record(here.sessions.all) if each.account and each.account.id == found.id]
    return here.templates.page(
        "admin_account.html",
        words,
        409 if error else 200,
        one=await here.record(here.accounts.of, found.id),
        own=actor.id == found.id,
        units=await here.record(here.directory.units),
        posts=POSTS,
        sessions=sessions,
        password=password,
        elsewhere=await here.record(here.accounts.is_elsewhere, found.id),
        ldap=here.settings.ldap_name if here.ldap else "",
        error=words.text(error) if error else "",
        path=f"/admin/accounts/{found.id}",
    )


def new_password() -> str:
    """As it is read aloud and typed: groups of four, without letters one mistakes."""
    text = letters(secrets.randbits(5 * LETTERS), LETTERS)
    return "-".join(text[place : place + 4] for place in range(0, LETTERS, 4))
