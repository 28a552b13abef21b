"""Sealed envelopes of secret votes: a postal vote whose box has a key of its own.

Each ballot is encrypted (HPKE, RFC 9180) to the public key of its vote, with its voter's and vote's name bound into the
seal, and kept in a table of its own, written in the same transaction as the event that says only that somebody voted. The
private key is a file in the folder of keys, outside the database and its backups. When the box has been counted the
envelopes are deleted and the key destroyed: what copies of the database hold can then no longer be opened by anybody.
"""

from __future__ import annotations

import hashlib
import os
import secrets
from dataclasses import asdict, dataclass
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite
from sqlalchemy import ColumnElement, Connection, and_, delete, insert, select

from meetingroom.storage.engine import Database
from meetingroom.storage.files import keep_first_key, sync_folder
from meetingroom.storage.invitations import letters
from meetingroom.storage.journal import Write
from meetingroom.storage.tables import ENVELOPE

SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.CHACHA20_POLY1305)
GROUPS, LETTERS = 4, 5  # a receipt: 100 bits of the envelope's SHA-256, read aloud in four groups
PADDING = b"\0"


class Unopenable(Exception):
    """The box cannot be opened: its key is gone (a restored backup has none) or an envelope is damaged."""


@dataclass(frozen=True, slots=True)
class Envelope:
    """A sealed ballot; the newest of a voter replaces the former one."""

    meeting: str
    vote: str
    participant: str
    body: bytes

    @property
    def receipt(self) -> str:
        """Finds this envelope in the published list, and says nothing of what is in it."""
        bits = int.from_bytes(hashlib.sha256(self.body).digest()) >> (256 - 5 * GROUPS * LETTERS)
        said = letters(bits, GROUPS * LETTERS)
        return "-".join(said[start : start + LETTERS] for start in range(0, len(said), LETTERS))


@dataclass(frozen=True, slots=True)
class Box:
    """An opened box: what was in it in shuffled order, and the receipts, sorted; nothing links the two."""

    contents: tuple[bytes, ...]
    receipts: tuple[str, ...]


def seal(meeting: str, vote: str, participant: str, public_key: str, content: bytes) -> Envelope:
    """Nobody opens it without the private key; nobody can pass it off as another person's or another vote's."""
    key = X25519PublicKey.from_public_bytes(bytes.fromhex(public_key))
    return Envelope(meeting, vote, participant, SUITE.encrypt(content, key, _bound(meeting, vote, participant)))


def _bound(meeting: str, vote: str, participant: str) -> bytes:
    return "\0".join(("meetingroom vote", meeting, vote, participant)).encode()


def put(envelope: Envelope) -> Write:
    """Into the box, instead of a former one, within the transaction that records the event."""

    def write(connection: Connection) -> None:
        mine = and_(_of(envelope.meeting, envelope.vote), ENVELOPE.c.participant == envelope.participant)
        connection.execute(delete(ENVELOPE).where(mine))
        connection.execute(insert(ENVELOPE).values(**asdict(envelope)))

    return write


def empty(meeting: str, vote: str) -> Write:
    """Delete all envelopes of a vote, within the transaction that records its count or its cancellation."""

    def write(connection: Connection) -> None:
        connection.execute(delete(ENVELOPE).where(_of(meeting, vote)))

    return write


def _of(meeting: str, vote: str) -> ColumnElement[bool]:
    return and_(ENVELOPE.c.meeting == meeting, ENVELOPE.c.vote == vote)


class Boxes:
    """The boxes and their keys. All calls block; they belong on the recording thread."""

    def __init__(self, database: Database, keys: Path) -> None:
        self._database, self._keys = database, keys

    def key(self, meeting: str, vote: str) -> str:
        """The public key of this vote's box, made and durably kept at first request."""
        path = self._path(meeting, vote)
        try:
            path.stat()
        except FileNotFoundError:
            keep_first_key(path, X25519PrivateKey.generate().private_bytes_raw())
        return self._private(path).public_key().public_bytes_raw().hex()

    def has_key(self, meeting: str, vote: str, public_key: str) -> bool:
        """Whether the private key of this vote is here, and the right one. Raises OSError."""
        try:
            return self._private(self._path(meeting, vote)).public_key().public_bytes_raw().hex() == public_key
        except Unopenable:
            return False

    def open(self, meeting: str, vote: str) -> Box:
        """Open all envelopes of a vote and shuffle what was in them. Raises Unopenable, OSError. May be repeated."""
        with self._database.engine.connect() as connection:
            rows = connection.execute(select(ENVELOPE).where(_of(meeting, vote))).all()
        envelopes = [Envelope(row.meeting, row.vote, row.participant, bytes(row.body)) for row in rows]
        key = self._private(self._path(meeting, vote)) if envelopes else None
        contents = [_opened(envelope, key) for envelope in envelopes if key]
        secrets.SystemRandom().shuffle(contents)
        return Box(tuple(contents), tuple(sorted(envelope.receipt for envelope in envelopes)))

    def any_key(self) -> bool:
        """Whether the key of any vote is here."""
        return any(self._keys.glob("vote-*.key"))

    def destroy(self, meeting: str, vote: str) -> None:
        """Overwrite and remove the private key; nothing is left that opens an envelope. No key is no error."""
        path = self._path(meeting, vote)
        try:
            with path.open("r+b") as key:
                key.write(os.urandom(path.stat().st_size))
                key.flush()
                os.fsync(key.fileno())
        except FileNotFoundError:
            return
        path.unlink()
        sync_folder(path.parent)

    def _path(self, meeting: str, vote: str) -> Path:
        return self._keys / f"vote-{hashlib.sha256(f'{meeting}/{vote}'.encode()).hexdigest()[:32]}.key"

    def _private(self, path: Path) -> X25519PrivateKey:
        """Raises OSError where a later attempt may succeed, Unopenable where none can."""
        try:
            return X25519PrivateKey.from_private_bytes(path.read_bytes())
        except (FileNotFoundError, ValueError) as error:
            raise Unopenable("the key of the ballot box is missing or damaged") from error


def _opened(envelope: Envelope, key: X25519PrivateKey) -> bytes:
    try:
        bound = _bound(envelope.meeting, envelope.vote, envelope.participant)
        return SUITE.decrypt(envelope.body, key, bound).rstrip(PADDING)
    except InvalidTag as error:
        raise Unopenable("an envelope is damaged") from error
