"""Words: one catalogue per language for templates and scripts, `web/words/<language>.json`.

A flat object of dotted keys; a text has {placeholders}; where number matters it is {"one": …, "other": …}, chosen by {n}.
{you} and {You} are the form of address of the meeting, a setting.
"""

from __future__ import annotations

import json
from collections import ChainMap
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from meetingroom.domain.moments import sayable

LANGUAGES = ("vi", "en")

Text = str | dict[str, str]


def local(at: int, zone: ZoneInfo) -> datetime:
    return datetime.fromtimestamp(sayable(at) / 1000, zone)


class Catalogue:
    """All words of all languages, read once."""

    def __init__(self, folder: Path) -> None:
        self.texts: dict[str, dict[str, Text]] = {
            language: json.loads((folder / f"{language}.json").read_text("utf-8")) for language in LANGUAGES
        }

    def words(self, language: str, zone: str, address: str = "neutral") -> Words:
        """The words of one language, for one form of address."""
        language = language if language in LANGUAGES else LANGUAGES[0]
        return Words(language, self.texts[language], ZoneInfo(zone), address)


@dataclass(frozen=True, slots=True)
class Words:
    """What templates and endpoints say to one reader."""

    language: str
    texts: Mapping[str, Text]
    zone: ZoneInfo
    address: str

    def instead(self, others: Mapping[str, str]) -> Words:
        """The same, with these texts in place of ours."""
        return replace(self, texts=ChainMap(dict(others), dict(self.texts))) if others else self

    def text(self, key: str, **params: str | int) -> str:
        """The text with its placeholders filled. An unknown key is shown as it is: a page must not fail for a word."""
        found = self.texts.get(key, key)
        if isinstance(found, dict):
            found = found["one"] if params.get("n") == 1 and "one" in found else found["other"]
        you = self._you()
        for name, value in {"you": you, "You": you[:1].upper() + you[1:], **params}.items():
            found = found.replace("{" + name + "}", str(value))
        return found

    def _you(self) -> str:
        found = self.texts.get(f"address.{self.address}", "")
        return found if isinstance(found, str) else ""

    def figure(self, number: int) -> str:
        """A number that may be large, in groups of three digits: 527.679."""
        return f"{number:,}".replace(",", "." if self.language == "vi" else ",")

    def moment(self, at: int) -> str:
        """Date and time of a moment (UTC ms) as people here write it."""
        if self.language == "vi":
            return f"{self.clock(at)}, {self.long_day(at)}"
        return f"{self.long_day(at)}, {self.clock(at)}"

    def long_day(self, at: int) -> str:
        """Thứ Ba, 8/9/2020."""
        when = local(at, self.zone)
        weekday = self.texts[f"weekday.{when.weekday()}"]
        if self.language == "vi":
            return f"{weekday}, {when.day}/{when.month}/{when.year}"
        return f"{weekday} {when.day} {when:%B %Y}"

    def clock(self, at: int) -> str:
        return f"{local(at, self.zone):%H:%M}"

    def day(self, at: int) -> str:
        """25/11/2026."""
        return f"{local(at, self.zone):%d/%m/%Y}"

    def short_moment(self, at: int) -> str:
        """Figures only: 25/11/2026 09:41."""
        return f"{local(at, self.zone):%d/%m/%Y %H:%M}"
