"""The sheet of a counted vote (biên bản kiểm phiếu): what was asked, how many there were, what each got, and why it carried."""

from __future__ import annotations

import base64
from collections.abc import Iterator, Mapping

from meetingroom.domain.agenda import numbers
from meetingroom.domain.meeting import Meeting
from meetingroom.domain.voting import Vote
from meetingroom.domain.voting.ballot import CHOOSING, Answer
from meetingroom.domain.voting.electors import in_order
from meetingroom.export import votes
from meetingroom.export.document import Document, Face, Paragraph, Part, Table
from meetingroom.export.documents import about, internal
from meetingroom.export.times import day, hour, named
from meetingroom.words import Words

Photos = Mapping[str, bytes]  # JPEGs by option
NO_PHOTOS: Photos = {}
NONE: Mapping[str, Photos] = {}
BASES = ("share", "share_present", "share_cast")


def results(meeting: Meeting, words: Words, photos: Mapping[str, Photos] = NONE) -> list[Document]:
    """One sheet for each vote that was counted; empty if there was none. `photos`: by vote."""
    counted = [vote for vote in meeting.voting.values() if vote.result is not None]
    return [result(meeting, words, vote, photos.get(vote.id, NO_PHOTOS)) for vote in counted]


def result(meeting: Meeting, words: Words, vote: Vote, photos: Photos = NO_PHOTOS) -> Document:
    """The sheet of one counted vote, with the list of names where they are known."""
    counted = vote.result
    assert counted is not None
    figures = counted.numbers
    facts = (
        ("total_members", figures.total_members),
        ("invited", figures.invited),
        ("present", figures.present),
        ("entitled", figures.entitled),
        ("voted", figures.voted),
        ("not_voted", figures.entitled - figures.voted),
        ("blank", counted.blank),
    )
    told: list[Part] = []
    if vote.opened_at is not None and vote.closed_at is not None:
        told.append(Paragraph(_when(words, vote.opened_at, vote.closed_at), lead=words.text("record.result.time")))
    told.append(Paragraph(vote.question, lead=words.text("record.result.question")))
    told += [Paragraph(text, lead=lead) for lead, text in votes.remarks(meeting, vote, words)]
    told.append(
        Table(
            (0, 4.0),
            (words.text("record.result.number"), words.text("record.result.people")),
            tuple((words.text(f"vote.{name}"), str(number)) for name, number in facts),
            left=(0,),
        )
    )
    if figures.weighed:
        told.append(Paragraph(votes.weighed_words(counted, words)))
    told += [_chosen(vote, words, photos)] if vote.form.kind in CHOOSING else _answered(vote, words, photos)
    if vote.report and vote.report.returned:
        report = {name: getattr(vote.report, name) for name in ("issued", "returned", "valid", "invalid", "blank")}
        told.append(Paragraph(words.text("result.report", **report)))
    if vote.report and vote.report.tellers:
        told.append(Paragraph(words.text("result.tellers", tellers=vote.report.tellers)))
    told.append(Paragraph(votes.rule_words(vote, words), lead=words.text("record.result.rule")))
    told += [Paragraph(line) for line in votes.decided(vote, words)]
    told += _names(words, vote)
    number = next((number for item, number, _ in numbers(meeting.agenda) if item.id == vote.item), "")
    head = (words.text("record.result.about", number=number), *about(meeting)[:1])
    return internal(meeting, words, "record.result.title", head, tuple(told))


def _when(words: Words, opened: int, closed: int) -> str:
    return words.text(
        "record.result.when", opened=hour(words, opened), closed=hour(words, closed), day=day(words, closed)
    )


# -- what each got ---------------------------------------------------------------------------------------------------


def _chosen(vote: Vote, words: Words, photos: Photos) -> Table:
    """All who stood, one a line, with the votes each has got."""
    assert vote.result is not None
    heads = ("record.attendance.number", f"record.ballot.{vote.form.kind}", "record.result.ballots")
    said = votes.described(vote)
    return Table(
        (1.0, 0, 1.7, 2.1, 2.1, 2.1),
        (*(words.text(head) for head in heads), *(words.text(f"record.result.{base}") for base in BASES)),
        tuple(
            (str(place), text, *shares(vote, vote.result.tally[option][Answer.YES], words))
            for place, (option, text) in enumerate(said.items(), start=1)
        ),
        faces=_faces(said, photos),
    )


def _answered(vote: Vote, words: Words, photos: Photos) -> Iterator[Part]:
    """A table for each question or person: the votes for each answer."""
    assert vote.result is not None
    heads = ("choice", "ballots", *BASES)
    for option, text in votes.options(vote).items():
        note = votes.note(vote, option)
        if option in photos:
            yield Face(base64.b64encode(photos[option]).decode(), (text, note) if note else (text,))
        elif vote.form.options:
            yield Paragraph(f"{text}, {note}" if note else text, strong=True)
        rows = [
            (votes.answer_word(vote, answer, words), *shares(vote, number, words))
            for answer, number in vote.result.tally[option].items()
        ]
        yield Table(
            (0, 2.5, 2.7, 2.7, 2.7),
            tuple(words.text(f"record.result.{name}") for name in heads),
            tuple(rows),
            left=(0,),
        )


def _faces(options: Mapping[str, object], photos: Photos) -> tuple[str, ...]:
    """Beside every name the same room for a photograph, if one of the list has one."""
    return tuple(base64.b64encode(photos.get(option, b"")).decode() for option in options) if photos else ()


def shares(vote: Vote, number: int, words: Words) -> tuple[str, ...]:
    """A number of votes, and what it is of all, of those present and of those cast."""
    assert vote.result is not None
    of = vote.result.numbers.counted
    wholes = (whole * vote.form.each for whole in (of.total, of.present, of.cast))
    return (words.figure(number), *(votes.percent(number, whole) for whole in wholes))


# -- who chose what --------------------------------------------------------------------------------------------------


def _names(words: Words, vote: Vote) -> Iterator[Part]:
    """Who chose what, where ballots are recorded with names."""
    if not vote.ballots:
        return
    voters = in_order(vote.called[key] for key in vote.electors if key in vote.called)
    weighed = vote.result and vote.result.numbers.weighed
    rows = []
    for index, person in enumerate(voters, start=1):
        beside = votes.of_voter(vote, person.id, words)
        name = f"{named(person)} ({beside})" if beside else named(person)
        weight = (words.figure(vote.weight(person.id)),) if weighed else ()
        rows.append((str(index), name, *weight, votes.ballot_words(vote, person.id, words)))
    heads = [words.text(f"record.{name}") for name in ("attendance.number", "attendance.who", "result.choice")]
    if weighed:
        heads.insert(2, words.text("rights.votes"))
    yield Paragraph(words.text("record.result.names"), strong=True)
    widths = (1.0, 0, 3.0, 4.5) if weighed else (1.0, 0, 4.5)
    yield Table(widths, tuple(heads), tuple(rows), left=(1, len(heads) - 1))
