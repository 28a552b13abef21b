"""Passkeys: added on one's account page, asked for instead of the code at sign-in. Over https, at a name, only."""

from __future__ import annotations

import base64
import hashlib
import logging
import secrets
from dataclasses import dataclass
from typing import Any

from itsdangerous import BadSignature, URLSafeTimedSerializer
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from meetingroom import passkeys
from meetingroom.domain.messages import clean
from meetingroom.endpoints import protocol
from meetingroom.endpoints.access import sign_in
from meetingroom.endpoints.access.second_factors import place_of, second_key, usable
from meetingroom.endpoints.auditing import device_of, note
from meetingroom.endpoints.context import House, house
from meetingroom.endpoints.forms import read_body
from meetingroom.endpoints.guards import own_origin, signed_in, words_of
from meetingroom.passkeys import NotProven, Place
from meetingroom.storage.accounts import Account
from meetingroom.storage.audit import Kind
from meetingroom.storage.passkeys import MOST, Passkey, TooMany

COOKIE, SECONDS = "passkey", 300  # what a device is asked meanwhile, and how long it may take
LARGEST = 64 * 1024  # bytes of an answer
MAKING, PROVING = "making", "proving"

log = logging.getLogger(__name__)


async def begin(request: Request) -> Response:
    """POST {"code"} → what the device is to make. With the code of now: a browser left open adds nobody's key."""
    own, place = await _own(request)
    here, sent, key = house(request), await _sent(request), second_key(own.id)
    if wait := here.attempts.begin(key):
        return _wrong(request, "sign_in.error.wait", 429, n=wait)
    if not await here.record(here.second.fits, own.id, str(sent.get("code", ""))[:40]):
        await note(request, Kind.SECOND_FAILED, own.login)
        return _wrong(request, "second.error.wrong", 422)
    here.attempts.succeeded(key)
    known = [each.id for each in await here.record(here.passkeys.of, own.id)]
    if len(known) >= MOST:
        return _wrong(request, "passkey.error.many", 409, n=MOST)
    asked = _Asked(own.id, MAKING, secrets.token_bytes(32), here.rooms.clock())
    options = passkeys.wanted(place, here.settings.organisation, own.id, own.login, asked.challenge, known)
    return _keep(here, JSONResponse(options), asked)


async def add(request: Request) -> Response:
    """POST {"name", "credential"}: what the device has made."""
    own, place = await _own(request)
    here, sent = house(request), await _sent(request)
    asked = _read(request, own.id, MAKING)
    if asked is None:
        return _wrong(request, "passkey.error.late", 403)
    try:
        made = passkeys.made(place, asked.challenge, sent.get("credential"))
        name = clean(str(sent.get("name", "")))[:60] or device_of(request)
        await here.record(here.passkeys.add, own.id, place.host, made.id, made.key, made.count, name)
    except NotProven as error:
        log.warning("passkey not taken", extra={"cause": str(error)})
        return _wrong(request, "passkey.error.failed", 422)
    except TooMany:
        return _wrong(request, "passkey.error.many", 409, n=MOST)
    await note(request, Kind.PASSKEY_ADDED, own.login, text=name)
    return _forget(JSONResponse({"done": True}))


async def ask(request: Request) -> Response:
    """POST after the password: what the device is to prove."""
    own_origin(request)
    account, kept = await _half(request)
    place = place_of(request)
    if place is None or not kept:
        raise HTTPException(404)
    here = house(request)
    asked = _Asked(account.id, PROVING, secrets.token_bytes(32), here.rooms.clock())
    return _keep(here, JSONResponse(passkeys.asked(place, asked.challenge, [each.id for each in kept])), asked)


async def use(request: Request) -> Response:
    """POST {"credential"}: who proves it is in; the answer says where to go."""
    own_origin(request)
    account, kept = await _half(request)
    here, key = house(request), second_key(account.id)
    sent, asked, place = await _sent(request), _read(request, account.id, PROVING), place_of(request)
    if wait := here.attempts.begin(key):
        return _wrong(request, "sign_in.error.wait", 429, n=wait)
    if place is None or asked is None or not await _proven(here, account, kept, place, asked, sent.get("credential")):
        await note(request, Kind.SECOND_FAILED, account.login, text=device_of(request))
        return _wrong(request, "passkey.error.failed", 403)
    here.attempts.succeeded(key)
    target = sign_in.own_path(request.query_params.get("next", "/"))
    response = await sign_in.let_in(request, account, JSONResponse({"to": target}))
    response.delete_cookie(sign_in.HALF, path="/sign-in")
    return _forget(response)


async def _proven(here: House, account: Account, kept: list[Passkey], place: Place, asked: _Asked, answer: Any) -> bool:
    said = answer.get("id") if isinstance(answer, dict) else None
    found = next((each for each in kept if each.text == said), None)
    if found is None:
        return False
    try:
        count = passkeys.proven(place, asked.challenge, answer, found.key, found.uses)
    except NotProven as error:
        log.warning("passkey not proven", extra={"cause": str(error)})
        return False
    return bool(await here.record(here.passkeys.use, account.id, found.id, count, asked.at))


async def _own(request: Request) -> tuple[Account, Place]:
    """Whose account page this is. Without a second factor there are no recovery codes: that comes first."""
    own_origin(request)
    account = (await signed_in(request)).account
    place = place_of(request)
    if account is None or not account.second or place is None:
        raise HTTPException(404)
    return account, place


async def _half(request: Request) -> tuple[Account, list[Passkey]]:
    account = await sign_in.half_in(request)
    if account is None:
        raise HTTPException(404)
    return account, await usable(request, account)


# -- what a device was asked -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Asked:
    """Kept by the browser, signed: any server of this installation takes the answer."""

    account: str
    what: str
    challenge: bytes
    at: int


def _keep(here: House, response: Response, asked: _Asked) -> Response:
    challenge = base64.b64encode(asked.challenge).decode()
    kept = _cookies(here).dumps([asked.account, asked.what, challenge, asked.at])
    response.set_cookie(COOKIE, str(kept), SECONDS, path="/", secure=True, httponly=True, samesite="strict")
    return response


def _read(request: Request, account: str, what: str) -> _Asked | None:
    try:
        whose, kind, challenge, at = _cookies(house(request)).loads(request.cookies.get(COOKIE, ""), max_age=SECONDS)
    except BadSignature:
        return None
    return _Asked(account, what, base64.b64decode(challenge), at) if (whose, kind) == (account, what) else None


def _cookies(here: House) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(here.invitations.key, "passkey", signer_kwargs={"digest_method": hashlib.sha256})


def _forget(response: Response) -> Response:
    response.delete_cookie(COOKIE, path="/")
    return response


async def _sent(request: Request) -> dict[str, Any]:
    body = await read_body(request, LARGEST)
    try:
        said = protocol.parsed(body)
    except protocol.Malformed as error:
        raise HTTPException(400) from error
    if not isinstance(said, dict):
        raise HTTPException(400)
    return said


def _wrong(request: Request, text: str, status: int, **values: int) -> Response:
    return JSONResponse({"text": words_of(request).text(text, **values)}, status)
