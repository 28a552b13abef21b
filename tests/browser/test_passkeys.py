"""A passkey in real Chromium, with an authenticator of its own: added on the account page, then used instead of the code."""

from __future__ import annotations

import base64
import hashlib
import re
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from playwright.sync_api import Browser, Page, expect

from meetingroom.storage.second import PERIOD, hotp
from meetingroom.tls.kept import Keeping
from meetingroom.tls.names import Names
from tests.browser.conftest import PATIENCE, TABLET, chromium
from tests.servers import Server, administrator

pytestmark = pytest.mark.browser
pytest.importorskip("webauthn", reason="the extra passkey is not installed")
LOGIN, PASSWORD = "chu-tri", "một câu dài để nhớ"


@pytest.fixture
def secure(tmp_path: Path) -> Iterator[Server]:
    data = tmp_path / "data"
    administrator(data, LOGIN, PASSWORD)
    Keeping(data / "keys").make("Ủy ban", Names.read(["localhost"]), datetime.now(UTC))
    with Server(data, "--tls") as running:
        yield running


@pytest.fixture
def page(browser: Browser, secure: Server) -> Iterator[Page]:
    """Of a device that trusts the server's key: on a page it does not trust there are no passkeys."""
    certificate = x509.load_pem_x509_certificate(Keeping(secure.data / "keys").server.read_bytes())
    key = certificate.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    trusted = base64.b64encode(hashlib.sha256(key).digest()).decode()
    options = ["--no-sandbox", "--disable-dev-shm-usage", f"--ignore-certificate-errors-spki-list={trusted}"]
    own = browser.browser_type.launch(executable_path=chromium(), args=options)
    opened = own.new_context(viewport={"width": TABLET[0], "height": TABLET[1]}, locale="vi-VN").new_page()
    opened.set_default_timeout(PATIENCE)
    line = opened.context.new_cdp_session(opened)
    line.send("WebAuthn.enable")
    kind = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    ready = {"isUserVerified": True, "automaticPresenceSimulation": True}
    line.send("WebAuthn.addVirtualAuthenticator", {"options": kind | ready})
    yield opened
    own.close()


def password(page: Page, server: Server) -> None:
    page.goto(f"{server.base}/sign-in?next=/account")
    page.locator("#login").fill(LOGIN)
    page.locator("#password").fill(PASSWORD)
    page.locator("main button.strong").click()


def code(secret: bytes, later: int = 0) -> str:
    return hotp(secret, int(time.time()) // PERIOD + later)


def test_a_passkey_is_added_and_lets_its_owner_in(page: Page, secure: Server) -> None:
    password(page, secure)
    secret = base64.b32decode(re.sub(r"\s", "", page.locator("code.typed").inner_text()))
    page.locator("#code").fill(code(secret))
    page.locator("[value=second]").click()
    expect(page.locator(".recoveries li")).to_have_count(10)

    adding = page.locator("#add-passkey")
    adding.locator("[name=name]").fill("iPad của chủ trì")
    adding.locator("[name=code]").fill("000000")
    adding.locator("button").click()
    expect(adding.locator("[role=alert]")).to_contain_text("Mã không đúng")
    adding.locator("[name=code]").fill(code(secret, 1))
    adding.locator("button").click()
    expect(page.locator("#passkeys li")).to_contain_text("iPad của chủ trì")

    page.context.clear_cookies()
    password(page, secure)
    using = page.locator("#use-passkey")
    expect(using).to_be_visible()
    assert Axe().run(page).response["violations"] == []
    using.locator("button").click()
    expect(page.locator("#passkeys li")).to_contain_text("dùng gần nhất")
    assert page.url == f"{secure.base}/account"
    assert Axe().run(page).response["violations"] == []
    page.locator("#passkeys [value=passkey_off]").click()
    expect(page.locator("#passkeys li")).to_have_count(0)
