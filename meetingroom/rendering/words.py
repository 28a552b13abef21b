"""What can be read on a page, beside its image: words with their boxes, links, and whether it is a picture."""

import itertools
import json
import unicodedata
from collections.abc import Iterator
from typing import Any

import pymupdf

from meetingroom.rendering import legacy

WORDS_A_PAGE = 20_000
LETTERS_A_WORD = 200
LINKS_A_PAGE = 1_000
LONGEST_ADDRESS = 500
UNKNOWN = 0.3  # of the words of a page
PICTURE = 0.6  # of the page: a scan, or a photograph, which is not shown in negative at night


def page_text(page: pymupdf.Page) -> bytes:
    """JSON; all boxes in points on the page as displayed.

    {"width", "height", "words": [[x0, y0, x1, y1, "word", block, line], …], "links": [[x0, y0, x1, y1, page, y], …]
    with an address instead of page and y where a link leads out of the paper, "picture": true where one covers it}
    """
    text = {
        "width": round(page.rect.width, 2),
        "height": round(page.rect.height, 2),
        "words": words(page),
        "links": links(page),
    } | ({"picture": True} if is_picture(page) else {})
    return json.dumps(text, ensure_ascii=False, separators=(",", ":")).encode()


def words(page: pymupdf.Page) -> list[list[Any]]:
    """Read from the page itself: its display list leaves out what draws nothing, and a space that stands alone, as word
    processors write it between composed letters, is then missing between two words."""
    text = page.get_textpage(flags=pymupdf.TEXTFLAGS_WORDS)
    turn = page.rotation_matrix  # they are read from the page as it is stored
    found = list(itertools.islice(text.extractWORDS(), WORDS_A_PAGE))
    if any(legacy.LOOKS_LEGACY.search(word[4]) for word in found):
        found = list(itertools.islice(words_by_font(text), WORDS_A_PAGE))
    boxes = ([*rounded(pymupdf.Rect(word[:4]) * turn), clean(word[4]), *word[5:7]] for word in found)
    return readable([box for box in boxes if box[4]])


def words_by_font(text: pymupdf.TextPage) -> Iterator[tuple[Any, ...]]:
    """Words as `extractWORDS` gives them, but read as their fonts mean them: only letter by letter are fonts known."""
    for block, lines in enumerate(each.get("lines", ()) for each in text.extractRAWDICT()["blocks"]):
        for line, spans in enumerate(each["spans"] for each in lines):
            letters = [(letter["c"], letter["bbox"], span["font"]) for span in spans for letter in span["chars"]]
            for space, word in itertools.groupby(letters, key=lambda letter: letter[0].isspace()):
                if not space:
                    yield (*word_of(list(word)), block, line, 0)


def word_of(letters: list[tuple[str, Any, str]]) -> tuple[Any, ...]:
    box = pymupdf.Rect(letters[0][1])
    for _, place, _ in letters[1:]:
        box |= pymupdf.Rect(place)
    runs = itertools.groupby(letters, key=lambda letter: letter[2])
    return (
        box.x0,
        box.y0,
        box.x1,
        box.y1,
        "".join(legacy.unicode("".join(letter[0] for letter in run), font) for font, run in runs),
    )


def readable(found: list[list[Any]]) -> list[list[Any]]:
    """No words at all where most are letters nobody knows: a page without words is said to be one that cannot be searched."""
    unknown = sum("\ufffd" in word[4] for word in found)
    return [] if unknown > UNKNOWN * len(found) else found


def links(page: pymupdf.Page) -> list[list[Any]]:
    """Only what leads to a page of this paper or names an address; what would start a program or open a file does not."""
    found: list[list[Any]] = []
    for link in itertools.islice(page.get_links(), LINKS_A_PAGE):
        box = rounded(link["from"] * page.rotation_matrix)
        if link["kind"] in (pymupdf.LINK_GOTO, pymupdf.LINK_NAMED) and isinstance(link.get("page"), int):
            if 0 <= link["page"] < page.parent.page_count:
                found.append([*box, link["page"] + 1, height_of(link.get("to"))])
        elif link["kind"] == pymupdf.LINK_URI and link.get("uri"):
            found.append([*box, clean(link["uri"], LONGEST_ADDRESS)])
    return found


def height_of(place: object) -> float:
    """Points from the top of the page; 0 where a link does not say."""
    y = getattr(place, "y", 0.0)
    return round(float(y), 1) if 0 <= y < 100_000 else 0.0


def is_picture(page: pymupdf.Page) -> bool:
    area = abs(page.rect)
    return any(abs(pymupdf.Rect(image["bbox"]) & page.rect) > PICTURE * area for image in page.get_image_info())


def rounded(box: Any) -> list[float]:
    return [round(float(side), 1) for side in box]


def clean(text: str, most: int = LETTERS_A_WORD) -> str:
    """NFC, so that a search typed in one way of writing Vietnamese finds all; nothing that does not print."""
    return "".join(printable(unicodedata.normalize("NFC", text[:most])))


def printable(word: str) -> Iterator[str]:
    return (letter for letter in word if not unicodedata.category(letter).startswith("C"))
