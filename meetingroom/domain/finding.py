"""Finding again: the texts of a meeting that somebody may look for years later, and who may see each of them.

Made of the views alone, so that nothing can be found that is not shown; and of approved minutes, for who may have their file.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from meetingroom.domain import agenda, conclusions, issuing, minutes, opinions, papers, sitting, voting
from meetingroom.domain.audience import Audience, audience_of

if TYPE_CHECKING:
    from meetingroom.domain.meeting import Meeting

AUDIENCES = (Audience.CONSOLE, Audience.MEMBER, Audience.GUEST)  # a wall looks for nothing, staff know of nothing
RESULT = ("yes", "no", "abstain")


class Kind(StrEnum):
    """In the order in which what is found in one meeting is told."""

    MEETING = "meeting"
    ITEM = "item"
    CONCLUSION = "conclusion"
    VOTE = "vote"
    MINUTES = "minutes"
    SPEECH = "speech"  # as the secretary noted it
    OPINION = "opinion"
    DOCUMENT = "document"  # that was issued
    PAPER = "paper"
    WORDS = "words"  # on the pages of papers


@dataclass(frozen=True, slots=True)
class Place:
    """`text` is looked through; `file`: whose pages belong to it; `told`: what else a list says of it.

    `seen_by`: audiences, and participants whom a paper is meant for by name.
    """

    kind: Kind
    about: str
    text: str
    file: str = ""
    told: tuple[tuple[str, Any], ...] = ()
    seen_by: frozenset[str] = frozenset()


def places(meeting: Meeting) -> list[Place]:
    """What differs between audiences, as a result before it is announced, stands there once for each."""
    readers: dict[Place, set[str]] = {}
    for audience in AUDIENCES:
        for place in _shown(meeting, audience):
            readers.setdefault(place, set()).add(audience.value)
    for person in meeting.people.values():
        if audience_of(person) in AUDIENCES:
            for key, entry in papers.own(meeting, person).items():
                if named := _paper(meeting, key, entry):
                    readers.setdefault(named, set()).add(person.id)
            for key, said in opinions.own(meeting, person).get("opinions", {}).items():
                readers.setdefault(_opinion(key, said), set()).add(person.id)
    return [replace(place, seen_by=frozenset(seen)) for place, seen in readers.items()]


def seats(meeting: Meeting) -> dict[str, tuple[str, ...]]:
    """Participant → what of `seen_by` is theirs."""
    return {
        person.id: (audience_of(person).value, person.id)
        for person in meeting.people.values()
        if audience_of(person) in AUDIENCES
    }


def _shown(meeting: Meeting, audience: Audience) -> Iterator[Place]:
    head = sitting.view(meeting, audience)
    yield Place(Kind.MEETING, meeting.id, " · ".join(head[name] for name in ("title", "kind", "room") if head[name]))
    for key, item in agenda.view(meeting, audience)["items"].items():
        yield Place(Kind.ITEM, key, item["title"], told=(("number", item["number"]),))
    for key, task in conclusions.view(meeting, audience).items():
        told = tuple((name, task[name]) for name in ("state", "due", "lead", "item") if name in task)
        text = " · ".join(task[name] for name in ("text", "lead", "supporting", "note") if name in task)
        yield Place(Kind.CONCLUSION, key, text, told=told)
    for key, vote in voting.view(meeting, audience).items():
        yield _vote(key, vote)
    for key, said in opinions.view(meeting, audience).items():
        yield _opinion(key, said)
    for key, issued in issuing.view(meeting, audience).items():
        text = " · ".join(issued[name] for name in ("title", "number", "reason") if name in issued)
        yield Place(Kind.DOCUMENT, key, text, told=(("kind", issued["kind"]),))
    yield from _minutes(meeting, audience)
    for key, entry in papers.view(meeting, audience).items():
        if place := _paper(meeting, key, entry):
            yield place


def _minutes(meeting: Meeting, audience: Audience) -> Iterator[Place]:
    """Once approved they are the members' too; before that the office finds what it has noted of speeches."""
    record = meeting.minutes
    if record.state is minutes.State.APPROVED and (audience.is_office or audience is Audience.MEMBER):
        yield from (Place(Kind.MINUTES, key, text) for key, text in record.final.items() if text)
    for key, note in minutes.view(meeting, audience).get("notes", {}).items():
        yield Place(Kind.SPEECH, key, note)


def _opinion(key: str, said: Mapping[str, Any]) -> Place:
    return Place(Kind.OPINION, key, said["text"], told=(("item", said["item"]),))


def _vote(key: str, vote: Mapping[str, Any]) -> Place:
    options = [f"{option['text']} {option.get('note', '')}".strip() for option in vote["options"].values()]
    text = " · ".join(dict.fromkeys([vote["question"], *options]))
    told: list[tuple[str, Any]] = [("phase", vote["phase"])]
    result = vote.get("result")
    if result and all(each["by"] != "awaits" for each in result["outcomes"].values()):
        counted = list(result["tally"].values())
        told.append(("carried", sum(each["carried"] for each in result["outcomes"].values())))
        told.append(("of", len(result["outcomes"])))
        if len(counted) == 1:
            told += [(answer, counted[0][answer]) for answer in RESULT if answer in counted[0]]
    return Place(Kind.VOTE, key, text, told=tuple(told))


def _paper(meeting: Meeting, key: str, entry: Mapping[str, Any]) -> Place | None:
    """As searching within the meeting: what is withdrawn or not yet pages is found by nobody."""
    paper = meeting.papers[key]
    if paper.withdrawn or paper.shown is None:
        return None
    return Place(Kind.PAPER, key, entry["title"], file=paper.shown.file, told=(("pages", paper.shown.pages),))
