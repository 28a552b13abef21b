"""Searching all meetings one takes part in: their titles, items, conclusions, votes, papers, and the words of papers.

What is found was judged at the version a meeting was read at; one that has gone on since is read again first.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response

from meetingroom.domain import finding, searching
from meetingroom.domain.finding import Kind, Place
from meetingroom.domain.messages import Role, is_id
from meetingroom.domain.searching import Query
from meetingroom.endpoints.background import begin
from meetingroom.endpoints.context import House, house
from meetingroom.endpoints.guards import NotSignedIn, session_of, words_of
from meetingroom.endpoints.pages import home_page
from meetingroom.endpoints.papers.searching import index, places_in, quote_page
from meetingroom.live.room import UnreadableJournal, entries_of, replayed
from meetingroom.storage.places import Known
from meetingroom.storage.sessions import Session

log = logging.getLogger(__name__)

GROUPS = 10  # meetings of one answer
LINES = 6  # of one meeting, where several are searched
ALL_LINES = 200  # of the one that is asked for
PAGES = 3  # quoted of a paper
AT_ONCE = 40  # meetings whose papers are looked through together, the latest first
READ_FIRST = 25  # meetings read again before the answer; the rest is read behind it
DIGITS = 6  # of the place to go on from


@dataclass(frozen=True, slots=True)
class Seat:
    """A meeting of who searches, and who they are in it. `role` is known of accounts."""

    meeting: str
    participant: str
    title: str
    starts: int
    phase: str
    role: Role | None


@dataclass(frozen=True, slots=True)
class Hit:
    """A place that was found; of papers also the pages."""

    place: Place
    by_text: bool
    on_pages: bool


Found = tuple[Seat, list[Hit], str]
"""A meeting, what was found of it, and who one is there: chair and secretary, member, guest."""


async def search(request: Request) -> Response:
    """GET /search?q=&kind=&meeting=&from=: by meeting, the latest first. With a personal code one searches its meeting."""
    here, words = house(request), words_of(request)
    session = await session_of(request)
    if session is None or (session.account is None and not session.grants):
        raise NotSignedIn
    asked = {name: request.query_params.get(name, "") for name in ("q", "kind", "meeting")}
    sought = searching.query(asked["q"])
    kind = Kind(asked["kind"]) if asked["kind"] in Kind.__members__.values() else None
    only = asked["meeting"] if is_id(asked["meeting"]) else None
    start = int(text) if (text := request.query_params.get("from", "")).isdecimal() and len(text) <= DIGITS else 0
    mine = await _seats(here, session)
    left, coming = await _read_again(here, [seat.meeting for seat in mine]) if sought.runs else (set(), 0)
    wanted = [seat for seat in mine if seat.meeting not in left and only in (None, seat.meeting)]
    found, seen = await asyncio.to_thread(_look, here, wanted[start:], sought, kind)
    most = ALL_LINES if only else LINES
    return here.templates.page(
        "search.html",
        words,
        asked=asked,
        kinds=[each.value for each in Kind],
        groups=[await _told(here, group, sought, most) for group in found],
        meetings=len(mine),
        coming=coming,
        searched=bool(sought.runs),
        only=next((seat.title for seat in mine if seat.meeting == only), ""),
        more=f"{urlencode({**asked, 'from': start + seen})}" if seen < len(wanted) - start else "",
        path="/search",
    )


async def _seats(here: House, session: Session) -> list[Seat]:
    """The latest first; whom an account and a code name in one meeting is there by the account."""
    mine: dict[str, Seat] = {}
    if session.account:
        for each in await here.record(here.meetings.of, session.account.login):
            mine[each.id] = Seat(each.id, each.participant, each.title, each.starts, each.phase, each.role)
    granted = {meeting: participant for meeting, participant in session.grants if meeting not in mine}
    if granted:
        for told in await here.record(here.meetings.told, list(granted)):
            mine[told.id] = Seat(told.id, granted[told.id], told.title, told.starts, told.phase, None)
    return sorted(mine.values(), key=lambda seat: (seat.starts, seat.meeting), reverse=True)


def _look(here: House, seats: Sequence[Seat], sought: Query, kind: Kind | None) -> tuple[list[Found], int]:
    """What there is in the first meetings in which there is something, and how many meetings were looked through for it."""
    known = here.places.known()
    texts = here.places.find(sought) if kind is not Kind.WORDS else {}
    found: list[Found] = []
    seen = 0
    for first in range(0, len(seats), AT_ONCE):
        batch = seats[first : first + AT_ONCE]
        numbers = {seat.meeting: known[seat.meeting].id for seat in batch if seat.meeting in known}
        pages = here.places.find_pages(list(numbers.values()), sought) if kind in (None, Kind.WORDS) else {}
        hit = {key: texts.get(key, set()) | pages.get(key, set()) for key in numbers.values()}
        hit = {key: places for key, places in hit.items() if places}
        places, people = (here.places.read(hit), here.places.seats(hit)) if hit else ({}, {})
        for seat in batch:
            seen += 1
            key = numbers.get(seat.meeting, 0)
            mine = people.get(key, {}).get(seat.participant, [])
            hits = [
                Hit(place, number in texts.get(key, ()), number in pages.get(key, ()))
                for number, place in places.get(key, {}).items()
                if place.seen_by.intersection(mine)
            ]
            hits = [each for each in hits if kind in (None, Kind.WORDS, each.place.kind)]
            if hits:
                found.append((seat, sorted(hits, key=_order), mine[0]))
            if len(found) == GROUPS:
                return found, seen
    return found, seen


def _order(hit: Hit) -> tuple[int, bool]:
    return list(Kind).index(hit.place.kind), not hit.by_text


# -- what is told ----------------------------------------------------------------------------------------------------


async def _told(here: House, group: Found, sought: Query, most: int) -> dict[str, Any]:
    seat, hits, audience = group
    base = f"/m/{seat.meeting}/{seat.participant}"
    lines = [_line(hit.place, sought, base, audience) for hit in hits if hit.by_text]
    lines += await _pages(here, [hit.place for hit in hits if hit.on_pages], sought, base, max(0, most - len(lines)))
    return {
        "meeting": seat.meeting,
        "title": seat.title,
        "starts": seat.starts,
        "phase": seat.phase,
        "address": f"{base}/{home_page(seat.role) if seat.role else 'tablet'}",
        "lines": lines[:most],
        "more": len(lines) > most or sum(hit.on_pages for hit in hits) > most,
    }


def _line(place: Place, sought: Query, base: str, audience: str) -> dict[str, Any]:
    words = place.text.split()
    quotation = searching.quotation(words, searching.passages(words, sought))
    return {"kind": place.kind.value, "quotation": quotation, "told": dict(place.told), "page": 0, "title": ""} | {
        "address": f"{base}/{_way(place, audience)}"
    }


def _way(place: Place, audience: str) -> str:
    """Where in the meeting it stands."""
    office = audience == "console"
    match place.kind:
        case Kind.PAPER:
            return f"tablet#{urlencode({'paper': place.about})}"
        case Kind.VOTE:
            return f"votes/{place.about}" if dict(place.told).get("of") else "secretariat#votes" if office else "tablet"
        case Kind.CONCLUSION:
            return (
                "secretariat#conclusions"
                if office
                else f"tablet#{urlencode({'item': dict(place.told).get('item', '')})}"
            )
        case Kind.MINUTES | Kind.SPEECH:
            return "secretariat#minutes" if office else "documents/minutes.pdf"
        case Kind.DOCUMENT:
            return f"issued/{place.about}.pdf"
        case Kind.OPINION:
            return f"tablet#{urlencode({'item': dict(place.told)['item']})}"
        case Kind.ITEM:
            return f"tablet#{urlencode({'item': place.about})}"
        case _:
            return "secretariat#general" if office else "tablet"


async def _pages(here: House, papers: Sequence[Place], sought: Query, base: str, most: int) -> list[dict[str, Any]]:
    """Pages of papers with what stands around the words; first those on which the words stand one after another."""
    files = await asyncio.to_thread(here.index.known, [paper.file for paper in papers[:most]])
    on = await asyncio.to_thread(places_in, here, files, sought)
    lines: list[dict[str, Any]] = []
    for paper in papers[:most]:
        for _, page in on.get(paper.file, [])[:PAGES]:
            quote = await quote_page(here, paper.file, page, sought)
            at = urlencode({"paper": paper.about, "page": page, "q": _text(sought)})
            lines.append(
                {"kind": "words", "quotation": quote["quotation"], "told": {}, "page": page, "title": paper.text}
                | {"address": f"{base}/tablet#{at}"}
            )
    return lines


def _text(sought: Query) -> str:
    """The words once more, as the tablet is to look for them."""
    return " ".join(f'"{" ".join(run)}"' if sought.quoted or len(run) > 1 else run[0] for run in sought.runs)


# -- reading meetings ------------------------------------------------------------------------------------------------


_unread: dict[str, int] = {}
"""Meetings whose journal cannot be read, and at which version: they are said to administrators, not to who searches."""


async def read_all(here: House) -> None:
    """After a start, behind everything else: what the index does not know yet, as after a restore all of it."""
    try:
        await _read(here, await _stale(here, None))
        for file, pages in await asyncio.to_thread(here.places.wordless):
            await index(here, file, pages)
    except Exception:
        log.exception("meetings not read for searching")


async def _read_again(here: House, meetings: Collection[str]) -> tuple[set[str], int]:
    """Brings the index up to these meetings. Those that must not be searched now, and how many of them will be soon."""
    stale = await _stale(here, meetings)
    readable = [key for key, head in stale.items() if _unread.get(key) != head]
    failed = await _read(here, {key: stale[key] for key in readable[:READ_FIRST]})
    left = {key: stale[key] for key in readable[READ_FIRST:]}
    if left:
        begin(_read_behind(here, left))
    soon = failed | left.keys()
    return soon | {key for key, head in stale.items() if _unread.get(key) == head}, len(soon)


async def _stale(here: House, meetings: Collection[str] | None) -> dict[str, int]:
    """Meetings that have gone on since they were read, with the version they are at. None: of all there are."""
    heads: Mapping[str, int] = await here.record(here.journal.heads)
    known: Mapping[str, Known] = await asyncio.to_thread(here.places.known)
    asked: Iterable[str] = heads if meetings is None else (key for key in meetings if key in heads)
    read = {key: known[key].version if key in known else 0 for key in asked}
    return {key: heads[key] for key, version in read.items() if version < heads[key]}


_one = asyncio.Lock()


async def _read(here: House, meetings: Mapping[str, int]) -> set[str]:
    """Those that could not be read this time, as where the disk is full: the next search tries them again."""
    failed = set()
    for key, head in meetings.items():
        try:
            if _unread.get(key) != head:
                async with _one:
                    await _read_one(here, key, head)
        except UnreadableJournal as error:
            _unread[key] = head
            log.warning("meeting not read for searching", extra={"meeting": key, "cause": repr(error.__cause__)[:200]})
        except Exception as error:
            failed.add(key)
            log.warning("meeting not read for searching now", extra={"meeting": key, "cause": repr(error)[:200]})
    return failed


async def _read_behind(here: House, meetings: Mapping[str, int]) -> None:
    await _read(here, meetings)


async def _read_one(here: House, key: str, head: int) -> None:
    """Raises UnreadableJournal."""
    if await asyncio.to_thread(here.places.version, key) >= head:  # another search waited for the same
        return
    room = here.rooms.find(key)
    if room and room.version >= head:
        meeting, version = room.meeting, room.version
    else:  # from the journal, without opening a room for it
        entries = await entries_of(key, here.journal, here.record)
        meeting, version = await asyncio.to_thread(replayed, entries), entries[-1].version
    places = await asyncio.to_thread(finding.places, meeting)
    await asyncio.to_thread(here.places.keep, key, version, finding.seats(meeting), places)
