"""What the signatures of a PDF say. pyHanko judges them; nothing is fetched from a network, so revocation is not asked."""

from __future__ import annotations

import time
from collections.abc import Sequence
from datetime import datetime
from typing import Any, BinaryIO

from asn1crypto import pem, x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.status import PdfSignatureStatus, SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

MOST = 50  # signatures
COMPARING = 15.0  # seconds for what came after; of the signatures left then it is said only that something did
LONGEST = 200  # characters of a name

SINCE = {ModificationLevel.NONE: "nothing", ModificationLevel.OTHER: "changed"}


def signatures(file: BinaryIO, roots: Sequence[bytes]) -> list[dict[str, Any]]:
    """The first signature first. `roots` are certificates, DER or PEM; without any, nothing is said of trust."""
    reader = PdfFileReader(file, strict=False)
    trusted = [_certificate(root) for root in roots]
    until = time.monotonic() + COMPARING
    # The newest first: what came after the last signature matters most, and costs least to find.
    newest = reader.embedded_regular_signatures[:MOST][::-1]
    return [_read(each, trusted, time.monotonic() < until) for each in newest][::-1]


def _certificate(content: bytes) -> x509.Certificate:
    if pem.detect(content):
        _, _, content = pem.unarmor(content)
    return x509.Certificate.load(content)


def _read(embedded: EmbeddedPdfSignature, roots: list[x509.Certificate], compare: bool) -> dict[str, Any]:
    context = ValidationContext(trust_roots=list(roots), allow_fetching=False)
    try:
        return _shown(validate_pdf_signature(embedded, context, skip_diff=not compare), bool(roots))
    except Exception:  # of a signature that cannot be judged, that much is said
        return {"name": embedded.field_name[:LONGEST], "intact": False, "whole": False, "since": "unknown"}


def _shown(status: PdfSignatureStatus, rooted: bool) -> dict[str, Any]:
    """`since`: what came into the file after this signature: "nothing", "added" (what it allows), "changed", "unknown"."""
    subject, issuer = status.signing_cert.subject.native, status.signing_cert.issuer.native
    whole = status.coverage is SignatureCoverageLevel.ENTIRE_FILE
    level = status.modification_level
    entry: dict[str, Any] = {
        "name": _named(subject, "common_name"),
        "organisation": _named(subject, "organization_name"),
        "issuer": _named(issuer, "common_name"),
        "serial": f"{status.signing_cert.serial_number:x}",
        "intact": bool(status.intact and status.valid),
        "whole": whole,
        "since": "nothing" if whole else ("unknown" if level is None else SINCE.get(level, "added")),
    }
    if rooted:
        entry["trusted"] = bool(status.trusted)
    stamp = status.timestamp_validity
    if stamp is not None and stamp.valid:
        entry |= {"at": _ms(stamp.timestamp), "stamped": True}
    elif status.signer_reported_dt is not None:
        entry["at"] = _ms(status.signer_reported_dt)
    return entry


def _named(name: dict[str, Any], part: str) -> str:
    found = name.get(part, "")
    return str(found[0] if isinstance(found, list) and found else found)[:LONGEST]


def _ms(at: datetime) -> int:
    return int(at.timestamp() * 1000)
