"""What is said in writing: opinions given before a meeting, and the form on which a member answers a written vote."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from meetingroom.domain.agenda import numbers
from meetingroom.domain.meeting import Meeting
from meetingroom.domain.people import Participant
from meetingroom.domain.voting import Vote, VotePhase
from meetingroom.domain.voting.ballot import answers
from meetingroom.export.document import BOX, Document, Paragraph, Part, Signer
from meetingroom.export.documents import Letterhead
from meetingroom.export.times import day, hour, named
from meetingroom.export.votes import answer_word, options, rule_words
from meetingroom.export.wording import sign
from meetingroom.words import Words

DOTS = "…" * 36  # a line to write on


def given(meeting: Meeting, words: Words, letterhead: Letterhead, of: Participant | None) -> Document | None:
    """The opinions of one person, or of all for the office; None if there are none."""
    told: list[Part] = []
    for item, number, _ in numbers(meeting.agenda):
        said = [
            each for each in meeting.opinions.values() if each.item == item.id and of in (None, _who(meeting, each))
        ]
        if said:
            told.append(Paragraph(f"{number}. {item.title}", strong=True))
        for each in said:
            who = words.text("record.opinions.who", name=named(meeting.people[each.participant]))
            kind = "" if each.public else f" ({words.text('opinions.office_only')})"
            told += _paragraphs(
                each.text, f"{who}{kind}:" if of is None else f"{words.text('record.opinions.mine')}{kind}:"
            )
    if not told:
        return None
    title = words.text("record.opinions.title" if of is None else "record.opinions.title_mine")
    return _sheet(meeting, words, letterhead, title, told, named(of) if of else "")


def _who(meeting: Meeting, opinion: object) -> Participant | None:
    return meeting.people.get(getattr(opinion, "participant", ""))


def _paragraphs(text: str, lead: str) -> Iterator[Paragraph]:
    first, *rest = text.splitlines() or [""]
    yield Paragraph(first, lead=lead)
    yield from (Paragraph(line) for line in rest if line.strip())


def forms(meeting: Meeting, words: Words, letterhead: Letterhead) -> list[Document]:
    """A phiếu lấy ý kiến for each member, to print, answer by hand and sign; none where only secret questions are put.

    A signed form would tell who voted how: secret questions are answered on the devices alone.
    """
    asked = [vote for vote in meeting.voting.values() if not vote.form.secret and vote.phase is not VotePhase.CANCELLED]
    members = sorted((person for person in meeting.people.values() if person.member), key=lambda person: person.rank)
    if not meeting.sitting.written or not asked:
        return []
    return [_form(meeting, words, letterhead, person, asked) for person in members]


def _form(
    meeting: Meeting, words: Words, letterhead: Letterhead, person: Participant, asked: Iterable[Vote]
) -> Document:
    told: list[Part] = [Paragraph(named(person), lead=words.text("record.form.to"))]
    if person.unit and person.unit not in named(person):
        told.append(Paragraph(person.unit, lead=words.text("record.form.unit")))
    if due := meeting.circulation.due:
        until = words.text("record.form.until", hour=hour(words, due), day=day(words, due))
        told.append(Paragraph(until, lead=words.text("record.form.due")))
    for number, vote in enumerate(asked, start=1):
        told.append(Paragraph(f"{number}. {vote.question}", strong=True))
        choices = "        ".join(f"{BOX} {answer_word(vote, answer, words)}" for answer in answers(vote.form))
        for text in options(vote).values():
            told.append(Paragraph(choices if text == vote.question else f"{text}:  {choices}"))
        told += [Paragraph(DOTS[:24], lead=words.text("record.form.other")), Paragraph(DOTS)]
        told.append(Paragraph(rule_words(vote, words)))
    told.append(Paragraph(words.text("record.form.law")))
    return _sheet(meeting, words, letterhead, words.text("record.form.title"), told, person.name)


def _sheet(
    meeting: Meeting, words: Words, letterhead: Letterhead, title: str, told: list[Part], signer: str
) -> Document:
    organisation = meeting.sitting.organisation
    return Document(
        name=f"{title}. {meeting.sitting.title}",
        superior=words.text("record.superior"),
        issuer=organisation.upper(),
        number=f"      /PLYK-{sign(words, organisation)}" if meeting.sitting.written else "",
        title=title.upper(),
        about=(meeting.sitting.title,),
        parts=tuple(told),
        signers=(Signer((words.text("record.form.signer"),), signer),),
        place=f"{letterhead.locality or '……'}, {words.text('record.form.day')}",
        kept="VT, Hồ sơ.",
    )
