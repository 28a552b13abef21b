"""The command line: meetingroom serve · demo · backup · restore · verify · version."""

from __future__ import annotations

import argparse
import json
import socket
import sys
from pathlib import Path

import uvicorn
from starlette.applications import Starlette

from meetingroom import __version__, logs
from meetingroom.app import Opening, build
from meetingroom.endpoints.wire import LiveProtocol
from meetingroom.settings import Settings, Unusable, load
from meetingroom.storage import backup
from meetingroom.storage.engine import Reading, Unopenable


def main() -> None:
    chosen = _arguments()
    if chosen.command == "version":
        print(__version__)
        return
    try:
        chosen.run(chosen)
    except (Unusable, Unopenable, backup.Impossible) as error:
        sys.exit(f"meetingroom: {error}")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser("meetingroom", description="The paperless meeting room")
    commands = parser.add_subparsers(dest="command", required=True)
    serve = commands.add_parser("serve", help="the server, for real use")
    serve.set_defaults(run=_serve)
    demo = commands.add_parser("demo", help="a ready meeting to try everything with")
    demo.set_defaults(run=_demo)
    demo.add_argument("--delegates", type=int, default=0, metavar="N", help="add N simulated delegates")
    for name, run, words in (
        ("backup", _back_up, "sao lưu, cả khi máy chủ đang chạy / write a backup, also while the server runs"),
        ("restore", _restore, "khôi phục vào thư mục trống / read a backup into an empty folder"),
        ("verify", _verify, "kiểm tra nhật ký của mọi phiên họp / check the journals of all meetings"),
    ):
        command = commands.add_parser(name, help=words)
        command.set_defaults(run=run)
        command.add_argument("--data", type=Path, help="folder for database, papers and keys")
        if name != "verify":
            command.add_argument("file", type=Path, metavar="FILE", help="the backup, a ZIP file")
    commands.add_parser("version", help="print the version")
    for command, host in ((serve, "127.0.0.1"), (demo, "127.0.0.1")):
        command.add_argument("--host", default=host, help="address to listen on; 0.0.0.0 for the whole LAN")
        command.add_argument("--port", type=int, default=8000, help="0: any free port")
        command.add_argument("--data", type=Path, help="folder for database, papers and keys")
        command.add_argument("--json", action="store_true", help="print the links as one line of JSON")
    return parser.parse_args()


def _serve(chosen: argparse.Namespace) -> None:
    settings = load(data=chosen.data)

    async def opening(_: Starlette, house: object) -> None:
        home = _base(listener)
        print(json.dumps({"home": home}) if chosen.json else f"\n  {home}\n", flush=True)

    listener = _listen(chosen.host, chosen.port)
    run(settings, listener, opening)


def _demo(chosen: argparse.Namespace) -> None:
    from meetingroom.demo.show import Show  # typst is needed for its papers only

    settings = load(data=chosen.data or Path("data/demo"), demo=True)
    listener = _listen(chosen.host, chosen.port)
    show = Show(_base(listener), chosen.json, chosen.delegates)
    try:
        run(settings, listener, show.open)
    finally:
        show.close()


def _back_up(chosen: argparse.Namespace) -> None:
    settings = load(data=chosen.data)
    backup.check_address(settings.database)
    papers = backup.back_up(settings.data, chosen.file)
    print(f"Đã sao lưu cơ sở dữ liệu và {papers} tệp tài liệu vào {chosen.file}.")
    print(f"The database and {papers} files of papers are in {chosen.file}.")


def _restore(chosen: argparse.Namespace) -> None:
    settings = load(data=chosen.data)
    backup.check_address(settings.database)
    backup.restore(chosen.file, settings.data)
    print(f"Đã khôi phục vào {settings.data}. Phiếu kín đang bỏ dở lúc sao lưu là vô hiệu.")
    print(f"Restored into {settings.data}. A secret vote that was open when the backup was made is void.")
    _verify(chosen)


def _verify(chosen: argparse.Namespace) -> None:
    """Exit code 1 when a journal is broken."""
    settings = load(data=chosen.data)
    database = Reading(settings.data, settings.database)
    try:
        meetings, broken = backup.check(database)
    finally:
        database.close()
    for each in broken:
        print(f"SAI: “{each.title}” ({each.meeting}): nhật ký không khớp từ phiên bản {each.version}.")
        print(f"WRONG: “{each.title}” ({each.meeting}): the journal does not fit from version {each.version} on.")
    if broken:
        sys.exit(1)
    print(f"Nguyên vẹn: nhật ký của {meetings} phiên họp đều khớp.")
    print(f"Intact: the journals of {meetings} meetings fit.")


def run(settings: Settings, listener: socket.socket, opening: Opening) -> None:
    """Serve until told to stop. On SIGTERM the batch at hand is finished and devices are told to come back."""
    logs.configure(settings.log_level, settings.log_format)
    config = uvicorn.Config(
        build(settings, opening),
        http="httptools",
        ws=LiveProtocol,
        ws_max_size=64 * 1024,
        ws_per_message_deflate=False,
        ws_ping_interval=5,
        ws_ping_timeout=10,
        lifespan="on",
        access_log=False,
        log_config=None,
        server_header=False,
        proxy_headers=bool(settings.trusted_proxies),
        forwarded_allow_ips=settings.trusted_proxies or None,
        timeout_graceful_shutdown=5,
        backlog=2048,
    )
    uvicorn.Server(config).run(sockets=[listener])


def _listen(host: str, port: int) -> socket.socket:
    """A listening socket, so that the port is known before the server starts. Raises Unopenable."""
    try:
        return socket.create_server((host, port), backlog=2048)
    except OSError as error:
        raise Unopenable(f"cannot listen on {host}:{port}: {error.strerror}; choose another with --port") from error


def _base(listener: socket.socket) -> str:
    """The address people type: on all interfaces, the one this machine has in the LAN."""
    host, port = listener.getsockname()[:2]
    if host in ("0.0.0.0", "::"):  # noqa: S104  (compared, not bound)
        host = _lan_address()
    return f"http://{host}:{port}" if port != 80 else f"http://{host}"


def _lan_address() -> str:
    """The address of the interface that leads out; nothing is sent."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
            return str(probe.getsockname()[0])
        except OSError:
            return "127.0.0.1"
