"""Issued documents: each as it is printed once, with its number, and with the name of the one it puts right."""

from __future__ import annotations

from dataclasses import replace

from meetingroom.domain.issuing import MINUTES, Issued, Kind
from meetingroom.domain.meeting import Meeting
from meetingroom.export import documents
from meetingroom.export.document import Document, Paragraph, Signer
from meetingroom.export.documents import Letterhead
from meetingroom.export.results import NO_PHOTOS, Photos, result
from meetingroom.export.times import day
from meetingroom.words import Words

SHORT = 120


def printed(
    meeting: Meeting, words: Words, letterhead: Letterhead, asked: Issued, photos: Photos = NO_PHOTOS
) -> Document:
    """What `asked` says, before it has a file. Of OTHER, which is made elsewhere, there is none."""
    document = _printed(meeting, words, letterhead, asked, photos)
    if asked.number:
        document = replace(document, number=asked.number)
    if asked.corrects and asked.kind is not Kind.CORRECTION:
        says = words.text("record.replaces", former=called(meeting, words, asked.corrects), reason=asked.reason)
        document = replace(document, parts=(Paragraph(says), *document.parts))
    return document


def _printed(meeting: Meeting, words: Words, letterhead: Letterhead, asked: Issued, photos: Photos) -> Document:
    match asked.kind:
        case Kind.INVITATION:
            return documents.invitation(meeting, words, letterhead)
        case Kind.CONCLUSIONS:
            return documents.conclusions(meeting, words, letterhead)
        case Kind.RESULT:
            return result(meeting, words, meeting.voting[asked.about], photos)
        case Kind.ATTENDANCE:
            return documents.attendance(meeting, words)
        case _:
            return _correction(meeting, words, letterhead, asked)


def _correction(meeting: Meeting, words: Words, letterhead: Letterhead, asked: Issued) -> Document:
    """In the form of a notice: what was wrong, and what it should say."""
    former = called(meeting, words, asked.corrects)
    told = [Paragraph(words.text("record.correction.opening", former=former))]
    told += [Paragraph(line) for line in asked.reason.splitlines() if line.strip()]
    told.append(Paragraph(words.text("record.correction.end")))
    return Document(
        name=f"{words.text('record.correction.about')} {former}",
        superior=meeting.sitting.organisation,
        issuer=words.text("record.notice_of.issuer"),
        number=f"      /{words.text('record.notice_of.number')}",
        title=words.text("record.notice_of.kind"),
        about=(words.text("record.correction.about"), former),
        parts=tuple(told),
        signers=(Signer((words.text("record.notice_of.signer"),)),),
        place=f"{letterhead.locality or '……'}, {day(words, letterhead.now)}",
        receivers=(words.text("record.notice_of.attendees"),),
    )


def called(meeting: Meeting, words: Words, key: str) -> str:
    """A document as another one names it: kind, number, day."""
    if key == MINUTES:
        return f"{words.text('record.minutes.kind')} {meeting.sitting.title}"
    former = meeting.issuing[key]
    number = words.text("record.with_number", number=former.number) if former.number else ""
    issued = words.text("record.issued_on", day=day(words, former.at))
    return " ".join(part for part in (title(meeting, words, former), number, issued) if part)


def title(meeting: Meeting, words: Words, issued: Issued) -> str:
    """What it is, for lists and names of files."""
    if issued.kind is Kind.OTHER:
        return issued.title
    kind = words.text(f"issuing.kind.{issued.kind.value}")
    vote = meeting.voting.get(issued.about)
    return f"{kind}: {vote.question[:SHORT]}" if vote else kind
