"""/unit: the meetings of the unit one keeps, and becoming secretary of one whose own secretary cannot.

Of a meeting one is not in, a list tells what stands on a notice board, and no more: who wants more goes in by name, and
journal and audit log say so.
"""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from meetingroom.domain.people import SERVER, JoinAsSecretary
from meetingroom.domain.phase import Phase
from meetingroom.domain.refusals import Refused
from meetingroom.domain.separation import Thing
from meetingroom.endpoints.auditing import note
from meetingroom.endpoints.context import House, house
from meetingroom.endpoints.errors import NotDone, sentence, status
from meetingroom.endpoints.forms import id_in, new_id, read_form
from meetingroom.endpoints.guards import own_origin, signed_in, words_of
from meetingroom.endpoints.organisation.sight import Sight, sight_of
from meetingroom.endpoints.pages import DAY, address_of
from meetingroom.live.draft import Unrecorded
from meetingroom.live.room import UnreadableJournal
from meetingroom.storage.accounts import Account
from meetingroom.storage.audit import Kind

MOST = 200  # meetings of a list


async def page(request: Request) -> Response:
    """GET: the list. POST: one takes part in `meeting` as its secretary from now on."""
    own_origin(request)
    account = (await signed_in(request)).account
    assert account, "signed_in asks for one"
    here = house(request)
    sight = await sight_of(here, account)
    if not sight.units(Thing.MEETINGS):
        raise HTTPException(404)
    if request.method == "GET":
        return await _page(request, here, account, sight)
    form = await read_form(request, max_files=0, max_fields=4)
    key = str(form.get("meeting", ""))
    try:
        return await _join(request, here, account, sight, key, id_in(form))
    except NotDone as error:
        return await _page(request, here, account, sight, error)


async def _join(request: Request, here: House, account: Account, sight: Sight, key: str, command: str) -> Response:
    """404 for what is not theirs, as for what does not exist. Raises NotDone."""
    if key not in {each.id for each in await here.record(here.meetings.of_units, sight.units(Thing.MEETINGS))}:
        raise HTTPException(404)
    try:
        room = await here.rooms.open(key)
    except UnreadableJournal:
        raise HTTPException(404) from None
    office = words_of(request).text("role.secretary")
    # before it is done: what cannot be said in the audit log is not done either
    await note(request, Kind.MEETING_JOINED, account.login, about=room.meeting.sitting.title[:300], meeting=key)
    await room.give(SERVER.id, JoinAsSecretary(name=account.name, office=office, account=account.login), command)
    seat = next(each.id for each in room.meeting.people.values() if each.account == account.login)
    return RedirectResponse(f"/m/{key}/{seat}/secretariat", 303)


async def _page(
    request: Request, here: House, account: Account, sight: Sight, error: Refused | Unrecorded | None = None
) -> Response:
    words = words_of(request)
    every = await here.record(here.meetings.of_units, sight.units(Thing.MEETINGS))
    today = here.rooms.clock() - DAY
    past = [each for each in every if each.phase == Phase.CLOSED or each.starts < today][:MOST]
    coming = sorted((each for each in every if each not in past and each.starts >= today), key=lambda each: each.starts)
    keepers = await here.record(here.meetings.secretaries, [each.id for each in (*coming, *past)])
    called = {unit.id: unit.name for unit in await here.record(here.directory.units)}
    return here.templates.page(
        "unit.html",
        words,
        status(error) if error else 200,
        unit=called.get(account.unit, ""),
        called=called,
        coming=[(each, keepers.get(each.id, [])) for each in coming[:MOST]],
        past=[(each, keepers.get(each.id, [])) for each in past],
        mine={each.id: each for each in await here.record(here.meetings.of, account.login)},
        address=address_of,
        id=new_id(),
        error=sentence(words, error) if error else "",
        path="/unit",
    )
