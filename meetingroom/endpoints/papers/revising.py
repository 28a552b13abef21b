"""When a paper is replaced: everybody's marks are carried to their passages, and what changed is found.

It is done here and not on the tablets, because the words of both revisions are here, because a tablet that is switched off
must find its marks in place when it comes back, and because one alignment serves everybody.
"""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Mapping
from dataclasses import dataclass, replace

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from meetingroom.anchoring import apart
from meetingroom.domain import marks
from meetingroom.domain.meeting import Meeting
from meetingroom.domain.papers import Paper, Revision, RevisionState
from meetingroom.domain.phase import Phase
from meetingroom.endpoints.background import begin
from meetingroom.endpoints.context import House, house
from meetingroom.endpoints.guards import entrant
from meetingroom.endpoints.papers.images import CACHE, NEVER, readable
from meetingroom.live.room import Room, Watch
from meetingroom.rendering.once import Once
from meetingroom.rendering.unreadable import NoSuchPage, Unreadable
from meetingroom.storage.marks import Kept, Owner

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Plan:
    """Where marks go, by owner; made before the new revision is shown, so that they are there with it."""

    moves: Mapping[Owner, list[tuple[Kept, marks.Mark]]]


async def plan(here: House, room: Room, paper: str, revision: Revision, owner: Owner | None = None) -> Plan:
    """For all marks of a paper that lie on its other revisions, or for those of one owner. What fails is logged: marks then
    stay where they are, and their owners are asked."""
    left = await here.record(here.marks.on_older, room.meeting.id, paper, revision.id, owner)
    kept = [(each_owner, each) for each_owner, all_ in left.items() for each in all_]
    moves: dict[Owner, list[tuple[Kept, marks.Mark]]] = {}
    for former in room.meeting.papers[paper].revisions.values():
        lying = [(each_owner, each) for each_owner, each in kept if each.mark.revision == former.id]
        if not lying or former.state is not RevisionState.READY:
            continue
        try:
            placed = await _carry(here, former, revision, [each for _, each in lying])
        except (Unreadable, NoSuchPage, apart.Failed, TimeoutError, OSError) as error:
            log.warning("marks not carried", extra={"meeting": room.meeting.id, "cause": repr(error)[:200]})
            continue
        for number, (each_owner, each) in enumerate(lying):
            if str(number) in placed:
                moves.setdefault(each_owner, []).append((each, placed[str(number)]))
    return Plan(moves)


async def _carry(here: House, former: Revision, revision: Revision, kept: list[Kept]) -> dict[str, marks.Mark]:
    """By number in the list: two people's devices may have made the same id."""
    sent = [marks.write(each.mark) | {"id": str(number)} for number, each in enumerate(kept)]
    head = json.dumps({"do": "carry", "revision": revision.id, "marks": sent}, ensure_ascii=False)[1:-1]
    answer = await apart.run(head.encode(), await _words(here, former), await _words(here, revision))
    read = {number: marks.read(mark) for number, mark in json.loads(answer).items()}
    return {number: replace(mark, id=kept[int(number)].mark.id) for number, mark in read.items()}


async def _words(here: House, revision: Revision) -> list[bytes]:
    return [await _words_of_page(here, revision.file, page) for page in range(1, revision.pages + 1)]


async def _words_of_page(here: House, file: str, page: int) -> bytes:
    """A scanned page has no words and is known by its picture: the same scan is drawn as the same bytes."""
    body = await here.renderer.words(file, page)
    if b'"words":[]' not in body:
        return body
    picture = await here.renderer.image(file, page, THUMBNAIL)
    return body[:-1] + b',"look":"' + hashlib.sha256(picture.body).hexdigest()[:16].encode() + b'"}'


_foreseen: dict[tuple[str, str], tuple[str, Plan]] = {}
"""By meeting and paper: the newest revision planned for, until it is read."""


async def foresee(here: House, room: Room, paper: str, revision: Revision) -> None:
    """Plan before the new pages can be shown: nobody then sees a replaced paper without their marks for long."""
    _foreseen[room.meeting.id, paper] = (revision.id, await plan(here, room, paper, revision))


def watcher(here: House) -> Watch:
    """Carries the marks of a paper whenever another of its revisions is read, for whatever reason: because it became
    pages, because the chair let it, because the meeting went on.
    """

    def watch(room: Room, before: Meeting) -> None:
        if room.meeting.papers is before.papers:
            return
        for paper in room.meeting.papers.values():
            former = before.papers.get(paper.id)
            if former and former.current and former.current != paper.current:
                begin(_carry_all(here, room, paper))

    return watch


def carry_left_over(here: House, room: Room) -> None:
    """What the last stop of the server interrupted. Marks whose passage is gone are tried again, and found gone again."""
    if room.meeting.sitting.phase is Phase.CLOSED:
        return
    for paper in room.meeting.papers.values():
        if paper.shown and len(paper.revisions) > 1:
            begin(_carry_all(here, room, paper))


async def _carry_all(here: House, room: Room, paper: Paper) -> None:
    """What was planned at once; then what was marked since."""
    try:
        revision, planned = _foreseen.get((room.meeting.id, paper.id), ("", Plan({})))
        if revision == paper.current:
            del _foreseen[room.meeting.id, paper.id]
            await put(here, room, planned)
        if paper.shown and paper.id in room.meeting.papers:
            await put(here, room, await plan(here, room, paper.id, paper.shown))
    except Exception:
        log.exception("marks not carried", extra={"meeting": room.meeting.id})


async def put(here: House, room: Room, planned: Plan) -> None:
    """Carries the marks out and tells their owners' devices."""
    for owner, moves in planned.moves.items():
        if await here.record(here.marks.carry, owner, moves):
            version = await here.record(here.marks.version, owner)
            room.signal_person(owner.participant, "marks", {"version": version})


async def follow(here: House, room: Room, paper: Paper, owner: Owner) -> None:
    """What one person marked on an older revision, offline perhaps, after the newer one came."""
    if revision := paper.shown:
        await put(here, room, await plan(here, room, paper.id, revision, owner))


THUMBNAIL = 270  # pixels
MOST_KNOWN = 40  # answers kept

_known: dict[tuple[str, str], bytes] = {}
_once = Once()


async def changes(request: Request) -> Response:
    """…/changes/{revision}/{former}: what changed in a paper between two of its revisions; JSON as anchoring.changes says."""
    found = await entrant(request)
    paper, revision = readable(found, request.path_params["revision"])
    other, former = readable(found, request.path_params["former"])
    if paper is not other:
        raise HTTPException(404)
    try:
        answer = await _changes(house(request), former, revision)
    except (Unreadable, NoSuchPage, apart.Failed, TimeoutError) as error:
        raise HTTPException(404) from error
    return Response(answer, media_type="application/json", headers={"Cache-Control": CACHE if paper.stays else NEVER})


async def _changes(here: House, former: Revision, revision: Revision) -> bytes:
    """Found once, however many tablets ask."""
    key = (former.file, revision.file)

    async def find() -> bytes:
        return await apart.run(b'"do":"changes"', await _words(here, former), await _words(here, revision))

    if key not in _known:
        answer = await _once(key, find)
        while len(_known) >= MOST_KNOWN:
            _known.pop(next(iter(_known)))
        _known[key] = answer
    return _known[key]
