"""Counting: what closing a secret vote has begun is finished, here or after a crash.

Every step may be repeated: the box is opened and counted, the count is recorded and the envelopes are deleted in one
transaction, the key is destroyed.
"""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Awaitable, Callable
from typing import Any

from meetingroom.domain.meeting import Meeting
from meetingroom.domain.messages import Command
from meetingroom.domain.people import SERVER
from meetingroom.domain.refusals import Refused
from meetingroom.domain.voting import CountBox, VoidVote, Vote, VotePhase
from meetingroom.domain.voting.ballot import read_ballot
from meetingroom.storage.envelopes import Boxes, Unopenable
from meetingroom.storage.recorder import Recorder

log = logging.getLogger(__name__)

Give = Callable[[str, Command], Awaitable[Any]]


class Counting:
    """Of one room. Keys of finished votes are destroyed; a vote that cannot ever be counted is void."""

    def __init__(self, boxes: Boxes, record: Recorder, give: Give) -> None:
        self._boxes, self._record, self._give = boxes, record, give
        self._keys_seen: dict[bool, set[str]] = {True: set(), False: set()}  # of running and of finished votes
        self._failing: set[str] = set()

    async def go_on(self, meeting: Meeting) -> None:
        """One vote's trouble does not hold up the others. Raises Unrecorded, to be called again."""
        for vote in meeting.voting.values():
            try:
                with contextlib.suppress(Refused):  # another process was first
                    await self._see_to(meeting, vote)
            except OSError as error:
                # The disk may answer later, and only a key that is not there is lost: nothing is given up here.
                if vote.id not in self._failing:
                    log.error("box not reached", extra={"meeting": meeting.id, "vote": vote.id, "cause": repr(error)})
                self._failing.add(vote.id)
            else:
                self._failing.discard(vote.id)

    async def _see_to(self, meeting: Meeting, vote: Vote) -> None:
        if vote.phase is VotePhase.COUNTING:
            await self._give(SERVER.id, await self._counted(meeting, vote))
        elif vote.public_key and vote.id not in self._keys_seen[vote.is_open]:
            await self._see_to_key(meeting, vote)
            self._keys_seen[vote.is_open].add(vote.id)

    async def _see_to_key(self, meeting: Meeting, vote: Vote) -> None:
        """A running secret vote without its key (the database was restored, keys are in no backup) is void at once."""
        if not vote.is_open:
            await self._record(self._boxes.destroy, meeting.id, vote.id)
        elif not await self._record(self._boxes.has_key, meeting.id, vote.id, vote.public_key):
            log.error("secret vote void", extra={"meeting": meeting.id, "vote": vote.id, "cause": "no key"})
            await self._give(SERVER.id, VoidVote(vote=vote.id))

    async def _counted(self, meeting: Meeting, vote: Vote) -> CountBox | VoidVote:
        try:
            box = await self._record(self._boxes.open, meeting.id, vote.id)
            if list(box.receipts) != sorted(vote.receipts.values()):
                raise Unopenable("the box holds other envelopes than were handed in")
        except Unopenable as error:
            log.error("secret vote void", extra={"meeting": meeting.id, "vote": vote.id, "cause": str(error)})
            return VoidVote(vote=vote.id)
        ballots = [read_ballot(content.decode()) for content in box.contents]
        texts = sorted(ballot.text for ballot in ballots if ballot.text)
        return CountBox(
            vote=vote.id, sheets=tuple(ballot.marks for ballot in ballots), texts=tuple(texts), urn=box.receipts
        )
