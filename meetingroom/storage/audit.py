"""The audit log: who signed in, who failed, who used or saw a code, which settings changed.

A stream of the journal like a meeting's: rows are only added, and chained by hashes, so that `verify` finds one that
somebody changed or took out, an administrator included.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, func, select

from meetingroom.storage.engine import DEFAULT_ORGANISATION, Database
from meetingroom.storage.journal import Conflict, Entry, Journal, Write
from meetingroom.storage.tables import ENTRY

STREAM = f"audit:{DEFAULT_ORGANISATION}"
SERVER = "server"
TRIES = 5


class Kind(StrEnum):
    """What is kept. The words of each are in the catalogue under `audit.`."""

    SIGNED_IN = "signed_in"
    SIGN_IN_FAILED = "sign_in_failed"
    SIGNED_OUT = "signed_out"
    CODE_USED = "code_used"
    CODE_FAILED = "code_failed"
    CODES_SHOWN = "codes_shown"
    CODE_RENEWED = "code_renewed"
    CODE_CLOSED = "code_closed"
    DEVICE_DISOWNED = "device_disowned"
    SECOND_FAILED = "second_failed"
    SECOND_SET = "second_set"
    SECOND_REMOVED = "second_removed"
    RECOVERY_USED = "recovery_used"
    PASSKEY_ADDED = "passkey_added"
    PASSKEY_REMOVED = "passkey_removed"
    ACCOUNT_CREATED = "account_created"
    ACCOUNT_DISABLED = "account_disabled"
    ACCOUNT_ENABLED = "account_enabled"
    ROLE_CHANGED = "role_changed"
    PASSWORD_RESET = "password_reset"  # noqa: S105
    PASSWORD_CHANGED = "password_changed"  # noqa: S105
    PASSWORD_ELSEWHERE = "password_elsewhere"  # noqa: S105
    SESSION_ENDED = "session_ended"
    AGENCY_CHANGED = "agency_changed"
    RETENTION_CHANGED = "retention_changed"
    ERASURE_ANNOUNCED = "erasure_announced"
    ERASURE_WITHDRAWN = "erasure_withdrawn"
    ARCHIVE_CHECKED = "archive_checked"
    MEETING_ERASED = "meeting_erased"
    RULE_CHANGED = "rule_changed"
    RULE_REMOVED = "rule_removed"
    FEEDBACK = "feedback"
    BACKUP_ASKED = "backup_asked"
    MEETING_JOINED = "meeting_joined"
    DIRECTORY_CHANGED = "directory_changed"
    TOKEN_MADE = "token_made"  # noqa: S105
    ARCHIVE_TAKEN = "archive_taken"
    DOCUMENT_PREPARED = "document_prepared"
    DOCUMENT_RETURNED = "document_returned"
    DOCUMENT_SENT = "document_sent"
    DOCUMENT_RECALLED = "document_recalled"
    DOCUMENT_FILED = "document_filed"
    DOCUMENT_ANSWERED = "document_answered"
    HOOK_MADE = "hook_made"
    HOOK_REMOVED = "hook_removed"
    TOKEN_REVOKED = "token_revoked"  # noqa: S105


@dataclass(frozen=True, slots=True)
class Line:
    """`actor`: a sign-in name, a participant, or the server; `about`: whom or what; `address`: from where."""

    number: int
    at: int
    kind: str
    actor: str
    about: str
    meeting: str
    address: str
    text: str


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which lines: of these kinds, about or by somebody whose name holds this text, from and until (UTC ms)."""

    kinds: tuple[str, ...] = ()
    text: str = ""
    since: int = 0
    until: int = 0


class Audit:
    """All calls block. There is none that changes or removes a line."""

    def __init__(self, database: Database, journal: Journal, clock: Callable[[], int]) -> None:
        self._database, self._journal, self._clock = database, journal, clock

    def add(
        self,
        kind: Kind,
        actor: str,
        *,
        about: str = "",
        meeting: str = "",
        address: str = "",
        text: str = "",
        also: Sequence[Write] = (),
    ) -> None:
        """Written for good when this returns, with what else is to be done in the same transaction."""
        told = {"about": about, "meeting": meeting, "address": address, "text": text}
        body = {name: value[:500] for name, value in told.items() if value}
        for _ in range(TRIES):
            entry = Entry(STREAM, self._last() + 1, self._clock(), actor[:200], None, kind.value, body)
            try:
                self._journal.append([entry], None, also)
            except Conflict:
                continue  # another server was first
            return
        raise Conflict(STREAM)

    def lines(self, wanted: Wanted, most: int, before: int = 0) -> list[Line]:
        """The newest first, at most so many; those before a number, to read on."""
        asked = select(ENTRY).where(*_conditions(wanted)).order_by(ENTRY.c.version.desc()).limit(most)
        if before:
            asked = asked.where(ENTRY.c.version < before)
        with self._database.engine.connect() as connection:
            rows = connection.execute(asked).all()
        return [_line(row.version, row.at, row.name, row.actor, json.loads(row.body)) for row in rows]

    def _last(self) -> int:
        with self._database.engine.connect() as connection:
            return connection.scalar(select(func.max(ENTRY.c.version)).where(ENTRY.c.stream == STREAM)) or 0


def _conditions(wanted: Wanted) -> Sequence[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = [ENTRY.c.stream == STREAM]
    if wanted.kinds:
        found.append(ENTRY.c.name.in_(wanted.kinds))
    if wanted.text:
        found.append(
            ENTRY.c.actor.icontains(wanted.text, autoescape=True) | ENTRY.c.body.icontains(wanted.text, autoescape=True)
        )
    if wanted.since:
        found.append(ENTRY.c.at >= wanted.since)
    if wanted.until:
        found.append(ENTRY.c.at < wanted.until)
    return found


def _line(number: int, at: int, kind: str, actor: str, body: dict[str, Any]) -> Line:
    about, meeting, address, text = (str(body.get(name, "")) for name in ("about", "meeting", "address", "text"))
    return Line(number, at, kind, actor, about, meeting, address, text)
