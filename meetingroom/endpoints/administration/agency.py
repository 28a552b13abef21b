"""/admin/agency: names, emblem, forms of address and wordings of the agency; what is said here counts over the settings."""

from __future__ import annotations

import asyncio
import logging
import re
import tempfile
from dataclasses import replace
from pathlib import Path

from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from meetingroom.domain.messages import clean
from meetingroom.domain.sitting import Address
from meetingroom.endpoints.auditing import note
from meetingroom.endpoints.context import House, house
from meetingroom.endpoints.forms import read_form
from meetingroom.endpoints.guards import administrator, words_of
from meetingroom.export.wording import WORDINGS
from meetingroom.rendering.unreadable import Unreadable
from meetingroom.storage.audit import Kind
from meetingroom.words import LANGUAGES

log = logging.getLogger(__name__)

OVER = ("organisation", "locality", "address")  # settings of the same name
NAMES = ("organisation", "organisation_en", "locality", "address")
LONGEST = {"organisation": 200, "organisation_en": 200, "locality": 50, "address": 20}
WORDS = 1000  # characters of a wording
MOST = 4 * 2**20  # bytes of an emblem
EVERY = 30.0  # seconds until another server has heard
PLACEHOLDER = re.compile(r"\{(\w+)\}")


async def agency(request: Request) -> Response:
    """GET: the page. POST: `names`, `words`, `emblem` or `no_emblem`."""
    account, here = await administrator(request), house(request)
    if request.method == "GET":
        return await _page(request, here)
    form = await read_form(request, max_files=1, max_fields=60)
    what, words = str(form.get("do", "")), words_of(request)
    values: dict[str, str | None]
    if what == "emblem":
        file = form.get("file")
        try:
            values = {"emblem": await _emblem(here, file if isinstance(file, UploadFile) else None)}
        except Unreadable:
            return await _page(request, here, error=words.text("agency.error.emblem"))
    elif what == "no_emblem":
        values = {"emblem": None}
    elif what == "names":
        values = {name: clean(str(form.get(name, "")))[: LONGEST[name]] or None for name in NAMES}
        if values["address"] not in Address.__members__.values():
            values["address"] = None
        values |= {name: None for name in OVER if values[name] == getattr(here.configured, name)}
    else:
        said = {key: clean(str(form.get(key, "")))[:WORDS] for key in WORDINGS}
        if wrong := next((key for key, text in said.items() if _strange(here, key, text)), None):
            text = words.text("agency.error.placeholder", name=words.text(f"agency.{wrong}"))
            return await _page(request, here, said, text)
        values = {key: None if text == _ours(here, key) else text for key, text in said.items()}
    await here.record(here.agency.write, values)
    await refresh(here)
    changed = " · ".join(name for name, value in values.items() if value is not None)
    await note(request, Kind.AGENCY_CHANGED, account.login, about=what, text=changed)
    return RedirectResponse("/admin/agency", 303)


async def _page(request: Request, here: House, said: dict[str, str] | None = None, error: str = "") -> Response:
    names = {name: getattr(here.settings, name) for name in OVER} | {"organisation_en": here.english}
    return here.templates.page(
        "admin_agency.html",
        words_of(request),
        422 if error else 200,
        names=names,
        addresses=[each.value for each in Address],
        wordings=[
            (key, (said or here.wordings).get(key, _ours(here, key)), _ours(here, key), _places(here, key))
            for key in WORDINGS
        ],
        error=error,
        path="/admin/agency",
    )


def _ours(here: House, key: str) -> str:
    return here.catalogue.words(LANGUAGES[0], here.settings.time_zone).texts[key]  # type: ignore[return-value]


def _places(here: House, key: str) -> list[str]:
    """What stands in braces in a wording, and is filled in."""
    return list(dict.fromkeys(PLACEHOLDER.findall(_ours(here, key))))


def _strange(here: House, key: str, text: str) -> bool:
    """A brace nobody fills would stand in an official document."""
    return not set(PLACEHOLDER.findall(text)) <= set(_places(here, key))


async def _emblem(here: House, file: UploadFile | None) -> str:
    """Drawn anew in a worker process; of the file that was sent nothing is kept. Raises Unreadable."""
    content = await file.read(MOST + 1) if file else b""
    if not content or len(content) > MOST:
        raise Unreadable("not_picture")
    with tempfile.NamedTemporaryFile(prefix="emblem-") as sent:
        sent.write(content)
        sent.flush()
        made = await here.renderer.emblem(Path(sent.name))
    return (await asyncio.to_thread(here.library.keep, made)).hash


async def emblem(request: Request) -> Response:
    """GET /emblem/{file}.png: seen before anybody signs in; only the one that counts."""
    here = house(request)
    if not here.emblem or request.path_params["file"] != here.emblem[:32]:
        raise HTTPException(404)
    body = await asyncio.to_thread(here.library.path_of(here.emblem).read_bytes)
    return Response(body, media_type="image/png", headers={"Cache-Control": "public, max-age=31536000, immutable"})


# -- what counts -----------------------------------------------------------------------------------------------------


async def refresh(here: House) -> None:
    """What has been said counts from now on."""
    said: dict[str, str] = await here.record(here.agency.read)
    over = {name: said[name] for name in OVER if said.get(name)}
    here.settings = replace(here.configured, **over)  # type: ignore[arg-type]
    here.english = said.get("organisation_en", "")
    here.emblem = said.get("emblem", "")
    here.wordings = {key: said[key] for key in WORDINGS if key in said}
    named = {"vi": here.settings.organisation, "en": here.english or here.settings.organisation}
    here.templates.tell(agency=named, emblem=f"/emblem/{here.emblem[:32]}.png" if here.emblem else "")


async def refresh_always(here: House) -> None:
    """Another server may have been told."""
    while True:
        await asyncio.sleep(EVERY)
        try:
            await refresh(here)
        except Exception:
            log.exception("agency not read")
