"""/admin/upkeep: backups, by themselves and by hand; the doctor's findings; what takes how much room."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from meetingroom.endpoints.auditing import note
from meetingroom.endpoints.context import House, house
from meetingroom.endpoints.forms import read_form
from meetingroom.endpoints.guards import administrator, words_of
from meetingroom.jobs import Cancelled, Job
from meetingroom.storage import backup
from meetingroom.storage.audit import Kind
from meetingroom.storage.engine import NAME
from meetingroom.words import Words

PAGE = "/admin/upkeep"
BACKUP, DOCTOR = "backup", "doctor"
LOOKS = 16  # findings of a doctor, about: what is shown while it looks
ROOM = (("papers", "papers"), ("pages", "pages"), ("archives", "archives"))  # folder → its word


async def upkeep(request: Request) -> Response:
    """GET: the page, or with ?job how far one is. POST: `backup`, `doctor`, or `cancel` one of them."""
    account, here = await administrator(request), house(request)
    words = words_of(request)
    if request.method == "GET":
        if asked := request.query_params.get("job"):
            if not (job := here.jobs.find(asked)):
                raise HTTPException(404)
            return JSONResponse(job.plain(), headers={"Cache-Control": "no-store"})
        return await _page(request, here, words)
    form = await read_form(request, max_files=0, max_fields=4)
    what = str(form.get("do", ""))
    if what == BACKUP and _may_back_up(here):
        here.jobs.begin(
            BACKUP, lambda job: _back_up(here, words, job), lambda error: (str(error) or repr(error)).splitlines()[0]
        )
        await note(request, Kind.BACKUP_ASKED, account.login, about=str(here.settings.backup_folder))
    elif what == DOCTOR:
        listens = request.scope.get("server") or ("127.0.0.1", 8000)
        here.jobs.begin(DOCTOR, lambda job: _look(here, words, job, listens), lambda error: words.text("upkeep.failed"))
    elif what == "cancel" and (job := here.jobs.find(str(form.get("job", "")))):
        job.cancel()
    else:
        raise HTTPException(422)
    return RedirectResponse(PAGE, 303)


def _may_back_up(here: House) -> bool:
    return bool(here.settings.backup_folder.name and not here.settings.database)


async def _page(request: Request, here: House, words: Words) -> Response:
    settings, last = here.settings, backup.last_backup(here.settings.data)
    found, doctor = [], here.jobs.find(DOCTOR)
    if doctor and doctor.said.startswith("["):
        found = json.loads(doctor.said)
    return here.templates.page(
        "admin_upkeep.html",
        words,
        jobs={name: here.jobs.find(name) for name in (BACKUP, DOCTOR)},
        last=last,
        stale=not last or here.rooms.clock() - last > 7 * 86_400_000,
        due=last + settings.backup_hours * 3_600_000 if here.backing_up else 0,
        own=not settings.database,
        folder=str(settings.backup_folder) if settings.backup_folder.name else "",
        hours=settings.backup_hours,
        keep=settings.backup_keep,
        kept=await asyncio.to_thread(_kept, settings.backup_folder) if settings.backup_folder.name else [],
        found=sorted(found, key=lambda each: ("error", "warning", "ok").index(each["level"])),
        room=[
            (words.text(f"upkeep.room.{name}"), size(words, count), files)
            for name, count, files in await asyncio.to_thread(_room, settings.data)
        ],
        size=size,
        path=PAGE,
    )


def size(words: Words, count: int) -> str:
    """In the unit people read: 1,2 GB."""
    for unit, bits in (("GB", 30), ("MB", 20)):
        if count >= 1 << bits:
            figure = f"{count / (1 << bits):.1f}"
            return (figure.replace(".", ",") if words.language == "vi" else figure) + f" {unit}"
    return f"{count >> 10} KB"


def _kept(folder: Path) -> list[tuple[str, int, int]]:
    """Backups in the folder, the newest first: name, bytes, when (UTC ms)."""
    try:
        made = [path for path in folder.iterdir() if backup.BY_ITSELF.fullmatch(path.name)]
        return [
            (path.name, (told := path.stat()).st_size, int(told.st_mtime * 1000)) for path in sorted(made, reverse=True)
        ]
    except OSError:
        return []


def _room(data: Path) -> list[tuple[str, int, int]]:
    """What takes how much: its word, bytes, files."""
    found = [("database", *_sum(data.glob(f"{NAME}*")))]
    return found + [(word, *_sum((data / folder).rglob("*"))) for folder, word in ROOM]


def _sum(paths: Iterable[Path]) -> tuple[int, int]:
    sizes = []
    for path in paths:
        try:
            if path.is_file():
                sizes.append(path.stat().st_size)
        except OSError:
            continue  # removed meanwhile
    return sum(sizes), len(sizes)


async def _back_up(here: House, words: Words, job: Job) -> str:
    settings = here.settings
    made = await asyncio.to_thread(
        backup.back_up_by_itself,
        settings.data,
        settings.backup_folder,
        settings.backup_keep,
        datetime.now(UTC),
        job.step,
    )
    return words.text("upkeep.backup.made", name=made.name)


async def _look(here: House, words: Words, job: Job, listens: tuple[str, int | None]) -> str:
    """In a process of its own: it replays every journal, which must not hold up a meeting, and can be ended at once."""
    command = ["doctor", "--lines", "--data", str(here.settings.data), "--host", listens[0]]
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "meetingroom", *command, "--port", str(listens[1] or 8000)),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        env=os.environ | {"MEETINGROOM_LANGUAGE": words.language},
    )
    found: list[object] = []
    assert process.stdout
    try:
        while line := await _line(process.stdout, job):
            found.append(json.loads(line))
            job.step(len(found), max(LOOKS, len(found) + 1))
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()
    if not found:
        raise RuntimeError("the doctor said nothing")
    return json.dumps(found, ensure_ascii=False)


async def _line(stream: asyncio.StreamReader, job: Job) -> bytes:
    """The next one, empty at the end; who cancels does not wait for it."""
    reading = asyncio.ensure_future(stream.readline())
    while not (await asyncio.wait([reading], timeout=0.2))[0]:
        if not job.wanted:
            reading.cancel()
            raise Cancelled
    return reading.result()
