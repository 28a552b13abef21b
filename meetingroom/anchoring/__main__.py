"""One job in a process of its own: {"do", "before", "after", "marks"?, "revision"?} comes in as JSON, the answer goes out."""

from __future__ import annotations

import json
import os
import sys

from meetingroom.anchoring.carrying import carry
from meetingroom.anchoring.changes import changes
from meetingroom.anchoring.pages import Text
from meetingroom.domain import marks


def main() -> None:
    os.nice(10)  # the meeting goes first
    job = json.load(sys.stdin.buffer)
    before, after = Text.read(job["before"]), Text.read(job["after"])
    if job["do"] == "carry":
        placed = carry(before, after, [marks.read(mark) for mark in job["marks"]], job["revision"])
        answer: object = {key: marks.write(mark) for key, mark in placed.items()}
    else:
        answer = changes(before, after)
    sys.stdout.buffer.write(json.dumps(answer, ensure_ascii=False, separators=(",", ":")).encode())


main()
