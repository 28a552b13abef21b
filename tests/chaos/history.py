"""The history checker: what clients asked and were told, against the journal, the counts and what every tablet shows.

Pure. Each fault found is a sentence; silence means that nothing acknowledged was lost, done twice or done too late.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from meetingroom.domain import meeting as domain
from meetingroom.domain.audience import audience_of
from meetingroom.domain.meeting import Meeting
from meetingroom.domain.messages import read_event
from meetingroom.storage.journal import Entry

ALWAYS = {"notices.send", "voting.cast", "voting.prepare", "voting.open", "voting.close"}  # done means: an event
ENDING = {"voting.closed", "voting.stopped", "voting.cancelled"}


@dataclass
class Call:
    """A command as its device knows it. `code`: "done", a refusal's code, or none where no answer ever came."""

    id: str
    person: str
    name: str
    arguments: Mapping[str, Any]
    begun: float
    ended: float = 0.0
    code: str = ""
    sent: int = 1  # so many times

    @property
    def is_done(self) -> bool:
        return self.code == "done"

    @property
    def is_refused(self) -> bool:
        """For good: never carried out."""
        return bool(self.code) and not self.is_done


@dataclass
class Shown:
    """What a tablet shows in the end."""

    device: str
    person: str
    version: int
    view: dict[str, Any]


@dataclass
class History:
    calls: list[Call] = field(default_factory=list)
    shown: list[Shown] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)  # of a tablet's own: a version that went back, …

    @property
    def acknowledged(self) -> int:
        return sum(call.is_done for call in self.calls)


def check(history: History, entries: Sequence[Entry], founded: int) -> list[str]:
    """`founded`: so many entries were there before anybody asked for anything."""
    meeting = domain.replay(read_event(entry.name, entry.body) for entry in entries)
    return [
        *history.faults,
        *_chain(entries),
        *_commands(history.calls, entries[founded:]),
        *_order(history.calls, entries),
        *_votes(history.calls, entries, meeting),
        *_roles(history.calls, entries),
        *_tablets(history.shown, entries, meeting),
    ]


def _chain(entries: Sequence[Entry]) -> Iterable[str]:
    if [entry.version for entry in entries] != list(range(1, len(entries) + 1)):
        yield "the journal has a gap"


def _commands(calls: Sequence[Call], entries: Sequence[Entry]) -> Iterable[str]:
    """Acknowledged: recorded, once. Refused: not recorded. Recorded: asked for by somebody."""
    recorded = Counter((entry.actor, entry.command) for entry in entries if entry.command)
    asked = {(call.person, call.id) for call in calls}
    for call in calls:
        times = recorded[call.person, call.id]
        if call.is_done and call.name in ALWAYS and not times:
            yield f"acknowledged and lost: {call.name} of {call.person} ({call.id})"
        if call.is_refused and times:
            yield f"refused ({call.code}) and done all the same: {call.name} of {call.person} ({call.id})"
        if times > 1:
            yield f"done {times} times: {call.name} of {call.person} ({call.id})"
        if not call.code:
            yield f"never answered: {call.name} of {call.person} ({call.id})"
    for actor, command in recorded.keys() - asked:
        yield f"recorded and asked for by nobody: {command} of {actor}"
    texts = Counter(entry.body["text"] for entry in entries if entry.name == "notices.sent")
    yield from (f"done {times} times: the notice {text}" for text, times in texts.items() if times > 1)
    casts = sum(entry.name in ("voting.cast", "voting.envelope_cast") for entry in entries)
    asked_casts = sum(call.name == "voting.cast" and not call.is_refused for call in calls)
    if casts > asked_casts:
        yield f"{casts} ballots in the journal, and only {asked_casts} may be there"


def _order(calls: Sequence[Call], entries: Sequence[Entry]) -> Iterable[str]:
    """What was acknowledged before something else was asked for stands before it."""
    versions = {(entry.actor, entry.command): entry.version for entry in entries if entry.command}
    placed = [(call, versions[key]) for call in calls if (key := (call.person, call.id)) in versions]
    latest, done = 0, sorted((call.ended, version) for call, version in placed if call.is_done)
    waiting = iter([*done, (float("inf"), 0)])
    ended, version = next(waiting)
    for call, own in sorted(placed, key=lambda each: each[0].begun):
        while ended < call.begun:
            latest = max(latest, version)
            ended, version = next(waiting)
        if own < latest:
            yield f"{call.name} of {call.person} stands before what was acknowledged before it was asked for"


def _votes(calls: Sequence[Call], entries: Sequence[Entry], meeting: Meeting) -> Iterable[str]:
    chosen = {(call.person, call.id): call.arguments for call in calls if call.name == "voting.cast"}
    for vote in meeting.voting.values():
        about = [entry for entry in entries if entry.body.get("vote") == vote.id]
        ends = [entry for entry in about if entry.name in ENDING]
        counted = [entry for entry in about if entry.name == "voting.closed"]
        if len(counted) > 1:
            yield f"vote {vote.id} was counted {len(counted)} times"
        final: dict[str, str] = {}
        for entry in about:
            if entry.name not in ("voting.cast", "voting.envelope_cast"):
                continue
            if ends and entry.version > ends[0].version:
                yield f"a ballot of {entry.actor} is in the journal after the closing of vote {vote.id}"
            marks = entry.body.get("marks") or chosen.get((entry.actor, entry.command or ""), {}).get("marks")
            final[entry.body["participant"]] = marks[0][1] if marks else "?"
        if vote.result:
            tally = {answer.value: number for answer, number in vote.result.tally["q"].items() if number}
            if tally != Counter(final.values()):
                yield f"vote {vote.id} was counted {tally}, and the ballots are {dict(Counter(final.values()))}"
        elif any(entry.name == "voting.cancelled" for entry in about):
            yield f"vote {vote.id} is void"
        elif ends:
            yield f"vote {vote.id} was stopped and never counted"
        yield from _closing(calls, vote.id)


def _closing(calls: Sequence[Call], vote: str) -> Iterable[str]:
    closings = [call for call in calls if call.name == "voting.close" and call.arguments["vote"] == vote]
    acknowledged = min((call.ended for call in closings if call.is_done), default=float("inf"))
    asked = min((call.begun for call in closings), default=float("inf"))
    for call in calls:
        if call.name == "voting.cast" and call.arguments["vote"] == vote:
            if call.is_done and call.begun > acknowledged:
                yield f"a ballot of {call.person} was taken after the closing was acknowledged"
            if call.code == "voting.not_open" and call.ended < asked:
                yield f"a ballot of {call.person} was refused as late before anybody asked for the closing"


def _roles(calls: Sequence[Call], entries: Sequence[Entry]) -> Iterable[str]:
    """Who was relieved of the chair does nothing of the chair's from the relief on."""
    by_id = {(call.person, call.id): call for call in calls}
    relieved: set[str] = set()
    for entry in entries:
        if entry.name == "people.changed":
            (relieved.add if entry.body["role"] == "delegate" else relieved.discard)(entry.body["participant"])
        call = by_id.get((entry.actor, entry.command or ""))
        if entry.actor in relieved and call and call.name not in ("voting.cast", "stage.turn_page"):
            yield f"{call.name} of {entry.actor}, who was relieved before"


def _tablets(shown: Sequence[Shown], entries: Sequence[Entry], meeting: Meeting) -> Iterable[str]:
    for tablet in shown:
        audience = audience_of(meeting.people[tablet.person])
        wanted = json.loads(json.dumps(domain.view(meeting, audience).view))
        if tablet.version != entries[-1].version:
            yield f"{tablet.device} stands at version {tablet.version} of {entries[-1].version}"
        if tablet.view != wanted:
            parts = [key for key in wanted.keys() | tablet.view.keys() if wanted.get(key) != tablet.view.get(key)]
            yield f"{tablet.device} shows something else: {', '.join(sorted(parts))}"
