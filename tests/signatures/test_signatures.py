"""What is said of signatures, on files that are signed here: whole, signed again, changed since, altered, of whom."""

from __future__ import annotations

import asyncio
import io
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from asn1crypto import keys
from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils.generic import (
    ArrayObject,
    DictionaryObject,
    IndirectObject,
    NumberObject,
    pdf_name,
)
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import signers
from pyhanko.sign.fields import SigFieldSpec
from pyhanko_certvalidator.registry import SimpleCertificateStore

from meetingroom.export.document import Document, Paragraph
from meetingroom.export.typeset import pdf
from meetingroom.signatures import apart
from meetingroom.signatures.adding import only_signed
from meetingroom.signatures.reading import signatures
from tests.rendering import documents

NOW = datetime.now(UTC)


def named(common: str, organisation: str) -> x509.Name:
    return x509.Name(
        [x509.NameAttribute(NameOID.ORGANIZATION_NAME, organisation), x509.NameAttribute(NameOID.COMMON_NAME, common)]
    )


def certified(name: x509.Name, by: tuple[x509.Name, rsa.RSAPrivateKey] | None) -> tuple[bytes, rsa.RSAPrivateKey]:
    """A certificate as DER, and its key; without `by` it is an authority of its own."""
    key = rsa.generate_private_key(65537, 2048)
    issuer, signing = by or (name, key)
    usage = {"digital_signature": by is not None, "content_commitment": by is not None, "key_cert_sign": by is None}
    others = ("key_encipherment", "data_encipherment", "key_agreement", "crl_sign", "encipher_only", "decipher_only")
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(NOW - timedelta(days=1))
        .not_valid_after(NOW + timedelta(days=30))
        .add_extension(x509.BasicConstraints(by is None, None), critical=True)
        .add_extension(x509.KeyUsage(**usage, **dict.fromkeys(others, False)), critical=True)
        .sign(signing, hashes.SHA256())
    )
    return made.public_bytes(serialization.Encoding.DER), key


AUTHORITY_NAME = named("CA thử nghiệm", "Ban Cơ yếu")
ROOT, AUTHORITY_KEY = certified(AUTHORITY_NAME, None)


def signer(name: str) -> signers.SimpleSigner:
    certificate, key = certified(named(name, "Sở Tài chính"), (AUTHORITY_NAME, AUTHORITY_KEY))
    private = key.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    store = SimpleCertificateStore()
    store.register(asn1.Certificate.load(ROOT))
    return signers.SimpleSigner(asn1.Certificate.load(certificate), keys.PrivateKeyInfo.load(private), store)


def signed(content: bytes, name: str, field: str = "Signature1") -> bytes:
    out = signers.sign_pdf(
        IncrementalPdfFileWriter(io.BytesIO(content)), signers.PdfSignatureMetadata(field_name=field), signer(name)
    )
    return bytes(out.getbuffer())


def changed(content: bytes) -> bytes:
    """Something written onto the first page, as an incremental update."""
    writer = IncrementalPdfFileWriter(io.BytesIO(content))
    page = writer.root["/Pages"]["/Kids"][0]  # type: ignore[index]
    page["/Rotate"] = NumberObject(90)  # type: ignore[index]
    writer.update_container(page)  # type: ignore[arg-type]
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def noted(content: bytes) -> bytes:
    """A note laid on the first page."""
    writer = IncrementalPdfFileWriter(io.BytesIO(content))
    kinds = {pdf_name("/Type"): pdf_name("/Annot"), pdf_name("/Subtype"): pdf_name("/FreeText")}
    note = writer.add_object(DictionaryObject(kinds))
    page = writer.root["/Pages"]["/Kids"][0]  # type: ignore[index]
    page["/Annots"] = ArrayObject([note])  # type: ignore[index]
    writer.update_container(page)  # type: ignore[arg-type]
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def redirected(content: bytes) -> bytes:
    """What the first page shows replaced, by a whole cross-reference table that does not name the one before it."""
    reader = PdfFileReader(io.BytesIO(content))
    every = range(reader.xrefs.total_revisions)
    known = {each for revision in every for each in reader.xrefs.explicit_refs_in_revision(revision)}
    places = {each.idnum: reader.xrefs[each] for each in known}
    shown = reader.root["/Pages"]["/Kids"][0].raw_get("/Contents")
    number = (shown if isinstance(shown, IndirectObject) else list.__getitem__(shown, 0)).idnum
    out = bytearray(content + b"\n")
    places[number] = len(out)
    out += b"%d 0 obj\n<</Length 16>>\nstream\n0 0 300 300 re f\nendstream\nendobj\n" % number
    start = len(out)
    out += b"xref\n0 1\n0000000000 65535 f \n"
    for each, place in sorted(places.items()):
        out += b"%d 1\n%010d 00000 n \n" % (each, place)
    told = (reader.trailer_view["/Size"], reader.root_ref.idnum, start)
    return bytes(out + b"trailer\n<</Size %d/Root %d 0 R>>\nstartxref\n%d\n%%%%EOF\n" % told)


def printed() -> bytes:
    """As our own documents are."""
    parts = (Paragraph("Một dòng của biên bản"),) * 60
    sheet = Document(
        name="Biên bản", superior="", issuer="UBND", number="", title="BIÊN BẢN", about=(), parts=parts, signers=(),
        mark="", kept="",
    )  # fmt: skip
    return pdf([sheet], None, 0)


def said(content: bytes, *roots: bytes) -> list[dict[str, Any]]:
    return signatures(io.BytesIO(content), roots)


def test_a_signature_over_the_whole_file() -> None:
    (only,) = said(signed(documents.text(1), "Nguyễn Văn A"), ROOT)
    assert (only["name"], only["organisation"], only["issuer"]) == ("Nguyễn Văn A", "Sở Tài chính", "CA thử nghiệm")
    assert only["intact"] and only["whole"] and only["since"] == "nothing" and only["trusted"]
    assert abs(only["at"] - NOW.timestamp() * 1000) < 3_600_000 and "stamped" not in only


def test_an_issuer_that_is_not_among_the_trusted_is_said_so() -> None:
    content = signed(documents.text(1), "Nguyễn Văn A")
    stranger, _ = certified(named("CA khác", "Ai đó"), None)
    assert said(content, stranger)[0]["trusted"] is False
    assert "trusted" not in said(content)[0], "without trusted roots nothing is said of trust"


def test_a_second_signature_is_something_the_first_allows() -> None:
    first, second = said(signed(signed(documents.text(1), "Một"), "Hai", "Signature2"), ROOT)
    assert (first["name"], first["intact"], first["whole"], first["since"]) == ("Một", True, False, "added")
    assert (second["name"], second["whole"]) == ("Hai", True)


def test_what_was_changed_after_signing_is_said() -> None:
    (only,) = said(changed(signed(documents.text(1), "Một")), ROOT)
    assert only["intact"] and not only["whole"] and only["since"] == "changed"


def test_an_altered_file_is_not_intact() -> None:
    content = bytearray(signed(documents.text(1), "Một"))
    at = content.index(b"/MediaBox")
    content[at + 1 : at + 9] = b"mediabox"
    (only,) = said(bytes(content), ROOT)
    assert only["intact"] is False and not only.get("trusted")


def test_a_file_without_signatures_has_none() -> None:
    assert said(documents.text(1)) == []


def only(content: bytes, former: bytes) -> bool:
    return only_signed(io.BytesIO(content), len(former))


def stamped(content: bytes) -> bytes:
    """A signature that is seen on the page."""
    place = SigFieldSpec("Seen", on_page=0, box=(100, 100, 300, 160))
    metadata = signers.PdfSignatureMetadata(field_name="Seen")
    out = signers.sign_pdf(IncrementalPdfFileWriter(io.BytesIO(content)), metadata, signer("Một"), new_field_spec=place)
    return bytes(out.getbuffer())


@pytest.mark.parametrize("plain", [documents.text(2), printed()], ids=["drawn", "printed"])
def test_what_was_added_is_signatures_or_more(plain: bytes) -> None:
    once = signed(plain, "Một")
    twice = signed(once, "Hai", "Signature2")
    assert only(once, plain) and only(twice, plain) and only(twice, once)
    assert only(stamped(plain), plain) and only(stamped(once), once)
    assert not only(changed(plain), plain)
    assert not only(signed(changed(plain), "Một"), plain), "changed first, and signed then"
    assert not only(signed(changed(once), "Hai", "Signature2"), once)
    assert not only(noted(plain), plain), "an annotation that is no signature"


@pytest.mark.parametrize("plain", [documents.text(2), printed()], ids=["drawn", "printed"])
def test_a_table_that_forgets_what_was_there_is_more_than_signatures(plain: bytes) -> None:
    sealed = signed(plain, "Con dấu", "Seal")
    for former in (plain, sealed):
        forged = signed(redirected(former), "Một")
        assert forged.startswith(former) and said(forged)[-1]["intact"] and said(forged)[-1]["whole"]
        assert not only(forged, former)
        assert only(signed(former, "Một"), former)


def test_in_a_process_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "root.der").write_bytes(ROOT)
    (tmp_path / "a.pdf").write_bytes(signed(documents.text(1), "Nguyễn Văn A"))
    (tmp_path / "b.pdf").write_bytes(b"no PDF")
    (only,) = json.loads(asyncio.run(apart.read(tmp_path / "a.pdf", [tmp_path / "root.der"])))
    assert only["trusted"] and only["name"] == "Nguyễn Văn A"
    with pytest.raises(apart.Unread):
        asyncio.run(apart.read(tmp_path / "b.pdf", []))
    plain = documents.text(1)
    (tmp_path / "c.pdf").write_bytes(signed(plain, "Nguyễn Văn A"))
    assert asyncio.run(apart.only_signed(tmp_path / "c.pdf", len(plain)))
    (tmp_path / "d.pdf").write_bytes(signed(changed(plain), "Nguyễn Văn A"))
    assert not asyncio.run(apart.only_signed(tmp_path / "d.pdf", len(plain)))
