"""Documents of a meeting as DOCX or PDF: /documents/minutes.pdf, attendance.docx, invitations.pdf, plates.pdf …"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from urllib.parse import quote

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from meetingroom.domain.messages import ATTENDEES, OFFICE
from meetingroom.domain.minutes import State
from meetingroom.endpoints.access.invitations import codes_of
from meetingroom.endpoints.context import house
from meetingroom.endpoints.guards import Entrant, entrant
from meetingroom.endpoints.records.minutes import legal_words
from meetingroom.endpoints.records.signing import minutes_file
from meetingroom.endpoints.voting.photos import portraits
from meetingroom.export import documents, opinions
from meetingroom.export.ballots import ballots
from meetingroom.export.document import Document
from meetingroom.export.documents import Letterhead, Personal
from meetingroom.export.plates import plates
from meetingroom.export.results import results
from meetingroom.export.seatplan import seat_plan
from meetingroom.export.typeset import Missing, pdf, plates_pdf, seat_plan_pdf
from meetingroom.export.word import docx
from meetingroom.export.workbook import rows, xlsx

TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
NAMES = {
    "minutes": "bien-ban",
    "attendance": "diem-danh",
    "results": "kiem-phieu",
    "ballots": "phieu-trong",
    "conclusions": "thong-bao-ket-luan",
    "invitations": "giay-moi",
    "plates": "bien-ten",
    "seatplan": "so-do-cho-ngoi",
    "opinions": "y-kien",
    "forms": "phieu-lay-y-kien",
}


async def document(request: Request) -> Response:
    """The document of this name and type. Members may have the minutes once they are approved, the office everything."""
    found = await entrant(request)
    name, _, kind = request.path_params["name"].partition(".")
    if name not in NAMES or kind not in TYPES or not _may_have(found, name):
        raise HTTPException(404)
    here = house(request)
    try:
        if kind == "pdf" and name == "minutes" and (file := await minutes_file(here, found.room)):
            content = await asyncio.to_thread(file.read_bytes)
        else:
            make = await _maker(request, found, name, kind)
            if not make:
                raise HTTPException(404)
            content = await asyncio.to_thread(make)
    except Missing as missing:
        return here.templates.page("error.html", found.words, 501, key=missing.code, path="/")
    shown = "inline" if kind == "pdf" else "attachment"
    headers = {
        "Content-Disposition": f"{shown}; filename*=UTF-8''{quote(NAMES[name])}.{kind}",
        "Cache-Control": "private, no-store",
    }
    return Response(content, media_type=TYPES[kind], headers=headers)


async def _maker(request: Request, found: Entrant, name: str, kind: str) -> Callable[[], bytes] | None:
    """What makes the file, in a thread; None where there is nothing to put in it."""
    here, meeting = house(request), found.room.meeting
    fonts, at = Path(here.settings.fonts) if here.settings.fonts else None, meeting.sitting.starts
    if name == "plates":
        return partial(plates_pdf, plates(meeting, legal_words(here)), fonts, at) if kind == "pdf" else None
    if name == "seatplan":
        plan = seat_plan(meeting, legal_words(here)) if kind == "pdf" else None
        return partial(seat_plan_pdf, plan, fonts, at) if plan else None
    if kind == "xlsx":
        words = legal_words(here)
        return (
            partial(xlsx, rows(meeting, words), words.text("record.attendance.title")) if name == "attendance" else None
        )
    made = await made_of(request, found, name)
    if not made:
        return None
    return partial(pdf, made, fonts, at) if kind == "pdf" else partial(docx, made, at)


def _may_have(found: Entrant, name: str) -> bool:
    if found.participant.role in OFFICE:
        return True
    if name == "opinions":  # their own; the wall has none
        return found.participant.role in ATTENDEES
    approved = found.room.meeting.minutes.state is State.APPROVED
    return name == "minutes" and approved and found.participant.member


async def made_of(request: Request, found: Entrant, name: str) -> Sequence[Document]:
    here, meeting = house(request), found.room.meeting
    words = legal_words(here)
    if name == "minutes":
        return [documents.minutes(meeting, words)]
    if name == "attendance":
        return [documents.attendance(meeting, words)]
    if name == "results":
        return results(meeting, words, await portraits(here, meeting))
    if name == "ballots":
        return ballots(meeting, words, await portraits(here, meeting), request.query_params.get("vote", ""))
    letterhead = Letterhead(here.settings.locality, here.rooms.clock())
    if name == "opinions":
        only = None if found.participant.role in OFFICE else found.participant
        said = opinions.given(meeting, words, letterhead, only)
        return [said] if said else []
    if name == "forms":
        return opinions.forms(meeting, words, letterhead)
    if name == "conclusions":
        return [documents.conclusions(meeting, words, letterhead)]
    return documents.invitations(meeting, words, letterhead, await _codes(request, found))


async def _codes(request: Request, found: Entrant) -> dict[str, Personal]:
    """Of everyone, or of the one participant asked for."""
    only = request.query_params.get("participant")
    return await codes_of(request, found, [p for p in found.room.meeting.people.values() if only in (None, p.id)])
