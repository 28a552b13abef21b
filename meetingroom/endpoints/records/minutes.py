"""Minutes: the sections as they stand beside what the journal says, and their approval."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from meetingroom.domain.comments import SendDraft
from meetingroom.domain.meeting import Meeting
from meetingroom.domain.messages import OFFICE, Command, Moment, read
from meetingroom.domain.minutes import Approve, Fact, Happened, Submit
from meetingroom.domain.minutes.record import HEAD
from meetingroom.domain.refusals import Refused, require
from meetingroom.endpoints.context import House, house
from meetingroom.endpoints.errors import NotDone, not_done
from meetingroom.endpoints.forms import read_body
from meetingroom.endpoints.guards import entrant, own_origin, require_office
from meetingroom.export.times import named
from meetingroom.export.wording import Part, parts
from meetingroom.words import LANGUAGES, Words

Sections = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Sending:
    """`seen`: what the page shows, as with approval; `due`: until when the members may comment."""

    seen: str
    due: Moment


def legal_words(here: House) -> Words:
    """Official documents are in Vietnamese, whoever makes them, and worded as the agency writes."""
    return here.catalogue.words(LANGUAGES[0], here.settings.time_zone).instead(here.wordings)


async def sections(request: Request) -> Response:
    """The minutes section by section, as JSON for the secretariat."""
    found = await entrant(request)
    require_office(found)
    meeting = found.room.meeting
    standing = parts(meeting, legal_words(house(request)))
    return JSONResponse(
        {
            "sections": [_section(meeting, part) for part in standing],
            "revisions": dict(meeting.minutes.revisions),
            "seen": _digest(meeting, standing),
        },
        headers={"Cache-Control": "no-store"},
    )


def _section(meeting: Meeting, part: Part) -> dict[str, Any]:
    facts = [_fact(meeting, fact) for fact in part.facts]
    return {"key": part.key, "title": part.title, "text": part.text, "draft": part.draft, "facts": facts}


def _fact(meeting: Meeting, fact: Fact) -> dict[str, Any]:
    return {
        "at": fact.at,
        "kind": fact.kind.value,
        "name": _name(meeting, fact),
        "spent": fact.spent,
        "about": fact.about,
    }


def _name(meeting: Meeting, fact: Fact) -> str:
    """Who or what a fact is about, as people say it."""
    course = meeting.minutes.course
    match fact.kind:
        case Happened.PAPER:
            return meeting.papers[fact.about].title if fact.about in meeting.papers else ""
        case Happened.VOTE_OPENED | Happened.VOTE_CLOSED | Happened.VOTE_CANCELLED:
            return meeting.voting[fact.about].question if fact.about in meeting.voting else ""
        case Happened.ENTERED:
            return meeting.agenda.items[fact.about].title if fact.about in meeting.agenda.items else ""
        case Happened.NOTICE:
            return fact.text
        case _:
            return named(course.people[fact.about]) if fact.about in course.people else ""


async def approve(request: Request) -> Response:
    """The chair approves what their page shows: the body is `seen` as it came with the sections."""
    return await _give(request, lambda text, revisions: Approve(sections=text, revisions=revisions))


async def submit(request: Request) -> Response:
    """Chair or secretary submits what their page shows."""
    return await _give(request, lambda _text, revisions: Submit(revisions=revisions))


async def draft(request: Request) -> Response:
    """GET: the draft as it was sent to the members, for them and the office. POST: it is sent; the body is {"seen", "due"}."""
    if request.method == "POST":
        return await _send(request)
    found = await entrant(request)
    comments = found.room.meeting.comments
    if not comments.sent_at or not (found.participant.member or found.participant.role in OFFICE):
        raise HTTPException(404)
    told = [{"key": key, "title": each.title, "text": each.text} for key, each in comments.sections.items()]
    return JSONResponse({"sections": told, "sent_at": comments.sent_at}, headers={"Cache-Control": "no-store"})


async def _send(request: Request) -> Response:
    """The head is the office's business: agency, number and sign are no part of what was said."""
    own_origin(request)
    found = await entrant(request)
    require_office(found)
    body = await read_body(request, 1000)
    meeting = found.room.meeting
    standing = parts(meeting, legal_words(house(request)))
    try:
        asked = read(Sending, json.loads(body))
        require(asked.seen == _digest(meeting, standing), "minutes.not_as_read")
        text = tuple((part.key, part.title, part.text) for part in standing if part.key not in HEAD)
        await found.room.give(found.participant.id, SendDraft(sections=text, due=asked.due))
    except (ValueError, RecursionError):
        return not_done(found.words, Refused("malformed", field=""))
    except NotDone as error:
        return not_done(found.words, error)
    return JSONResponse({"done": True})


async def _give(request: Request, command: Callable[[Sections, int], Command]) -> Response:
    """Only for the text the page shows. Most of it follows the journal, where a name, a vote or a conclusion changes
    without anybody editing the minutes: therefore the digest of all of it is compared, not only who edited what."""
    own_origin(request)
    found = await entrant(request)
    require_office(found)
    meeting, seen = found.room.meeting, (await read_body(request, 100)).decode("latin-1")
    standing = parts(meeting, legal_words(house(request)))
    text = tuple((part.key, part.text) for part in standing)
    try:
        require(seen == _digest(meeting, standing), "minutes.not_as_read")
        await found.room.give(found.participant.id, command(text, sum(meeting.minutes.revisions.values())))
    except NotDone as error:
        return not_done(found.words, error)
    return JSONResponse({"done": True})


def _digest(meeting: Meeting, standing: Sequence[Part]) -> str:
    """SHA-256 of all that is printed: titles, texts, who signs, and the drawings that go with it."""
    printed = [[part.key, part.title, part.text] for part in standing]
    text = json.dumps([printed, meeting.minutes.signers, list(meeting.drawings)], ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()
