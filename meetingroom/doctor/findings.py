"""What a doctor says: how it is, and what to do where it is not well."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from meetingroom.settings import Settings
from meetingroom.words import Words


class Level(StrEnum):
    OK = "ok"
    WARNING = "warning"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Finding:
    """`said` in the reader's language; `do` is empty where all is well."""

    level: Level
    about: str
    said: str
    do: str = ""


class Looking:
    """What all looks need. `now` in UTC seconds."""

    def __init__(self, settings: Settings, words: Words, now: Callable[[], float] = time.time) -> None:
        self._settings, self._words, self._now = settings, words, now

    def _ok(self, about: str, what: str = "ok", **params: str | int) -> Finding:
        return Finding(Level.OK, about, self._words.text(f"doctor.{about}.{what}", **params))

    def _warn(self, about: str, what: str, **params: str | int) -> Finding:
        return self._finding(Level.WARNING, about, what, **params)

    def _bad(self, about: str, what: str, **params: str | int) -> Finding:
        return self._finding(Level.ERROR, about, what, **params)

    def _finding(self, level: Level, about: str, what: str, **params: str | int) -> Finding:
        key = "doctor.failed" if what == "failed" else f"doctor.{about}.{what}"
        said, advice = self._words.text(key, **params), self._words.text(f"{key}.do", **params)
        return Finding(level, about, said, advice)
