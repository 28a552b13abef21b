"""Showing: what each audience was last shown, the frames that bring its seats from there to now.

A patch is computed and encoded once per audience and the same bytes go to all its seats. The views of the last
showings are kept (they share their unchanged parts), so that a device that was away a moment gets one patch.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass

from meetingroom.domain.audience import Audience, patch
from meetingroom.domain.meeting import Meeting, Shown, view
from meetingroom.live import frames

KEPT = 200  # showings one may have missed and still be brought up to date by a patch


@dataclass(frozen=True, slots=True)
class Step:
    """From what was shown to what a meeting shows, and the frame that brings seats there; None if they see no change."""

    before: Shown
    meeting: Meeting
    after: Shown
    frame: bytes | None


class Showing:
    """One audience of one meeting."""

    def __init__(self, audience: Audience, meeting: Meeting, version: int) -> None:
        self.audience = audience
        self.version = version
        self.shown: Shown = view(meeting, audience)
        self._past: OrderedDict[int, Shown] = OrderedDict({version: self.shown})
        self._snapshot: bytes | None = None
        self._deflated: bytes | None = None
        self._catch_up: dict[int, bytes] = {}
        self._prepared: Step | None = None

    def advance(self, meeting: Meeting, version: int) -> bytes | None:
        """Show the meeting as it is at `version`; the frame for seats at the former version, None if they see no change."""
        step, self._prepared = self._prepared, None
        if step is None or step.before is not self.shown or step.meeting is not meeting:
            step = self._step(meeting, version)
        self.shown = step.after
        if step.frame is None:
            return None
        self.version = version
        self._past[version] = self.shown
        while len(self._past) > KEPT:
            self._past.popitem(last=False)
        self._snapshot = self._deflated = None
        self._catch_up.clear()
        return step.frame

    def prepare(self, meeting: Meeting, version: int) -> None:
        """Make what `advance` will need if that is what comes of the meeting; shows nothing."""
        self._prepared = self._step(meeting, version)

    def _step(self, meeting: Meeting, version: int) -> Step:
        after = view(meeting, self.audience, self.shown)
        changes = patch(self.shown.view, after.view)
        frame = frames.encode({"from": self.version, "version": version, "patch": changes}) if changes else None
        return Step(self.shown, meeting, after, frame)

    def knows(self, version: int) -> bool:
        """Whether a device at this version can be brought to now by a patch."""
        return version in self._past

    def catch_up(self, version: int) -> bytes:
        """The frame from a version that is still known to now; the same for all who come from there."""
        if version not in self._catch_up:
            changes = patch(self._past[version].view, self.shown.view)
            self._catch_up[version] = frames.encode({"from": version, "version": self.version, "patch": changes})
        return self._catch_up[version]

    def snapshot(self) -> bytes:
        """The whole view, encoded once however many come at the same time."""
        if self._snapshot is None:
            self._snapshot = frames.dumps(self.shown.view)
        return self._snapshot

    def deflated(self) -> bytes:
        """The snapshot compressed, once for all too."""
        if self._deflated is None:
            self._deflated = frames.deflated(self.snapshot())
        return self._deflated
