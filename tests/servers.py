"""Real servers for tests: a process of its own on a free port, started, killed and started again on the same data."""

from __future__ import annotations

import http.client
import json
import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Self

from meetingroom.domain.messages import Event, write
from meetingroom.storage.accounts import Account, Accounts
from meetingroom.storage.engine import Database
from meetingroom.storage.invitations import Invitations
from meetingroom.storage.journal import Entry, Journal, Summary
from meetingroom.storage.passwords import hashed


class Server:
    """`meetingroom serve`. `links` as it prints them; the port stays the same over a restart."""

    command = "serve"

    def __init__(
        self,
        data: Path,
        *options: str,
        name: str = "",
        environment: Mapping[str, str] | None = None,
        program: Path | None = None,
    ) -> None:
        """`program`: where a copy of it stands, if not this one is to be run."""
        self.data, self.options, self.program = data, options, program
        self.log_path = data.parent / f"{name or data.name}.log"
        self.environment = os.environ | (environment or {})
        self.port = 0
        self.links: dict[str, Any] = {}
        self.start()

    def start(self) -> None:
        command = [sys.executable, "-m", "meetingroom", self.command, "--json", "--port", str(self.port)]
        self.log = self.log_path.open("a")
        self.process = subprocess.Popen(
            [*command, "--data", str(self.data), *self.options],
            stdout=subprocess.PIPE,
            stderr=self.log,
            text=True,
            env=self.environment,
            cwd=self.program,
        )
        assert self.process.stdout
        line = self.process.stdout.readline()
        assert line, self.logged()[-2000:]
        self.links = json.loads(line)
        self.port = int(self.base.rsplit(":", 1)[1])

    @property
    def base(self) -> str:
        return str(self.links["home"])

    @property
    def door(self) -> int:
        """The plain http side of a server with --tls."""
        return int(self.links["enrolment"].rsplit(":", 1)[1].split("/")[0])

    def logged(self) -> str:
        return self.log_path.read_text()

    def ask(self, method: str, path: str, headers: Mapping[str, str] | None = None, body: bytes = b"") -> Answer:
        """One request on a connection of its own."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        connection.request(method, path, body or None, {"Connection": "close", **(headers or {})})
        response = connection.getresponse()
        answer = Answer(response.status, response.msg, response.read())
        connection.close()
        return answer

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


class DemoServer(Server):
    """`meetingroom demo`."""

    command = "demo"

    def code(self, key: str) -> str:
        return str(self.links["codes"][key])

    def link(self, key: str) -> str:
        return f"{self.base}/j/{self.code(key)}"


class Answer:
    """What came back: `cookie` is the session, if the answer sets one."""

    def __init__(self, status: int, headers: http.client.HTTPMessage, body: bytes) -> None:
        self.status, self.headers, self.body = status, headers, body

    @property
    def cookie(self) -> str:
        return "; ".join(value.split(";")[0] for value in self.headers.get_all("Set-Cookie") or [])


def found(data: Path, meeting: str, events: Sequence[Event], address: str = "") -> dict[str, str]:
    """Write a meeting into the database before a server starts on it; the personal codes of its people."""
    database = Database(data, address)
    entries = [Entry(meeting, n, 1, "secretary", None, event.tag, write(event)) for n, event in enumerate(events, 1)]
    Journal(database).append(entries, Summary(meeting, "Phiên họp", 0, "in_session", "A"))
    invitations = Invitations(database, data / "keys")
    people = [str(entry.body["participant"]) for entry in entries if entry.name == "people.added"]
    codes = {person: invitations.code(meeting, person) for person in people}
    database.close()
    return codes


def administrator(data: Path, login: str, password: str, address: str = "") -> Account:
    database = Database(data, address)
    account = Accounts(database).create_first(login, "", hashed(password))
    database.close()
    return account
