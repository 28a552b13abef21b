"""Personal codes: the cards to print and hand out, and the codes that go into invitations. Who had them shown is kept."""

from __future__ import annotations

from collections.abc import Iterable

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from meetingroom.domain.people import Participant, called
from meetingroom.endpoints.access import devices
from meetingroom.endpoints.auditing import note
from meetingroom.endpoints.context import house
from meetingroom.endpoints.forms import read_form
from meetingroom.endpoints.guards import Entrant, entrant, link, own_origin, require_office, review
from meetingroom.export.documents import Personal
from meetingroom.storage.audit import Kind
from meetingroom.storage.invitations import spaced


async def invitations(request: Request) -> Response:
    """Personal links with QR codes, one card a person."""
    found = await entrant(request)
    require_office(found)
    here, meeting = house(request), found.room.meeting
    if request.method == "POST":
        own_origin(request)
        form = await read_form(request, max_files=0, max_fields=4)
        person = meeting.people.get(str(form.get("participant", "")))
        if person:
            # A lost card: whoever came in with it is out as well.
            await here.record(here.invitations.renew, meeting.id, person.id)
            for session in await here.record(here.sessions.revoke, meeting.id, person.id):
                await review(here, session)
                await devices.gone(here, session, [(meeting.id, person.id)])
            await _note(request, found, Kind.CODE_RENEWED, person)
        return RedirectResponse(request.url.path, 303)
    people = sorted(meeting.people.values(), key=lambda person: person.rank)
    codes = await codes_of(request, found, people)
    return here.templates.page(
        "invitations.html",
        found.words,
        cards=[(person, codes.get(person.id)) for person in people],
        title=meeting.sitting.title,
        path=request.url.path,
    )


async def codes_of(request: Request, found: Entrant, people: Iterable[Participant]) -> dict[str, Personal]:
    """The codes of these people but those who have closed theirs, and a line in the audit log: who has seen a code could
    sign in with it."""
    here, codes, shown = house(request), {}, list(people)
    for person in shown:
        if await here.record(here.invitations.is_closed, found.room.meeting.id, person.id):
            continue
        code = await here.record(here.invitations.code, found.room.meeting.id, person.id)
        codes[person.id] = Personal(spaced(code), link(request, "personal_link", code=code))
    if len(shown) == 1:
        await _note(request, found, Kind.CODES_SHOWN, shown[0])
    elif shown:
        await _note(request, found, Kind.CODES_SHOWN, None)
    return codes


async def _note(request: Request, found: Entrant, kind: Kind, about: Participant | None) -> None:
    """`about` nobody: everybody in the meeting."""
    meeting = found.room.meeting
    await note(request, kind, called(found.participant), about=called(about) if about else "*", meeting=meeting.id)
