"""Searching: how words are compared, what somebody who searches means, and where a page answers it.

Words are compared without diacritics, case and punctuation: people leave marks out on a tablet's keyboard, hoà and hòa are
one word, and papers come in composed and in decomposed letters. web/js/search/query.js does the same on the device.
"""

from __future__ import annotations

import functools
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

LONGEST = 200  # characters of a query that count
AROUND = 9  # words quoted before and after what was found
QUOTED = 32  # words of a quotation

# Letters that are no composition: đ, and the eth and stroked d that old fonts have in its place.
_APART = str.maketrans({"đ": "d", "Đ": "d", "ð": "d", "Ð": "d", "Ɖ": "d"})

_OPENING, _CLOSING = '"“”„«»', '"“”»«'

Tokens = tuple[str, ...]


def fold(text: str) -> str:
    """Small letters without diacritics; compatible forms (ﬁ, ², full width) as what they stand for."""
    apart = unicodedata.normalize("NFKD", text.translate(_APART))
    return "".join(letter for letter in apart if not unicodedata.combining(letter)).casefold()


@functools.lru_cache(1 << 14)  # Vietnamese has some seven thousand syllables, and all pages are made of them
def tokens(text: str) -> Tokens:
    """What is between spaces and punctuation; "15/2020/QĐ-UBND" is four of them."""
    return tuple("".join(letter if letter.isalnum() else " " for letter in fold(text)).split())


@dataclass(frozen=True, slots=True)
class Query:
    """`runs` must all be on a page, the tokens of each one after another. `unfinished`: the last token may be the beginning
    of a word."""

    runs: tuple[Tokens, ...]
    unfinished: bool = False
    quoted: bool = False

    @property
    def together(self) -> Query:
        """The same words one after another, as most people mean them: syllables of Vietnamese are written apart."""
        return Query((tuple(token for run in self.runs for token in run),), self.unfinished, True)


def query(text: str) -> Query:
    """Words, and phrases in quotation marks."""
    runs: list[Tokens] = []
    quoted, inside, part = False, False, ""
    for letter in text[:LONGEST]:
        if letter in (_CLOSING if inside else _OPENING):
            runs += _runs(part, inside)
            inside, quoted, part = not inside, True, ""
        else:
            part += letter
    runs += _runs(part, inside)
    return Query(tuple(run for run in runs if run), bool(part) and part[-1].isalnum(), quoted)


def _runs(part: str, inside: bool) -> list[Tokens]:
    return [tokens(part)] if inside else [tokens(word) for word in part.split()]


Range = tuple[int, int]
"""The first and the last of some words."""


def passages(words: Sequence[str], sought: Query) -> list[Range]:
    """Where the words stand one after another; where they never do, each of them. In reading order."""
    on_page = [(token, place) for place, word in enumerate(words) for token in tokens(word)]
    found = sorted(set(_runs_on(on_page, sought.together)))
    return found or sorted(set(_runs_on(on_page, sought)))


def _runs_on(on_page: Sequence[tuple[str, int]], sought: Query) -> Iterator[Range]:
    for number, run in enumerate(sought.runs, start=1):
        unfinished = sought.unfinished and number == len(sought.runs)
        for start, (token, _) in enumerate(on_page):
            if token.startswith(run[0]) and _stands(on_page, start, run, unfinished):
                yield on_page[start][1], on_page[start + len(run) - 1][1]


def _stands(on_page: Sequence[tuple[str, int]], start: int, run: Tokens, unfinished: bool) -> bool:
    *whole, last = run
    if start + len(run) > len(on_page) or any(on_page[start + step][0] != token for step, token in enumerate(whole)):
        return False
    there = on_page[start + len(whole)][0]
    return there.startswith(last) if unfinished else there == last


def quotation(words: Sequence[str], found: Sequence[Range]) -> list[tuple[str, bool]]:
    """The words around the first passage, in parts: (text, whether it was found)."""
    if not found:
        return [(" ".join(words[:QUOTED]), False)]
    start = max(0, found[0][0] - AROUND)
    end = min(len(words), max(found[0][1] + AROUND + 1, start + min(QUOTED, 2 * AROUND)), start + QUOTED)
    parts: list[tuple[str, bool]] = [("… ", False)] if start else []
    place = start
    for first, last in found:
        if first < place or last >= end:
            continue
        parts += [(" ".join(words[place:first]) + " ", False)] if first > place else []
        parts.append((" ".join(words[first : last + 1]), True))
        parts.append((" ", False))
        place = last + 1
    parts.append((" ".join(words[place:end]) + (" …" if end < len(words) else ""), False))
    return [part for part in parts if part[0]]
