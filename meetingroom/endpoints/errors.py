"""Errors: a page in the reader's language that says what to do, or JSON where a program asked.

Here also stands what becomes of a command that was not carried out, for the websocket, forms and programs alike.
"""

from __future__ import annotations

import logging
from urllib.parse import quote

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from meetingroom.domain.messages import is_id
from meetingroom.domain.refusals import Refused
from meetingroom.endpoints.context import house
from meetingroom.endpoints.guards import NotSignedIn, SecondWanted, session_of, words_of
from meetingroom.live.draft import Unrecorded
from meetingroom.storage.erasures import Erasure
from meetingroom.words import Words

log = logging.getLogger(__name__)

SAID = (400, 401, 403, 404, 405, 409, 413, 429, 503)
"""Statuses with a sentence of their own; whatever else happens reads as 500."""

NotDone = (Refused, Unrecorded)


def sentence(words: Words, error: Refused | Unrecorded, by_itself: bool = False) -> str:
    """What the person is told. `by_itself`: their device sends what was not recorded again without being asked."""
    if isinstance(error, Refused):
        return words.text(f"refusal.{error.code}", **error.params)
    return words.text("refusal.unrecorded" if by_itself else "refusal.unrecorded.again")


def code(error: Refused | Unrecorded) -> str:
    return error.code if isinstance(error, Refused) else "unrecorded"


def status(error: Refused | Unrecorded) -> int:
    return 409 if isinstance(error, Refused) else 503


def not_done(words: Words, error: Refused | Unrecorded) -> Response:
    """The answer to a page's script."""
    return JSONResponse({"code": code(error), "text": sentence(words, error)}, status(error))


async def failed(request: Request, error: Exception) -> Response:
    """HTTPException by its status, everything else as 500 with the cause in the log and not on the page."""
    status = error.status_code if isinstance(error, HTTPException) else 500
    if status == 500:
        # The address as the router names it: in a real one may stand a personal code or the key of a calendar.
        at = getattr(request.scope.get("route"), "path", "no address of ours")
        log.error("request failed: %s %s", request.method, at, exc_info=error)
    words = words_of(request)
    if status == 404 and (stone := await _stone(request)):
        return _erased(request, words, stone)
    if "text/html" not in request.headers.get("accept", ""):
        headers = error.headers if isinstance(error, HTTPException) else None
        program = request.url.path.startswith("/api/") and status in (401, 403, 404)
        key = f"api.{status}" if program else _key(status)
        return JSONResponse({"code": str(status), "text": words.text(key)}, status, headers)
    return house(request).templates.page("error.html", words, status, key=_key(status), path="/")


async def _stone(request: Request) -> Erasure | None:
    """What remains of the meeting an old link leads to, for who took part in it and for administrators."""
    _, first, *rest = request.url.path.split("/")
    session = await session_of(request) if first == "m" and rest and is_id(rest[0]) else None
    if session is None or session.account is None:
        return None
    here = house(request)
    stone: Erasure | None = await here.record(here.erasures.find, rest[0])
    mine = stone and (session.account.administrator or session.account.login in stone.logins)
    return stone if stone and stone.erased_at and mine else None


def _erased(request: Request, words: Words, stone: Erasure) -> Response:
    if "text/html" in request.headers.get("accept", ""):
        return house(request).templates.page("erased.html", words, 410, stone=stone, path="/")
    text = words.text("erasure.gone", time=words.moment(stone.erased_at))
    return JSONResponse({"code": "410", "text": text}, 410)


async def unreadable(request: Request, error: Exception) -> Response:
    """One meeting's journal is damaged, or of a newer program; all other meetings go on."""
    words = words_of(request)
    if "text/html" not in request.headers.get("accept", ""):
        return JSONResponse({"code": "unreadable", "text": words.text("error.unreadable")}, 503)
    return house(request).templates.page("error.html", words, 503, key="error.unreadable", path="/")


def _key(status: int) -> str:
    return f"error.{status}" if status in SAID else "error.500"


async def second_first(request: Request, error: Exception) -> Response:
    assert isinstance(error, SecondWanted)
    return RedirectResponse("/account", 303)


async def sign_in_first(request: Request, error: Exception) -> Response:
    assert isinstance(error, NotSignedIn)
    if request.method == "GET" and "text/html" in request.headers.get("accept", ""):
        door = "/join" if request.url.path.startswith("/m/") else "/sign-in"
        return RedirectResponse(f"{door}?next={quote(request.url.path)}", 303)
    return JSONResponse({"code": "401", "text": words_of(request).text("error.401")}, 401)
