"""Markings of state secrets: Mật, Tối mật, Tuyệt mật. Vietnamese law forbids keeping what bears one on a networked machine.

A marking stands alone, as a stamp or as "Độ mật: …". The same letters in a sentence (bảo mật, bí mật) are not one.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any

LEVELS = frozenset({"mật", "tốimật", "tuyệtmật"})
OLD_FONTS = frozenset({"mët", "tèimët", "tuyötmët"})  # the same in TCVN3, as fonts named .Vn… have it
LABEL = "độmật"
PAGES = 3  # of a paper are looked at: a stamp is on the first, or on the first after a cover
APART = 1.2  # heights of a letter between a stamp and what stands beside it on the same line

Word = Sequence[Any]
"""Sides x0, y0, x1, y1, the word, its block and line."""


def is_marked_page(words: Iterable[Word]) -> bool:
    """Whether a marking stands alone on the page: a stamp in capitals, or the label with a level."""
    return any(_is_marking(part) for line in _lines(words) for part in _parts(line))


def _lines(words: Iterable[Word]) -> list[list[Word]]:
    lines: dict[tuple[int, int], list[Word]] = {}
    for word in words:
        lines.setdefault((word[5], word[6]), []).append(word)
    return [sorted(line, key=lambda word: float(word[0])) for line in lines.values()]


def _parts(line: list[Word]) -> list[str]:
    """What stands together on a line: a stamp often shares it with the head beside it."""
    parts = [[line[0]]]
    for before, word in pairwise(line):
        if word[0] - before[2] > APART * (before[3] - before[1]):
            parts.append([])
        parts[-1].append(word)
    return [" ".join(str(word[4]) for word in part) for part in parts]


def _is_marking(text: str) -> bool:
    squeezed = _letters(text)
    folded = squeezed.casefold()
    if folded in LEVELS | OLD_FONTS:
        return squeezed == squeezed.upper() or folded in OLD_FONTS
    return folded.removeprefix(LABEL) in LEVELS and folded.startswith(LABEL)


def is_marked_name(file_name: str) -> bool:
    """`Báo cáo (Mật).pdf`, `TỐI MẬT - kế hoạch.pdf`, `Báo cáo MẬT.pdf`; not `Quy chế bảo mật.pdf`."""
    name = unicodedata.normalize("NFC", file_name).rsplit(".", 1)[0]
    parts = name.translate({ord(sign): "\n" for sign in "()[]{}_-–—,;+"}).splitlines()
    return any(_letters(part).casefold() in LEVELS or _is_marking(part) or _shouts(part) for part in parts)


def _shouts(part: str) -> bool:
    """The word in capitals at the end or the beginning of what is otherwise not in capitals."""
    words = part.split()
    if len(words) < 2 or part == part.upper():
        return False
    ends = (words[:1], words[:2], words[-1:], words[-2:])
    return any(_is_marking(" ".join(end)) for end in ends) and words[-2:-1] not in (["BẢO"], ["BÍ"])


def _letters(text: str) -> str:
    return "".join(letter for letter in unicodedata.normalize("NFC", text) if letter.isalpha())
