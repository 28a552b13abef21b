"""scripts/chaos: the fault battery; one line a fault. Exit code 1 when the checker found something, or overlooked something."""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
import time
from pathlib import Path

from tests.chaos.battery import BATTERY, closing_instant, killed, network, try_out
from tests.chaos.disk import Missing
from tests.chaos.sitting import Fault, Verdict, sit
from tests.chaos.wrong import WRONG, copied

SHOWN = 5  # findings of one fault that are printed
TRIED: dict[str, Fault] = {  # what finds each wrong server out
    "acknowledge before commit": killed,
    "no duplicate check": network,
    "no state check": closing_instant,
}


def main() -> None:
    chosen = _arguments()
    names = chosen.only or [*BATTERY, "wrong"]
    trials = len([name for name in names if name in BATTERY]) + ("wrong" in names) * len(WRONG)
    seconds = max(3.0, chosen.minutes * 60 / trials - 5)
    print(f"seed {chosen.seed}, {trials} trials of {seconds:.0f} s")
    bad = [name for name in names if name in BATTERY and not _try(name, seconds, chosen.seed)]
    if "wrong" in names:
        bad += [name for name in WRONG if not _shouts(name, seconds, chosen.seed)]
    if bad:
        sys.exit(f"not as it must be: {', '.join(bad)}; again with --seed {chosen.seed}")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser("scripts/chaos", description="faults against the real server, and a checker")
    known = [*BATTERY, "wrong"]
    parser.add_argument("--only", nargs="+", choices=known, metavar="FAULT", help=", ".join(known))
    parser.add_argument("--seed", type=int, default=int(time.time()) % 100_000)
    parser.add_argument("--minutes", type=float, default=5.0, help="for all together")
    return parser.parse_args()


def _try(name: str, seconds: float, seed: int) -> bool:
    trial = BATTERY[name]
    try:
        with tempfile.TemporaryDirectory() as place:
            verdict = asyncio.run(try_out(Path(place), trial, seconds, seed))
    except Missing as missing:
        print(f"{name:16} skipped: {missing}")
        return True
    _say(name, verdict, "silent" if not verdict.found else "FOUND")
    return not verdict.found


def _shouts(name: str, seconds: float, seed: int) -> bool:
    with tempfile.TemporaryDirectory() as place:
        program = copied(Path(place) / "copy", WRONG[name])
        (folder := Path(place) / "sitting").mkdir()
        verdict = asyncio.run(sit(folder, TRIED[name], seconds, seed, program=program, patience=10))
    _say(f"wrong: {name}", verdict, "found out" if verdict.found else "OVERLOOKED")
    return bool(verdict.found)


def _say(name: str, verdict: Verdict, word: str) -> None:
    counted = f"{verdict.commands} commands, {verdict.acknowledged} acknowledged"
    print(f"{name:16} {verdict.done}; {counted}: {word}", flush=True)
    for found in verdict.found[:SHOWN]:
        print(f"{'':16}   {found}", flush=True)


if __name__ == "__main__":
    main()
