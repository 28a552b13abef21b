"""Real servers for tests: a process of its own on a free port, started, killed and started again on the same data."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any, Self


class DemoServer:
    """`meetingroom demo`. `links` as it prints them; the port stays the same over a restart."""

    def __init__(self, data: Path, *options: str) -> None:
        self.data, self.options = data, options
        self.port = 0
        self.links: dict[str, Any] = {}
        self.start()

    def start(self) -> None:
        command = [sys.executable, "-m", "meetingroom", "demo", "--json", "--port", str(self.port)]
        self.log = (self.data.parent / f"{self.data.name}.log").open("a")
        self.process = subprocess.Popen(
            [*command, "--data", str(self.data), *self.options], stdout=subprocess.PIPE, stderr=self.log, text=True
        )
        assert self.process.stdout
        line = self.process.stdout.readline()
        assert line, (self.data.parent / f"{self.data.name}.log").read_text()[-2000:]
        self.links = json.loads(line)
        self.port = int(self.base.rsplit(":", 1)[1])

    @property
    def base(self) -> str:
        return str(self.links["home"])

    def code(self, key: str) -> str:
        return str(self.links["codes"][key])

    def link(self, key: str) -> str:
        return f"{self.base}/j/{self.code(key)}"

    def kill(self) -> None:
        """As a power cut does to the process: nothing is finished."""
        self.process.send_signal(signal.SIGKILL)
        self._gone()

    def stop(self) -> None:
        self.process.terminate()
        self._gone()

    def _gone(self) -> None:
        self.process.wait(20)
        if self.process.stdout:
            self.process.stdout.close()
        self.log.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is None:
            self.stop()
