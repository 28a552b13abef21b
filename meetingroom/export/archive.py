"""The archive of a closed meeting: one ZIP that is read without this system and checked with nothing but Python.

Papers as uploaded, our own documents, journal with its hashes, votes, attendance, minutes and conclusions, an index.html
without script, SHA256SUMS over all of it with the signature of the installation, verify.py, and kiem-phieu.py, which
counts a published vote again.
"""

from __future__ import annotations

import hashlib
import json
import re
import zipfile
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from meetingroom import verifier
from meetingroom.domain import meeting as domain
from meetingroom.domain.audience import Audience
from meetingroom.domain.meeting import Meeting
from meetingroom.domain.papers import is_approved
from meetingroom.domain.voting.published import published
from meetingroom.export import documents, index, issued, verify
from meetingroom.export.ballots import ballots
from meetingroom.export.document import Document
from meetingroom.export.documents import Letterhead
from meetingroom.export.results import Photos, results
from meetingroom.export.typeset import Missing, pdf
from meetingroom.export.word import docx
from meetingroom.words import Words

BLOCK = 1 << 20
MINUTES = "van-ban/bien-ban.pdf"
FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f]+')
# A date ZIP can hold, the same for every entry: the archive of one meeting has the same bytes whenever it is made.
EPOCH = (2000, 1, 1, 0, 0, 0)

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Material:
    """What an archive is made of. `journal`: its rows as JSON objects with salt and hash; `file_of`: hash → uploaded file."""

    meeting: Meeting
    words: Words
    letterhead: Letterhead
    fonts: Path | None
    journal: Iterable[Mapping[str, Any]]
    file_of: Callable[[str], Path]
    drawings: Mapping[str, bytes] = field(default_factory=dict)  # pages with what was drawn on them, by name
    origin: Callable[[bytes], tuple[str, str]] | None = None  # key and signature over what it is given, in hex
    minutes: Path | None = None  # as printed when they were approved, or as they came back signed
    photos: Mapping[str, Photos] = field(default_factory=dict)  # of candidates, by vote
    issued: Mapping[str, Path] = field(default_factory=dict)  # documents as they left the house, signed ones among them
    evidence: Mapping[str, Path] = field(default_factory=dict)  # what units showed of their tasks, by report


@dataclass(frozen=True, slots=True)
class Filed:
    """An uploaded revision and its place in the archive."""

    name: str
    file: str
    paper: str
    revision: int


class _Zip:
    """Writes entries and remembers their digests."""

    def __init__(self, file: zipfile.ZipFile) -> None:
        self._file = file
        self.digests: dict[str, str] = {}

    def text(self, name: str, text: str) -> None:
        self.bytes(name, text.encode())

    def bytes(self, name: str, content: bytes, compressed: bool = True) -> None:
        kind = zipfile.ZIP_DEFLATED if compressed else zipfile.ZIP_STORED
        self._file.writestr(_entry(name, kind), content)
        self.digests[name] = hashlib.sha256(content).hexdigest()

    def copy(self, name: str, source: Path) -> None:
        """A file of any size, block by block. PDFs are compressed already."""
        digest = hashlib.sha256()
        with (
            source.open("rb") as read,
            self._file.open(_entry(name, zipfile.ZIP_STORED), "w", force_zip64=True) as into,
        ):
            while block := read.read(BLOCK):
                digest.update(block)
                into.write(block)
        self.digests[name] = digest.hexdigest()


def _entry(name: str, kind: int) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, EPOCH)
    entry.compress_type = kind
    entry.external_attr = 0o644 << 16
    return entry


def write(path: Path, material: Material, progress: Progress) -> None:
    """Make the archive at `path`. Blocks. OSError if an uploaded file is gone or the disk is full."""
    papers = filed(material.meeting)
    made = _documents(material)
    of, done = len(papers) + len(made) + 1, 0
    with zipfile.ZipFile(path, "w", allowZip64=True) as file:
        archive = _Zip(file)
        for each in papers:
            archive.copy(each.name, material.file_of(each.file))
            progress(done := done + 1, of)
        printed = []
        for name, make in made.items():
            try:
                archive.bytes(name, make())
                printed.append(name)
            except Missing:
                pass  # the index names what is there; a server without the extra still archives everything else
            progress(done := done + 1, of)
        for name, file_kept in _issued(material):
            archive.copy(name, file_kept)
            printed.append(name)
        for name, content in material.drawings.items():
            archive.bytes(name, content)
            printed.append(name)
        _records(archive, material)
        archive.text("index.html", index.page(material.meeting, material.words, papers, printed))
        archive.bytes("verify.py", Path(verify.__file__).read_bytes())
        sums = "".join(f"{digest}  {name}\n" for name, digest in sorted(archive.digests.items()))
        archive.text(verify.LIST, sums)
        if material.origin:
            key, signature = material.origin(sums.encode())
            told = {"algorithm": "Ed25519", "key": key, "signature": signature}
            archive.text(verify.SIGNATURE, json.dumps(told, indent=1) + "\n")
        progress(of, of)


def filed(meeting: Meeting) -> list[Filed]:
    """Every uploaded revision, in the order of papers, under a name every system takes."""
    found = []
    for order, paper in enumerate(meeting.papers.values(), start=1):
        if not is_approved(meeting, paper):  # a unit's draft that never came before the meeting
            continue
        for revision in paper.revisions.values():
            folder = f"tai-lieu/{order:03d} {_safe(paper.title)}"
            name = f"{folder}/v{revision.number} {_safe(revision.file_name) or 'tai-lieu.pdf'}"
            found.append(Filed(name, revision.file, paper.id, revision.number))
    return found


def _safe(name: str) -> str:
    return FORBIDDEN.sub(" ", name).strip(" .")[-80:].strip()


def _documents(material: Material) -> dict[str, Callable[[], bytes]]:
    """The documents as PDF and DOCX, each made when its turn comes."""
    meeting, words = material.meeting, material.words
    sheets: dict[str, list[Document]] = {
        "bien-ban": [documents.minutes(meeting, words)],
        "diem-danh": [documents.attendance(meeting, words)],
        "phieu-trong": ballots(meeting, words, material.photos),
        "kiem-phieu": results(meeting, words, material.photos),
    }
    if any(each.published_at for each in meeting.conclusions.values()):
        sheets["thong-bao-ket-luan"] = [documents.conclusions(meeting, words, material.letterhead)]
    at = meeting.sitting.starts
    made: dict[str, Callable[[], bytes]] = {}
    for name, sheet in sheets.items():
        if sheet:
            made[f"van-ban/{name}.pdf"] = lambda sheet=sheet: pdf(sheet, material.fonts, at)  # type: ignore[misc]
            if name == "bien-ban" and material.minutes and material.minutes.exists():
                made[MINUTES] = material.minutes.read_bytes
            made[f"van-ban/{name}.docx"] = lambda sheet=sheet: docx(sheet, at)  # type: ignore[misc]
    return made


def _issued(material: Material) -> list[tuple[str, Path]]:
    """In the order they were issued, and what units showed of their tasks, under names every system takes."""
    known, reports = material.meeting.issuing, material.meeting.reports
    called = {key: _safe(issued.title(material.meeting, material.words, known[key])) for key in material.issued}
    shown = {key: _safe(reports[key].file_name.rsplit(".", 1)[0]) or "minh-chung" for key in material.evidence}
    return [
        *(
            (f"van-ban/phat-hanh/{order:02d} {called[key]}.pdf", path)
            for order, (key, path) in enumerate(material.issued.items(), start=1)
        ),
        *(
            (f"minh-chung/{order:02d} {shown[key]}.pdf", path)
            for order, (key, path) in enumerate(material.evidence.items(), start=1)
        ),
    ]


def _records(archive: _Zip, material: Material) -> None:
    """The journal line by line, and what a person may want to count again as JSON."""
    lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in material.journal)
    archive.text("journal.jsonl", lines)
    view = domain.view(material.meeting, Audience.CONSOLE).view
    for name, part in (("bieu-quyet", "voting"), ("diem-danh", "attendance"), ("ket-luan", "conclusions")):
        text = json.dumps({"people": view["people"], part: view[part]}, ensure_ascii=False, indent=1, sort_keys=True)
        archive.text(f"so-lieu/{name}.json", text)
    counted = [vote for vote in material.meeting.voting.values() if vote.result]
    for number, vote in enumerate(counted, start=1):
        text = json.dumps(published(material.meeting, vote), ensure_ascii=False, indent=1, sort_keys=True)
        archive.text(f"so-lieu/bieu-quyet/{number:02d}.json", text)
    if counted:
        archive.bytes("kiem-phieu.py", Path(verifier.__file__).read_bytes())
