"""Invitations by e-mail: the addresses of a meeting's people, sending, and what became of each letter."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from meetingroom.domain.messages import ATTENDEES
from meetingroom.domain.people import Participant, called
from meetingroom.endpoints.access.invitations import codes_of
from meetingroom.endpoints.background import begin
from meetingroom.endpoints.context import House, house
from meetingroom.endpoints.guards import Entrant, entrant, own_origin, require_office
from meetingroom.endpoints.records.minutes import legal_words
from meetingroom.export import documents
from meetingroom.export.documents import Letterhead, Personal
from meetingroom.export.typeset import Missing, pdf
from meetingroom.mail.calendar import NoCalendar, entry
from meetingroom.mail.letters import Letter, acceptable, message
from meetingroom.mail.post import Post
from meetingroom.settings import Settings

log = logging.getLogger(__name__)


@dataclass(slots=True)
class Sending:
    """How far a round of letters is."""

    of: int
    done: int = 0
    wanted: bool = True  # until somebody stops it


_sending: dict[str, Sending] = {}  # by meeting


async def letters(request: Request) -> Response:
    """GET: people, addresses, what became of each letter. POST: `save` keeps the addresses, `send` also sends; with
    ?do=stop nobody further is written to."""
    found = await entrant(request)
    require_office(found)
    if request.method == "GET":
        return await _page(request, found)
    own_origin(request)
    here, key = house(request), found.room.meeting.id
    if request.query_params.get("do") == "stop":
        if under_way := _sending.get(key):
            under_way.wanted = False
        return RedirectResponse(request.url.path, 303)
    form = await request.form(max_files=0, max_fields=5000)
    people = _invited(found)
    typed = {person.id: str(form.get(f"address-{person.id}", "")).strip() for person in people}
    wrong = {person for person, address in typed.items() if address and not acceptable(address)}
    if wrong:
        return await _page(request, found, typed, wrong)
    await here.record(here.contacts.write, key, typed)
    chosen = [person for person in people if typed[person.id] and f"to-{person.id}" in form]
    if form.get("do") == "send" and chosen and post_of(here.settings) and key not in _sending:
        written = await _written(request, found, chosen, typed, form)
        if key not in _sending:  # another secretary may have been quicker meanwhile
            _sending[key] = Sending(len(chosen))
            begin(_send(here, found, chosen, written))
    return RedirectResponse(request.url.path, 303)


def post_of(settings: Settings) -> Post | None:
    """The mail server of the settings, if there is one."""
    if not settings.mail_host or not acceptable(settings.mail_from):
        return None
    return Post(
        settings.mail_host,
        settings.mail_port,
        settings.mail_security,
        settings.mail_user,
        settings.mail_password,
        settings.mail_from,
    )


def _invited(found: Entrant) -> list[Participant]:
    people = found.room.meeting.people.values()
    return sorted((person for person in people if person.role in ATTENDEES), key=lambda person: person.rank)


async def _page(
    request: Request, found: Entrant, typed: dict[str, str] | None = None, wrong: set[str] | None = None
) -> Response:
    here, key = house(request), found.room.meeting.id
    contacts = await here.record(here.contacts.of, key)
    return here.templates.page(
        "letters.html",
        found.words,
        422 if wrong else 200,
        people=_invited(found),
        contacts=contacts,
        typed=typed or {person: contact.address for person, contact in contacts.items()},
        wrong=wrong or set(),
        post=post_of(here.settings),
        sending=_sending.get(key),
        title=found.room.meeting.sitting.title,
        path=request.url.path,
    )


async def _written(
    request: Request, found: Entrant, people: Sequence[Participant], addresses: dict[str, str], form: FormData
) -> list[Letter]:
    """A letter for each: with the personal code only where that was asked for, since mailboxes are read by others too."""
    here, meeting = house(request), found.room.meeting
    words = legal_words(here)
    codes = await codes_of(request, found, people) if "codes" in form else {}
    minutes = sum(item.minutes for item in meeting.agenda.items.values())
    try:
        calendar = entry(
            meeting.sitting, meeting.id, minutes, here.settings.mail_from, here.rooms.clock(), found.room.version
        )
    except NoCalendar:
        calendar = b""
    sitting = meeting.sitting
    written = []
    for person in people:
        personal = codes.get(person.id)
        about = {
            "name": called(person),
            "title": sitting.title,
            "time": words.moment(sitting.starts),
            "room": sitting.room,
        }
        text = words.text("letters.mail.text", organisation=sitting.organisation, **about)
        if personal:
            text += "\n\n" + words.text("letters.mail.code", code=personal.code, link=personal.link)
        paper = await _paper(here, found, person, personal) if personal else b""
        subject = words.text("letters.mail.subject", title=sitting.title)
        written.append(Letter(addresses[person.id], called(person), subject, text + "\n", calendar, paper))
    return written


async def _paper(here: House, found: Entrant, person: Participant, personal: Personal) -> bytes:
    """The giấy mời with the personal code; nothing where the typesetter is not installed."""
    meeting = found.room.meeting
    letterhead = Letterhead(here.settings.locality, here.rooms.clock())
    made = documents.invitations(meeting, legal_words(here), letterhead, {person.id: personal})
    fonts = Path(here.settings.fonts) if here.settings.fonts else None
    try:
        return await asyncio.to_thread(pdf, made, fonts, meeting.sitting.starts)
    except Missing:
        return b""
    except RuntimeError as error:  # a sign no typeface has: the letter goes out without its paper
        log.error("invitation not typeset", extra={"meeting": meeting.id, "cause": repr(error)[:300]})
        return b""


async def _send(here: House, found: Entrant, people: Sequence[Participant], written: Sequence[Letter]) -> None:
    """Each letter's fate is kept as soon as it is known; a server that stops in between knows whom to write to again."""
    key, post = found.room.meeting.id, post_of(here.settings)
    assert post, "asked before"
    organisation, now = found.room.meeting.sitting.organisation, here.rooms.clock()
    try:
        fates = post.send([message(letter, post.sender, organisation, now) for letter in written])
        for person in people:
            if not _sending[key].wanted:
                break
            problem = await asyncio.to_thread(next, fates)
            await here.record(here.contacts.told, key, person.id, here.rooms.clock(), problem)
            _sending[key].done += 1
        await asyncio.to_thread(fates.close)  # the line to the mail server, also where somebody stopped in between
    except Exception as error:
        log.error("letters not sent", extra={"meeting": key, "cause": repr(error)[:300]})
    finally:
        del _sending[key]
