"""/rooms: which rooms are taken on a day, and which are free. Whose meeting it is decides whether its title is told."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from meetingroom.domain.clashes import place
from meetingroom.domain.phase import Phase
from meetingroom.domain.separation import Thing
from meetingroom.domain.sitting import USUAL_HOURS
from meetingroom.endpoints.context import House, house
from meetingroom.endpoints.guards import signed_in, words_of
from meetingroom.endpoints.organisation.sight import Sight, sight_of
from meetingroom.endpoints.preparation.planning import rooms_of
from meetingroom.storage.accounts import Account
from meetingroom.storage.meetings import Told
from meetingroom.storage.venues import Venue

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Taken:
    """Hours of a room; `title` empty: another unit's, of which no more is told."""

    starts: int
    ends: int
    title: str


async def page(request: Request) -> Response:
    """?day=: every room one may meet in, and its hours of that day."""
    account = (await signed_in(request)).account
    assert account, "signed_in asks for one"
    here, words = house(request), words_of(request)
    sight = await sight_of(here, account)
    if not sight.units(Thing.FORMS):
        raise HTTPException(404)
    zone = ZoneInfo(here.settings.time_zone)
    today = datetime.fromtimestamp(here.rooms.clock() / 1000, zone).date()
    day = day_in(request.query_params.get("day", "")) or today
    starts = datetime.combine(day, time(), zone)
    venues, taken = await occupied(here, sight, account, _ms(starts), _ms(starts + DAY))
    return here.templates.page(
        "rooms.html",
        words,
        venues=venues,
        taken=taken,
        day=day.isoformat(),
        shown=words.long_day(_ms(starts) + 12 * 3_600_000),
        before=(day - DAY).isoformat() if day > date.min else "",
        after=(day + DAY).isoformat() if day < date(9990, 1, 1) else "",
        today=today.isoformat(),
        path="/rooms",
    )


async def occupied(
    here: House, sight: Sight, account: Account, starts: int, ends: int
) -> tuple[list[Venue], Mapping[str, Sequence[Taken]]]:
    """The rooms there are for them, and by room what falls into these hours, the first first."""
    every: list[Venue] = await here.record(here.venues.all)
    venues = [venue for venue in every if sight.sees(Thing.FORMS, venue.unit)]
    mine = {each.id for each in await here.record(here.meetings.of, account.login)}
    rooms, taken = rooms_of(every), dict[str, list[Taken]]()
    for each in await here.record(here.meetings.within, starts, ends):
        key = place(each.room, each.unit, rooms, sight.tree)
        until = each.ends or each.starts + USUAL_HOURS * 3_600_000
        taken.setdefault(key, []).append(Taken(each.starts, until, _title(each, sight, mine)))
    return venues, taken


def _title(each: Told, sight: Sight, mine: Collection[str]) -> str:
    thing = Thing.PLANNED if each.phase == Phase.DRAFT else Thing.PUBLISHED
    return each.title if each.id in mine or sight.sees(thing, each.unit) else ""


def day_in(text: str) -> date | None:
    """A day as a form sends it, of years that calendars have."""
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return None
    return found if 1990 <= found.year < 9990 else None


def _ms(moment: datetime) -> int:
    return int(moment.timestamp() * 1000)
