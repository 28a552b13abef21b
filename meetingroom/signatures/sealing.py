"""The seal of the system: a PAdES signature by the installation's or the agency's own certificate on what it has printed."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers
from pyhanko.sign.fields import SigSeedSubFilter

FIELD = "Seal"


class Unsealable(Exception):
    """The certificate cannot be used."""


def sealed(content: bytes, certificate: Path, password: str) -> bytes:
    """The PDF with a signature that is not seen on its pages, added behind it. `certificate` is PKCS#12."""
    load: Any = signers.SimpleSigner.load_pkcs12
    signer = load(str(certificate), passphrase=password.encode() or None)
    if signer is None:
        raise Unsealable(str(certificate))
    metadata = signers.PdfSignatureMetadata(field_name=FIELD, subfilter=SigSeedSubFilter.PADES, md_algorithm="sha256")
    out = signers.sign_pdf(IncrementalPdfFileWriter(io.BytesIO(content)), metadata, signer)
    return bytes(out.getbuffer())
