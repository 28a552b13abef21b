"""What lists say of a paper: whether its words can be searched, whether it is signed. Looked at behind everything else."""

from __future__ import annotations

import asyncio
import logging

from meetingroom.domain.papers.messages import Describe
from meetingroom.domain.people import SERVER
from meetingroom.domain.phase import Phase
from meetingroom.domain.refusals import Refused
from meetingroom.endpoints.background import begin
from meetingroom.endpoints.context import House
from meetingroom.endpoints.papers import searching, signatures
from meetingroom.live.draft import Unrecorded
from meetingroom.live.room import Room

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
    except (Refused, Unrecorded) as error:  # discarded meanwhile, or the server stops
        log.info("paper not described", extra={"meeting": room.meeting.id, "cause": repr(error)})
    except OSError as error:  # its file is not there
        log.warning("paper not described", extra={"meeting": room.meeting.id, "cause": repr(error)[:200]})
    except Exception:
        log.exception("paper not described", extra={"meeting": room.meeting.id})


def describe_left_over(here: House, room: Room) -> asyncio.Task[None]:
    """What is not in the index yet, and what could not be read or recognised before."""
    return begin(_describe_all(here, room))


async def _describe_all(here: House, room: Room) -> None:
    await searching.index_left_over(here, room)
    for paper in list(room.meeting.papers.values()):
        if paper.current and room.meeting.sitting.phase is not Phase.CLOSED:
            await describe(here, room, paper.id, paper.current)
