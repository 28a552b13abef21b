"""What a request leaves in the audit log, and how it names the device it came from."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from functools import partial

from starlette.requests import HTTPConnection

from meetingroom.endpoints.context import house
from meetingroom.storage.audit import Kind

outside = logging.getLogger("meetingroom.audit")  # to the agency's collector, where there is one
FAILURES = frozenset({Kind.SIGN_IN_FAILED, Kind.CODE_FAILED, Kind.SECOND_FAILED})
SYSTEMS = (("iPad", "iPad"), ("iPhone", "iPhone"), ("Android", "Android"), ("Windows", "Windows"), ("CrOS", "ChromeOS"),
           ("Macintosh", "Mac"), ("Linux", "Linux"))  # fmt: skip
BROWSERS = (("Edg/", "Edge"), ("coc_coc_browser", "Cốc Cốc"), ("SamsungBrowser", "Samsung Internet"),
            ("FxiOS", "Firefox"), ("Firefox/", "Firefox"), ("CriOS", "Chrome"), ("Chrome/", "Chrome"),
            ("Safari/", "Safari"))  # fmt: skip


async def note(
    connection: HTTPConnection, kind: Kind, actor: str, *, about: str = "", meeting: str = "", text: str = ""
) -> None:
    """Kept before the request is answered."""
    home = house(connection)
    told = {"about": about, "meeting": meeting, "text": text, "address": address_of(connection)}
    add = partial(home.audit.add, about=about, meeting=meeting, text=text, address=told["address"])
    await home.record(add, kind, actor)
    pass_on(kind, actor, told)


def pass_on(kind: Kind, actor: str, told: Mapping[str, str]) -> None:
    """To the agency's collector, of what is kept."""
    level = logging.WARNING if kind in FAILURES else logging.INFO
    outside.log(level, kind.value, extra={name: value[:500] for name, value in {**told, "actor": actor}.items()})


def address_of(connection: HTTPConnection) -> str:
    return connection.client.host if connection.client else ""


def device_of(connection: HTTPConnection) -> str:
    """Browser and system as the device says itself: for a person to recognise it by, not to rely on."""
    said = connection.headers.get("user-agent", "")
    found = [next((word for mark, word in names if mark in said), "") for names in (BROWSERS, SYSTEMS)]
    return " · ".join(word for word in found if word)
