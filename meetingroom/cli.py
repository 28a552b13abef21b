"""The command line; `meetingroom --help` lists what it can do."""

from __future__ import annotations

import argparse
import asyncio
import http.client
import json
import logging
import os
import socket
import sys
import time
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

from starlette.applications import Starlette

from meetingroom import __version__, logs, serving
from meetingroom.doctor import Doctor, Level
from meetingroom.endpoints.assets import web_root
from meetingroom.endpoints.context import House
from meetingroom.settings import Settings, Unusable, load
from meetingroom.storage import backup
from meetingroom.storage.accounts import Accounts
from meetingroom.storage.audit import SERVER, Audit, Kind
from meetingroom.storage.engine import Beside, Database, Reading, Unopenable
from meetingroom.storage.journal import Journal
from meetingroom.storage.second import SecondFactors
from meetingroom.storage.upgrade import rehearse, upgrade
from meetingroom.tls import authority
from meetingroom.tls.kept import Https, Keeping
from meetingroom.tls.kept import Unusable as NoCertificate
from meetingroom.tls.names import Names, Unnameable
from meetingroom.units.following import NotAdmitted, follow
from meetingroom.units.simulated import Simulated
from meetingroom.words import Catalogue


def main() -> None:
    chosen = _arguments()
    if chosen.command == "version":
        print(__version__)
        return
    try:
        chosen.run(chosen)
    except (Unusable, Unopenable, NoCertificate, Unnameable, backup.Impossible) as error:
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
        (
            "doctor",
            _doctor,
            "kiểm tra máy chủ và dữ liệu, nói rõ việc cần làm / look over the installation: what to do",
        ),
        ("verify", _verify, "kiểm tra nhật ký của mọi phiên họp / check the journals of all meetings"),
        ("upgrade", _upgrade, "nâng cấp dữ liệu của phiên bản cũ / bring the data of an older version to this one"),
    ):
        command = commands.add_parser(name, help=words)
        command.set_defaults(run=run)
        command.add_argument("--data", type=Path, help="folder for database, papers and keys")
        if name == "doctor":
            command.add_argument(
                "--whole", action="store_true", help="also read every paper and compare it with its hash"
            )
            command.add_argument("--host", default="127.0.0.1", help="as the server is started with")
            command.add_argument("--port", type=int, default=8000, help="as the server is started with")
            command.add_argument("--json", action="store_true", help="print the findings as one line of JSON")
            command.add_argument("--lines", action="store_true", help="print each finding as JSON once it is found")
        elif name == "upgrade":
            command.add_argument(
                "--rehearse", action="store_true", help="only try it on a copy, also while the older server runs"
            )
        elif name != "verify":
            command.add_argument("file", type=Path, metavar="FILE", help="the backup, a ZIP file")
    second = commands.add_parser(
        "second-factor",
        help="bỏ xác thực hai lớp của một tài khoản khi mất điện thoại / take away an account's second factor",
    )
    second.set_defaults(run=_second_factor)
    second.add_argument("login", metavar="LOGIN", help="the sign-in name")
    second.add_argument("--data", type=Path, help="folder for database, papers and keys")
    tls = commands.add_parser(
        "tls",
        help="https trong mạng nội bộ: tạo hoặc gia hạn chứng thư / https on a LAN: make or renew its certificate",
    )
    tls.set_defaults(run=_tls)
    tls.add_argument(
        "names", nargs="*", metavar="NAME", help="names, addresses and networks (192.168.1.0/24) of the server"
    )
    tls.add_argument("--new-authority", action="store_true", help="begin anew: every tablet must be enrolled again")
    tls.add_argument("--data", type=Path, help="folder for database, papers and keys")
    follow = commands.add_parser(
        "follow",
        help="thiết bị hội nghị mô phỏng bám theo người phát biểu / a simulated conference unit follows the floor",
    )
    follow.set_defaults(run=_follow)
    follow.add_argument("server", metavar="URL", help="address of the server, http://…")
    follow.add_argument("--authorities", metavar="FILE", help="PEM file of who may vouch for the server's https")
    rehearsal = commands.add_parser(
        "rehearse",
        help="diễn tập mạng: nhiều máy mô phỏng cùng họp, cho biết mạng có đủ không / try the network with simulated tablets",
    )
    rehearsal.set_defaults(run=_rehearse)
    rehearsal.add_argument("server", metavar="URL", help="address of the server, as the tablets reach it")
    rehearsal.add_argument("file", type=Path, metavar="FILE", help="rehearsal.json from the administrator's overview")
    rehearsal.add_argument("--tablets", type=int, metavar="N", help="only so many of them")
    rehearsal.add_argument("--json", action="store_true", help="print the figures as one line of JSON")
    commands.add_parser("version", help="print the version")
    for command in (serve, demo):
        command.add_argument("--tls", action="store_true", help="speak https with the certificate of `meetingroom tls`")
        command.add_argument(
            "--http-port",
            type=int,
            metavar="N",
            help="plain http beside it, for enrolment; else 80 beside 443, or port + 1",
        )
        command.add_argument("--host", default="127.0.0.1", help="address to listen on; 0.0.0.0 for the whole LAN")
        command.add_argument("--port", type=int, default=8000, help="0: any free port")
        command.add_argument("--data", type=Path, help="folder for database, papers and keys")
        command.add_argument("--json", action="store_true", help="print the links as one line of JSON")
        command.add_argument(
            "--require-sandbox",
            action="store_true",
            default=None,
            help="start only where papers can be opened behind all walls",
        )
    return parser.parse_args()


def _follow(chosen: argparse.Namespace) -> None:
    """The code comes from the environment: arguments can be read by everybody on the machine."""
    code = os.environ.get("MEETINGROOM_CODE", "")
    try:
        follow(chosen.server, code, Simulated(lambda line: print(line, flush=True)), chosen.authorities)
    except NotAdmitted:
        sys.exit(
            "meetingroom: máy chủ không nhận mã trong MEETINGROOM_CODE / the server does not take MEETINGROOM_CODE"
        )


def _rehearse(chosen: argparse.Namespace) -> None:
    """Exit code 1 when the network will not do."""
    from meetingroom.demo import rehearsal
    from meetingroom.demo.device import NotAdmitted as NoSeat

    try:
        codes = json.loads(chosen.file.read_text())
        lead, tablets = str(codes["chair"]), [str(code) for code in codes["tablets"]][: chosen.tablets]
    except (OSError, ValueError, KeyError, TypeError):
        sys.exit(f"meetingroom: {chosen.file}: không phải tệp diễn tập / is not the file of a rehearsal")
    try:
        steps = asyncio.run(rehearsal.rehearse(chosen.server, lead, tablets))
    except NoSeat:
        sys.exit("meetingroom: phiên diễn tập này đã xong, hãy tạo phiên mới / this rehearsal is over, make a new one")
    except (OSError, TimeoutError, http.client.HTTPException) as error:
        sys.exit(f"meetingroom: không vào được {chosen.server} / cannot be reached: {error}")
    said = rehearsal.told(steps, len(tablets))
    if chosen.json:
        print(json.dumps(said, ensure_ascii=False))
    else:
        for step in steps:
            limit = rehearsal.LIMITS[step.name]
            print(f"{limit.vi} / {limit.en}: {step.median:.2f} s, max {step.slowest:.2f} s, {step.lost} lost")
        print("\n" + "\n".join(rehearsal.verdict(steps, len(tablets))))
    if not said["good"]:
        sys.exit(1)


def _serve(chosen: argparse.Namespace) -> None:
    settings = load(data=chosen.data, require_sandbox=chosen.require_sandbox)

    async def opening(_: Starlette, house: House) -> None:
        links = {"home": serving.base(listener, house.https)}
        if house.https:
            links["enrolment"] = house.https.enrolment(serving.host_of(listener))
        print(json.dumps(links) if chosen.json else "\n".join(("", *links.values(), "")), flush=True)

    listener = serving.listen(chosen.host, chosen.port)
    https = _https(chosen, settings, listener)
    serving.run(settings, listener, opening, https, _door(chosen, listener))


def _https(chosen: argparse.Namespace, settings: Settings, listener: socket.socket) -> Https | None:
    found = serving.serving_of(settings, chosen.tls)
    return Https(found, listener.getsockname()[1], None) if found else None


def _door(chosen: argparse.Namespace, listener: socket.socket) -> int:
    """A server on any free port has a door on any free port."""
    if chosen.http_port is not None:
        return int(chosen.http_port)
    port = int(listener.getsockname()[1])
    return 80 if port == 443 else (port + 1 if chosen.port else 0)


def _demo(chosen: argparse.Namespace) -> None:
    from meetingroom.demo.show import Show  # typst is needed for its papers only

    settings = load(data=chosen.data or Path("data/demo"), require_sandbox=chosen.require_sandbox, demo=True)
    if chosen.tls and chosen.delegates:
        sys.exit("meetingroom: simulated delegates do not speak https; leave out --tls or --delegates")
    listener = serving.listen(chosen.host, chosen.port)
    https = _https(chosen, settings, listener)
    show = Show(serving.base(listener, https), chosen.json, chosen.delegates)
    try:
        serving.run(settings, listener, show.open, https, _door(chosen, listener))
    finally:
        show.close()


def _tls(chosen: argparse.Namespace) -> None:
    """Make the authority once; after that, renew the server's certificate, under other names if any are given."""
    settings = load(data=chosen.data)
    keeping, now = Keeping(settings.data / "keys"), datetime.now(UTC)
    names = Names.read(chosen.names) if chosen.names else None
    try:
        if not keeping.exists or chosen.new_authority:
            if names is None:
                sys.exit(
                    "meetingroom: give the names and addresses of the server, as in\n"
                    f"  meetingroom tls hop.local {serving.lan_address()} {_network()}"
                )
            keeping.make(settings.organisation, names, now)
        else:
            keeping.renew(now, names)
    except authority.NotPermitted as error:
        sys.exit(
            f"meetingroom: the authority may not vouch for {error}. With --new-authority it may, and every tablet must be "
            "enrolled again."
        )
    made = keeping.serving()
    root = keeping.root.read_bytes()
    print(
        f"Chứng thư máy chủ cho {made.names}, đến {authority.ends(made.certificate.read_bytes()):%d/%m/%Y}: {made.certificate}"
    )
    print(f"Chứng thư gốc đến {authority.ends(root):%d/%m/%Y}, SHA-256:\n  {authority.fingerprint(root)}")
    print(f"Khóa gốc {keeping.root_key}: cất ra nơi an toàn được; chỉ cần lại khi gia hạn.")
    print("Chạy / run: meetingroom serve --tls …; mỗi máy tính bảng mở / on each tablet open: http://…/tls")


def _network() -> str:
    """The network this machine is in, as most offices cut them."""
    return serving.lan_address().rsplit(".", 1)[0] + ".0/24"


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


def _second_factor(chosen: argparse.Namespace) -> None:
    """For who has lost telephone and recovery codes and is the only administrator; the audit log says that it was done here."""
    settings = load(data=chosen.data)
    database = Beside(settings.data, settings.database)
    try:
        account, _ = Accounts(database).find(chosen.login)
        if account is None:
            sys.exit(f"meetingroom: {chosen.login}: không có tài khoản này / there is no such account")
        SecondFactors(database, b"", lambda: 0).remove(account.id)
        _note(settings, database, Kind.SECOND_REMOVED, account.login)
    finally:
        database.close()
    print(f"Đã bỏ xác thực hai lớp của {account.login}; mật khẩu giữ nguyên.")
    print(f"The second factor of {account.login} is taken away; the password stays.")


def _note(settings: Settings, database: Database, kind: Kind, about: str) -> None:
    """In the audit log, and at the collector before the command ends: what is done on the machine is what it watches for."""
    Audit(database, Journal(database), lambda: time.time_ns() // 1_000_000).add(kind, SERVER, about=about)
    finish = logs.audit_to(settings.syslog)
    logging.getLogger(logs.AUDIT).info(kind.value, extra={"actor": SERVER, "about": about})
    finish()


def _upgrade(chosen: argparse.Namespace) -> None:
    """Exit code 1 where the rehearsal has found trouble; nothing was changed then."""
    settings = load(data=chosen.data)
    if chosen.rehearse:
        tried, kept = rehearse(settings.data, settings.database), None
    else:
        backup.check_address(settings.database)  # it is backed up first
        tried, kept = upgrade(settings.data, datetime.now())
    for about, wrong in tried.troubles:
        print(f"SAI / WRONG: {about}: {wrong}")
    if tried.troubles:
        print("Không nâng cấp được; dữ liệu không thay đổi, hãy dùng tiếp phiên bản cũ và báo cho nơi cung cấp.")
        print(
            "It cannot be upgraded; nothing was changed. Go on with the older version, and tell whoever you got it from."
        )
        sys.exit(1)
    tables = f"{tried.meetings} / {tried.events} / {tried.rows}"
    print(f"Thử trên bản sao: lược đồ {tried.before} → {tried.after}, {tried.seconds:.1f} giây.")
    print(f"Tried on a copy: schema {tried.before} → {tried.after}, {tried.seconds:.1f} seconds.")
    print(f"Phiên họp / sự kiện / dòng dữ liệu, đều còn đủ: {tables}. Meetings / events / rows, all there: {tables}.")
    if kept:
        print(
            f"Đã nâng cấp; bản sao lưu của phiên bản cũ: {kept}. / Upgraded; the backup of the older version: {kept}."
        )
    elif tried.before == tried.after:
        print("Dữ liệu đã đúng phiên bản này. / The data is of this version already.")


def _doctor(chosen: argparse.Namespace) -> None:
    """Exit code 1 where something is wrong; warnings are none."""
    settings = load(data=chosen.data)
    words = Catalogue(web_root() / "words").words(settings.language, settings.time_zone)
    found = []
    for finding in Doctor(settings, words, whole=chosen.whole, listens=(chosen.host, chosen.port)).findings():
        found.append(finding)
        if chosen.lines:
            print(json.dumps(asdict(finding), ensure_ascii=False), flush=True)
        elif not chosen.json:
            sign = {Level.OK: "✓", Level.WARNING: "!", Level.ERROR: "✗"}[finding.level]
            print(f"{sign} {finding.said}" + (f"\n  → {finding.do}" if finding.do else ""), flush=True)
    bad, warned = (sum(each.level is level for each in found) for level in (Level.ERROR, Level.WARNING))
    if chosen.json:
        print(json.dumps([asdict(finding) for finding in found], ensure_ascii=False))
    elif not chosen.lines:
        print(words.text("doctor.bad" if bad else "doctor.warned" if warned else "doctor.well", bad=bad, warned=warned))
    sys.exit(1 if bad else 0)


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
