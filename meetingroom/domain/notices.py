"""Notices: a sentence from the chair's table to everyone, until it is taken away."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, assert_never

from meetingroom.domain.messages import OFFICE, Command, Event, Id, Line, command, event
from meetingroom.domain.phase import Phase, require_not_closed
from meetingroom.domain.refusals import require

if TYPE_CHECKING:
    from meetingroom.domain.audience import Audience
    from meetingroom.domain.meeting import Facts, Meeting
    from meetingroom.domain.people import Participant


@dataclass(frozen=True, slots=True)
class Notice:
    id: str
    text: str
    sent_at: int


Notices = Mapping[str, Notice]


@command("notices.send", by=OFFICE)
class Send(Command):
    text: Line


@command("notices.withdraw", by=OFFICE)
class WithdrawNotice(Command):
    notice: Id


@event("notices.sent")
class NoticeSent(Event):
    notice: str
    text: str
    at: int


@event("notices.withdrawn")
class NoticeWithdrawn(Event):
    notice: str


NoticesCommand = Send | WithdrawNotice


def decide(meeting: Meeting, actor: Participant, command: NoticesCommand, facts: Facts) -> tuple[Event, ...]:
    match command:
        case Send():
            require_not_closed(meeting)
            require(command.text, "notices.needs_text")
            return (NoticeSent(notice=facts.id, text=command.text, at=facts.now),)
        case WithdrawNotice():
            require(command.notice in meeting.notices, "notices.unknown")
            return (NoticeWithdrawn(notice=command.notice),)
        case _:
            assert_never(command)


def evolve(notices: Notices, event: Event) -> Notices:
    match event:
        case NoticeSent():
            return {**notices, event.notice: Notice(event.notice, event.text, event.at)}
        case NoticeWithdrawn():
            return {key: notice for key, notice in notices.items() if key != event.notice}
        case _:
            return notices


SEES = ("notices", "sitting")


def view(meeting: Meeting, audience: Audience) -> dict[str, Any]:
    if meeting.sitting.phase is Phase.DRAFT and not audience.is_office:
        return {}
    return {notice.id: {"text": notice.text, "sent_at": notice.sent_at} for notice in meeting.notices.values()}
