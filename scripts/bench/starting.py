"""Starting `serve` on an empty folder: until it answers, and what it and its workers hold then."""

from __future__ import annotations

import statistics
import time

from loads import Served, folder


def measure(rounds: int) -> dict[str, float]:
    """Milliseconds and MB."""
    took, own, workers = [], [], []
    with folder() as place:
        for number in range(rounds + 1):
            data = place / str(number)
            data.mkdir()
            start = time.monotonic()
            server = Served(data)  # it prints its address when it listens and the house stands
            took.append((time.monotonic() - start) * 1000)
            time.sleep(1)
            own.append(server.memory() / 1e6)
            workers.append(server.memory_of_workers() / 1e6)
            server.stop()
    return {"ms": statistics.median(took[1:]), "MB": statistics.median(own), "workers MB": statistics.median(workers)}
