"""/api/v1: what a program of a neighbouring system (portal, document management, LGSP) reads with a token.

It sees what a guest of the meeting sees and never a draft, a paper for members or named persons only, or a vote that was
not announced. What it may not see is not found. It changes nothing.
"""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import quote
from zoneinfo import ZoneInfo

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response

from meetingroom.domain import agenda, conclusions, papers
from meetingroom.domain.audience import Audience
from meetingroom.domain.meeting import Meeting
from meetingroom.domain.messages import is_id
from meetingroom.domain.papers import Paper, Revision
from meetingroom.domain.phase import Phase
from meetingroom.domain.separation import Office, Thing
from meetingroom.domain.voting import Vote
from meetingroom.domain.voting.published import is_published, published
from meetingroom.endpoints.access.attempts import Key
from meetingroom.endpoints.auditing import address_of
from meetingroom.endpoints.context import House, house
from meetingroom.endpoints.limits import Allowance
from meetingroom.endpoints.neighbours import openapi
from meetingroom.endpoints.organisation.sight import Sight, sight_for
from meetingroom.storage.meetings import Told
from meetingroom.storage.tokens import Scope, Token
from meetingroom.words import local

DAY = 24 * 3_600_000
PAGE = 50  # meetings of one answer
LIMIT = (120, 2)  # requests at once, and per second in the long run, of one token
CURSOR = re.compile(r"(-?\d{1,15})\.([\w-]{1,64})")
COUNTED = ("vote", "question", "kind", "method", "secret", "options", "answers", "rule", "result")
NEVER = {"Cache-Control": "no-store"}
ASKED = {"WWW-Authenticate": "Bearer"}


async def document(request: Request) -> Response:
    """GET /api/v1/openapi.json. No token is needed to read what can be asked."""
    return JSONResponse(openapi.document(str(request.base_url).rstrip("/")), headers={"Cache-Control": "no-cache"})


async def meetings(request: Request) -> Response:
    """GET /api/v1/meetings?when=upcoming|past&after=: a page of them, and where the next begins."""
    (here, token), zone = await _admitted(request, Scope.MEETINGS), _zone(request)
    when, after = request.query_params.get("when", "upcoming"), request.query_params.get("after", "")
    place = CURSOR.fullmatch(after)
    if when not in ("upcoming", "past") or (after and not place):
        raise HTTPException(400)
    last = (int(place[1]), place[2]) if place else None
    since = here.rooms.clock() - DAY
    units = (await _sight(here, token)).units(Thing.MEETINGS) if token.unit else None
    found: list[Told] = await here.record(here.meetings.page, when == "past", since, last, PAGE + 1, units)
    told, answer = found[:PAGE], {}
    if len(found) > PAGE:
        answer["next"] = f"{told[-1].starts}.{told[-1].id}"
    rows = [
        {"id": m.id, "title": m.title, "room": m.room, "phase": m.phase, "starts": _time(m.starts, zone)} for m in told
    ]
    return JSONResponse({"meetings": rows} | answer, headers=NEVER)


async def meeting(request: Request) -> Response:
    """GET /api/v1/meetings/{meeting}: where and when, its agenda, and what the chair concluded."""
    found, zone = await _meeting(request, Scope.MEETINGS), _zone(request)
    sitting = found.sitting
    times = {"starts": sitting.starts, "opened": sitting.opened_at, "closed": sitting.closed_at}
    items = agenda.view(found, Audience.GUEST)["items"]
    tasks = conclusions.view(found, Audience.GUEST)
    return JSONResponse(
        {
            "id": found.id,
            "title": sitting.title,
            "kind": sitting.kind,
            "room": sitting.room,
            "organisation": sitting.organisation,
            "phase": sitting.phase.value,
            "written": sitting.written,
            **{name: _time(at, zone) for name, at in times.items() if at is not None},
            "agenda": [
                {"id": key, "number": item["number"], "level": item["level"], "title": item["title"]}
                for key, item in items.items()
            ],
            "conclusions": [_conclusion(key, task, zone) for key, task in tasks.items()],
            "minutes": found.minutes.state.value,
        },
        headers=NEVER,
    )


async def listed_papers(request: Request) -> Response:
    """GET /api/v1/meetings/{meeting}/papers: those that everyone in the meeting may read now."""
    found = await _meeting(request, Scope.PAPERS)
    rows = [
        {
            "id": paper.id,
            "item": paper.item,
            "title": paper.title,
            "revision": revision.number,
            "pages": revision.pages,
            "bytes": revision.size,
            "sha256": revision.file,
            "received": _time(revision.received_at, _zone(request)),
        }
        for paper, revision in _open_papers(found)
    ]
    return JSONResponse({"papers": rows}, headers=NEVER)


async def paper_file(request: Request) -> Response:
    """GET /api/v1/meetings/{meeting}/papers/{paper}/file: the PDF as it was uploaded."""
    here, found = house(request), await _meeting(request, Scope.PAPERS)
    for paper, revision in _open_papers(found):
        if paper.id == request.path_params["paper"]:
            path = here.library.path_of(revision.file)
            if not path.exists():
                raise HTTPException(404)
            name = quote(f"{paper.title[:80]}.pdf".replace("/", "-"))
            headers = NEVER | {"Content-Disposition": f"attachment; filename*=UTF-8''{name}"}
            return FileResponse(path, media_type="application/pdf", headers=headers)
    raise HTTPException(404)


async def results(request: Request) -> Response:
    """GET /api/v1/meetings/{meeting}/results: every announced vote with its rule and its figures, without names."""
    found = await _meeting(request, Scope.RESULTS)
    zone = _zone(request)
    rows = [_result(found, vote, zone) for vote in found.voting.values() if is_published(vote, to_office=False)]
    return JSONResponse({"results": rows}, headers=NEVER)


async def ballots(request: Request) -> Response:
    """GET /api/v1/meetings/{meeting}/results/{vote}: the published file from which anybody can count again."""
    found = await _meeting(request, Scope.BALLOTS)
    vote = found.voting.get(request.path_params["vote"])
    if vote is None or not is_published(vote, to_office=False):
        raise HTTPException(404)
    return JSONResponse(published(found, vote), headers=NEVER)


# -- who asks --------------------------------------------------------------------------------------------------------


async def _admitted(request: Request, scope: Scope) -> tuple[House, Token]:
    """401 without a token that counts, slower after failures from one address; 403 without the scope; 429 too often."""
    here = house(request)
    kind, _, secret = request.headers.get("authorization", "").partition(" ")  # an address with a secret ends in logs
    if kind.lower() != "bearer" or not secret.strip().isascii():
        raise HTTPException(401, headers=ASKED)
    address = Key(f"api:{address_of(request)}", free=20)  # its own: people behind the same address may still sign in
    if wait := here.attempts.begin(address):
        raise HTTPException(429, headers={"Retry-After": str(wait)})
    token: Token | None = await here.record(here.tokens.find, secret.strip())
    if token is None:
        raise HTTPException(401, headers=ASKED)
    here.attempts.succeeded(address)
    if not here.allowances.setdefault(token.id, Allowance(LIMIT)).take():
        raise HTTPException(429, headers={"Retry-After": "1"})
    if scope not in token.scopes:
        raise HTTPException(403)
    return here, token


async def _sight(here: House, token: Token) -> Sight:
    """A token of a unit reads like who keeps it."""
    return await sight_for(here, token.unit, Office.REGISTRAR)


async def _meeting(request: Request, scope: Scope) -> Meeting:
    here, token = await _admitted(request, scope)
    key = request.path_params["meeting"]
    if not is_id(key):
        raise HTTPException(404)
    try:
        room = await here.rooms.open(key)
    except KeyError as error:
        raise HTTPException(404) from error
    found = room.meeting
    if room.foreign or found.sitting.phase is Phase.DRAFT:
        raise HTTPException(404)
    if token.unit and not (await _sight(here, token)).sees(Thing.MEETINGS, found.sitting.unit):
        raise HTTPException(404)
    return found


# -- what is told ----------------------------------------------------------------------------------------------------


def _zone(request: Request) -> ZoneInfo:
    return ZoneInfo(house(request).settings.time_zone)


def _time(at: int, zone: ZoneInfo) -> str:
    return local(at, zone).isoformat(timespec="seconds")


def _open_papers(found: Meeting) -> list[tuple[Paper, Revision]]:
    """A paper that may stay on no device leaves the room by no other door either."""
    return [
        (paper, paper.shown)
        for paper in found.papers.values()
        if paper.shown and paper.stays and papers.audience_reads(found, paper, Audience.GUEST)
    ]


def _conclusion(key: str, task: dict[str, Any], zone: ZoneInfo) -> dict[str, Any]:
    told = {name: task[name] for name in ("text", "state", "item", "lead", "supporting") if name in task}
    return {"id": key} | told | ({"due": _time(task["due"], zone)} if "due" in task else {})


def _result(found: Meeting, vote: Vote, zone: ZoneInfo) -> dict[str, Any]:
    whole = published(found, vote)
    times = {name: whole[f"{name}_at"] for name in ("opened", "closed")}
    return {name: whole[name] for name in COUNTED} | {
        name: _time(at, zone) for name, at in times.items() if at is not None
    }
