"""The wording of the minutes: what the course of a meeting says, as the sections of Mẫu 1.9 Biên bản, in its order.

The words are those of the catalogue under `record.`; those in WORDINGS an administrator changes on a page.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from meetingroom.domain.agenda import Item, numbers
from meetingroom.domain.conclusions import Conclusion
from meetingroom.domain.conclusions import State as ConclusionState
from meetingroom.domain.meeting import Meeting
from meetingroom.domain.messages import ATTENDEES, Role
from meetingroom.domain.minutes import FORM, Course, Fact, Happened, Minutes, speech_key
from meetingroom.domain.minutes.record import AFTER, BEFORE, HEAD, State
from meetingroom.domain.people import Participant
from meetingroom.domain.phase import Phase
from meetingroom.domain.replies import Standing
from meetingroom.export import votes
from meetingroom.export.times import day, hour, lasted, named
from meetingroom.words import Words

DASH = "- "
WORDINGS = (
    "record.superior",
    "record.sign",
    "record.invitation.invites",
    "record.invitation.please",
    "record.invitation.behalf",
    "record.invitation.signer",
    "record.notice_of.issuer",
    "record.notice_of.number",
    "record.notice_of.opening",
    "record.notice_of.concludes",
    "record.notice_of.end",
    "record.notice_of.signer",
    "record.signer.secretary",
    "record.signer.chair",
)
"""What agencies write differently, in the order of the page."""


@dataclass(frozen=True, slots=True)
class Part:
    """One section: its text as it stands, what the journal alone would say, and what happened in it."""

    key: str
    title: str
    text: str
    draft: str
    facts: tuple[Fact, ...] = ()


def parts(meeting: Meeting, words: Words) -> list[Part]:
    """All sections in the order of the form. `words` are those of the language of the document."""
    minutes = meeting.minutes
    drafts = {key: _fixed(meeting, words, key) for key in FORM}
    titles = {key: words.text(f"record.{key}") for key in FORM}
    ordered = [*HEAD, *BEFORE]
    for item, number, _ in numbers(meeting.agenda):
        drafts[item.id], titles[item.id] = _of_item(meeting, words, item), f"{number}. {item.title}"
        ordered.append(item.id)
    return [
        Part(key, titles[key], _standing(meeting, key, drafts[key]), drafts[key], _facts(minutes.course, key))
        for key in (*ordered, *AFTER)
    ]


def _standing(meeting: Meeting, key: str, draft: str) -> str:
    minutes = meeting.minutes
    if minutes.state is State.APPROVED:
        return minutes.final.get(key, "")
    return minutes.sections[key].text if key in minutes.sections else draft


def _facts(course: Course, key: str) -> tuple[Fact, ...]:
    if key == "form.attendees":
        moves = (Happened.ARRIVED, Happened.LEFT)
        return tuple(fact for fact in course.facts if fact.kind in moves)
    if key == "form.opening":
        return tuple(fact for fact in course.of(None) if fact.kind not in (Happened.ARRIVED, Happened.LEFT))
    if key == "form.close":
        return tuple(fact for fact in course.facts if fact.kind is Happened.CLOSED)
    if key in FORM:
        return ()
    return tuple(sorted(course.of(key), key=lambda fact: fact.at))


def _fixed(meeting: Meeting, words: Words, key: str) -> str:
    """The draft of a section that every set of minutes has."""
    sitting, course = meeting.sitting, meeting.minutes.course
    match key:
        case "form.superior":
            return words.text("record.superior")
        case "form.issuer":
            return sitting.organisation.upper()
        case "form.number":
            return f"      /BB-{sign(words, sitting.organisation)}"
        case "form.begins":
            begins = course.at(Happened.OPENED) or sitting.starts
            return words.text("record.moment", hour=hour(words, begins), day=day(words, begins))
        case "form.place":
            return sitting.room
        case "form.attendees":
            return _attendees(meeting, words)
        case "form.chair":
            return _all_of(course, Role.CHAIR)
        case "form.secretary":
            return _all_of(course, Role.SECRETARY)
        case "form.opening":
            return "\n".join(_opening(meeting, words))
        case _:
            return "\n".join([*concluded_at(meeting, words, None), _end(course, words)])


def _end(course: Course, words: Words) -> str:
    closed = course.at(Happened.CLOSED)
    if closed is None:
        return words.text("record.close.open")
    return words.text("record.close", hour=hour(words, closed), day=day(words, closed))


def sign(words: Words, organisation: str) -> str:
    """As the agency has said, or as it is usual."""
    return words.text("record.sign") or abbreviated(organisation)


def abbreviated(organisation: str) -> str:
    """The sign of an agency in the number of its documents: UBND, HĐND; else the first letters of its words."""
    for name, sign in (("ủy ban nhân dân", "UBND"), ("hội đồng nhân dân", "HĐND"), ("ubnd", "UBND"), ("hđnd", "HĐND")):
        if organisation.casefold().startswith(name):
            return sign
    return "".join(word[0].upper() for word in organisation.split()[:4])


def _all_of(course: Course, role: Role) -> str:
    return "; ".join(named(person) for person in _in_order(course) if person.role is role)


def _in_order(course: Course) -> list[Participant]:
    return sorted(course.people.values(), key=lambda person: person.rank)


# -- attendance ------------------------------------------------------------------------------------------------------


def attended(course: Course, person: Participant) -> bool:
    return any(fact.kind is Happened.ARRIVED for fact in course.about(person.id))


def _attendees(meeting: Meeting, words: Words) -> str:
    """Members present, members absent, guests; who came late, left early or came back is said with the time, why somebody
    was away with the reason they gave, and for whom a substitute came."""
    course = meeting.minutes.course
    people = [person for person in _in_order(course) if person.role in ATTENDEES and person.role is not Role.SECRETARY]
    members = [person for person in people if person.member]
    present = [person for person in members if attended(course, person)]
    absent = [person for person in members if not attended(course, person)]
    guests = [person for person in people if not person.member and attended(course, person)]
    lines = [words.text("record.members", present=len(present), total=len(members))]
    lines += [DASH + _with_moves(meeting, words, person) for person in present]
    if absent:
        lines += [
            words.text("record.absent", n=len(absent)),
            *(DASH + _noted(named(person), [excuse(meeting, words, person)]) for person in absent),
        ]
    if guests:
        lines += [words.text("record.guests", n=len(guests))]
        lines += [DASH + _with_moves(meeting, words, person) for person in guests]
    return "\n".join(lines)


def _with_moves(meeting: Meeting, words: Words, person: Participant) -> str:
    moves = list(moves_of(meeting.minutes.course, words, person))
    part = [excuse(meeting, words, person)] if moves else []  # asked to leave early, and did
    return _noted(named(person), [stands_in(meeting, words, person), *moves, *part])


def _noted(name: str, notes: list[str]) -> str:
    said = ", ".join(note for note in notes if note)
    return f"{name} ({said})" if said else name


def excuse(meeting: Meeting, words: Words, person: Participant) -> str:
    """Why somebody was away, and whether that was agreed to; nothing where they said nothing or meant to come."""
    reply = meeting.replies.answers.get(person.id)
    if reply is None or reply.standing is Standing.CONFIRMED:
        return ""
    agreed = "excused" if reply.standing is Standing.EXCUSED else "not_excused"
    return words.text(f"record.{agreed}", reason=reply.reason) if reply.reason else words.text(f"record.{agreed}.bare")


def stands_in(meeting: Meeting, words: Words, person: Participant) -> str:
    absent = meeting.minutes.course.people.get(meeting.replies.substitutes.get(person.id, ""))
    return words.text("record.stands_in", name=named(absent)) if absent else ""


def moves_of(course: Course, words: Words, person: Participant) -> Iterator[str]:
    """Arrivals and departures while the meeting ran; being there when it was opened is not worth a word."""
    opened, closed = course.at(Happened.OPENED), course.at(Happened.CLOSED)
    for fact in course.about(person.id):
        if opened is not None and fact.at > opened and (closed is None or fact.at < closed):
            yield words.text(f"record.{fact.kind.value}", hour=hour(words, fact.at))


def _opening(meeting: Meeting, words: Words) -> Iterator[str]:
    quorum = meeting.minutes.course.quorum
    if quorum:
        key = "record.quorum" if quorum.reached else "record.no_quorum"
        if quorum.total_votes:
            there, total = words.figure(quorum.votes_present), words.figure(quorum.total_votes)
            yield words.text(f"{key}.votes", present=there, total=total, members=quorum.present)
        else:
            yield words.text(key, present=quorum.present, total=quorum.total)
    for fact in meeting.minutes.course.of(None):
        if fact.kind is Happened.NOTICE:
            yield words.text("record.notice", text=fact.text)


# -- items -----------------------------------------------------------------------------------------------------------


def _of_item(meeting: Meeting, words: Words, item: Item) -> str:
    course = meeting.minutes.course
    facts = sorted(course.of(item.id), key=lambda fact: fact.at)
    concluded = list(concluded_at(meeting, words, item.id))
    if not facts and not concluded:
        later = meeting.sitting.phase is Phase.CLOSED and not any(other.parent == item.id for other in _items(meeting))
        return words.text("record.not_reached") if later else ""
    return "\n".join([*_presented(meeting, words, item, facts), *_told(meeting, words, facts), *concluded])


def concluded_at(meeting: Meeting, words: Words, item: str | None) -> Iterator[str]:
    """The published conclusions of an item, each with who does it by when."""
    for each in meeting.conclusions.values():
        if each.item == item and each.state is not ConclusionState.DRAFT:
            yield words.text("record.conclusion", text=task(each, words))


def task(conclusion: Conclusion, words: Words) -> str:
    said = [conclusion.text.rstrip(".; ")]
    if conclusion.lead:
        said.append(words.text("record.conclusion.lead", name=conclusion.lead))
    if conclusion.supporting:
        said.append(words.text("record.conclusion.supporting", name=conclusion.supporting))
    if conclusion.due:
        said.append(words.text("record.conclusion.due", day=day(words, conclusion.due)))
    return "; ".join(said) + "."


def _items(meeting: Meeting) -> Iterable[Item]:
    return meeting.agenda.items.values()


def _presented(meeting: Meeting, words: Words, item: Item, facts: list[Fact]) -> Iterator[str]:
    titles = [meeting.papers[fact.about].title for fact in facts if _is_paper(meeting, fact)]
    presenter = meeting.people.get(item.presenter or "")
    if presenter and titles:
        yield words.text("record.presents", name=named(presenter), papers="; ".join(titles))
    elif presenter:
        yield words.text("record.presents_item", name=named(presenter))
    elif titles:
        yield words.text("record.papers", papers="; ".join(titles))


def _is_paper(meeting: Meeting, fact: Fact) -> bool:
    return fact.kind is Happened.PAPER and fact.about in meeting.papers


def _told(meeting: Meeting, words: Words, facts: Iterable[Fact]) -> Iterator[str]:
    for fact in facts:
        match fact.kind:
            case Happened.SPEECH:
                yield _speech(meeting.minutes, words, fact)
            case Happened.VOTE_CLOSED | Happened.VOTE_CANCELLED if fact.about in meeting.voting:
                vote = meeting.voting[fact.about]
                yield from votes.lines(vote, words)
                yield from (f"{lead} {text}" for lead, text in votes.remarks(meeting, vote, words))
            case Happened.NOTICE:
                yield words.text("record.notice", text=fact.text)
            case Happened.ADJOURNED | Happened.RESUMED:
                yield words.text(f"record.{fact.kind.value}", hour=hour(words, fact.at))
            case _:
                pass


def _speech(minutes: Minutes, words: Words, fact: Fact) -> str:
    """What was said is as the secretary noted it; a dash where nothing is."""
    person = minutes.course.people.get(fact.about)
    name = named(person) if person else "…"
    said = {"name": name, "verb": words.text(f"record.speaks.{fact.text}"), "hour": hour(words, fact.at)}
    said["said"] = minutes.notes.get(speech_key(fact.about, fact.at), "…")
    if not fact.spent:
        return words.text("record.speech.at", **said)
    return words.text("record.speech", **said, lasted=lasted(words, fact.spent))
