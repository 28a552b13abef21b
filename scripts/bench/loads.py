"""Servers and the load client as processes: started, asked, measured."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import struct
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
BUILT = ROOT / ".venv" / "lib" / "bench"  # never in the repository
NODE_WS, SOCKETIO, PDFJS = "ws@8", "python-socketio>=5", "pdfjs-dist@6"


class Missing(Exception):
    """Something this machine does not have; the text says what."""


def compiled(source: str) -> Path:
    compiler = shutil.which("cc")
    if compiler is None:
        raise Missing("no C compiler (cc): the load client cannot be built, nothing is measured")
    BUILT.mkdir(parents=True, exist_ok=True)
    target, path = BUILT / Path(source).stem, HERE / source
    if not target.exists() or target.stat().st_mtime < path.stat().st_mtime:
        subprocess.run([compiler, "-O2", "-o", target, path], check=True)
    return target


@dataclass(frozen=True)
class Times:
    """Microseconds after `start` (CLOCK_MONOTONIC, ns): the first, median, 99th percentile and last that was served."""

    start: int
    first: int
    median: int
    p99: int
    last: int
    received: int

    def since(self, instant: int) -> int:
        """Microseconds from an instant (ns) to the last."""
        return self.last - (instant - self.start) // 1000


class Load:
    """The load client with its connections; see load.c."""

    def __init__(self, port: int, connections: Sequence[str], first: str) -> None:
        self.file = tempfile.NamedTemporaryFile("w", suffix=".txt")  # noqa: SIM115  (closed with the client)
        self.file.write("\n".join(connections) + "\n")
        self.file.flush()
        self.process = subprocess.Popen(
            [compiled("load.c"), "127.0.0.1", str(port), self.file.name, first],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1,
        )  # fmt: skip

    def ask(self, *words: str) -> Times:
        self.say(*words)
        return self.answer()

    def say(self, *words: str) -> None:
        assert self.process.stdin
        self.process.stdin.write("\t".join(words) + "\n")

    def answer(self) -> Times:
        assert self.process.stdout
        line = self.process.stdout.readline()
        if not line:
            raise RuntimeError("the load client gave up")
        return Times(*map(int, line.split()))

    def send_each(self, lines: Sequence[str], *words: str) -> Times:
        """`burst` and `get`: line i from connection i."""
        with tempfile.NamedTemporaryFile("w", suffix=".txt") as file:
            file.write("\n".join(lines) + "\n")
            file.flush()
            return self.ask(words[0], file.name, *words[1:])

    def mute(self, connection: int) -> None:
        assert self.process.stdin and self.process.stdout
        self.process.stdin.write(f"mute\t{connection}\n")
        self.process.stdout.readline()

    def close(self) -> None:
        assert self.process.stdin and self.process.stdout
        self.process.stdin.close()
        self.process.stdout.close()
        self.process.wait(10)
        self.file.close()


class Process:
    """A server and what it has used."""

    def __init__(self, command: Sequence[str | Path], environment: dict[str, str] | None = None) -> None:
        self.process = subprocess.Popen(
            list(map(str, command)), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
            env=os.environ | (environment or {}), cwd=ROOT,
        )  # fmt: skip
        assert self.process.stdout
        self.said = self.process.stdout.readline().strip()
        if not self.said:
            raise RuntimeError(f"{command} did not start")

    @property
    def port(self) -> int:
        return int(self.said) if self.said.isdigit() else int(json.loads(self.said)["home"].rsplit(":", 1)[1])

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def cpu(self) -> float:
        """Seconds of CPU so far of all its threads, its workers not included."""
        tasks = Path(f"/proc/{self.process.pid}/task").glob("*/schedstat")
        return sum(int(task.read_text().split()[0]) for task in tasks) / 1e9

    def memory(self) -> int:
        """Resident bytes."""
        return int(Path(f"/proc/{self.process.pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")

    def memory_of_workers(self) -> int:
        """Resident bytes of the processes it has started, and those they have, that no other shares."""
        total = 0
        for child in _below(self.process.pid):
            with contextlib.suppress(OSError):  # it may end meanwhile
                lines = Path(f"/proc/{child}/smaps_rollup").read_text().splitlines()
                total += sum(int(line.split()[1]) * 1024 for line in lines if line.startswith("Private_"))
        return total

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(30)
        if self.process.stdout:
            self.process.stdout.close()


class Served(Process):
    """Our server on a data folder."""

    def __init__(self, data: Path, address: str = "", storage: bool = True, commits: str = "commits") -> None:
        self._commits = data / commits
        options = [] if storage else ["--without-storage"]
        serve = ["serve", "--json", "--port", "0", "--data", str(data)]
        super().__init__(
            [sys.executable, str(HERE / "served.py"), str(self._commits), *options, *serve],
            {"MEETINGROOM_DATABASE": address} if address else None,
        )

    def committed(self) -> tuple[int, int]:
        """(nanoseconds of the last commit, how many there were)"""
        instant, count, _ = struct.unpack("qqq", self._commits.read_bytes())
        return int(instant), int(count)

    def drawn(self) -> int:
        """How often a worker was asked for images."""
        return int(struct.unpack("qqq", self._commits.read_bytes())[2])


def _below(process: int) -> Iterator[int]:
    for each in Path(f"/proc/{process}/task").glob("*/children"):
        with contextlib.suppress(OSError):
            for child in map(int, each.read_text().split()):
                yield child
                yield from _below(child)


PEERS = ("writer", "broadcast", "node ws", "socketio", "broadcast, durable", "node ws, durable")


def peer(name: str, turn: int, hello: int, kept: Path | None = None) -> Process:
    """A peer that answers a turn with this many bytes to all, a hello with that many. Raises Missing.

    One that is durable appends as many bytes to the file `kept` and waits for the disk before it sends a turn.
    """
    sizes = [str(turn), str(hello)]
    if name.endswith(", durable"):
        assert kept
        name, sizes = name.removesuffix(", durable"), [*sizes, str(kept)]
    match name:
        case "writer":
            return Process([compiled("peers/writer.c"), *sizes])
        case "broadcast":
            return Process([sys.executable, HERE / "peers/library.py", *sizes])
        case "handshake":
            return Process([sys.executable, HERE / "peers/handshake.py", *sizes])
        case "node ws":
            return Process([_node(), HERE / "peers/node_ws.js", *sizes], {"NODE_PATH": str(_node_modules())})
        case "socketio":
            return Process([_socketio(), HERE / "peers/socketio_peer.py", *sizes])
    raise ValueError(name)


def _node() -> str:
    node = shutil.which("node")
    if node is None:
        raise Missing("no Node.js: not compared with Node ws")
    return node


def _node_modules() -> Path:
    place = BUILT / "node"
    if not (place / "node_modules" / "ws").exists():
        _quiet(["npm", "install", "--silent", "--no-fund", "--no-audit", "--prefix", str(place), NODE_WS], "Node ws")
    return place / "node_modules"


def pdfjs() -> Path:
    """The folder of pdf.js. Raises Missing."""
    place = BUILT / "pdfjs"
    if not (place / "node_modules" / "pdfjs-dist").exists():
        _quiet(
            ["npm", "install", "--silent", "--no-fund", "--no-audit", "--omit=optional", "--prefix", str(place), PDFJS],
            "pdf.js",
        )
    return place / "node_modules" / "pdfjs-dist"


def _socketio() -> Path:
    python = BUILT / "socketio" / "bin" / "python"
    if not python.exists():
        _quiet([sys.executable, "-m", "venv", str(BUILT / "socketio")], "python-socketio")
        packages = [SOCKETIO, "uvicorn==0.54.*", "websockets==17.*", "httptools"]
        _quiet([str(python), "-m", "pip", "install", "--quiet", *packages], "python-socketio")
    return python


def _quiet(command: list[str], what: str) -> None:
    try:
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    except (OSError, subprocess.CalledProcessError) as error:
        raise Missing(f"{what} cannot be installed here: not compared with it") from error


@contextlib.contextmanager
def folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="meetingroom-bench-") as place:
        yield Path(place)
