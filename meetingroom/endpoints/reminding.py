"""Reminding: letters to who has not brought a paper or not answered, where there is a mail server and an address."""

from __future__ import annotations

import asyncio
import logging
import secrets

from meetingroom.domain.meeting import Meeting
from meetingroom.domain.people import SERVER, called
from meetingroom.domain.reminders import GiveUpReminders, Reminder, TakeReminders, wanted
from meetingroom.endpoints.background import begin
from meetingroom.endpoints.context import House
from meetingroom.endpoints.letters import post_of
from meetingroom.endpoints.minutes import legal_words
from meetingroom.live.room import Room, Watch
from meetingroom.mail.letters import Letter, message

log = logging.getLogger(__name__)

EVERY = 60.0  # seconds
SUBJECTS = {"draft": "reminders.draft.subject"}


async def remind_always(here: House) -> None:
    """As long as the server runs."""
    while True:
        await asyncio.sleep(EVERY)
        for room in list(here.rooms.running()):
            await remind(here, room)


def watcher(here: House) -> Watch:
    """Who is asked for a paper that is due soon, or is sent a question or a draft, hears of it at once."""

    def watch(room: Room, before: Meeting) -> None:
        now = room.meeting
        waiting = ("preparing", "circulation", "comments")
        if any(getattr(now, part) is not getattr(before, part) for part in waiting):
            begin(remind(here, room))

    return watch


async def remind(here: House, room: Room) -> None:
    """Each is recorded before it is written: a server that dies in between writes one letter less, never one twice."""
    if not post_of(here.settings):
        return
    try:
        key = room.meeting.id
        contacts = await here.record(here.contacts.of, key)
        due = [each for each in wanted(room.meeting, here.rooms.clock()) if each.participant in contacts]
        if due:
            taker = secrets.token_hex(8)  # of this round: another may be on its way here or in another process
            await room.give(SERVER.id, TakeReminders(keys=tuple(each.key for each in due), taker=taker))
            mine = [each for each in due if room.meeting.reminders.get(each.key) == taker]
            await _write(here, room, mine, {person: contact.address for person, contact in contacts.items()})
    except Exception:
        log.exception("not reminded", extra={"meeting": room.meeting.id})


async def _write(here: House, room: Room, due: list[Reminder], addresses: dict[str, str]) -> None:
    post, words, sitting = post_of(here.settings), legal_words(here), room.meeting.sitting
    assert post, "asked before"
    letters = []
    for each in due:
        name = called(room.meeting.people[each.participant])
        about = {"name": name, "title": each.title, "meeting": sitting.title, "time": words.moment(each.due)}
        text = words.text(f"reminders.{each.kind}", organisation=sitting.organisation, **about)
        subject = words.text(SUBJECTS.get(each.kind, "reminders.subject"), title=each.title)
        letters.append(Letter(addresses[each.participant], name, subject, text))
    made = [message(letter, post.sender, sitting.organisation, here.rooms.clock()) for letter in letters]
    fates = await asyncio.to_thread(lambda: list(post.send(made)))
    again = tuple(each.key for each, fate in zip(due, fates, strict=True) if fate == "connection")
    if again:
        log.warning("reminders wait for the mail server", extra={"meeting": room.meeting.id, "waiting": len(again)})
        await room.give(SERVER.id, GiveUpReminders(keys=again))
