"""Empty ballots to print (phiếu bầu, phiếu biểu quyết): of each vote on paper one sheet, the same for everybody."""

from __future__ import annotations

import base64
from collections.abc import Iterator, Mapping

from meetingroom.domain.meeting import Meeting
from meetingroom.domain.voting import Vote, VotePhase
from meetingroom.domain.voting.ballot import CHOOSING, ONE_QUESTION, Answer, Method, answers
from meetingroom.export import votes
from meetingroom.export.document import BOX, Document, Paragraph, Part, Signer, Table
from meetingroom.export.results import NO_PHOTOS, NONE, Photos
from meetingroom.words import Words

LINE = "…" * 36  # to write on


def ballots(meeting: Meeting, words: Words, photos: Mapping[str, Photos] = NONE, only: str = "") -> list[Document]:
    """Of all votes on paper that are not cancelled, or of `only` this one. `photos`: by vote."""
    asked = [
        vote
        for vote in meeting.voting.values()
        if vote.form.method is Method.PAPER and vote.phase is not VotePhase.CANCELLED and only in ("", vote.id)
    ]
    return [_ballot(meeting, words, vote, photos.get(vote.id, NO_PHOTOS)) for vote in asked]


def _ballot(meeting: Meeting, words: Words, vote: Vote, photos: Photos) -> Document:
    """Nothing on it tells one sheet from another: it bears a name only where the vote is recorded."""
    title = words.text(f"record.ballot.title.{vote.form.kind}")
    signer = Signer((words.text("record.ballot.signer"),), note=words.text("record.ballot.sign"))
    return Document(
        name=f"{title}. {vote.question}",
        superior=words.text("record.superior"),
        issuer=meeting.sitting.organisation.upper(),
        number="",
        title=title.upper(),
        about=(vote.question, meeting.sitting.title),
        parts=(*_asked(vote, words, photos), *_valid(vote, words)),
        signers=() if vote.form.secret else (signer,),
        stamp=words.text("record.ballot.stamp"),
        kept="",
    )


def _asked(vote: Vote, words: Words, photos: Photos) -> Iterator[Part]:
    yield Paragraph(_how(vote, words))
    offered = [votes.answer_word(vote, answer, words) for answer in answers(vote.form)]
    mark = words.text("record.ballot.mark")
    if vote.form.kind in ONE_QUESTION:
        head = words.text("record.result.choice")
        yield Table((0, 3.5), (head, mark), tuple((answer, BOX) for answer in offered), left=(0,))
    else:
        heads = [words.text(name) for name in ("record.attendance.number", f"record.ballot.{vote.form.kind}")]
        several = vote.form.each > 1  # a number is written where one may have several votes
        marks = [words.text("record.ballot.votes") if several else mark] if vote.form.kind in CHOOSING else offered
        box = "" if several else BOX
        said = votes.described(vote)
        yield Table(
            (1.0, 0, *[2.6] * len(marks)),
            (*heads, *marks),
            tuple((str(place), text, *[box] * len(marks)) for place, text in enumerate(said.values(), start=1)),
            faces=tuple(base64.b64encode(photos.get(option, b"")).decode() for option in said) if photos else (),
        )
    if Answer.OTHER in answers(vote.form):
        yield Paragraph("", lead=words.text("record.ballot.other"))
        yield from (Paragraph(LINE) for _ in range(3))


def _how(vote: Vote, words: Words) -> str:
    """How it is filled in."""
    form = vote.form
    if form.kind not in CHOOSING:
        return words.text("record.ballot.how.one" if form.kind in ONE_QUESTION else "record.ballot.how.each")
    if form.each > 1:
        return words.text("record.ballot.how.votes", least=form.least, most=form.most, each=form.each)
    how = "exactly" if form.least == form.most else "most" if form.least <= 1 else "between"
    return words.text(f"record.ballot.how.{how}", least=form.least, most=form.most)


def _valid(vote: Vote, words: Words) -> Iterator[Part]:
    """What the tellers will go by."""
    yield Paragraph(words.text("record.ballot.valid"), lead=words.text("record.ballot.note"))
    yield Paragraph(words.text("record.ballot.blank" if vote.form.blank else "record.ballot.no_blank"))
    if vote.form.secret:
        yield Paragraph(words.text("record.ballot.secret"))
