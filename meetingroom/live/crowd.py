"""Crowd: the devices of one audience, and how one frame goes to all of them.

Most are in step: at the version the audience was last shown, with nothing waiting on their line. They are written to with the
bare send of their socket and nothing else of them is touched: to a thousand tablets, a third of what a page turn cost was
the memory of seats, lines and transports it went through. Whoever falls out of step is taken in again at a beat.
"""

from __future__ import annotations

from functools import partial

from meetingroom.live.seat import FULL, Seat, Send


class Crowd:
    """`version` is that of all who are in step; what was last shown, once `show` returns."""

    def __init__(self, version: int) -> None:
        self.version = version
        self._in_step: dict[Seat, Send] = {}
        self._others: set[Seat] = set()

    def __len__(self) -> int:
        return len(self._in_step) + len(self._others)

    def add(self, seat: Seat) -> None:
        self._others.add(seat)

    def remove(self, seat: Seat) -> None:
        self.fall_out(seat)
        self._others.discard(seat)

    def show(self, frame: bytes, version: int) -> None:
        """From the version before to this one. Who is elsewhere, or full, is left out until a beat brings them up."""
        stuck = self._send(frame)
        former, self.version = self.version, version
        self._write_rest(stuck, frame)
        for seat in self._others:
            if seat.version == former and seat.line.offer(frame, FULL):
                seat.version = version

    def tell(self, frame: bytes) -> None:
        """Something that changes no version."""
        self._write_rest(self._send(frame), frame)
        for seat in self._others:
            if seat.version is not None and not seat.is_full:
                seat.line.write(frame)

    def gather(self) -> None:
        """Take in step whoever can be."""
        for seat in [seat for seat in self._others if seat.version == self.version]:
            send = seat.line.straight(partial(self.fall_out, seat))
            if send:
                self._others.discard(seat)
                self._in_step[seat] = send
                seat.crowd = self

    def fall_out(self, seat: Seat) -> None:
        """Its line has something waiting, or is about to close: nothing may be sent past that."""
        if self._in_step.pop(seat, None):
            seat.crowd = None
            seat.version = self.version
            self._others.add(seat)

    def _send(self, frame: bytes) -> dict[Send, int]:
        """To all in step; who did not take all of it, and how many bytes they took."""
        size, stuck = len(frame), {}
        for send in self._in_step.values():
            try:
                taken = send(frame)
            except BlockingIOError:
                taken = 0
            except OSError:  # cut: its protocol is about to hear of it
                continue
            if taken != size:
                stuck[send] = taken
        return stuck

    def _write_rest(self, stuck: dict[Send, int], frame: bytes) -> None:
        if stuck:
            for seat, send in [each for each in self._in_step.items() if each[1] in stuck]:
                self.fall_out(seat)
                seat.line.write(frame[stuck[send] :])
