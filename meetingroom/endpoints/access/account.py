"""One's own account: the password, the second factor, and where else one is signed in."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from meetingroom import passkeys
from meetingroom.endpoints.access.attempts import Key
from meetingroom.endpoints.access.second_factors import place_of, second_key
from meetingroom.endpoints.auditing import note
from meetingroom.endpoints.context import House, house
from meetingroom.endpoints.forms import read_form
from meetingroom.endpoints.guards import own_origin, review, signed_in, words_of
from meetingroom.storage.accounts import Account
from meetingroom.storage.audit import Kind
from meetingroom.storage.passwords import Busy, Unacceptable, check_password
from meetingroom.storage.second import address
from meetingroom.storage.sessions import Session


async def account(request: Request) -> Response:
    """What is wrong is said beside its field."""
    own_origin(request)
    session = await signed_in(request)
    assert session.account is not None
    if request.method == "GET":
        return await _page(request, session.account)
    form = await read_form(request, max_files=0, max_fields=6)
    fields = {name: str(form.get(name, ""))[:200] for name in ("do", "code", "former", "password", "again")}
    key = str(form.get("passkey", ""))[: 2 * passkeys.LONGEST]
    match fields["do"]:
        case "password":
            return await _password(request, session, session.account, fields)
        case "second":
            return await _second(request, session.account, fields["code"])
        case "second_off":
            return await _second_off(request, session.account, fields["code"])
        case "passkey_off":
            return await _passkey_off(request, session.account, key)
        case "others":
            await _end_others(house(request), session, session.account)
            await note(request, Kind.SESSION_ENDED, session.account.login, about=session.account.login)
            return RedirectResponse("/account", 303)
        case _:
            raise HTTPException(400)


async def _password(request: Request, session: Session, own: Account, fields: dict[str, str]) -> Response:
    """With the former one, and every other device is signed out."""
    here, key = house(request), Key(f"login:{own.login}")
    if fields["password"] != fields["again"]:
        return await _page(request, own, "again", "setup.error.again")
    if wait := here.attempts.begin(key):
        return await _page(request, own, "former", "sign_in.error.wait", n=wait)
    try:
        check_password(fields["password"], own.login)
        _, kept = await here.record(here.accounts.find, own.login)
        if not await here.passwords.fit(kept, fields["former"]):
            return await _page(request, own, "former", "account.error.former")
        here.attempts.succeeded(key)
        await here.record(here.accounts.set_password, own.id, await here.passwords.hashed(fields["password"]))
    except Unacceptable as error:
        here.attempts.succeeded(key)
        return await _page(request, own, "password", f"setup.error.{error.code}")
    except Busy:
        here.attempts.succeeded(key)
        return await _page(request, own, "former", "sign_in.error.busy")
    await _end_others(here, session, own)
    await note(request, Kind.PASSWORD_CHANGED, own.login)
    return await _page(request, own, done="account.password.done")


async def _end_others(here: House, session: Session, own: Account) -> None:
    for ended in await here.record(here.sessions.end_of, own.id, session.id):
        await review(here, ended)


async def _second(request: Request, own: Account, code: str) -> Response:
    """It is asked for from now on, once a first code has shown that the telephone has the secret."""
    here, key = house(request), second_key(own.id)
    if own.second:
        return RedirectResponse("/account", 303)
    if wait := here.attempts.begin(key):
        return await _page(request, own, "code", "sign_in.error.wait", n=wait)
    recoveries = await here.record(here.second.confirm, own.id, code)
    if recoveries is None:
        return await _page(request, own, "code", "second.error.wrong")
    here.attempts.succeeded(key)
    await _anew(here, own)
    await note(request, Kind.SECOND_SET, own.login)
    return await _page(request, own, recoveries=recoveries)


async def _second_off(request: Request, own: Account, code: str) -> Response:
    here, key = house(request), second_key(own.id)
    if wait := here.attempts.begin(key):
        return await _page(request, own, "code", "sign_in.error.wait", n=wait)
    if not (await here.record(here.second.fits, own.id, code) or await here.record(here.second.recovers, own.id, code)):
        await note(request, Kind.SECOND_FAILED, own.login)
        return await _page(request, own, "code", "second.error.wrong")
    here.attempts.succeeded(key)
    await here.record(here.second.remove, own.id)
    await _anew(here, own)
    await note(request, Kind.SECOND_REMOVED, own.login)
    return RedirectResponse("/account", 303)


async def _passkey_off(request: Request, own: Account, key: str) -> Response:
    here = house(request)
    name = await here.record(here.passkeys.remove, own.id, key)
    if name is not None:
        await note(request, Kind.PASSKEY_REMOVED, own.login, text=name)
    return RedirectResponse("/account", 303)


async def _anew(here: House, own: Account) -> None:
    """Every session of the account learns what has changed."""
    for session in await here.record(here.sessions.forget, own.id):
        await review(here, session)


async def _page(
    request: Request, own: Account, wrong: str = "", error: str = "", *, recoveries: list[str] | None = None,
    done: str = "", **values: str | int,
) -> Response:  # fmt: skip
    here, words = house(request), words_of(request)
    now: Account = await here.record(here.accounts.of, own.id)
    secret = "" if now.second else await here.record(here.second.offered, own.id)
    return here.templates.page(
        "account.html",
        words,
        422 if error else 200,
        account=now,
        secret=" ".join(secret[place : place + 4] for place in range(0, len(secret), 4)),
        scan=address(secret, now.login, here.settings.organisation) if secret else "",
        left=await here.record(here.second.left, own.id),
        recoveries=recoveries or [],
        passkeys=await here.record(here.passkeys.of, own.id) if now.second else [],
        passkeys_here=place_of(request) is not None,
        passkeys_ever=passkeys.is_installed(),
        elsewhere=await here.record(here.accounts.is_elsewhere, own.id),
        ldap=here.settings.ldap_name,
        wanted=here.settings.administrators_second_factor and now.administrator and not now.second,
        wrong=wrong,
        error=words.text(error, **values) if error else "",
        done=done,
        fields={},
        path="/account",
    )
