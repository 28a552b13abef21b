"""Who may read a paper now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from meetingroom.domain.audience import Audience, audience_of
from meetingroom.domain.papers.messages import Readers
from meetingroom.domain.papers.paper import Paper
from meetingroom.domain.phase import Phase
from meetingroom.domain.refusals import require

if TYPE_CHECKING:
    from meetingroom.domain.meeting import Meeting
    from meetingroom.domain.people import Participant


def known_paper(meeting: Meeting, paper: str) -> Paper:
    """The paper, or Refused(papers.unknown)."""
    require(paper in meeting.papers, "papers.unknown")
    return meeting.papers[paper]


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
