"""Choosing from the directory: what is looked for, who is found, and the participants they become in a meeting."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from starlette.datastructures import FormData, QueryParams
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from meetingroom.domain.messages import Role, clean
from meetingroom.domain.people import Entry, ImportParticipants, Participant, same
from meetingroom.domain.separation import Thing
from meetingroom.endpoints.context import House, house
from meetingroom.endpoints.errors import NotDone, sentence
from meetingroom.endpoints.forms import id_in, new_id, read_form
from meetingroom.endpoints.guards import Entrant, entrant, own_origin, require_office
from meetingroom.endpoints.organisation.sight import Sight, sight_for
from meetingroom.export.tables import folded
from meetingroom.storage.circles import Circle
from meetingroom.storage.directory import Person, Unit

MOST_SHOWN = 200
ROLES = {
    "chair": (Role.CHAIR, True),
    "member": (Role.DELEGATE, True),
    "delegate": (Role.DELEGATE, False),
    "guest": (Role.GUEST, False),
}


@dataclass(frozen=True, slots=True)
class Sought:
    """Words of name, office or unit; a unit with all below it; a circle."""

    text: str = ""
    unit: str = ""
    circle: str = ""

    @property
    def query(self) -> str:
        fields = {"q": self.text, "unit": self.unit, "circle": self.circle}
        return urlencode({name: value for name, value in fields.items() if value})


def sought_in(sent: FormData | QueryParams) -> Sought:
    text, unit, circle = (clean(str(sent.get(name, "")))[:200] for name in ("q", "unit", "circle"))
    return Sought(text, unit, circle)


@dataclass(frozen=True, slots=True)
class Book:
    """The directory as it was read for one page."""

    units: Sequence[Unit]
    people: Sequence[Person]
    circles: Sequence[Circle]

    @property
    def called(self) -> dict[str, str]:
        return {unit.id: unit.name for unit in self.units}

    @property
    def offered(self) -> list[Unit]:
        """Units somebody may be put into."""
        return [unit for unit in self.units if not unit.retired]

    def seen(self, sight: Sight) -> Book:
        """The part that is there for somebody; a unit of which they do not see the one above stands at the top."""
        within = set(sight.units(Thing.PEOPLE))
        kept = [unit for unit in self.units if unit.id in within]
        shift = min((unit.depth for unit in kept), default=0)
        units = [
            replace(unit, depth=unit.depth - shift, above=unit.above if unit.above in within else "") for unit in kept
        ]
        people = [person for person in self.people if person.unit in within]
        return Book(units, people, [circle for circle in self.circles if circle.unit in within])

    def find(self, sought: Sought, retired: bool = False) -> list[Person]:
        """By name, those of a circle in its order; `retired`: also who is invited no more."""
        called, people, within = self.called, self.people, self._within(sought.unit)
        if sought.circle:
            known = {person.id: person for person in people}
            chosen = (circle for circle in self.circles if circle.id == sought.circle)
            people = [known[key] for circle in chosen for key in circle.people if key in known]
        wanted = folded(sought.text).split()
        return [
            person
            for person in people
            if (retired or not person.retired)
            and (not sought.unit or person.unit in within)
            and all(word in _text(person, called) for word in wanted)
        ]

    def _within(self, unit: str) -> set[str]:
        """A unit and all below it: `units` has each after the one it belongs to."""
        if not any(each.id == unit for each in self.units):
            return set()
        found = {unit}
        for each in self.units:
            if each.above in found:
                found.add(each.id)
        return found


async def open_book(here: House, sight: Sight) -> Book:
    """The directory as far as it is there for them; 404 if their unit is gone."""
    if sight.visitor.unit and sight.visitor.unit not in sight.tree:
        raise HTTPException(404)
    return (await whole_book(here)).seen(sight)


async def whole_book(here: House) -> Book:
    """All of it, to be shown to nobody as it is. Beside the recording thread: of fifty thousand people it takes a while."""
    return await asyncio.to_thread(lambda: Book(here.directory.units(), here.directory.people(), here.circles.all()))


def _text(person: Person, called: dict[str, str]) -> str:
    return folded(" ".join((person.name, person.office, called.get(person.unit, ""), person.email, person.login)))


async def people(request: Request) -> Response:
    """GET: look for people of the directory. POST: those chosen, or all that were found, take part from now on."""
    found = await entrant(request)
    require_office(found)
    here = house(request)
    book = await open_book(here, await sight_for(here, found.room.meeting.sitting.unit))
    if request.method == "GET":
        return _page(request, found, book, sought_in(request.query_params))
    own_origin(request)
    form = await read_form(request, max_files=0, max_fields=MOST_SHOWN + 20)
    sought = sought_in(form)
    chosen = set(form.getlist("who"))
    everybody = form.get("do") == "all" and sought.query  # never the whole directory by one tap
    wanted = [person for person in book.find(sought) if everybody or person.id in chosen]
    before = found.room.meeting.people
    new = [person for person in wanted if not invited(person, book, before.values())]
    role, member = ROLES.get(str(form.get("as")), ROLES["delegate"])
    entries = tuple(_entry(person, book, role, member) for person in new)
    try:
        if entries:
            await found.room.give(found.participant.id, ImportParticipants(entries=entries), id_in(form))
    except NotDone as error:
        return _page(request, found, book, sought, sentence(found.words, error))
    await _keep_addresses(here, found, book, new, before.keys())
    return RedirectResponse(f"{request.url.path}?{sought.query}&added={len(new)}", 303)


def _entry(person: Person, book: Book, role: Role, member: bool) -> Entry:
    """A copy: whatever becomes of the directory, the meeting says who they were."""
    return (person.office, book.called.get(person.unit, ""), person.name, role, member, "", person.login)


def invited(person: Person, book: Book, people: Iterable[Participant]) -> bool:
    """Whether they are in a meeting already: by account, or by name and unit."""
    key = (same(person.name), same(book.called.get(person.unit, "")))
    return any(
        (person.login and each.account == person.login.casefold()) or (same(each.name), same(each.unit)) == key
        for each in people
    )


async def _keep_addresses(
    here: House, found: Entrant, book: Book, new: Sequence[Person], before: Collection[str]
) -> None:
    """Where their invitations go, for those the meeting has just been given."""
    emails = {(same(one.name), same(book.called.get(one.unit, ""))): one.email for one in new if one.email}
    joined = (each for key, each in found.room.meeting.people.items() if key not in before)
    addresses = {each.id: emails.get((same(each.name), same(each.unit)), "") for each in joined}
    await here.record(
        here.contacts.write, found.room.meeting.id, {key: text for key, text in addresses.items() if text}
    )


def _page(request: Request, found: Entrant, book: Book, sought: Sought, error: str = "") -> Response:
    people_now = found.room.meeting.people.values()
    looked = book.find(sought)
    there = {person.id for person in looked if invited(person, book, people_now)}
    return house(request).templates.page(
        "choose.html",
        found.words,
        422 if error else 200,
        book=book,
        sought=sought,
        looked=looked[:MOST_SHOWN],
        total=len(looked),
        there=there,
        left=len(looked) - len(there),
        added=request.query_params.get("added", ""),
        title=found.room.meeting.sitting.title,
        error=error,
        id=new_id(),
        path=request.url.path,
    )
