"""What lists say of a paper: whether its words can be searched, whether it is signed. Looked at behind everything else."""

from __future__ import annotations

import asyncio
import json
import logging
from typing import Any

from meetingroom.domain.papers.classifying import classified
from meetingroom.domain.papers.messages import Classify, Describe
from meetingroom.domain.people import SERVER
from meetingroom.domain.phase import Phase
from meetingroom.domain.refusals import Refused
from meetingroom.endpoints.background import begin
from meetingroom.endpoints.context import House
from meetingroom.endpoints.papers import searching, signatures
from meetingroom.live.draft import Unrecorded
from meetingroom.live.room import Room
from meetingroom.storage.terms import Shelf

log = logging.getLogger(__name__)


async def describe(here: House, room: Room, paper: str, revision: str) -> None:
    """A revision that became pages. What fails is done at the next start."""
    known = room.meeting.papers[paper].revisions.get(revision) if paper in room.meeting.papers else None
    if known is None:
        return
    try:
        silent = await searching.silent_pages(here, known)
        signed = await signatures.signed(here, known.file)
        await room.give(SERVER.id, Describe(paper=paper, revision=revision, silent=silent, signed=signed))
        await _classify(here, room, paper, known.file)
    except (Refused, Unrecorded) as error:  # discarded meanwhile, or the server stops
        log.info("paper not described", extra={"meeting": room.meeting.id, "cause": repr(error)})
    except OSError as error:  # its file is not there
        log.warning("paper not described", extra={"meeting": room.meeting.id, "cause": repr(error)[:200]})
    except Exception:
        log.exception("paper not described", extra={"meeting": room.meeting.id})


async def _classify(here: House, room: Room, paper: str, file: str) -> None:
    """As its first page says, where nobody has said otherwise."""
    shown = room.meeting.papers.get(paper)
    if shown is None or shown.kind or shown.issuer:
        return
    terms = await here.record(here.terms.all)
    lines = _lines(json.loads(await here.renderer.words(file, 1))["words"])
    kind, issuer = classified(lines, terms[Shelf.PAPERS], terms[Shelf.ISSUERS])
    if kind or issuer:
        await room.give(SERVER.id, Classify(paper=paper, kind=kind, issuer=issuer))


def _lines(words: list[list[Any]]) -> list[str]:
    """What stands at one height, from left to right: each word as (left, top, right, bottom, text)."""
    lines: list[list[list[Any]]] = []
    for word in sorted(words, key=lambda word: (word[1] + word[3], word[0])):
        middle = (word[1] + word[3]) / 2
        if lines and lines[-1][0][1] <= middle <= lines[-1][0][3]:
            lines[-1].append(word)
        else:
            lines.append([word])
    return [" ".join(str(word[4]) for word in sorted(line, key=lambda word: word[0])) for line in lines]


def describe_left_over(here: House, room: Room) -> asyncio.Task[None]:
    """What is not in the index yet, and what could not be read or recognised before."""
    return begin(_describe_all(here, room))


async def _describe_all(here: House, room: Room) -> None:
    await searching.index_left_over(here, room)
    for paper in list(room.meeting.papers.values()):
        if paper.current and room.meeting.sitting.phase is not Phase.CLOSED:
            await describe(here, room, paper.id, paper.current)
