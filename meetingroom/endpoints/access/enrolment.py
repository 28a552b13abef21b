"""Enrolment: how a tablet comes to trust the server's own authority. Also answered over plain http, where it begins."""

from __future__ import annotations

from urllib.parse import urlsplit

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from meetingroom.endpoints.context import house
from meetingroom.endpoints.guards import host_of, policy, words_of
from meetingroom.tls import authority
from meetingroom.tls.kept import Https
from meetingroom.tls.profile import Icon, profile


async def enrolment(request: Request) -> Response:
    """/tls: what to do on this device, and whether it is done."""
    https, words = _https(request), words_of(request)
    home = https.base(_hostname(request.scope))
    root = https.serving.root
    page = house(request).templates.page(
        "tls.html",
        words,
        path="/tls",
        home=home,
        here=f"{request.url.scheme}://{request.url.netloc}/tls",
        own=root is not None,
        called=authority.common_name(root) if root else "",
        fingerprint=authority.fingerprint(root) if root else "",
        names=str(https.serving.names),
        platform=_platform(request.headers.get("user-agent", "")),
    )
    # From plain http the page asks the https side whether this device trusts it.
    page.headers["Content-Security-Policy"] = policy(home)
    return page


def _platform(agent: str) -> str:
    """An iPad says it is a Macintosh; there is no other Macintosh in these rooms."""
    if "Android" in agent:
        return "android"
    return "windows" if "Windows" in agent else "ipad"


async def check(request: Request) -> Response:
    """/tls/check: whoever can read this over https trusts the certificate. Says nothing, so any page may read it."""
    _https(request)
    return Response(status_code=204, headers={"Access-Control-Allow-Origin": "*", "Cache-Control": "no-store"})


async def root_certificate(request: Request) -> Response:
    """/tls/root.crt, for Android and Windows."""
    headers = {"Content-Disposition": 'attachment; filename="phong-hop.crt"', "Cache-Control": "no-store"}
    return Response(authority.der(_root(request)), media_type="application/x-x509-ca-cert", headers=headers)


async def root_profile(request: Request) -> Response:
    """/tls/root.mobileconfig, for iPad: it asks to install what comes with this type."""
    root, words = _root(request), words_of(request)
    picture = house(request).assets.files["icons/touch-180.png"].plain
    icon = Icon(words.text("app.short"), _https(request).base(_hostname(request.scope)), picture)
    body = profile(root, authority.common_name(root), words.text("tls.profile.text"), icon)
    headers = {"Cache-Control": "no-store"}
    return Response(body, media_type="application/x-apple-aspen-config", headers=headers)


def _https(request: Request) -> Https:
    """Where the server speaks no https of its own, these addresses do not exist."""
    if (https := house(request).https) is None:
        raise HTTPException(404)
    return https


def _root(request: Request) -> bytes:
    if (root := _https(request).serving.root) is None:
        raise HTTPException(404)
    return root


def _hostname(scope: Scope) -> str:
    return urlsplit(f"//{host_of(scope)}").hostname or ""


class Door:
    """The plain http side of a server that speaks https: the way in for who does not trust it yet, and nothing else."""

    def __init__(self, app: ASGIApp, https: Https) -> None:
        self._app, self._https = app, https

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 4403})
            return
        path = scope["path"]
        if path in ("/tls", "/language", "/healthz") or path.startswith(("/tls/", "/s/")):
            await self._app(scope, receive, send)
            return
        query = scope["query_string"].decode("latin-1")
        target = self._https.base(_hostname(scope)) + scope["raw_path"].decode("latin-1") + (query and f"?{query}")
        # Not for ever: the installation may go back to plain http.
        await RedirectResponse(target, 307)(scope, receive, send)
