"""Passkeys as a second factor: only over https at a name, each answer good once, and gone with the second factor."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import cbor2
import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from starlette.testclient import TestClient

from meetingroom.app import build
from meetingroom.settings import Settings
from meetingroom.storage.passkeys import MOST
from tests.endpoints.test_admin import LOGIN, PASSWORD, sign_in
from tests.endpoints.test_second import code, turn_on
from tests.servers import administrator

pytest.importorskip("webauthn", reason="the extra passkey is not installed")
HOST = "hop.tinh.vn"
PRESENT, MADE = 0x01, 0x41  # flags of authenticator data (WebAuthn, 6.1)


def text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


class Device:
    """An authenticator with one key, as WebAuthn describes it; it signs whatever it is told to."""

    def __init__(self, name: bytes = b"device") -> None:
        self.id, self.key, self.uses = name, ec.generate_private_key(ec.SECP256R1()), 0

    def makes(self, asked: dict[str, Any], origin: str = f"https://{HOST}") -> dict[str, Any]:
        numbers = self.key.public_key().public_numbers()
        public = {1: 2, 3: -7, -1: 1, -2: numbers.x.to_bytes(32, "big"), -3: numbers.y.to_bytes(32, "big")}
        attested = bytes(16) + len(self.id).to_bytes(2, "big") + self.id + cbor2.dumps(public)
        told = {"fmt": "none", "attStmt": {}, "authData": self._said(asked["rp"]["id"], MADE) + attested}
        return self._answer(attestationObject=cbor2.dumps(told), clientDataJSON=_client("create", asked, origin))

    def proves(self, asked: dict[str, Any], origin: str = f"https://{HOST}", host: str = "") -> dict[str, Any]:
        self.uses += 1
        said, client = self._said(host or asked["rpId"], PRESENT), _client("get", asked, origin)
        signed = self.key.sign(said + hashlib.sha256(client).digest(), ec.ECDSA(hashes.SHA256()))
        return self._answer(authenticatorData=said, clientDataJSON=client, signature=signed)

    def _said(self, host: str, flags: int) -> bytes:
        return hashlib.sha256(host.encode()).digest() + bytes([flags]) + self.uses.to_bytes(4, "big")

    def _answer(self, **parts: bytes) -> dict[str, Any]:
        response = {name: text(part) for name, part in parts.items()}
        return {"id": text(self.id), "rawId": text(self.id), "type": "public-key", "response": response}


def _client(what: str, asked: dict[str, Any], origin: str) -> bytes:
    return json.dumps({"type": f"webauthn.{what}", "challenge": asked["challenge"], "origin": origin}).encode()


def opened(data: Path, host: str = HOST, secure: bool = True) -> TestClient:
    scheme = "https" if secure else "http"
    browser = TestClient(build(Settings(data=data, secure=secure)), base_url=f"{scheme}://{host}")
    browser.headers["origin"] = f"{scheme}://{host}"
    return browser


@pytest.fixture
def browser(tmp_path: Path) -> Iterator[TestClient]:
    administrator(tmp_path, LOGIN, PASSWORD)
    with opened(tmp_path) as client:
        sign_in(client)
        yield client


@pytest.fixture
def device(browser: TestClient) -> Device:
    """One that the account has."""
    secret, *_ = turn_on(browser)
    new = Device()
    asked = browser.post("/account/passkeys/begin", json={"code": code(secret, 1)})
    assert asked.status_code == 200, asked.text
    assert (
        browser.post(
            "/account/passkeys", json={"name": "iPad của Lan", "credential": new.makes(asked.json())}
        ).status_code
        == 200
    )
    return new


def half(browser: TestClient) -> dict[str, Any]:
    """The password was right; what the device is asked."""
    browser.cookies.clear()
    browser.post("/sign-in?next=/admin", data={"login": LOGIN, "password": PASSWORD})
    return asked(browser)


def asked(browser: TestClient) -> dict[str, Any]:
    found: dict[str, Any] = browser.post("/sign-in/passkey/begin", json={}).json()
    return found


def answered(browser: TestClient, credential: Any) -> int:
    return browser.post("/sign-in/passkey?next=/admin", json={"credential": credential}).status_code


def test_a_passkey_stands_for_the_code(browser: TestClient, device: Device) -> None:
    assert "iPad của Lan" in browser.get("/account").text
    question = half(browser)
    assert browser.get("/admin").status_code == 401, "nobody is in yet"
    assert 'id="use-passkey"' in browser.get("/sign-in/code").text
    answer = browser.post("/sign-in/passkey?next=/admin", json={"credential": device.proves(question)})
    assert (answer.status_code, answer.json()) == (200, {"to": "/admin"})
    assert browser.get("/admin").status_code == 200
    lines = browser.get("/admin/audit").text
    assert "Thêm khóa truy cập" in lines.split("<tbody>")[1]


def test_an_answer_is_good_once_and_only_to_its_question(browser: TestClient, device: Device) -> None:
    question = half(browser)
    kept, answer = dict(browser.cookies), device.proves(question)
    assert answered(browser, answer) == 200
    browser.cookies.clear()
    browser.cookies.update(kept)
    assert answered(browser, answer) == 403, "what somebody has overheard"
    browser.cookies.clear()
    browser.cookies.update(kept)
    assert answered(browser, device.proves(question)) == 403, "nor a new answer to the old question"
    assert answered(browser, device.proves(half(browser))) == 200


@pytest.mark.parametrize("wrong", ["origin", "host", "challenge", "key", "id", "count", "shape"])
def test_what_does_not_fit_admits_nobody(browser: TestClient, device: Device, wrong: str) -> None:
    question = half(browser)
    match wrong:
        case "origin":  # the browser is on a page that only looks like ours
            answer: Any = device.proves(question, origin="https://hop-tinh.vn")
        case "host":
            answer = device.proves(question, host="hop-tinh.vn")
        case "challenge":
            answer = device.proves(question | {"challenge": text(bytes(32))})
        case "key":
            answer = Device(device.id).proves(question)
        case "id":
            answer = Device(b"another").proves(question)
        case "count":  # the key was copied, and its other half has been used since
            assert answered(browser, device.proves(question)) == 200
            device.uses -= 1
            answer = device.proves(half(browser))
        case _:
            answer = ["x", {"id": 7}]
    assert answered(browser, answer) == 403
    assert browser.get("/admin").status_code == 401


def test_guessing_is_slowed(browser: TestClient, device: Device) -> None:
    half(browser)
    assert 429 in [answered(browser, Device(device.id).proves(asked(browser))) for _ in range(8)]


def test_adding_one_needs_the_code_of_now_and_an_end_of_them(browser: TestClient) -> None:
    assert browser.post("/account/passkeys/begin", json={"code": "1"}).status_code == 404, "the second factor is off"
    secret, _, used = turn_on(browser)
    assert browser.post("/account/passkeys/begin", json={"code": used}).status_code == 422
    assert browser.post("/account/passkeys", json={"credential": {}}).status_code == 403, "nothing was asked"
    question = browser.post("/account/passkeys/begin", json={"code": code(secret, 1)}).json()
    other = Device().makes(question, origin="https://else.where")
    assert browser.post("/account/passkeys", json={"credential": other}).status_code == 422
    cookies = dict(browser.cookies)
    statuses = []
    for number in range(MOST + 1):
        browser.cookies.clear()
        browser.cookies.update(cookies)
        made = Device(f"device {number}".encode()).makes(question)
        statuses.append(browser.post("/account/passkeys", json={"name": "x", "credential": made}).status_code)
    assert statuses == [200] * MOST + [409]
    assert browser.post("/account/passkeys/begin", content=b"no json").status_code == 400
    assert browser.post("/account/passkeys/begin", content=b" " * 100_000).status_code == 413


def test_they_go_one_by_one_and_with_the_second_factor(browser: TestClient, device: Device) -> None:
    page = browser.post("/account", data={"do": "passkey_off", "passkey": text(device.id)}).text
    assert "iPad của Lan" not in page
    half(browser)
    assert browser.post("/sign-in/passkey/begin", json={}).status_code == 404
    assert 'id="use-passkey"' not in browser.get("/sign-in/code").text


def test_with_the_second_factor_its_passkeys_are_gone(browser: TestClient) -> None:
    secret, recoveries, _ = turn_on(browser)
    question = browser.post("/account/passkeys/begin", json={"code": code(secret, 1)}).json()
    browser.post("/account/passkeys", json={"name": "iPad của Lan", "credential": Device().makes(question)})
    browser.post("/account", data={"do": "second_off", "code": recoveries[0]})
    turn_on(browser)
    assert "iPad của Lan" not in browser.get("/account").text


@pytest.mark.parametrize("host", ["192.168.1.10", "[fd00::1]:8443", "hop.cu.tinh.vn"])
def test_at_another_address_of_the_server_there_are_none(browser: TestClient, device: Device, host: str) -> None:
    other = TestClient(browser.app, base_url=f"https://{host}", headers={"origin": f"https://{host}"})
    sign_in(other)
    assert 'id="use-passkey"' not in other.get("/sign-in/code").text
    assert other.post("/sign-in/passkey/begin", json={}).status_code == 404
    assert answered(other, device.proves({"challenge": text(bytes(32)), "rpId": HOST})) == 403


def test_over_plain_http_there_are_none(tmp_path: Path) -> None:
    administrator(tmp_path, LOGIN, PASSWORD)
    with opened(tmp_path, secure=False) as browser:
        sign_in(browser)
        secret, *_ = turn_on(browser)
        assert 'id="add-passkey"' not in browser.get("/account").text
        assert browser.post("/account/passkeys/begin", json={"code": code(secret, 1)}).status_code == 404
