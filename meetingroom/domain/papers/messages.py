"""What is asked of papers, and what has happened to them."""

from __future__ import annotations

from enum import StrEnum

from meetingroom.domain.messages import OFFICE, SYSTEM, Command, Event, Id, Line, Moment, command, event


class Readers(StrEnum):
    EVERYONE = "everyone"
    MEMBERS = "members"
    NAMED = "named"


class Signed(StrEnum):
    """What the digital signatures of a file say together; `doubtful`: one is broken, or it is not known what came after."""

    NOT = "not"
    INTACT = "intact"
    DOUBTFUL = "doubtful"
    UNREAD = "unread"


Sizes = tuple[tuple[int, float, float], ...]
"""Page sizes as runs: (how many pages, width, height) in points, as displayed."""


@command("papers.receive", by=OFFICE, wire=False)
class Receive(Command):
    """An upload has been stored. Only the server gives this: a device could otherwise name any file by its hash."""

    file: Line
    file_name: Line
    size: int
    paper: Id | None = None
    item: Id | None = None
    title: Line = ""


@command("papers.accept", by=SYSTEM, wire=False)
class Accept(Command):
    paper: Id
    revision: Id
    pages: int
    sizes: Sizes


@command("papers.describe", by=SYSTEM, wire=False)
class Describe(Command):
    """What was found in a revision: on `silent` of its pages there are no words to be searched."""

    paper: Id
    revision: Id
    silent: int
    signed: Signed


@command("papers.reject", by=SYSTEM, wire=False)
class Reject(Command):
    """`page`, `pages` and `most` fill the sentence of the reason; 0 where it has no such number."""

    paper: Id
    revision: Id
    reason: Line
    page: int = 0
    pages: int = 0
    most: int = 0


@command("papers.change", by=OFFICE)
class ChangePaper(Command):
    paper: Id
    title: Line
    readers: Readers
    named: tuple[Id, ...] = ()
    release_at: Moment | None = None


@command("papers.move", by=OFFICE)
class MovePaper(Command):
    paper: Id
    item: Id
    before: Id | None = None


@command("papers.release", by=OFFICE | SYSTEM)
class Release(Command):
    paper: Id


@command("papers.withdraw", by=OFFICE)
class Withdraw(Command):
    paper: Id


@command("papers.restore", by=OFFICE)
class Restore(Command):
    paper: Id


@command("papers.discard", by=OFFICE, when="the revision is not the one being read")
class Discard(Command):
    paper: Id
    revision: Id


@command("papers.switch", by=OFFICE, when="a newer revision waits")
class Switch(Command):
    paper: Id


@command("papers.protect", by=OFFICE)
class Protect(Command):
    """`kept`: tablets may keep it for reading without a network. `watermarked`: each reader's name is drawn into it."""

    paper: Id
    kept: bool
    watermarked: bool


@command("papers.classify", by=OFFICE | SYSTEM)
class Classify(Command):
    """What kind of document it is and who issued it, as lists of papers say. The server, which reads it on the first page,
    never speaks against somebody who said so."""

    paper: Id
    kind: Line = ""
    issuer: Line = ""


@event("papers.received")
class RevisionReceived(Event):
    paper: str
    revision: str
    item: str
    title: str
    file: str
    file_name: str
    size: int
    at: int


@event("papers.accepted")
class RevisionAccepted(Event):
    paper: str
    revision: str
    pages: int
    sizes: Sizes
    waits: bool = False
    replaces: str | None = None


@event("papers.described")
class RevisionDescribed(Event):
    paper: str
    revision: str
    silent: int
    signed: Signed


@event("papers.switched")
class RevisionSwitched(Event):
    paper: str
    revision: str
    pages: int


@event("papers.rejected")
class RevisionRejected(Event):
    paper: str
    revision: str
    reason: str
    page: int = 0
    pages: int = 0
    most: int = 0


@event("papers.changed")
class PaperChanged(Event):
    paper: str
    title: str
    readers: Readers
    named: tuple[str, ...]
    released: bool
    release_at: int | None = None


@event("papers.protected")
class PaperProtected(Event):
    paper: str
    kept: bool
    watermarked: bool


@event("papers.classified")
class PaperClassified(Event):
    paper: str
    kind: str
    issuer: str


@event("papers.moved")
class PaperMoved(Event):
    paper: str
    item: str
    before: str | None = None


@event("papers.released")
class PaperReleased(Event):
    paper: str


@event("papers.withdrawn")
class PaperWithdrawn(Event):
    paper: str


@event("papers.restored")
class PaperRestored(Event):
    paper: str


@event("papers.discarded")
class RevisionDiscarded(Event):
    paper: str
    revision: str


PapersCommand = (
    Receive | Accept | Describe | Reject | ChangePaper | MovePaper | Release | Withdraw | Restore | Discard | Switch
    | Protect | Classify
)  # fmt: skip
