"""A thousand ballots, each durable before it is acknowledged; beside the same server recording nothing."""

from __future__ import annotations

import contextlib
import statistics
import sys

from hall import Hall, commands, founded, write_down
from loads import ROOT, Load, Served, folder

sys.path.insert(0, str(ROOT))
from tests.storage import postgres


def measure(count: int, rounds: int) -> dict[str, dict[str, float]]:
    """storage → figures in ms and commits; `burst` all at once, `spread` over a second."""
    founding = founded(count, 5, 2)
    took: dict[str, list[dict[str, float]]] = {"none": [], "sqlite": []}
    with folder() as place, contextlib.ExitStack() as running:
        try:
            address = running.enter_context(postgres.server())
            took["postgresql"] = []
        except postgres.Missing as missing:
            print(f"  {missing}: ballots were not measured on PostgreSQL")
        for number in range(rounds):
            for storage, lane in took.items():
                database = postgres.new_database(address) if storage == "postgresql" else ""
                hall = write_down(founding, place / f"{storage}{number}", database)
                lane.append(_vote(hall, count, storage != "none"))
    return {
        storage: {key: statistics.median(row[key] for row in rows) for key in rows[0]} for storage, rows in took.items()
    }


def _vote(hall: Hall, count: int, storage: bool) -> dict[str, float]:
    server = Served(hall.data, hall.address, storage)
    people = [hall.connection(f"m{n}", server.base) for n in range(count)]
    load = Load(server.port, [hall.connection("chair", server.base), *people], '{"hello":1}')
    try:
        load.ask("open", "100", '"hello"')
        row: dict[str, float] = {}
        for name, millis in (("burst", 0), ("spread", 1000)):
            vote = f"v-{name}"
            load.ask("turn", commands("voting.open", vote=vote), f'"{vote}":')
            before, cpu = server.committed()[1], server.cpu()
            ballots = [commands("voting.cast", vote=vote, marks=[["q", "yes"]]) for _ in range(count + 1)]
            times = load.send_each(ballots, "burst", '"done"', str(millis))
            row |= {
                f"{name} last": times.last / 1000,
                f"{name} median": times.median / 1000,
                f"{name} commits": server.committed()[1] - before,
                f"{name} cpu": (server.cpu() - cpu) * 1000 / count,
            }
            load.ask("turn", commands("voting.close", vote=vote), '"closed"')
        return row
    finally:
        load.close()
        server.stop()
