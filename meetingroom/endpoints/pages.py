"""Pages: home, a new meeting, the four pages of a meeting, invitations, documentation."""

from __future__ import annotations

import secrets
from datetime import datetime
from zoneinfo import ZoneInfo

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from meetingroom import __version__, settings
from meetingroom.domain import meeting as domain
from meetingroom.domain.audience import audience_of
from meetingroom.domain.messages import OFFICE, Role, clean, write
from meetingroom.domain.people import Participant
from meetingroom.domain.sitting import Address
from meetingroom.endpoints import docs as documentation
from meetingroom.endpoints.context import House, house
from meetingroom.endpoints.guards import Entrant, entrant, own_origin, require_office, review, session_of, words_of
from meetingroom.storage.accounts import Account
from meetingroom.storage.invitations import spaced
from meetingroom.storage.journal import Entry, Summary

PAGES = ("tablet", "console", "screen", "secretariat", "door")


async def home(request: Request) -> Response:
    """Who is signed in sees their meetings; the first visitor of all makes the administrator; others type a code."""
    here = house(request)
    session = await session_of(request)
    if session and session.account:
        listed = await here.record(here.accounts.meetings, session.account)
        seats = [(meeting, await _own_seat(here, meeting.id, session.account)) for meeting in listed]
        mine = [
            (meeting, f"/m/{meeting.id}/{person.id}/{home_page(person.role)}") for meeting, person in seats if person
        ]
        return here.templates.page("home.html", words_of(request), account=session.account, meetings=mine, path="/")
    if not await here.record(here.accounts.any) and not here.settings.demo:
        return RedirectResponse("/setup", 303)
    return RedirectResponse("/demo" if here.settings.demo else "/join", 303)


async def _own_seat(here: House, meeting: str, account: Account) -> Participant | None:
    """Who this account is in a meeting."""
    people = (await here.rooms.open(meeting)).meeting.people.values()
    return next((person for person in people if person.account == account.login), None)


def home_page(role: Role) -> str:
    """The page of a meeting that somebody of this role begins with."""
    return {Role.CHAIR: "console", Role.SECRETARY: "secretariat", Role.SCREEN: "screen"}.get(role, "tablet")


async def new_meeting(request: Request) -> Response:
    """A meeting in draft with its creator as secretary, who then prepares it."""
    own_origin(request)
    here = house(request)
    session = await session_of(request)
    if session is None or session.account is None:
        raise HTTPException(404)
    form = await request.form(max_files=0, max_fields=10)
    title = clean(str(form.get("title", "")))[:500]
    if not title:
        return RedirectResponse("/?error=title", 303)
    key, seat = await found_meeting(here, title, session.account)
    return RedirectResponse(f"/m/{key}/{seat}/secretariat", 303)


async def found_meeting(
    here: House, title: str, account: Account | None, key: str = "", seat: str = ""
) -> tuple[str, str]:
    """Write the first entries of a new meeting; (meeting, participant of the founder)."""
    now = here.rooms.clock()
    key, seat = key or secrets.token_urlsafe(16), seat or secrets.token_urlsafe(16)
    name, login = (account.name, account.login) if account else ("", None)
    office = here.catalogue.words(here.settings.language, here.settings.time_zone).text("role.secretary")
    founder = Participant(seat, name, office, "", Role.SECRETARY, False, "", 1, login)
    events = domain.found(
        meeting=key,
        founder=founder,
        title=title,
        kind="",
        room="",
        starts=_tomorrow_at_eight(now, here.settings.time_zone),
        organisation=here.settings.organisation,
        address=Address(here.settings.address),
    )
    entries = [
        Entry(key, version, now, seat, None, event.tag, write(event)) for version, event in enumerate(events, start=1)
    ]
    sitting = domain.replay(events).sitting
    summary = Summary(key, title, sitting.starts, sitting.phase.value, sitting.room)
    await here.record(here.journal.append, entries, summary)
    return key, seat


def _tomorrow_at_eight(now: int, zone: str) -> int:
    today = datetime.fromtimestamp(now / 1000, ZoneInfo(zone)).replace(hour=8, minute=0, second=0, microsecond=0)
    return int(today.timestamp() * 1000) + 24 * 3_600_000


async def live_page(request: Request) -> Response:
    """One of the pages of a meeting: a shell that opens the websocket."""
    found = await entrant(request)
    page = request.path_params["page"]
    if page not in PAGES or not _may_open(page, found.participant):
        raise HTTPException(404)
    here = house(request)
    sitting = found.room.meeting.sitting
    return here.templates.page(
        f"{page}.html",
        found.words,
        meeting=found.room.meeting.id,
        participant=found.participant.id,
        role=found.participant.role.value,
        audience=audience_of(found.participant).value,
        title=sitting.title,
        join=str(request.url_for("join")),
        page=page,
        path=request.url.path,
    )


def _may_open(page: str, person: Participant) -> bool:
    if page in ("console", "secretariat", "door"):
        return person.role in OFFICE
    return page == "screen" or person.role is not Role.SCREEN


async def invitations(request: Request) -> Response:
    """Personal links with QR codes, one card a person, to print and hand out."""
    found = await entrant(request)
    require_office(found)
    here = house(request)
    if request.method == "POST":
        own_origin(request)
        form = await request.form(max_files=0, max_fields=4)
        person = str(form.get("participant", ""))
        if person in found.room.meeting.people:
            # A lost card: whoever came in with it is out as well.
            await here.record(here.invitations.renew, found.room.meeting.id, person)
            for session in await here.record(here.sessions.revoke, found.room.meeting.id, person):
                await review(here, session)
        return RedirectResponse(request.url.path, 303)
    cards = await _cards(request, found)
    return here.templates.page(
        "invitations.html", found.words, cards=cards, title=found.room.meeting.sitting.title, path=request.url.path
    )


async def _cards(request: Request, found: Entrant) -> list[dict[str, str]]:
    here = house(request)
    cards = []
    for person in sorted(found.room.meeting.people.values(), key=lambda person: person.rank):
        code = await here.record(here.invitations.code, found.room.meeting.id, person.id)
        cards.append(
            {
                "participant": person.id,
                "name": person.name or person.office,
                "office": person.office if person.name else person.unit,
                "role": person.role.value,
                "seat": person.seat,
                "code": spaced(code),
                "link": str(request.url_for("personal_link", code=code)),
            }
        )
    return cards


async def demo(request: Request) -> Response:
    """Every page of the demo meeting with its QR code; exists in the demo only."""
    here = house(request)
    links = getattr(request.app.state, "demo_links", None)
    if not here.settings.demo or links is None:
        raise HTTPException(404)
    return here.templates.page("demo.html", words_of(request), links=links(str(request.base_url)), path="/demo")


async def docs(request: Request) -> Response:
    """The wire protocol, the permission table and the settings, made from the code."""
    return house(request).templates.page(
        "docs.html",
        words_of(request),
        commands=documentation.commands(),
        events=documentation.events(),
        roles=[role.value for role in documentation.ROLES],
        settings=settings.table(),
        path="/docs",
    )


async def health(request: Request) -> Response:
    """200 when the database answers; for supervisors and load balancers."""
    here = house(request)
    try:
        await here.record(here.accounts.any)
    except Exception:
        return JSONResponse({"database": "failed", "version": __version__}, 503)
    rooms = list(here.rooms.running())
    return JSONResponse(
        {"database": "ok", "version": __version__, "meetings": len(rooms), "devices": sum(len(r.seats) for r in rooms)}
    )
