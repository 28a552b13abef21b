"""Reminders: whom to write to before a day comes, or when it has passed; what was written is kept, so that it is once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from meetingroom.domain.comments import silent
from meetingroom.domain.conclusions import State as Conclusion
from meetingroom.domain.conclusions import leads
from meetingroom.domain.messages import SYSTEM, Command, Event, Line, Role, command, event
from meetingroom.domain.phase import Phase
from meetingroom.domain.preparing import State

if TYPE_CHECKING:
    from meetingroom.domain.audience import Audience
    from meetingroom.domain.meeting import Facts, Meeting
    from meetingroom.domain.people import Participant

AHEAD = 24 * 3_600_000  # milliseconds before the day
TASK_AHEAD = 3 * AHEAD  # a task takes longer to finish than an answer
TASK_AFTER = 7 * AHEAD  # of what was late long before anybody could write letters none is written


@dataclass(frozen=True, slots=True)
class Reminder:
    """`kind`: paper, paper_late, round, draft, draft_due, task, task_late.

    The key names the day: with more time one is reminded again.
    """

    key: str
    kind: str
    participant: str
    title: str
    due: int


Reminders = Mapping[str, str]
"""Key of a reminder → which round of sending has taken it on: another one must not write the same letter."""


@command("reminders.take", by=SYSTEM, wire=False)
class TakeReminders(Command):
    keys: tuple[Line, ...]
    taker: Line


@command("reminders.give_up", by=SYSTEM, wire=False)
class GiveUpReminders(Command):
    """The mail server took none of them: they are still to be written."""

    keys: tuple[Line, ...]


@event("reminders.taken", quiet=True)
class RemindersTaken(Event):
    keys: tuple[str, ...]
    taker: str
    at: int


@event("reminders.given_up", quiet=True)
class RemindersGivenUp(Event):
    keys: tuple[str, ...]


RemindersCommand = TakeReminders | GiveUpReminders


def decide(meeting: Meeting, actor: Participant, command: RemindersCommand, facts: Facts) -> tuple[Event, ...]:
    match command:
        case TakeReminders():
            keys = tuple(key for key in command.keys if key not in meeting.reminders)
            return (RemindersTaken(keys=keys, taker=command.taker, at=facts.now),) if keys else ()
        case GiveUpReminders():
            keys = tuple(key for key in command.keys if key in meeting.reminders)
            return (RemindersGivenUp(keys=keys),) if keys else ()


def evolve(reminders: Reminders, event: Event) -> Reminders:
    match event:
        case RemindersTaken():
            return {**reminders, **dict.fromkeys(event.keys, event.taker)}
        case RemindersGivenUp():
            return {key: taker for key, taker in reminders.items() if key not in event.keys}
        case _:
            return reminders


def wanted(meeting: Meeting, now: int) -> tuple[Reminder, ...]:
    """Those whose time has come and that nobody has taken on."""
    closed = meeting.sitting.phase is Phase.CLOSED
    due = _draft(meeting, now) if closed else (*_papers(meeting, now), *_round(meeting, now))
    return tuple(each for each in (*due, *_tasks(meeting, now)) if each.key not in meeting.reminders)


def _papers(meeting: Meeting, now: int) -> Iterator[Reminder]:
    for asked in meeting.preparing.values():
        if not asked.participant or not asked.due or asked.state not in (State.DRAFT, State.RETURNED):
            continue
        if now >= asked.due - AHEAD:
            kind = "paper" if now < asked.due else "paper_late"
            key = f"{kind}-{asked.id}-{asked.participant}-{asked.due}"
            yield Reminder(key, kind, asked.participant, asked.title, asked.due)


def _round(meeting: Meeting, now: int) -> Iterator[Reminder]:
    """Members who have not answered every question of a written vote."""
    due = meeting.circulation.due
    if meeting.sitting.phase is not Phase.CIRCULATING or not due or not due - AHEAD <= now < due:
        return
    open_ = [vote for vote in meeting.voting.values() if vote.is_open]
    for person in meeting.people.values():
        if any(person.id in vote.electors and person.id not in vote.voters for vote in open_):
            yield Reminder(f"round-{person.id}-{due}", "round", person.id, meeting.sitting.title, due)


def _draft(meeting: Meeting, now: int) -> Iterator[Reminder]:
    """Members who are sent the draft of the minutes hear of it at once, and again before its day if they said nothing."""
    comments, title = meeting.comments, meeting.sitting.title
    if not comments.open or now >= comments.due:
        return
    for person in silent(meeting):
        yield Reminder(f"draft-{person}-{comments.sent_at}", "draft", person, title, comments.due)
        if comments.sent_at < comments.due - AHEAD <= now:
            yield Reminder(f"draft_due-{person}-{comments.due}", "draft_due", person, title, comments.due)


def _tasks(meeting: Meeting, now: int) -> Iterator[Reminder]:
    """Who does what was concluded, some days before and once when it is late; the secretary where none of them takes part."""
    for task in meeting.conclusions.values():
        if task.state is not Conclusion.PUBLISHED or not task.due:
            continue
        if not task.due - TASK_AHEAD <= now < task.due + TASK_AFTER:
            continue
        kind = "task" if now < task.due else "task_late"
        people = [person.id for person in meeting.people.values() if leads(person, task)]
        for person in people or [key for key, each in meeting.people.items() if each.role is Role.SECRETARY]:
            yield Reminder(f"{kind}-{task.id}-{person}-{task.due}", kind, person, task.text, task.due)


SEES = ("reminders",)


def view(meeting: Meeting, audience: Audience) -> dict[str, Any]:
    """Chair and secretary see who was written to."""
    return {"taken": dict.fromkeys(meeting.reminders, True)} if audience.is_office else {}
