"""Papers: the documents of an item, their uploaded revisions, who may read them and from when."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from meetingroom.domain.agenda import known_item
from meetingroom.domain.messages import Event, Role
from meetingroom.domain.papers.messages import (
    Accept,
    ChangePaper,
    Classify,
    Describe,
    Discard,
    MovePaper,
    PaperChanged,
    PaperClassified,
    PaperMoved,
    PaperProtected,
    PaperReleased,
    PaperRestored,
    PapersCommand,
    PaperWithdrawn,
    Protect,
    Readers,
    Receive,
    Reject,
    Release,
    Restore,
    RevisionAccepted,
    RevisionDescribed,
    RevisionDiscarded,
    RevisionReceived,
    RevisionRejected,
    RevisionSwitched,
    Switch,
    Withdraw,
)
from meetingroom.domain.papers.paper import Paper, Papers, Revision, RevisionState, being_prepared, due, evolve
from meetingroom.domain.papers.reading import audience_reads, is_approved, is_out, known_paper, may_look, may_read
from meetingroom.domain.papers.showing import SEES, as_brought, own, view
from meetingroom.domain.people import known
from meetingroom.domain.phase import Phase, require_not_closed
from meetingroom.domain.refusals import require

if TYPE_CHECKING:
    from meetingroom.domain.meeting import Facts, Meeting
    from meetingroom.domain.people import Participant

__all__ = [
    "SEES",
    "Paper",
    "Papers",
    "Revision",
    "RevisionState",
    "as_brought",
    "audience_reads",
    "being_prepared",
    "decide",
    "due",
    "evolve",
    "is_approved",
    "is_out",
    "known_paper",
    "may_look",
    "may_read",
    "own",
    "switched",
    "view",
]


def decide(meeting: Meeting, actor: Participant, command: PapersCommand, facts: Facts) -> tuple[Event, ...]:
    require_not_closed(meeting)
    match command:
        case Receive():
            return _receive(meeting, command, facts)
        case Accept():
            _preparing(meeting, command.paper, command.revision)
            waits = meeting.sitting.phase is Phase.IN_SESSION and meeting.stage.paper == command.paper
            paper = meeting.papers[command.paper]
            replaces = paper.current if is_out(meeting, paper) and not waits else None
            return (RevisionAccepted(**vars(command), waits=waits, replaces=replaces),)
        case Describe():
            _preparing(meeting, command.paper, command.revision)
            known = meeting.papers[command.paper].revisions[command.revision]
            new = (known.silent, known.signed) != (command.silent, command.signed)
            return (RevisionDescribed(**vars(command)),) if new else ()
        case Reject():
            _preparing(meeting, command.paper, command.revision)
            return (RevisionRejected(**vars(command)),)
        case ChangePaper():
            return _change(meeting, command, facts)
        case Protect():
            paper = known_paper(meeting, command.paper)
            same = (paper.kept, paper.watermarked) == (command.kept, command.watermarked)
            return () if same else (PaperProtected(**vars(command)),)
        case Classify():
            paper = known_paper(meeting, command.paper)
            same = (paper.kind, paper.issuer) == (command.kind, command.issuer)
            said = actor.role is Role.SYSTEM and (paper.kind or paper.issuer)
            return () if same or said else (PaperClassified(**vars(command)),)
        case MovePaper():
            known_paper(meeting, command.paper)
            known_item(meeting, command.item)
            require(command.before is None or command.before in meeting.papers, "papers.unknown")
            require(command.before != command.paper, "papers.unknown")
            return (PaperMoved(**vars(command)),)
        case Release():
            paper = known_paper(meeting, command.paper)
            return () if paper.released else (PaperReleased(paper=paper.id),)
        case Withdraw():
            paper = known_paper(meeting, command.paper)
            return () if paper.withdrawn else (PaperWithdrawn(paper=paper.id),)
        case Restore():
            paper = known_paper(meeting, command.paper)
            return (PaperRestored(paper=paper.id),) if paper.withdrawn else ()
        case Discard():
            paper = known_paper(meeting, command.paper)
            require(command.revision in paper.revisions, "papers.unknown_revision")
            require(command.revision != paper.current, "papers.is_current_revision")
            return (RevisionDiscarded(**vars(command)),)
        case Switch():
            return switched(known_paper(meeting, command.paper))
        case _:
            assert_never(command)


def _receive(meeting: Meeting, command: Receive, facts: Facts) -> tuple[Event, ...]:
    """A new paper of an item, or a new revision of a paper; the paper takes its id from its first revision."""
    if command.paper is not None:
        paper = known_paper(meeting, command.paper)
        key, item, title = paper.id, paper.item, paper.title
    else:
        item = known_item(meeting, command.item or "").id
        key, title = facts.id, command.title or command.file_name
        require(title, "papers.needs_title")
    return (
        RevisionReceived(
            paper=key,
            revision=facts.id,
            item=item,
            title=title,
            file=command.file,
            file_name=command.file_name,
            size=command.size,
            at=facts.now,
        ),
    )


def _change(meeting: Meeting, command: ChangePaper, facts: Facts) -> tuple[Event, ...]:
    known_paper(meeting, command.paper)
    require(command.title, "papers.needs_title")
    for participant in command.named:
        known(meeting, participant)
    named = command.named if command.readers is Readers.NAMED else ()
    released = command.release_at is None or command.release_at <= facts.now
    return (PaperChanged(**vars(command) | {"named": named, "released": released}),)


def _preparing(meeting: Meeting, paper: str, revision: str) -> None:
    """What was discarded while it was being prepared is no longer of interest."""
    require(paper in meeting.papers and revision in meeting.papers[paper].revisions, "papers.unknown_revision")


def switched(*papers: Paper) -> tuple[Event, ...]:
    """Of these papers, those with a revision that waits are read in it from now on."""
    waiting = ((paper.id, paper.revisions[paper.waiting]) for paper in papers if paper.waiting)
    return tuple(RevisionSwitched(paper=key, revision=newer.id, pages=newer.pages) for key, newer in waiting)
