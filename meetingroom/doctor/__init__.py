"""The doctor: looks over an installation, also while the server runs, and says of what is not well what to do.

It changes nothing but a small file of its own, which it removes, and takes no lock that a server would wait for.
"""

from __future__ import annotations

import asyncio
import hashlib
import importlib.util
import os
import shutil
import stat
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime

from meetingroom.doctor import clock
from meetingroom.doctor.around import Around
from meetingroom.doctor.findings import Finding, Level, Looking
from meetingroom.domain import meeting as domain
from meetingroom.domain.messages import read_event
from meetingroom.domain.papers import RevisionState
from meetingroom.rendering import office, recognition, renderer
from meetingroom.settings import Settings
from meetingroom.storage import backup
from meetingroom.storage.audit import STREAM as AUDIT
from meetingroom.storage.engine import Reading, Unopenable
from meetingroom.storage.journal import Journal
from meetingroom.storage.library import place_of
from meetingroom.storage.tables import SCHEMA
from meetingroom.tls import authority
from meetingroom.words import Words

__all__ = ["Doctor", "Finding", "Level"]

GIB = 1 << 30
SCARCE, GONE = 5 * GIB, 1 * GIB  # bytes of disk: soon too few, too few
SLOW, TOO_SLOW = 20.0, 100.0  # milliseconds until a write is on the disk
OLD = 7  # days: a backup that is older is worth a word
SOON = 30  # days left to a certificate
EXTRAS = {"typst": "records", "docx": "records", "openpyxl": "records", "pyhanko": "sign", "icalendar": "invite"}


class Doctor(Looking):
    """With `whole` every paper is read and compared with its hash, not only looked for. `listens`: where the server does."""

    def __init__(
        self,
        settings: Settings,
        words: Words,
        now: Callable[[], float] = time.time,
        whole: bool = False,
        listens: tuple[str, int] = ("127.0.0.1", 8000),
        clock_is_set: Callable[[], bool | None] = clock.is_set,
    ) -> None:
        super().__init__(settings, words, now)
        self._whole, self._around = whole, Around(settings, words, now, listens, clock_is_set)

    def findings(self) -> Iterator[Finding]:
        """One after the other, as they are found."""
        data = self._settings.data
        if not data.is_dir():
            yield self._bad("folder", "missing", folder=str(data))
            return
        around = self._around
        for look in (self._folder, self._disk, self._speed, self._database, around.postgres, self._backup, self._walls,
                     self._programs, around.fonts, self._certificate, around.port, around.provider,
                     around.ldap, around.clock):  # fmt: skip
            try:
                yield from look()
            except Exception as error:  # one look that fails must not hide what the others see
                yield self._bad(look.__name__.strip("_"), "failed", cause=repr(error)[:200])

    # -- the machine -----------------------------------------------------------------------------------------------

    def _folder(self) -> Iterator[Finding]:
        data = self._settings.data
        if not os.access(data, os.R_OK | os.W_OK | os.X_OK):
            yield self._bad("folder", "closed", folder=str(data))
        elif stat.S_IMODE(data.stat().st_mode) & 0o077:
            yield self._warn("folder", "open", folder=str(data))
        else:
            yield self._ok("folder", folder=str(data))

    def _disk(self) -> Iterator[Finding]:
        free = shutil.disk_usage(self._settings.data).free
        said = f"{free / GIB:.1f} GB"
        kind = self._bad if free < GONE else self._warn if free < SCARCE else None
        yield kind("disk", "scarce", free=said) if kind else self._ok("disk", free=said)

    def _speed(self) -> Iterator[Finding]:
        """How long a ballot waits for the disk."""
        took = []
        with tempfile.TemporaryFile(dir=self._settings.data, prefix=".doctor-") as file:
            for _ in range(15):
                file.write(bytes(4096))
                file.flush()
                before = time.perf_counter()
                os.fdatasync(file.fileno())
                took.append((time.perf_counter() - before) * 1000)
        median = statistics.median(took)
        said = f"{median:.1f} ms"
        kind = self._bad if median > TOO_SLOW else self._warn if median > SLOW else None
        yield kind("speed", "slow", took=said) if kind else self._ok("speed", took=said)

    # -- what is kept ----------------------------------------------------------------------------------------------

    def _database(self) -> Iterator[Finding]:
        try:
            database = Reading(self._settings.data, self._settings.database)
        except Unopenable as error:
            yield self._bad("database", "unopenable", cause=str(error).splitlines()[0])
            return
        try:
            yield from self._schema(database)
            yield from self._meetings(database)
        finally:
            database.close()

    def _schema(self, database: Reading) -> Iterator[Finding]:
        if damage := database.damage():
            yield self._bad("database", "damaged", cause=damage)
        elif database.schema != SCHEMA:
            yield self._warn("database", "older", found=database.schema, wanted=SCHEMA)
        else:
            yield self._ok("database", kind=database.engine.dialect.name, version=SCHEMA)

    def _meetings(self, database: Reading) -> Iterator[Finding]:
        """Every journal is whole and can be read, and every paper it names is there."""
        meetings, broken = backup.check(database)
        for each in broken:
            yield self._bad("journal", "broken", title=each.title, version=each.version)
        journal, events, papers, newest = Journal(database), 0, 0, 0
        for stream in journal.streams():
            entries = journal.read(stream)
            events, newest = events + len(entries), max(newest, *(entry.at for entry in entries))
            if stream == AUDIT:
                continue
            try:
                found = domain.replay(read_event(entry.name, entry.body) for entry in entries)
            except Exception as error:
                yield self._bad("journal", "unreadable", meeting=stream, cause=repr(error)[:120])
                continue
            kept = [
                revision
                for paper in found.papers.values()
                for revision in paper.revisions.values()
                if revision.state is RevisionState.READY
            ]
            papers += len(kept)
            for revision in kept:
                if not self._is_there(revision.file):
                    yield self._bad("papers", "missing", title=found.sitting.title, name=revision.file_name)
        if newest > self._now() * 1000 + 60_000:
            yield self._bad("clock", "behind", at=self._words.short_moment(newest))
        yield self._ok("journal", meetings=meetings, events=self._words.figure(events), papers=papers)

    def _is_there(self, file: str) -> bool:
        path = place_of(self._settings.data / "papers", file)
        if not self._whole:
            return path.is_file()
        if not path.is_file():
            return False
        with path.open("rb") as opened:
            return hashlib.file_digest(opened, "sha256").hexdigest() == file

    def _backup(self) -> Iterator[Finding]:
        if self._settings.database:
            yield self._warn("backup", "elsewhere")
            return
        last = backup.last_backup(self._settings.data)
        days = int((self._now() * 1000 - last) // 86_400_000)
        if not last:
            yield self._warn("backup", "never")
        elif days > OLD:
            yield self._warn("backup", "old", n=days)
        else:
            yield self._ok("backup", at=self._words.short_moment(last))

    # -- what stands around it -------------------------------------------------------------------------------------

    def _walls(self) -> Iterator[Finding]:
        there = asyncio.run(renderer.layers_here())
        missing = [wall for wall in renderer.NEEDED if wall not in there]
        yield (
            self._warn("walls", "missing", names=", ".join(missing))
            if missing
            else self._ok("walls", names=", ".join(there))
        )

    def _programs(self) -> Iterator[Finding]:
        lacking = {extra for module, extra in EXTRAS.items() if importlib.util.find_spec(module) is None}
        for extra in sorted(lacking):
            yield self._warn("programs", extra, extra=extra)
        if not all(map(shutil.which, office.PROGRAMS)):
            yield self._warn("programs", "office")
        if not recognition.is_installed():
            yield self._warn("programs", "tesseract")
        if not lacking:
            yield self._ok("programs")

    def _certificate(self) -> Iterator[Finding]:
        settings = self._settings
        file = settings.certificate if settings.certificate.name else settings.data / "keys" / "tls" / "server.pem"
        if not file.is_file():
            if settings.certificate.name:
                yield self._bad("certificate", "missing", file=str(file))
            elif not settings.secure:
                yield self._warn("certificate", "none")
            return
        ends = authority.ends(file.read_bytes())
        left = (ends - datetime.fromtimestamp(self._now(), UTC)).days
        day = f"{ends:%d/%m/%Y}"
        if left < 0:
            yield self._bad("certificate", "ended", day=day)
        elif left < SOON:
            yield self._warn("certificate", "ends", day=day)
        else:
            yield self._ok("certificate", day=day)
