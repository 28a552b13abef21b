"""/admin/retention: how many years closed meetings are kept, by their kind, which are past that, and what was erased.

An administrator is told that there is a meeting and whether its archive is made, and of what was said in it nothing.
"""

from __future__ import annotations

import json
from datetime import datetime
from zoneinfo import ZoneInfo

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from meetingroom.domain.retention import FOREVER, LONGEST, Rules
from meetingroom.endpoints.auditing import note
from meetingroom.endpoints.context import House, house
from meetingroom.endpoints.forms import read_form
from meetingroom.endpoints.guards import administrator, words_of
from meetingroom.storage.audit import Kind
from meetingroom.storage.meetings import Closed

USUAL, KINDS = "retention_years", "retention_kinds"  # as the agency's settings name them
MOST = 200  # meetings of the list, and kinds


async def retention(request: Request) -> Response:
    account, here = await administrator(request), house(request)
    if request.method == "GET":
        return await _page(request, here)
    form = await read_form(request, max_files=0, max_fields=2 * MOST + 4)
    usual, kinds = _years(str(form.get("years", ""))), _kinds(form)
    if usual is None or None in kinds.values():
        return await _page(request, here, form)
    told = {kind: years for kind, years in kinds.items() if years is not None}
    written = {USUAL: str(usual) if usual else None, KINDS: json.dumps(told, ensure_ascii=False) if told else None}
    await here.record(here.agency.write, written)
    text = "; ".join([str(usual), *(f"{kind}: {years}" for kind, years in told.items())])
    await note(request, Kind.RETENTION_CHANGED, account.login, text=text)
    return RedirectResponse("/admin/retention", 303)


def _years(said: str) -> int | None:
    """None where it is no number of years."""
    said = said.strip()
    return int(said) if said.isascii() and said.isdecimal() and len(said) < 4 and int(said) <= LONGEST else None


def _kinds(form: FormData) -> dict[str, int | None]:
    """By kind; those that were left empty go by the usual rule."""
    said = {str(form.get(f"kind-{number}", "")): str(form.get(f"years-{number}", "")) for number in range(MOST)}
    return {kind: _years(years) for kind, years in said.items() if kind and years.strip()}


async def rules_of(here: House) -> Rules:
    kept = await here.record(here.agency.read)
    return Rules(int(kept.get(USUAL, 0)), json.loads(kept.get(KINDS, "{}")))


def is_over(here: House, rules: Rules, meeting: Closed) -> bool:
    years = rules.years(meeting.kind)
    return years != FOREVER and meeting.starts < _before(here, years)


def _before(here: House, years: int) -> int:
    """The same day so many years ago; of 29 February the first of March."""
    now = datetime.fromtimestamp(here.rooms.clock() / 1000, ZoneInfo(here.settings.time_zone))
    try:
        then = now.replace(year=now.year - years)
    except ValueError:
        then = now.replace(year=now.year - years, month=3, day=1)
    return int(then.timestamp() * 1000)


async def _page(request: Request, here: House, form: FormData | None = None) -> Response:
    rules, closed = await rules_of(here), await here.record(here.meetings.closed)
    kinds = sorted({each.kind for each in closed if each.kind} | rules.kinds.keys())[:MOST]
    over = [each for each in closed if is_over(here, rules, each)][:MOST]
    versions = await here.record(here.journal.versions, [each.id for each in over])
    keepers = await here.record(here.meetings.secretaries, [each.id for each in over])
    erasures = await here.record(here.erasures.all)
    announced = {each.meeting: each for each in erasures if not each.erased_at}
    return here.templates.page(
        "admin_retention.html",
        words_of(request),
        200 if form is None else 422,
        wrong=form is not None,
        said=str(form.get("years", "")) if form else str(rules.usual or ""),
        kinds=[(kind, _said(form, number, rules, kind)) for number, kind in enumerate(kinds)],
        any=rules.usual or any(rules.kinds.values()),
        rows=[
            (
                each,
                rules.years(each.kind),
                here.archives.place(each.id, versions.get(each.id, 0)).exists(),
                keepers.get(each.id, []),
                announced.get(each.id),
            )
            for each in over
        ],
        gone=[each for each in erasures if each.erased_at],
        path="/admin/retention",
    )


def _said(form: FormData | None, number: int, rules: Rules, kind: str) -> str:
    return str(form.get(f"years-{number}", "")) if form else str(rules.kinds.get(kind, ""))
