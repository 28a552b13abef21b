"""What stands around an installation: the port, the clock, fonts, the identity provider, the database server."""

from __future__ import annotations

import asyncio
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import meetingroom
from meetingroom.doctor import clock, port
from meetingroom.doctor.findings import Finding, Looking
from meetingroom.ldap import Ldap, Unanswered
from meetingroom.oidc import Provider, Unprovided
from meetingroom.rendering import fonts, office
from meetingroom.settings import Settings
from meetingroom.storage import postgres
from meetingroom.storage.engine import Reading, Unopenable
from meetingroom.storage.postgres import About
from meetingroom.words import Words

DAY = 86_400  # seconds
APART = 5  # seconds between the clocks of server and database
SECONDS = 20  # for a program of fontconfig


class Around(Looking):
    """`host` and `port` as the server is started with; `clock_is_set` says whether something sets the clock."""

    def __init__(
        self,
        settings: Settings,
        words: Words,
        now: Callable[[], float] = time.time,
        listens: tuple[str, int] = ("127.0.0.1", 8000),
        clock_is_set: Callable[[], bool | None] = clock.is_set,
    ) -> None:
        super().__init__(settings, words, now)
        self._listens, self._clock_is_set = listens, clock_is_set

    def port(self) -> Iterator[Finding]:
        host, number = self._listens
        try:
            if port.is_free(host, number):
                yield self._ok("port", "free", port=number)
                return
        except PermissionError:
            yield self._warn("port", "forbidden", port=number)
            return
        there = port.health(host, number)
        if there is None:
            yield self._bad("port", "foreign", port=number)
        elif there["database"] != "ok":
            yield self._bad("port", "failing", port=number)
        elif there["version"] != meetingroom.__version__:
            yield self._warn("port", "older", port=number, found=str(there["version"]), wanted=meetingroom.__version__)
        else:
            yield self._ok("port", "ours", port=number)

    def clock(self) -> Iterator[Finding]:
        """Second factors, deadlines and the record all go by it."""
        installed = Path(meetingroom.__file__).stat().st_mtime
        if self._now() < installed - DAY:
            yield self._bad("clock", "before", at=self._words.short_moment(int(self._now() * 1000)))
        elif (found := self._clock_is_set()) is not None:
            yield self._ok("clock") if found else self._warn("clock", "unset")

    def fonts(self) -> Iterator[Finding]:
        """Of documents that are typeset, and of office files that are converted."""
        folder = self._settings.fonts
        if not folder:
            yield self._warn("fonts", "inside")
        elif family := fonts.complete(Path(folder)):
            yield self._ok("fonts", name=family)
        else:
            yield self._bad("fonts", "lacking", folder=folder)
        if all(map(shutil.which, (*office.PROGRAMS, "fc-match"))):
            yield from self._office_fonts()

    def _office_fonts(self) -> Iterator[Finding]:
        command = ["fc-match", "-f", "%{family}|%{file}", "Times New Roman:lang=vi"]
        said = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS).stdout
        family, _, file = said.partition("|")
        if not file or not fonts.is_complete(Path(file)):
            yield self._warn("fonts", "office", name=family or "–")

    def provider(self) -> Iterator[Finding]:
        settings = self._settings
        if not settings.sso_issuer:
            return
        try:
            provider = Provider(settings.sso_issuer, settings.sso_client, settings.sso_secret, settings.sso_claim)
            asyncio.run(provider.ask())
        except ImportError:
            yield self._bad("provider", "extra")
        except ValueError:
            yield self._bad("provider", "open", issuer=settings.sso_issuer)
        except Unprovided as error:
            yield self._bad("provider", "silent", issuer=settings.sso_issuer, cause=str(error))
        else:
            yield self._ok("provider", issuer=settings.sso_issuer)

    def ldap(self) -> Iterator[Finding]:
        address = self._settings.ldap
        if not address:
            return
        try:
            directory = Ldap(self._settings)
            directory.ask()
        except ImportError:
            yield self._bad("ldap", "extra")
        except ValueError as error:
            yield self._bad("ldap", "unset", cause=str(error))
        except Unanswered as error:
            yield self._bad("ldap", "silent", address=address, cause=str(error))
        else:
            if self._settings.ldap_clear and address.startswith("ldap:"):
                yield self._warn("ldap", "clear")
            else:
                yield self._ok("ldap", address=address)

    def postgres(self) -> Iterator[Finding]:
        """What a PostgreSQL must be and can do, beyond answering."""
        if not self._settings.database.startswith("postgresql"):
            return
        try:
            database = Reading(self._settings.data, self._settings.database)
        except Unopenable:
            return  # said where the database is looked at
        try:
            about = postgres.look(database, self._now)
        finally:
            database.close()
        wrong = list(self._wrong(about))
        yield from wrong or [self._ok("postgres", version=about.version)]

    def _wrong(self, about: About) -> Iterator[Finding]:
        if about.encoding != "UTF8":
            yield self._bad("postgres", "encoding", found=about.encoding)
        if about.is_replica:
            yield self._bad("postgres", "replica")
        elif not about.rings:
            yield self._bad("postgres", "deaf")
        if about.major < postgres.OLDEST:
            yield self._warn("postgres", "old", found=about.version, wanted=postgres.OLDEST)
        if abs(about.ahead) > APART:
            yield self._warn("clock", "apart", n=round(abs(about.ahead)))
