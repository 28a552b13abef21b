"""Where authority and certificate lie: data/keys/tls, readable by the server's user only, in no backup.

`root.key` may be taken to a safe place once it has signed: it is needed again only for the next server certificate.
"""

from __future__ import annotations

import ssl
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from meetingroom.storage.files import keep_key
from meetingroom.tls import authority
from meetingroom.tls.authority import Pair
from meetingroom.tls.names import Names


class Unusable(Exception):
    """There is no certificate that could be used; the text says what to do."""


@dataclass(frozen=True, slots=True)
class Serving:
    """What the server speaks https with. `root`: PEM of our own authority, or nothing where the agency's is used."""

    certificate: Path
    key: Path
    root: bytes | None = None

    def context(self) -> ssl.SSLContext:
        """Raises Unusable. TLS 1.2 at least; OpenSSL's own choice of ciphers, which leaves the weak ones out."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.minimum_version = ssl.TLSVersion.TLSv1_2
        context.set_alpn_protocols(["http/1.1"])
        self.load(context)
        return context

    def load(self, context: ssl.SSLContext) -> None:
        """Also into a context in use: whoever connects from now on is shown the new certificate. Raises Unusable."""
        try:
            # A key with a password would have the server wait for somebody to type it.
            context.load_cert_chain(self.certificate, self.key, password="")
        except (OSError, ssl.SSLError) as error:
            raise Unusable(f"{self.certificate} with {self.key} cannot be used: {error}") from error

    @property
    def names(self) -> Names:
        return authority.names_of(self.certificate.read_bytes())


@dataclass(frozen=True, slots=True)
class Https:
    """How the server is reached: https at `port`; plain http at `door` only for who does not trust it yet."""

    serving: Serving
    port: int
    door: int | None

    def base(self, host: str) -> str:
        """The address for who asked for `host`; by a name of the certificate where that is none."""
        return _address("https", self._name(host), self.port, 443)

    def enrolment(self, host: str) -> str:
        """Where a device begins that does not trust the server yet."""
        return _address("http", self._name(host), self.door, 80) + "/tls" if self.door else self.base(host) + "/tls"

    def _name(self, host: str) -> str:
        names = (*self.serving.names.hosts, *map(str, self.serving.names.addresses))
        return host if host in names or not names else names[0]


def _address(scheme: str, host: str, port: int, usual: int) -> str:
    shown = f"[{host}]" if ":" in host else host
    return f"{scheme}://{shown}" if port == usual else f"{scheme}://{shown}:{port}"


class Keeping:
    """The folder. All calls block."""

    def __init__(self, keys: Path) -> None:
        self._folder = keys / "tls"
        self.root, self.root_key = self._folder / "root.crt", self._folder / "root.key"
        self.server = self._folder / "server.pem"

    @property
    def exists(self) -> bool:
        return self.root.exists()

    def make(self, organisation: str, names: Names, now: datetime) -> None:
        """A new authority and a certificate for the server. The key before the certificate: what is named can be used."""
        pair = authority.make_root(organisation, names, now)
        self.server.unlink(missing_ok=True)  # it belongs to the former authority
        keep_key(self.root_key, pair.key)
        keep_key(self.root, pair.certificate)
        self._sign(pair, names, now)

    def renew(self, now: datetime, names: Names | None = None) -> None:
        """A new certificate for the server, for the same names if none are given. Raises Unusable, NotPermitted."""
        if not self.root_key.exists():
            raise Unusable(f"{self.root_key} is needed to renew the certificate: put it back for as long as that takes")
        pair = Pair(self.root.read_bytes(), self.root_key.read_bytes())
        self._sign(pair, names or authority.names_of(self.server.read_bytes()), now)

    def _sign(self, root: Pair, names: Names, now: datetime) -> None:
        made = authority.make_server(root, names, now)
        # One file for both, so that no power cut leaves a certificate beside a key that is not its own.
        keep_key(self.server, made.key + made.certificate)

    def is_due(self, now: datetime) -> bool:
        return authority.is_due(self.server.read_bytes(), now)

    def serving(self) -> Serving:
        """Raises Unusable."""
        if not self.server.exists():
            raise Unusable("there is no certificate yet: make one with `meetingroom tls NAME…`")
        return Serving(self.server, self.server, self.root.read_bytes())
