"""One person's own notes in all papers they may read, as a list to print or to take along."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from meetingroom.domain.marks import LINES, Kind, Mark
from meetingroom.words import Words

SHOWN = (Kind.INK, *LINES, Kind.NOTE)


@dataclass(frozen=True, slots=True)
class Line:
    page: int
    kind: str
    text: str
    older: bool


@dataclass(frozen=True, slots=True)
class Noted:
    """A paper and what its reader noted in it, in the order of its pages; the strokes of a page count as one."""

    title: str
    lines: list[Line]


@dataclass(frozen=True, slots=True)
class NoteList:
    """As it is printed: `heads` are page, what, text; rows of `papers` likewise; `older` explains the star behind a page."""

    title: str
    about: str
    heads: tuple[str, str, str]
    papers: list[tuple[str, list[tuple[str, str, str]]]]
    older: str
    none: str


def lines(kept: Iterable[Mark], current: str | None) -> list[Line]:
    found: dict[object, Line] = {}
    for mark in sorted((mark for mark in kept if mark.kind in SHOWN), key=lambda mark: (mark.page, mark.box[1])):
        key = (mark.page, mark.revision) if mark.kind is Kind.INK else mark.id
        text = str(mark.body.get("text", ""))
        found.setdefault(key, Line(mark.page, mark.kind.value, text, mark.revision != current))
    return list(found.values())


def note_list(noted: list[Noted], meeting: str, person: str, words: Words) -> NoteList:
    papers = [
        (
            each.title,
            [
                (f"{line.page} *" if line.older else str(line.page), _what(line, words), line.text)
                for line in each.lines
            ],
        )
        for each in noted
    ]
    starred = any(line.older for each in noted for line in each.lines)
    return NoteList(
        title=words.text("taking.list"),
        about=f"{meeting} · {person}",
        heads=(words.text("taking.page"), words.text("taking.what"), words.text("taking.text")),
        papers=papers,
        older=f"* {words.text('taking.older')}" if starred else "",
        none="" if papers else words.text("marks.none"),
    )


def _what(line: Line, words: Words) -> str:
    return words.text(f"taking.kind.{line.kind}")
