"""Page turn to N tablets: our whole server beside the limit and the peers, rounds interleaved.

Whole way: from the chair's frame to the last delivery, commit included. From the commit: what a turn costs once it is durable.
"""

from __future__ import annotations

import random
import statistics
import time
from dataclasses import dataclass, field
from pathlib import Path

from hall import commands, founded, write_down
from loads import PEERS, Load, Missing, Process, Served, Times, folder, peer

WARM = 5


@dataclass
class Lane:
    """One server with its tablets; the first connection is the chair's."""

    name: str
    server: Process
    load: Load
    times: list[Times] = field(default_factory=list)
    after_commit: list[int] = field(default_factory=list)
    cpu: float = 0.0

    def turn(self, text: str, needle: str) -> None:
        before = self.server.cpu()
        took = self.load.ask("turn", text, needle)
        self.times.append(took)
        if isinstance(self.server, Served):
            self.after_commit.append(took.since(self.server.committed()[0]))
        self.cpu += self.server.cpu() - before

    def summary(self, count: int) -> dict[str, float]:
        kept = self.times[WARM:]
        row = {
            "median": statistics.median(t.median for t in kept) / 1000,
            "p99": statistics.median(t.p99 for t in kept) / 1000,
            "last": statistics.median(t.last for t in kept) / 1000,
            "cpu_per_1000": self.cpu / len(self.times) / count * 1000 * 1000,
        }
        if self.after_commit:
            row["from_commit"] = statistics.median(self.after_commit[WARM:]) / 1000
        return row


def measure(counts: tuple[int, ...], rounds: int) -> dict[str, dict[str, dict[str, float]]]:
    """count → lane → figures in ms (memory in KiB a tablet)."""
    results = {}
    with folder() as place:
        hall = write_down(founded(max(counts), 20, 5), place / "data")
        server = Served(place / "data")
        try:
            for count in counts:
                tablets = [hall.connection(f"m{n}", server.base) for n in range(count)]
                load = Load(server.port, [hall.connection("chair", server.base), *tablets], '{"hello":1}')
                load.ask("open", "100", '"hello"')
                memory = _memory(server, tablets)
                time.sleep(1.5)
                page = 101
                size = max(
                    load.ask("turn", commands("stage.turn_page", paper="p0", page=101), '"page":101').received // count,
                    60,
                )
                lanes = [Lane("ours", server, load), *_peers(count, size - 2, place)]
                for _ in range(rounds):
                    page = 100 + (page - 99) % 300
                    for lane in lanes:
                        if lane.name == "ours":
                            lane.turn(commands("stage.turn_page", paper="p0", page=page), f'"page":{page}')
                        else:
                            lane.turn('42["turn",1]' if lane.name == "socketio" else "turn", "turned")
                        time.sleep(random.uniform(0.02, 0.05))
                row = {lane.name: lane.summary(count) for lane in lanes}
                row["ours"]["memory"] = memory
                row["ours"]["bytes"] = size
                row["ours, one not reading"] = _mute(lanes[0], page, rounds // 2, count)
                results[str(count)] = row
                for lane in lanes:
                    lane.load.close()
                for lane in lanes[1:]:
                    lane.server.stop()
        finally:
            server.stop()
    return results


def _memory(server: Served, tablets: list[str]) -> float:
    """KiB that each of as many tablets again takes. What the process itself grows by when the first come is none of theirs."""
    before = server.memory()
    load = Load(server.port, tablets, '{"hello":1}')
    load.ask("open", "100", '"hello"')
    grown = server.memory() - before
    load.close()
    return grown / len(tablets) / 1024


def _mute(lane: Lane, page: int, rounds: int, count: int) -> dict[str, float]:
    """The same with one tablet that has stopped reading."""
    lane.load.mute(count)
    still = Lane("", lane.server, lane.load)
    for _ in range(WARM + rounds):
        page = 100 + (page - 99) % 300
        still.turn(commands("stage.turn_page", paper="p0", page=page), f'"page":{page}')
        time.sleep(random.uniform(0.02, 0.05))
    return still.summary(count)


def _peers(count: int, size: int, place: Path) -> list[Lane]:
    lanes = []
    for name in PEERS:
        try:
            server = peer(name, size, 0, place / "kept")
        except Missing as missing:
            print(f"  {missing}")
            continue
        path = "/socket.io/?EIO=4&transport=websocket" if name == "socketio" else "/"
        first, ready = ("40", "40{") if name == "socketio" else ("-", "-")
        load = Load(server.port, [f"{path}\t\t{server.base}"] * (count + 1), first)
        load.ask("open", "100", ready)
        lanes.append(Lane(name, server, load))
    return lanes


if __name__ == "__main__":
    import json

    print(json.dumps(measure((1000,), 30), indent=1))
