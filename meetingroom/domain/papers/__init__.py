"""Papers: the documents of an item, their uploaded revisions, who may read them and from when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any, assert_never

from meetingroom.domain.agenda import known_item
from meetingroom.domain.audience import Audience, audience_of
from meetingroom.domain.messages import Event
from meetingroom.domain.papers.messages import (
    Accept,
    ChangePaper,
    Describe,
    Discard,
    MovePaper,
    PaperChanged,
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
    Signed,
    Sizes,
    Switch,
    Withdraw,
)
from meetingroom.domain.people import ParticipantRemoved, known
from meetingroom.domain.phase import Phase, require_not_closed
from meetingroom.domain.refusals import require

if TYPE_CHECKING:
    from meetingroom.domain.meeting import Facts, Meeting
    from meetingroom.domain.people import Participant


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

    @property
    def stays(self) -> bool:
        """Whether what is shown of it may stay on a device. A watermark with yesterday's time would say nothing."""
        return self.kept and not self.watermarked

    @property
    def shown(self) -> Revision | None:
        return self.revisions[self.current] if self.current else None


Papers = Mapping[str, Paper]


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


def known_paper(meeting: Meeting, paper: str) -> Paper:
    """The paper, or Refused(papers.unknown)."""
    require(paper in meeting.papers, "papers.unknown")
    return meeting.papers[paper]


def switched(*papers: Paper) -> tuple[Event, ...]:
    """Of these papers, those with a revision that waits are read in it from now on."""
    waiting = ((paper.id, paper.revisions[paper.waiting]) for paper in papers if paper.waiting)
    return tuple(RevisionSwitched(paper=key, revision=newer.id, pages=newer.pages) for key, newer in waiting)


def is_out(meeting: Meeting, paper: Paper) -> bool:
    """Whether the paper has left the secretariat: published, released, not withdrawn, and made into pages."""
    published = meeting.sitting.phase is not Phase.DRAFT and is_approved(meeting, paper)
    return published and paper.released and not paper.withdrawn and paper.current is not None


def is_approved(meeting: Meeting, paper: Paper) -> bool:
    """Of papers that units were asked for, whether the office has let it pass; all others are the office's own."""
    return all(asked.approved_by or asked.paper != paper.id for asked in meeting.preparing.values())


def audience_reads(meeting: Meeting, paper: Paper, audience: Audience) -> bool:
    """Whether everyone of this audience may read the paper now. Papers for named persons are nobody's audience's."""
    if audience.is_office:
        return True
    open_to = {
        Readers.EVERYONE: audience is not Audience.STAFF,
        Readers.MEMBERS: audience is Audience.MEMBER,
        Readers.NAMED: False,
    }
    return is_out(meeting, paper) and open_to[paper.readers]


def may_read(meeting: Meeting, participant: Participant, paper: Paper) -> bool:
    """Whether this person may read the paper now; asked again at every page image. Staff read none, named or not."""
    if audience_of(participant) is Audience.STAFF:
        return False
    if audience_reads(meeting, paper, audience_of(participant)):
        return True
    return is_out(meeting, paper) and paper.readers is Readers.NAMED and participant.id in paper.named


def may_look(meeting: Meeting, participant: Participant, paper: Paper) -> bool:
    """Whether this person may see its pages now: who may read it, and who brought it, from its first draft on."""
    brought = (asked.paper == paper.id and asked.participant == participant.id for asked in meeting.preparing.values())
    return may_read(meeting, participant, paper) or any(brought)


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


SEES = ("papers", "sitting", "preparing")


def view(meeting: Meeting, audience: Audience) -> dict[str, Any]:
    return {
        paper.id: _shown(paper, order, audience)
        for order, paper in enumerate(meeting.papers.values())
        if audience_reads(meeting, paper, audience)
    }


def own(meeting: Meeting, participant: Participant) -> dict[str, Any]:
    """The papers meant for this person by name."""
    if audience_of(participant).is_office:
        return {}
    me = participant.id
    return {
        paper.id: _shown(paper, order, Audience.MEMBER)
        for order, paper in enumerate(meeting.papers.values())
        if me in paper.named and paper.readers is Readers.NAMED and is_out(meeting, paper)
    }


def _shown(paper: Paper, order: int, audience: Audience) -> dict[str, Any]:
    entry: dict[str, Any] = {"item": paper.item, "title": paper.title, "order": order, "readers": paper.readers.value}
    if revision := paper.shown:
        entry |= {
            "revision": revision.id,
            "revision_no": revision.number,
            "pages": revision.pages,
            "sizes": [list(run) for run in revision.sizes],
            "updated_at": revision.received_at,
        } | _described(revision)
    if not paper.kept:
        entry["not_kept"] = True
    if paper.watermarked:
        entry["watermarked"] = True
    if paper.former:
        entry["former"] = _shown_former(paper.revisions[paper.former])
    if paper.earlier:
        entry["earlier"] = {key: _shown_former(paper.revisions[key]) for key in paper.earlier}
    if paper.waiting:
        entry["waiting_no"] = paper.revisions[paper.waiting].number
    return entry | _office_part(paper) if audience.is_office else entry


def _described(revision: Revision) -> dict[str, Any]:
    """Only what is worth a word in a list."""
    silent = {"silent": revision.silent} if revision.silent else {}
    worth = revision.signed in (Signed.INTACT, Signed.DOUBTFUL)
    return silent | ({"signed": revision.signed.value} if worth else {})


def as_brought(paper: Paper) -> dict[str, Any]:
    """For who brought it: what has become of their files."""
    return {name: value for name, value in _shown(paper, 0, Audience.CONSOLE).items() if name in BROUGHT}


BROUGHT = ("title", "revision", "pages", "sizes", "revisions")


def _shown_former(revision: Revision) -> dict[str, Any]:
    sizes = [list(run) for run in revision.sizes]
    return {"revision": revision.id, "no": revision.number, "pages": revision.pages, "sizes": sizes}


def _office_part(paper: Paper) -> dict[str, Any]:
    entry: dict[str, Any] = {
        "named": {participant: True for participant in paper.named},
        "released": paper.released,
        "revisions": {revision.id: _shown_revision(revision) for revision in paper.revisions.values()},
    }
    if paper.release_at is not None:
        entry["release_at"] = paper.release_at
    if paper.withdrawn:
        entry["withdrawn"] = True
    return entry


def _shown_revision(revision: Revision) -> dict[str, Any]:
    entry: dict[str, Any] = {
        "no": revision.number,
        "state": revision.state.value,
        "file_name": revision.file_name,
        "bytes": revision.size,
        "received_at": revision.received_at,
    }
    if rejection := revision.rejection:
        entry["reason"] = rejection.reason
        entry["numbers"] = {"page": rejection.page, "pages": rejection.pages, "most": rejection.most}
    if revision.pages:
        entry["pages"] = revision.pages
    return entry
