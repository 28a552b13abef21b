"""Who spoke over all the meetings an account chaired or kept, and who never did: a page to print."""

from __future__ import annotations

import asyncio
import logging

from starlette.requests import Request
from starlette.responses import Response

from meetingroom.domain import meeting as domain
from meetingroom.domain.meeting import Meeting
from meetingroom.domain.messages import OFFICE, read_event
from meetingroom.domain.phase import Phase
from meetingroom.endpoints.context import House, house
from meetingroom.endpoints.guards import NotSignedIn, session_of, words_of
from meetingroom.export.speaking import shares
from meetingroom.storage.meetings import Listed

log = logging.getLogger(__name__)

MOST = 60  # meetings looked at, the latest


async def statistics(request: Request) -> Response:
    """/speaking: for who signs in with an account; of meetings in which they are chair or secretary, once they began."""
    here, session = house(request), await session_of(request)
    if session is None or session.account is None:
        raise NotSignedIn
    mine: list[Listed] = await here.record(here.meetings.of, session.account.login)
    began = [each for each in mine if each.role in OFFICE and each.phase not in (Phase.DRAFT, Phase.PUBLISHED)][:MOST]
    meetings = [replayed for each in began if (replayed := await _replayed(here, each.id)) is not None]
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


async def _replayed(here: House, meeting: str) -> Meeting | None:
    """From the journal, without opening a room for it. A damaged one is left out; the home page says which those are."""
    try:
        entries = await here.record(here.journal.read, meeting)
        return await asyncio.to_thread(lambda: domain.replay(read_event(entry.name, entry.body) for entry in entries))
    except Exception as error:
        log.warning("journal left out of the statistics", extra={"meeting": meeting, "cause": repr(error)[:200]})
        return None
