"""A server that speaks https with its own authority: what is answered over plain http beside it, and what only over https."""

from __future__ import annotations

import http.client
import os
import plistlib
import socket
import ssl
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from meetingroom.tls import authority
from meetingroom.tls.kept import Keeping
from meetingroom.tls.names import Names
from tests.servers import Server


class Sides:
    """Both sides of one server."""

    def __init__(self, folder: Path) -> None:
        self.keeping = Keeping(folder / "data" / "keys")
        self.keeping.make("Ủy ban", Names.read(["127.0.0.1"]), datetime.now(UTC))
        self.server = Server(folder / "data", "--tls")
        self.door = self.server.door

    def plain(self, path: str, method: str = "GET") -> http.client.HTTPResponse:
        connection = http.client.HTTPConnection("127.0.0.1", self.door, timeout=10)
        connection.request(method, path, headers={"Accept": "text/html", "Connection": "close"})
        return connection.getresponse()

    def secure(self, path: str) -> http.client.HTTPResponse:
        context = ssl.create_default_context(cadata=self.keeping.root.read_text())
        connection = http.client.HTTPSConnection("127.0.0.1", self.server.port, timeout=10, context=context)
        connection.request("GET", path, headers={"Accept": "text/html", "Connection": "close"})
        return connection.getresponse()


@pytest.fixture(scope="module")
def sides(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sides]:
    both = Sides(tmp_path_factory.mktemp("tls"))
    with both.server:
        yield both
    assert "Traceback" not in both.server.logged()


def test_the_meeting_is_reached_over_https_only(sides: Sides) -> None:
    assert sides.server.base.startswith("https://127.0.0.1:")
    assert sides.secure("/join").status == 200
    for path, target in (("/", "/"), ("/join?next=%2Fx", "/join?next=%2Fx"), ("/j/7KQ2M9XD", "/j/7KQ2M9XD")):
        answer = sides.plain(path)
        assert (answer.status, answer.headers["Location"]) == (307, sides.server.base + target)
    assert sides.plain("/sign-in", "POST").status == 307
    assert "Set-Cookie" not in sides.plain("/join").headers


def test_a_websocket_over_plain_http_is_refused(sides: Sides) -> None:
    with socket.create_connection(("127.0.0.1", sides.door), timeout=10) as line:
        line.sendall(
            b"GET /m/a/b/live HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n"
        )
        assert line.recv(100).startswith(b"HTTP/1.1 403")


def test_the_way_in_is_open_to_who_does_not_trust_the_server_yet(sides: Sides) -> None:
    page = sides.plain("/tls")
    text = page.read().decode()
    assert page.status == 200 and authority.fingerprint(sides.keeping.root.read_bytes()) in text
    assert f"connect-src 'self' {sides.server.base};" in page.headers["Content-Security-Policy"]
    assert "root.mobileconfig" in text and "root.crt" in text
    assert sides.plain("/tls/root.crt").read() == authority.der(sides.keeping.root.read_bytes())


def test_the_profile_carries_the_root_and_an_icon_and_no_key(sides: Sides) -> None:
    answer = sides.plain("/tls/root.mobileconfig")
    assert answer.headers["Content-Type"] == "application/x-apple-aspen-config"
    body = answer.read()
    root, icon = plistlib.loads(body)["PayloadContent"]
    assert root["PayloadContent"] == authority.der(sides.keeping.root.read_bytes())
    assert icon["URL"] == sides.server.base and icon["FullScreen"] and icon["Icon"].startswith(b"\x89PNG")
    assert b"PRIVATE" not in body
    assert body == sides.plain("/tls/root.mobileconfig").read(), "installing it again replaces it"


def test_only_who_trusts_the_server_reads_the_check(sides: Sides) -> None:
    answer = sides.secure("/tls/check")
    assert answer.status == 204 and answer.headers["Access-Control-Allow-Origin"] == "*"
    context = ssl.create_default_context()
    strange = http.client.HTTPSConnection("127.0.0.1", sides.server.port, timeout=10, context=context)
    with pytest.raises(ssl.SSLCertVerificationError):
        strange.request("GET", "/tls/check")


def test_nothing_makes_a_browser_insist_on_https_before_the_device_trusts_it(sides: Sides) -> None:
    """A new authority could else never be installed: the page that explains it would not be reached."""
    assert sides.secure("/join").headers["Strict-Transport-Security"] is None


def test_the_session_is_bound_to_https(sides: Sides) -> None:
    assert sides.secure("/j/00000000").status == 403
    assert sides.server.base in sides.plain("/tls").read().decode()


def test_a_certificate_that_ends_soon_is_renewed_at_the_start(tmp_path: Path) -> None:
    keeping = Keeping(tmp_path / "data" / "keys")
    keeping.make("Ủy ban", Names.read(["127.0.0.1"]), datetime.now(UTC) - timedelta(days=380))
    assert keeping.is_due(datetime.now(UTC))
    with Server(tmp_path / "data", "--tls"):
        assert not keeping.is_due(datetime.now(UTC))


def test_the_agencys_certificate_is_used_and_needs_no_enrolment(tmp_path: Path) -> None:
    names = Names.read(["127.0.0.1"])
    root = authority.make_root("Cơ quan", names, datetime.now(UTC))
    made = authority.make_server(root, names, datetime.now(UTC))
    (tmp_path / "site.pem").write_bytes(made.certificate)
    (tmp_path / "site.key").write_bytes(made.key)
    settings = {
        "MEETINGROOM_CERTIFICATE": str(tmp_path / "site.pem"),
        "MEETINGROOM_CERTIFICATE_KEY": str(tmp_path / "site.key"),
    }
    with Server(tmp_path / "data", environment=settings) as server:
        context = ssl.create_default_context(cadata=root.certificate.decode())
        with closing(http.client.HTTPSConnection("127.0.0.1", server.port, timeout=10, context=context)) as line:
            line.request("GET", "/tls/root.crt")
            answer = line.getresponse()
            assert answer.status == 404 and answer.headers["Strict-Transport-Security"]


def test_a_certificate_that_cannot_be_used_is_said_at_the_start(tmp_path: Path) -> None:
    (tmp_path / "site.pem").write_text("no certificate")
    settings = os.environ | {"MEETINGROOM_CERTIFICATE": str(tmp_path / "site.pem")}
    command = [sys.executable, "-m", "meetingroom", "serve", "--port", "0", "--data", str(tmp_path / "data")]
    ended = subprocess.run(command, env=settings, capture_output=True, text=True, timeout=60)
    assert ended.returncode == 1 and "site.pem" in ended.stderr and "Traceback" not in ended.stderr
