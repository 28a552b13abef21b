"""Several processes on one PostgreSQL: tablets spread over them, a page turned at one; how cost grows with both.

On two cores the latency says little, as the processes and the load clients take turns; that every tablet is served and what a
delivery costs do not depend on it.
"""

from __future__ import annotations

import statistics
import sys
from pathlib import Path

from hall import Hall, commands, founded, write_down
from loads import ROOT, Load, Served, folder

sys.path.insert(0, str(ROOT))
from tests.storage import postgres

MEMBERS = 500
WARM = 3


def measure(shapes: tuple[tuple[int, int], ...], rounds: int) -> dict[str, dict[str, float]]:
    """(processes, tablets at each) → figures in ms and MB."""
    rows: dict[str, dict[str, float]] = {}
    try:
        with postgres.server() as address, folder() as place:
            for number, (processes, tablets) in enumerate(shapes):
                hall = write_down(founded(MEMBERS, 20, 5), place / f"{number}", postgres.new_database(address))
                rows[f"{processes * tablets} tablets at {processes}"] = _turned(hall, processes, tablets, rounds)
    except postgres.Missing as missing:
        print(f"  {missing}: several processes were not measured")
    return rows


def _turned(hall: Hall, processes: int, tablets: int, rounds: int) -> dict[str, float]:
    servers: list[Served] = []
    loads: list[Load] = []
    try:
        for number in range(processes):
            servers.append(Served(hall.data, hall.address, commits=f"commits{number}"))
            base = servers[-1].base
            people = [hall.connection(f"m{n % MEMBERS}", base) for n in range(number * tablets, (number + 1) * tablets)]
            first = [hall.connection("chair", base)] if number == 0 else []
            loads.append(Load(servers[-1].port, [*first, *people], '{"hello":1}'))
            loads[-1].ask("open", "100", '"hello"')
        lasts, cpu = [], sum(server.cpu() for server in servers)
        for number in range(rounds + WARM):
            page = 101 + number
            for load in loads[1:]:
                load.say("wait", f'"page":{page}')
            turned = loads[0].ask("turn", commands("stage.turn_page", paper="p0", page=page), f'"page":{page}')
            elsewhere = [load.answer() for load in loads[1:]]
            ends = [turned.start + turned.last * 1000, *(times.start + times.last * 1000 for times in elsewhere)]
            lasts.append((max(ends) - turned.start) / 1e6)
        spent = sum(server.cpu() for server in servers) - cpu
        return {
            "last": statistics.median(lasts[WARM:]),
            "cpu per 1,000": spent * 1e6 / (rounds + WARM) / (processes * tablets),
            "memory": statistics.mean(server.memory() for server in servers) / 1e6,
        }
    finally:
        for load in loads:
            load.close()
        for server in servers:
            server.stop()


if __name__ == "__main__":
    print(measure(((1, 1250), (2, 1250), (4, 1250)), 10), Path.cwd())
