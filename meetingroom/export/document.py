"""An official document as data: what `typeset` makes a PDF of and `word` a DOCX, both in the layout of Nghị định 30/2020."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

BOX = "☐"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """`lead` is set in bold before the text."""

    text: str
    lead: str = ""
    strong: bool = False
    centred: bool = False
    kind: str = "paragraph"


@dataclass(frozen=True, slots=True)
class Table:
    """`widths` in centimetres, 0 takes what is left; `left`: columns of text, the others are centred or figures.

    `faces`: a photograph (JPEG in base64, empty for none) before the text of the second column, one for each row or none.
    A cell that is BOX is a box to mark with a pen.
    """

    widths: tuple[float, ...]
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    left: tuple[int, ...] = (1,)
    faces: tuple[str, ...] = ()
    kind: str = "table"


@dataclass(frozen=True, slots=True)
class Code:
    """A QR code: its address, its picture as SVG, and the lines beside it."""

    address: str
    svg: str
    lines: tuple[str, ...]
    kind: str = "code"


@dataclass(frozen=True, slots=True)
class Face:
    """A photograph (JPEG in base64) and the lines beside it, the first in bold."""

    jpeg: str
    lines: tuple[str, ...]
    kind: str = "face"


@dataclass(frozen=True, slots=True)
class Signer:
    """`titles` in capitals, one a line; `note` in italics under them; the name under the room for the signature."""

    titles: tuple[str, ...]
    name: str = ""
    note: str = ""


Part = Paragraph | Table | Code | Face


@dataclass(frozen=True, slots=True)
class Document:
    """`place` is the line of place and date; empty in minutes. Two signers stand beside each other, one at the right.

    `mark` is a box at the top (draft), `receivers` the list under “Nơi nhận”, `kept` where a copy is filed; without it
    there is no list. `stamp` is where the seal goes, in the place of a number.
    """

    name: str
    superior: str
    issuer: str
    number: str
    title: str
    about: tuple[str, ...]
    parts: tuple[Part, ...]
    signers: tuple[Signer, ...]
    place: str = ""
    mark: str = ""
    receivers: tuple[str, ...] = ()
    kept: str = "VT."
    stamp: str = ""


def plain(document: Document) -> dict[str, Any]:
    """As JSON."""
    return asdict(document)
