"""Serving: sockets, https where there is a certificate, and the plain door beside it, until told to stop."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import logging
import socket
import ssl
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Literal

import uvicorn
from starlette.applications import Starlette
from starlette.types import ASGIApp

from meetingroom import logs
from meetingroom.app import Opening, build
from meetingroom.endpoints.access.enrolment import Door
from meetingroom.endpoints.context import House
from meetingroom.endpoints.wire import LiveHttp, LiveProtocol
from meetingroom.rendering.renderer import NEEDED, layers_here
from meetingroom.settings import Settings
from meetingroom.storage import backup
from meetingroom.storage.engine import Unopenable
from meetingroom.tls import authority
from meetingroom.tls.authority import NotPermitted
from meetingroom.tls.kept import Https, Keeping, Serving, Unusable

log = logging.getLogger(__name__)

COLLECTING = (50_000, 20, 20)  # new objects before the collector looks at the young, the middle-aged, the old
LOOK = 12 * 3600.0  # seconds between two looks whether the certificate ends soon or its file was replaced


def serving_of(settings: Settings, own: bool) -> Serving | None:
    """The agency's certificate where the settings name one, else that of our own authority if it is asked for, renewed
    when it ends soon. Raises Unusable."""
    if settings.certificate.name:
        return _of_the_agency(settings)
    if not own:
        return None
    keeping = Keeping(settings.data / "keys")
    serving = keeping.serving()
    renew_if_due(keeping)
    return serving


def _of_the_agency(settings: Settings) -> Serving:
    key = settings.certificate_key if settings.certificate_key.name else settings.certificate
    serving = Serving(settings.certificate, key)
    serving.context()
    ends = authority.ends(settings.certificate.read_bytes())
    if authority.is_due(settings.certificate.read_bytes(), datetime.now(UTC)):
        log.warning("the certificate ends on %s", ends.date())
    return serving


def renew_if_due(keeping: Keeping) -> None:
    """A certificate that cannot be renewed is still good for some weeks; who reads the log has that long."""
    now = datetime.now(UTC)
    if keeping.is_due(now):
        try:
            keeping.renew(now)
            log.info("certificate renewed")
        except (Unusable, NotPermitted) as error:
            log.error("certificate not renewed: %s", error)


def run(settings: Settings, listener: socket.socket, opening: Opening, https: Https | None, door: int | None) -> None:
    """Serve until told to stop. On SIGTERM the batch at hand is finished and devices are told to come back.

    Raises Unopenable, Unusable."""
    logs.configure(settings.log_level, settings.log_format)
    logs.audit_to(settings.syslog)
    if settings.require_sandbox:
        _require_walls()
    if settings.secure and https is None and not settings.trusted_proxies:
        log.warning(
            "MEETINGROOM_SECURE is set but no proxy is named in MEETINGROOM_TRUSTED_PROXIES: all devices count as one address"
        )
    if https is None:
        app = build(settings, lambda app, house: _settled(opening, app, house))
        uvicorn.Server(_config(settings, app)).run(sockets=[listener])
        return
    context = https.serving.context()
    beside = None if door is None else listen(listener.getsockname()[0], door)
    https = replace(https, door=beside.getsockname()[1] if beside else None)

    beginning: list[asyncio.Task[None]] = []

    async def opening_and_more(app: Starlette, house: House) -> None:
        beginning.append(asyncio.create_task(_keep_fresh(settings, https.serving, context)))
        await _settled(opening, app, house)
        if beside:
            beginning.append(asyncio.create_task(door_server.serve(sockets=[beside])))

    app = build(replace(settings, secure=True), opening_and_more, https)
    door_server = _Beside(_config(settings, Door(app, https), lifespan="off"))
    config = _config(settings, app)
    config.ssl_context_factory = lambda *_: context

    async def serve() -> None:
        await uvicorn.Server(config).serve(sockets=[listener])
        door_server.should_exit = True
        renewing, *doors = beginning
        renewing.cancel()
        await asyncio.gather(*doors)

    with asyncio.Runner() as runner:
        runner.run(serve())


def _require_walls() -> None:
    there = asyncio.run(layers_here())
    if missing := [wall for wall in NEEDED if wall not in there]:
        raise Unopenable(
            f"papers could not be opened behind all walls: {', '.join(missing)} is not to be had here. Use Linux 5.13 or newer "
            "outside a container that forbids it, or start without --require-sandbox and MEETINGROOM_REQUIRE_SANDBOX"
        )


async def _settled(opening: Opening, app: Starlette, house: House) -> None:
    """What stands when the server opens stays: looking through it for cycles, again and again while a thousand tablets
    connect, took a third of that time."""
    await opening(app, house)
    settings = house.settings
    if settings.backup_folder.name and not settings.database:
        house.backing_up = asyncio.create_task(_back_up(settings))
    gc.collect()
    gc.freeze()
    gc.set_threshold(*COLLECTING)


async def _back_up(settings: Settings) -> None:
    """Again and again while the server runs; one that fails is tried again after an hour."""
    while True:
        due = backup.last_backup(settings.data) / 1000 + settings.backup_hours * 3600
        await asyncio.sleep(max(0.0, due - time.time()))
        try:
            made = await asyncio.to_thread(
                backup.back_up_by_itself, settings.data, settings.backup_folder, settings.backup_keep, datetime.now(UTC)
            )
            log.info("backup made: %s", made)
        except (backup.Impossible, Unopenable) as error:
            log.error("backup not made", extra={"cause": str(error).splitlines()[-1]})
            await asyncio.sleep(3600)


class _Beside(uvicorn.Server):
    """A second server of this process: signals are the first one's."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


async def _keep_fresh(settings: Settings, serving: Serving, context: ssl.SSLContext) -> None:
    while True:
        await asyncio.sleep(LOOK)
        try:
            if serving.root:
                renew_if_due(Keeping(settings.data / "keys"))
            serving.load(context)
        except Exception:
            log.exception("certificate not read again")


def _config(settings: Settings, app: ASGIApp, lifespan: Literal["on", "off"] = "on") -> uvicorn.Config:
    return uvicorn.Config(
        app,
        http=LiveHttp,
        ws=LiveProtocol,
        ws_max_size=64 * 1024,
        ws_per_message_deflate=False,
        ws_ping_interval=5,
        ws_ping_timeout=10,
        lifespan=lifespan,
        access_log=False,
        log_config=None,
        server_header=False,
        proxy_headers=bool(settings.trusted_proxies),
        forwarded_allow_ips=settings.trusted_proxies or None,
        timeout_graceful_shutdown=5,
        backlog=2048,
    )


def listen(host: str, port: int) -> socket.socket:
    """A listening socket, so that the port is known before the server starts. Raises Unopenable."""
    try:
        listener = socket.create_server((host, port), backlog=2048)
    except OSError as error:
        raise Unopenable(f"cannot listen on {host}:{port}: {error.strerror}; choose another with --port") from error
    # Connections inherit it. asyncio does not set it for a socket made like this, and without it the body of every answer
    # waits some 40 ms until the tablet has acknowledged the head.
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listener


def base(listener: socket.socket, https: Https | None) -> str:
    """The address people type."""
    host, port = host_of(listener), int(listener.getsockname()[1])
    if https:
        return https.base(host)
    return f"http://{host}:{port}" if port != 80 else f"http://{host}"


def host_of(listener: socket.socket) -> str:
    """On all interfaces, the address this machine has in the LAN."""
    host = str(listener.getsockname()[0])
    return lan_address() if host in ("0.0.0.0", "::") else host  # noqa: S104  (compared, not bound)


def lan_address() -> str:
    """The address of the interface that leads out; nothing is sent."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
            return str(probe.getsockname()[0])
        except OSError:
            return "127.0.0.1"
