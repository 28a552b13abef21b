"""The approved minutes leave as a file, are signed elsewhere, and come back: that file and nothing else; archived so."""

from __future__ import annotations

import io
import json
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.serialization import pkcs12

from tests.endpoints.test_minutes import Desk
from tests.rendering import documents
from tests.signatures.test_signatures import (
    AUTHORITY_KEY,
    AUTHORITY_NAME,
    ROOT,
    certified,
    changed,
    named,
    redirected,
    said,
    signed,
)
from tests.stories import CHAIR, FINANCE, GUEST, SECRETARY


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    opened = Desk(tmp_path / "data")
    with opened.server:
        yield opened


def bring(desk: Desk, content: bytes, who: str = SECRETARY) -> tuple[int, dict[str, object]]:
    headers = {"Cookie": desk.cookies[who], "Origin": desk.server.base}
    answer = desk.server.ask("PUT", f"/m/m/{who}/minutes/signed", headers, content)
    return answer.status, json.loads(answer.body)


def test_minutes_come_back_signed_and_are_locked(desk: Desk) -> None:
    draft = desk.ask(SECRETARY, "documents/minutes.pdf").body
    assert bring(desk, signed(draft, "Một"))[1]["code"] == "signing.not_approved"
    assert desk.ask(CHAIR, "minutes/approval", desk.seen(CHAIR)).status == 200
    printed = desk.ask(SECRETARY, "documents/minutes.pdf").body
    assert printed.startswith(b"%PDF") and desk.ask(CHAIR, "documents/minutes.pdf").body == printed
    once = signed(printed, "Nguyễn Văn A")
    for content, code in (
        (printed, "signing.no_signature"),
        (signed(documents.text(1), "Nguyễn Văn A"), "signing.not_ours"),
        (changed(printed), "signing.no_signature"),
        (signed(changed(printed), "Nguyễn Văn A"), "signing.more_than_signed"),
        (signed(redirected(printed), "Nguyễn Văn A"), "signing.more_than_signed"),
        (changed(once), "signing.not_whole"),
        (printed + b"x", "signing.no_signature"),
        (b"no PDF", "signing.not_ours"),
    ):
        status, told = bring(desk, content)
        assert (status, told["code"]) == (409, code) and told["text"]
    assert desk.ask(SECRETARY, "documents/minutes.pdf").body == printed, "nothing of it was kept"
    assert bring(desk, once, FINANCE)[0] == 404

    assert bring(desk, once) == (201, {"signers": ["Nguyễn Văn A"]})
    for who in (SECRETARY, FINANCE):
        assert desk.ask(who, "documents/minutes.pdf").body == once
    assert desk.ask(GUEST, "documents/minutes.pdf").status == 404
    other = signed(printed, "Trần Thị B")
    assert bring(desk, other)[1]["code"] == "signing.not_ours", "what is signed stays signed"
    twice = signed(once, "Trần Thị B", "Signature2")
    assert bring(desk, twice) == (201, {"signers": ["Nguyễn Văn A", "Trần Thị B"]})

    with zipfile.ZipFile(io.BytesIO(archived(desk))) as archive:
        assert archive.read("van-ban/bien-ban.pdf") == twice


def archived(desk: Desk) -> bytes:
    desk.ask(SECRETARY, "archive", b"")
    for _ in range(200):
        told = json.loads(desk.ask(SECRETARY, "archive").body)
        if told["state"] != "making":
            break
        time.sleep(0.1)
    return desk.ask(SECRETARY, "archive?file").body


def test_minutes_are_sealed_where_that_is_set_and_signed_over_the_seal(tmp_path: Path) -> None:
    certificate, key = certified(named("Văn phòng UBND tỉnh", "UBND tỉnh"), (AUTHORITY_NAME, AUTHORITY_KEY))
    lock = serialization.BestAvailableEncryption(b"mat-khau")
    packed = pkcs12.serialize_key_and_certificates(b"x", key, x509.load_der_x509_certificate(certificate), None, lock)
    (tmp_path / "seal.p12").write_bytes(packed)
    settings = {"MEETINGROOM_SEAL_CERTIFICATE": str(tmp_path / "seal.p12"), "MEETINGROOM_SEAL_PASSWORD": "wrong"}
    desk = Desk(tmp_path / "data", **settings)
    with desk.server:
        assert desk.ask(CHAIR, "minutes/approval", desk.seen(CHAIR)).status == 200
        assert desk.ask(SECRETARY, "documents/minutes.pdf").status == 501, "never unsealed"
        desk.server.stop()
        desk.server.environment = {**desk.server.environment, "MEETINGROOM_SEAL_PASSWORD": "mat-khau"}
        desk.server.start()
        sealed = desk.ask(SECRETARY, "documents/minutes.pdf").body
        (seal,) = said(sealed, ROOT)
        assert (seal["name"], seal["whole"], seal["trusted"]) == ("Văn phòng UBND tỉnh", True, True)
        assert desk.ask(CHAIR, "documents/minutes.pdf").body == sealed, "sealed once"
        status, told = bring(desk, signed(sealed, "Nguyễn Văn A"))
        assert (status, told) == (201, {"signers": ["Văn phòng UBND tỉnh", "Nguyễn Văn A"]})
        assert "mat-khau" not in desk.server.logged()
