"""Documents from and to other agencies: what comes is filed by a secretary as papers of a meeting; minutes and the notice of
conclusions are sent out; each side hears what became of them.
"""

from __future__ import annotations

import asyncio
import hashlib
import logging
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from meetingroom.domain import secrecy
from meetingroom.domain.agenda import numbers
from meetingroom.domain.conclusions import State as ConclusionState
from meetingroom.domain.issuing import Kind as Issue
from meetingroom.domain.issuing import in_force
from meetingroom.domain.meeting import Meeting
from meetingroom.domain.messages import Role, clean
from meetingroom.domain.minutes import State
from meetingroom.domain.papers.messages import Receive
from meetingroom.endpoints.auditing import note
from meetingroom.endpoints.background import begin
from meetingroom.endpoints.context import House, house
from meetingroom.endpoints.errors import NotDone
from meetingroom.endpoints.forms import id_in, new_id, read_form
from meetingroom.endpoints.guards import Entrant, entrant, own_origin, session_of
from meetingroom.endpoints.neighbours.dispatching import look, moment, most, row_of, status, transport_of, us
from meetingroom.endpoints.papers import uploads
from meetingroom.endpoints.records.documents import made_of
from meetingroom.endpoints.records.signing import minutes_file
from meetingroom.exchange.letter import (
    Attachment,
    Business,
    Letter,
    Organ,
    StatusCode,
    Unreadable,
    Unwritable,
)
from meetingroom.exchange.reading import read
from meetingroom.exchange.writing import written
from meetingroom.export.typeset import Missing, pdf
from meetingroom.rendering.limits import MIB
from meetingroom.rendering.office import Unconvertible
from meetingroom.storage.audit import Kind
from meetingroom.storage.dispatches import HELD, IN, OUT, UNTOUCHED, Dispatch
from meetingroom.storage.library import Stored, Unstorable

log = logging.getLogger(__name__)

FIELDS = (
    "what",
    "to",
    "number",
    "notation",
    "place",
    "promulgated",
    "kind",
    "subject",
    "signer",
    "position",
    "competence",
)
SENT = ("conclusions", "minutes")
"""Documents of a meeting that other agencies are sent."""


@dataclass(frozen=True, slots=True)
class Wrong(Exception):
    """What a form has to say, and which sentence."""

    key: str
    params: tuple[tuple[str, str], ...] = ()


async def page(request: Request) -> Response:
    """GET: what came and was sent. POST: `file` as papers; `send`, which a clerk does at once and hands others' on; `look`."""
    own_origin(request)
    found, here = await entrant(request), house(request)
    if found.participant.role is not Role.SECRETARY or not transport_of(here.settings):
        raise HTTPException(404)
    if found.room.meeting.sitting.unit:  # what comes and goes is addressed to the agency, and no one unit's
        raise HTTPException(404)
    if request.method == "GET":
        return await _page(request, here, found)
    form = await read_form(request, max_files=0, max_fields=200)
    try:
        await _do(request, here, found, form)
    except Wrong as wrong:
        return await _page(request, here, found, form, wrong)
    return RedirectResponse(request.url.path, 303)


async def _do(request: Request, here: House, found: Entrant, form: FormData) -> None:
    what = str(form.get("do", ""))
    if what == "look":
        await look(here)
        return
    if what == "send":
        await _send(request, here, found, form)
    elif what == "file":
        one = await here.record(here.dispatches.find, str(form.get("dispatch", "")))
        if one is None or one.way != IN or one.problem or one.status not in UNTOUCHED:
            raise Wrong("exchange.error.done")
        await _file(request, here, found, one, form)
    begin(look(here))


async def _page(
    request: Request, here: House, found: Entrant, form: FormData | None = None, wrong: Wrong | None = None
) -> Response:
    meeting = found.room.meeting
    received = await here.record(here.dispatches.received)
    recalled = {each.about for each in received if each.business == Business.RECALL}
    said = {name: str(form.get(name, "")) for name in FIELDS} if form else {}
    return here.templates.page(
        "exchange.html",
        found.words,
        422 if wrong else 200,
        sends=await _is_clerk(request),
        received=[(each, await _names(here, each) if each.status in UNTOUCHED else ()) for each in received],
        readable=uploads.SUFFIX.search,
        recalled=recalled,
        sent=await here.record(here.dispatches.sent, meeting.id),
        peers=await here.record(here.dispatches.peers),
        items=[(item.id, number, item.title) for item, number, _ in numbers(meeting.agenda)],
        ready=[name for name in SENT if _is_ready(meeting, name)],
        said=said,
        id=id_in(form) if form else new_id(),
        chosen=form.getlist("peer") if form else [],
        place=said.get("place") or here.settings.locality,
        today=_today(here).isoformat(),
        error=found.words.text(wrong.key, **{k: found.words.text(v) for k, v in wrong.params}) if wrong else "",
        meeting=meeting.id,
        title=meeting.sitting.title,
        path=request.url.path,
    )


REMEMBERED = 400  # messages
_named: dict[str, tuple[str, ...]] = {}
"""What lies in the messages that wait, by file: of those read last."""


async def _names(here: House, one: Dispatch) -> tuple[str, ...]:
    if one.problem or one.business == Business.RECALL:
        return ()
    if one.file in _named:
        return _named[one.file]
    if not (letter := await _letter(here, one)):
        return ()  # perhaps only now: it is looked at again
    if len(_named) >= REMEMBERED:
        del _named[next(iter(_named))]
    _named[one.file] = names = tuple(each.name for each in letter.attachments)
    return names


async def _letter(here: House, one: Dispatch) -> Letter | None:
    try:
        read_back = await asyncio.to_thread(lambda: read(here.library.path_of(one.file).read_bytes(), most(here)))
    except (OSError, Unreadable) as error:
        log.warning("message not read again", extra={"cause": repr(error)[:200]})
        return None
    return read_back if isinstance(read_back, Letter) else None


# -- filing ----------------------------------------------------------------------------------------------------------


async def _file(request: Request, here: House, found: Entrant, one: Dispatch, form: FormData) -> None:
    """The chosen attachments become papers as if the secretary had uploaded them."""
    letter = await _letter(here, one)
    wanted = {str(value) for value in form.getlist("attachment")}
    item = str(form.get("item", ""))
    chosen = {number: each for number, each in enumerate(letter.attachments) if str(number) in wanted} if letter else {}
    if not chosen or item not in found.room.meeting.agenda.items:
        raise Wrong("exchange.error.nothing")
    kept = {number: await _kept(here, each) for number, each in chosen.items()}  # all, before the first becomes a paper
    async with claimed(here, one):
        papers = []
        for number, each in chosen.items():
            command = _receive(each, kept[number], item, _title(one, each, len(chosen)))
            # Another secretary may have filed this before the server stopped in it.
            there = _filed(found, command)
            papers.append(there or await _paper(here, found, command, _key(one.id, str(number))))
        await answer(here, one, StatusCode.RECEIVED, "", found.room.meeting.id, papers[0])
    about = {"about": one.code, "meeting": found.room.meeting.id, "text": one.subject}
    await note(request, Kind.DOCUMENT_FILED, found.participant.id, **about)


@asynccontextmanager
async def claimed(here: House, one: Dispatch) -> AsyncIterator[None]:
    """Two who press at the same moment do not both do something with it."""
    if not await here.record(here.dispatches.claim, one, here.rooms.clock()):
        raise Wrong("exchange.error.done")
    try:
        yield
    except Exception:
        await here.record(here.dispatches.release, one)
        raise


def _key(*parts: str) -> str:
    """The same for the same thing done twice."""
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def _filed(found: Entrant, command: Receive) -> str:
    """The paper that this very file is already, under this title and item."""
    wanted = (command.item, command.title)
    papers = [each for each in found.room.meeting.papers.values() if (each.item, each.title) == wanted]
    return next((each.id for each in papers for one in each.revisions.values() if one.file == command.file), "")


def _title(one: Dispatch, attachment: Attachment, of: int) -> str:
    return f"{one.code}: {one.subject if of == 1 else uploads.SUFFIX.sub('', attachment.name)}"[:500]


async def _kept(here: House, attachment: Attachment) -> Stored:
    if not uploads.SUFFIX.search(attachment.name):
        raise Wrong("exchange.error.kind")
    if secrecy.is_marked_name(attachment.name) and not here.settings.marked_secret:
        raise Wrong("rejected.marked_secret_name")
    try:
        return await here.library.receive(_chunks(attachment.content), lambda file: uploads.as_pdf(here, file))
    except (Unstorable, Unconvertible) as error:
        log.info("attachment not filed", extra={"cause": error.code})
        raise Wrong("exchange.error.kind") from error


def _receive(attachment: Attachment, stored: Stored, item: str, title: str) -> Receive:
    return Receive(file=stored.hash, file_name=attachment.name, size=stored.size, item=item, title=title)


async def _paper(here: House, found: Entrant, command: Receive, key: str) -> str:
    try:
        done = await found.room.give(found.participant.id, command, key)
    except NotDone as error:
        raise Wrong("exchange.error.refused") from error
    if done.made:  # else it was made before the last start, and is prepared already
        uploads.prepare(here, found.room, done.made, done.made, command.file)
    return done.made or ""


async def _chunks(content: bytes) -> AsyncIterator[bytes]:
    for start in range(0, len(content), MIB):
        yield content[start : start + MIB]


async def answer(here: House, one: Dispatch, code: str, text: str, meeting: str = "", paper: str = "") -> None:
    """What was done with it, and the message about it. Raises Wrong where somebody was quicker."""
    now = here.rooms.clock()
    answer = await status(here, one, code, text)
    if not await here.record(here.dispatches.answered, one, code, text, now, answer, meeting, paper):
        raise Wrong("exchange.error.done")


# -- sending ---------------------------------------------------------------------------------------------------------


async def _send(request: Request, here: House, found: Entrant, form: FormData) -> None:
    """One message to each receiver, queued before the page says so."""
    said = {name: clean(str(form.get(name, "")).strip()) for name in FIELDS if name != "to"}
    meeting = found.room.meeting
    if not _is_ready(meeting, said["what"]):
        raise Wrong("exchange.error.not_ready")
    receivers = await _receivers(here, form)
    try:
        content = await _content(request, here, found, said["what"])
    except Missing as missing:
        raise Wrong(missing.code) from missing
    document = str(uuid.uuid4())
    letter = Letter(
        sender=us(here),
        receivers=(),
        document=document,
        promulgated=_day(said["promulgated"]),
        attachments=(
            Attachment(f"{said['number']}-{said['notation']}.pdf".replace("/", "-"), "application/pdf", content),
        ),
        at=moment(here),
        number=said["number"],
        notation=said["notation"],
        place=said["place"],
        kind=said["kind"],
        subject=said["subject"],
        signer=said["signer"],
        position=said["position"],
        competence=said["competence"],
    )
    try:
        bodies = await asyncio.to_thread(lambda: [written(replace(letter, receivers=(each,))) for each in receivers])
    except Unwritable as error:
        raise Wrong("exchange.error.field", (("field", f"exchange.field.{error.field}"),)) from error
    now, rows, sends = here.rooms.clock(), [], await _is_clerk(request)
    filled = [id_in(form), meeting.id, found.participant.id, *(f"{name}={value}" for name, value in form.multi_items())]
    for receiver, body in zip(receivers, bodies, strict=True):
        stored = await asyncio.to_thread(here.library.keep, body)
        rows.append(
            replace(
                row_of(letter, OUT, stored.hash, now),
                id=_key(*filled, receiver.id),
                peer=receiver.id,
                peer_name=receiver.name,
                due=now if sends else 0,
                status="" if sends else HELD,
                meeting=meeting.id,
            )
        )
    if not await here.record(here.dispatches.add, rows):
        return  # the same form once more
    for receiver in receivers:
        about = {"about": f"{said['number']}/{said['notation']} → {receiver.id}", "meeting": meeting.id}
        kind = Kind.DOCUMENT_SENT if sends else Kind.DOCUMENT_PREPARED
        await note(request, kind, found.participant.id, **about, text=said["subject"])


async def _is_clerk(request: Request) -> bool:
    """Whether who asks sends under the agency's name; what others prepare waits for one who does."""
    session = await session_of(request)
    return bool(session and session.account and session.account.clerk)


async def _content(request: Request, here: House, found: Entrant, what: str) -> bytes:
    """As it was signed or issued; a notice that was not issued yet is printed now. Raises Missing."""
    meeting = found.room.meeting
    if what == "minutes" and (file := await minutes_file(here, found.room)):
        return await asyncio.to_thread(file.read_bytes)
    issued = in_force(meeting.issuing, Issue.CONCLUSIONS) if what == "conclusions" else None
    if issued and (path := here.library.path_of(issued.file)).exists():
        return await asyncio.to_thread(path.read_bytes)
    made, fonts = await made_of(request, found, what), here.settings.fonts
    return await asyncio.to_thread(pdf, made, Path(fonts) if fonts else None, meeting.sitting.starts)


def _is_ready(meeting: Meeting, name: str) -> bool:
    """Drafts are not for others to read."""
    if name == "minutes":
        return meeting.minutes.state is State.APPROVED
    return name in SENT and any(each.state is not ConclusionState.DRAFT for each in meeting.conclusions.values())


async def _receivers(here: House, form: FormData) -> list[Organ]:
    """Those ticked, and one a line: identifier; name."""
    known = await here.record(here.dispatches.peers)
    found = {key: Organ(key, known[key]) for key in map(str, form.getlist("peer")) if key in known}
    for line in str(form.get("to", "")).splitlines():
        key, _, name = (part.strip() for part in clean(line).partition(";"))
        if key:
            found[key] = Organ(key, name or key)
    if not found:
        raise Wrong("exchange.error.field", (("field", "exchange.field.receivers"),))
    return list(found.values())


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None


def _today(here: House) -> date:
    return datetime.fromtimestamp(here.rooms.clock() / 1000, ZoneInfo(here.settings.time_zone)).date()
