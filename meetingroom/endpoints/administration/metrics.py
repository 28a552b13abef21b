"""/metrics in the text format of Prometheus, for a collector with the token of the settings and for administrators."""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Iterator

from starlette.requests import Request
from starlette.responses import Response

from meetingroom.domain.papers import being_prepared
from meetingroom.endpoints.context import House, house
from meetingroom.endpoints.guards import administrator
from meetingroom.storage.backup import last_backup

FORMAT = "text/plain; version=0.0.4; charset=utf-8"


async def metrics(request: Request) -> Response:
    """Numbers only: no name of a meeting or a person is in them."""
    here = house(request)
    if not _has_token(request, here.settings.metrics_token):
        await administrator(request)
    lines = (f"# HELP {name} {words}\n# TYPE {name} gauge\n{name} {value:g}\n" for name, words, value in _figures(here))
    return Response("".join(lines), media_type=FORMAT, headers={"Cache-Control": "no-store"})


def _has_token(request: Request, token: str) -> bool:
    kind, _, sent = request.headers.get("authorization", "").partition(" ")
    return bool(token) and kind.lower() == "bearer" and secrets.compare_digest(sent.strip().encode(), token.encode())


def _figures(here: House) -> Iterator[tuple[str, str, float]]:
    running = list(here.rooms.running())
    pace, now, backup = here.record.pace(), here.rooms.clock(), last_backup(here.settings.data)
    yield "meetingroom_meetings", "Meetings that run in this process", len(running)
    yield "meetingroom_devices", "Devices connected to this process", sum(len(room.seats) for room in running)
    yield (
        "meetingroom_journal_entries",
        "Entries in the journals of these meetings",
        sum(room.version for room in running),
    )
    yield "meetingroom_recording_median_seconds", "Until something is recorded, lately", pace.median / 1000
    yield "meetingroom_recording_worst_seconds", "The longest of these", pace.worst / 1000
    yield "meetingroom_recording_waiting", "What waits to be recorded", pace.waiting
    preparing = sum(being_prepared(room.meeting.papers) for room in running)
    yield "meetingroom_papers_preparing", "Papers that are becoming pages", preparing
    yield "meetingroom_disk_free_bytes", "Free where the data folder is", shutil.disk_usage(here.settings.data).free
    yield "meetingroom_up_seconds", "Since the server was started", (now - here.begun) / 1000
    if backup:
        yield "meetingroom_backup_age_seconds", "Since the last backup", (now - backup) / 1000
