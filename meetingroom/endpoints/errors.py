"""Errors: a page in the reader's language that says what to do, or JSON where a program asked."""

from __future__ import annotations

import logging
from urllib.parse import quote

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from meetingroom.endpoints.context import house
from meetingroom.endpoints.guards import NotSignedIn, words_of

log = logging.getLogger(__name__)


async def failed(request: Request, error: Exception) -> Response:
    """HTTPException by its status, everything else as 500 with the cause in the log and not on the page."""
    status = error.status_code if isinstance(error, HTTPException) else 500
    if status == 500:
        log.error("request failed: %s %s", request.method, request.url.path, exc_info=error)
    words = words_of(request)
    if "text/html" not in request.headers.get("accept", ""):
        return JSONResponse({"code": str(status), "text": words.text(_key(status))}, status)
    return house(request).templates.page("error.html", words, status, key=_key(status), path="/")


def _key(status: int) -> str:
    return f"error.{status}" if status in (403, 404, 405, 413) else "error.500"


async def sign_in_first(request: Request, error: Exception) -> Response:
    assert isinstance(error, NotSignedIn)
    if request.method == "GET" and "text/html" in request.headers.get("accept", ""):
        return RedirectResponse(f"/join?next={quote(request.url.path)}", 303)
    return JSONResponse({"code": "401", "text": words_of(request).text("error.401")}, 401)
