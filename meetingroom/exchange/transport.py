"""How edXML travels: through a folder that both systems see, or over HTTP. Another gateway is a class with four methods.

What is fetched stays there until it is said to be taken: a server that dies in between fetches it once more.
"""

from __future__ import annotations

import http.client
import json
import os
import re
import secrets
import ssl
from pathlib import Path
from typing import Protocol
from urllib.parse import quote, urlsplit

ENDING = ".edxml"
AT_ONCE = 50  # messages of one look
PATIENCE = 20.0  # seconds for one request
MOST = 400 << 20  # bytes of one message: attachments are limited again when they are unpacked
SAFE = re.compile(r"[\w.-]{1,200}")


class Untransported(Exception):
    """The other side did not take it, or does not answer; to be tried again."""


class Transport(Protocol):
    """All calls block. Each raises Untransported."""

    def send(self, name: str, body: bytes) -> None: ...

    def waiting(self) -> list[str]:
        """Keys of what has come."""
        ...

    def fetch(self, key: str) -> bytes: ...

    def taken(self, key: str) -> None:
        """It is kept here; it need not be offered again."""
        ...


def transport(address: str, token: str) -> Transport | None:
    """An http(s) address or the path of a folder; None for none."""
    if address.startswith(("http://", "https://")):
        return Web(address.rstrip("/"), token)
    return Folder(Path(address)) if address else None


class Folder:
    """`out` is emptied by the other system, `in` filled by it; what was taken lies in `in/taken`."""

    def __init__(self, folder: Path) -> None:
        self._out, self._in = folder / "out", folder / "in"

    def send(self, name: str, body: bytes) -> None:
        """Under its name only when it is whole: who watches the folder never sees half of it."""
        try:
            self._out.mkdir(parents=True, exist_ok=True)
            coming = self._out / f".{secrets.token_hex(8)}"
            with coming.open("wb") as file:
                file.write(body)
                file.flush()
                os.fsync(file.fileno())
            os.replace(coming, self._out / f"{name}{ENDING}")
        except OSError as error:
            raise Untransported(str(error)) from error

    def waiting(self) -> list[str]:
        try:
            self._in.mkdir(parents=True, exist_ok=True)
            found = sorted(file for file in self._in.iterdir() if file.suffix.lower() in (ENDING, ".xml"))
            return [file.name for file in found if file.is_file() and not file.is_symlink()][:AT_ONCE]
        except OSError as error:
            raise Untransported(str(error)) from error

    def fetch(self, key: str) -> bytes:
        try:
            if (self._in / key).stat().st_size > MOST:
                raise Untransported(f"{key} is too large")
            return (self._in / key).read_bytes()
        except OSError as error:
            raise Untransported(str(error)) from error

    def taken(self, key: str) -> None:
        try:
            (self._in / "taken").mkdir(exist_ok=True)
            os.replace(self._in / key, self._in / "taken" / key)
        except OSError as error:
            raise Untransported(str(error)) from error


class Web:
    """POST …/outbox takes a message; GET …/inbox lists keys as JSON; GET and DELETE …/inbox/{key}."""

    def __init__(self, address: str, token: str) -> None:
        self._parts, self._token = urlsplit(address), token

    def send(self, name: str, body: bytes) -> None:
        self._ask("POST", "/outbox", body, {"X-Message-Id": name})

    def waiting(self) -> list[str]:
        try:
            keys = json.loads(self._ask("GET", "/inbox"))["documents"]
        except (ValueError, KeyError, TypeError, RecursionError) as error:
            raise Untransported(f"no list of documents: {error}") from error
        if not isinstance(keys, list):
            raise Untransported("no list of documents")
        return [str(key) for key in keys if SAFE.fullmatch(str(key))][:AT_ONCE]

    def fetch(self, key: str) -> bytes:
        return self._ask("GET", f"/inbox/{quote(key, safe='')}")

    def taken(self, key: str) -> None:
        self._ask("DELETE", f"/inbox/{quote(key, safe='')}")

    def _ask(self, method: str, path: str, body: bytes | None = None, more: dict[str, str] | None = None) -> bytes:
        """One request, no redirect followed, no proxy."""
        host, port = self._parts.hostname or "", self._parts.port
        line = (
            http.client.HTTPSConnection(host, port, timeout=PATIENCE, context=ssl.create_default_context())
            if self._parts.scheme == "https"
            else http.client.HTTPConnection(host, port, timeout=PATIENCE)
        )
        headers = {"Content-Type": "application/xml", "User-Agent": "meetingroom"} | (more or {})
        if self._token:
            headers["Authorization"] = f"Bearer {self._token}"
        try:
            line.request(method, self._parts.path + path, body, headers)
            answer = line.getresponse()
            said = answer.read(MOST + 1)
            if not 200 <= answer.status < 300 or len(said) > MOST:
                raise Untransported(f"{method} {path}: {answer.status}")
            return said
        except (OSError, http.client.HTTPException) as error:
            raise Untransported(f"{type(error).__name__}: {error}") from error
        finally:
            line.close()
