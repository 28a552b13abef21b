"""The words of a paper in reading order, as the renderer kept them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from meetingroom.domain.marks import Box

EDGE = 0.09  # of a page's height: where page numbers stand
LEVEL = 0.5  # of a word's height: words that overlap this much stand on one line


@dataclass(frozen=True, slots=True)
class Word:
    text: str
    page: int
    box: Box


@dataclass(frozen=True, slots=True)
class Page:
    """`look` is a fingerprint of its picture, "" where there is none."""

    width: float
    height: float
    look: str


@dataclass(frozen=True, slots=True)
class Text:
    """All words of a revision, and its pages by number less one."""

    words: tuple[Word, ...]
    pages: tuple[Page, ...]

    @classmethod
    def read(cls, pages: Sequence[Mapping[str, Any]]) -> Text:
        """From {"width", "height", "words": [[x0, y0, x1, y1, word, …], …], "look"?} for each page. Page numbers are left out:
        they are no part of the text and stand elsewhere in it as soon as a line is added."""
        words: list[Word] = []
        for number, page in enumerate(pages, start=1):
            for left, top, right, bottom, text, *_ in page["words"]:
                word = Word(text, number, (left, top, right, bottom))
                if not _is_page_number(word, page["height"]):
                    words.append(word)
        made = tuple(Page(page["width"], page["height"], page.get("look", "")) for page in pages)
        return cls(tuple(words), made)


def _is_page_number(word: Word, height: float) -> bool:
    middle = (word.box[1] + word.box[3]) / 2
    at_edge = middle < EDGE * height or middle > (1 - EDGE) * height
    return at_edge and word.text.strip("-–./ ") == str(word.page)


def lines(words: Sequence[Word]) -> list[Box]:
    """One box a line around words of one page, in reading order."""
    boxes: list[Box] = []
    for word in words:
        left, top, right, bottom = word.box
        if boxes and left > boxes[-1][0] and _level(boxes[-1], word.box):
            line = boxes[-1]
            boxes[-1] = (line[0], min(line[1], top), max(line[2], right), max(line[3], bottom))
        else:
            boxes.append(word.box)
    return boxes


def _level(line: Box, box: Box) -> bool:
    shared = min(line[3], box[3]) - max(line[1], box[1])
    return shared > LEVEL * min(line[3] - line[1], box[3] - box[1])
