"""A device without a screen: joins by its personal link, keeps its view by patches, gives commands, comes back.

What a tablet does, in Python: for the simulated delegates, the benchmarks and the tests of the live part.
"""

from __future__ import annotations

import asyncio
import contextlib
import http.client
import json
import secrets
from collections.abc import Callable
from typing import Any, Self
from urllib.parse import urlsplit

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidStatus

from meetingroom.domain.audience import merge

RETRY = 0.3  # seconds between two attempts to connect, growing up to ten times that


class NotAdmitted(Exception):
    """The personal link or the session is not valid (any more)."""


class Device:
    """`view`, `me`, `version` are what a tablet would show now; `on_change` is called after every frame."""

    def __init__(self, base: str, path: str, cookie: str) -> None:
        self.base, self.path, self.cookie = base.rstrip("/"), path, cookie
        self.view: dict[str, Any] = {}
        self.me: dict[str, Any] = {}
        self.version = -1
        self.versions: list[int] = []  # every version shown, in order: it must never go back
        self.presence: dict[str, Any] = {}
        self.hellos = 0  # how often the server has greeted it
        self.on_change: Callable[[Device], None] = lambda device: None
        self._epoch: str | None = None
        self._socket: ClientConnection | None = None
        self._unanswered: dict[str, tuple[dict[str, Any], asyncio.Future[dict[str, Any]]]] = {}
        self._changed = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    @classmethod
    async def join(cls, base: str, code: str) -> Self:
        """Sign in by personal code. Raises NotAdmitted."""
        path, cookie = await asyncio.to_thread(_sign_in, base, code)
        return cls(base, path, cookie)

    @property
    def participant(self) -> str:
        return self.path.rsplit("/", 1)[-1]

    async def __aenter__(self) -> Self:
        self.start()
        await self.until(lambda device: device.version >= 0)
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    def start(self) -> None:
        self._task = asyncio.create_task(self._stay_connected())

    async def stop(self) -> None:
        if self._task:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task
        if self._socket:
            await self._socket.close()

    async def give(self, do: str, **arguments: Any) -> dict[str, Any]:
        """The answer frame, `done` or `refused`; sent again with the same id until there is one."""
        key = secrets.token_urlsafe(12)
        answer: asyncio.Future[dict[str, Any]] = asyncio.get_running_loop().create_future()
        self._unanswered[key] = ({"id": key, "do": do, "with": arguments}, answer)
        await self._send(self._unanswered[key][0])
        return await answer

    async def signal(self, name: str, **payload: Any) -> None:
        await self._send({"signal": name, "with": payload})

    async def until(self, condition: Callable[[Device], bool], seconds: float = 20) -> None:
        """Wait until the condition holds after some frame. Raises TimeoutError."""
        async with asyncio.timeout(seconds):
            while not condition(self):
                self._changed.clear()
                await self._changed.wait()

    async def fetch(self, path: str) -> tuple[int, bytes]:
        """GET below this participant's address, e.g. "pages/<revision>/1/1600"."""
        return await asyncio.to_thread(_get, self.base, f"{self.path}/{path}", self.cookie)

    async def drop(self) -> None:
        """Cut the connection, as bad Wi-Fi does; it comes back by itself."""
        if self._socket:
            self._socket.transport.abort()

    async def _stay_connected(self) -> None:
        pause = RETRY
        while True:
            try:
                async with connect(
                    f"ws{self.base[4:]}{self.path}/live",
                    additional_headers={"Cookie": self.cookie},
                    origin=self.base,  # type: ignore[arg-type]
                    compression=None,
                    max_size=None,
                    proxy=None,
                ) as socket:
                    self._socket = socket
                    pause = RETRY
                    await self._converse(socket)
            except InvalidStatus as refusal:
                if refusal.response.status_code in (401, 403, 404):
                    raise NotAdmitted(self.path) from refusal
            except (OSError, ConnectionClosed, EOFError, TimeoutError):
                pass
            self._socket = None
            await asyncio.sleep(pause)
            pause = min(pause * 1.5, RETRY * 10)

    async def _converse(self, socket: ClientConnection) -> None:
        await self._hello()
        for message, _ in list(self._unanswered.values()):
            await self._send(message)
        async for text in socket:
            self._take(json.loads(text))

    async def _hello(self) -> None:
        have = {"have": self.version, "epoch": self._epoch} if self._epoch else {}
        await self._send({"hello": 1, **have})

    async def _send(self, message: dict[str, Any]) -> None:
        if self._socket:
            with contextlib.suppress(ConnectionClosed):
                await self._socket.send(json.dumps(message, ensure_ascii=False))

    def _take(self, frame: dict[str, Any]) -> None:
        if "patch" in frame:
            self._patch(frame)
        elif "hello" in frame:
            self._epoch, self.me = frame["epoch"], frame["me"]
            self.hellos += 1
            if "view" in frame:
                self._show(frame["view"], frame["version"])
        elif "me" in frame:
            self.me = frame["me"]
        elif "presence" in frame:
            self.presence = frame["presence"]
        elif "done" in frame or "refused" in frame:
            self._answered(frame)
        self._changed.set()
        self.on_change(self)

    def _answered(self, frame: dict[str, Any]) -> None:
        key = frame.get("done") or frame["refused"]
        if not frame.get("again") and key in self._unanswered:
            answer = self._unanswered.pop(key)[1]
            if not answer.done():
                answer.set_result(frame)

    def _patch(self, frame: dict[str, Any]) -> None:
        if frame["from"] == self.version:
            self._show(merge(self.view, frame["patch"]), frame["version"])
        elif frame["version"] > self.version:
            self._resync = asyncio.create_task(self._hello())

    def _show(self, view: dict[str, Any], version: int) -> None:
        self.view, self.version = view, version
        self.versions.append(version)


def _sign_in(base: str, code: str) -> tuple[str, str]:
    """(path of the participant, cookie header) for a personal code."""
    response = _request(base, f"/j/{code}", {})
    location, cookies = response.getheader("Location", ""), response.msg.get_all("Set-Cookie") or []
    if response.status not in (302, 303) or not location.startswith("/m/"):
        raise NotAdmitted(f"{response.status} for the personal link")
    return location.rsplit("/", 1)[0], "; ".join(cookie.split(";")[0] for cookie in cookies)


def _get(base: str, path: str, cookie: str) -> tuple[int, bytes]:
    response = _request(base, path, {"Cookie": cookie})
    return response.status, response.read()


def _request(base: str, path: str, headers: dict[str, str]) -> http.client.HTTPResponse:
    address = urlsplit(base)
    kind = http.client.HTTPSConnection if address.scheme == "https" else http.client.HTTPConnection
    connection = kind(address.hostname or "", address.port, timeout=30)
    connection.request("GET", path, headers=headers | {"Connection": "close"})
    return connection.getresponse()
