"""A reconnection storm: N tablets at once, each to the full state of a large meeting; beside a bare handshake and the peers.

All tablets offer compression as browsers do. Ours sends what it has compressed once; the peers send the same state as it is.
"""

from __future__ import annotations

import statistics

from hall import Hall, founded, write_down
from loads import Load, Missing, Process, Served, Times, folder, peer

from meetingroom.domain.audience import Audience
from meetingroom.domain.meeting import view
from meetingroom.live.frames import dumps

PEERS = ("writer", "handshake", "broadcast", "node ws")


def measure(count: int, rounds: int) -> dict[str, dict[str, float]]:
    """lane → figures in ms: until the median, the last tablet shows the meeting as it is."""
    with folder() as place:
        founding = founded(500, 60, 200)
        hall = write_down(founding, place / "data")
        servers: dict[str, Process] = {"ours": Served(place / "data")}
        try:
            sent = _once(servers["ours"], hall, 1, "ours").received
            size = len(dumps(view(founding.meeting, Audience.MEMBER).view))
            for name in PEERS:
                try:
                    servers[name] = peer(name, 100, size)
                except Missing as missing:
                    print(f"  {missing}")
            took: dict[str, list[tuple[int, int]]] = {name: [] for name in servers}
            spent: dict[str, list[float]] = {name: [] for name in servers}
            for _ in range(rounds):
                for name, server in servers.items():
                    before = server.cpu()
                    times = _once(server, hall, count, name)
                    spent[name].append(server.cpu() - before)  # until all have gone again
                    took[name].append((times.median, times.last))
        finally:
            for server in servers.values():
                server.stop()
    return {
        name: {
            "median": statistics.median(median for median, _ in rows) / 1000,
            "last": statistics.median(last for _, last in rows) / 1000,
            "cpu": statistics.median(spent[name]) * 1000,
            "bytes": sent if name == "ours" else size,
        }
        for name, rows in took.items()
    }


def _once(server: Process, hall: Hall, count: int, name: str) -> Times:
    if name == "ours":
        connections = [hall.connection(f"m{n % 500}", server.base) for n in range(count)]
        load, ready = Load(server.port, connections, '{"hello":1}'), '"hello"'
    else:
        first, ready = ("-", "-") if name == "handshake" else ('{"hello":1}', '"hello"')
        load = Load(server.port, [f"/\t\t{server.base}"] * count, first)
    try:
        return load.ask("open", str(count), ready)
    finally:
        load.close()
