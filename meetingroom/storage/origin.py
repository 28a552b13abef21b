"""Origin: what this installation signs its archives with, so that others can tell where one was made (Ed25519, RFC 8032).

The key is derived from the one that personal codes are derived from: it is outside the database, and a backup holds it.
"""

from __future__ import annotations

import hashlib
import hmac

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey


class Origin:
    """`key` is what others know this installation by, in hex."""

    def __init__(self, secret: bytes) -> None:
        self._private = Ed25519PrivateKey.from_private_bytes(hmac.digest(secret, b"archives", hashlib.sha256))
        self.key = self._private.public_key().public_bytes_raw().hex()

    def signature(self, content: bytes) -> str:
        """In hex."""
        return self._private.sign(content).hex()
