"""One's own marks: a device sends what it changed and hears what its owner changed elsewhere. Nobody else's are ever found."""

from __future__ import annotations

from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from meetingroom.domain import marks, papers
from meetingroom.domain.marks import Malformed, Mark
from meetingroom.domain.messages import Role
from meetingroom.endpoints import protocol
from meetingroom.endpoints.background import begin
from meetingroom.endpoints.context import House, house
from meetingroom.endpoints.forms import read_body
from meetingroom.endpoints.guards import Entrant, entrant, own_origin
from meetingroom.endpoints.papers import revising
from meetingroom.storage.marks import ANSWER, Kept, Owner, TooMany

LARGEST = 2 * 2**20  # bytes of a request
MOST = 200  # marks of a request


async def sync(request: Request) -> Response:
    """POST …/marks {"since", "marks"} → {"version", "marks", "more"?, "refused"?}.

    `since` is the version a device has seen; `marks` what changed on it. The answer holds how those are kept now and what
    changed since, at most ANSWER at a time: `more` says to ask on from `version`. A version lower than `since` says that
    the server has lost what it had (it was restored): the device then sends all it has. Marks on a paper that may not be
    read now are `refused`; the device keeps them and tries again when its papers change.
    """
    own_origin(request)
    found = await marking(request)
    here = house(request)
    since, sent, refused = await _read(request)
    owner = Owner(found.room.meeting.id, found.participant.id)
    readable = [mark for mark in sent if _may_mark(found, mark)]
    try:
        now = await here.record(here.marks.write, owner, readable, here.rooms.clock()) if readable else []
    except TooMany:
        return JSONResponse({"code": "marks.too_many", "text": found.words.text("refusal.marks.too_many")}, 409)
    version = await here.record(here.marks.version, owner)
    changed = await here.record(here.marks.since, owner, min(since, version))
    if readable:
        _follow(here, found, owner, readable)
        found.room.signal_person(found.participant.id, "marks", {"version": version})
    refused += [mark.id for mark in sent if mark not in readable]
    return JSONResponse(_answer(found, now, changed, version, refused))


def _follow(here: House, found: Entrant, owner: Owner, sent: list[Mark]) -> None:
    """What was marked offline on a revision that has been replaced since goes where that paper's other marks went."""
    for key in {mark.paper for mark in sent if not mark.deleted}:
        paper = found.room.meeting.papers[key]
        if any(mark.paper == key and mark.revision != paper.current for mark in sent):
            begin(revising.follow(here, found.room, paper, owner))


async def marking(request: Request) -> Entrant:
    """Who asks, if they are a person who marks papers: a screen on the wall does not."""
    found = await entrant(request)
    if found.participant.role is Role.SCREEN:
        raise HTTPException(404)
    return found


async def _read(request: Request) -> tuple[int, list[Mark], list[str]]:
    """What a device says, and the ids of what is no mark: one of those must not hold up the others. Answers 413, 400."""
    body = await read_body(request, LARGEST)
    try:
        said = protocol.parsed(body)
        since, sent = said["since"], said["marks"]
        if type(since) is not int or type(sent) is not list or since < 0 or len(sent) > MOST:
            raise HTTPException(400)
    except (protocol.Malformed, KeyError, TypeError) as error:
        raise HTTPException(400) from error
    read: list[Mark] = []
    wrong: list[str] = []
    for each in sent:
        try:
            read.append(marks.read(each))
        except Malformed:
            wrong.append(str(each.get("id", ""))[:64] if isinstance(each, dict) else "")
    return since, read, wrong


def _may_mark(found: Entrant, mark: Mark) -> bool:
    """Only on a paper one may read now. What is deleted goes whatever becomes of its paper."""
    paper = found.room.meeting.papers.get(mark.paper)
    return mark.deleted or (paper is not None and papers.may_read(found.room.meeting, found.participant, paper))


def _answer(found: Entrant, now: list[Kept], changed: list[Kept], version: int, refused: list[str]) -> dict[str, Any]:
    kept = {each.mark.id: each for each in [*now, *changed]}
    answer: dict[str, Any] = {
        "version": changed[-1].version if len(changed) == ANSWER else version,
        "marks": [marks.write(each.mark) for each in kept.values() if _may_mark(found, each.mark)],
    }
    if len(changed) == ANSWER:
        answer["more"] = True
    return answer | ({"refused": refused} if refused else {})
