"""/meetings/new: the form a meeting begins with: what it is called, whose it is, when, in which room, who is in the chair."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time
from zoneinfo import ZoneInfo

from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from meetingroom.domain.meeting import Meeting
from meetingroom.domain.messages import OFFICE, clean
from meetingroom.domain.people import same
from meetingroom.domain.separation import Thing
from meetingroom.domain.sitting import TEMPLATE, USUAL_HOURS
from meetingroom.endpoints.context import House, house
from meetingroom.endpoints.forms import id_in, new_id, read_form
from meetingroom.endpoints.guards import own_origin, session_of, signed_in, words_of
from meetingroom.endpoints.organisation.choosing import Book, open_book
from meetingroom.endpoints.organisation.occupancy import Taken, day_in, occupied
from meetingroom.endpoints.organisation.sight import Sight, sight_of
from meetingroom.endpoints.preparation.founding import Copy, Plan, found_meeting, invited, key_of
from meetingroom.storage.accounts import Account
from meetingroom.storage.directory import Person
from meetingroom.storage.terms import Shelf

FIELDS = ("title", "form", "unit", "kind", "day", "from", "until", "room", "elsewhere", "chair", "former", "circle")
MOST_NAMED = 400  # people the field of the chair offers
MINUTE = 60_000


class Wrong(Exception):
    """A field that must be filled in otherwise; `field` and the word that says how."""

    def __init__(self, at: str, word: str) -> None:
        self.at, self.word = at, word


@dataclass(frozen=True, slots=True)
class Asked:
    """The form as it was sent."""

    fields: Mapping[str, str] = field(default_factory=dict)
    people: bool = True
    agenda: bool = True

    def __getitem__(self, name: str) -> str:
        return self.fields.get(name, "")


async def page(request: Request) -> Response:
    """An empty form, or with ?former= one that a template has filled in."""
    account = (await signed_in(request)).account
    assert account, "signed_in asks for one"
    here = house(request)
    sight = await sight_of(here, account)
    asked = Asked({"form": "sitting", "unit": _home(sight), "from": "08:00"})
    return await _page(request, here, account, sight, asked, new_id())


async def new_meeting(request: Request) -> Response:
    """`do`: `fill` as the template has it, `rooms` that are free at these hours, otherwise the meeting is founded."""
    own_origin(request)
    here, session = house(request), await session_of(request)
    if session is None or session.account is None:
        raise HTTPException(404)
    account, sight = session.account, await sight_of(here, session.account)
    if not sight.units(Thing.FOUNDED):
        raise HTTPException(404)
    form = await read_form(request, max_files=0, max_fields=20)
    asked, key, do = _asked(form), id_in(form), str(form.get("do", ""))
    former, with_people = await _former(here, asked["former"], account, sight)
    if do == "fill":
        filled = Asked(
            {**asked.fields, **_filled(here, former)} if former else asked.fields, asked.people, asked.agenda
        )
        return await _page(request, here, account, sight, filled, key)
    if do == "rooms":
        return await _page(request, here, account, sight, asked, key, rooms=True)
    try:
        plan = await _plan(here, sight, asked)
        if do != "anyway" and await _is_taken(here, sight, account, plan):
            raise Wrong("room", "begin.taken")
    except Wrong as wrong:
        return await _page(request, here, account, sight, asked, key, wrong=wrong, rooms=wrong.at == "room")
    copy = Copy(former, asked.people and with_people, asked.agenda) if former else None
    joining = await invited(here, sight, asked["circle"], copy, template=asked["form"] == "template")
    # What was filled in belongs to the id: who goes back to the same page and fills in another meeting founds that one.
    made = key_of(key, account.id, *(f"{name}={value}" for name, value in form.multi_items() if name != "do"))
    seat = await found_meeting(here, made, asked["title"], account, plan, copy, asked["form"], joining)
    return RedirectResponse(f"/m/{made}/{seat}/secretariat", 303)


def _asked(form: FormData) -> Asked:
    fields = {name: clean(str(form.get(name, "")))[:500] for name in FIELDS}
    return Asked(fields | {"form": fields["form"] or "sitting"}, "people" in form, "agenda" in form)


def _home(sight: Sight) -> str:
    """The unit one founds meetings for unless one says otherwise."""
    return sight.visitor.unit or ""


async def _former(here: House, key: str, account: Account, sight: Sight) -> tuple[Meeting | None, bool]:
    """A meeting this account is in the office of, or a template there is for it, and whether its people may come along:
    a template of those above is begun with, and who is in it stays theirs. Else 404, as if it did not exist."""
    if not key:
        return None, False
    try:
        room = await here.rooms.open(key)
    except KeyError:
        raise HTTPException(404) from None
    meeting = room.meeting
    offered = meeting.sitting.template and sight.sees(Thing.FORMS, meeting.sitting.unit)
    own = any(person.account == account.login and person.role in OFFICE for person in meeting.people.values())
    if room.foreign or not (offered or own):
        raise HTTPException(404)
    return meeting, own or sight.sees(Thing.PEOPLE, meeting.sitting.unit)


def _filled(here: House, former: Meeting | None) -> dict[str, str]:
    """What a template or an earlier meeting says of itself; not the day, which is another."""
    if former is None:
        return {}
    sitting, zone = former.sitting, ZoneInfo(here.settings.time_zone)
    starts, ends = (datetime.fromtimestamp(at / 1000, zone) for at in (sitting.starts, sitting.planned_end))
    told = {"title": sitting.title, "kind": sitting.kind, "room": sitting.room}
    return told | {"from": f"{starts:%H:%M}", "until": f"{ends:%H:%M}" if sitting.ends else "", "elsewhere": ""}


# -- what was filled in ----------------------------------------------------------------------------------------------


async def _plan(here: House, sight: Sight, asked: Asked) -> Plan:
    """Raises Wrong."""
    if not asked["title"]:
        raise Wrong("title", "home.new.title.missing")
    if not sight.sees(Thing.FOUNDED, asked["unit"]):
        raise Wrong("unit", "begin.unit.wrong")
    starts, ends = _hours(here, asked)
    chair = _chair(await open_book(here, sight), asked["chair"])
    return Plan(asked["unit"], asked["kind"], asked["elsewhere"] or asked["room"], starts, ends, chair)


def _hours(here: House, asked: Asked) -> tuple[int | None, int]:
    """None: nobody has said the day, as of a template. Raises Wrong."""
    if not asked["day"]:
        return None, 0
    zone = ZoneInfo(here.settings.time_zone)
    day, begins, ends = day_in(asked["day"]), _clock(asked["from"] or "08:00"), _clock(asked["until"])
    if day is None or begins is None:
        raise Wrong("day", "begin.day.wrong")
    if asked["until"] and (ends is None or ends <= begins):
        raise Wrong("until", "begin.until.wrong")
    first, last = (int(datetime.combine(day, at, zone).timestamp() * 1000) for at in (begins, ends or begins))
    return first, last if ends else 0


def _clock(text: str) -> time | None:
    try:
        return time.fromisoformat(text).replace(tzinfo=None)
    except ValueError:
        return None


def _chair(book: Book, text: str) -> Person | None:
    """Somebody of the directory by how the form offers them, or whoever was written: name, then office behind a dash."""
    if not text:
        return None
    found = (person for person in book.people if same(_label(person)) == same(text) or same(person.name) == same(text))
    name, _, office = text.partition(" – ")
    return next(found, Person(name.strip()[:200], office.strip()[:200]))


def _label(person: Person) -> str:
    return f"{person.name} – {person.office}" if person.office else person.name


# -- rooms -----------------------------------------------------------------------------------------------------------


async def _is_taken(here: House, sight: Sight, account: Account, plan: Plan) -> bool:
    if plan.starts is None or not plan.room:
        return False
    venues, taken = await occupied(here, sight, account, plan.starts, plan.until)
    return any(same(venue.name) == same(plan.room) and taken.get(venue.id) for venue in venues)


async def _rooms(here: House, sight: Sight, account: Account, asked: Asked) -> Mapping[str, Sequence[Taken]] | None:
    """None where no hours are asked about."""
    try:
        starts, ends = _hours(here, asked)
    except Wrong:
        return None
    if starts is None:
        return None
    return (await occupied(here, sight, account, starts, ends or starts + USUAL_HOURS * 60 * MINUTE))[1]


async def _page(
    request: Request,
    here: House,
    account: Account,
    sight: Sight,
    asked: Asked,
    key: str,
    *,
    wrong: Wrong | None = None,
    rooms: bool = False,
) -> Response:
    if not sight.units(Thing.FOUNDED):
        raise HTTPException(404)
    words, book = words_of(request), await open_book(here, sight)
    taken = await _rooms(here, sight, account, asked) if rooms else None
    mine = [each for each in await here.record(here.meetings.of, account.login) if each.role in OFFICE]
    venues = [each for each in await here.record(here.venues.all) if sight.sees(Thing.FORMS, each.unit)]
    return here.templates.page(
        "begin.html",
        words,
        422 if wrong else 200,
        asked=asked,
        whole=sight.sees(Thing.FOUNDED, ""),
        units=[unit for unit in book.offered if sight.sees(Thing.FOUNDED, unit.id)],
        kinds=(await here.record(here.terms.all))[Shelf.MEETINGS],
        venues=venues,
        taken=taken,
        nowhen=rooms and taken is None,
        free=sum(not taken.get(venue.id) for venue in venues) if taken is not None else 0,
        people=[_label(person) for person in book.people if not person.retired][:MOST_NAMED],
        circles=book.circles,
        templates=[each for each in await here.record(here.meetings.templates) if sight.sees(Thing.FORMS, each.unit)],
        former=[each for each in mine if each.phase != TEMPLATE],
        error=words.text(wrong.word) if wrong else "",
        wrong=wrong.at if wrong else "",
        anyway=bool(wrong and wrong.word == "begin.taken"),
        id=key,
        path="/meetings/new",
    )
