"""/dispatches: what goes to other agencies under the agency's name is sent by who has that right, the clerk (văn thư).

Secretaries prepare documents and file what came; the clerk sends, recalls, refuses and tells what became of it.
"""

from __future__ import annotations

import asyncio
import uuid
from dataclasses import replace
from urllib.parse import quote

from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from meetingroom.domain.messages import clean
from meetingroom.endpoints.auditing import note
from meetingroom.endpoints.background import begin
from meetingroom.endpoints.context import House, house
from meetingroom.endpoints.forms import read_form
from meetingroom.endpoints.guards import own_origin, signed_in, words_of
from meetingroom.endpoints.neighbours.dispatching import look, moment, most, row_of, status, transport_of, us
from meetingroom.endpoints.neighbours.exchanging import Wrong, answer, claimed
from meetingroom.exchange.letter import Business, Letter, StatusCode, Unreadable
from meetingroom.exchange.reading import read
from meetingroom.exchange.writing import written
from meetingroom.storage.accounts import Account
from meetingroom.storage.audit import Kind
from meetingroom.storage.dispatches import HELD, IN, OUT, UNTOUCHED, Dispatch

ANSWERS = {"refuse": StatusCode.REFUSED, "agree": StatusCode.AGREED, "keep": StatusCode.NOT_AGREED}
COURSE = (StatusCode.RECEIVED, StatusCode.WAITING, StatusCode.IN_WORK, StatusCode.DONE)
"""What becomes of a document that was taken in, in this order."""
RECALLS = uuid.UUID("6a1f6f3e-0c0b-4f5e-9a57-0d7f3f4a6b21")
"""Of which the ids of recalls are made, each of what it recalls."""


async def clerk(request: Request) -> Account:
    """Who sends under the agency's name; to others the pages do not exist."""
    own_origin(request)
    account = (await signed_in(request)).account
    if account is None or not account.clerk or not transport_of(house(request).settings):
        raise HTTPException(404)
    return account


async def page(request: Request) -> Response:
    """GET: all that goes out and came. POST `do`: send, return, recall; refuse, agree, keep, tell; look."""
    account, here = await clerk(request), house(request)
    if request.method == "GET":
        return await _page(request, here)
    form = await read_form(request, max_files=0, max_fields=10)
    try:
        await _do(request, here, account, form)
    except Wrong as wrong:
        return await _page(request, here, wrong)
    return RedirectResponse("/dispatches", 303)


async def _page(request: Request, here: House, wrong: Wrong | None = None) -> Response:
    words = words_of(request)
    outgoing, received = await here.record(here.dispatches.outgoing), await here.record(here.dispatches.received)
    recalled = {(each.about, each.peer) for each in outgoing if each.business == Business.RECALL}
    return here.templates.page(
        "dispatches.html",
        words,
        422 if wrong else 200,
        held=[each for each in outgoing if each.status == HELD],
        sent=[(each, _may_recall(each, recalled)) for each in outgoing if each.status != HELD],
        received=[(each, _next(each)) for each in received if not each.problem],
        untouched=UNTOUCHED,
        error=words.text(wrong.key) if wrong else "",
        path="/dispatches",
    )


def _may_recall(one: Dispatch, recalled: set[tuple[str, str]]) -> bool:
    return one.business != Business.RECALL and (one.document, one.peer) not in recalled


def _next(one: Dispatch) -> list[str]:
    """What may still be told of it."""
    return [code.value for code in COURSE[COURSE.index(StatusCode(one.status)) + 1 :]] if one.status in COURSE else []


async def _do(request: Request, here: House, account: Account, form: FormData) -> None:
    do, reason = str(form.get("do", "")), clean(str(form.get("reason", "")))[:500]
    if do == "look":
        await look(here)
        return
    one: Dispatch | None = await here.record(here.dispatches.find, str(form.get("dispatch", ""))[:64])
    if one is None:
        raise Wrong("exchange.error.done")
    if do in ("return", "recall", "refuse") and not reason:
        raise Wrong("exchange.error.reason")
    match do:
        case "send" | "return":
            if not await here.record(
                here.dispatches.decide, one.id, here.rooms.clock(), reason if do == "return" else ""
            ):
                raise Wrong("exchange.error.done")
            kind = Kind.DOCUMENT_SENT if do == "send" else Kind.DOCUMENT_RETURNED
        case "recall":
            await _recall(here, one, reason)
            kind = Kind.DOCUMENT_RECALLED
        case "refuse" | "agree" | "keep":
            if one.way != IN or one.problem or one.status not in UNTOUCHED:
                raise Wrong("exchange.error.done")
            async with claimed(here, one):
                await answer(here, one, ANSWERS[do], reason)
            kind, reason = Kind.DOCUMENT_ANSWERED, f"{ANSWERS[do]} {reason}"
        case "tell":
            await _tell(here, one, str(form.get("code", "")))
            kind, reason = Kind.DOCUMENT_ANSWERED, str(form.get("code", ""))
        case _:
            raise HTTPException(400)
    await note(
        request, kind, account.login, about=f"{one.code} · {one.peer}", meeting=one.meeting, text=reason or one.subject
    )
    begin(look(here))


async def _recall(here: House, one: Dispatch, reason: str) -> None:
    """Its receiver is asked to send it back; what they say (15, 16) stands at the recall. Once."""
    outgoing = await here.record(here.dispatches.outgoing)
    recalled = {(each.about, each.peer) for each in outgoing if each.business == Business.RECALL}
    if one.way != OUT or one.status == HELD or one.due or not _may_recall(one, recalled):
        raise Wrong("exchange.error.done")
    former = await _letter(here, one)
    if former is None:
        raise Wrong("exchange.error.done")
    letter = replace(
        former,
        sender=us(here),
        document=str(uuid.uuid5(RECALLS, one.id)),  # the same for whoever presses at the same moment
        business=Business.RECALL,
        about=one.document,
        reason=reason,
        attachments=(),
        at=moment(here),
    )
    now = here.rooms.clock()
    stored = await asyncio.to_thread(here.library.keep, await asyncio.to_thread(written, letter))
    row = row_of(letter, OUT, stored.hash, now)
    row = replace(row, id=letter.document, peer=one.peer, peer_name=one.peer_name, due=now, meeting=one.meeting)
    if not await here.record(here.dispatches.add, [row]):
        raise Wrong("exchange.error.done")


async def _letter(here: House, one: Dispatch) -> Letter | None:
    try:
        found = await asyncio.to_thread(lambda: read(here.library.path_of(one.file).read_bytes(), most(here)))
    except (OSError, Unreadable):
        return None
    return found if isinstance(found, Letter) else None


async def _tell(here: House, one: Dispatch, code: str) -> None:
    """Further on its way here: waits for somebody, is worked on, is done."""
    if one.way != IN or code not in _next(one):
        raise Wrong("exchange.error.done")
    if not await here.record(here.dispatches.goes_on, one, code, await status(here, one, code, "")):
        raise Wrong("exchange.error.done")


async def attachment(request: Request) -> Response:
    """/dispatches/{dispatch}.pdf: what would be sent, or was, to be read before."""
    await clerk(request)
    here = house(request)
    one = await here.record(here.dispatches.find, request.path_params["dispatch"][:64])
    letter = await _letter(here, one) if one and one.way == OUT else None
    if letter is None or not letter.attachments:
        raise HTTPException(404)
    first = letter.attachments[0]
    headers = {
        "Content-Disposition": f"inline; filename*=UTF-8''{quote(first.name)}",
        "Cache-Control": "private, no-store",
    }
    return Response(first.content, media_type="application/pdf", headers=headers)
