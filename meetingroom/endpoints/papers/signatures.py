"""The digital signatures of a paper, for whoever may read it."""

from __future__ import annotations

import asyncio
import json
import logging
import mmap
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from meetingroom.domain.papers.messages import Signed
from meetingroom.endpoints.context import House, house
from meetingroom.endpoints.guards import entrant
from meetingroom.endpoints.papers.images import CACHE, NEVER, readable
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


async def signed(here: House, file: str) -> Signed:
    """All signatures of a file in one word, for lists."""
    if not await asyncio.to_thread(_has_any, here.library.path_of(file)):
        return Signed.NOT
    if not apart.is_installed():
        return Signed.UNREAD
    try:
        return verdict(json.loads(await _signatures(here, file)))
    except apart.Unread:
        return Signed.UNREAD


def _has_any(path: Path) -> bool:
    """What a signature covers is said in bytes of the file, so that it never lies in a compressed part of it."""
    with path.open("rb") as opened, mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_READ) as content:
        return content.find(b"/ByteRange") >= 0


def verdict(found: Sequence[dict[str, Any]]) -> Signed:
    """The last signature answers for what came into the file after all of them."""
    if not found:
        return Signed.NOT
    intact = all(each["intact"] for each in found) and found[-1]["since"] in ("nothing", "added")
    return Signed.INTACT if intact else Signed.DOUBTFUL


async def _signatures(here: House, file: str) -> bytes:
    """Read once, however many ask."""
    if file not in _known:
        roots = await asyncio.to_thread(trusted, here.settings.signature_roots)
        answer = await _once(file, lambda: apart.read(here.library.path_of(file), roots))
        while len(_known) >= MOST_KNOWN:
            _known.pop(next(iter(_known)))
        _known[file] = answer
    return _known[file]


def trusted(folder: Path) -> list[Path]:
    """The certificates of the authorities an administrator has put there."""
    if not folder.name:
        return []
    return sorted(path for path in folder.iterdir() if path.suffix.lower() in KINDS)
