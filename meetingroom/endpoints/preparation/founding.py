"""Founding a meeting: a new one in draft, empty or with the people and the agenda of an earlier one or of a template."""

from __future__ import annotations

import base64
import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from meetingroom.domain import meeting as domain
from meetingroom.domain.copying import copied
from meetingroom.domain.meeting import Meeting
from meetingroom.domain.messages import OFFICE, Event, Role, clean, write
from meetingroom.domain.people import Participant, joined, same
from meetingroom.domain.sitting import Address
from meetingroom.endpoints.context import House, house
from meetingroom.endpoints.forms import id_in, read_form
from meetingroom.endpoints.guards import own_origin, session_of
from meetingroom.endpoints.organisation.choosing import Sought, open_book
from meetingroom.storage.accounts import Account
from meetingroom.storage.journal import Conflict, Entry, Summary
from meetingroom.storage.meetings import taking_part


@dataclass(frozen=True, slots=True)
class Copy:
    """What a new meeting takes over from which one."""

    former: Meeting
    people: bool
    agenda: bool


async def new_meeting(request: Request) -> Response:
    """A meeting in draft with its creator as secretary, who then prepares it."""
    own_origin(request)
    here = house(request)
    session = await session_of(request)
    if session is None or session.account is None:
        raise HTTPException(404)
    form = await read_form(request, max_files=0, max_fields=10)
    title = clean(str(form.get("title", "")))[:500]
    if not title:
        return RedirectResponse("/?wrong=title", 303)
    copy = None
    if former := str(form.get("former", "")):
        copy = Copy(await _readable(here, former, session.account), "people" in form, "agenda" in form)
    kept = form.get("form", "sitting")
    circles = {str(form.get("circle", "")), _own_circle(copy) if kept != "template" else ""} - {""}
    invited = [person for circle in sorted(circles) for person in await _of_circle(here, circle)]
    # What was filled in belongs to the id: who goes back to the same page and fills in another meeting founds that one.
    key = _key(id_in(form), session.account.id, *(f"{name}={value}" for name, value in form.multi_items()))
    seat = await found_meeting(here, key, title, session.account, copy, str(kept), invited)
    return RedirectResponse(f"/m/{key}/{seat}/secretariat", 303)


def _key(*parts: str) -> str:
    """The same for the same form sent twice."""
    digest = hashlib.sha256("\0".join(parts).encode()).digest()
    return base64.urlsafe_b64encode(digest[:16]).decode().rstrip("=")


def _own_circle(copy: Copy | None) -> str:
    """The one a template invites, as it is on the day the meeting is founded."""
    return copy.former.sitting.circle if copy and copy.people and copy.former.sitting.template else ""


async def _of_circle(here: House, key: str) -> list[Participant]:
    """The people of a circle as they are in the directory now, in its order."""
    book = await open_book(here)
    return [
        Participant(
            secrets.token_urlsafe(16),
            person.name,
            person.office,
            book.called.get(person.unit, ""),
            Role.DELEGATE,
            True,
            "",
            0,
            person.login.casefold() or None,
        )
        for person in book.find(Sought(circle=key))
    ]


async def _readable(here: House, key: str, account: Account) -> Meeting:
    """A meeting this account is in the office of, or a template; else 404, as if it did not exist."""
    try:
        room = await here.rooms.open(key)
    except KeyError:
        raise HTTPException(404) from None
    meeting = room.meeting
    if room.foreign:
        raise HTTPException(404)
    if meeting.sitting.template:
        return meeting
    if not any(person.account == account.login and person.role in OFFICE for person in meeting.people.values()):
        raise HTTPException(404)
    return meeting


async def found_meeting(
    here: House,
    key: str,
    title: str,
    account: Account,
    copy: Copy | None = None,
    form: str = "sitting",
    invited: Sequence[Participant] = (),
) -> str:
    """Write the first entries of a new meeting; the participant of the founder. Sent twice it is founded once.

    `form`: a sitting, questions to be sent round (`written`), or a `template`; `invited` are added to those copied.
    """
    now = here.rooms.clock()
    founder = _founder(here, account, copy)
    events = _events(here, key, title, founder, now, copy, form)
    events += _joining(domain.replay(events), invited)
    entries = [
        Entry(key, version, now, founder.id, None, event.tag, write(event))
        for version, event in enumerate(events, start=1)
    ]
    meeting = domain.replay(events)
    sitting = meeting.sitting
    summary = Summary(key, title, sitting.starts, sitting.listed, sitting.room, sitting.ends, sitting.kind)
    try:
        await here.record(here.journal.append, entries, summary, [taking_part(key, meeting.people)])
    except Conflict:
        people = (await here.rooms.open(key)).meeting.people.values()
        return next((person.id for person in people if person.account == account.login), founder.id)
    if copy and copy.people:
        await here.record(here.contacts.copy, copy.former.id, key)
    return founder.id


def _founder(here: House, account: Account, copy: Copy | None) -> Participant:
    """Who founds it prepares it; somebody who was in the earlier meeting stays who they were."""
    if copy and copy.people:
        former = (person for person in copy.former.people.values() if person.account == account.login)
        if known := next(former, None):
            return known if known.role in OFFICE else replace(known, role=Role.SECRETARY)
    office = here.catalogue.words(here.settings.language, here.settings.time_zone).text("role.secretary")
    rank = 1 + max((person.rank for person in copy.former.people.values()), default=0) if copy and copy.people else 1
    new = Participant(secrets.token_urlsafe(16), account.name, office, "", Role.SECRETARY, False, "", rank)
    return replace(new, account=account.login)


def _events(
    here: House, key: str, title: str, founder: Participant, now: int, copy: Copy | None, form: str
) -> list[Event]:
    former = copy.former.sitting if copy else None
    starts = _tomorrow_at_eight(now, here.settings.time_zone)
    events = domain.found(
        meeting=key,
        founder=founder,
        title=title,
        kind=former.kind if former else "",
        room=former.room if former else "",
        starts=starts,
        organisation=former.organisation if former else here.settings.organisation,
        address=former.address if former else Address(here.settings.address),
        written=form == "written",
        template=form == "template",
        rule=former.rule if former else "",
        circle=former.circle if former and form == "template" else "",
        ends=starts + former.ends - former.starts if former and former.ends else 0,
    )
    return [*events, *(copied(copy.former, founder, people=copy.people, agenda=copy.agenda) if copy else ())]


def _joining(meeting: Meeting, invited: Sequence[Participant]) -> list[Event]:
    """Those of them who are not in it yet, after all who are."""
    accounts = {person.account for person in meeting.people.values() if person.account}
    names = {(same(person.name), same(person.unit)) for person in meeting.people.values()}
    rank, joining = max(person.rank for person in meeting.people.values()), list[Event]()
    for person in invited:
        name = (same(person.name), same(person.unit))
        if person.account in accounts or name in names:
            continue
        if person.account:
            accounts.add(person.account)
        names.add(name)
        rank += 1
        joining.append(joined(replace(person, rank=rank)))
    return joining


def _tomorrow_at_eight(now: int, zone: str) -> int:
    today = datetime.fromtimestamp(now / 1000, ZoneInfo(zone)).replace(hour=8, minute=0, second=0, microsecond=0)
    return int(today.timestamp() * 1000) + 24 * 3_600_000
