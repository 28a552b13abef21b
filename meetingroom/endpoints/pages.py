"""Pages: home, the pages of a meeting, invitations, documentation."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from meetingroom import __version__, settings
from meetingroom.domain.audience import audience_of
from meetingroom.domain.messages import OFFICE, Role
from meetingroom.domain.people import Participant
from meetingroom.domain.phase import Phase
from meetingroom.domain.separation import Thing
from meetingroom.domain.sitting import TEMPLATE
from meetingroom.endpoints import docs as documentation
from meetingroom.endpoints.context import House, house
from meetingroom.endpoints.guards import device_key, entrant, link, may_hear, session_of, words_of
from meetingroom.endpoints.organisation.sight import sight_of
from meetingroom.storage.accounts import Account
from meetingroom.storage.meetings import Listed
from meetingroom.storage.sessions import Session

PAGES = ("tablet", "console", "screen", "secretariat", "door", "prepare", "draft", "service")
DAY = 24 * 3_600_000


async def home(request: Request) -> Response:
    """Who is signed in sees their meetings; the first visitor of all makes the administrator; others type a code."""
    here = house(request)
    session = await session_of(request)
    if session and session.account:
        return await _meetings(request, here, session.account)
    if not await here.record(here.accounts.any) and not here.settings.demo:
        return RedirectResponse("/setup", 303)
    if session and len(session.grants) == 1 and not here.settings.demo and (seat := await _only_seat(here, session)):
        return RedirectResponse(seat, 303)  # the application opened from a Home Screen
    return RedirectResponse("/demo" if here.settings.demo else "/join", 303)


async def _only_seat(here: House, session: Session) -> str | None:
    """The page of somebody who came with a personal code."""
    ((meeting, participant),) = session.grants
    person = (await here.rooms.open(meeting)).meeting.people.get(participant)
    return f"/m/{meeting}/{participant}/{home_page(person.role)}" if person else None


async def _meetings(request: Request, here: House, account: Account) -> Response:
    """What comes, the next first; what has been, the last first."""
    listed, sight = await here.record(here.meetings.of, account.login), await sight_of(here, account)
    mine = [each for each in listed if each.phase != TEMPLATE]
    damaged = [key for key, error in here.rooms.unreadable.items() if may_hear(account, error)]
    today = here.rooms.clock() - DAY
    past = [each for each in mine if each.phase == Phase.CLOSED or each.starts < today]
    return here.templates.page(
        "home.html",
        words_of(request),
        account=account,
        coming=sorted((each for each in mine if each not in past), key=lambda each: each.starts),
        past=past,
        erased=await here.record(here.erasures.announced, [each.id for each in past]),
        own_templates=[each for each in listed if each.phase == TEMPLATE and each.role in OFFICE],
        unreadable=await here.record(here.meetings.titles, damaged) if damaged else [],
        address=address_of,
        founds=bool(sight.units(Thing.FOUNDED)),
        keeps=bool(sight.units(Thing.MEETINGS)),
        path="/",
    )


def address_of(listed: Listed) -> str:
    return f"/m/{listed.id}/{listed.participant}/{home_page(listed.role)}"


def home_page(role: Role) -> str:
    """The page of a meeting that somebody of this role begins with."""
    pages = {Role.CHAIR: "console", Role.SECRETARY: "secretariat", Role.STAFF: "service", Role.SCREEN: "screen"}
    return pages.get(role, "tablet")


async def live_page(request: Request) -> Response:
    """One of the pages of a meeting: a shell that opens the websocket."""
    found = await entrant(request, staff=True)
    page = request.path_params["page"]
    if page not in PAGES or not _may_open(page, found.participant):
        raise HTTPException(404)
    here, session = house(request), await session_of(request)
    sitting = found.room.meeting.sitting
    return here.templates.page(
        f"{page}.html",
        found.words,
        meeting=found.room.meeting.id,
        participant=found.participant.id,
        role=found.participant.role.value,
        audience=audience_of(found.participant).value,
        title=sitting.title,
        join=link(request, "join"),
        page=page,
        device=device_key(found.session),
        account=bool(session and session.account),
        unit=sitting.unit,
        path=request.url.path,
    )


def _may_open(page: str, person: Participant) -> bool:
    if page == "service" or person.role is Role.STAFF:
        return page == "service" and person.role in (Role.STAFF, Role.SECRETARY)
    if page in ("console", "secretariat", "door"):
        return person.role in OFFICE
    if page == "draft":
        return person.member or person.role in OFFICE
    return page == "screen" or person.role is not Role.SCREEN


async def demo(request: Request) -> Response:
    """Every page of the demo meeting with its QR code; exists in the demo only."""
    here = house(request)
    links = getattr(request.app.state, "demo_links", None)
    if not here.settings.demo or links is None:
        raise HTTPException(404)
    return here.templates.page("demo.html", words_of(request), links=links(str(request.base_url)), path="/demo")


async def guide(request: Request) -> Response:
    """How each of us uses it, in the reader's language; printed it is a booklet."""
    return house(request).templates.page("guide.html", words_of(request), path="/guide")


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
