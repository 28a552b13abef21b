"""Founding a meeting: a new one in draft, empty or with the people and the agenda of an earlier one or of a template."""

from __future__ import annotations

import base64
import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from meetingroom.domain import meeting as domain
from meetingroom.domain.copying import copied
from meetingroom.domain.meeting import Meeting
from meetingroom.domain.messages import OFFICE, Event, Role, write
from meetingroom.domain.people import Participant, changed, joined, same
from meetingroom.domain.sitting import USUAL_HOURS, Address
from meetingroom.endpoints.context import House
from meetingroom.endpoints.organisation.choosing import Book, Sought, open_book
from meetingroom.endpoints.organisation.sight import Sight, sight_of
from meetingroom.storage.accounts import Account
from meetingroom.storage.directory import Person
from meetingroom.storage.journal import Conflict, Entry, Summary
from meetingroom.storage.meetings import taking_part


@dataclass(frozen=True, slots=True)
class Copy:
    """What a new meeting takes over from which one."""

    former: Meeting
    people: bool
    agenda: bool


@dataclass(frozen=True, slots=True)
class Plan:
    """What is known of it: whose it is, of what kind, where and when; `starts` None: nobody has said; `ends` 0 likewise."""

    unit: str = ""
    kind: str = ""
    room: str = ""
    starts: int | None = None
    ends: int = 0
    chair: Person | None = None

    @property
    def until(self) -> int:
        return self.ends or (self.starts or 0) + USUAL_HOURS * 3_600_000


def key_of(*parts: str) -> str:
    """The id of a new meeting: the same for the same form sent twice."""
    digest = hashlib.sha256("\0".join(parts).encode()).digest()
    return base64.urlsafe_b64encode(digest[:16]).decode().rstrip("=")


async def invited(here: House, sight: Sight, circle: str, copy: Copy | None, *, template: bool) -> list[Participant]:
    """The people of a circle as they are in the directory now, and of the one the template it begins with invites."""
    book = await open_book(here, sight)
    own = copy.former.sitting.circle if copy and copy.people and copy.former.sitting.template and not template else ""
    people = [person for each in sorted({circle, own} - {""}) for person in book.find(Sought(circle=each))]
    return [person_of(person, book, Role.DELEGATE, 0) for person in people]


def person_of(person: Person, book: Book, role: Role, rank: int) -> Participant:
    """Somebody of the directory as a member of a meeting."""
    unit, account = book.called.get(person.unit, ""), person.login.casefold() or None
    key = secrets.token_urlsafe(16)
    return Participant(key, person.name, person.office, unit, role, True, "", rank, account)


async def found_meeting(
    here: House,
    key: str,
    title: str,
    account: Account,
    plan: Plan,
    copy: Copy | None = None,
    form: str = "sitting",
    invited: Sequence[Participant] = (),
) -> str:
    """Write the first entries of a new meeting; the participant of the founder. Sent twice it is founded once.

    `form`: a sitting, questions to be sent round (`written`), or a `template`; `invited` are added to those copied.
    """
    now = here.rooms.clock()
    founder = _founder(here, account, copy)
    events = _events(here, key, title, founder, now, plan, copy, form)
    if plan.chair:
        book = await open_book(here, await sight_of(here, account))
        events += _chaired(domain.replay(events), person_of(plan.chair, book, Role.CHAIR, 0))
    events += _joining(domain.replay(events), invited)
    entries = [
        Entry(key, version, now, founder.id, None, event.tag, write(event))
        for version, event in enumerate(events, start=1)
    ]
    meeting = domain.replay(events)
    sitting = meeting.sitting
    listed = (sitting.starts, sitting.listed, sitting.room, sitting.ends, sitting.kind, sitting.unit)
    summary = Summary(key, title, *listed)
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
    here: House, key: str, title: str, founder: Participant, now: int, plan: Plan, copy: Copy | None, form: str
) -> list[Event]:
    former = copy.former.sitting if copy else None
    starts = _tomorrow_at_eight(now, here.settings.time_zone) if plan.starts is None else plan.starts
    usual = starts + former.ends - former.starts if former and former.ends else 0
    events = domain.found(
        meeting=key,
        founder=founder,
        title=title,
        kind=plan.kind or (former.kind if former else ""),
        room=plan.room or (former.room if former else ""),
        starts=starts,
        organisation=former.organisation if former else here.settings.organisation,
        address=former.address if former else Address(here.settings.address),
        written=form == "written",
        template=form == "template",
        rule=former.rule if former else "",
        circle=former.circle if former and form == "template" else "",
        ends=plan.ends or usual,
        unit=plan.unit,
    )
    return [*events, *(copied(copy.former, founder, people=copy.people, agenda=copy.agenda) if copy else ())]


def _chaired(meeting: Meeting, chair: Participant) -> list[Event]:
    """They preside from the start, before all others; whoever presided over the meeting that is copied is a member of it."""
    people = meeting.people.values()
    name = (same(chair.name), same(chair.unit))
    known = (
        each
        for each in people
        if (chair.account and each.account == chair.account) or (same(each.name), same(each.unit)) == name
    )
    there = next(known, None)
    others = [each for each in people if each.role is Role.CHAIR and each is not there]
    events: list[Event] = [changed(replace(each, role=Role.DELEGATE)) for each in others]
    if there:
        return [*events, changed(replace(there, role=Role.CHAIR, member=True))]
    first = min((each.rank for each in people), default=1)
    return [*events, joined(replace(chair, rank=max(0, first - 1)))]


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
