"""A simulated unit: says what a real one would do, one line an order, and knows which microphones are open."""

from __future__ import annotations

from collections.abc import Callable


class Simulated:
    """`told` is given each order in words."""

    def __init__(self, told: Callable[[str], None] = print) -> None:
        self._told = told
        self.microphones: set[str] = set()
        self.camera: str | None = None

    def open(self, seat: str) -> None:
        self.microphones.add(seat)
        self._told(f"microphone {seat} on")

    def close(self, seat: str) -> None:
        self.microphones.discard(seat)
        self._told(f"microphone {seat} off")

    def look(self, seat: str | None) -> None:
        self.camera = seat
        self._told(f"camera to {seat or 'the room'}")
