"""The documents of a meeting: minutes (Mẫu 1.9), attendance sheet, notice of conclusions (Mẫu 1.4), invitations (Mẫu 1.7)."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass

import segno

from meetingroom.domain.agenda import numbers
from meetingroom.domain.conclusions import State as ConclusionState
from meetingroom.domain.meeting import Meeting
from meetingroom.domain.messages import ATTENDEES, Role
from meetingroom.domain.minutes import Course, Happened
from meetingroom.domain.minutes.record import AFTER, BEFORE, State
from meetingroom.domain.people import Participant
from meetingroom.export.document import Code, Document, Paragraph, Part, Signer, Table
from meetingroom.export.times import day, hour, local, named, short
from meetingroom.export.wording import attended, excuse, moves_of, parts, sign, stands_in, task
from meetingroom.words import Words


@dataclass(frozen=True, slots=True)
class Letterhead:
    """What an installation says about itself, and the moment the document is made (UTC ms)."""

    locality: str
    now: int


@dataclass(frozen=True, slots=True)
class Personal:
    """The personal code of a participant as people type it, and the address of its QR code."""

    code: str
    link: str


# -- minutes ---------------------------------------------------------------------------------------------------------


def minutes(meeting: Meeting, words: Words) -> Document:
    """Biên bản in exactly the order of Mẫu 1.9: no line of place and date, secretary left, chair right."""
    text = {part.key: part for part in parts(meeting, words)}
    told: list[Part] = []
    for key in BEFORE:
        if key == "form.opening":
            told.append(Paragraph("", lead=f"{words.text('record.content')}:"))
            told += _lines(text[key].text)
        else:
            first, *rest = text[key].text.splitlines() or ["…"]
            told.append(Paragraph(first, lead=f"{text[key].title}:"))
            told += [Paragraph(line) for line in rest]
    for item, number, level in numbers(meeting.agenda):
        body = _lines(text[item.id].text)
        if body or level == 0:
            told += [Paragraph(f"{number}. {item.title}", strong=True), *body]
    if meeting.drawings:
        told.append(Paragraph("", lead=words.text("drawings.with_minutes")))
        told += [Paragraph(f"- {line}") for line in _drawn(meeting, words)]
    for key in AFTER:
        told += _lines(text[key].text)
    return Document(
        name=f"{words.text('record.minutes.kind')}. {meeting.sitting.title}",
        superior=text["form.superior"].text,
        issuer=text["form.issuer"].text,
        number=text["form.number"].text,
        title=words.text("record.minutes.kind").upper(),
        about=about(meeting),
        parts=tuple(told),
        signers=(_signer(meeting, words, Role.SECRETARY), _signer(meeting, words, Role.CHAIR)),
        mark="" if meeting.minutes.state is State.APPROVED else words.text("record.draft"),
        kept="VT, Hồ sơ.",
    )


def _drawn(meeting: Meeting, words: Words) -> list[str]:
    kept = [each for each in meeting.drawings.values() if each.paper in meeting.papers]
    return [words.text("drawings.heading", title=meeting.papers[each.paper].title, page=each.page) for each in kept]


def _lines(text: str) -> list[Part]:
    return [Paragraph(line) for line in text.splitlines() if line.strip()]


def about(meeting: Meeting) -> tuple[str, ...]:
    return tuple(line for line in (meeting.sitting.title, meeting.sitting.kind) if line)


def _signer(meeting: Meeting, words: Words, role: Role) -> Signer:
    """Who presides or writes; the name stands under the signature, without academic titles."""
    return Signer((words.text(f"record.signer.{role.value}"),), meeting.minutes.signers.get(role.value, ""))


def _by_rank(meeting: Meeting) -> list[Participant]:
    return sorted(meeting.minutes.course.people.values(), key=lambda person: person.rank)


# -- attendance ------------------------------------------------------------------------------------------------------


def attendance(meeting: Meeting, words: Words) -> Document:
    """Everyone on the list, when they came, and what is to be noted."""
    course = meeting.minutes.course
    people = [person for person in _by_rank(meeting) if person.role in ATTENDEES]
    rows = tuple(
        (str(index), named(person), person.unit, _standing(words, person), _came(meeting, words, person))
        for index, person in enumerate(people, start=1)
    )
    members = [person for person in people if person.member]
    present = sum(attended(course, person) for person in members)
    heads = tuple(words.text(f"record.attendance.{name}") for name in ("number", "who", "unit", "standing", "came"))
    told: tuple[Part, ...] = (
        Paragraph(words.text("record.members", present=present, total=len(members))),
        Table((1.0, 0, 3.6, 2.3, 3.2), heads, rows, left=(1, 2, 3, 4)),
    )
    return internal(meeting, words, "record.attendance.title", about(meeting), told)


def _standing(words: Words, person: Participant) -> str:
    return words.text("record.member" if person.member else f"role.{person.role.value}")


def _came(meeting: Meeting, words: Words, person: Participant) -> str:
    course = meeting.minutes.course
    arrived = next((fact.at for fact in course.about(person.id) if fact.kind is Happened.ARRIVED), None)
    if arrived is None:
        away = (words.text("record.attendance.absent"), excuse(meeting, words, person))
        return ", ".join(part for part in away if part)
    _, *later = (
        moves_of(course, words, person) if _came_late(course, arrived) else ["", *moves_of(course, words, person)]
    )
    notes = [short(words, arrived), *later, stands_in(meeting, words, person)]
    return "; ".join(note for note in notes if note)


def _came_late(course: Course, arrived: int) -> bool:
    opened = course.at(Happened.OPENED)
    return opened is not None and arrived > opened


def internal(meeting: Meeting, words: Words, title: str, about: tuple[str, ...], told: tuple[Part, ...]) -> Document:
    """A sheet that goes with the minutes: the same head, the same two signatures."""
    organisation = meeting.sitting.organisation
    head = {part.key: part.text for part in parts(meeting, words) if part.key.startswith("form.")}
    return Document(
        name=f"{words.text(title)}. {meeting.sitting.title}",
        superior=head["form.superior"],
        issuer=head["form.issuer"],
        number=f"      /BB-{sign(words, organisation)}",
        title=words.text(title).upper(),
        about=about,
        parts=told,
        signers=(_signer(meeting, words, Role.SECRETARY), _signer(meeting, words, Role.CHAIR)),
        kept="VT, Hồ sơ.",
    )


# -- notice of conclusions -------------------------------------------------------------------------------------------


def conclusions(meeting: Meeting, words: Words, letterhead: Letterhead) -> Document:
    """Thông báo kết luận (Mẫu 1.4): what was concluded, with place and date, signed by the Chief of Office."""
    sitting, course = meeting.sitting, meeting.minutes.course
    chair = next((named(person) for person in _by_rank(meeting) if person.role is Role.CHAIR), "…")
    began = course.at(Happened.OPENED) or sitting.starts
    published = [each for each in meeting.conclusions.values() if each.state is not ConclusionState.DRAFT]
    opening = words.text(
        "record.notice_of.opening",
        day=day(words, began),
        place=sitting.room or "…",
        chair=chair,
        title=sitting.title,
        organisation=sitting.organisation,
    )
    told: list[Part] = [Paragraph(opening), Paragraph(words.text("record.notice_of.concludes", chair=chair))]
    told += [Paragraph(f"{index}. {task(each, words)}") for index, each in enumerate(published, start=1)]
    told.append(Paragraph(words.text("record.notice_of.end")))
    leads = tuple(dict.fromkeys(each.lead for each in published if each.lead))
    return Document(
        name=f"{words.text('record.notice_of.title')}. {sitting.title}",
        superior=sitting.organisation,
        issuer=words.text("record.notice_of.issuer"),
        number=f"      /{words.text('record.notice_of.number')}",
        title=words.text("record.notice_of.kind"),
        about=(words.text("record.notice_of.about", chair=chair), sitting.title),
        parts=tuple(told),
        signers=(Signer((words.text("record.notice_of.signer"),)),),
        place=f"{letterhead.locality or '……'}, {day(words, letterhead.now)}",
        receivers=(words.text("record.notice_of.attendees"), *leads),
    )


# -- invitations -----------------------------------------------------------------------------------------------------


def invitations(
    meeting: Meeting, words: Words, letterhead: Letterhead, codes: Mapping[str, Personal]
) -> list[Document]:
    """A giấy mời for each participant who has a code here, in the order of precedence."""
    people = sorted(meeting.people.values(), key=lambda person: person.rank)
    return [
        _invitation(meeting, words, letterhead, person, codes[person.id])
        for person in people
        if person.id in codes and person.role in ATTENDEES
    ]


def invitation(meeting: Meeting, words: Words, letterhead: Letterhead) -> Document:
    """One for all who are invited, by name and without codes: what is signed and goes to everybody."""
    invited = [person for person in _by_rank(meeting) if person.role in ATTENDEES]
    names = tuple(Paragraph(f"- {named(person)};") for person in invited)
    return _inviting(meeting, words, letterhead, names or (Paragraph("…"),), ())


def _invitation(
    meeting: Meeting, words: Words, letterhead: Letterhead, person: Participant, personal: Personal
) -> Document:
    lines = (words.text("record.invitation.code", code=personal.code), words.text("record.invitation.scan"))
    whom = (Paragraph(named(person), strong=True, centred=True),)
    return _inviting(meeting, words, letterhead, whom, (Code(personal.link, _qr(personal.link), lines),))


def _inviting(
    meeting: Meeting, words: Words, letterhead: Letterhead, whom: tuple[Part, ...], end: tuple[Part, ...]
) -> Document:
    sitting = meeting.sitting
    chairs = "; ".join(named(p) for p in _by_rank(meeting) if p.role is Role.CHAIR and p.id in meeting.people)
    when = words.text("record.invitation.when", hour=hour(words, sitting.starts), weekday=_weekday(words, sitting.starts),
        day=day(words, sitting.starts))  # fmt: skip
    told: list[Part] = [
        Paragraph(words.text("record.invitation.invites", organisation=sitting.organisation)),
        *whom,
        Paragraph(". ".join(about(meeting)), lead=words.text("record.invitation.to")),
        Paragraph(chairs or "…", lead=words.text("record.invitation.chair")),
        Paragraph(when, lead=words.text("record.invitation.time")),
        Paragraph(sitting.room or "…", lead=words.text("record.invitation.place")),
    ]
    outline = [f"{number}. {item.title}" for item, number, level in numbers(meeting.agenda) if level == 0]
    if outline:
        told.append(Paragraph("", lead=words.text("record.invitation.agenda")))
        told += [Paragraph(f"{line};" if line is not outline[-1] else f"{line}.") for line in outline]
    told.append(Paragraph(words.text("record.invitation.please", organisation=sitting.organisation)))
    told += end
    return Document(
        name=f"{words.text('record.invitation.title')}. {sitting.title}",
        superior=words.text("record.superior"),
        issuer=sitting.organisation.upper(),
        number=f"      /GM-{sign(words, sitting.organisation)}",
        title=words.text("record.invitation.title").upper(),
        about=(sitting.title,),
        parts=tuple(told),
        signers=(Signer((words.text("record.invitation.behalf"), words.text("record.invitation.signer"))),),
        place=f"{letterhead.locality or '……'}, {day(words, letterhead.now)}",
        receivers=(words.text("record.invitation.as_above"),),
    )


def _weekday(words: Words, at: int) -> str:
    return words.text(f"weekday.{local(words, at).weekday()}")


def _qr(link: str) -> str:
    drawn = io.BytesIO()
    segno.make(link, error="m", micro=False).save(drawn, kind="svg", scale=4, border=0, xmldecl=False)
    return drawn.getvalue().decode()
