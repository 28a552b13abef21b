"""Settings: one frozen object, read once, from the environment (MEETINGROOM_…) and, below it, a TOML file.

Each field carries its own sentence of documentation; the table in /docs is made from them.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, get_type_hints

PREFIX = "MEETINGROOM_"
FILE = "MEETINGROOM_CONFIG"


class Unusable(Exception):
    """A setting that cannot be used; the text says which and why."""


def _field(default: Any, words: str) -> Any:
    return field(default=default, metadata={"words": words})


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything an installation may decide."""

    data: Path = _field(Path("data"), "Folder of the database, papers, page images, keys")
    database: str = _field(
        "", "Database address; empty: SQLite in the data folder. postgresql+psycopg://… needs the extra"
    )
    language: str = _field("vi", "Language of a browser that has not chosen: vi or en")
    address: str = _field("dong_chi", "Form of address of new meetings: dong_chi, dai_bieu, ong_ba, neutral")
    organisation: str = _field("Ủy ban nhân dân tỉnh", "Name of the organisation of new meetings")
    locality: str = _field("", "Place name in the head of documents, as in “Lạng Sơn, ngày …”; empty: left blank")
    fonts: str = _field("", "Folder with fonts of documents (Times New Roman); empty: the one inside the typesetter")
    time_zone: str = _field("Asia/Ho_Chi_Minh", "Time zone in which times are shown")
    origins: tuple[str, ...] = _field(
        (), "Further origins (https://host:port) this server is reached by, comma separated"
    )
    secure: bool = _field(
        False, "A proxy in front speaks https: secure cookies, HSTS, and https in all links and QR codes"
    )
    certificate: Path = _field(
        Path(), "Certificate of the agency with its chain (PEM): the server then speaks https itself"
    )
    certificate_key: Path = _field(Path(), "Its private key (PEM, without a password)")
    trusted_proxies: str = _field(
        "", "Addresses of proxies in front whose X-Forwarded headers are believed, comma separated"
    )
    signature_roots: Path = _field(
        Path(), "Folder with root certificates (PEM or DER) whose digital signatures in papers are trusted"
    )
    mail_host: str = _field("", "Mail server (SMTP) that takes invitations; empty: none are sent by e-mail")
    mail_port: int = _field(587, "Its port")
    mail_security: str = _field("starttls", "How it is spoken to: starttls, tls or none")
    mail_user: str = _field("", "Name to sign in to it; empty: it asks for none")
    mail_password: str = _field("", "Password to sign in to it")
    mail_from: str = _field("", "Address invitations come from")
    page_price: int = _field(300, "What one printed A4 page costs (đồng): statistics tell what was saved; 0: not told")
    upload_mebibytes: int = _field(200, "Largest paper that may be uploaded, MiB")
    marked_secret: bool = _field(
        False, "Also take papers marked Mật or above: unlawful on a machine that is or was in a network"
    )
    require_sandbox: bool = _field(
        False, "Start only where papers can be opened behind all walls: Landlock, seccomp, no new privileges, limits"
    )
    upload_stall_seconds: int = _field(30, "Seconds without a byte after which an upload is given up")
    pages: int = _field(2000, "Most pages a paper may have")
    image_cache_mebibytes: int = _field(256, "Page images kept in memory, MiB")
    administrators_second_factor: bool = _field(
        False, "Administrators must set up a second factor before their pages open"
    )
    seal_certificate: Path = _field(
        Path(), "Certificate and key (PKCS#12) that seal approved minutes; empty: no seal. Needs the extra sign"
    )
    seal_password: str = _field("", "Its password")
    sso_issuer: str = _field(
        "", "Address of the agency's identity provider (OpenID Connect) for signing in; needs the extra sso"
    )
    sso_client: str = _field("meetingroom", "Client id of this server there; it comes back to /sign-in/sso/back")
    sso_secret: str = _field("", "Its client secret; empty: a public client, held by PKCE alone")
    sso_claim: str = _field("preferred_username", "What of a person there is their sign-in name here; or email, sub")
    sso_name: str = _field("SSO", "What these accounts are called on the sign-in page")
    ldap: str = _field(
        "",
        "Address of the agency's directory (LDAP, Active Directory) for signing in: ldaps://host, or ldap://host for "
        "StartTLS; needs the extra ldap",
    )
    ldap_base: str = _field("", "Where people are in it, as in ou=people,dc=tinh,dc=gov,dc=vn")
    ldap_attribute: str = _field(
        "uid", "What of a person there is their sign-in name here; sAMAccountName in Active Directory"
    )
    ldap_filter: str = _field(
        "", "A filter that also holds for who may sign in, as in (memberOf=cn=hop,…); empty: everybody"
    )
    ldap_reader: str = _field("", "Distinguished name of an account that may look people up there; empty: as nobody")
    ldap_password: str = _field("", "Its password")
    ldap_name: str = _field("LDAP", "What these accounts are called on the sign-in page")
    ldap_clear: bool = _field(False, "Speak to it without TLS: everybody on the way reads the passwords")
    backup_folder: Path = _field(
        Path(), "Folder for backups the server makes by itself, best on another disk; empty: none. SQLite only"
    )
    backup_hours: int = _field(24, "Hours between two of them")
    backup_keep: int = _field(14, "How many of them are kept; older ones are removed")
    exchange: str = _field(
        "",
        "Where documents go to and come from other agencies (edXML): a folder, or an http(s) address; empty: nowhere",
    )
    exchange_token: str = _field("", "Token for that address (Authorization: Bearer …)")
    exchange_organ: str = _field("", "Identifier of the agency in the national list, as in 000.00.00.H37")
    session_hours: int = _field(14, "Hours after which everyone must sign in again")
    syslog: str = _field(
        "", "Where lines of the audit log also go (RFC 5424): host:port by UDP, or a local socket; empty: nowhere"
    )
    metrics_token: str = _field(
        "", "Token with which a collector may read /metrics (Authorization: Bearer …); empty: administrators only"
    )
    log_level: str = _field("INFO", "DEBUG, INFO, WARNING or ERROR")
    log_format: str = _field("text", "text or json")
    source: str = _field(
        "https://www.gnu.org/licenses/agpl-3.0.html", "Where users get the source of this version (AGPL, section 13)"
    )
    demo: bool = field(default=False, metadata={"words": "", "hidden": True})


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the settings table."""

    variable: str
    default: str
    words: str


def table() -> list[Row]:
    """All settings an installation may make, with defaults and meaning."""
    return [
        Row(PREFIX + part.name.upper(), _shown(part.default), part.metadata["words"])
        for part in fields(Settings)
        if not part.metadata.get("hidden")
    ]


def load(environment: Mapping[str, str] | None = None, **given: Any) -> Settings:
    """Settings from what is given, else the environment, else the file. Raises Unusable, also for unknown names."""
    environment = os.environ if environment is None else environment
    named = {part.name for part in fields(Settings) if not part.metadata.get("hidden")}
    found = _from_file(environment.get(FILE), named)
    for variable, text in environment.items():
        if not variable.startswith(PREFIX) or variable == FILE:
            continue
        name = variable.removeprefix(PREFIX).lower()
        if name not in named:
            raise Unusable(f"{variable} is not a setting; see the table in /docs")
        found[name] = text
    kinds = get_type_hints(Settings)
    values = {name: _read(name, kinds[name], value) for name, value in found.items()}
    settings = Settings(**(values | {name: value for name, value in given.items() if value is not None}))
    _check(settings)
    return settings


def _from_file(path: str | None, named: set[str]) -> dict[str, Any]:
    if not path:
        return {}
    try:
        found = tomllib.loads(Path(path).read_text())
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise Unusable(f"{FILE}: {error}") from error
    if unknown := set(found) - named:
        raise Unusable(f"{path}: {', '.join(sorted(unknown))} is not a setting; see the table in /docs")
    return found


def _read(name: str, kind: Any, value: Any) -> Any:
    try:
        if kind is bool and isinstance(value, str):
            return {"1": True, "true": True, "yes": True, "0": False, "false": False, "no": False, "": False}[
                value.lower()
            ]
        if kind is int:
            return int(value)
        if kind is Path:
            return Path(value)
        if kind is str:
            return str(value)
        if isinstance(value, str):
            return tuple(part.strip() for part in value.split(",") if part.strip())
        return tuple(value) if isinstance(value, list) else value
    except (KeyError, ValueError) as error:
        raise Unusable(f"{PREFIX}{name.upper()}: {value!r} cannot be used") from error


def _check(settings: Settings) -> None:
    allowed = {
        "language": ("vi", "en"),
        "address": ("dong_chi", "dai_bieu", "ong_ba", "neutral"),
        "log_level": ("DEBUG", "INFO", "WARNING", "ERROR"),
        "log_format": ("text", "json"),
        "mail_security": ("starttls", "tls", "none"),
    }
    for name, values in allowed.items():
        if getattr(settings, name) not in values:
            raise Unusable(f"{PREFIX}{name.upper()} must be one of {', '.join(values)}")
    if settings.seal_certificate.name and not settings.seal_certificate.is_file():
        raise Unusable(f"{PREFIX}SEAL_CERTIFICATE: {settings.seal_certificate} is not there")
    if settings.syslog and not settings.syslog.startswith("/"):
        host, _, port = settings.syslog.rpartition(":")
        if not (host and port.isascii() and port.isdecimal() and 0 < int(port) < 65536):
            raise Unusable(f"{PREFIX}SYSLOG must be host:port, or the path of a local socket")
    for name in (
        *("upload_mebibytes", "pages", "session_hours", "upload_stall_seconds", "image_cache_mebibytes"),
        *("backup_hours", "backup_keep"),
    ):
        if getattr(settings, name) < 1:
            raise Unusable(f"{PREFIX}{name.upper()} must be at least 1")


def _shown(value: Any) -> str:
    if value == Path():
        return ""
    if isinstance(value, tuple):
        return ", ".join(value)
    return str(value).lower() if isinstance(value, bool) else str(value)
