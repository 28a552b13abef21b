"""Which word of one text is which word of another.

Words in runs that occur once in both texts are anchors; what lies between anchors is aligned the same way with shorter
runs, and what then is short enough by difflib. What was moved past an anchor is found in a second look.
"""

from __future__ import annotations

import bisect
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

RUNS = (6, 3, 1)  # words of an anchor, the safest first
MOVED_RUN = 5  # words that make sure a passage was moved and not written anew
SMALL = 160_000  # pairs of words that difflib may compare; a larger stretch without one anchor is another text
NONE = -1


@dataclass(frozen=True, slots=True)
class Alignment:
    """`to[i]` is the place in the second text of word i of the first, or NONE; `moved` are those out of order."""

    to: list[int]
    moved: frozenset[int]


def align(before: Sequence[str], after: Sequence[str]) -> Alignment:
    """Every place of the second text is given away once at most."""
    to = [NONE] * len(before)
    waiting = [(0, len(before), 0, len(after), 0)]
    while waiting:
        waiting += _align(before, after, to, *waiting.pop())
    return Alignment(to, frozenset(_find_moved(before, after, to)))


Stretch = tuple[int, int, int, int, int]
"""From, to in the first text; from, to in the second; which of RUNS."""


def _align(
    before: Sequence[str], after: Sequence[str], to: list[int], a: int, a_end: int, b: int, b_end: int, level: int
) -> list[Stretch]:
    """Gives places to what is certain in a stretch; returns the stretches left between."""
    while a < a_end and b < b_end and before[a] == after[b]:
        to[a] = b
        a, b = a + 1, b + 1
    while a < a_end and b < b_end and before[a_end - 1] == after[b_end - 1]:
        a_end, b_end = a_end - 1, b_end - 1
        to[a_end] = b_end
    if a == a_end or b == b_end:
        return []
    for run in range(level, len(RUNS)):
        anchors = _anchors(before, after, a, a_end, b, b_end, RUNS[run])
        if anchors:
            return _between(anchors, to, (a, a_end, b, b_end, run))
    if (a_end - a) * (b_end - b) <= SMALL:
        for block in SequenceMatcher(None, before[a:a_end], after[b:b_end], autojunk=False).get_matching_blocks():
            for step in range(block.size):
                to[a + block.a + step] = b + block.b + step
    return []


def _anchors(
    before: Sequence[str], after: Sequence[str], a: int, a_end: int, b: int, b_end: int, run: int
) -> list[tuple[int, int]]:
    """Places of runs that occur once in each stretch, as many as are in the same order in both."""
    here, there = _once(before, a, a_end, run), _once(after, b, b_end, run)
    return _in_order([(place, there[words]) for words, place in here.items() if words in there])


def _once(text: Sequence[str], start: int, end: int, run: int) -> dict[tuple[str, ...], int]:
    found: dict[tuple[str, ...], int] = {}
    twice: set[tuple[str, ...]] = set()
    for place in range(start, end - run + 1):
        words = tuple(text[place : place + run])
        if words in found:
            twice.add(words)
        found[words] = place
    for words in twice:
        del found[words]
    return found


def _in_order(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest part of the pairs, sorted by the first, whose second places rise (patience sorting)."""
    ends: list[int] = []
    last: list[int] = []
    former: list[int] = []
    for number, (_, place) in enumerate(pairs):
        at = bisect.bisect_left(ends, place)
        former.append(last[at - 1] if at else NONE)
        if at == len(ends):
            ends.append(place)
            last.append(number)
        else:
            ends[at], last[at] = place, number
    chosen: list[tuple[int, int]] = []
    number = last[-1] if last else NONE
    while number != NONE:
        chosen.append(pairs[number])
        number = former[number]
    return chosen[::-1]


def _between(anchors: list[tuple[int, int]], to: list[int], stretch: Stretch) -> list[Stretch]:
    """Anchors get their places at once, for their first word; the rest of a run is found as a common beginning."""
    a, a_end, b, b_end, level = stretch
    left: list[Stretch] = []
    for here, there in anchors:
        if here < a or there < b:
            continue  # inside the run of the anchor before
        left.append((a, here, b, there, level))
        to[here] = there
        a, b = here + 1, there + 1
    left.append((a, a_end, b, b_end, level))
    return [part for part in left if part[0] < part[1] and part[2] < part[3]]


def _find_moved(before: Sequence[str], after: Sequence[str], to: list[int]) -> Iterable[int]:
    """Passages that stand elsewhere now: runs that occur once in what is left of both texts."""
    taken = {place for place in to if place != NONE}
    here = _left_runs(before, lambda place: to[place] == NONE)
    there = _left_runs(after, lambda place: place not in taken)
    moved: list[int] = []
    for words, place in here.items():
        target = there.get(words, NONE)
        if target == NONE:
            continue
        while (
            place < len(before)
            and target < len(after)
            and to[place] == NONE
            and target not in taken
            and before[place] == after[target]
        ):
            to[place] = target
            taken.add(target)
            moved.append(place)
            place, target = place + 1, target + 1
    return moved


def _left_runs(text: Sequence[str], is_left: Callable[[int], bool]) -> dict[tuple[str, ...], int]:
    found: dict[tuple[str, ...], int] = {}
    twice: set[tuple[str, ...]] = set()
    length = 0
    for place in range(len(text)):
        length = length + 1 if is_left(place) else 0
        if length >= MOVED_RUN:
            words = tuple(text[place - MOVED_RUN + 1 : place + 1])
            if words in found:
                twice.add(words)
            found[words] = place - MOVED_RUN + 1
    return {words: place for words, place in found.items() if words not in twice}
