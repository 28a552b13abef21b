"""The authority vouches for its own names and nothing else; what it makes is renewed and kept from others."""

from __future__ import annotations

import ssl
import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from meetingroom.tls import authority
from meetingroom.tls.authority import NotPermitted, Pair
from meetingroom.tls.kept import Keeping, Unusable
from meetingroom.tls.names import Names, Unnameable

NOW = datetime.now(UTC)


def greet(root: bytes, server: Pair, host: str, folder: Path) -> None:
    """A handshake in memory: the client trusts the root only. Raises ssl.SSLCertVerificationError."""
    pem = folder / "server.pem"
    pem.write_bytes(server.key + server.certificate)
    serving = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    serving.load_cert_chain(pem)
    trusting = ssl.create_default_context(cadata=root.decode())
    to_server, to_client = ssl.MemoryBIO(), ssl.MemoryBIO()
    client = trusting.wrap_bio(to_client, to_server, server_hostname=host)
    other = serving.wrap_bio(to_server, to_client, server_side=True)
    for _ in range(4):
        for side in (client, other):
            try:
                side.do_handshake()
            except ssl.SSLWantReadError:
                continue


@pytest.mark.parametrize("given", [["hop.local"], ["192.168.1.10"], ["hop.local", "192.168.1.10", "192.168.1.0/24"]])
def test_what_it_signs_is_trusted_by_who_trusts_it(tmp_path: Path, given: list[str]) -> None:
    names = Names.read(given)
    root = authority.make_root("Ủy ban nhân dân tỉnh", names, NOW)
    server = authority.make_server(root, names, NOW)
    for host in (*names.hosts, *map(str, names.addresses)):
        greet(root.certificate, server, host, tmp_path)
    with pytest.raises(ssl.SSLCertVerificationError, match=r"not valid for|mismatch"):
        greet(root.certificate, server, "other.local", tmp_path)


@pytest.mark.parametrize(
    ("given", "foreign"),
    [
        (["hop.local"], "bank.example"),
        (["hop.local"], "hophop.local"),
        (["hop.local"], "192.168.1.10"),
        (["192.168.1.10"], "bank.example"),
        (["192.168.1.10", "192.168.1.0/24"], "192.168.2.10"),
        (["192.168.1.10"], "2001:db8::1"),
    ],
)
def test_a_stolen_key_vouches_for_no_other_site(tmp_path: Path, given: list[str], foreign: str) -> None:
    root = authority.make_root("Ủy ban", Names.read(given), NOW)
    names = Names.read([foreign])
    with pytest.raises(NotPermitted):
        authority.make_server(root, names, NOW)
    with pytest.raises(ssl.SSLCertVerificationError, match="subtree"):
        greet(root.certificate, forged(root, names), foreign, tmp_path)


def forged(root: Pair, names: Names) -> Pair:
    """What a thief would sign with the stolen key."""
    issuer = x509.load_pem_x509_certificate(root.certificate)
    signer = serialization.load_pem_private_key(root.key, None)
    assert isinstance(signer, ec.EllipticCurvePrivateKey)
    key = ec.generate_private_key(ec.SECP256R1())
    certificate = (
        x509.CertificateBuilder()
        .subject_name(x509.Name([]))
        .issuer_name(issuer.subject)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(NOW - timedelta(days=1))
        .not_valid_after(NOW + timedelta(days=9))
        .add_extension(
            x509.SubjectAlternativeName([*map(x509.DNSName, names.hosts), *map(x509.IPAddress, names.addresses)]),
            critical=True,
        )
        .sign(signer, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return Pair(certificate.public_bytes(serialization.Encoding.PEM), private)


@pytest.mark.parametrize(
    "given", [[], ["local"], ["hop_1.local"], ["10.0.0.0/4"], ["1.2.3.4/99"], ["192.168.1"], ["-a.local"]]
)
def test_what_is_no_name_of_a_server_is_said(given: list[str]) -> None:
    with pytest.raises(Unnameable):
        Names.read(given)


def test_keys_are_for_this_user_only_and_renewal_keeps_the_authority(tmp_path: Path) -> None:
    keeping = Keeping(tmp_path / "keys")
    keeping.make("Ủy ban", Names.read(["hop.local", "10.0.0.0/8"]), NOW - timedelta(days=380))
    for file in (keeping.root_key, keeping.server):
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert keeping.is_due(NOW)
    root = keeping.root.read_bytes()
    keeping.renew(NOW)
    assert not keeping.is_due(NOW) and keeping.root.read_bytes() == root
    assert keeping.serving().names == Names(("hop.local",), (), ())
    keeping.renew(NOW, Names.read(["hop.local", "10.1.2.3"]))
    assert str(keeping.serving().names) == "hop.local, 10.1.2.3"
    with pytest.raises(NotPermitted):
        keeping.renew(NOW, Names.read(["192.168.1.1"]))
    keeping.root_key.unlink()
    with pytest.raises(Unusable, match=r"root\.key"):
        keeping.renew(NOW)
    keeping.serving().context()


def test_a_certificate_that_cannot_be_used_is_said(tmp_path: Path) -> None:
    with pytest.raises(Unusable, match="meetingroom tls"):
        Keeping(tmp_path / "keys").serving()
