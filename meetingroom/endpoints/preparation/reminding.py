"""Reminding: letters to who has not brought a paper or not answered, where there is a mail server and an address."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import secrets

from meetingroom.domain.meeting import Meeting
from meetingroom.domain.people import SERVER, called
from meetingroom.domain.reminders import TASK_AFTER, TASK_AHEAD, GiveUpReminders, Reminder, TakeReminders, wanted
from meetingroom.endpoints.background import begin
from meetingroom.endpoints.context import House
from meetingroom.endpoints.preparation.letters import post_of
from meetingroom.endpoints.records.minutes import legal_words
from meetingroom.live.room import Room, UnreadableJournal, Watch
from meetingroom.mail.letters import Letter, message

log = logging.getLogger(__name__)

EVERY = 60.0  # seconds
LOOKS = 3_600_000  # milliseconds between two looks for what closed meetings have left to do
SUBJECTS = {"draft": "reminders.draft.subject"}
LONGEST = 100  # characters of a title in a subject


async def remind_always(here: House) -> None:
    """As long as the server runs."""
    looked = 0
    while True:
        await asyncio.sleep(EVERY)
        if post_of(here.settings) and here.rooms.clock() - looked >= LOOKS:
            looked = here.rooms.clock()
            await _open_due(here, looked)
        for room in list(here.rooms.running()):
            await remind(here, room)


async def _open_due(here: House, now: int) -> None:
    """Meetings that are long over may have left something to do that is due now."""
    try:
        for key in await here.record(here.tasks.due_between, now - TASK_AFTER, now + TASK_AHEAD):
            with contextlib.suppress(UnreadableJournal):  # said in the log; the others go on
                await here.rooms.open(key)
    except Exception:
        log.exception("tasks not looked at")


def watcher(here: House) -> Watch:
    """Who is asked for a paper that is due soon, or is sent a question or a draft, hears of it at once."""

    def watch(room: Room, before: Meeting) -> None:
        now = room.meeting
        waiting = ("preparing", "circulation", "comments", "conclusions")
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
        short = " ".join(each.title.split())  # a subject is one line
        short = short if len(short) <= LONGEST else f"{short[:LONGEST].rstrip()}…"
        subject = words.text(SUBJECTS.get(each.kind, "reminders.subject"), title=short)
        letters.append(Letter(addresses[each.participant], name, subject, text))
    made = [message(letter, post.sender, sitting.organisation, here.rooms.clock()) for letter in letters]
    fates = await asyncio.to_thread(lambda: list(post.send(made)))
    again = tuple(each.key for each, fate in zip(due, fates, strict=True) if fate == "connection")
    if again:
        log.warning("reminders wait for the mail server", extra={"meeting": room.meeting.id, "waiting": len(again)})
        await room.give(SERVER.id, GiveUpReminders(keys=again))
