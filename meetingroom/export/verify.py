#!/usr/bin/env python3
"""Checks an archive of a meeting with nothing but Python 3.8 or newer: python3 verify.py, inside the unpacked folder.

Every file must have the SHA-256 that SHA256SUMS says, no file may be there that is not listed, and every line of
journal.jsonl must follow from the one before it. SHA256SUMS.sig is the signature over that list (Ed25519, RFC 8032) by the
installation that made the archive: compare the printed key with the one that it shows, or give it as an argument:
python3 verify.py FOLDER KEY. Prints what does not fit; the exit code is 0 when everything does.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

LIST, JOURNAL, SIGNATURE = "SHA256SUMS", "journal.jsonl", "SHA256SUMS.sig"


def main() -> None:
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).resolve().parent)
    wanted = sys.argv[2].lower() if len(sys.argv) > 2 else ""
    signed = (folder / SIGNATURE).exists()
    key = signer_of((folder / LIST).read_bytes(), (folder / SIGNATURE).read_bytes()) if signed else ""
    wrong = [*files(folder), *journal(folder / JOURNAL)]
    if signed and not key:
        wrong.append(f"{SIGNATURE}: chữ ký không khớp / the signature does not fit")
    if wanted and wanted != key:
        wrong.append(f"{SIGNATURE}: không phải khóa đã cho / not the key that was given")
    for line in wrong:
        print("SAI / WRONG:", line)
    if wrong:
        sys.exit(1)
    print("Nguyên vẹn: mọi tệp và nhật ký khớp. / Intact: all files and the journal fit.")
    if signed:
        print("Ký bằng khóa / Signed with the key:", key)
    else:
        print("Không có chữ ký của nơi lập. / Not signed: who made it cannot be told.")


def files(folder: Path) -> Iterator[str]:
    said = listed((folder / LIST).read_text("utf-8"))
    present = {str(path.relative_to(folder).as_posix()) for path in folder.rglob("*") if path.is_file()}
    present -= {LIST, SIGNATURE}
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


# Ed25519, only to check: nothing secret passes through here, so it need not take the same time for everything.

P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
if TYPE_CHECKING:  # Python 3.8 cannot evaluate it
    Point = tuple[int, int, int, int]  # X, Y, Z, T with x = X/Z, y = Y/Z, xy = T/Z


def signer_of(content: bytes, signature: bytes) -> str:
    """The key in hex whose signature over this it is; empty where it does not fit, whatever it is."""
    try:
        said = json.loads(signature)
        key, mark = bytes.fromhex(said["key"]), bytes.fromhex(said["signature"])
    except (ValueError, KeyError, TypeError, RecursionError):
        return ""
    return key.hex() if fits(key, content, mark) else ""


def fits(key: bytes, content: bytes, mark: bytes) -> bool:
    if len(key) != 32 or len(mark) != 64:
        return False
    public, commitment = point_of(key), point_of(mark[:32])
    scalar = int.from_bytes(mark[32:], "little")
    if public is None or commitment is None or scalar >= ORDER:
        return False
    challenge = int.from_bytes(hashlib.sha512(mark[:32] + key + content).digest(), "little") % ORDER
    left, right = times(scalar, BASE), plus(commitment, times(challenge, public))
    return (left[0] * right[2] - right[0] * left[2]) % P == 0 == (left[1] * right[2] - right[1] * left[2]) % P


def point_of(text: bytes) -> Point | None:
    y = int.from_bytes(text, "little") & (1 << 255) - 1
    if y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * pow(2, (P - 1) // 4, P) % P
    odd = text[31] >> 7
    if (x * x - square) % P or (x == 0 and odd):
        return None
    x = P - x if x & 1 != odd else x
    return x, y, 1, x * y % P


def plus(a: Point, b: Point) -> Point:
    below, above = (a[1] - a[0]) * (b[1] - b[0]) % P, (a[1] + a[0]) * (b[1] + b[0]) % P
    both, twice = 2 * a[3] * b[3] * D % P, 2 * a[2] * b[2] % P
    e, f, g, h = above - below, twice - both, twice + both, above + below
    return e * f % P, g * h % P, f * g % P, e * h % P


def times(number: int, point: Point) -> Point:
    result: Point = (0, 1, 1, 0)
    while number:
        if number & 1:
            result = plus(result, point)
        point, number = plus(point, point), number >> 1
    return result


BASE = point_of((4 * pow(5, P - 2, P) % P).to_bytes(32, "little")) or (0, 1, 1, 0)


if __name__ == "__main__":
    main()
