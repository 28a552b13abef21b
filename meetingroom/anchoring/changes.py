"""What changed between two revisions: words added, removed, replaced and moved, with their places on the pages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from meetingroom.anchoring.alignment import NONE, align
from meetingroom.anchoring.pages import Text, Word, lines

MOST = 3_000  # changes listed; a paper with more is another paper
LONGEST = 400  # characters of a change that are quoted
NEAR = 2  # words that stayed between two changes do not part them


def changes(before: Text, after: Text) -> list[dict[str, Any]]:
    """In the order of the newer revision: {"kind", "page", "at", "at_before", "was"?, "now"?, "boxes"?, "boxes_before"?}.

    `kind` is added, removed, replaced or moved, or picture for a page without words that was not there before; `page` is the
    page of the newer revision, for what was removed the one where it would stand. `at` and `at_before` are the places in
    both revisions, [page, points from its top]; boxes by page, because a passage may go over a page break.
    """
    alignment = align([word.text for word in before.words], [word.text for word in after.words])
    found: list[dict[str, Any]] = []
    for a, a_end, b, b_end in _hunks(len(before.words), len(after.words), alignment.to, alignment.moved):
        was = [place for place in range(a, a_end) if place not in alignment.moved]
        found.append(_change(before, after, was, range(b, b_end), (a, b)))
        if len(found) >= MOST:
            break
    source = {alignment.to[place]: place for place in alignment.moved}
    for each in found:
        _mark_moved(each, before, source)
    return sorted([each for each in found if each["kind"]] + _pictures(before, after), key=lambda each: each["at"])


def _pictures(before: Text, after: Text) -> list[dict[str, Any]]:
    """Pages without words that look like none of before: words say nothing about them."""
    known = {page.look for page in before.pages}
    new = [number for number, page in enumerate(after.pages, start=1) if page.look and page.look not in known]
    last = len(before.pages)
    return [{"kind": "picture", "page": page, "at": [page, 0.0], "at_before": [min(page, last), 0.0]} for page in new]


def _hunks(before: int, after: int, to: Sequence[int], moved: frozenset[int]) -> Iterator[tuple[int, int, int, int]]:
    """Stretches of both texts between words that stayed, those close together as one."""
    stayed = [(place, there) for place, there in enumerate(to) if there != NONE and place not in moved]
    hunk: tuple[int, int, int, int] | None = None
    a = b = 0
    for here, there in [*stayed, (before, after)]:
        if here > a or there > b:
            joined = hunk is not None and a - hunk[1] <= NEAR and b - hunk[3] <= NEAR
            if hunk and not joined:
                yield hunk
            hunk = (hunk[0], here, hunk[2], there) if hunk and joined else (a, here, b, there)
        a, b = here + 1, there + 1
    if hunk:
        yield hunk


def _change(
    before: Text, after: Text, was: Sequence[int], now: Sequence[int], between: tuple[int, int]
) -> dict[str, Any]:
    old, new = [before.words[place] for place in was], [after.words[place] for place in now]
    at_before, at = _at(before, old, between[0]), _at(after, new, between[1])
    change: dict[str, Any] = {
        "kind": _kind(old, new),
        "page": at[0],
        "at": at,
        "at_before": at_before,
        "places": list(now),
    }
    if old:
        change |= {"was": _quote(old), "boxes_before": _boxes(old)}
    if new:
        change |= {"now": _quote(new), "boxes": _boxes(new)}
    return change


def _at(text: Text, words: Sequence[Word], next_one: int) -> list[float]:
    """Where the words begin, or where they would stand: before the next word."""
    there = words[:1] or text.words[next_one : next_one + 1] or text.words[-1:]
    return [there[0].page, there[0].box[1]] if there else [1, 0.0]


def _kind(old: Sequence[Word], new: Sequence[Word]) -> str:
    if old and new:
        return "replaced"
    return "removed" if old else "added" if new else ""


def _mark_moved(change: dict[str, Any], before: Text, source: dict[int, int]) -> None:
    """What was added in one place and taken from another was moved."""
    places = change.pop("places")
    from_ = [source[place] for place in places if place in source]
    if change["kind"] == "added" and len(from_) > len(places) / 2:
        words = [before.words[place] for place in from_]
        change |= {"kind": "moved", "at_before": _at(before, words, 0), "boxes_before": _boxes(words)}


def _quote(words: Sequence[Word]) -> str:
    text = " ".join(word.text for word in words)
    return text if len(text) <= LONGEST else text[:LONGEST].rsplit(" ", 1)[0] + " …"


def _boxes(words: Sequence[Word]) -> dict[str, list[list[float]]]:
    pages: dict[int, list[Word]] = {}
    for word in words:
        pages.setdefault(word.page, []).append(word)
    return {str(page): [list(box) for box in lines(each)] for page, each in pages.items()}
