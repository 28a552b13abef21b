"""From cold: a journal of 50,000 entries replayed and verified, and the server from its command to its first answer."""

from __future__ import annotations

import statistics
import time
import urllib.request

from hall import MEETING, founded, turned, write_down
from loads import Served, folder

from meetingroom.domain import meeting as domain
from meetingroom.domain.messages import read_event
from meetingroom.storage.engine import Database
from meetingroom.storage.journal import Journal


def measure(entries: int, rounds: int) -> dict[str, float]:
    """Milliseconds."""
    founding = founded(500, 60, 200)
    turned(founding, entries)
    with folder() as place:
        write_down(founding, place / "long")
        starts = []
        for _ in range(rounds):
            begun = time.monotonic()
            server = Served(place / "long")
            urllib.request.urlopen(f"{server.base}/healthz").read()
            starts.append((time.monotonic() - begun) * 1000)
            server.stop()
        database = Database(place / "long")
        begun = time.monotonic()
        kept = Journal(database).read(MEETING)
        read = time.monotonic()
        reading = (read - begun) * 1000
        domain.replay(read_event(entry.name, entry.body) for entry in kept)
        replayed = time.monotonic()
        assert Journal(database).verify(MEETING) is None
        verified = time.monotonic()
        database.close()
        write_down(founded(3, 1, 1), place / "short")
        short = []
        for _ in range(rounds):
            begun = time.monotonic()
            server = Served(place / "short")
            urllib.request.urlopen(f"{server.base}/healthz").read()
            short.append((time.monotonic() - begun) * 1000)
            server.stop()
    return {
        "read": reading,
        "replay": (replayed - read) * 1000,
        "verify": (verified - replayed) * 1000,
        "start, long journal": statistics.median(starts),
        "start": statistics.median(short),
    }
