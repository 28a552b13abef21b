"""scripts/hostile: thousands of odd and hostile papers through the real server. Exit code 1 where one ends without a sentence,
the server answers slowly, a traceback stands in the log, a process is left over or memory grows."""

from __future__ import annotations

import argparse
import itertools
import random
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from tests.hostile.papers import CRAFTED, GOOD, mutated
from tests.hostile.trial import Paper, Verdict, trial


def main() -> None:
    chosen = _arguments()
    with tempfile.TemporaryDirectory(prefix="hostile-") as folder:
        begun = time.monotonic()
        verdict = trial(Path(folder), list(_papers(chosen)))
        _say(verdict, time.monotonic() - begun)
    if wrong := verdict.wrong(chosen.patience):
        sys.exit("\n".join([*wrong, f"again with --seed {chosen.seed}"]))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser("scripts/hostile", description=__doc__)
    parser.add_argument("folders", nargs="*", type=Path, help="folders with further PDFs, also spoilt by chance")
    parser.add_argument("--papers", type=int, default=1000, help="papers spoilt by chance, beside those made by hand")
    parser.add_argument("--seed", type=int, default=int(time.time()) % 100_000)
    parser.add_argument("--only", nargs="+", metavar="NAME", help="of those made by hand, these, and no others")
    parser.add_argument("--patience", type=float, default=0.2, help="seconds in which /healthz must answer")
    return parser.parse_args()


def _papers(chosen: argparse.Namespace) -> Iterator[Paper]:
    if chosen.only:
        yield from (Paper(name, CRAFTED[name]()) for name in chosen.only)
        return
    found = [Paper(str(file), file.read_bytes()) for folder in chosen.folders for file in sorted(folder.rglob("*.pdf"))]
    crafted = [Paper(name, make()) for name, make in CRAFTED.items()]
    small = [each.content for each in (*found, *crafted) if 100 < len(each.content) < 200_000]
    spoilt = itertools.islice(mutated(chosen.seed, [GOOD, *small]), chosen.papers)
    everything = [*found, *crafted, *(Paper(f"spoilt {n}", content) for n, content in enumerate(spoilt))]
    random.Random(chosen.seed).shuffle(everything)
    yield from everything


def _say(verdict: Verdict, seconds: float) -> None:
    print(f"{verdict.papers} papers in {seconds:.0f} s")
    for ending, names in sorted(verdict.endings.items(), key=lambda each: -len(each[1])):
        print(f"{len(names):6} {ending:18} {', '.join(names[:3])[:90]}")
    print(
        f"/healthz at most {verdict.slowest * 1000:.0f} ms, median {verdict.median * 1000:.1f} ms; "
        f"a server beside it that has nothing to do at most {verdict.idle * 1000:.0f} ms"
    )
    print(f"memory at most: server {verdict.server >> 20} MiB, everything together {verdict.everything >> 20} MiB")


if __name__ == "__main__":
    main()
