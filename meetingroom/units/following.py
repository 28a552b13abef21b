"""Following: the feed of a server becomes what a unit is told to do, and only what is new is told."""

from __future__ import annotations

import http.client
import json
import ssl
import time
from collections.abc import Iterable, Iterator
from typing import Any, Protocol
from urllib.parse import urlsplit

PATH = "/feed/floor"
SILENCE = 15.0  # seconds without a line: the connection is dead, whatever the network says
PAUSES = (0.5, 1, 2, 5)  # seconds before the next try


class Unit(Protocol):
    """What a conference unit or a camera can do. Seats are named as on the seat plan; a call may be repeated."""

    def open(self, seat: str) -> None:
        """Open the microphone of a seat."""

    def close(self, seat: str) -> None:
        """Close it."""

    def look(self, seat: str | None) -> None:
        """Turn the camera to a seat; None: to the whole room."""


class NotAdmitted(Exception):
    """The server does not take this code."""


class Follower:
    """Keeps what a unit was told, so that each state of the feed becomes the smallest number of orders."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit
        self._open: frozenset[str] = frozenset()
        self._camera: str | None = None

    def take(self, state: dict[str, Any]) -> None:
        wanted = frozenset(state["microphones"])
        for seat in sorted(self._open - wanted):  # first silence, then the next voice
            self._unit.close(seat)
        for seat in sorted(wanted - self._open):
            self._unit.open(seat)
        self._open = wanted
        camera = state.get("camera")
        if camera != self._camera:
            self._unit.look(camera)
            self._camera = camera


def follow(server: str, code: str, unit: Unit, authorities: str | None = None) -> None:
    """Until the code is not taken any more (NotAdmitted). A lost server leaves microphones as they are.

    `authorities`: a PEM file of who may vouch for the server, where https is its own.
    """
    follower, tries = Follower(unit), 0
    while True:
        try:
            for state in states(server, code, authorities):
                follower.take(state)
                tries = 0
        except (OSError, http.client.HTTPException, ValueError):
            pass  # a restart, a cable: asked again, and the whole state comes
        time.sleep(PAUSES[min(tries, len(PAUSES) - 1)])
        tries += 1


def states(server: str, code: str, authorities: str | None = None) -> Iterator[dict[str, Any]]:
    """The states of one connection, as they come."""
    address = urlsplit(server)
    host, timeout = address.hostname or "", SILENCE
    if address.scheme == "https":
        context = ssl.create_default_context(cafile=authorities)
        connection: http.client.HTTPConnection = http.client.HTTPSConnection(
            host, address.port, timeout=timeout, context=context
        )
    else:
        connection = http.client.HTTPConnection(host, address.port, timeout=timeout)
    try:
        connection.request("GET", PATH, headers={"Authorization": f"Bearer {code}", "Accept": "text/event-stream"})
        response = connection.getresponse()
        if response.status == 401:
            raise NotAdmitted
        if response.status != 200:
            raise http.client.HTTPException(f"status {response.status}")
        yield from read(response)
    finally:
        connection.close()


def read(lines: Iterable[bytes]) -> Iterator[dict[str, Any]]:
    """The data of server-sent events, each one line of JSON; comments say only that the line is alive."""
    for line in lines:
        if line.startswith(b"data: "):
            state = json.loads(line[6:])
            if isinstance(state, dict) and isinstance(state.get("microphones"), list):
                yield state
