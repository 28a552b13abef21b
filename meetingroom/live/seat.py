"""Seat: one connected device of a participant.

Everything written to a seat goes through a write that never waits. While the socket of a seat is full it is left
out; when it drains it gets one patch from what it last had to now, so that a tablet that stopped reading costs
constant memory and holds up nobody.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from meetingroom.domain.audience import Audience

if TYPE_CHECKING:
    from meetingroom.live.crowd import Crowd

Send = Callable[[bytes], int]  # of a socket: how many bytes it took; raises OSError

FULL = 64 * 1024  # bytes waiting in the socket's buffer above which a seat is left out
LOST = 1024 * 1024  # bytes waiting above which even its own answers are not worth keeping


class Line(Protocol):
    """A websocket as the room needs it; implemented over uvicorn's transport in endpoints/wire.py."""

    @property
    def inflates(self) -> bool:
        """Whether compressed messages were agreed on, each by itself and with the largest window."""

    def write(self, frame: bytes) -> None:
        """Send a complete frame, or the rest of one, if the line is open; never waits, never raises."""

    def offer(self, frame: bytes, most: int) -> bool:
        """Write, unless more than `most` bytes are waiting; whether it was written."""

    def straight(self, lost: Callable[[], None]) -> Send | None:
        """The bare send of the socket, to be used until `lost` is called: before anything waits and before a closing frame.

        None where there is none: with TLS, while something waits, once it is closing.
        """

    def waiting(self) -> int:
        """Bytes accepted and not yet taken by the network."""

    def close(self, code: int, reason: str) -> None:
        """Begin the closing handshake."""


class Seat:
    """`version` is what this device was last shown; None until it has said hello."""

    __slots__ = (
        "_version",
        "audience",
        "crowd",
        "device",
        "following",
        "full",
        "ink",
        "line",
        "look",
        "me",
        "participant",
        "session",
        "watches_delivery",
    )

    def __init__(self, line: Line, participant: str, session: str, audience: Audience) -> None:
        self.line = line
        self.participant = participant
        self.session = session
        self.audience = audience
        self.crowd: Crowd | None = None  # in which it is in step
        self._version: int | None = None
        self.me: bytes | None = None  # the personal part last sent; None: to be sent when the line drains
        self.following = False
        self.device = ""  # the name it gave itself, for the board of deliveries
        self.watches_delivery = False
        self.ink = 0  # the version of the ink on the page last shown
        self.full = ""  # the stroke this device was told about that the page holds no more
        self.look = b""  # the part of the page last shown, as it was sent

    @property
    def version(self) -> int | None:
        return self.crowd.version if self.crowd else self._version

    @version.setter
    def version(self, version: int) -> None:
        if self.crowd:
            self.crowd.fall_out(self)
        self._version = version

    @property
    def is_full(self) -> bool:
        return self.line.waiting() > FULL

    def answer(self, frame: bytes) -> None:
        """Send what only this device asked for; a device that asks on and on without reading is cut off."""
        if self.line.waiting() > LOST:
            self.line.close(4408, "not reading")
        else:
            self.line.write(frame)
