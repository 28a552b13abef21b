"""Page turn to N tablets: from the chair's frame, sent, to the last delivery; our whole server beside websockets.broadcast.

    .venv/bin/python scripts/bench/page_turn.py [--tablets 100,300] [--turns 60]

Ours includes everything: command, decision, journal entry durable on disk (SQLite, synchronous=FULL), views, patch. The
peer only sends. Rounds are interleaved; medians in milliseconds, and the ratio. Prints a table and one JSON line.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from taps import Crowd

from meetingroom.demo.device import Device

HERE = Path(__file__).parent


async def turn(crowd: Crowd, chair: Crowd, key: str, page: int, paper: str) -> tuple[float, float, float]:
    """(first, median, last) delivery in ms after the chair's frame was sent."""
    crowd.expect(f'"page":{page},'.encode() if paper else f'"page": {page},'.encode())
    start = time.perf_counter()
    chair.taps[0].send({"id": key, "do": "stage.turn_page", "with": {"paper": paper, "page": page}})
    times = [(at - start) * 1000 for at in await crowd.all_delivered()]
    return times[0], statistics.median(times), times[-1]


async def measure(links: dict[str, object], peer_port: int, count: int, turns: int) -> dict[str, object]:
    base, codes = str(links["home"]).rstrip("/"), dict(links["codes"])  # type: ignore[call-overload]
    chair = await Device.join(base, codes.pop("chair"))
    async with chair:
        phase = chair.view["meeting"]["phase"]
        if phase == "published":
            await chair.give("meeting.open", regardless=True)
        paper = max(chair.view["papers"], key=lambda key: chair.view["papers"][key].get("pages", 0))
        await chair.give("stage.show", paper=paper, page=1)
        pages = chair.view["papers"][paper]["pages"]
    tablet = await Device.join(base, codes["delegate"])
    ours = Crowd(base, f"{tablet.path}/live", tablet.cookie, count)
    console = Crowd(base, f"{chair.path}/live", chair.cookie, 1)
    theirs = Crowd(f"http://127.0.0.1:{peer_port}", "/", "", count)
    their_chair = Crowd(f"http://127.0.0.1:{peer_port}", "/", "", 1)
    await ours.gather({"hello": 1})
    await console.gather({"hello": 1})
    await theirs.gather(None)
    await their_chair.gather(None)
    await asyncio.sleep(2)
    rows: dict[str, list[tuple[float, float, float]]] = {"ours": [], "broadcast": []}
    page = 1
    for index in range(turns):
        page = page % (pages - 1) + 1 if pages > 2 else 3 - page
        page = page + 1 if page == 1 and index == 0 else page
        rows["ours"].append(await turn(ours, console, f"b{time.time_ns()}", page, paper))
        rows["broadcast"].append(await turn(theirs, their_chair, "x", page, ""))
        await asyncio.sleep(random.uniform(0.03, 0.06))
    for crowd in (ours, console, theirs, their_chair):
        crowd.close()
    return {"tablets": count, "turns": turns, **{name: summary(values[5:]) for name, values in rows.items()}}


def summary(rows: list[tuple[float, float, float]]) -> dict[str, float]:
    last = sorted(row[2] for row in rows)
    return {
        "first": round(statistics.median(row[0] for row in rows), 2),
        "median": round(statistics.median(row[1] for row in rows), 2),
        "last": round(statistics.median(last), 2),
        "last_p90": round(last[int(len(last) * 0.9)], 2),
    }


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("--tablets", default="100,300")
    options.add_argument("--turns", type=int, default=60)
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as data:
        demo = [sys.executable, "-m", "meetingroom", "demo", "--port", "0", "--data", data, "--json"]
        server = subprocess.Popen(demo, stdout=subprocess.PIPE, text=True)
        peer = subprocess.Popen([sys.executable, str(HERE / "broadcast_peer.py")], stdout=subprocess.PIPE, text=True)
        try:
            assert server.stdout and peer.stdout
            links, port = json.loads(server.stdout.readline()), int(peer.stdout.readline())
            results = [
                asyncio.run(measure(links, port, int(count), chosen.turns)) for count in chosen.tablets.split(",")
            ]
        finally:
            server.terminate()
            peer.terminate()
            server.wait(10)
    print(f"{'tablets':>8} {'':>10} {'first':>8} {'median':>8} {'last':>8} {'p90':>8}  (ms after the chair's frame)")
    for result in results:
        for name in ("ours", "broadcast"):
            row = result[name]
            assert isinstance(row, dict)
            print(
                f"{result['tablets']:>8} {name:>10} {row['first']:>8} {row['median']:>8} {row['last']:>8}"
                f" {row['last_p90']:>8}"
            )
        ours, theirs = result["ours"], result["broadcast"]
        assert isinstance(ours, dict) and isinstance(theirs, dict)
        print(f"{'':>8} {'ratio':>10} {'':>8} {'':>8} {ours['last'] / theirs['last']:>8.2f}")
    print(json.dumps(results))


if __name__ == "__main__":
    main()
