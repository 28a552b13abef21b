"""PDF by Typst, an optional part of the installation (extra `records`); the same document gives the same bytes."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from meetingroom.export.document import Document, plain
from meetingroom.export.notelist import NoteList
from meetingroom.export.plates import Plate
from meetingroom.export.seatplan import SeatPlan

if TYPE_CHECKING:
    import typst

LAYOUT = Path(__file__).parent / "layout"


class Missing(Exception):
    """What this needs is not installed; `code` names the sentence that says so."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def pdf(documents: Sequence[Document], fonts: Path | None, at: int) -> bytes:
    """PDF/A-2b. `fonts` is a folder looked in first, `at` the moment written into the file (UTC ms). Blocks; Missing."""
    return _printed("document.typ", {"documents": [plain(document) for document in documents]}, fonts, at)


def plates_pdf(plates: Sequence[Plate], fonts: Path | None, at: int) -> bytes:
    """Name plates, one sheet each. Blocks; Missing."""
    return _printed("plates.typ", {"plates": [asdict(plate) for plate in plates]}, fonts, at)


def seat_plan_pdf(plan: SeatPlan, fonts: Path | None, at: int) -> bytes:
    """The room on one sheet. Blocks; Missing."""
    return _printed("seatplan.typ", {"plan": asdict(plan)}, fonts, at)


def notes_to_pdf(notes: NoteList, fonts: Path | None, at: int) -> bytes:
    """One's own notes. No PDF/A, which refuses a sign that no font has. Blocks; Missing."""
    return _printed("notelist.typ", {"notes": asdict(notes)}, fonts, at, archival=False)


def _printed(layout: str, inputs: Mapping[str, object], fonts: Path | None, at: int, archival: bool = True) -> bytes:
    try:
        import typst
    except ImportError as error:
        raise Missing("documents.no_typesetter") from error
    printed: bytes = typst.compile(
        str(LAYOUT / layout),
        root=str(LAYOUT.parent.parent),
        font_paths=_fonts(fonts),
        format="pdf",
        sys_inputs={
            "fonts": "own" if fonts else "",
            **{name: json.dumps(value, ensure_ascii=False) for name, value in inputs.items()},
        },
        pdf_standards="a-2b" if archival else None,
        timestamp=at // 1000,
    )
    return printed


@cache
def _fonts(folder: Path | None) -> typst.Fonts:
    """System fonts are left out: Debian's Liberation 1 has no Vietnamese and would be taken by its name."""
    import typst

    paths = [str(folder)] if folder else []
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=paths)
