"""The adapter: what a unit is told is only what is new, silence before the next voice, and nonsense moves nothing."""

from __future__ import annotations

import pytest

from meetingroom.units.following import Follower, read
from meetingroom.units.simulated import Simulated


def test_only_what_is_new_is_told() -> None:
    told: list[str] = []
    follower = Follower(Simulated(told.append))
    for microphones, camera in ((["06"], "06"), (["06"], "06"), (["09"], "09"), ([], "09"), ([], None)):
        follower.take({"microphones": microphones} | ({"camera": camera} if camera else {}))
    assert told == [
        "microphone 06 on", "camera to 06", "microphone 06 off", "microphone 09 on", "camera to 09",
        "microphone 09 off", "camera to the room",
    ]  # fmt: skip


def test_events_are_read_line_by_line() -> None:
    lines = [
        b": still here\n",
        b"\n",
        b"event: floor\n",
        b'data: {"microphones": ["1"]}\n',
        b"data: [1]\n",
        b"data: {}\n",
    ]
    assert list(read(lines)) == [{"microphones": ["1"]}]
    with pytest.raises(ValueError):
        list(read([b"data: {\n"]))
