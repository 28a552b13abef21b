"""/admin/retention/{meeting}: erasing a closed meeting past the years it is kept, in two steps with days between them.

First it is announced, by a decision that is named; its people are told and can take their notes along. Then its archive is
brought from where it is kept and checked here as one of another server would be. Only then can it be erased.
"""

from __future__ import annotations

import asyncio
import hashlib
import logging
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from meetingroom.domain import searching
from meetingroom.domain.people import called
from meetingroom.domain.retention import NOTICE
from meetingroom.endpoints.auditing import pass_on
from meetingroom.endpoints.background import begin
from meetingroom.endpoints.context import House, house
from meetingroom.endpoints.forms import read_form
from meetingroom.endpoints.guards import administrator, own_origin, words_of
from meetingroom.endpoints.preparation.letters import post_of
from meetingroom.endpoints.records.admission import receive
from meetingroom.endpoints.records.finding import read_all
from meetingroom.endpoints.records.minutes import legal_words
from meetingroom.endpoints.records.retention import is_over, rules_of
from meetingroom.export.admission import Admitted, Inadmissible, admitted
from meetingroom.live.room import UnreadableJournal
from meetingroom.mail.letters import Letter, message
from meetingroom.storage.accounts import Account
from meetingroom.storage.audit import Kind
from meetingroom.storage.erasures import Changed, Erasure, Extent
from meetingroom.storage.files import scrub
from meetingroom.storage.meetings import Closed

log = logging.getLogger(__name__)

EVERY = 60.0  # seconds
SETTLED = 10_000  # ms after which no other process writes to an erased meeting any more
UPLOADED = 3600.0  # seconds after which an upload is named by the journal it was made for
LINE = 200


@dataclass(frozen=True, slots=True)
class Stage:
    """A meeting that may be erased, and how far that is."""

    meeting: Closed
    years: int
    is_over: bool  # the rules may have changed since it was announced
    extent: Extent
    version: int
    announced: Erasure | None
    now: int

    @property
    def is_checked(self) -> bool:
        return bool(self.announced and self.announced.archive and self.announced.version == self.version)

    @property
    def is_due(self) -> bool:
        return bool(self.announced and self.announced.due <= self.now)


async def erasure(request: Request) -> Response:
    """GET: how far it is. POST `do`: announce, withdraw, erase. PUT: the archive, to be checked."""
    account, here = await administrator(request), house(request)
    stage = await _stage(here, request.path_params["meeting"])
    if request.method == "PUT":
        return await _check(request, here, account, stage)
    if request.method == "GET":
        return _page(request, here, stage)
    form = await read_form(request, max_files=0, max_fields=10)
    match form.get("do"):
        case "announce":
            wrong = await _announce(here, account, stage, form)
        case "erase":
            wrong = await _erase(here, account, stage, str(form.get("title", "")))
        case _:
            await here.record(here.erasures.withdraw, stage.meeting.id, account.login)
            wrong = ""
    if wrong:
        return _page(request, here, stage, wrong, form)
    return RedirectResponse("/admin/retention" if form.get("do") == "erase" else request.url.path, 303)


async def _stage(here: House, key: str) -> Stage:
    """404 where it is not closed, not ours, or not past its years."""
    rules = await rules_of(here)
    meeting = next((each for each in await here.record(here.meetings.closed) if each.id == key), None)
    announced = await here.record(here.erasures.find, key)
    if meeting is None or not (announced or is_over(here, rules, meeting)):
        raise HTTPException(404)
    version, _ = await here.record(here.journal.head, key)
    extent, over = await here.record(here.erasures.extent, key), is_over(here, rules, meeting)
    return Stage(meeting, rules.years(meeting.kind), over, extent, version, announced, here.rooms.clock())


def _page(request: Request, here: House, stage: Stage, wrong: str = "", form: FormData | None = None) -> Response:
    zone = ZoneInfo(here.settings.time_zone)
    first = datetime.fromtimestamp(stage.now / 1000, zone) + timedelta(days=NOTICE)
    return here.templates.page(
        "admin_erasure.html",
        words_of(request),
        422 if wrong else 200,
        stage=stage,
        first=first.date().isoformat(),
        wrong=wrong,
        said={name: str(value) for name, value in form.items()} if form else {},
        path=request.url.path,
    )


# -- announcing ------------------------------------------------------------------------------------------------------


async def _announce(here: House, account: Account, stage: Stage, form: FormData) -> str:
    """What is wrong, empty where nothing is."""
    if not stage.is_over:
        return "kept"
    zone = ZoneInfo(here.settings.time_zone)
    decision = " ".join(str(form.get("decision", "")).split())
    due = _day(str(form.get("due", "")), zone)
    day = datetime.fromtimestamp(stage.meeting.starts / 1000, zone)
    if not decision or len(decision) > LINE:
        return "decision"
    if due < int((datetime.fromtimestamp(stage.now / 1000, zone) + timedelta(days=NOTICE - 1)).timestamp() * 1000):
        return "due"
    if stage.extent.open_tasks and "regardless" not in form:
        return "tasks"
    if _numbers(str(form.get("day", ""))) != [day.day, day.month, day.year]:
        return "day"
    erasure = Erasure(
        meeting=stage.meeting.id,
        title=stage.meeting.title,
        kind=stage.meeting.kind,
        starts=stage.meeting.starts,
        decision=decision,
        regardless=bool(stage.extent.open_tasks),
        due=due,
        announced_at=stage.now,
        announced_by=account.login,
        logins=tuple(await here.record(here.meetings.logins, stage.meeting.id)),
    )
    try:
        await here.record(here.erasures.announce, erasure)
    except Changed:
        return "changed"
    pass_on(Kind.ERASURE_ANNOUNCED, account.login, {"about": erasure.title, "meeting": erasure.meeting})
    begin(_tell(here, erasure))
    return ""


def _day(said: str, zone: ZoneInfo) -> int:
    """The beginning of a day as a form names it, UTC ms; 0 where it is none."""
    try:
        return int(datetime.fromisoformat(said[:10]).replace(tzinfo=zone).timestamp() * 1000)
    except ValueError:
        return 0


def _numbers(said: str) -> list[int]:
    parts = said.replace("-", "/").replace(".", "/").split("/")
    return [int(part) for part in parts if part.strip().isascii() and part.strip().isdecimal()]


async def _tell(here: House, erasure: Erasure) -> None:
    """A letter to everybody whose address is known, once: what is theirs alone goes too."""
    post = post_of(here.settings)
    try:
        contacts = await here.record(here.contacts.of, erasure.meeting)
        if not post or not contacts:
            return
        people = (await here.rooms.open(erasure.meeting)).meeting.people
        words, organisation = legal_words(here), here.settings.organisation
        short = " ".join(erasure.title.split())[:LINE]
        subject = words.text("erasure.letter.subject", title=short)
        letters = []
        for person, contact in contacts.items():
            if person in people:
                name = called(people[person])
                about = {"name": name, "title": erasure.title, "time": words.moment(erasure.due)}
                text = words.text("erasure.letter", organisation=organisation, decision=erasure.decision, **about)
                letters.append(Letter(contact.address, name, subject, text))
        made = [message(letter, post.sender, organisation, here.rooms.clock()) for letter in letters]
        await asyncio.to_thread(lambda: list(post.send(made)))
    except (UnreadableJournal, KeyError):
        log.warning("nobody told of an erasure", extra={"meeting": erasure.meeting})
    except Exception:
        log.exception("not told of an erasure", extra={"meeting": erasure.meeting})


# -- the archive -----------------------------------------------------------------------------------------------------


async def _check(request: Request, here: House, account: Account, stage: Stage) -> Response:
    """It is kept nowhere here: who brings it shows that it is kept elsewhere, and whole."""
    own_origin(request)
    words = words_of(request)
    if stage.announced is None:
        return JSONResponse({"code": "announce", "text": words.text("erasure.wrong.announce")}, 409)
    coming = here.settings.data / "archives" / f"{secrets.token_hex(16)}.check"
    coming.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        await receive(request, coming)
        found = await asyncio.to_thread(admitted, coming)
        version, head = await here.record(here.journal.head, stage.meeting.id)
        if found.meeting.id != stage.meeting.id:
            raise Inadmissible("another")
        if found.key != here.origin.key:
            raise Inadmissible("not_ours")
        if len(found.rows) != version or found.rows[-1]["hash"] != head:
            raise Inadmissible("older")
        _complete(found)
        digest = await asyncio.to_thread(_digest, coming)
    except Inadmissible as refused:
        text = words.text(f"admission.{refused.code}", **refused.params)
        return JSONResponse({"code": refused.code, "text": text}, 422)
    finally:
        coming.unlink(missing_ok=True)
    now = here.rooms.clock()
    await here.record(here.erasures.checked, stage.meeting.id, version, digest, now, account.login)
    pass_on(Kind.ARCHIVE_CHECKED, account.login, {"about": digest, "meeting": stage.meeting.id})
    return JSONResponse({"archive": digest}, 201)


def _complete(found: Admitted) -> None:
    """The minutes as they were signed are in it too. Raises Inadmissible."""
    minutes = found.meeting.signing.file
    if minutes and minutes not in found.files:
        raise Inadmissible("paper", name="bien-ban.pdf")


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


# -- erasing ---------------------------------------------------------------------------------------------------------


async def _erase(here: House, account: Account, stage: Stage, typed: str) -> str:
    """What is wrong, empty where the meeting is gone. What stands in its way is asked again within the transaction."""
    if not stage.announced:
        return "announce"
    if not stage.is_over:
        return "kept"
    if not stage.is_due:
        return "early"
    if not stage.is_checked:
        return "archive"
    if stage.extent.open_tasks and not stage.announced.regardless:
        return "tasks"
    if searching.tokens(typed) != searching.tokens(stage.meeting.title):
        return "title"
    key, now = stage.meeting.id, here.rooms.clock()
    try:
        await here.record(
            here.erasures.erase, key, now, account.login, lambda file: here.library.path_of(file).exists()
        )
    except Changed:
        return "changed"
    here.rooms.drop(key)
    pass_on(Kind.MEETING_ERASED, account.login, {"about": stage.meeting.title, "meeting": key})
    begin(sweep(here))
    return ""


async def sweep_always(here: House) -> None:
    """As long as the server runs: what was erased and not removed to the end, as after a power cut."""
    while True:
        await sweep(here)
        await asyncio.sleep(EVERY)


_one = asyncio.Lock()


async def sweep(here: House) -> None:
    async with _one:
        try:
            for each in await here.record(here.erasures.unfinished):
                await _remove(here, each)
        except Exception:
            log.exception("erased meetings not swept")


async def _remove(here: House, gone: Erasure) -> None:
    """May be begun again at any point; it is finished when nothing was left and nobody can have written meanwhile."""
    key, settled = gone.meeting, here.rooms.clock() - gone.erased_at > SETTLED
    here.rooms.drop(key)
    await here.record(here.erasures.clear, key)
    before = datetime.now().timestamp() - UPLOADED
    named = await asyncio.to_thread(here.erasures.named, gone.left)
    waiting = set()
    for file in set(gone.left) - named:
        if await asyncio.to_thread(here.library.erase, file, before):
            await here.renderer.forget(file)
        else:
            waiting.add(file)
    removed = set(gone.left) - named - waiting
    for path in await asyncio.to_thread(here.archives.of, key):
        await asyncio.to_thread(scrub, path)
    await asyncio.to_thread(here.places.forget, key)
    if not await asyncio.to_thread(here.index.forget, removed):
        begin(read_all(here))
    await here.record(here.erasures.swept, key, waiting, settled)
