"""The administrator's pages: how the installation is, who is signed in where, and the audit log."""

from __future__ import annotations

import csv
import io
import shutil
import statistics
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from meetingroom.domain.papers import being_prepared
from meetingroom.endpoints.access import devices
from meetingroom.endpoints.administration.beginning import first_things
from meetingroom.endpoints.auditing import note
from meetingroom.endpoints.context import House, house
from meetingroom.endpoints.forms import read_form
from meetingroom.endpoints.guards import administrator, review, words_of
from meetingroom.live.room import UnreadableJournal
from meetingroom.rendering.renderer import NEEDED
from meetingroom.storage.audit import Kind, Line, Wanted
from meetingroom.storage.backup import last_backup
from meetingroom.storage.sessions import Listed
from meetingroom.words import Words

PAGE = 100  # lines of the log on one page
MOST = 100_000  # lines in one CSV file
DAY = 86_400_000
TOO_SLOW = 500  # ms until something is recorded: people begin to notice
SCARCE = 2 << 30  # bytes of disk below which papers may soon not fit


async def overview(request: Request) -> Response:
    """Is all well? What is not comes with what to do."""
    account, here = await administrator(request), house(request)
    words, now = words_of(request), here.rooms.clock()
    backup = last_backup(here.settings.data)
    disk = shutil.disk_usage(here.settings.data)
    running = list(here.rooms.running())
    rooms = [(room.meeting.sitting.title, len(room.seats)) for room in running]
    delays = [delay for room in running for delay in room.delivery.delays()]
    pace, layers = here.record.pace(), here.renderer.layers()
    things = await first_things(here, account)
    return here.templates.page(
        "admin.html",
        words,
        things=[] if all(done for _, done, _ in things) else things,
        begun=here.begun,
        lasted=_lasted(words, now - here.begun),
        rooms=[(title, seats) for title, seats in rooms if seats],
        devices=sum(seats for _, seats in rooms),
        free=_gibibytes(disk.free),
        scarce=disk.free < SCARCE,
        backup_age=_lasted(words, now - backup) if backup else "",
        stale=not backup or now - backup > 7 * DAY,
        recording=_milliseconds(pace.median),
        recording_worst=_milliseconds(pace.worst),
        slow=pace.worst > TOO_SLOW,
        waiting=pace.waiting,
        preparing=sum(being_prepared(room.meeting.papers) for room in running),
        page=_milliseconds(statistics.median(delays)) if delays else "",
        page_worst=_milliseconds(max(delays)) if delays else "",
        deaf=here.rooms.hears is False,
        walls={wall: wall in layers for wall in (*NEEDED, *layers)},
        clear=not here.settings.secure,
        unheard="x-forwarded-for" in request.headers and not here.settings.trusted_proxies,
        second=account.second,
        base=str(request.base_url).rstrip("/"),
        path="/admin",
    )


def _milliseconds(spent: float) -> str:
    """From ten on without a fraction nobody would read."""
    return (f"{spent:.0f}" if spent >= 10 else f"{spent:.1f}".replace(".", ",")) + " ms"


def _gibibytes(size: int) -> str:
    return f"{size / (1 << 30):.1f}".replace(".", ",") + " GB"


def _lasted(words: Words, spent: int) -> str:
    """In the largest unit that fits."""
    for unit, length in (("days", DAY), ("hours", 3_600_000), ("minutes", 60_000)):
        if spent >= length:
            return words.text(f"admin.{unit}", n=spent // length)
    return words.text("admin.moments")


# -- sessions --------------------------------------------------------------------------------------------------------


async def sessions(request: Request) -> Response:
    """Who is signed in, on which device; an ended one is shown the door at once."""
    account, here = await administrator(request), house(request)
    listed = await here.record(here.sessions.all)
    if request.method == "POST":
        form = await read_form(request, max_files=0, max_fields=4)
        ended = next((each for each in listed if each.id == form.get("session")), None)
        if ended:
            await here.record(here.sessions.end, ended.id)
            await review(here, ended.id)
            await devices.gone(here, ended.id, ended.grants)
            who = " · ".join(await _who(here, ended))
            await note(request, Kind.SESSION_ENDED, account.login, about=who, text=ended.device)
        return RedirectResponse("/admin/sessions", 303)
    rows = [(each, *await _who(here, each)) for each in listed]
    return here.templates.page("admin_sessions.html", words_of(request), rows=rows, path="/admin/sessions")


async def _who(here: House, listed: Listed) -> tuple[str, str]:
    """Who somebody is, and by which account or, with a personal code, in which meeting."""
    if listed.account:
        return listed.account.name, listed.account.login
    for meeting, participant in listed.grants:
        try:
            found = (await here.rooms.open(meeting)).meeting
        except (KeyError, UnreadableJournal):
            continue
        person = found.people.get(participant)
        if person:
            return person.name or person.office, found.sitting.title
    return "–", ""


# -- the audit log ---------------------------------------------------------------------------------------------------


async def audit(request: Request) -> Response:
    """Filtered by kind, text and day; the newest first."""
    await administrator(request)
    here, asked = house(request), request.query_params
    before = int(text) if (text := asked.get("before", "")).isdecimal() and len(text) < 16 else 0
    lines = await here.record(here.audit.lines, _wanted(request, here), PAGE + 1, before)
    return here.templates.page(
        "admin_audit.html",
        words_of(request),
        lines=lines[:PAGE],
        meetings=await _titles(here, lines),
        more=lines[PAGE - 1].number if len(lines) > PAGE else 0,
        kinds=[kind.value for kind in Kind],
        asked={name: asked.get(name, "") for name in ("kind", "text", "since", "until")},
        path="/admin/audit",
    )


async def audit_file(request: Request) -> Response:
    """The same lines as CSV."""
    await administrator(request)
    here, words = house(request), words_of(request)
    lines = await here.record(here.audit.lines, _wanted(request, here), MOST)
    titles, zone = await _titles(here, lines), ZoneInfo(here.settings.time_zone)
    text = io.StringIO()
    rows = csv.writer(text)
    heads = ("number", "at", "kind", "actor", "about", "meeting", "address", "text")
    rows.writerow([words.text(f"audit.{name}") for name in heads])
    for line in lines:
        at = datetime.fromtimestamp(line.at / 1000, zone).isoformat(" ", "seconds")
        told = (line.actor, line.about, titles.get(line.meeting, line.meeting), line.address, line.text)
        rows.writerow([line.number, at, words.text(f"audit.kind.{line.kind}"), *map(_harmless, told)])
    headers = {"Content-Disposition": 'attachment; filename="audit.csv"', "Cache-Control": "no-store"}
    return Response("\ufeff" + text.getvalue(), media_type="text/csv; charset=utf-8", headers=headers)


def _harmless(text: str) -> str:
    """A spreadsheet would run a cell that begins like a formula."""
    return "'" + text if text[:1] in ("=", "+", "-", "@", "\t") else text


def _wanted(request: Request, here: House) -> Wanted:
    asked, zone = request.query_params, ZoneInfo(here.settings.time_zone)
    kinds = tuple(kind for kind in asked.getlist("kind") if kind in Kind.__members__.values())
    since, until = _day(asked.get("since", ""), zone, 0), _day(asked.get("until", ""), zone, 1)
    return Wanted(kinds, asked.get("text", "").strip()[:100], since, until)


def _day(text: str, zone: ZoneInfo, later: int) -> int:
    """The beginning of that day, or of the day after it; 0 for none."""
    try:
        return int((datetime.fromisoformat(text[:10]).replace(tzinfo=zone) + timedelta(days=later)).timestamp() * 1000)
    except (ValueError, OverflowError):
        return 0


async def _titles(here: House, lines: list[Line]) -> dict[str, str]:
    """Meetings as people call them."""
    titles: dict[str, str] = await here.record(here.meetings.called, {line.meeting for line in lines})
    return titles
