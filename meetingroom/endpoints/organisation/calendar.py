"""/calendar: one's own meetings and those of one's unit, the next first; the own ones also as a feed for a calendar program."""

from __future__ import annotations

import hmac
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from meetingroom.domain.messages import OFFICE, is_id
from meetingroom.domain.people import same
from meetingroom.domain.phase import Phase
from meetingroom.domain.separation import Thing
from meetingroom.domain.sitting import TEMPLATE
from meetingroom.endpoints.context import House, house
from meetingroom.endpoints.guards import link, signed_in, words_of
from meetingroom.endpoints.organisation.choosing import Sought, whole_book
from meetingroom.endpoints.organisation.sight import sight_of
from meetingroom.endpoints.pages import DAY, address_of
from meetingroom.mail.calendar import NoCalendar, Planned, feed_of, offered
from meetingroom.storage.accounts import Account
from meetingroom.storage.meetings import Listed, Shared
from meetingroom.words import Words


@dataclass(frozen=True, slots=True)
class Line:
    """A meeting as the page shows it. `address` leads there, empty for others' meetings; `people`: of the unit.

    `title` empty: it is not told, only that the hours are taken.
    """

    title: str
    room: str
    phase: str
    starts: int
    ends: int
    address: str = ""
    people: tuple[str, ...] = ()


async def page(request: Request) -> Response:
    """Whose unit it is the directory says: the person with this account's sign-in name."""
    account = (await signed_in(request)).account
    assert account, "signed_in asks for one"
    here, words = house(request), words_of(request)
    mine = await _mine(here, account)
    unit, shared = await _of_unit(here, account, {each.id for each in mine})
    return here.templates.page(
        "calendar.html",
        words,
        mine=_by_day(words, (_own(each) for each in mine)),
        unit=unit,
        shared=_by_day(words, shared),
        feed=link(request, "calendar_feed", account=account.id, key=await _key(here, account)) if offered() else "",
        path="/calendar",
    )


async def feed(request: Request) -> Response:
    """For programs that cannot sign in: who has the address reads titles, rooms and hours of this account's meetings."""
    here, key = house(request), request.path_params["account"]
    account = await here.record(here.accounts.of, key) if is_id(key) else None
    if account is None or account.disabled:
        raise HTTPException(404)
    if not hmac.compare_digest((await _key(here, account)).encode(), request.path_params["key"].encode()):
        raise HTTPException(404)
    told = [each for each in await _mine(here, account) if each.phase != Phase.DRAFT or each.role in OFFICE]
    planned = [Planned(each.id, each.title, each.room, each.starts, each.ends) for each in told]
    try:
        made = feed_of(planned, words_of(request).text("calendar.title"), here.rooms.clock())
    except NoCalendar:
        raise HTTPException(404) from None
    return Response(made, media_type="text/calendar", headers={"Cache-Control": "no-store"})


async def _key(here: House, account: Account) -> str:
    key: str = await here.record(here.accounts.feed_key, account.id, here.invitations.key)
    return key


async def _mine(here: House, account: Account) -> list[Listed]:
    """What is to come, or has begun today; the next first."""
    listed: list[Listed] = await here.record(here.meetings.of, account.login)
    since = here.rooms.clock() - DAY
    coming = (each for each in listed if each.phase not in (Phase.CLOSED, TEMPLATE) and each.starts >= since)
    return sorted(coming, key=lambda each: each.starts)


async def _of_unit(here: House, account: Account, besides: set[str]) -> tuple[str, list[Line]]:
    """The unit's name, and published meetings of people in it or below it; neither for who is not in the directory."""
    book, sight = await whole_book(here), await sight_of(here, account)
    me = next((one for one in book.people if one.unit and same(one.login) == same(account.login)), None)
    if me is None:
        return "", []
    names = {one.login.casefold(): one.name for one in book.find(Sought(unit=me.unit)) if one.login}
    shared: Sequence[Shared] = await here.record(here.meetings.shared, list(names), here.rooms.clock() - DAY)
    lines = [
        _shared(each, tuple(names[who] for who in each.logins), sight.sees(Thing.PUBLISHED, each.unit))
        for each in shared
        if each.id not in besides
    ]
    return book.called.get(me.unit, ""), lines


def _shared(each: Shared, people: tuple[str, ...], told: bool) -> Line:
    """Of a meeting of another branch only that these people are not free."""
    title, room = (each.title, each.room) if told else ("", "")
    return Line(title, room, each.phase, each.starts, each.ends, "", people)


def _own(listed: Listed) -> Line:
    return Line(listed.title, listed.room, listed.phase, listed.starts, listed.ends, address_of(listed))


def _by_day(words: Words, lines: Iterable[Line]) -> list[tuple[str, list[Line]]]:
    return [(day, list(group)) for day, group in groupby(lines, key=lambda line: words.long_day(line.starts))]
