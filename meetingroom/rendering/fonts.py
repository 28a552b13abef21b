"""Fonts: whether one has all Vietnamese letters. Fonts are the administrator's own; papers' fonts are not looked at here."""

from __future__ import annotations

from pathlib import Path

import pymupdf

FAMILIES = ("Times New Roman", "Tinos", "Liberation Serif", "Noto Serif")  # as in export/layout/decree30.typ
LETTERS = "ĂăÂâĐđÊêÔôƠơƯưĨĩŨũ" + "".join(map(chr, range(0x1EA0, 0x1EFA)))
ENDINGS = {".ttf", ".otf", ".ttc", ".otc"}


def is_complete(file: Path) -> bool:
    """False also for a file that is no font."""
    return _name(file) is not None


def complete(folder: Path) -> str | None:
    """The first family of official documents in this folder that has all letters."""
    files = sorted(path for path in folder.rglob("*") if path.suffix.lower() in ENDINGS) if folder.is_dir() else []
    names = [name for file in files if (name := _name(file))]
    return next((family for family in FAMILIES if any(name.startswith(family) for name in names)), None)


def _name(file: Path) -> str | None:
    """What a font with all letters calls itself."""
    try:
        font = pymupdf.Font(fontfile=str(file))
    except Exception:  # pymupdf has no one kind of error for what is no font
        return None
    return str(font.name) if all(font.has_glyph(ord(letter)) for letter in LETTERS) else None
