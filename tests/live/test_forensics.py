"""An attacker with everything but the keys: database, write-ahead log, backups, traffic, logs, of running and finished votes.

Five voters choose five different candidates, again and again; who pairs them with the published list at random is right once
a vote on average. Alarm is given so far above that (six and a half standard deviations of many votes) that chance never gives
it; the same attacker breaks a server that does not shuffle, every time.
"""

from __future__ import annotations

import asyncio
import logging
import random
import shutil
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from meetingroom.domain.voting import Cast, CloseVote
from meetingroom.domain.voting.ballot import Answer, Ballot, Kind, written
from meetingroom.domain.voting.conduct import ENVELOPE as CONTENT
from meetingroom.storage import envelopes as sealing
from tests.live.hall import Hall, Tablet, hall
from tests.live.voting import envelopes, open_secret
from tests.stories import CHAIR, GUEST, MEMBERS, SECRETARY

VOTES = 40
CANDIDATES = tuple((f"Ứng cử viên {letter}", "") for letter in "ABCDE")
ALARM = VOTES + 6.5 * VOTES**0.5  # the matches of a random pairing have mean 1 and variance 1


@dataclass(frozen=True)
class Seized:
    """What the attacker has of one vote. `truth` is only for counting how often they were right."""

    truth: dict[str, str]
    sheets: list[str]
    bodies: dict[str, bytes]  # voter → ciphertext, in the order of the table
    receipts: dict[str, str]
    running: dict[str, bytes]  # file → what it held while the vote ran
    finished: dict[str, bytes]
    journal: list[str]  # voters in the order of the entries
    traffic: bytes
    public_key: str
    vote: str


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (folder / "data").glob("meetingroom.db*")}


async def one_vote(here: Hall, folder: Path, chance: random.Random, tablets: list[Tablet]) -> Seized:
    for tablet in tablets:
        tablet.raw.clear()
    vote = await open_secret(here, kind=Kind.ELECTION, options=CANDIDATES, most=1, places=1, changeable=False)
    choices = [str(number) for number in range(1, 6)]
    voters = list(MEMBERS)
    chance.shuffle(choices)
    chance.shuffle(voters)
    truth = dict(zip(voters, choices, strict=True))
    for voter, choice in truth.items():
        await here.room.give(voter, Cast(vote=vote, marks=((choice, Answer.YES),)))
        here.room.beat()
    rows, running = envelopes(here), files(folder)
    receipts = dict(here.room.meeting.voting[vote].receipts)
    [key] = [path.read_bytes() for path in (folder / "keys").iterdir()]
    await here.room.give(CHAIR, CloseVote(vote=vote))
    for _ in range(3):
        await here.room.count_boxes()
    result = here.room.meeting.voting[vote].result
    assert result
    finished = files(folder)
    assert all(key not in content for content in (*running.values(), *finished.values())), (
        "the key was never written there"
    )
    return Seized(
        truth=truth,
        sheets=[ballot.marks[0][0] for ballot in result.sheets],
        bodies={row.participant: bytes(row.body) for row in rows},
        receipts=receipts,
        running=running,
        finished=finished,
        journal=[e.body["participant"] for e in here.recorded() if e.body.get("vote") == vote and "receipt" in e.body],
        traffic=b"".join(frame for tablet in tablets for frame in tablet.raw),
        public_key=here.room.meeting.voting[vote].public_key,
        vote=vote,
    )


def seize(folder: Path) -> list[Seized]:
    async def play() -> list[Seized]:
        async with hall(folder) as here:
            chance, tablets = random.Random(20), [here.tablet(person) for person in (CHAIR, SECRETARY, GUEST)]
            return [await one_vote(here, folder, chance, tablets) for _ in range(VOTES)]

    return asyncio.run(play())


def orders(seized: Seized) -> Iterator[tuple[str, list[str]]]:
    """Every order of the voters that anything seized has, and its reverse."""
    found = {
        "journal": seized.journal,
        "table": list(seized.bodies),
        "names": sorted(seized.bodies),
        "receipts": sorted(seized.receipts, key=lambda voter: seized.receipts[voter]),
        "ciphertexts": sorted(seized.bodies, key=lambda voter: seized.bodies[voter]),
        "weights of ciphertexts": sorted(seized.bodies, key=lambda voter: sum(seized.bodies[voter])),
        "traffic": sorted(seized.bodies, key=lambda voter: seized.traffic.find(voter.encode())),
    }
    for moment, held in (("running", seized.running), ("finished", seized.finished)):
        for name, content in held.items():
            places = {voter: content.rfind(body[:64]) for voter, body in seized.bodies.items()}
            found[f"{name} {moment}"] = sorted(places, key=lambda voter: places[voter])
    for name, voters in found.items():
        yield name, voters
        yield f"{name}, backwards", voters[::-1]


def linked(all_seized: list[Seized]) -> Counter[str]:
    """By order: how many voters the attacker has paired with what they chose."""
    right: Counter[str] = Counter()
    for seized in all_seized:
        for name, voters in orders(seized):
            right[name] += sum(
                seized.truth[voter] == choice for voter, choice in zip(voters, seized.sheets, strict=True)
            )
    return right


def test_finished_votes_are_linked_to_nobody(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    right = linked(seize(tmp_path))
    assert len(right) >= 18 and max(right.values()) < ALARM, right
    assert "=yes" not in caplog.text


def test_the_attacker_breaks_a_server_that_does_not_shuffle(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Still:
        def shuffle(self, contents: list[bytes]) -> None:
            contents.sort(key=lambda _: 0)

    monkeypatch.setattr(sealing.secrets, "SystemRandom", Still)
    right = linked(seize(tmp_path))
    assert max(right.values()) == 5 * VOTES > ALARM


def test_running_votes_tell_nothing_without_the_key(tmp_path: Path) -> None:
    """Whoever has the database and the public key seals every choice anew and looks for the nearest envelope."""
    right = 0
    for seized in seize(tmp_path / "votes"):
        assert len({len(body) for body in seized.bodies.values()}) == 1, "the length says nothing"
        assert len({len(receipt) for receipt in seized.receipts.values()}) == 1
        assert not any(b"=yes" in content for content in seized.running.values())
        for voter, body in seized.bodies.items():
            guesses = {
                choice: sealing.seal("m", seized.vote, voter, seized.public_key, content(choice)).body
                for choice in "12345"
            }
            nearest = min(guesses, key=lambda choice: distance(guesses[choice], body))
            right += nearest == seized.truth[voter]
    assert right < ALARM


def content(choice: str) -> bytes:
    return written(Ballot(((choice, Answer.YES),))).encode().ljust(CONTENT, b"\0")


def distance(one: bytes, other: bytes) -> int:
    """How many bits differ."""
    return (int.from_bytes(one) ^ int.from_bytes(other)).bit_count()


def test_a_backup_made_while_a_vote_runs_opens_nothing(tmp_path: Path) -> None:
    """The copied database, put beside no key, and beside another vote's key."""

    async def play() -> None:
        async with hall(tmp_path / "live") as here:
            votes = []
            for _ in range(2):
                vote = await open_secret(here, kind=Kind.ELECTION, options=CANDIDATES, most=1, places=1)
                for voter, choice in zip(MEMBERS, "12345", strict=True):
                    await here.room.give(voter, Cast(vote=vote, marks=((choice, Answer.YES),)))
                if not votes:
                    shutil.copytree(
                        tmp_path / "live" / "data", tmp_path / "copy", ignore=shutil.ignore_patterns("lock")
                    )
                    copied = envelopes(here)
                    await here.room.give(CHAIR, CloseVote(vote=vote))
                    for _ in range(3):
                        await here.room.count_boxes()
                votes.append(vote)
            first, second = votes
            path = here.boxes._path
            with here.database.transaction() as connection:
                rows = [dict(row._mapping) for row in copied]
                connection.execute(sealing.ENVELOPE.insert(), rows)
            with pytest.raises(sealing.Unopenable):
                here.boxes.open("m", first)
            shutil.copy(path("m", second), path("m", first))
            with pytest.raises(sealing.Unopenable):
                here.boxes.open("m", first)

    asyncio.run(play())
