"""Reports: how far a unit says its task is, in words and with a paper; the office accepts that or says why not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING, Annotated, Any, assert_never

from meetingroom.domain import conclusions
from meetingroom.domain.conclusions import Conclusion, ConclusionRemoved, ConclusionSettled
from meetingroom.domain.conclusions import State as Conclusions
from meetingroom.domain.messages import ATTENDEES, OFFICE, Between, Command, Event, Id, Line, Prose, command, event
from meetingroom.domain.refusals import require

if TYPE_CHECKING:
    from meetingroom.domain.audience import Audience
    from meetingroom.domain.meeting import Facts, Meeting
    from meetingroom.domain.people import Participant

Percent = Annotated[int, Between(0, 100)]
MOST = 50  # of one task
MOST_NAMED, COMMAS = 40, 3  # between two semicolons, and in one name


class State(StrEnum):
    WAITING = "waiting"
    ACCEPTED = "accepted"
    DECLINED = "declined"


@dataclass(frozen=True, slots=True)
class Report:
    """`done`: they ask to have it counted as done. `file` and `file_name` of the paper that shows it, if there is one."""

    id: str
    conclusion: str
    by: str
    at: int
    percent: int
    note: str
    done: bool
    file: str = ""
    file_name: str = ""
    state: State = State.WAITING
    answer: str = ""
    answered_at: int = 0
    answered_by: str = ""


Reports = Mapping[str, Report]


@command("reports.give", by=ATTENDEES, when="one leads or supports the task, which is not done", wire=False)
class GiveReport(Command):
    """The server has stored the paper. Takes the place of one's former one that waits."""

    conclusion: Id
    percent: Percent
    note: Prose = ""
    done: bool = False
    file: Line = ""
    file_name: Line = ""


@command("reports.answer", by=OFFICE, when="it waits; declined only with a word")
class AnswerReport(Command):
    report: Id
    accepted: bool
    answer: Line = ""


@event("reports.given")
class ReportGiven(Event):
    report: str
    conclusion: str
    by: str
    at: int
    percent: int
    note: str
    done: bool
    file: str = ""
    file_name: str = ""


@event("reports.answered")
class ReportAnswered(Event):
    report: str
    accepted: bool
    answer: str
    at: int
    by: str


ReportsCommand = GiveReport | AnswerReport


def decide(meeting: Meeting, actor: Participant, command: ReportsCommand, facts: Facts) -> tuple[Event, ...]:
    match command:
        case GiveReport():
            return (_given(meeting, actor, command, facts),)
        case AnswerReport():
            return _answered(meeting, actor, command, facts)
        case _:
            assert_never(command)


def _given(meeting: Meeting, actor: Participant, command: GiveReport, facts: Facts) -> ReportGiven:
    task = require_open(meeting, actor, command.conclusion)
    require(command.note or command.file, "reports.needs_text")
    require(sum(each.conclusion == task.id for each in meeting.reports.values()) < MOST, "reports.too_many")
    told = {name: getattr(command, name) for name in ("conclusion", "percent", "note", "done", "file", "file_name")}
    return ReportGiven(report=facts.id, by=actor.id, at=facts.now, **told)


def require_open(meeting: Meeting, actor: Participant, key: str) -> Conclusion:
    """The task one may report on. Raises Refused."""
    require(key in meeting.conclusions, "conclusions.unknown")
    task = meeting.conclusions[key]
    require(task.state is not Conclusions.DRAFT, "conclusions.not_published")
    require(works_on(actor, task), "reports.not_yours")
    require(task.state is not Conclusions.DONE, "reports.done")
    return task


def _answered(meeting: Meeting, actor: Participant, command: AnswerReport, facts: Facts) -> tuple[Event, ...]:
    report = meeting.reports.get(command.report)
    require(report, "reports.unknown")
    assert report
    require(report.state is State.WAITING, "reports.answered")
    require(command.accepted or command.answer, "reports.needs_word")
    answered = ReportAnswered(
        report=report.id, accepted=command.accepted, answer=command.answer, at=facts.now, by=actor.id
    )
    task = meeting.conclusions.get(report.conclusion)
    if not command.accepted or task is None:
        return (answered,)
    note = " ".join(f"{report.percent} %. {report.note}".split())[:500]
    settled = ConclusionSettled(
        conclusion=task.id, done=report.done or task.state is Conclusions.DONE, note=note, at=facts.now, by=report.by
    )
    return (answered, settled)


def works_on(person: Participant, task: Conclusion) -> bool:
    """Whether a task is this person's to report on: it names them, their office or their unit as leading or supporting."""
    named = _named(task.lead) + _named(task.supporting)
    return any(conclusions.leads(person, replace(task, lead=name)) for name in named)


@lru_cache(1000)  # asked of everybody in a meeting
def _named(text: str) -> tuple[str, ...]:
    """Whom a line may name. A comma stands between two, and in the name of one: “Sở Văn hóa, Thể thao và Du lịch”."""
    named = dict.fromkeys([text])
    for some in text.split(";"):
        parts = some.split(",")[:MOST_NAMED]
        for first in range(len(parts)):
            named |= dict.fromkeys(",".join(parts[first : first + length]) for length in range(1, COMMAS + 2))
    return tuple(name for name in named if name.strip())


def percent(reports: Reports, conclusion: str) -> int:
    """How far a task is as was last accepted."""
    accepted = [each for each in reports.values() if each.conclusion == conclusion and each.state is State.ACCEPTED]
    return accepted[-1].percent if accepted else 0


def waiting_since(reports: Reports, conclusion: str) -> int:
    """When the oldest report that waits was given; 0: none waits."""
    waits = (each.at for each in reports.values() if each.conclusion == conclusion and each.state is State.WAITING)
    return min(waits, default=0)


def evolve(reports: Reports, event: Event) -> Reports:
    match event:
        case ReportGiven():
            fields = ("conclusion", "by", "at", "percent", "note", "done", "file", "file_name")
            given = Report(id=event.report, **{name: getattr(event, name) for name in fields})
            former = {
                key: each
                for key, each in reports.items()
                if (each.conclusion, each.by, each.state) != (given.conclusion, given.by, State.WAITING)
            }
            return {**former, given.id: given}
        case ReportAnswered():
            answered = replace(
                reports[event.report],
                state=State.ACCEPTED if event.accepted else State.DECLINED,
                answer=event.answer,
                answered_at=event.at,
                answered_by=event.by,
            )
            return {**reports, event.report: answered}
        case ConclusionRemoved() if any(each.conclusion == event.conclusion for each in reports.values()):
            return {key: each for key, each in reports.items() if each.conclusion != event.conclusion}
        case _:
            return reports


SEES = ("reports",)


def view(meeting: Meeting, audience: Audience) -> dict[str, Any]:
    """The office's: how many wait at each task. What they say stands on the page of the task."""
    if not audience.is_office:
        return {}
    waiting: dict[str, int] = {}
    for each in meeting.reports.values():
        if each.state is State.WAITING:
            waiting[each.conclusion] = waiting.get(each.conclusion, 0) + 1
    return {"waiting": waiting} if waiting else {}
