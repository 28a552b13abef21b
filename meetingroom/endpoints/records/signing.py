"""The approved minutes as a file: printed once, and taken back when it was signed elsewhere."""

from __future__ import annotations

import asyncio
import json
import logging
from functools import partial
from pathlib import Path

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from meetingroom.domain.minutes import State
from meetingroom.domain.people import SERVER
from meetingroom.domain.refusals import Refused, require
from meetingroom.domain.signing import Produce, TakeBack
from meetingroom.endpoints.context import House, house
from meetingroom.endpoints.errors import NotDone, not_done
from meetingroom.endpoints.guards import entrant, own_origin, require_office
from meetingroom.endpoints.papers.signatures import trusted
from meetingroom.endpoints.records.minutes import legal_words
from meetingroom.export import documents
from meetingroom.export.typeset import Missing, pdf
from meetingroom.live.draft import Unrecorded
from meetingroom.live.room import Room
from meetingroom.signatures import apart
from meetingroom.storage.library import Unstorable
from meetingroom.words import Words

log = logging.getLogger(__name__)

LONGEST = 200  # characters of a name


async def minutes_file(here: House, room: Room) -> Path | None:
    """The minutes as signed, or as printed once they were approved; None before that, and where the file is not here.

    Raises Missing, also where it is to be sealed and cannot be: what goes out unsealed once is not sealed afterwards.
    """
    meeting = room.meeting
    if meeting.minutes.state is not State.APPROVED:
        return None
    if not meeting.signing.file and not room.foreign:
        fonts = Path(here.settings.fonts) if here.settings.fonts else None
        made = [documents.minutes(meeting, legal_words(here))]
        content = await asyncio.to_thread(pdf, made, fonts, meeting.sitting.starts)
        content = await sealed(here, content)
        stored = await asyncio.to_thread(here.library.keep, content)  # durable before the journal names it
        await room.give(SERVER.id, Produce(file=stored.hash))
    file = room.meeting.signing.file
    path = here.library.path_of(file)
    return path if file and path.exists() else None


async def sealed(here: House, content: bytes) -> bytes:
    """With the seal of the system, where there is one. Raises Missing."""
    certificate = here.settings.seal_certificate
    if not certificate.name:
        return content
    try:
        return await apart.seal(content, certificate, here.settings.seal_password)
    except apart.Unread as error:
        log.error("minutes not sealed", extra={"cause": str(error)})
        raise Missing("signing.not_sealed") from error


async def take_back(request: Request) -> Response:
    """PUT: the file of the minutes with signatures added. Nothing of it is kept unless it is that and nothing more."""
    own_origin(request)
    found = await entrant(request)
    require_office(found)
    here, room = house(request), found.room
    if not apart.is_installed():
        return JSONResponse({"code": "not_installed", "text": found.words.text("signatures.not_installed")}, 501)
    signers: list[str] = []

    async def examine(over: Path, file: Path) -> None:
        signers.extend(await signers_of(here, over, file))

    try:
        require(room.meeting.minutes.state is State.APPROVED, "signing.not_approved")
        over = await minutes_file(here, room)
        require(over, "signing.not_approved")
        assert over
        stored = await here.library.receive(request.stream(), partial(examine, over))
        room = await here.rooms.open(room.meeting.id)  # a long upload may outlast an idle room
        command = TakeBack(file=stored.hash, over=over.stem, signers=tuple(signers))
        await room.give(found.participant.id, command)
    except NOT_TAKEN as error:
        return not_taken(found.words, error)
    return JSONResponse({"signers": signers}, 201)


NOT_TAKEN = (Missing, Unstorable, *NotDone)


def not_taken(words: Words, error: Missing | Unstorable | Refused | Unrecorded) -> Response:
    """What a page's script is told where a document was neither made nor taken in."""
    match error:
        case Missing():
            return JSONResponse({"code": error.code, "text": words.text(error.code)}, 501)
        case Unstorable():
            text = words.text(f"rejected.{error.code}", **error.params)
            return JSONResponse({"code": error.code, "text": text}, 413)
        case _:
            return not_done(words, error)


async def signers_of(here: House, over: Path, file: Path) -> list[str]:
    """Whose signatures the file has. Raises Refused where it is not `over` with signatures, the last one over all of it."""
    length, added = await asyncio.to_thread(_begins_with, file, over)
    require(length, "signing.not_ours")
    require(added, "signing.no_signature")
    signers = await signers_in(here, file)
    try:
        require(await apart.only_signed(file, length), "signing.more_than_signed")
    except apart.Unread as error:
        raise Refused("signing.unread") from error
    return signers


async def signers_in(here: House, file: Path) -> list[str]:
    """The same of a file that was made elsewhere: every signature fits, and the last is over all of it. Raises Refused."""
    try:
        said = json.loads(await apart.read(file, await asyncio.to_thread(trusted, here.settings.signature_roots)))
        require(said, "signing.no_signature")
        require(all(each["intact"] for each in said), "signing.broken")
        require(said[-1]["whole"], "signing.not_whole")
    except apart.Unread as error:
        raise Refused("signing.unread") from error
    return [str(each.get("name") or each.get("organisation") or each.get("serial", ""))[:LONGEST] for each in said]


def _begins_with(file: Path, former: Path) -> tuple[int, bool]:
    """How long the former one is, with which this begins byte for byte, 0 where it does not; and whether more follows."""
    wanted = former.read_bytes()
    with file.open("rb") as opened:
        begins = opened.read(len(wanted)) == wanted
        return (len(wanted) if begins else 0), bool(opened.read(1))
