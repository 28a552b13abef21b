"""kill -9 at every step of closing a secret vote: whatever the disk then holds, a new start counts every ballot once."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from pathlib import Path

from meetingroom.domain.voting import CloseVote, VotePhase
from meetingroom.storage.engine import Database
from meetingroom.storage.envelopes import Boxes
from tests.live.hall import Gate, Hall, Watched
from tests.live.voting import envelopes, tally
from tests.stories import CHAIR, MEMBERS


def test_a_closing_killed_at_any_step_is_finished_by_the_next_start(tmp_path: Path) -> None:
    said = subprocess.run([sys.executable, "-m", "tests.live.killed", str(tmp_path)], capture_output=True, text=True)
    assert said.returncode == 0, said.stderr[-2000:]
    left = sorted(tmp_path.iterdir(), key=lambda folder: int(folder.name))
    assert len(left) > 12 and (left[-1] / "undisturbed").exists(), "there were steps to be killed at"
    found = [asyncio.run(finished(folder)) for folder in left]
    assert {VotePhase.OPEN, VotePhase.COUNTING, VotePhase.CLOSED} == set(found), "killed before, in and after it"


async def finished(folder: Path) -> VotePhase:
    """The phase it was found in; then it is finished, and nothing is left that could be opened."""
    database, record = Database(folder / "data"), Gate()
    here = Hall(database, Boxes(database, folder / "keys"), Watched(database), record)
    try:
        await here.start()
        [vote] = here.room.meeting.voting.values()
        assert set(vote.receipts) == set(MEMBERS), "no acknowledged ballot is lost"
        if vote.phase is VotePhase.OPEN:
            await here.room.give(CHAIR, CloseVote(vote=vote.id))
        for _ in range(3):
            await here.room.count_boxes()
        assert tally(here, vote.id) == {"yes": 3, "no": 1, "abstain": 1}
        result = here.room.meeting.voting[vote.id].result
        assert result and result.urn == tuple(sorted(vote.receipts.values()))
        assert [entry.name for entry in here.recorded()].count("voting.closed") == 1
        assert envelopes(here) == [] and list((folder / "keys").iterdir()) == []
        return vote.phase
    finally:
        await here.stop()
        record.close()
        database.close()
