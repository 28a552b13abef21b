"""Webhooks: whom to tell outside the house, and what is still to be told.

What is to be told is written in the transaction of the event itself, and sent later (see courier.py): nothing is lost when
the server dies, and no command waits for another system.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from sqlalchemy import Connection, delete, insert, select, update

from meetingroom.domain.outward import Occasion, Outward
from meetingroom.storage.engine import DEFAULT_ORGANISATION, Database
from meetingroom.storage.journal import Write
from meetingroom.storage.tables import DELIVERY, HOOK

PAUSE = 10_000  # ms before the second attempt; three times as long before each further one
LONGEST = 3_600_000
KEPT = 90 * 24 * 3_600_000  # how long one can see what became of it
GIVEN_UP = 24 * 3_600_000  # after the first attempt
LEASE = 30_000  # ms: while one server tries, no other does


@dataclass(frozen=True, slots=True)
class Hook:
    id: str
    url: str
    occasions: frozenset[Occasion]
    made_by: str
    made_at: int


@dataclass(frozen=True, slots=True)
class Delivery:
    """`status`: what was answered last, 0 for nothing; `done_at` 0: still to be told; `due` 0 then: given up."""

    id: str
    hook: str
    occasion: str
    meeting: str
    about: str
    at: int
    due: int
    tries: int
    status: int
    problem: str
    done_at: int


class Hooks:
    """All calls block. `key` lies outside the database: a copy of it can sign nothing."""

    def __init__(self, database: Database, key: bytes, clock: Callable[[], int]) -> None:
        self._database, self._key, self._clock = database, key, clock

    def make(self, url: str, occasions: frozenset[Occasion], by: str) -> Hook:
        hook = Hook(secrets.token_urlsafe(12), url, occasions, by, self._clock())
        row = {"id": hook.id, "organisation": DEFAULT_ORGANISATION, "url": url, "made_by": by, "made_at": hook.made_at}
        with self._database.transaction() as connection:
            connection.execute(insert(HOOK).values(**row, occasions=" ".join(sorted(occasions))))
        return hook

    def remove(self, key: str) -> Hook | None:
        """What was still to be told to it is dropped."""
        found = next((hook for hook in self.all() if hook.id == key), None)
        if found:
            with self._database.transaction() as connection:
                connection.execute(delete(DELIVERY).where(DELIVERY.c.hook == key))
                connection.execute(delete(HOOK).where(HOOK.c.id == key))
        return found

    def all(self) -> list[Hook]:
        with self._database.engine.connect() as connection:
            return _hooks(connection)

    def secret(self, hook: str) -> bytes:
        """What its deliveries are signed with."""
        return hmac.digest(self._key, b"webhook:" + hook.encode(), hashlib.sha256)

    def shown_secret(self, hook: str) -> str:
        """As Standard Webhooks writes it."""
        return "whsec_" + base64.b64encode(self.secret(hook)).decode()

    def due(self, most: int) -> list[tuple[Delivery, Hook]]:
        """What is to be told now, taken by this server for a while."""
        now = self._clock()
        wanted = select(DELIVERY).where(DELIVERY.c.done_at == 0, DELIVERY.c.due > 0, DELIVERY.c.due <= now)
        with self._database.engine.connect() as connection:
            rows = [_delivery(row) for row in connection.execute(wanted.order_by(DELIVERY.c.due).limit(most))]
            hooks = {hook.id: hook for hook in _hooks(connection)} if rows else {}
        taken = []
        for each in rows:
            mine = (DELIVERY.c.id == each.id) & (DELIVERY.c.due == each.due) & (DELIVERY.c.done_at == 0)
            with self._database.transaction() as connection:
                changed = connection.execute(update(DELIVERY).where(mine).values(due=now + LEASE))
            if changed.rowcount and each.hook in hooks:
                taken.append((each, hooks[each.hook]))
        return taken

    def tried(self, one: Delivery, status: int, problem: str) -> None:
        """Told, or to be tried again later, or given up."""
        now, tries = self._clock(), one.tries + 1
        told = 200 <= status < 300
        again = 0 if told or now - one.at > GIVEN_UP else now + min(LONGEST, PAUSE * 3 ** min(tries - 1, 10))
        kept = {"tries": tries, "status": status, "problem": problem[:200], "due": again, "done_at": now if told else 0}
        with self._database.transaction() as connection:
            connection.execute(update(DELIVERY).where(DELIVERY.c.id == one.id).values(**kept))
            connection.execute(delete(DELIVERY).where(DELIVERY.c.at < now - KEPT))

    def lately(self, most: int) -> list[Delivery]:
        """The newest first."""
        with self._database.engine.connect() as connection:
            rows = connection.execute(select(DELIVERY).order_by(DELIVERY.c.at.desc()).limit(most))
            return [_delivery(row) for row in rows]


def usable(url: str) -> bool:
    """An address of the web without a name and password in it, which would end in lists."""
    try:
        parts = urlsplit(url)
        return (
            parts.scheme in ("http", "https")
            and bool(parts.hostname)
            and not parts.username
            and (parts.port is None or parts.port > 0)
            and url.isascii()
            and url.isprintable()
            and " " not in url
        )
    except ValueError:
        return False


def tell(meeting: str, told: Sequence[Outward], now: int) -> Write:
    """To be written with the events themselves."""

    def write(connection: Connection) -> None:
        rows = [
            {
                "id": f"msg_{secrets.token_urlsafe(16)}",
                "hook": hook.id,
                "occasion": each.occasion.value,
                "meeting": meeting,
                "about": each.about,
                "at": now,
                "due": now,
                "tries": 0,
                "status": 0,
                "problem": "",
                "done_at": 0,
            }
            for each in told
            for hook in _hooks(connection)
            if each.occasion in hook.occasions
        ]
        if rows:
            connection.execute(insert(DELIVERY), rows)

    return write


def _hooks(connection: Connection) -> list[Hook]:
    wanted = select(HOOK).where(HOOK.c.organisation == DEFAULT_ORGANISATION).order_by(HOOK.c.made_at)
    return [
        Hook(r.id, r.url, frozenset(Occasion(name) for name in r.occasions.split()), r.made_by, r.made_at)
        for r in connection.execute(wanted)
    ]


def _delivery(row: object) -> Delivery:
    return Delivery(**{name: getattr(row, name) for name in Delivery.__dataclass_fields__})
