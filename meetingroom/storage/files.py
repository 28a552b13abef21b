"""Files that must survive a power cut."""

from __future__ import annotations

import contextlib
import os
import secrets
from pathlib import Path

BLOCK = 1 << 20


def sync_folder(folder: Path) -> None:
    """Make durable which names are in a folder."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def keep_key(path: Path, content: bytes) -> None:
    """Whole and durable when this returns, or as it was before; readable by this user only."""
    _written(path, content).rename(path)
    sync_folder(path.parent)


def keep_first_key(path: Path, content: bytes) -> None:
    """The same, unless there is one: of two processes that make a key at the same time the first wins. Read it then."""
    new = _written(path, content)
    with contextlib.suppress(FileExistsError):
        path.hardlink_to(new)
    new.unlink()
    sync_folder(path.parent)


def scrub(path: Path) -> None:
    """Overwrite and remove a file. What a flash disk or a snapshot keeps of it is beyond us. No file is no error."""
    try:
        with path.open("r+b") as file:
            left = path.stat().st_size
            while left > 0:
                left -= file.write(bytes(min(left, BLOCK)))
            file.flush()
            os.fsync(file.fileno())
    except FileNotFoundError:
        return
    path.unlink(missing_ok=True)  # another process may be at the same work
    sync_folder(path.parent)


def _written(path: Path, content: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    new = path.with_name(f"{path.name}.{secrets.token_hex(4)}.new")
    with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    return new
