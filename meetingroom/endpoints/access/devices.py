"""One's devices in a meeting: which ones came in with one's code, which are not one's own, and how to close the code.

Which device asks is known from its session alone: whoever has a stolen code may not vouch for themselves.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable
from contextlib import suppress

from itsdangerous import BadSignature, TimestampSigner
from starlette.exceptions import HTTPException
from starlette.requests import HTTPConnection, Request
from starlette.responses import RedirectResponse, Response

from meetingroom.domain.devices import Accept, Arrive, Disown, Leave
from meetingroom.domain.people import SERVER, called
from meetingroom.domain.refusals import Refused
from meetingroom.endpoints.auditing import device_of, note
from meetingroom.endpoints.context import House, house
from meetingroom.endpoints.forms import read_form
from meetingroom.endpoints.guards import Entrant, acts_as, device_key, entrant, link, own_origin, review
from meetingroom.endpoints.pages import home_page
from meetingroom.live.room import UnreadableJournal
from meetingroom.storage.audit import Kind
from meetingroom.storage.sessions import Grant

LINK_SECONDS = 300
SPENT = 10_000  # links remembered as used, longer than they live


async def arrived(connection: HTTPConnection, grant: Grant, session: str, by: str = "") -> None:
    """Told to the person's other devices. Those whose session is over are no longer counted. `by`: whose link let it in."""
    meeting, participant = grant
    here = house(connection)
    room = await here.rooms.open(meeting)
    living = {device_key(each) for each in await here.record(here.sessions.of, meeting, participant)}
    for gone in set(room.meeting.devices.of.get(participant, {})) - living:
        await room.give(SERVER.id, Leave(participant=participant, device=gone))
    what = device_of(connection)
    voucher = device_key(by) if by else ""
    await room.give(SERVER.id, Arrive(participant=participant, device=device_key(session), what=what, voucher=voucher))


async def gone(here: House, session: str, grants: Iterable[Grant]) -> None:
    """The session no longer acts as these."""
    for meeting, participant in grants:
        with suppress(KeyError, UnreadableJournal, Refused):
            room = await here.rooms.open(meeting)
            await room.give(SERVER.id, Leave(participant=participant, device=device_key(session)))


async def devices(request: Request) -> Response:
    """The list, and what can be done about it."""
    found = await entrant(request, staff=True)
    if request.method == "GET":
        return await _page(request, found)
    own_origin(request)
    form = await read_form(request, max_files=0, max_fields=4)
    device = str(form.get("device", ""))[:64]
    match str(form.get("do", "")):
        case "disown":
            await _disown(request, found, device)
        case "accept" if device != device_key(found.session):
            with suppress(Refused):
                own = device_key(found.session)
                await found.room.give(SERVER.id, Accept(participant=found.participant.id, device=device, voucher=own))
        case "close":
            await house(request).record(house(request).invitations.close, found.room.meeting.id, found.participant.id)
            await note(request, Kind.CODE_CLOSED, called(found.participant), meeting=found.room.meeting.id)
        case "link":
            return await _page(request, found, await _link(request, found))
        case _:
            raise HTTPException(400)
    return RedirectResponse(request.url.path, 303)


async def _disown(request: Request, found: Entrant, device: str) -> None:
    """That device is out at once, and the code it came in with admits nobody any more."""
    here, meeting, person = house(request), found.room.meeting.id, found.participant
    sessions = [each for each in await here.record(here.sessions.of, meeting, person.id) if device_key(each) == device]
    if not sessions or device == device_key(found.session):
        return
    await here.record(here.invitations.renew, meeting, person.id)
    for session in sessions:
        await here.record(here.sessions.withdraw, session, meeting, person.id)
        await review(here, session)
    with suppress(Refused):
        await found.room.give(SERVER.id, Disown(participant=person.id, device=device))
    await note(request, Kind.DEVICE_DISOWNED, called(person), meeting=meeting)


async def _page(request: Request, found: Entrant, further: str = "") -> Response:
    here, meeting, person = house(request), found.room.meeting, found.participant
    listed = meeting.devices.of.get(person.id, {})
    return here.templates.page(
        "devices.html",
        found.words,
        title=meeting.sitting.title,
        who=called(person),
        devices=sorted(listed.items(), key=lambda each: each[1].at),
        own=device_key(found.session),
        closed=await here.record(here.invitations.is_closed, meeting.id, person.id),
        further=further,
        minutes=LINK_SECONDS // 60,
        back=f"{request.url.path.rsplit('/', 1)[0]}/{home_page(person.role)}",
        path=request.url.path,
    )


# -- a further device of one's own -----------------------------------------------------------------------------------


async def _link(request: Request, found: Entrant) -> str:
    token = await make_token(house(request), found.room.meeting.id, found.participant.id, found.session)
    return link(request, "device_link", token=token)


async def make_token(here: House, meeting: str, participant: str, session: str) -> str:
    """Admits one device once, soon, and only while this session and the present code stand."""
    serial = await here.record(here.invitations.serial, meeting, participant)
    text = f"{meeting}:{participant}:{serial}:{session}:{secrets.token_urlsafe(9)}"
    return _signer(here).sign(text).decode()


async def read_link(here: House, token: str) -> tuple[Grant, str] | None:
    """Whom a link admits and whose session made it; None when it is not ours, too old, was used, or its maker was put out."""
    try:
        text = _signer(here).unsign(token, max_age=LINK_SECONDS).decode()
    except BadSignature:
        return None
    if text in here.spent:
        return None
    here.spent[text] = None
    while len(here.spent) > SPENT:
        here.spent.pop(next(iter(here.spent)))
    try:
        meeting, participant, serial, session, _ = text.rsplit(":", 4)
    except ValueError:  # signed by an earlier version
        return None
    # Who was put out must not come back by a link they made before. A closed code keeps its serial: its owner's links work.
    if serial != str(await here.record(here.invitations.serial, meeting, participant)):
        return None
    return ((meeting, participant), session) if await acts_as(here, session, meeting, participant) else None


def _signer(here: House) -> TimestampSigner:
    return TimestampSigner(here.invitations.key, salt="device", digest_method=hashlib.sha256)
