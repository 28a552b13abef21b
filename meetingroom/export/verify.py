#!/usr/bin/env python3
"""Checks an archive of a meeting with nothing but Python 3.8 or newer: python3 verify.py, inside the unpacked folder.

Every file must have the SHA-256 that SHA256SUMS says, no file may be there that is not listed, and every line of
journal.jsonl must follow from the one before it. Prints what does not fit; the exit code is 0 when everything does.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

LIST, JOURNAL = "SHA256SUMS", "journal.jsonl"


def main() -> None:
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).resolve().parent)
    wrong = [*files(folder), *journal(folder / JOURNAL)]
    for line in wrong:
        print("SAI / WRONG:", line)
    if wrong:
        sys.exit(1)
    print("Nguyên vẹn: mọi tệp và nhật ký khớp. / Intact: all files and the journal fit.")


def files(folder: Path) -> Iterator[str]:
    said = listed((folder / LIST).read_text("utf-8"))
    present = {str(path.relative_to(folder).as_posix()) for path in folder.rglob("*") if path.is_file()} - {LIST}
    for name in sorted(said.keys() - present):
        yield f"{name}: thiếu / missing"
    for name in sorted(present - said.keys()):
        yield f"{name}: không có trong danh sách / not listed"
    for name in sorted(present & said.keys()):
        if digest_of(folder / name) != said[name]:
            yield f"{name}: đã thay đổi / changed"


def listed(text: str) -> dict[str, str]:
    """Name → digest."""
    said = {}
    for line in text.splitlines():
        digest, _, name = line.partition("  ")
        said[name] = digest
    return said


def digest_of(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()


def journal(path: Path) -> Iterator[str]:
    with path.open(encoding="utf-8") as lines:
        for number in chain(lines):
            yield f"journal.jsonl, dòng / line {number}: không khớp chuỗi / does not fit the chain"


def chain(lines: Iterable[str]) -> Iterator[int]:
    """The first line that does not follow from the one before it, if there is one.

    hash = SHA-256(hash before ‖ line of the entry), the line naming SHA-256(salt ‖ body); see the journal's page.
    """
    head = bytes(32)
    for expected, text in enumerate(lines, start=1):
        entry = json.loads(text)
        body = canonical(entry["body"]).encode()
        digest = hashlib.sha256(bytes.fromhex(entry["salt"]) + body).hexdigest()
        line = canonical(
            {
                "version": entry["version"],
                "at": entry["at"],
                "actor": entry["actor"],
                "command": entry["command"],
                "name": entry["name"],
                "digest": digest,
            }
        )
        head = hashlib.sha256(head + line.encode()).digest()
        if entry["version"] != expected or entry["hash"] != head.hex():
            yield expected
            return


def canonical(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


if __name__ == "__main__":
    main()
