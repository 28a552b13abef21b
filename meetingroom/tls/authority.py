"""The authority: a root certificate that may vouch for nothing but the names and networks of this installation, and the
certificate it gives the server.

Why should an official's tablet trust it? Because it cannot do harm: its name constraints are critical, so that a browser
refuses whatever else it would sign, and the certificates of public sites with it.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from meetingroom.tls.names import Address, Names, Network

ROOT_YEARS = 10
SERVER_DAYS = 397  # what browsers take at most from public authorities; Apple takes 825 from private ones
RENEW_DAYS = 30  # left when it is time for a new one
CLOCKS_DIFFER = timedelta(days=1)  # a tablet's clock may be behind

EVERYTHING = (ipaddress.ip_network("0.0.0.0/0"), ipaddress.ip_network("::/0"))


class NotPermitted(Exception):
    """A name lies outside of what the authority may vouch for."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A certificate and its private key, as PEM."""

    certificate: bytes
    key: bytes


def make_root(organisation: str, names: Names, now: datetime) -> Pair:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name(
        [
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, organisation[:64]),
            x509.NameAttribute(NameOID.COMMON_NAME, f"Phòng họp không giấy tờ {now:%Y-%m-%d}"),
        ]
    )
    certificate = (
        _builder(name, name, key.public_key(), now, timedelta(days=365 * ROOT_YEARS))
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(signs=True), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(_constraints(names), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )
    return _pair(certificate, key)


def _constraints(names: Names) -> x509.NameConstraints:
    """A kind of name nothing is said about would be free: what is not given is shut out."""
    hosts = [x509.DNSName(host) for host in names.hosts]
    networks = [x509.IPAddress(network) for network in names.permitted]
    shut: list[x509.GeneralName] = []
    if not hosts:
        shut.append(x509.DNSName(""))
    if not networks:
        shut += [x509.IPAddress(network) for network in EVERYTHING]
    return x509.NameConstraints([*hosts, *networks] or None, shut or None)


def make_server(root: Pair, names: Names, now: datetime) -> Pair:
    """The server's certificate, root not included. Raises NotPermitted."""
    issuer = x509.load_pem_x509_certificate(root.certificate)
    signer = serialization.load_pem_private_key(root.key, None)
    assert isinstance(signer, ec.EllipticCurvePrivateKey)
    _check_permitted(issuer, names)
    key = ec.generate_private_key(ec.SECP256R1())
    # Not a name of the server: some take a common name that looks like one for another name to be vouched for.
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Máy chủ phòng họp")])
    alternatives = [*map(x509.DNSName, names.hosts), *map(x509.IPAddress, names.addresses)]
    certificate = (
        _builder(subject, issuer.subject, key.public_key(), now, timedelta(days=SERVER_DAYS))
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(signs=False), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(x509.SubjectAlternativeName(alternatives), critical=False)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(signer.public_key()),
            critical=False,
        )
        .sign(signer, hashes.SHA256())
    )
    return _pair(certificate, key)


def _check_permitted(root: x509.Certificate, names: Names) -> None:
    """Browsers would refuse it; whoever makes it is told at once."""
    permitted = root.extensions.get_extension_for_class(x509.NameConstraints).value.permitted_subtrees or ()
    hosts = [name.value for name in permitted if isinstance(name, x509.DNSName)]
    networks = [value for value in _addresses(permitted) if isinstance(value, Network)]
    for host in names.hosts:
        if not any(host == allowed or host.endswith(f".{allowed}") for allowed in hosts):
            raise NotPermitted(host)
    for address in names.addresses:
        if not any(address in network for network in networks):
            raise NotPermitted(str(address))


def names_of(certificate: bytes) -> Names:
    """What a server's certificate stands for."""
    read = x509.load_pem_x509_certificate(certificate)
    found = read.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    addresses = tuple(value for value in _addresses(found) if isinstance(value, Address))
    return Names(tuple(found.get_values_for_type(x509.DNSName)), addresses, ())


def _addresses(names: Iterable[x509.GeneralName]) -> list[Address | Network]:
    return [name.value for name in names if isinstance(name, x509.IPAddress)]


def ends(certificate: bytes) -> datetime:
    return x509.load_pem_x509_certificate(certificate).not_valid_after_utc


def is_due(certificate: bytes, now: datetime) -> bool:
    return ends(certificate) - now < timedelta(days=RENEW_DAYS)


def der(certificate: bytes) -> bytes:
    """As devices install it."""
    return x509.load_pem_x509_certificate(certificate).public_bytes(serialization.Encoding.DER)


def fingerprint(certificate: bytes) -> str:
    """SHA-256 in groups that can be compared by eye with what a device shows."""
    digest = x509.load_pem_x509_certificate(certificate).fingerprint(hashes.SHA256()).hex().upper()
    return " ".join(digest[at : at + 4] for at in range(0, len(digest), 4))


def common_name(certificate: bytes) -> str:
    """What a device calls it in its list."""
    subject = x509.load_pem_x509_certificate(certificate).subject
    return str(subject.get_attributes_for_oid(NameOID.COMMON_NAME)[0].value)


def _builder(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePublicKey, now: datetime, lasts: timedelta
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now.astimezone(UTC) - CLOCKS_DIFFER)
        .not_valid_after(now.astimezone(UTC) + lasts - CLOCKS_DIFFER)
    )


def _usage(signs: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs,
        key_cert_sign=signs,
        crl_sign=signs,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )


def _pair(certificate: x509.Certificate, key: ec.EllipticCurvePrivateKey) -> Pair:
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return Pair(certificate.public_bytes(serialization.Encoding.PEM), private)
