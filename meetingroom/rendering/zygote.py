"""The warm process, `python -m meetingroom.rendering.zygote`: it has PyMuPDF in memory and forks one child a job.

It has the server's line as its standard input: a socket that keeps messages apart. In comes
{"job", "task", "limits", "memory", "seconds", "nice"} with two descriptors, the paper and the pipe for the answers, or
{"kill": job}. Out goes {"ready": [walls]} once, and {"ended": job, "status"} for every child. It opens no paper itself,
so nothing a paper does can hurt it. When the line closes, everything here ends.
"""

import ctypes
import gc
import json
import mmap
import os
import selectors
import signal
import socket
import sys
import traceback
from collections.abc import Callable
from typing import Any, NoReturn

from meetingroom.rendering import sandbox, worker
from meetingroom.rendering.limits import Limits

PR_SET_PDEATHSIG = 1
LONGEST_MESSAGE = 1 << 16


def main() -> None:
    line = socket.socket(fileno=os.dup(0))
    worker.warm_up()
    gc.collect()
    gc.freeze()  # what is there now stays shared with the children
    Zygote(line).serve()


class Zygote:
    def __init__(self, line: socket.socket) -> None:
        self.line = line
        self.children: dict[int, int] = {}  # job → process
        self.deaths, deaths = socket.socketpair()
        self.deaths.setblocking(False)
        deaths.setblocking(False)
        self.woken_by = deaths
        signal.set_wakeup_fd(deaths.fileno())
        signal.signal(signal.SIGCHLD, lambda *_: None)

    def serve(self) -> None:
        self.say({"ready": walls_of_a_child()})
        with selectors.DefaultSelector() as waiting:
            waiting.register(self.line, selectors.EVENT_READ, self.listen)
            waiting.register(self.deaths, selectors.EVENT_READ, self.bury)
            while all(key.data() for key, _ in waiting.select()):
                pass
        for child in self.children.values():
            os.kill(child, signal.SIGKILL)

    def say(self, message: dict[str, Any]) -> None:
        try:
            self.line.send(json.dumps(message).encode())
        except OSError:
            sys.exit()  # the server is gone; children die with us

    def listen(self) -> bool:
        text, descriptors, _, _ = socket.recv_fds(self.line, LONGEST_MESSAGE, 2)
        if not text:
            return False
        message = json.loads(text)
        if "kill" not in message:
            paper, pipe = descriptors
            self.children[message["job"]] = fork(lambda: self.be_child(message, paper, pipe))
        elif child := self.children.get(message["kill"]):
            os.kill(child, signal.SIGKILL)
        for descriptor in descriptors:
            os.close(descriptor)
        return True

    def be_child(self, message: dict[str, Any], paper: int, pipe: int) -> None:
        for ours in (self.line, self.deaths, self.woken_by):
            ours.close()
        os.close(0)
        os.nice(message["nice"])
        size = os.fstat(paper).st_size
        mapped = mmap.mmap(paper, size, access=mmap.ACCESS_READ) if size else b""
        os.close(paper)
        sandbox.enter(message["memory"] + size, message["seconds"])
        worker.work(message["task"], Limits(**message["limits"]), mapped, pipe)

    def bury(self) -> bool:
        self.deaths.recv(LONGEST_MESSAGE)
        for job, child in list(self.children.items()):
            gone, status = os.waitpid(child, os.WNOHANG)
            if gone:
                del self.children[job]
                self.say({"ended": job, "status": status})
        return True


def fork(be_child: Callable[[], None]) -> int:
    """Runs `be_child` in a new process that dies with this one, and ends there."""
    parent = os.getpid()
    child = os.fork()
    if child:
        return child
    run_and_end(be_child, parent)


def run_and_end(be_child: Callable[[], None], parent: int) -> NoReturn:
    status = 1
    try:
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
        if os.getppid() == parent:
            be_child()
            status = 0
    except BrokenPipeError:
        pass  # the server lost interest
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(status)


def walls_of_a_child() -> list[str]:
    """Tried in a child, because the walls stay up."""
    reading, writing = os.pipe()
    limits = Limits()
    child = fork(lambda: void(os.write(writing, json.dumps(sandbox.enter(limits.worker_memory, 1)).encode())))
    os.close(writing)
    os.waitpid(child, 0)
    with open(reading, "rb") as answer:
        walls: list[str] = json.loads(answer.read() or "[]")
    return walls


def void(_: object) -> None: ...


if __name__ == "__main__":
    main()
