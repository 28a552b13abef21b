"""Invitations by e-mail: words, the calendar entry and the giấy mời as PDF in one message to one person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid

LONGEST = 254  # characters of an address (RFC 5321)


@dataclass(frozen=True, slots=True)
class Letter:
    """What one person is sent. `calendar` and `paper` may be missing."""

    to: str
    name: str
    subject: str
    text: str
    calendar: bytes = b""
    paper: bytes = b""


def acceptable(address: str) -> bool:
    """Whether this is one e-mail address, and nothing that could add headers or further receivers."""
    if not 3 <= len(address) <= LONGEST or not address.isascii() or not address.isprintable() or " " in address:
        return False
    try:
        read = Address(addr_spec=address)
    except (MessageError, ValueError, IndexError):
        return False
    return bool(read.username and read.domain)


def message(letter: Letter, sender: str, organisation: str, now: int) -> EmailMessage:
    """As it goes out: text first, so that every mail program shows something."""
    made = EmailMessage()
    made["From"] = Address(organisation, addr_spec=sender)
    made["To"] = Address(letter.name, addr_spec=letter.to)
    made["Subject"] = letter.subject
    made["Date"] = format_datetime(datetime.fromtimestamp(now / 1000, UTC))
    made["Message-ID"] = make_msgid(domain=sender.rpartition("@")[2])
    made["Auto-Submitted"] = "auto-generated"  # nobody's absence notice answers it
    made.set_content(letter.text)
    if letter.calendar:
        made.add_attachment(letter.calendar, "text", "calendar", filename="phien-hop.ics", params={"method": "REQUEST"})
    if letter.paper:
        made.add_attachment(letter.paper, "application", "pdf", filename="giay-moi.pdf")
    return made
