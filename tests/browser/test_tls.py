"""Enrolment in real Chromium: before the root certificate is installed the page says so, afterwards the meeting opens."""

from __future__ import annotations

import os
import shutil
import ssl
import subprocess
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from http.server import HTTPServer, SimpleHTTPRequestHandler
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Error, expect

from meetingroom.tls.authority import Pair
from meetingroom.tls.kept import Keeping
from meetingroom.tls.names import Names
from tests.browser.conftest import PATIENCE, TABLET, chromium, until
from tests.servers import DemoServer
from tests.tls.test_authority import forged

pytestmark = pytest.mark.browser


@pytest.fixture
def secure(tmp_path: Path, founded: Path) -> Iterator[DemoServer]:
    shutil.copytree(founded, tmp_path / "data")
    Keeping(tmp_path / "data" / "keys").make("Ủy ban", Names.read(["127.0.0.1"]), datetime.now(UTC))
    with DemoServer(tmp_path / "data", "--tls") as running:
        yield running


@pytest.fixture
def trusting(browser: Browser, tmp_path: Path) -> Iterator[Callable[[Path], Browser]]:
    """A browser of a device on which a root certificate was installed."""
    opened: list[Browser] = []

    def install(root: Path) -> Browser:
        if shutil.which("certutil") is None:
            pytest.skip("no certutil on this machine (libnss3-tools): trusting a root certificate is not tried")
        store = tmp_path / "home" / ".pki" / "nssdb"
        store.mkdir(parents=True)
        for arguments in (["-N", "--empty-password"], ["-A", "-t", "C,,", "-n", "root", "-i", str(root)]):
            subprocess.run(["certutil", "-d", f"sql:{store}", *arguments], check=True, capture_output=True)
        home = {**os.environ, "HOME": str(tmp_path / "home")}
        path, options = chromium(), ["--no-sandbox", "--disable-dev-shm-usage", "--disable-background-networking"]
        opened.append(browser.browser_type.launch(executable_path=path, args=options, env=home))
        return opened[-1]

    yield install
    for each in opened:
        each.close()


def test_a_device_is_told_whether_it_trusts_the_server(
    secure: DemoServer, browser: Browser, trusting: Callable[[Path], Browser]
) -> None:
    size = {"width": TABLET[0], "height": TABLET[1]}
    door = f"http://127.0.0.1:{secure.door}/tls"
    strange = browser.new_context(viewport=size, locale="vi-VN")
    page = strange.new_page()
    page.goto(door)
    expect(page.locator("[data-state=unknown]")).to_be_visible(timeout=PATIENCE)
    expect(page.locator("#onward")).to_be_hidden()
    strange.close()

    careless = browser.new_context(viewport=size, locale="vi-VN", ignore_https_errors=True)
    page = careless.new_page()
    page.goto(f"{secure.base}/tls")
    expect(page.locator("[data-state=bypassed]")).to_be_visible(timeout=PATIENCE)
    careless.close()

    page = trusting(secure.data / "keys" / "tls" / "root.crt").new_context(viewport=size, locale="vi-VN").new_page()
    page.goto(door)
    expect(page.locator("[data-state=reached]")).to_be_visible(timeout=PATIENCE)
    page.locator("#onward").click()
    expect(page.locator("[data-state=trusted]")).to_be_visible(timeout=PATIENCE)
    page.goto(secure.link("finance"))
    expect(page.locator("lobby-page [data-do=check-in]")).to_be_visible(timeout=PATIENCE)
    assert page.url.startswith("https://") and page.evaluate("isSecureContext")
    until(page, "() => caches.match(location.pathname).then((kept) => kept !== undefined)")
    line = page.context.new_cdp_session(page)
    errors = line.send("Page.getInstallabilityErrors")["installabilityErrors"]
    assert [error["errorId"] for error in errors if error["errorId"] != "in-incognito"] == []


def test_chromium_refuses_what_the_authority_may_not_vouch_for(
    trusting: Callable[[Path], Browser], tmp_path: Path
) -> None:
    """The same key, misused for another address: the root is trusted, what it says of that address is not."""
    keeping = Keeping(tmp_path / "keys")
    keeping.make("Ủy ban", Names.read(["127.0.0.1"]), datetime.now(UTC))
    root = Pair(keeping.root.read_bytes(), keeping.root_key.read_bytes())
    page = trusting(keeping.root).new_page()
    for names, refused in (("127.0.0.1", False), ("127.0.0.2", True)):
        pair = forged(root, Names.read([names]))
        (tmp_path / "pair.pem").write_bytes(pair.key + pair.certificate)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(tmp_path / "pair.pem")
        server = HTTPServer((names, 0), SimpleHTTPRequestHandler)
        server.socket = context.wrap_socket(server.socket, server_side=True)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        address = f"https://{names}:{server.server_address[1]}/nothing"
        if refused:
            with pytest.raises(Error, match="ERR_CERT"):
                page.goto(address)
        else:
            page.goto(address)
        server.shutdown()
        server.server_close()
