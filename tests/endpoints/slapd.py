"""A real OpenLDAP server with two people, over TLS by its own certificate; skipped with a clear line where there is none."""

from __future__ import annotations

import contextlib
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from meetingroom.tls import authority
from meetingroom.tls.names import Names

SLAPD = shutil.which("slapd", path="/usr/sbin:/usr/local/libexec:/usr/lib/openldap:/usr/bin")
SLAPADD = shutil.which("slapadd", path="/usr/sbin:/usr/bin")
SCHEMA = Path("/etc/ldap/schema")
MODULES = Path("/usr/lib/ldap")
BASE = "dc=tinh,dc=gov,dc=vn"
READER, READER_PASSWORD = f"cn=reader,{BASE}", "chỉ để tra cứu"
CONFIG = """\
include {schema}/core.schema
include {schema}/cosine.schema
include {schema}/inetorgperson.schema
modulepath {modules}
moduleload back_mdb
TLSCertificateFile {folder}/server.pem
TLSCertificateKeyFile {folder}/server.key
disallow bind_anon
{more}
database mdb
suffix "{base}"
directory {folder}/db
rootdn "cn=root,{base}"
access to attrs=userPassword by anonymous auth by * none
access to * by dn.exact="{reader}" read by * none
"""
PERSON = """\
dn: cn={name},ou={unit},{base}
objectClass: inetOrgPerson
cn: {name}
sn: {name}
uid: {uid}
title: {title}
userPassword: {password}

"""
LDIF = """\
dn: {base}
objectClass: dcObject
objectClass: organization
o: UBND
dc: tinh

dn: ou=so,{base}
objectClass: organizationalUnit
ou: so

dn: {reader}
objectClass: applicationProcess
objectClass: simpleSecurityObject
cn: reader
userPassword: {reader_password}

"""


@dataclass(frozen=True)
class Slapd:
    """`plain` for StartTLS, `secret` for LDAPS; `root` is who vouches for it."""

    plain: str
    secret: str
    root: Path

    def settings(self, **other: str) -> dict[str, str]:
        """The environment of a server that asks it."""
        said = {
            "ldap": self.secret, "ldap_base": BASE, "ldap_reader": READER, "ldap_password": READER_PASSWORD,
            "ldap_name": "tài khoản của tỉnh",
        } | other  # fmt: skip
        return {f"MEETINGROOM_{name.upper()}": value for name, value in said.items()} | {
            "SSL_CERT_FILE": str(self.root)
        }


@contextlib.contextmanager
def running(folder: Path, people: list[dict[str, str]], more: str = "") -> Iterator[Slapd]:
    if not (SLAPD and SLAPADD and (SCHEMA / "inetorgperson.schema").is_file()):
        pytest.skip("no OpenLDAP server on this machine: signing in with its accounts is not tried (apt install slapd)")
    folder.mkdir(parents=True, exist_ok=True)
    root = _certify(folder)
    (folder / "db").mkdir()
    config = folder / "slapd.conf"
    config.write_text(CONFIG.format(schema=SCHEMA, modules=MODULES, folder=folder, base=BASE, reader=READER, more=more))
    entries = LDIF.format(base=BASE, reader=READER, reader_password=READER_PASSWORD)
    entries += "".join(PERSON.format(base=BASE, unit="so", **each) for each in people)
    subprocess.run([SLAPADD, "-f", config], input=entries, text=True, check=True, capture_output=True)
    ports = _free(2)
    addresses = (f"ldap://127.0.0.1:{ports[0]}", f"ldaps://127.0.0.1:{ports[1]}")
    with (folder / "slapd.log").open("w") as log:
        process = subprocess.Popen([SLAPD, "-f", config, "-h", " ".join(addresses), "-d", "0"], stderr=log)
        try:
            for port in ports:
                _answers(process, port, folder / "slapd.log")
            yield Slapd(*addresses, root)
        finally:
            process.terminate()
            process.wait(20)


def _certify(folder: Path) -> Path:
    now, names = datetime.now(UTC), Names.read(["127.0.0.1", "localhost"])
    made = authority.make_root("Thử", names, now)
    served = authority.make_server(made, names, now)
    (folder / "server.pem").write_bytes(served.certificate)
    (folder / "server.key").write_bytes(served.key)
    root = folder / "root.pem"
    root.write_bytes(made.certificate)
    return root


def _free(count: int) -> list[int]:
    with contextlib.ExitStack() as held:
        sockets = [held.enter_context(socket.socket()) for _ in range(count)]
        for each in sockets:
            each.bind(("127.0.0.1", 0))
        return [each.getsockname()[1] for each in sockets]


def _answers(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    deadline = time.monotonic() + 60
    while True:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=5):
            return
        assert process.poll() is None and time.monotonic() < deadline, log.read_text()
        time.sleep(0.05)
