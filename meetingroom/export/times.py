"""Times and names as official Vietnamese documents write them (Nghị định 30/2020/NĐ-CP, Phụ lục I)."""

from __future__ import annotations

from datetime import datetime

from meetingroom.domain.moments import sayable
from meetingroom.domain.people import Participant, standing_of
from meetingroom.domain.voting.electors import Elector
from meetingroom.words import Words


def hour(words: Words, at: int) -> str:
    """08 giờ 05 phút; `at` in UTC milliseconds."""
    when = local(words, at)
    return words.text("record.hour", hour=f"{when:%H}", minute=f"{when:%M}")


def day(words: Words, at: int) -> str:
    """ngày 08 tháng 9 năm 2026: days below 10 and the months 1 and 2 have a leading zero, so that nobody adds a digit."""
    when = local(words, at)
    month = f"{when.month:02d}" if when.month <= 2 else str(when.month)
    return words.text("record.day", day=f"{when.day:02d}", month=month, year=when.year)


def short(words: Words, at: int) -> str:
    """09:41."""
    return f"{local(words, at):%H:%M}"


def local(words: Words, at: int) -> datetime:
    return datetime.fromtimestamp(sayable(at) / 1000, words.zone)


def lasted(words: Words, spent: int) -> str:
    """4 phút; `spent` in milliseconds, rounded to whole minutes."""
    minutes = round(spent / 60_000)
    return words.text("record.minutes", n=minutes) if minutes else words.text("record.under_a_minute")


def named(person: Participant | Elector) -> str:
    """The name with office and unit, or the office alone where people are invited by office."""
    if not person.name:
        return person.office
    return ", ".join(filter(None, (person.name, standing_of(person.name, person.office, person.unit))))
