"""What each audience sees of the papers, and what only those they are meant for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from meetingroom.domain.audience import Audience, audience_of
from meetingroom.domain.papers.messages import Readers, Signed
from meetingroom.domain.papers.paper import Paper, Revision
from meetingroom.domain.papers.reading import audience_reads, is_out

if TYPE_CHECKING:
    from meetingroom.domain.meeting import Meeting
    from meetingroom.domain.people import Participant


SEES = ("papers", "sitting", "preparing")
BROUGHT = ("title", "revision", "pages", "sizes", "revisions")


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
        if paper.readers is Readers.NAMED and me in paper.named and is_out(meeting, paper)
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
    entry |= {name: value for name in ("kind", "issuer") if (value := getattr(paper, name))}
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
