"""Papers through a real server as a secretary uploads them, while another process asks whether the server still answers."""

from __future__ import annotations

import itertools
import json
import re
import statistics
import subprocess
import sys
import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote

from meetingroom.domain.audience import merge
from meetingroom.words import Catalogue
from tests.endpoints.line import handshake
from tests.rendering.processes import children, zygote_of
from tests.servers import Server, found
from tests.stories import SECRETARY, Story

AT_ONCE = 4  # uploads
IN_ONE_MEETING = 250
ODD_NAMES = (
    "báo cáo.pdf",
    "Ba\u0301o ca\u0301o quy\u0301.pdf",
    "\u202egnp.exe.pdf",
    "../../../etc/passwd.pdf",
    "C:\\Windows\\x.pdf",
    "<svg onload=alert(1)>.pdf",
    "x" * 4000 + ".pdf",
    "a\r\nSet-Cookie: x.pdf",
    "\x01\x7f\x85.pdf",
    "%00%2e%2e.pdf",
    "",
)
OVER = ("ready", "rejected")


@dataclass(frozen=True)
class Paper:
    name: str
    content: bytes


@dataclass
class Verdict:
    """`endings`: what became of the papers, and which. Seconds, and bytes of memory."""

    papers: int = 0
    endings: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    slowest: float = 0.0
    median: float = 0.0
    idle: float = 0.0  # the slowest answer of a server beside it that has nothing to do
    server: int = 0
    everything: int = 0
    logged: str = ""
    left: int = 0

    def wrong(self, patience: float, memory: int = 600 << 20) -> list[str]:
        found = [f"ended as “{ending}”: {names[:5]}" for ending, names in self.endings.items() if not _is_clear(ending)]
        if sum(map(len, self.endings.values())) != self.papers:
            found.append(f"{self.papers} papers were sent, {sum(map(len, self.endings.values()))} came to an end")
        if self.slowest > patience + self.idle:
            found.append(f"/healthz took {self.slowest:.3f} s where an idle server took {self.idle:.3f} s")
        if "Traceback" in self.logged or re.search(r"\b(ERROR|CRITICAL)\b", self.logged):
            at = re.search(r"Traceback|\b(ERROR|CRITICAL)\b", self.logged)
            found.append(f"in the log: {self.logged[at.start() - 300 : at.start() + 1500] if at else ''}")
        if self.left:
            found.append(f"{self.left} processes are left over")
        if self.server > memory:
            found.append(f"the server took {self.server >> 20} MiB")
        return found


def _is_clear(ending: str) -> bool:
    """Pages, or a reason that has a sentence in both languages."""
    known = Catalogue(Path(__file__).parents[2] / "web" / "words")
    keys = {f"rejected.{ending}", f"refusal.{ending}"}
    return ending == "ready" or all(keys & set(known.texts[language]) for language in ("vi", "en"))


def trial(folder: Path, papers: list[Paper]) -> Verdict:
    verdict = Verdict(len(papers))
    data = folder / "data"
    meetings = [f"m{number}" for number in range(-(-len(papers) // IN_ONE_MEETING))]
    codes = {key: found(data, key, Story.of_a_committee(key).events)[SECRETARY] for key in meetings}
    with Server(data) as server:
        zygote = zygote_of(server.process.pid)
        watching = _watch(server)
        for number, meeting in enumerate(meetings):
            some = papers[number * IN_ONE_MEETING : (number + 1) * IN_ONE_MEETING]
            cookie = server.ask("GET", f"/j/{codes[meeting]}").cookie
            headers = {"Cookie": cookie, "Origin": server.base, "Content-Type": "application/pdf"}
            at = f"/m/{meeting}/{SECRETARY}"
            sent = _send_all(server, at, headers, some, verdict)
            for revision, ending in _endings(server, at, headers, set(sent)):
                verdict.endings[ending].append(sent[revision])
        watching.terminate()
        told = watching.communicate(timeout=20)[0].split()
        taken = [float(each) for each in told[:-3]]
        verdict.idle = float(told[-3].split("=")[1])
        verdict.slowest, verdict.median = max(taken), statistics.median(taken)
        verdict.server, verdict.everything = (int(each.split("=")[1]) for each in told[-2:])
        verdict.left = _left_over(zygote)
        verdict.logged = server.logged()
    return verdict


def _send_all(
    server: Server, at: str, headers: dict[str, str], papers: list[Paper], verdict: Verdict
) -> dict[str, str]:
    """Several at once. By revision, the names of those that were taken in; the others have ended here."""
    queue, sent, names = iter(papers), {}, itertools.cycle(ODD_NAMES)
    one = threading.Lock()

    def send() -> None:
        while True:
            with one:
                paper, name = next(queue, None), next(names)
            if paper is None:
                return
            revision, ending = _send(server, f"{at}/papers?item=one&file_name={quote(name)}", headers, paper.content)
            with one:
                if revision:
                    sent[revision] = paper.name
                else:
                    verdict.endings[ending].append(f"{paper.name} as {name[:20]!r}")

    threads = [threading.Thread(target=send) for _ in range(AT_ONCE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sent


def _send(server: Server, path: str, headers: dict[str, str], content: bytes) -> tuple[str, str]:
    """The revision it became, or the code of the reason why not."""
    try:
        answer = server.ask("PUT", path, headers, content)
    except OSError as error:
        return "", repr(error)
    said: dict[str, Any] = json.loads(answer.body) if answer.body.startswith(b"{") else {}
    return str(said.get("revision", "")), str(said.get("code", f"status {answer.status}"))


def _endings(server: Server, at: str, headers: dict[str, str], waiting: set[str]) -> Iterator[tuple[str, str]]:
    """As the secretary's page is shown them, each with its ending: ready, or the code of the reason."""
    with handshake(server.port, f"{at}/live", headers) as line:
        line.connection.settimeout(300)
        line.say({"hello": 1})
        papers = line.hear("view")["view"].get("papers", {})
        while True:
            for paper in papers.values():
                for key, revision in paper["revisions"].items():
                    if key in waiting and revision["state"] in OVER:
                        waiting.discard(key)
                        yield key, revision.get("reason", revision["state"])
            if not waiting:
                return
            papers = merge(papers, line.hear("patch")["patch"].get("papers", {}))


WATCH = """
import http.client, http.server, os, signal, sys, time
port, server = int(sys.argv[1]), int(sys.argv[2])
going, most, together = True, 0, 0
def stop(*_):
    global going
    going = False
signal.signal(signal.SIGTERM, stop)
def below(pid):
    yield pid
    try:
        for child in open(f"/proc/{pid}/task/{pid}/children").read().split():
            yield from below(int(child))
    except OSError:
        pass
def size(pid):
    try:
        return int(open(f"/proc/{pid}/statm").read().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        return 0
def ask(port):
    begun = time.monotonic()
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", "/healthz")
    assert connection.getresponse().status == 200
    connection.close()
    return time.monotonic() - begun
class Nothing(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
    def log_message(self, *_):
        pass
beside = http.server.HTTPServer(("127.0.0.1", 0), Nothing)
if not (child := os.fork()):  # what a server that has nothing to do takes on this machine just now
    beside.serve_forever()
idle = 0
print("begun", flush=True)
while going:
    print(f"{ask(port):.6f}")
    idle = max(idle, ask(beside.server_port))
    most, together = max(most, size(server)), max(together, sum(map(size, below(server))))
    time.sleep(0.05)
os.kill(child, signal.SIGKILL)
print(f"idle={idle} server={most} together={together}")
"""


def _watch(server: Server) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", WATCH, str(server.port), str(server.process.pid)]
    watching = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert watching.stdout and watching.stdout.readline() == "begun\n"
    return watching


def _left_over(zygote: int) -> int:
    """What still runs below it a moment after the last paper; papers are still described in the background."""
    until = time.monotonic() + 120
    while (left := len(children(zygote))) and time.monotonic() < until:
        time.sleep(0.2)
    return left
