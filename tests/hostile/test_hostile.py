"""A few of the hostile papers in every run of the tests; `scripts/hostile` has thousands."""

from __future__ import annotations

import itertools
import math
from pathlib import Path

from tests.hostile.papers import CRAFTED, GOOD, mutated
from tests.hostile.trial import Paper, trial

QUICK = (
    *(
        "one byte",
        "head and noise",
        "behind its end",
        "table names itself",
        "array in array",
        "pages that are promised",
    ),
    *("very deep tree", "2,001 pages", "box [0 0 1000000000 1000000000]", "form of itself", "letter of itself"),
    *("saved a million times", "picture of 1000000000 × 1000000000", "JBIG2 of itself", "predictor of a billion"),
    *("stream in a file elsewhere", "contents in a ring", "a title written from right to left", "locked"),
)


def test_every_hostile_paper_ends_in_pages_or_a_sentence_and_the_server_goes_on(tmp_path: Path) -> None:
    papers = [Paper(name, CRAFTED[name]()) for name in QUICK]
    papers += [Paper(f"spoilt {number}", each) for number, each in enumerate(itertools.islice(mutated(5, [GOOD]), 8))]
    verdict = trial(tmp_path, papers)
    assert verdict.wrong(patience=math.inf) == []
    assert {"ready", "damaged", "too_complex_page", "encrypted"} <= set(verdict.endings), "too little was tried"
