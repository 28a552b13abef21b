"""Whether a name and a password are those of the agency's own directory: LDAP, Active Directory among them.

RFC 4511, 4513 and 4515. The name is looked for with an account that may read, and who was found is asked to bind with the
password. ldap3 (extra `ldap`) speaks the protocol; certificates are checked against those of the system, or of SSL_CERT_FILE.
"""

from __future__ import annotations

import asyncio
import re
import ssl
import unicodedata
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from meetingroom.settings import Settings

if TYPE_CHECKING:
    import ldap3

SECONDS = 5  # for a connection, and for an answer
THREADS, WAITING = 4, 32  # a directory that does not answer must not keep the other threads of the server
LONGEST = 128  # characters of a name or a password that are asked about


class Unanswered(Exception):
    """The directory cannot be asked now, or not as it is set."""


class Busy(Exception):
    """More people sign in at this moment than can be asked about."""


class Ldap:
    """Asks one directory."""

    def __init__(self, settings: Settings) -> None:
        """Raises ValueError where it cannot be asked as it is set, ImportError without the extra."""
        import ldap3  # noqa: F401  # at the start, not at somebody's sign-in
        from ldap3.operation.search import parse_filter

        address = urlsplit(settings.ldap)
        if address.scheme not in ("ldap", "ldaps") or not address.hostname:
            raise ValueError(f"{settings.ldap} must begin with ldaps:// or ldap://")
        if not settings.ldap_base:
            raise ValueError("the base is missing: where in the directory people are, as in dc=tinh,dc=gov,dc=vn")
        if not re.fullmatch("[A-Za-z][A-Za-z0-9-]*", settings.ldap_attribute):
            raise ValueError(f"{settings.ldap_attribute} is no attribute")
        try:
            parse_filter(_filter(settings, "x"), None, False, False, None, False)
        except Exception as error:
            raise ValueError(f"{settings.ldap_filter} is no filter: {error}") from error
        self._settings, self._host, self._secret = settings, address.hostname, address.scheme == "ldaps"
        self._port = address.port or (636 if self._secret else 389)
        self._threads, self._begun = ThreadPoolExecutor(THREADS, "ldap"), 0

    async def fits(self, login: str, password: str) -> bool:
        """Whether this is somebody, and their password. Raises Unanswered, Busy."""
        if self._begun >= THREADS + WAITING:
            raise Busy
        self._begun += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._threads, self._fits, login, password)
        finally:
            self._begun -= 1

    def ask(self) -> None:
        """Whether it is there and can be read. Blocks. Raises Unanswered."""
        connection = self._connected(self._settings.ldap_reader, self._settings.ldap_password)
        if connection is None:
            raise Unanswered("it does not take the account that reads")
        connection.unbind()

    def close(self) -> None:
        self._threads.shutdown()

    def _fits(self, login: str, password: str) -> bool:
        # A bind with a name and no password succeeds at many servers, as nobody (RFC 4513, section 5.1.2).
        if not login.strip() or not password or len(login) > LONGEST or len(password) > LONGEST or "\0" in password:
            return False
        reading = self._connected(self._settings.ldap_reader, self._settings.ldap_password)
        if reading is None:
            raise Unanswered("it does not take the account that reads")
        try:
            name = self._found(reading, login)
        finally:
            reading.unbind()
        if name is None:
            return False
        bound = self._connected(name, password)
        if bound is None:
            return False
        bound.unbind()
        return True

    def _found(self, reading: ldap3.Connection, login: str) -> str | None:
        """The distinguished name of the one person of this name; None for nobody, and for more than one."""
        from ldap3 import SUBTREE
        from ldap3.core.exceptions import LDAPException

        base, attribute = self._settings.ldap_base, self._settings.ldap_attribute
        try:
            reading.search(base, _filter(self._settings, login), SUBTREE, attributes=[attribute], size_limit=2)
        except (LDAPException, OSError) as error:
            raise Unanswered(repr(error)[:200]) from error
        if reading.result["description"] not in ("success", "sizeLimitExceeded", "noSuchObject"):
            raise Unanswered(f"the search was answered: {reading.result['description']}")
        found = [each for each in reading.response or () if each["type"] == "searchResEntry"]
        if len(found) != 1:
            return None
        # Its rules of comparing are wider than ours: only who is called exactly so is the account of that name here.
        names = {_same(str(value)) for value in _values(found[0]["attributes"].get(attribute))}
        return str(found[0]["dn"]) if _same(login) in names else None

    def _connected(self, name: str, password: str) -> ldap3.Connection | None:
        """Bound under this name, or as nobody without one; None where it is refused. Raises Unanswered."""
        from ldap3 import NONE, SIMPLE, Connection, Server
        from ldap3.core.exceptions import LDAPException

        server = Server(
            *(self._host, self._port, self._secret), get_info=NONE, tls=_tls(self._host), connect_timeout=SECONDS
        )
        bind = {"user": name, "password": password, "authentication": SIMPLE} if name else {}
        # Referrals are not followed: they would carry the password to whichever host somebody named.
        connection = Connection(server, **bind, auto_referrals=False, receive_timeout=SECONDS, raise_exceptions=False)
        try:
            connection.open()
            if not self._secret and not self._settings.ldap_clear:
                connection.start_tls()
            if connection.bind():
                return connection
            said = connection.result["description"]
        except (LDAPException, OSError) as error:
            if connection.socket:
                connection.socket.close()
            raise Unanswered(repr(error)[:200]) from error
        connection.unbind()
        if said != "invalidCredentials":
            raise Unanswered(f"the bind was answered: {said}")
        return None


def _tls(host: str) -> ldap3.Tls:
    """Whose certificate must be this host's. What ldap3 has of its own for that is older than Python's."""
    from ldap3 import Tls

    class Checked(Tls):  # type: ignore[misc]
        def wrap_socket(self, connection: ldap3.Connection, do_handshake: bool = False) -> None:
            plain = connection.socket
            try:
                connection.socket = ssl.create_default_context().wrap_socket(plain, server_hostname=host)
            except BaseException:
                plain.close()
                raise

    return Checked(validate=ssl.CERT_REQUIRED)


def _filter(settings: Settings, login: str) -> str:
    """What somebody types is a value and never a filter."""
    from ldap3.utils.conv import escape_filter_chars

    named = f"({settings.ldap_attribute}={escape_filter_chars(login.strip())})"
    return f"(&{settings.ldap_filter}{named})" if settings.ldap_filter else named


def _same(name: str) -> str:
    return unicodedata.normalize("NFC", name).strip().casefold()


def _values(found: Any) -> list[Any]:
    return list(found) if isinstance(found, list | tuple) else [found]
