"""The digital signatures of a paper, for whoever may read it."""

from __future__ import annotations

import asyncio
import logging
from pathlib import Path

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from meetingroom.endpoints.context import House, house
from meetingroom.endpoints.guards import entrant
from meetingroom.endpoints.images import CACHE, NEVER, readable
from meetingroom.rendering.once import Once
from meetingroom.signatures import apart

log = logging.getLogger(__name__)

MOST_KNOWN = 200  # answers kept
KINDS = (".pem", ".crt", ".cer", ".der")

_known: dict[str, bytes] = {}
_once = Once()


async def signatures(request: Request) -> Response:
    """…/signatures/{revision}: JSON [{"name", "issuer", "at", "intact", "whole", "since", "trusted"?, …}]."""
    found = await entrant(request)
    paper, revision = readable(found, request.path_params["revision"])
    if not apart.is_installed():
        text = found.words.text("signatures.not_installed")
        return JSONResponse({"code": "not_installed", "text": text}, 501)
    try:
        body = await _signatures(house(request), revision.file)
    except apart.Unread:
        log.info("signatures not read", extra={"meeting": found.room.meeting.id})
        return JSONResponse({"code": "unread", "text": found.words.text("signatures.unread")}, 422)
    return Response(body, media_type="application/json", headers={"Cache-Control": CACHE if paper.stays else NEVER})


async def _signatures(here: House, file: str) -> bytes:
    """Read once, however many ask."""
    if file not in _known:
        roots = await asyncio.to_thread(_roots, here.settings.signature_roots)
        answer = await _once(file, lambda: apart.read(here.library.path_of(file), roots))
        while len(_known) >= MOST_KNOWN:
            _known.pop(next(iter(_known)))
        _known[file] = answer
    return _known[file]


def _roots(folder: Path) -> list[Path]:
    if not folder.name:
        return []
    return sorted(path for path in folder.iterdir() if path.suffix.lower() in KINDS)
