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
from meetingroom.endpoints import docs as documentation
from meetingroom.endpoints.context import House, house
from meetingroom.endpoints.guards import (
    Entrant,
    entrant,
    may_hear,
    own_origin,
    require_office,
    review,
    session_of,
    words_of,
)
from meetingroom.storage.accounts import Account
from meetingroom.storage.invitations import spaced
from meetingroom.storage.meetings import Listed

PAGES = ("tablet", "console", "screen", "secretariat", "door")
DAY = 24 * 3_600_000


async def home(request: Request) -> Response:
    """Who is signed in sees their meetings; the first visitor of all makes the administrator; others type a code."""
    here = house(request)
    session = await session_of(request)
    if session and session.account:
        return await _meetings(request, here, session.account)
    if not await here.record(here.accounts.any) and not here.settings.demo:
        return RedirectResponse("/setup", 303)
    return RedirectResponse("/demo" if here.settings.demo else "/join", 303)


async def _meetings(request: Request, here: House, account: Account) -> Response:
    """What comes, the next first; what has been, the last first."""
    mine = await here.record(here.meetings.of, account.login)
    damaged = [key for key, error in here.rooms.unreadable.items() if may_hear(account, error)]
    today = here.rooms.clock() - DAY
    past = [each for each in mine if each.phase == Phase.CLOSED or each.starts < today]
    return here.templates.page(
        "home.html",
        words_of(request),
        account=account,
        coming=sorted((each for each in mine if each not in past), key=lambda each: each.starts),
        past=past,
        former=[each for each in mine if each.role in OFFICE],
        unreadable=await here.record(here.meetings.titles, damaged) if damaged else [],
        address=_address,
        wrong=request.query_params.get("wrong", ""),
        path="/",
    )


def _address(listed: Listed) -> str:
    return f"/m/{listed.id}/{listed.participant}/{home_page(listed.role)}"


def home_page(role: Role) -> str:
    """The page of a meeting that somebody of this role begins with."""
    return {Role.CHAIR: "console", Role.SECRETARY: "secretariat", Role.SCREEN: "screen"}.get(role, "tablet")


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
