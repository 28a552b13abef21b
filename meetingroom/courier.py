"""The courier takes what is to be told outside to where an administrator has said, signed, until it was taken or a day is over.

One request, no redirect followed, no proxy, nothing read of the answer but its status: another system can make this server
neither ask elsewhere nor wait. Signed as Standard Webhooks has it.
"""

from __future__ import annotations

import asyncio
import base64
import hashlib
import hmac
import http.client
import ipaddress
import json
import logging
import ssl
import time
from typing import Any
from urllib.parse import urlsplit

from meetingroom.storage.hooks import Delivery, Hook, Hooks
from meetingroom.storage.recorder import Recorder

log = logging.getLogger(__name__)

LOOKS = 1.0  # seconds between two looks at what is due
AT_ONCE = 8
PATIENCE = 10.0  # seconds for one request


async def carry(hooks: Hooks, record: Recorder) -> None:
    """Until cancelled."""
    while True:
        await asyncio.sleep(LOOKS)
        try:
            due: list[tuple[Delivery, Hook]] = await record(hooks.due, AT_ONCE)
            await asyncio.gather(*(_take(hooks, record, one, hook) for one, hook in due))
        except Exception:  # a database that does not answer now is asked again
            log.exception("webhooks not looked at")


async def _take(hooks: Hooks, record: Recorder, one: Delivery, hook: Hook) -> None:
    body, headers = signed(hooks.secret(hook.id), one, int(time.time()))
    try:
        status, problem = await asyncio.to_thread(_post, hook.url, body, headers), ""
    except (OSError, http.client.HTTPException, ValueError) as error:
        status, problem = 0, f"{type(error).__name__}: {error}"
    await record(hooks.tried, one, status, problem)


def signed(secret: bytes, one: Delivery, now: int) -> tuple[bytes, dict[str, str]]:
    """The body and its headers. The body names what there is; who wants to read it comes with a token."""
    told: dict[str, Any] = {"type": one.occasion, "at": one.at, "meeting": one.meeting}
    if one.about:
        told["about"] = one.about
    body = json.dumps(told, sort_keys=True).encode()
    mark = hmac.digest(secret, f"{one.id}.{now}.".encode() + body, hashlib.sha256)
    return body, {
        "Content-Type": "application/json",
        "User-Agent": "meetingroom",
        "webhook-id": one.id,
        "webhook-timestamp": str(now),
        "webhook-signature": f"v1,{base64.b64encode(mark).decode()}",
    }


def _post(url: str, body: bytes, headers: dict[str, str]) -> int:
    """The status that was answered. A redirect is an answer like others, and not a success."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    line = (
        http.client.HTTPSConnection(host, parts.port, timeout=PATIENCE, context=ssl.create_default_context())
        if parts.scheme == "https"
        else http.client.HTTPConnection(host, parts.port, timeout=PATIENCE)
    )
    try:
        line.connect()
        # Where clouds hand out the keys of a machine; no system of an agency has such an address.
        if ipaddress.ip_address(line.sock.getpeername()[0].split("%")[0]).is_link_local:
            raise OSError("a link-local address")
        line.request("POST", (parts.path or "/") + (f"?{parts.query}" if parts.query else ""), body, headers)
        return line.getresponse().status
    finally:
        line.close()
