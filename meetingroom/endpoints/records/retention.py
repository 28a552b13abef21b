"""/admin/retention: how many years closed meetings are kept, and which are past that. Nothing is deleted here.

An administrator is told that there is a meeting and whether its archive is made, and of what was said in it nothing.
"""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from meetingroom.endpoints.auditing import note
from meetingroom.endpoints.context import House, house
from meetingroom.endpoints.forms import read_form
from meetingroom.endpoints.guards import administrator, words_of
from meetingroom.storage.audit import Kind

SETTING = "retention_years"
LONGEST = 100  # years
MOST = 200  # meetings of the list


async def retention(request: Request) -> Response:
    account, here = await administrator(request), house(request)
    if request.method == "GET":
        return await _page(request, here)
    said = str((await read_form(request, max_files=0, max_fields=4)).get("years", "")).strip()
    if not (said.isascii() and said.isdecimal() and len(said) < 4 and int(said) <= LONGEST):
        return await _page(request, here, said)
    years = int(said)
    await here.record(here.agency.write, {SETTING: str(years) if years else None})
    await note(request, Kind.RETENTION_CHANGED, account.login, text=str(years))
    return RedirectResponse("/admin/retention", 303)


async def _page(request: Request, here: House, wrong: str | None = None) -> Response:
    years = int((await here.record(here.agency.read)).get(SETTING, 0))
    over = await here.record(here.meetings.closed_before, _before(here, years), MOST) if years else []
    versions = await here.record(here.journal.versions, [each.id for each in over])
    keepers = await here.record(here.meetings.secretaries, [each.id for each in over])
    rows = [
        (each, here.archives.place(each.id, versions.get(each.id, 0)).exists(), keepers.get(each.id, []))
        for each in over
    ]
    return here.templates.page(
        "admin_retention.html",
        words_of(request),
        200 if wrong is None else 422,
        years=years,
        said=wrong if wrong is not None else str(years or ""),
        wrong=wrong is not None,
        rows=rows,
        path="/admin/retention",
    )


def _before(here: House, years: int) -> int:
    """The same day so many years ago; of 29 February the first of March."""
    zone = ZoneInfo(here.settings.time_zone)
    now = datetime.fromtimestamp(here.rooms.clock() / 1000, zone)
    try:
        then = now.replace(year=now.year - years)
    except ValueError:
        then = now.replace(year=now.year - years, month=3, day=1)
    return int(then.timestamp() * 1000)
