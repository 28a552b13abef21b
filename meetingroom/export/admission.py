"""An archive of another server, checked whole before anything of it is kept here. It may be damaged, or made by an enemy."""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO, Any

from meetingroom.domain import meeting as domain
from meetingroom.domain.meeting import Meeting
from meetingroom.domain.messages import is_id, read_event
from meetingroom.domain.papers import is_approved
from meetingroom.domain.phase import Phase
from meetingroom.export.verify import JOURNAL, LIST, SIGNATURE, chain, listed, signer_of

ENTRIES = 20_000
WHOLE = 8 << 30  # bytes, unpacked
TEXT = 512 << 20  # of the journal, unpacked
SUMS = 16 << 20
PRESSED = 200  # times smaller than unpacked at most; what is small may be pressed as it likes
SMALL = 1 << 20
KINDS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
BLOCK = 1 << 20


class Inadmissible(Exception):
    """Nothing of it is kept. `code` and `params` fill its sentence, under `admission.`."""

    def __init__(self, code: str, **params: str | int) -> None:
        super().__init__(code)
        self.code, self.params = code, params


@dataclass(frozen=True, slots=True)
class Admitted:
    """A closed meeting whose journal and files are what its archive says. `files`: hash → the entry that holds it.

    `key`: of the installation that signed it, empty where none did.
    """

    meeting: Meeting
    rows: Sequence[dict[str, Any]]
    files: dict[str, str]
    key: str = ""


def admitted(path: Path) -> Admitted:
    """Blocks. Raises Inadmissible."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = _names(archive)
            digests = _digests(archive, names)
            key = _key(archive, names)
            rows = _rows(archive)
    except (zipfile.BadZipFile, EOFError, OSError, NotImplementedError, RuntimeError, UnicodeError) as error:
        raise Inadmissible("no_archive") from error
    meeting = _meeting(rows)
    return Admitted(meeting, rows, _files(meeting, digests), key)


def unpack(path: Path, name: str) -> Iterator[bytes]:
    """A file of an archive that was admitted."""
    with zipfile.ZipFile(path) as archive, archive.open(name) as file:
        while block := file.read(BLOCK):
            yield block


def _names(archive: zipfile.ZipFile) -> dict[str, zipfile.ZipInfo]:
    """What the list of contents says, before a byte of it is unpacked."""
    entries = archive.infolist()
    if len(entries) > ENTRIES or sum(entry.file_size for entry in entries) > WHOLE:
        raise Inadmissible("too_large")
    names: dict[str, zipfile.ZipInfo] = {}
    for entry in entries:
        name, place = entry.filename, PurePosixPath(entry.filename)
        link = (entry.external_attr >> 16) & 0o170000 == 0o120000
        if place.is_absolute() or ".." in place.parts or "\\" in name or ":" in name or link or name in names:
            raise Inadmissible("path", name=name[:100])
        if entry.file_size > max(SMALL, PRESSED * entry.compress_size):
            raise Inadmissible("pressed", name=name[:100])
        if entry.flag_bits & 1 or entry.compress_type not in KINDS:
            raise Inadmissible("no_archive")
        names[name] = entry
    if LIST not in names or JOURNAL not in names:
        raise Inadmissible("no_archive")
    if SIGNATURE in names and names[SIGNATURE].file_size > SMALL:
        raise Inadmissible("signature")
    if names[LIST].file_size > SUMS or names[JOURNAL].file_size > TEXT:
        raise Inadmissible("too_large")
    return names


def _digests(archive: zipfile.ZipFile, names: dict[str, zipfile.ZipInfo]) -> dict[str, str]:
    """Name → SHA-256 of every file, which are those that the list names."""
    said = listed(archive.read(LIST).decode())
    if said.keys() != names.keys() - {LIST, SIGNATURE}:
        odd = sorted(said.keys() ^ (names.keys() - {LIST, SIGNATURE}))
        raise Inadmissible("not_listed", name=odd[0][:100])
    for name, digest in said.items():
        with archive.open(name) as file:
            if _digest(file) != digest:
                raise Inadmissible("changed", name=name[:100])
    return said


def _key(archive: zipfile.ZipFile, names: dict[str, zipfile.ZipInfo]) -> str:
    if SIGNATURE not in names:
        return ""
    key = signer_of(archive.read(LIST), archive.read(SIGNATURE))
    if not key:
        raise Inadmissible("signature")
    return key


def _digest(file: IO[bytes]) -> str:
    digest = hashlib.sha256()
    while block := file.read(BLOCK):
        digest.update(block)
    return digest.hexdigest()


def _rows(archive: zipfile.ZipFile) -> list[dict[str, Any]]:
    try:
        lines = archive.read(JOURNAL).decode().splitlines()
        for wrong in chain(lines):
            raise Inadmissible("chain", line=wrong)
        return [json.loads(line) for line in lines]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise Inadmissible("chain", line=0) from error


def _meeting(rows: Sequence[dict[str, Any]]) -> Meeting:
    """Of its events; one this program does not know was written by a newer one."""
    try:
        meeting = domain.replay([read_event(row["name"], row["body"]) for row in rows])
    except Exception as error:  # whatever a foreign journal makes of our rules, it is not taken in
        raise Inadmissible("unknown") from error
    if not is_id(meeting.id):
        raise Inadmissible("unknown")
    if meeting.sitting.phase is not Phase.CLOSED:
        raise Inadmissible("not_closed")
    return meeting


def _files(meeting: Meeting, digests: dict[str, str]) -> dict[str, str]:
    """Every revision the journal knows, by the hash it was uploaded with."""
    by_digest = {digest: name for name, digest in digests.items()}
    files = {}
    for paper in meeting.papers.values():
        if not is_approved(meeting, paper):  # a unit's draft that never came before the meeting is not in its archive
            continue
        for revision in paper.revisions.values():
            if revision.file not in by_digest:
                raise Inadmissible("paper", name=paper.title[:100])
            files[revision.file] = by_digest[revision.file]
    for issued in meeting.issuing.values():
        if issued.file not in by_digest:
            raise Inadmissible("paper", name=(issued.title or issued.number or issued.kind)[:100])
        files[issued.file] = by_digest[issued.file]
    for report in meeting.reports.values():
        if report.file and report.file not in by_digest:
            raise Inadmissible("paper", name=report.file_name[:100])
        if report.file:
            files[report.file] = by_digest[report.file]
    if (minutes := meeting.signing.file) in by_digest:
        files[minutes] = by_digest[minutes]
    return files
