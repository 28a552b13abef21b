"""Papers for the tests of anchoring: words printed plainly on pages, as the renderer would give them."""

from collections.abc import Sequence
from typing import Any

from meetingroom.anchoring.pages import Text, lines
from meetingroom.domain.marks import Kind, Mark

WIDTH, HEIGHT, MARGIN, LINE = 595.0, 842.0, 70.0, 16.0


def pages_of(words: Sequence[str], lines_a_page: int = 40) -> list[dict[str, Any]]:
    """Words in lines on pages with their numbers at the top."""
    pages: list[dict[str, Any]] = [_page(1)]
    x, line = MARGIN, 0
    for word in words:
        width = 5.5 * len(word)
        if x + width > WIDTH - MARGIN:
            x, line = MARGIN, line + 1
        if line == lines_a_page:
            pages.append(_page(len(pages) + 1))
            line = 0
        y = MARGIN + LINE * line
        pages[-1]["words"].append([x, y, x + width, y + 12, word])
        x += width + 4
    return pages


def _page(number: int) -> dict[str, Any]:
    return {"width": WIDTH, "height": HEIGHT, "words": [[290, 40, 300, 52, str(number)]]}


def printed(words: Sequence[str], lines_a_page: int = 40) -> Text:
    return Text.read(pages_of(words, lines_a_page))


def scanned(*looks: str) -> Text:
    """Pages without words, by their fingerprints."""
    return Text.read([{"width": WIDTH, "height": HEIGHT, "words": [], "look": look} for look in looks])


def highlight(text: Text, first: int, last: int, key: str = "h") -> Mark:
    """A highlight from one word to another of the same page."""
    words = text.words[first : last + 1]
    boxes = [list(box) for box in lines(words)]
    return Mark(key, "report", "r1", words[0].page, Kind.HIGHLIGHT, {"colour": "yellow", "boxes": boxes}, 1)


def note(page: int, x: float, y: float, key: str = "n") -> Mark:
    return Mark(key, "report", "r1", page, Kind.NOTE, {"colour": "yellow", "x": x, "y": y, "text": "Hỏi lại"}, 1)


def stroke(page: int, x: float, y: float, to_x: float, key: str = "i") -> Mark:
    """A line across."""
    points = [round(x * 10), round(y * 10), 50, round((to_x - x) * 10), 0, 50]
    return Mark(key, "report", "r1", page, Kind.INK, {"colour": "ink", "width": 1.8, "points": points}, 1)


def under(text: Text, mark: Mark) -> str:
    """The words a highlight covers."""
    covered = [
        word.text
        for word in text.words
        if word.page == mark.page
        and any(b[0] <= word.box[0] + 1 and word.box[2] - 1 <= b[2] and b[1] <= word.box[1] + 1 and word.box[3] - 1 <= b[3]
                for b in mark.body["boxes"])
    ]  # fmt: skip
    return " ".join(covered)
