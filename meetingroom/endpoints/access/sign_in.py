"""Signing in: the first administrator, a password, or a personal code from an invitation."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Mapping
from urllib.parse import quote

from itsdangerous import BadSignature, TimestampSigner
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from meetingroom import ldap
from meetingroom.domain.messages import clean
from meetingroom.domain.people import called
from meetingroom.endpoints.access import devices, elsewhere
from meetingroom.endpoints.access.attempts import Key
from meetingroom.endpoints.access.second_factors import second_key, usable
from meetingroom.endpoints.auditing import address_of, device_of, note
from meetingroom.endpoints.context import House, house
from meetingroom.endpoints.forms import read_form
from meetingroom.endpoints.guards import own_origin, review, session_of, set_session, words_of
from meetingroom.endpoints.pages import home_page
from meetingroom.storage.accounts import Account, folded
from meetingroom.storage.audit import Kind
from meetingroom.storage.passwords import Busy, Unacceptable, check_password
from meetingroom.words import LANGUAGES

log = logging.getLogger(__name__)

HALF, HALF_SECONDS = "half", 300  # the cookie of somebody whose password was right and whose code is awaited


async def setup(request: Request) -> Response:
    """The first visit makes the administrator; afterwards this address does not exist."""
    home = house(request)
    if await home.record(home.accounts.any):
        raise HTTPException(404)
    if request.method == "GET":
        return form(request, "setup.html")
    own_origin(request)
    fields = await _fields(request)
    if fields["password"] != fields["again"]:
        return form(request, "setup.html", fields, "again", "setup.error.again")
    try:
        check_password(fields["password"], folded(fields["login"]))
        kept = await home.passwords.hashed(fields["password"])
        account = await home.record(home.accounts.create_first, fields["login"], clean(fields["name"]), kept)
    except Busy:
        return form(request, "setup.html", fields, "password", "sign_in.error.busy", 503)
    except Unacceptable as error:
        field = "login" if error.code.startswith("login") else "password"
        return form(request, "setup.html", fields, field, f"setup.error.{error.code}")
    return await let_in(request, account, RedirectResponse("/", 303))


async def sign_in(request: Request) -> Response:
    """Name and password; slowed per name and per address after failures."""
    home = house(request)
    target = own_path(request.query_params.get("next", "/"))
    if request.method == "GET":
        return form(request, "sign_in.html", next=target)
    own_origin(request)
    fields = await _fields(request)
    keys = (Key(f"login:{folded(fields['login'])}"), _address(request))
    if wait := home.attempts.begin(*keys):
        return form(request, "sign_in.html", fields, "password", "sign_in.error.wait", 429, next=target, n=wait)
    account, kept = await home.record(home.accounts.find, fields["login"])
    try:
        account, fits = await elsewhere.check(home, account, kept, fields["login"], fields["password"])
    except (Busy, ldap.Busy):
        home.attempts.succeeded(*keys)  # nothing was tried
        return form(request, "sign_in.html", fields, "password", "sign_in.error.busy", 503, next=target)
    except ldap.Unanswered as error:
        home.attempts.succeeded(*keys)
        log.warning("directory of accounts not asked", extra={"cause": str(error)})
        return form(request, "sign_in.html", fields, "password", "ldap.error.unanswered", 503, next=target)
    if account is None or not fits:
        # Only a name there is: what somebody typed into the wrong field may be their password.
        await note(request, Kind.SIGN_IN_FAILED, account.login if account else "", text=device_of(request))
        return form(request, "sign_in.html", fields, "password", "sign_in.error.wrong", 403, next=target)
    home.attempts.succeeded(*keys)
    return await proven(request, account, target)


async def proven(request: Request, account: Account, target: str) -> Response:
    """Who they are is proven, by their password or the agency's provider: in, or first the code of their telephone."""
    if not account.second:
        return await let_in(request, account, RedirectResponse(target, 303))
    home = house(request)
    response = RedirectResponse(f"/sign-in/code?next={quote(target)}", 303)
    signed = _half(home).sign(account.id).decode()
    secure = home.settings.secure
    response.set_cookie(HALF, signed, HALF_SECONDS, path="/sign-in", secure=secure, httponly=True, samesite="lax")
    return response


async def second(request: Request) -> Response:
    """After the password the code of the telephone, or a recovery code, which is good once."""
    own_origin(request)
    home = house(request)
    target = own_path(request.query_params.get("next", "/"))
    account = await half_in(request)
    if account is None:
        return RedirectResponse(f"/sign-in?next={quote(target)}", 303)
    passkey = bool(await usable(request, account))
    if request.method == "GET":
        return form(request, "sign_in_code.html", next=target, passkey=passkey)
    code, key = (await _fields(request))["code"], second_key(account.id)
    if wait := home.attempts.begin(key):
        return form(
            request, "sign_in_code.html", {}, "code", "sign_in.error.wait", 429, next=target, n=wait, passkey=passkey
        )
    recovered = False
    if not await home.record(home.second.fits, account.id, code):
        recovered = await home.record(home.second.recovers, account.id, code)
        if not recovered:
            await note(request, Kind.SECOND_FAILED, account.login, text=device_of(request))
            return form(
                request, "sign_in_code.html", {}, "code", "second.error.wrong", 403, next=target, passkey=passkey
            )
    home.attempts.succeeded(key)
    if recovered:
        await note(request, Kind.RECOVERY_USED, account.login, text=device_of(request))
    response = await let_in(request, account, RedirectResponse(target, 303))
    response.delete_cookie(HALF, path="/sign-in")
    return response


async def half_in(request: Request) -> Account | None:
    """Whose password was right a moment ago."""
    home = house(request)
    try:
        key = _half(home).unsign(request.cookies.get(HALF, ""), max_age=HALF_SECONDS).decode()
    except BadSignature:
        return None
    account: Account | None = await home.record(home.accounts.of, key)
    return account if account and account.second and not account.disabled else None


def _half(home: House) -> TimestampSigner:
    return TimestampSigner(home.invitations.key, salt="second", digest_method=hashlib.sha256)


async def sign_out(request: Request) -> Response:
    """Ends the session here, and with it every open socket of this browser."""
    own_origin(request)
    home = house(request)
    session = await session_of(request)
    if session:
        await home.record(home.sessions.end, session.id)
        await review(home, session.id)
        await devices.gone(home, session.id, session.grants)
        if session.account:
            await note(request, Kind.SIGNED_OUT, session.account.login, text=device_of(request))
    response = RedirectResponse("/", 303)
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    for name in ("session", "__Host-session"):
        response.delete_cookie(name)
    return response


async def join(request: Request) -> Response:
    """A personal code typed by hand; who was sent here from a page of their own seat goes back to it."""
    target = own_path(request.query_params.get("next", "/"))
    if request.method == "GET":
        return form(request, "join.html", next=target)
    own_origin(request)
    fields = await _fields(request)
    response, error = await _admit(request, fields["code"], target)
    return response or form(request, "join.html", fields, "code", error, 403, next=target)


async def personal_link(request: Request) -> Response:
    """/j/{code}: the same code from a QR code or a link."""
    code = request.path_params["code"]
    response, error = await _admit(request, code)
    return response or form(request, "join.html", {"code": code}, "code", error, 403, next="/")


async def choose_language(request: Request) -> Response:
    """Remembered on this device for a year."""
    own_origin(request)
    fields = await _fields(request)
    response = RedirectResponse(own_path(fields["next"]), 303)
    if fields["language"] in LANGUAGES:
        response.set_cookie("language", fields["language"], max_age=365 * 86400, samesite="lax", path="/")
    return response


async def _admit(request: Request, code: str, target: str = "/") -> tuple[Response | None, str]:
    """Into the meeting of this code, as its participant; or the key of the sentence that says why not."""
    home = house(request)
    address = _address(request)
    if home.attempts.begin(address):
        return None, "join.error.wait"
    found = await home.record(home.invitations.find, code)
    if found is None:
        await note(request, Kind.CODE_FAILED, "", text=device_of(request))
        return None, "join.error.unknown"
    home.attempts.succeeded(address)
    meeting, participant = found
    return await _enter(request, meeting, participant, target)


async def device_link(request: Request) -> Response:
    """/d/{token}: a further device of somebody who is in already, by the QR code on their first."""
    home = house(request)
    if home.attempts.begin(address := _address(request)):
        return form(request, "join.html", {}, "code", "join.error.wait", 403, next="/")
    read = await devices.read_link(home, request.path_params["token"])
    if read is None:
        return form(request, "join.html", {}, "code", "join.error.link", 403, next="/")
    home.attempts.succeeded(address)
    (meeting, participant), by = read
    response, error = await _enter(request, meeting, participant, "/", by)
    return response or form(request, "join.html", {}, "code", error, 403, next="/")


async def _enter(
    request: Request, meeting: str, participant: str, target: str, by: str = ""
) -> tuple[Response | None, str]:
    """`by`: the session whose link this is."""
    home = house(request)
    person = (await home.rooms.open(meeting)).meeting.people.get(participant)
    if person is None:
        return None, "join.error.removed"
    session = await session_of(request)
    seat = f"/m/{meeting}/{participant}/"
    response = RedirectResponse(target if target.startswith(seat) else seat + home_page(person.role), 303)
    if session is None:
        token = await home.record(home.sessions.begin, None, device_of(request), address_of(request))
        session = await home.record(home.sessions.find, token)
        set_session(request, response, token)
    assert session is not None
    # A tablet belongs to one person; only the demo lets one browser hold every seat.
    only = not home.settings.demo and session.account is None
    await home.record(home.sessions.grant, session.id, meeting, participant, only)
    if only:
        await devices.gone(home, session.id, session.grants - {(meeting, participant)})
    await devices.arrived(request, (meeting, participant), session.id, by)
    await note(request, Kind.CODE_USED, called(person), meeting=meeting, text=device_of(request))
    await review(home, session.id)
    return response, ""


async def let_in(request: Request, account: Account, response: Response) -> Response:
    """Everything is proven: the answer also begins their session."""
    home = house(request)
    token = await home.record(home.sessions.begin, account, device_of(request), address_of(request))
    set_session(request, response, token)
    await note(request, Kind.SIGNED_IN, account.login, text=device_of(request))
    return response


def form(
    request: Request,
    template: str,
    fields: Mapping[str, str] | None = None,
    field: str = "",
    error: str = "",
    status: int = 422,
    **values: str | int,
) -> Response:
    """A form, with what was typed and one error beside its field; passwords are never sent back."""
    words = words_of(request)
    message = words.text(error, **values) if error else ""
    kept = {name: value for name, value in (fields or {}).items() if name not in ("password", "again")}
    home = house(request)
    return home.templates.page(
        template,
        words,
        status if error else 200,
        sso=home.settings.sso_name if home.provider else "",
        ldap=home.settings.ldap_name if home.ldap else "",
        fields=kept,
        error=message,
        wrong=field,
        path=request.url.path,
        **values,
    )


async def _fields(request: Request) -> dict[str, str]:
    """The text fields of a form; a missing one is empty."""
    sent = await read_form(request, max_files=0, max_fields=20)
    names = ("login", "name", "password", "again", "code", "language", "next")
    return {name: value if isinstance(value := sent.get(name), str) else "" for name in names}


def own_path(path: str) -> str:
    """Only addresses of this server may follow a sign-in: `//other.example` would leave it."""
    return path if path.startswith("/") and not path.startswith(("//", "/\\")) else "/"


def _address(request: Request) -> Key:
    """A whole hall may come from one address, of a proxy or of its router: more is free than for one account."""
    return Key(f"address:{address_of(request)}", free=20)
