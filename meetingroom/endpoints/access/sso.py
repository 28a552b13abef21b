"""Signing in with an account of the agency: the way to its identity provider and back."""

from __future__ import annotations

import hashlib
import hmac
import logging

from itsdangerous import BadSignature, URLSafeTimedSerializer
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from meetingroom.endpoints.access import sign_in
from meetingroom.endpoints.auditing import device_of, note
from meetingroom.endpoints.context import House, house
from meetingroom.endpoints.guards import link
from meetingroom.oidc import Attempt, NotConfirmed, Provider, Unprovided
from meetingroom.storage.audit import Kind

COOKIE, SECONDS = "sso", 600  # what a browser on its way keeps, and how long the way may take
PLACE = "/sign-in/sso"

log = logging.getLogger(__name__)


async def leave(request: Request) -> Response:
    """To the provider."""
    home, provider = _home(request)
    target, attempt = sign_in.own_path(request.query_params.get("next", "/")), Attempt.new()
    try:
        place = await provider.address(attempt, link(request, "sso_back"))
    except Unprovided as error:
        return _failed(request, target, "unavailable", 503, error)
    response = RedirectResponse(place, 303)
    kept = _cookies(home).dumps([target, attempt.plain()])
    response.set_cookie(
        COOKIE, str(kept), SECONDS, path=PLACE, secure=home.settings.secure, httponly=True, samesite="lax"
    )
    return response


async def back(request: Request) -> Response:
    """From the provider. Only the browser that left comes in: another's code would sign it in as somebody else."""
    home, provider = _home(request)
    asked = request.query_params
    try:
        target, kept = _cookies(home).loads(request.cookies.get(COOKIE, ""), max_age=SECONDS)
        attempt = Attempt(**kept)
    except BadSignature:
        return _failed(request, "/", "late", 403)
    if "code" not in asked:
        return _failed(request, target, "refused", 403)
    if not hmac.compare_digest(attempt.state.encode(), asked.get("state", "").encode()):
        return _failed(request, target, "late", 403)
    try:
        name = await provider.name(attempt, asked["code"], link(request, "sso_back"))
    except Unprovided as error:
        return _failed(request, target, "unavailable", 503, error)
    except NotConfirmed as error:
        return _failed(request, target, "refused", 403, error)
    account, _ = await home.record(home.accounts.find, name)
    if account is None:
        await note(request, Kind.SIGN_IN_FAILED, "", text=device_of(request))
        return _failed(request, target, "unknown", 403, account=name[:100])
    response = await sign_in.proven(request, account, target)
    response.delete_cookie(COOKIE, path=PLACE)
    return response


def _home(request: Request) -> tuple[House, Provider]:
    home = house(request)
    if home.provider is None:
        raise HTTPException(404)
    return home, home.provider


def _cookies(home: House) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(home.invitations.key, "sso", signer_kwargs={"digest_method": hashlib.sha256})


def _failed(
    request: Request, target: str, why: str, status: int, error: Exception | None = None, **values: str
) -> Response:
    if error:
        log.warning("single sign-on failed", extra={"cause": str(error)})
    response = sign_in.form(request, "sign_in.html", {}, "login", f"sso.error.{why}", status, next=target, **values)
    response.delete_cookie(COOKIE, path=PLACE)
    return response
