"""Meetings in which every text that people may write is a canary: markup that is alive wherever it is not escaped.

People give commands by chance (the same at every run), so that a new command with a text comes in by itself.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from enum import StrEnum
from html.parser import HTMLParser
from typing import Any, get_args, get_origin

from meetingroom.domain.agenda import AddItem
from meetingroom.domain.attendance import CheckIn
from meetingroom.domain.circulation import RecallRound, SendRound
from meetingroom.domain.comments import Answer as AnswerComment
from meetingroom.domain.comments import Give, SendDraft
from meetingroom.domain.conclusions import ChangeConclusion, PublishConclusion, SettleConclusion, WriteConclusion
from meetingroom.domain.floor.asking import Ask, Decline
from meetingroom.domain.floor.speaking import Give as GiveFloor
from meetingroom.domain.issuing import IssueDocument
from meetingroom.domain.issuing import Kind as Issued
from meetingroom.domain.messages import COMMANDS, Between, Command, Id, read, shape
from meetingroom.domain.minutes.record import ChangeSection, NoteSpeech, SendBack, Submit
from meetingroom.domain.papers.messages import Accept
from meetingroom.domain.people import SERVER
from meetingroom.domain.preparing import AskPaper, Deliver, SubmitPaper
from meetingroom.domain.preparing import SendBack as SendPaperBack
from meetingroom.domain.refusals import Refused
from meetingroom.domain.sitting import Close, Open
from meetingroom.domain.voting import Announce, Cancel, Cast, CloseVote, EnterCount, Excuse, OpenVote, Prepare
from meetingroom.domain.voting.ballot import Answer, Kind, Method, Wording
from tests.domain.test_invariants import ACTORS, known_ids
from tests.stories import CHAIR, FINANCE, HEALTH, MEMBERS, SECRETARY, Story

TAG = "canary-x"
CANARY = f"\"'><{TAG} onload=alert(1)>{{{{7*7}}}}"
DAY = 86_400_000
STEPS = 3000  # commands that are tried for a meeting; most are refused
ENDS = ("close", "remove", "adjourn", "withdraw", "cancel", "recall", "void", "discard", "approve", "leave", "finish")


def has_text(kind: type[Command]) -> bool:
    return any(_is_text(annotation) for annotation, _ in shape(kind).values())


def _is_text(annotation: Any) -> bool:
    if annotation == Id:
        return False
    return annotation is str or any(
        _is_text(part) for part in get_args(annotation) if isinstance(part, type) or get_args(part)
    )


def stories(seeds: range) -> Iterator[tuple[Story, set[type[Command]]]]:
    """Meetings, and which commands have happened in each."""
    for seed in seeds:
        story = Story.of_a_committee(f"m{seed}", written=seed % 4 == 3)
        given = set(_begin(story, over=seed % 4 == 2))
        chance = random.Random(seed)
        for _ in range(STEPS):
            kind = _chosen(chance, given)
            arguments = {
                name: _value(annotation, known_ids(story), chance) for name, (annotation, _) in shape(kind).items()
            }
            people = [actor for actor in ACTORS if actor in story.meeting.people or actor == SERVER.id]
            try:
                story.give(chance.choice(people), read(kind, arguments))
            except Refused:
                continue
            given.add(kind)
        yield story, given


def _begin(story: Story, over: bool) -> Iterator[type[Command]]:
    """What chance hardly ever finds: votes that can be held; in some the meeting is over."""
    options = tuple((f"{CANARY} {number}", CANARY) for number in range(3))
    forms: tuple[dict[str, Any], ...] = (
        {"kind": Kind.CHOICE, "options": options},
        {"wording": Wording.AGREE},
        {"method": Method.HANDS},
        {"kind": Kind.CHOICE, "options": options},
    )
    for number, form in enumerate(forms):
        if story.meeting.sitting.written and "method" in form:
            continue
        story.give(SECRETARY, Prepare(item="one", question=CANARY, law=CANARY, **form), made=f"v{number}")
    yield Prepare
    if story.meeting.sitting.written:
        for command in (SendRound(due=story.now + DAY), RecallRound(reason=CANARY)):
            story.give(SECRETARY, command)
            yield type(command)
        return
    for person in MEMBERS:
        story.give(person, CheckIn())
    story.give(CHAIR, Open(regardless=True))
    scripted: list[tuple[str, Command]] = []
    for vote in ("v0", "v1", "v2"):
        scripted.append((CHAIR, OpenVote(vote=vote, regardless=True)))
        if vote == "v1":
            scripted.append((FINANCE, Cast(vote=vote, marks=(("q", Answer.OTHER),), text=CANARY)))
        if vote == "v2":
            scripted.append((SECRETARY, EnterCount(vote=vote, counts=(("q", Answer.YES, 1),), tellers=CANARY)))
        scripted += [(CHAIR, CloseVote(vote=vote)), (CHAIR, Announce(vote=vote))]
    scripted += [
        (CHAIR, OpenVote(vote="v3", regardless=True)),
        (SECRETARY, Excuse(vote="v3", participant=HEALTH, note=CANARY)),
        (CHAIR, Cancel(vote="v3", reason=CANARY)),
        (HEALTH, Ask(topic=CANARY)),
        (CHAIR, Decline(request="c", reason=CANARY)),
        (SECRETARY, AddItem(title=CANARY)),
        (CHAIR, GiveFloor(participant=FINANCE)),
        (SECRETARY, AskPaper(item="one", title=CANARY, unit=CANARY, participant=FINANCE)),
        (FINANCE, Deliver(asked="c", file="r", file_name=CANARY, size=9)),
        (SERVER.id, Accept(paper="c", revision="c", pages=3, sizes=((3, 595.0, 842.0),))),
        (FINANCE, SubmitPaper(asked="c")),
        (CHAIR, SendPaperBack(asked="c", reason=CANARY)),
    ]
    if over:
        scripted += [
            (SECRETARY, WriteConclusion(text=CANARY, lead=CANARY, supporting=CANARY)),
            (SECRETARY, ChangeConclusion(conclusion="c", text=CANARY, lead=CANARY, supporting=CANARY)),
            (CHAIR, PublishConclusion(conclusion="c")),
            (SECRETARY, SettleConclusion(conclusion="c", note=CANARY)),
            (CHAIR, Close()),
            (SECRETARY, ChangeSection(section="one", text=CANARY)),
            (SECRETARY, SendDraft(sections=((CANARY, CANARY, CANARY), ("one", CANARY, CANARY)), due=story.now + DAY)),
            (FINANCE, Give(section="one", text=CANARY)),
            (SECRETARY, AnswerComment(comment="c", taken=False, answer=CANARY)),
            (SECRETARY, Submit(revisions=1)),
            (CHAIR, SendBack(reason=CANARY)),
            (SECRETARY, IssueDocument(kind=Issued.OTHER, file="f", title=CANARY, number=CANARY, signers=(CANARY,))),
        ]
    for who, command in scripted:
        story.give(who, command, made="c")
        yield type(command)
        if isinstance(command, GiveFloor):
            story.give(SECRETARY, NoteSpeech(participant=FINANCE, at=story.now, text=CANARY))
            yield NoteSpeech


def _chosen(chance: random.Random, given: set[type[Command]]) -> type[Command]:
    """Rather what has not happened yet, and seldom what makes an end."""
    while True:
        fresh = [kind for kind in COMMANDS.values() if kind not in given]
        kind = chance.choice(fresh if fresh and chance.random() < 0.5 else list(COMMANDS.values()))
        if not any(word in kind.tag for word in ENDS) or chance.random() < 0.01:
            return kind


def _value(annotation: Any, ids: list[str], chance: random.Random) -> Any:
    if annotation == Id:
        return chance.choice(ids)
    if isinstance(annotation, type) and issubclass(annotation, StrEnum):
        return chance.choice(list(annotation)).value
    parts = get_args(annotation)
    if get_origin(annotation) is tuple:
        if parts[-1] is Ellipsis:
            return [_value(parts[0], ids, chance) for _ in range(chance.randrange(3))]
        return [_value(part, ids, chance) for part in parts]
    if type(None) in parts:
        return None if chance.random() < 0.3 else _value(parts[0], ids, chance)
    if between := [part for part in parts if isinstance(part, Between)]:
        return chance.randint(between[0].least, min(between[0].most, between[0].least + 5))
    if annotation in (bool, int, float):
        return {bool: chance.random() < 0.5, int: chance.randint(1, 5), float: 1.0}[annotation]
    return f"{CANARY} {chance.randrange(1000)}" if chance.random() < 0.5 else CANARY


class Alive(HTMLParser):
    """What of a page comes from a canary: `alive` is markup, `seen` counts those that are text, as they should be."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.alive: list[str] = []
        self.seen = 0
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        if tag == TAG or any(name.startswith("on") or TAG in name for name, _ in attributes):
            self.alive.append(f"<{tag} {attributes}>")
        self.seen += sum(TAG in (value or "") for _, value in attributes)

    def handle_data(self, data: str) -> None:
        self.seen += data.count(TAG)
        if ">49" in data:
            self.alive.append(f"a template was filled: {data[:200]}")
