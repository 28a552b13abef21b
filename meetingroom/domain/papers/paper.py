"""A paper and its revisions, and what becomes of them by each event."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from meetingroom.domain.messages import Event
from meetingroom.domain.papers.messages import (
    PaperChanged,
    PaperClassified,
    PaperMoved,
    PaperProtected,
    PaperReleased,
    PaperRestored,
    PaperWithdrawn,
    Readers,
    RevisionAccepted,
    RevisionDescribed,
    RevisionDiscarded,
    RevisionReceived,
    RevisionRejected,
    RevisionSwitched,
    Signed,
    Sizes,
)
from meetingroom.domain.people import ParticipantRemoved

if TYPE_CHECKING:
    from meetingroom.domain.meeting import Meeting


class RevisionState(StrEnum):
    PREPARING = "preparing"
    READY = "ready"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class Revision:
    """One uploaded file. `file` is its SHA-256 and never leaves the server."""

    id: str
    number: int
    file: str
    file_name: str
    size: int
    received_at: int
    state: RevisionState = RevisionState.PREPARING
    pages: int = 0
    sizes: Sizes = ()
    rejection: RevisionRejected | None = None
    silent: int = 0
    signed: Signed = Signed.NOT


@dataclass(frozen=True, slots=True)
class Paper:
    """`current` is the revision being read, the newest that became pages; until there is one, only the office knows of
    the paper. While the room looks at a paper, a newer one waits in `waiting` until the chair or the next item lets it.
    `former` is the revision that was read before `current`, `earlier` those read before it, the oldest first; one that only
    the office has seen is nobody else's.
    """

    id: str
    item: str
    title: str
    readers: Readers
    named: tuple[str, ...]
    release_at: int | None
    released: bool
    withdrawn: bool
    revisions: Mapping[str, Revision]
    current: str | None = None
    waiting: str | None = None
    kept: bool = True
    watermarked: bool = False
    former: str | None = None
    earlier: tuple[str, ...] = ()
    kind: str = ""  # tờ trình, báo cáo …
    issuer: str = ""

    @property
    def stays(self) -> bool:
        """Whether what is shown of it may stay on a device. A watermark with yesterday's time would say nothing."""
        return self.kept and not self.watermarked

    @property
    def shown(self) -> Revision | None:
        return self.revisions[self.current] if self.current else None


Papers = Mapping[str, Paper]


def due(meeting: Meeting, now: int) -> tuple[str, ...]:
    """Papers whose time of release has come."""
    return tuple(
        paper.id
        for paper in meeting.papers.values()
        if not paper.released and paper.release_at is not None and paper.release_at <= now
    )


def being_prepared(papers: Papers) -> int:
    """How many files are being made into pages."""
    revisions = (revision for paper in papers.values() for revision in paper.revisions.values())
    return sum(revision.state is RevisionState.PREPARING for revision in revisions)


def evolve(papers: Papers, event: Event) -> Papers:
    match event:
        case RevisionReceived():
            return {**papers, event.paper: _received(papers.get(event.paper), event)}
        case RevisionAccepted():
            ready = replace(
                papers[event.paper].revisions[event.revision],
                state=RevisionState.READY,
                pages=event.pages,
                sizes=event.sizes,
            )
            if event.waits:
                held = _revised(papers[event.paper], ready, papers[event.paper].current)
                return _with(papers, replace(held, waiting=_newer(papers[event.paper], ready)))
            return _with(papers, _replaced(papers[event.paper], ready, event.replaces))
        case RevisionSwitched():
            paper = papers[event.paper]
            read = replace(paper, current=event.revision, waiting=None)
            return _with(papers, _after(read, paper.current))
        case RevisionRejected():
            paper = papers[event.paper]
            rejected = replace(paper.revisions[event.revision], state=RevisionState.REJECTED, rejection=event)
            return _with(papers, _revised(paper, rejected, current=paper.current))
        case RevisionDescribed():
            paper = papers[event.paper]
            described = replace(paper.revisions[event.revision], silent=event.silent, signed=event.signed)
            return _with(papers, _revised(paper, described, current=paper.current))
        case PaperChanged():
            changed = {name: value for name, value in vars(event).items() if name != "paper"}
            return _with(papers, replace(papers[event.paper], **changed))
        case PaperProtected():
            return _with(papers, replace(papers[event.paper], kept=event.kept, watermarked=event.watermarked))
        case PaperClassified():
            return _with(papers, replace(papers[event.paper], kind=event.kind, issuer=event.issuer))
        case PaperMoved():
            return _moved(papers, event)
        case PaperReleased():
            return _with(papers, replace(papers[event.paper], released=True))
        case PaperWithdrawn():
            return _with(papers, replace(papers[event.paper], withdrawn=True))
        case PaperRestored():
            return _with(papers, replace(papers[event.paper], withdrawn=False))
        case RevisionDiscarded():
            return _discarded(papers, event)
        case ParticipantRemoved():
            return _without_reader(papers, event.participant)
        case _:
            return papers


def _with(papers: Papers, paper: Paper) -> Papers:
    return {**papers, paper.id: paper}


def _received(paper: Paper | None, event: RevisionReceived) -> Paper:
    number = 1 + max((revision.number for revision in paper.revisions.values()), default=0) if paper else 1
    revision = Revision(event.revision, number, event.file, event.file_name, event.size, event.at)
    if paper is None:
        readers, only = Readers.EVERYONE, {revision.id: revision}
        return Paper(event.paper, event.item, event.title, readers, (), None, True, False, only)
    return replace(paper, revisions={**paper.revisions, revision.id: revision})


def _revised(paper: Paper, revision: Revision, current: str | None) -> Paper:
    return replace(paper, revisions={**paper.revisions, revision.id: revision}, current=current)


def _replaced(paper: Paper, ready: Revision, replaces: str | None) -> Paper:
    newest = _newer(paper, ready)
    revised = _revised(paper, ready, newest)
    return _after(revised, replaces) if replaces and newest != replaces else revised


def _after(paper: Paper, former: str | None) -> Paper:
    """The paper as it is read after another revision of it."""
    earlier = (*paper.earlier, paper.former) if paper.former else paper.earlier
    return replace(paper, former=former, earlier=earlier)


def _newer(paper: Paper, ready: Revision) -> str:
    """Two uploads may become pages in either order; the later upload is the one to read."""
    others = [paper.revisions[key] for key in (paper.current, paper.waiting) if key]
    return max((*others, ready), key=lambda revision: revision.number).id


def _moved(papers: Papers, event: PaperMoved) -> Papers:
    moved = replace(papers[event.paper], item=event.item)
    rest = {key: paper for key, paper in papers.items() if key != event.paper}
    if event.before is None:
        return {**rest, moved.id: moved}
    placed: dict[str, Paper] = {}
    for key, paper in rest.items():
        if key == event.before:
            placed[moved.id] = moved
        placed[key] = paper
    return placed


def _discarded(papers: Papers, event: RevisionDiscarded) -> Papers:
    """A paper without any revision left is gone."""
    paper = papers[event.paper]
    left = {key: revision for key, revision in paper.revisions.items() if key != event.revision}
    if left:
        waiting = paper.waiting if paper.waiting in left else None
        read = tuple(key for key in (*paper.earlier, paper.former) if key in left)
        former, earlier = (read[-1], read[:-1]) if read else (None, ())
        return _with(papers, replace(paper, revisions=left, waiting=waiting, former=former, earlier=earlier))
    return {key: other for key, other in papers.items() if key != event.paper}


def _without_reader(papers: Papers, participant: str) -> Papers:
    if not any(participant in paper.named for paper in papers.values()):
        return papers
    return {
        key: replace(paper, named=tuple(name for name in paper.named if name != participant))
        for key, paper in papers.items()
    }
