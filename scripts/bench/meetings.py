"""Many meetings at the same time in one process: each turns a page in the same moment. How cost grows with meetings."""

from __future__ import annotations

import statistics
import time
from pathlib import Path

from hall import commands, founded, write_down
from loads import Load, Served, folder

TABLETS = 20
WARM = 3
HEARD = 0.05  # seconds, until the load client has read what it is to wait for


def measure(counts: tuple[int, ...], rounds: int) -> dict[str, dict[str, float]]:
    """How many meetings → figures in ms and MB."""
    with folder() as place:
        return {str(count): _turned(count, place / str(count) / "data", rounds) for count in counts}


def _turned(count: int, data: Path, rounds: int) -> dict[str, float]:
    halls = [write_down(founded(TABLETS, 20, 5, meeting=f"meeting-{number}"), data) for number in range(count)]
    server = Served(data)
    base, before = server.base, server.memory()
    chairs = Load(server.port, [hall.connection("chair", base) for hall in halls], '{"hello":1}')
    tablets = Load(
        server.port, [hall.connection(f"m{n}", base) for hall in halls for n in range(TABLETS)], '{"hello":1}'
    )
    try:
        for load in (chairs, tablets):
            load.ask("open", "100", '"hello"')
        memory = (server.memory() - before) / 1e6
        lasts, cpu, commits = [], server.cpu(), server.committed()[1]
        for number in range(rounds + WARM):
            page = 101 + number
            turns = [commands("stage.turn_page", paper="p0", page=page) for _ in halls]
            tablets.say("wait", f'"page":{page}')
            time.sleep(HEARD)
            turned = chairs.send_each(turns, "burst", f'"page":{page}', "0")
            seen = tablets.answer()
            lasts.append((seen.start + seen.last * 1000 - turned.start) / 1e6)
        deliveries = (rounds + WARM) * count * (TABLETS + 1)
        return {
            "last": statistics.median(lasts[WARM:]),
            "cpu per 1,000": (server.cpu() - cpu) * 1e6 / deliveries,
            "commits a turn": (server.committed()[1] - commits) / (rounds + WARM) / count,
            "memory a meeting": memory / count,
        }
    finally:
        for load in (chairs, tablets):
            load.close()
        server.stop()
