"""Who sees what: the kinds of viewer, and the difference between two views.

What only named persons may see belongs to `own` in meeting.py, never to an audience.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from meetingroom.domain.messages import OFFICE, Role
from meetingroom.domain.people import Participant


class Audience(StrEnum):
    """A kind of viewer; all of one kind are sent the same bytes."""

    CONSOLE = "console"
    MEMBER = "member"
    GUEST = "guest"
    STAFF = "staff"
    SCREEN = "screen"

    @property
    def is_office(self) -> bool:
        """Chair and secretary: they prepare and run the meeting, and see its drafts."""
        return self is Audience.CONSOLE


def audience_of(participant: Participant) -> Audience:
    """The chair is usually a member too and still belongs to the console."""
    if participant.role in OFFICE:
        return Audience.CONSOLE
    if participant.role is Role.SCREEN:
        return Audience.SCREEN
    if participant.role is Role.STAFF:
        return Audience.STAFF
    return Audience.MEMBER if participant.member else Audience.GUEST


Patch = dict[str, Any]


def patch(before: Mapping[str, Any], after: Mapping[str, Any]) -> Patch:
    """The RFC 7396 merge patch from one view to the next; empty when nothing differs.

    Views hold no nulls, so that null can mean "gone". Parts that are the same object are not compared.
    """
    changes: Patch = {name: None for name in before if name not in after}
    for name, value in after.items():
        old = before.get(name)
        if old is value or old == value:
            continue
        if isinstance(old, dict) and isinstance(value, dict):
            changes[name] = patch(old, value)
        else:
            changes[name] = value
    return changes


def merge(view: Mapping[str, Any], changes: Patch) -> dict[str, Any]:
    """The view with a merge patch applied: what every device does with what it is sent."""
    merged = dict(view)
    for name, value in changes.items():
        if value is None:
            merged.pop(name, None)
        elif isinstance(value, dict):
            old = merged.get(name)
            merged[name] = merge(old if isinstance(old, dict) else {}, value)
        else:
            merged[name] = value
    return merged
