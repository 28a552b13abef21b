"""An official document on its way between two agencies, and what one tells the other about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import IntEnum, StrEnum


class Unreadable(Exception):
    """What came is no edXML that can be taken in. `code` is one of the sentences under `exchange.unreadable.`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Unwritable(Exception):
    """The regulation wants something else; `field` is what is missing or too long."""

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


class Priority(IntEnum):
    NORMAL, URGENT, VERY_URGENT, FLASH, FLASH_TIMED = range(5)


class Business(IntEnum):
    """What the sender wants of it: a new document, or of one sent before."""

    NEW, RECALL, UPDATE, REPLACE = range(4)


class StatusCode(StrEnum):
    """What became of a document where it was sent to."""

    ARRIVED = "01"
    REFUSED = "02"
    RECEIVED = "03"
    WAITING = "04"
    IN_WORK = "05"
    DONE = "06"
    RECALLED = "13"
    AGREED = "15"
    NOT_AGREED = "16"


@dataclass(frozen=True, slots=True)
class Organ:
    """An agency. `id` as the national list of identifiers writes it: 000.00.00.H01."""

    id: str
    name: str = ""
    in_charge: str = ""
    address: str = ""
    email: str = ""
    telephone: str = ""


@dataclass(frozen=True, slots=True)
class Attachment:
    name: str
    kind: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Reference:
    """The document that is meant. `document`: its id."""

    organ: str
    number: str
    notation: str
    promulgated: date | None
    document: str


@dataclass(frozen=True, slots=True)
class Letter:
    """`number` and `notation` make "05" and "TB-UBND"; `document` is unique among all documents of all agencies."""

    sender: Organ
    receivers: tuple[Organ, ...]
    document: str
    number: str
    notation: str
    place: str
    promulgated: date | None
    kind: str
    subject: str
    content: str = ""
    signer: str = ""
    position: str = ""
    competence: str = ""
    due: date | None = None
    places: tuple[str, ...] = ()
    priority: Priority = Priority.NORMAL
    pages: int = 0
    amount: int = 1
    business: Business = Business.NEW
    reason: str = ""
    about: str = ""  # id of the document that is recalled, changed or replaced
    answers: tuple[Reference, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    at: str = ""  # when it was sent, yyyy/MM/dd HH:mm:ss

    @property
    def reference(self) -> Reference:
        return Reference(self.sender.id, self.number, self.notation, self.promulgated, self.document)


@dataclass(frozen=True, slots=True)
class Status:
    """What `sender` tells about the document `about`."""

    sender: Organ
    about: Reference
    code: str
    text: str = ""
    at: str = ""
