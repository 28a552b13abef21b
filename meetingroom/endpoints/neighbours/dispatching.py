"""The way between this installation and the others: what comes is taken in, what waits is sent, as long as the server runs."""

from __future__ import annotations

import asyncio
import hashlib
import logging
import uuid
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from meetingroom.endpoints.context import House
from meetingroom.exchange.letter import (
    Letter,
    Organ,
    Reference,
    Status,
    StatusCode,
    Unreadable,
)
from meetingroom.exchange.reading import read
from meetingroom.exchange.transport import Transport, Untransported, transport
from meetingroom.exchange.writing import told
from meetingroom.rendering.limits import MIB
from meetingroom.settings import Settings
from meetingroom.storage.dispatches import IN, STATUS, Dispatch

log = logging.getLogger(__name__)

EVERY = 30.0  # seconds between two looks
AT_ONCE = 20


def transport_of(settings: Settings) -> Transport | None:
    """None where documents go by other ways."""
    return transport(settings.exchange, settings.exchange_token) if settings.exchange_organ else None


_looking = asyncio.Lock()


async def exchange_always(here: House) -> None:
    """As long as the server runs."""
    while True:
        try:
            await look(here)
        except Exception:
            log.exception("documents not exchanged")
        await asyncio.sleep(EVERY)


async def look(here: House) -> None:
    """Takes in what has come, then sends what waits: so that who sent hears at once that it has arrived."""
    way = transport_of(here.settings)
    assert way, "asked before"
    async with _looking:
        try:
            for key in await asyncio.to_thread(way.waiting):
                await _fetch(here, way, key)
        except Untransported as error:
            log.warning("documents not fetched", extra={"cause": str(error)[:200]})
        await _deliver(here, way, await here.record(here.dispatches.due, here.rooms.clock(), AT_ONCE))


async def _fetch(here: House, way: Transport, key: str) -> None:
    """One that cannot be had does not hold up the others."""
    try:
        await _take_in(here, key, await asyncio.to_thread(way.fetch, key))
        await asyncio.to_thread(way.taken, key)
    except Untransported as error:
        log.warning("document not fetched", extra={"cause": str(error)[:200]})
    except Exception:
        log.exception("document not taken in")


async def _deliver(here: House, way: Transport, due: Sequence[Dispatch]) -> None:
    for one in due:
        problem = ""
        try:
            body = await asyncio.to_thread(here.library.path_of(one.file).read_bytes)
            await asyncio.to_thread(way.send, one.id, body)
        except (Untransported, OSError) as error:
            problem = str(error) or "?"
            log.warning("document not sent", extra={"cause": problem[:200]})
        await here.record(here.dispatches.tried, one, here.rooms.clock(), problem)


async def _take_in(here: House, key: str, body: bytes) -> None:
    """Kept before it is said to be taken. What is offered once more is known by its sender and id."""
    now = here.rooms.clock()
    try:
        came = await asyncio.to_thread(read, body, most(here))
    except Exception as error:  # whatever it is: left where it is, it would be offered again for ever
        log.warning("message not readable", extra={"cause": repr(error)[:200]})
        code = error.code if isinstance(error, Unreadable) else "damaged"
        digest, subject = hashlib.sha256(body).hexdigest(), key.encode(errors="replace").decode()
        lost = Dispatch(digest, IN, digest, "", "", now, subject=subject, problem=code)
        await here.record(here.dispatches.add, [lost])
        return
    if isinstance(came, Status):
        await here.record(here.dispatches.told, came.about.document, came.sender.id, came.code, came.text, now)
        return
    stored = await asyncio.to_thread(here.library.keep, body)
    ours = hashlib.sha256(f"{came.sender.id}\0{came.document}".encode()).hexdigest()
    row = replace(row_of(came, IN, stored.hash, now), id=ours)
    arrived = await status(here, row, StatusCode.ARRIVED, "")
    await here.record(here.dispatches.add, [replace(row, status=StatusCode.ARRIVED, status_at=now), arrived])


async def status(here: House, one: Dispatch, code: str, text: str) -> Dispatch:
    """The message to be sent about a document that came."""
    number, _, notation = one.code.partition("/")
    promulgated = date.fromisoformat(one.promulgated) if one.promulgated else None
    about = Reference(one.peer, number, notation, promulgated, one.document)
    body = told(Status(us(here), about, code, text, moment(here)))
    stored = await asyncio.to_thread(here.library.keep, body)
    now = here.rooms.clock()
    return Dispatch(str(uuid.uuid4()), STATUS, one.document, one.peer, stored.hash, now, code=code, due=now)


def row_of(letter: Letter, way: str, file: str, now: int) -> Dispatch:
    return Dispatch(
        id="",
        way=way,
        document=letter.document,
        peer=letter.sender.id,
        peer_name=letter.sender.name,
        code="/".join(part for part in (letter.number, letter.notation) if part),
        kind=letter.kind,
        subject=letter.subject,
        promulgated=letter.promulgated.isoformat() if letter.promulgated else "",
        priority=int(letter.priority),
        business=int(letter.business),
        about=letter.about,
        file=file,
        at=now,
    )


def us(here: House) -> Organ:
    return Organ(here.settings.exchange_organ, here.settings.organisation)


def moment(here: House) -> str:
    return f"{datetime.fromtimestamp(here.rooms.clock() / 1000, ZoneInfo(here.settings.time_zone)):%Y/%m/%d %H:%M:%S}"


def most(here: House) -> int:
    return here.settings.upload_mebibytes * MIB
