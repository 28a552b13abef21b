"""The outline of a paper: the one it brings, else the headings that laws, decrees and resolutions are written with."""

import itertools
import json
import re
from collections.abc import Callable, Iterator
from typing import Any

import pymupdf

from meetingroom.rendering import legacy
from meetingroom.rendering.words import clean, height_of

ENTRIES = 3_000
LONGEST_TITLE = 200
DEEPEST = 6

Entry = tuple[int, str, int, float]
"""Level from 1, title, page, points from its top."""

# Decree 30/2020/NĐ-CP, Annex I: parts, chapters and sections are numbered like this, articles stand below them.
HEADINGS = {
    1: re.compile(r"(PHẦN (THỨ \w+|[IVXLC]+)|PHỤ LỤC( [IVXLC\d]+)?)$", re.IGNORECASE),
    2: re.compile(r"CHƯƠNG [IVXLC\d]+$", re.IGNORECASE),
    3: re.compile(r"MỤC \d+\b", re.IGNORECASE),
    4: re.compile(r"Điều \d+[a-zđ]?\. \S"),
}


def outline(document: pymupdf.Document, looked: Callable[[int], None]) -> bytes:
    """JSON [[level, title, page, y], …]; `looked` is told each page whose headings were looked for."""
    entries = list(itertools.islice(own(document), ENTRIES)) or list(
        itertools.islice(headings(document, looked), ENTRIES)
    )
    return json.dumps(entries, ensure_ascii=False, separators=(",", ":")).encode()


def own(document: pymupdf.Document) -> Iterator[Entry]:
    try:
        listed = document.get_toc(simple=False)
    except Exception:  # a damaged outline is no reason to refuse a paper
        return
    for level, title, page, place in listed:
        name = clean(title, LONGEST_TITLE).strip()
        if name and 1 <= page <= document.page_count:
            yield min(level, DEEPEST), name, page, height_of(place.get("to"))


def headings(document: pymupdf.Document, looked: Callable[[int], None]) -> Iterator[Entry]:
    """Articles, and what they are grouped in; none unless there are some, for a letter may well begin a line with one."""
    found: list[Entry] = []
    for number in range(document.page_count):
        found += headings_of(document.load_page(number))
        looked(number + 1)
    if len(found) < 3:
        return
    present = sorted({level for level, *_ in found})
    for level, name, page, y in found:
        yield present.index(level) + 1, name, page, y


def headings_of(page: pymupdf.Page) -> Iterator[Entry]:
    blocks = page.get_text("dict", flags=pymupdf.TEXTFLAGS_WORDS)["blocks"]
    lines = [line for block in blocks for line in block.get("lines", ())]
    for index, line in enumerate(lines):
        text = said(line)
        for level, pattern in HEADINGS.items():
            if pattern.match(text) and stands_out(line):
                yield (
                    level,
                    title(text, level, lines[index + 1 : index + 3]),
                    page.number + 1,
                    round(line["bbox"][1], 1),
                )


def said(line: dict[str, Any]) -> str:
    text = "".join(legacy.unicode(span["text"], span["font"]) for span in line["spans"])
    return clean(" ".join(text.split()), 2 * LONGEST_TITLE)


def stands_out(line: dict[str, Any]) -> bool:
    """Bold, as headings are; a line of a sentence that happens to begin with "Điều 5." is not."""
    first = next((span for span in line["spans"] if span["text"].strip()), None)
    return first is not None and (bool(first["flags"] & pymupdf.TEXT_FONT_BOLD) or "bold" in first["font"].lower())


def title(text: str, level: int, following: list[dict[str, Any]]) -> str:
    """A heading often goes on below: the name of a chapter, the second line of an article."""
    for line in following:
        more = said(line)
        if not more or not stands_out(line) or any(pattern.match(more) for pattern in HEADINGS.values()):
            break
        text = f"{text} {more}" if level > 3 or len(text) > 14 else f"{text}. {more}"
    return text if len(text) <= LONGEST_TITLE else f"{text[:LONGEST_TITLE].rpartition(' ')[0]} …"
