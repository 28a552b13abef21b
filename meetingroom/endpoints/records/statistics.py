"""Looking back over meetings: their figures, and who spoke and who never did. Pages to print, and a table.

For who signs in with an account: of the meetings in which they are chair or secretary, and of those of the unit they keep,
once they began.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence

from starlette.requests import Request
from starlette.responses import Response

from meetingroom.domain import meeting as domain
from meetingroom.domain.meeting import Meeting
from meetingroom.domain.messages import OFFICE, read_event
from meetingroom.domain.phase import Phase
from meetingroom.domain.separation import Thing
from meetingroom.domain.sitting import TEMPLATE
from meetingroom.endpoints.context import House, house
from meetingroom.endpoints.guards import NotSignedIn, session_of, words_of
from meetingroom.endpoints.organisation.sight import sight_of
from meetingroom.export.figures import Figures, figures, table, together
from meetingroom.export.speaking import shares
from meetingroom.export.typeset import Missing
from meetingroom.export.workbook import xlsx
from meetingroom.storage.meetings import Listed, Told
from meetingroom.words import Words, local

log = logging.getLogger(__name__)

MOST = 60  # meetings looked at for who spoke, the latest
MOST_FIGURES = 200  # of one year
WIDTHS = (48, 18, 10, 10, 10, 10, 10, 10, 12, 10, 10, 14)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


async def overview(request: Request) -> Response:
    """/statistics?year=: one line a meeting and the sum of all."""
    here, words = house(request), words_of(request)
    began = await _began(request)
    years = sorted({_year(words, each.starts) for each in began}, reverse=True)
    chosen, found = await _figures(request, began)
    most = max((each.spoken for each in found), default=0) or 1
    return here.templates.page(
        "statistics.html",
        words,
        years=years,
        year=chosen,
        found=found,
        sum=together(found),
        most=most,
        price=here.settings.page_price,
        path="/statistics",
    )


async def overview_file(request: Request) -> Response:
    """The same lines as a table."""
    here, words = house(request), words_of(request)
    chosen, found = await _figures(request, await _began(request))
    try:
        made = await asyncio.to_thread(xlsx, table(found, words), words.text("figures.title"), WIDTHS)
    except Missing as missing:
        return here.templates.page("error.html", words, 501, key=missing.code, path="/statistics")
    headers = {"Content-Disposition": f'attachment; filename="statistics-{chosen}.xlsx"', "Cache-Control": "no-store"}
    return Response(made, media_type=XLSX, headers=headers)


async def speaking(request: Request) -> Response:
    """/speaking: who spoke how often and how long, and who never did."""
    here = house(request)
    began = (await _began(request))[:MOST]
    meetings = await _replay(here, began)
    found = shares(meetings)
    return here.templates.page(
        "speaking.html",
        words_of(request),
        spoke=[each for each in found if each.times],
        silent=[each for each in found if not each.times and each.attended],
        absent=[each for each in found if not each.times and not each.attended],
        total=sum(each.spent for each in found),
        most=max((each.spent for each in found), default=0) or 1,
        meetings=[each for each in began if any(each.id == meeting.id for meeting in meetings)],
        path="/speaking",
    )


async def _began(request: Request) -> list[Listed | Told]:
    """Those one is chair or secretary of, and those of the unit one keeps; the latest first. Raises NotSignedIn."""
    here, session = house(request), await session_of(request)
    if session is None or session.account is None:
        raise NotSignedIn
    mine: list[Listed] = await here.record(here.meetings.of, session.account.login)
    units = (await sight_of(here, session.account)).units(Thing.MEETINGS)
    of_units: list[Told] = await here.record(here.meetings.of_units, units)
    every: dict[str, Listed | Told] = {each.id: each for each in of_units}
    every |= {each.id: each for each in mine if each.role in OFFICE}
    began = (each for each in every.values() if each.phase not in (Phase.DRAFT, Phase.PUBLISHED, TEMPLATE))
    return sorted(began, key=lambda each: -each.starts)


async def _figures(request: Request, began: Sequence[Listed | Told]) -> tuple[str, list[Figures]]:
    """The year that is asked for, or the latest there is, and the figures of its meetings."""
    words = words_of(request)
    years = [_year(words, each.starts) for each in began]
    asked = request.query_params.get("year", "")
    chosen = asked if asked in years else max(years, default="")
    wanted = [each for each, year in zip(began, years, strict=True) if year == chosen][:MOST_FIGURES]
    return chosen, [figures(meeting) for meeting in await _replay(house(request), wanted)]


def _year(words: Words, at: int) -> str:
    return f"{local(at, words.zone):%Y}"


async def _replay(here: House, listed: Sequence[Listed | Told]) -> list[Meeting]:
    return [replayed for each in listed if (replayed := await _replayed(here, each.id)) is not None]


async def _replayed(here: House, meeting: str) -> Meeting | None:
    """From the journal, without opening a room for it. A damaged one is left out; the home page says which those are."""
    try:
        entries = await here.record(here.journal.read, meeting)
        return await asyncio.to_thread(lambda: domain.replay(read_event(entry.name, entry.body) for entry in entries))
    except Exception as error:
        log.warning("journal left out of the statistics", extra={"meeting": meeting, "cause": repr(error)[:200]})
        return None
