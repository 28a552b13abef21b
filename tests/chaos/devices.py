"""Tablets that keep what they gave until it is answered, come back after every cut, and write down what they were told."""

from __future__ import annotations

import asyncio
import contextlib
import json
import time
from collections.abc import Callable, Mapping
from typing import Any

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import WebSocketException

from meetingroom.domain.audience import merge
from tests.chaos.history import Call, History, Shown

PATIENCE = 3.0  # seconds without a frame until a tablet lays a new line, as the browser does, only sooner
PACE = 0.22  # seconds between two commands: below what one device may ask for


class Device:
    """One tablet of one person; `run` until cancelled. Its commands go out one after another, the same id until answered."""

    def __init__(self, name: str, person: str, cookie: str, port: Callable[[], int], history: History) -> None:
        self.name, self.person, self.cookie, self._port, self._history = name, person, cookie, port, history
        self.view: dict[str, Any] = {}
        self.me: dict[str, Any] = {}
        self.version, self.epoch = 0, ""
        self.changed = asyncio.Event()
        self._line: ClientConnection | None = None
        self._waiting: dict[str, tuple[Call, asyncio.Future[dict[str, Any]]]] = {}
        self._seen: dict[str, int] = {}  # epoch → newest version seen in it
        self._ids = 0

    async def give(self, name: str, **arguments: Any) -> dict[str, Any]:
        """The answer, whatever happens in between."""
        self._ids += 1
        call = Call(f"{self.name}-{self._ids}", self.person, name, arguments, time.monotonic())
        self._history.calls.append(call)
        answer: asyncio.Future[dict[str, Any]] = asyncio.get_running_loop().create_future()
        self._waiting[call.id] = (call, answer)
        await self._send(call)
        try:
            return await answer
        finally:
            await asyncio.sleep(PACE)

    @property
    def is_waiting(self) -> bool:
        return bool(self._waiting)

    def shown(self) -> Shown:
        return Shown(self.name, self.person, self.version, self.view)

    async def run(self) -> None:
        while True:
            with contextlib.suppress(OSError, WebSocketException, TimeoutError, EOFError):
                await self._on_a_line()
            self._line = None
            await asyncio.sleep(0.1)

    async def _on_a_line(self) -> None:
        port = self._port()
        line = connect(
            f"ws://127.0.0.1:{port}/m/m/{self.person}/live",
            origin=f"http://127.0.0.1:{port}",  # type: ignore[arg-type]
            additional_headers={"Cookie": self.cookie},
            compression=None,
            open_timeout=PATIENCE,
            close_timeout=0.2,
            ping_interval=None,
            max_size=None,
        )
        async with line as self._line:
            await self._line.send(json.dumps({"hello": 1, "have": self.version, "epoch": self.epoch}))
            for call, _ in list(self._waiting.values()):
                await self._send(call)
            while True:
                self._take(json.loads(await asyncio.wait_for(self._line.recv(), 2 * PATIENCE)))

    async def _send(self, call: Call) -> None:
        if self._line:
            call.sent += 1
            with contextlib.suppress(WebSocketException, OSError):
                await self._line.send(json.dumps({"id": call.id, "do": call.name, "with": dict(call.arguments)}))

    def _take(self, frame: Mapping[str, Any]) -> None:
        if "hello" in frame:
            if "view" in frame:
                self.view, self.version = frame["view"], frame["version"]
            elif frame["version"] != self.version:
                self._wrong(f"was greeted at {frame['version']} without a view, and stands at {self.version}")
            self.epoch, self.me = frame["epoch"], frame["me"]
        elif "patch" in frame:
            if frame["from"] != self.version or frame["version"] <= self.version:
                self._wrong(f"got a patch {frame['from']}→{frame['version']} at {self.version}")
            self.view, self.version = merge(self.view, frame["patch"]), frame["version"]
        elif "me" in frame:
            self.me = frame["me"]
        elif frame.get("done") in self._waiting or frame.get("refused") in self._waiting:
            self._answered(frame)
        if self.version < self._seen.get(self.epoch, 0):
            self._wrong(f"went back from {self._seen[self.epoch]} to {self.version}")
        self._seen[self.epoch] = self.version
        self.changed.set()

    def _answered(self, frame: Mapping[str, Any]) -> None:
        key = frame.get("done") or frame["refused"]
        call, answer = self._waiting[key]
        if frame.get("again"):  # not recorded, or not known to be: the same once more
            asyncio.get_running_loop().call_later(0.3, lambda: asyncio.ensure_future(self._again(key)))
            return
        del self._waiting[key]
        call.ended, call.code = time.monotonic(), "done" if "done" in frame else frame["code"]
        if not answer.done():
            answer.set_result(dict(frame))

    async def _again(self, key: str) -> None:
        if key in self._waiting:
            await self._send(self._waiting[key][0])

    def _wrong(self, what: str) -> None:
        self._history.faults.append(f"{self.name} {what}")

    async def until(self, condition: Callable[[], bool]) -> None:
        while not condition():
            self.changed.clear()
            await self.changed.wait()
