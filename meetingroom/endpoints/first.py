"""What a whole hall asks for in the same second is answered before the layers around all other addresses.

After a restart that is the line of each device, and when a page is turned the page. Who may have it is asked as everywhere;
whoever may not, or has to wait for it, goes the long way and is answered there.
"""

from __future__ import annotations

import re

from starlette.applications import Starlette
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Receive, Scope, Send
from starlette.websockets import WebSocket

from meetingroom.endpoints.context import House
from meetingroom.endpoints.guards import Headers
from meetingroom.endpoints.handshake import Pairs
from meetingroom.endpoints.live import live
from meetingroom.endpoints.papers.images import image_at_once

LINE = re.compile(r"/m/([^/]+)/([^/]+)/live")
PAGE = re.compile(rb"/m/([\w-]{1,64})/([\w-]{1,64})/pages/([\w-]{1,64})/([0-9]{1,6})/([0-9]{1,6})")


class First:
    """Lets devices in."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket" and (found := LINE.fullmatch(scope["path"])):
            scope["path_params"] = {"meeting": found[1], "participant": found[2]}
            await live(WebSocket(scope, receive, send))
        else:
            await self._app(scope, receive, send)


class AtOnce:
    """Answers what needs no waiting, without a task of its own; `endpoints.wire.LiveHttp` asks it at every GET."""

    def __init__(self, app: Starlette, home: House, headers: Headers) -> None:
        self._app, self._home, self._headers = app, home, headers

    def __call__(self, url: bytes, headers: Pairs) -> tuple[Pairs, bytes] | None:
        """Headers and body of a good answer; None for all that is to go the long way."""
        found = PAGE.fullmatch(url)
        if found is None:
            return None
        meeting, participant, revision = (found[group].decode() for group in (1, 2, 3))
        asked = {
            "meeting": meeting, "participant": participant, "revision": revision,
            "page": int(found[4]), "width": int(found[5]),
        }  # fmt: skip
        scope: Scope = {"type": "http", "headers": headers, "path_params": asked, "app": self._app}
        answer = image_at_once(HTTPConnection(scope), self._home)
        return answer and ([*answer[0], *self._headers.fixed(scope)], answer[1])
