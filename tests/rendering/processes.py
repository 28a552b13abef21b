"""Which processes there are, read from /proc."""

import time
from pathlib import Path


def children(parent: int) -> list[int]:
    return [int(pid) for pid in Path(f"/proc/{parent}/task/{parent}/children").read_text().split()]


def zygote_of(server: int) -> int:
    """Ours is told from other children of the server by its command line, also within the wall around it."""
    [zygote] = [pid for pid in children(server) if b"meetingroom.rendering.zygote" in command(pid)]
    return children(zygote)[0] if command(zygote).split(b"\0")[0].endswith(b"bwrap") else zygote


def command(pid: int) -> bytes:
    return Path(f"/proc/{pid}/cmdline").read_bytes()


def wait_until_gone(pid: int) -> None:
    for _ in range(500):
        try:
            state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
        except FileNotFoundError:
            return
        if state == "Z":  # dead, and nobody has collected it yet
            return
        time.sleep(0.01)
    raise AssertionError(f"process {pid} is still there")
