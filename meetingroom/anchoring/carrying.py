"""Carrying marks to a newer revision: to the words they were on, with the words around as witnesses.

What cannot be placed for sure stays where it was, on the revision it was made on, for its owner to put back: a mark on the
wrong sentence of a resolution is worse than one that asks. Nothing is ever dropped.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from statistics import median
from typing import Any

from meetingroom.anchoring.alignment import NONE, Alignment, align
from meetingroom.anchoring.pages import Page, Text, Word, lines
from meetingroom.domain.marks import LINES, MOST_BOXES, SPOTS, Box, Mark, boxes_of, shifted

SURE = 0.55  # of own words and context found again
CONTEXT = 12  # words on each side that bear witness
WITNESSES = 0.7  # of them found again place a passage whose own words were all rewritten
NEAREST = 12  # words that stand for the place of a mark beside the text
PASSAGE = 5  # words that say by themselves where they belong
AROUND = 2.0  # points around a stroke that still belong to it
UNDER = 5.0  # points above a stroke: who underlines means the words over the line
ALIKE = 6  # bits of 64 in which pictures of the same page may differ
SAME_SIZE = 0.05


def carry(before: Text, after: Text, marks: Sequence[Mark], revision: str) -> dict[str, Mark]:
    """The marks that found their place on the newer revision, by id; all others stay as they are."""
    alignment = align([word.text for word in before.words], [word.text for word in after.words])
    placed: dict[str, Mark] = {}
    by_page = _by_page(before)
    for mark in marks:
        found = (
            _by_words(before, after, alignment, by_page, mark)
            or _by_look(before, after, mark)
            or _by_saying(before, after, mark)
        )
        if found:
            placed[mark.id] = _told(mark, found[0], revision, found[1])
    return placed


def _by_page(text: Text) -> dict[int, list[int]]:
    places: dict[int, list[int]] = {}
    for place, word in enumerate(text.words):
        places.setdefault(word.page, []).append(place)
    return places


def _told(before: Mark, after: Mark, revision: str, changed: bool) -> Mark:
    """Where it was is kept with it, so that its owner can compare; the first place it had, however often it is carried."""
    left, top, right, bottom = before.box
    carried: dict[str, Any] = {"revision": before.revision, "page": before.page, "box": [left, top, right, bottom]}
    carried |= {"changed": True} if changed else {}
    return replace(after, revision=revision, body={**after.body, "carried": carried})


# -- by words --------------------------------------------------------------------------------------------------------


def _by_words(
    before: Text, after: Text, alignment: Alignment, by_page: dict[int, list[int]], mark: Mark
) -> tuple[Mark, bool] | None:
    """The mark where its words are now, and whether they were changed; None where too few are found again."""
    on_page = by_page.get(mark.page, [])
    own = [place for place in on_page if _belongs(mark, before.words[place].box)]
    inside = bool(own)
    own = own or _nearest(before, on_page, mark)
    if not own:
        return None
    now = [(place, alignment.to[place]) for place in own if alignment.to[place] != NONE]
    around = _around(own, len(before.words))
    witnesses = sum(alignment.to[place] != NONE for place in around) / len(around) if around else 0.0
    if now and 0.8 * len(now) / len(own) + 0.2 * witnesses >= SURE:
        return _place(before, after, mark, own, now, inside)
    if inside and not now and witnesses >= WITNESSES:
        return _rewritten(before, after, alignment, mark, own)
    return None


def _belongs(mark: Mark, box: Box) -> bool:
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    if mark.kind in LINES:
        return any(
            left - 1 <= x <= right + 1 and top - 1 <= y <= bottom + 1 for left, top, right, bottom in boxes_of(mark)
        )
    if mark.kind in SPOTS:
        return False  # a pin stands beside what it is about as often as on it
    left, top, right, bottom = mark.box
    across = box[0] <= right + AROUND and box[2] >= left - AROUND
    return across and box[1] <= bottom + AROUND and box[3] >= top - UNDER


def _nearest(text: Text, places: Sequence[int], mark: Mark) -> list[int]:
    left, top, right, bottom = mark.box

    def distance(place: int) -> float:
        box = text.words[place].box
        across, down = max(left - box[2], 0, box[0] - right), max(top - box[3], 0, box[1] - bottom)
        return across * across / 4 + down * down  # a line is read across: what is level with the mark is nearer

    return sorted(sorted(places, key=distance)[:NEAREST])


def _around(own: Sequence[int], length: int) -> list[int]:
    first, last = own[0], own[-1]
    return [*range(max(0, first - CONTEXT), first), *range(last + 1, min(length, last + 1 + CONTEXT))]


def _place(
    before: Text, after: Text, mark: Mark, own: Sequence[int], now: Sequence[tuple[int, int]], inside: bool
) -> tuple[Mark, bool] | None:
    """On the page where most of its words are now."""
    page = Counter(after.words[there].page for _, there in now).most_common(1)[0][0]
    pairs = _together([(here, there) for here, there in now if after.words[there].page == page], len(own))
    first, last = min(there for _, there in pairs), max(there for _, there in pairs)
    if whole := _whole(before, after, own, pairs):
        first, last = whole
        pairs = list(zip(own, range(first, last + 1), strict=True))
    changed = inside and (len(pairs) < len(own) or last - first != own[-1] - own[0])
    if mark.kind in LINES and inside:
        return _lit(mark, page, after.words[first : last + 1]), changed
    dx = median(after.words[there].box[0] - before.words[here].box[0] for here, there in pairs)
    dy = median(after.words[there].box[1] - before.words[here].box[1] for here, there in pairs)
    return _within(replace(shifted(mark, dx, dy), page=page), after.pages[page - 1]), changed


def _whole(before: Text, after: Text, own: Sequence[int], pairs: Sequence[tuple[int, int]]) -> tuple[int, int] | None:
    """The first and last of its words, where they stand as they stood: an alignment may leave out some that are found often."""
    here, there = pairs[0]
    first = there - own.index(here)
    now = after.words[max(first, 0) : first + len(own)]
    same = [word.text for word in now] == [before.words[place].text for place in own]
    return (first, first + len(own) - 1) if same and len({word.page for word in now}) == 1 else None


def _together(pairs: list[tuple[int, int]], length: int) -> list[tuple[int, int]]:
    """Without words that went somewhere else: what is far from the middle of the passage."""
    middle = median(there for _, there in pairs)
    near = [pair for pair in pairs if abs(pair[1] - middle) <= 2 * length + 10]
    return near or pairs


def _lit(mark: Mark, page: int, words: Sequence[Word]) -> Mark:
    boxes = lines([word for word in words if word.page == page])[:MOST_BOXES]
    return replace(mark, page=page, body={**mark.body, "boxes": [list(box) for box in boxes]})


def _within(mark: Mark, page: Page) -> Mark:
    """No part of it leaves the page, as far as it fits on it."""
    left, top, right, bottom = mark.box
    dx = max(-left, 0.0) or min(page.width - right, 0.0)
    dy = max(-top, 0.0) or min(page.height - bottom, 0.0)
    return shifted(mark, dx, dy) if dx or dy else mark


def _rewritten(
    before: Text, after: Text, alignment: Alignment, mark: Mark, own: Sequence[int]
) -> tuple[Mark, bool] | None:
    """All its words are new, but the sentence around them is the same: what stands between the witnesses now."""
    first = next(
        (alignment.to[place] for place in range(own[0] - 1, max(-1, own[0] - 4), -1) if alignment.to[place] != NONE),
        NONE,
    )
    last = next(
        (
            alignment.to[place]
            for place in range(own[-1] + 1, min(len(before.words), own[-1] + 4))
            if alignment.to[place] != NONE
        ),
        NONE,
    )
    if first == NONE or last == NONE or not 1 < last - first <= 2 * len(own) + 6:
        return None
    words = after.words[first + 1 : last]
    page = words[0].page
    if mark.kind in LINES:
        return _lit(mark, page, words), True
    here, there = before.words[own[0]].box, words[0].box
    moved = replace(shifted(mark, there[0] - here[0], there[1] - here[1]), page=page)
    return _within(moved, after.pages[page - 1]), True


# -- by what it says ---------------------------------------------------------------------------------------------------


def _by_saying(before: Text, after: Text, mark: Mark) -> tuple[Mark, bool] | None:
    """A passage that went and came back, or was put by hand onto a paper without it: its own words, where they stand once.
    Where they stood twice before, nobody knows which of the two is left."""
    said = tuple(str(mark.body.get("text", "")).split()) if mark.kind in LINES else ()
    if len(said) < PASSAGE or len(_standing(before, said)) > 1:
        return None
    found = _standing(after, said)
    if len(found) != 1:
        return None
    words = after.words[found[0] : found[0] + len(said)]
    return _lit(mark, words[0].page, words), False


def _standing(text: Text, said: tuple[str, ...]) -> list[int]:
    words = text.words
    return [
        place
        for place in range(len(words) - len(said) + 1)
        if words[place].text == said[0] and tuple(word.text for word in words[place : place + len(said)]) == said
    ]


# -- by the look of the page -----------------------------------------------------------------------------------------


def _by_look(before: Text, after: Text, mark: Mark) -> tuple[Mark, bool] | None:
    """Scanned pages have no words: the same picture is the same page, and the mark lies on it where it lay."""
    if mark.page > len(before.pages) or any(word.page == mark.page for word in before.words):
        return None
    old = before.pages[mark.page - 1]
    worded = {word.page for word in after.words}
    alike = [
        (_apart(old.look, page.look), abs(number - mark.page), number)
        for number, page in enumerate(after.pages, start=1)
        if number not in worded and _same_size(old, page) and _apart(old.look, page.look) <= ALIKE
    ]
    if not alike:
        return None
    number = min(alike)[2]
    return _within(replace(mark, page=number), after.pages[number - 1]), False


def _apart(one: str, other: str) -> int:
    """In how many bits two fingerprints differ; many where one is missing."""
    return (int(one, 16) ^ int(other, 16)).bit_count() if one and other else 64


def _same_size(one: Page, other: Page) -> bool:
    return abs(one.width / other.width - 1) < SAME_SIZE and abs(one.height / other.height - 1) < SAME_SIZE
