"""Draft: a batch of commands being decided, before any of it is recorded, answered or shown."""

from __future__ import annotations

import asyncio
import logging
import secrets
from dataclasses import dataclass, replace

from meetingroom.domain import meeting as domain
from meetingroom.domain.meeting import Decision, Facts, Meeting
from meetingroom.domain.messages import Command, Event, write
from meetingroom.domain.people import SERVER, Participant
from meetingroom.domain.refusals import Refused
from meetingroom.domain.voting import EnvelopeCast, OpenVote, VoteCancelled, VoteClosed, VoteOpened
from meetingroom.storage.envelopes import empty, put, seal
from meetingroom.storage.journal import Entry, Write

log = logging.getLogger(__name__)


class Unrecorded(Exception):
    """The journal could not be written; nothing has happened, the command may be given again."""


@dataclass(frozen=True, slots=True)
class Done:
    """Carried out and durable, at this version of the journal. `made` is the id of what was created."""

    version: int
    made: str | None


@dataclass(slots=True)
class Waiting:
    """A command that was given and not yet answered."""

    actor: str
    command: Command
    id: str | None
    answer: asyncio.Future[Done]


class Draft:
    """The meeting as it will be, the entries to record, the answers to give afterwards."""

    def __init__(
        self, meeting: Meeting, version: int, now: int, given: dict[tuple[str, str], Done], keys: dict[str, str | None]
    ) -> None:
        self.meeting, self.version, self._keys = meeting, version, keys
        self.also: list[Write] = []
        self.entries: list[Entry] = []
        self.events: list[Event] = []
        self.given: dict[tuple[str, str], Done] = {}
        self._now, self._before = now, given
        self._answers: list[tuple[Waiting, Done | Refused | Unrecorded]] = []

    def decide(self, waiting: Waiting) -> None:
        try:
            self._answers.append((waiting, self._done(waiting)))
        except (Refused, Unrecorded) as error:
            self._answers.append((waiting, error))
        except Exception:  # a fault in the rules: not the others' loss
            log.exception("command not decided", extra={"meeting": self.meeting.id})
            self._answers.append((waiting, Unrecorded()))

    def _done(self, waiting: Waiting) -> Done:
        key = (waiting.actor, waiting.id or "")
        if waiting.id and (again := self._before.get(key) or self.given.get(key)):
            return again
        public_key = self._keys.get(getattr(waiting.command, "vote", ""), "")
        if public_key is None and isinstance(waiting.command, OpenVote):
            raise Unrecorded  # its key could not be kept
        facts = Facts(self._now, secrets.token_urlsafe(16), public_key or "")
        decision = domain.decide(self.meeting, self._actor(waiting.actor), waiting.command, facts)
        events, also = self._sealed(decision)
        meeting = self.meeting
        for event in events:
            meeting = domain.evolve(meeting, event)
            if isinstance(event, VoteOpened) and not event.public_key:
                vote = meeting.voting[event.vote]
                if vote.form.secret and not vote.by_hand:
                    raise Unrecorded  # it became secret after the keys were made: no ballot could be sealed
        entries = [self._entry(waiting, index, event) for index, event in enumerate(events)]
        # From here on nothing can fail: a command is in the batch with all that belongs to it, or not at all.
        self.meeting = meeting
        self.version += len(events)
        self.events += events
        self.entries += entries
        self.also += also
        done = Done(self.version, decision.made)
        if waiting.id:
            self.given[key] = done
        return done

    def _entry(self, waiting: Waiting, index: int, event: Event) -> Entry:
        return Entry(
            stream=self.meeting.id,
            version=self.version + index + 1,
            at=self._now,
            actor=waiting.actor,
            command=waiting.id if index == 0 else None,  # unique in the journal
            name=event.tag,
            body=write(event),
        )

    def _actor(self, key: str) -> Participant:
        """Who this is now: a role taken away while the command was on its way counts."""
        if key == SERVER.id:
            return SERVER
        person = self.meeting.people.get(key)
        if person is None:
            raise Refused("not_permitted")
        return person

    def _sealed(self, decision: Decision) -> tuple[list[Event], list[Write]]:
        """The events, with the receipt of the secret ballot that goes into its box with them; counted boxes are emptied."""
        events, also = list(decision.events), []
        for index, event in enumerate(events):
            if isinstance(event, EnvelopeCast) and decision.seal is not None:
                key = self.meeting.voting[event.vote].public_key
                envelope = seal(self.meeting.id, event.vote, event.participant, key, decision.seal)
                events[index] = replace(event, receipt=envelope.receipt)
                also.append(put(envelope))
            elif isinstance(event, VoteClosed | VoteCancelled):
                also.append(empty(self.meeting.id, event.vote))
        return events, also

    def answer(self) -> None:
        for waiting, answer in self._answers:
            if waiting.answer.done():  # whoever asked has gone
                continue
            if isinstance(answer, Done):
                waiting.answer.set_result(answer)
            else:
                waiting.answer.set_exception(answer)
