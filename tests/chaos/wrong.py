"""Copies of the server that are wrong in one way each: the checker must find every one of them out."""

from __future__ import annotations

import shutil
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

Change = tuple[str, str, str]  # file, what stands there once, what stands there then

WRONG: dict[str, tuple[Change, ...]] = {
    "acknowledge before commit": (
        (
            "live/room.py",
            "                    await self._record(self._journal.append,",
            "                    draft.answer()\n"
            "                    await asyncio.sleep(0.05)\n"
            "                    await self._record(self._journal.append,",
        ),
    ),
    "no duplicate check": (
        ("live/draft.py", "if waiting.id and (again :=", "if False and (again :="),
        ("storage/tables.py", '(UniqueConstraint("stream", "actor", "command"),)', "()"),
    ),
    "no state check": (
        (
            "domain/voting/conduct.py",
            'require(vote.phase is VotePhase.OPEN, "voting.not_open")\n    require(not vote.by_hand',
            "require(not vote.by_hand",
        ),
    ),
}


def copied(folder: Path, changes: tuple[Change, ...]) -> Path:
    """A copy of the program in which these changes were made; run it from there."""
    shutil.copytree(ROOT / "meetingroom", folder / "meetingroom", ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("web", "tests"):
        (folder / name).symlink_to(ROOT / name)
    for name, old, new in changes:
        path = folder / "meetingroom" / name
        text = path.read_text()
        assert text.count(old) == 1, f"{name} is not what it was: {old}"
        path.write_text(text.replace(old, new))
    return folder
