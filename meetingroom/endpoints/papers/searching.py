"""Searching all papers one may read now, and keeping the index of their words."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Mapping, Sequence
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from meetingroom.domain import papers, searching
from meetingroom.domain.papers import Paper, Revision
from meetingroom.domain.searching import Query
from meetingroom.endpoints.background import begin
from meetingroom.endpoints.context import House, house
from meetingroom.endpoints.guards import Entrant, entrant
from meetingroom.live.room import Room
from meetingroom.rendering import recognition
from meetingroom.rendering.unreadable import NoSuchPage, Unreadable
from meetingroom.storage.index import Indexed

log = logging.getLogger(__name__)

QUOTED = 24  # pages of one answer that are quoted
OF_A_PAPER = 3  # of them, where several papers are searched
BOXES = 60  # of one page
DIGITS = 6  # of a page's place among those found


async def search(request: Request) -> Response:
    """GET …/search?q=&paper=&from= → {"total", "papers": [{"paper", "revision", "found", "at": [page, …], "pages": [{"page",
    "quotation": [[text, found], …], "boxes": [[x0, y0, x1, y1], …]}, …]}], "silent": {paper: pages}, "reading": [paper],
    "coming": [paper]}.

    In all papers the first pages of each, in the one named as `paper` all from the `from`th on. First come pages on which
    the words stand one after another. `silent` pages have no words; in `reading` papers they are being looked for; those of
    `coming` papers are not known yet.
    """
    found = await entrant(request)
    asked = request.query_params
    sought = searching.query(asked.get("q", ""))
    only = asked.get("paper")
    readable = {
        paper.id: (paper, paper.shown)
        for paper in found.room.meeting.papers.values()
        if paper.shown and only in (None, paper.id) and _may_find(found, paper)
    }
    first = asked.get("from", "")
    start = int(first) if only and first.isdecimal() and len(first) <= DIGITS else 0
    answer = await _answer(house(request), readable, sought, None if only is None else start)
    return JSONResponse(answer, headers={"Cache-Control": "private, no-store"})


def _may_find(found: Entrant, paper: Paper) -> bool:
    """As at every page image; and a withdrawn paper is found by nobody, the office included."""
    return not paper.withdrawn and papers.may_read(found.room.meeting, found.participant, paper)


Readable = Mapping[str, tuple[Paper, Revision]]


async def _answer(here: House, readable: Readable, sought: Query, start: int | None) -> dict[str, Any]:
    by_file = {revision.file: paper.id for paper, revision in readable.values()}
    known = await asyncio.to_thread(here.index.known, list(by_file))
    ordered = {file: known[file] for file in by_file if file in known}
    places = await asyncio.to_thread(places_in, here, ordered, sought)
    # Two papers may be the same file; each is found by its own name.
    twins = {paper.id: revision.file for paper, revision in readable.values()}
    pages = {paper: places[file] for paper, file in twins.items() if places.get(file)}
    entries, room = [], QUOTED
    for paper, all_pages in sorted(pages.items(), key=lambda each: not each[1][0][0]):
        revision = readable[paper][1]
        most = min(room, OF_A_PAPER if start is None else QUOTED)
        quoted = [page for _, page in all_pages[start or 0 :][:most]]
        room -= len(quoted)
        shown = [await quote_page(here, revision.file, page, sought) for page in quoted]
        at = sorted(page for _, page in all_pages)
        entries.append(
            {"paper": paper, "revision": revision.id, "found": len(at), "at": at, "pages": shown},
        )
    return {
        "total": sum(len(each) for each in pages.values()),
        "papers": entries,
        "silent": {paper: n for paper, file in twins.items() if (n := _silent(known.get(file), readable[paper][1]))},
        "reading": [paper for paper, file in twins.items() if file in _recognising],
        "coming": [paper for paper, file in twins.items() if file not in known and file not in _unread],
    }


def _silent(known: Indexed | None, revision: Revision) -> int:
    if known:
        return known.silent
    return revision.pages if revision.file in _unread else 0


def places_in(here: House, files: Mapping[str, Indexed], sought: Query) -> dict[str, list[tuple[bool, int]]]:
    """By file the pages that hold all that is sought: (whether the words stand one after another, page), those first."""
    found = here.index.find(files, sought)
    runs = len(sought.runs) > 1
    beside = frozenset(here.index.find(files, sought.together)) if runs and not sought.quoted else frozenset(found)
    places: dict[str, list[tuple[bool, int]]] = {}
    for file, page in sorted(found, key=lambda place: place not in beside):
        places.setdefault(file, []).append(((file, page) in beside, page))
    return places


async def quote_page(here: House, file: str, page: int, sought: Query) -> dict[str, Any]:
    try:
        body = await here.renderer.words(file, page)
    except (NoSuchPage, Unreadable):
        return {"page": page, "quotation": [], "boxes": []}
    return await asyncio.to_thread(quote, body, page, sought)


def quote(body: bytes, page: int, sought: Query) -> dict[str, Any]:
    words = json.loads(body)["words"]
    said = [str(word[4]) for word in words]
    found = searching.passages(said, sought)
    boxes = [box for first, last in found for box in _lines(words[first : last + 1])]
    return {"page": page, "quotation": searching.quotation(said, found), "boxes": boxes[:BOXES]}


def _lines(words: Sequence[Sequence[Any]]) -> list[list[float]]:
    """One box for each line of some words."""
    boxes: dict[tuple[int, int], list[float]] = {}
    for left, top, right, bottom, _, block, line in words:
        box = boxes.setdefault((block, line), [left, top, right, bottom])
        box[:] = [min(box[0], left), min(box[1], top), max(box[2], right), max(box[3], bottom)]
    return list(boxes.values())


# -- keeping the index -----------------------------------------------------------------------------------------------


_unread: set[str] = set()
"""Files whose words could not be had since the server started: they are not said to be coming."""


async def index(here: House, file: str, pages: int) -> None:
    """Once the words of a paper are there; what fails is logged, and tried again at the next start."""
    try:
        if known := (await asyncio.to_thread(here.index.known, [file])).get(file):
            if known.silent:
                await _begin_recognising(here, file, pages)
            return
        kept, lacking = {}, False
        for page in range(1, pages + 1):
            body = await here.renderer.words(file, page)
            kept[page] = await asyncio.to_thread(_tokens, body)
            lacking = lacking or recognition.is_wanted(json.loads(body))
        await asyncio.to_thread(here.index.keep, file, kept)
        if lacking:
            await _begin_recognising(here, file, pages)
    except (Unreadable, NoSuchPage, OSError) as error:
        _unread.add(file)
        log.warning("paper not indexed", extra={"cause": repr(error)[:200]})
    except Exception:
        _unread.add(file)
        log.exception("paper not indexed")


_recognising: dict[str, asyncio.Task[None]] = {}
"""Files whose scanned pages are being read."""


async def _begin_recognising(here: House, file: str, pages: int) -> None:
    """Words on scanned pages, where the program for it is installed."""
    if await asyncio.to_thread(recognition.is_installed) and file not in _recognising:
        _recognising[file] = begin(_recognise(here, file, pages))


async def _recognise(here: House, file: str, pages: int) -> None:
    """One page after another, behind everything else."""
    try:
        kept = {}
        for page in range(1, pages + 1):
            kept[page] = await _words_of(here, file, page) if await here.renderer.recognise(file, page) else ()
        await asyncio.to_thread(here.index.keep, file, kept)
    except Exception:
        log.exception("scan not read")
    finally:
        del _recognising[file]


async def silent_pages(here: House, revision: Revision) -> int:
    """How many of its pages have no words to be searched, once all that can be recognised is."""
    if reading := _recognising.get(revision.file):
        await asyncio.wait([reading])
    known = await asyncio.to_thread(here.index.known, [revision.file])
    return _silent(known.get(revision.file), revision)


async def _words_of(here: House, file: str, page: int) -> tuple[str, ...]:
    return await asyncio.to_thread(_tokens, await here.renderer.words(file, page))


def _tokens(body: bytes) -> tuple[str, ...]:
    return tuple(token for word in json.loads(body)["words"] for token in searching.tokens(word[4]))


_one = asyncio.Lock()


def index_left_over(here: House, room: Room) -> asyncio.Task[None]:
    """What is not in the index yet: after an upgrade, a restore or a stop of the server. One paper after another."""
    return begin(_index_all(here, room))


async def _index_all(here: House, room: Room) -> None:
    for paper in room.meeting.papers.values():
        if paper.shown:
            async with _one:
                await index(here, paper.shown.file, paper.shown.pages)
