"""Documents exchanged with other agencies: what came and what was done with it, what is to be sent and what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from sqlalchemy import ColumnElement, insert, select, update
from sqlalchemy.exc import IntegrityError

from meetingroom.storage.engine import DEFAULT_ORGANISATION, Database
from meetingroom.storage.tables import DISPATCH

IN, OUT, STATUS = "in", "out", "status"
HELD, RETURNED = "held", "returned"  # `status` of what the clerk has not sent yet, or has sent back to the secretary
UNTOUCHED = ("", "01")  # `status` of what came as long as nothing was done with it
MOST = 200  # of a list
LEASE = 2 * 60_000  # how long a server that sends has it to itself
PAUSE, LONGEST = 60_000, 6 * 3_600_000  # ms between two tries, at first and at most


@dataclass(frozen=True, slots=True)
class Dispatch:
    """See tables.DispatchRow."""

    id: str
    way: str
    document: str
    peer: str
    file: str
    at: int
    peer_name: str = ""
    code: str = ""
    kind: str = ""
    subject: str = ""
    promulgated: str = ""
    priority: int = 0
    business: int = 0
    about: str = ""
    due: int = 0
    tries: int = 0
    problem: str = ""
    status: str = ""
    status_at: int = 0
    status_text: str = ""
    meeting: str = ""
    paper: str = ""


class Dispatches:
    """All calls block."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, rows: Sequence[Dispatch]) -> bool:
        """All of them, or none where one is known already."""
        values = [asdict(row) | {"organisation": DEFAULT_ORGANISATION} for row in rows]
        try:
            with self._database.transaction() as connection:
                connection.execute(insert(DISPATCH), values)
        except IntegrityError:
            return False
        return True

    def find(self, key: str) -> Dispatch | None:
        with self._database.engine.connect() as connection:
            row = connection.execute(select(DISPATCH).where(DISPATCH.c.id == key)).first()
        return _dispatch(row) if row else None

    def received(self) -> list[Dispatch]:
        """The newest first."""
        return self._listed(DISPATCH.c.way == IN)

    def sent(self, meeting: str) -> list[Dispatch]:
        """What was sent out of a meeting, the newest first."""
        return self._listed((DISPATCH.c.way == OUT) & (DISPATCH.c.meeting == meeting))

    def outgoing(self) -> list[Dispatch]:
        """Of all meetings, what the clerk is to send and what was sent, the newest first."""
        return self._listed((DISPATCH.c.way == OUT) & (DISPATCH.c.status != RETURNED))

    def decide(self, key: str, now: int, reason: str = "") -> bool:
        """The clerk sends what is held, or with a reason sends it back to who prepared it; whether it was still held."""
        mine = (DISPATCH.c.id == key) & (DISPATCH.c.way == OUT) & (DISPATCH.c.status == HELD)
        returned: dict[str, object] = {"status": RETURNED, "status_text": reason, "status_at": now}
        return self._mark(mine, returned if reason else {"status": "", "due": now})

    def goes_on(self, one: Dispatch, code: str, answer: Dispatch) -> bool:
        """What becomes of a document that was taken in, and the message about it; whether it was at this point still."""
        mine = (DISPATCH.c.id == one.id) & (DISPATCH.c.way == IN) & (DISPATCH.c.status == one.status)
        with self._database.transaction() as connection:
            if not connection.execute(update(DISPATCH).where(mine).values(status=code, status_at=answer.at)).rowcount:
                return False
            connection.execute(insert(DISPATCH).values(**asdict(answer), organisation=DEFAULT_ORGANISATION))
        return True

    def peers(self) -> dict[str, str]:
        """Id → name of the agencies there was something with."""
        wanted = select(DISPATCH.c.peer, DISPATCH.c.peer_name).where(DISPATCH.c.peer_name != "")
        with self._database.engine.connect() as connection:
            found = {row.peer: row.peer_name for row in connection.execute(wanted.order_by(DISPATCH.c.at))}
        return dict(sorted(found.items(), key=lambda each: each[1]))

    def due(self, now: int, most: int) -> list[Dispatch]:
        """What is to be sent now, taken by this server for a while."""
        waits = (DISPATCH.c.way != IN) & (DISPATCH.c.due > 0) & (DISPATCH.c.due <= now)
        wanted = select(DISPATCH).where(waits).order_by(DISPATCH.c.due).limit(most)
        with self._database.engine.connect() as connection:
            found = [_dispatch(row) for row in connection.execute(wanted)]
        taken = []
        for each in found:
            mine = (DISPATCH.c.id == each.id) & (DISPATCH.c.due == each.due)
            with self._database.transaction() as connection:
                if connection.execute(update(DISPATCH).where(mine).values(due=now + LEASE)).rowcount:
                    taken.append(each)
        return taken

    def tried(self, one: Dispatch, now: int, problem: str) -> None:
        """Sent, or to be tried again later. It is never given up: an official document does not vanish by itself."""
        due = now + min(LONGEST, PAUSE * 2 ** min(one.tries, 10)) if problem else 0
        values = {"due": due, "tries": one.tries + 1, "problem": problem[:300]}
        with self._database.transaction() as connection:
            connection.execute(update(DISPATCH).where(DISPATCH.c.id == one.id).values(**values))

    def told(self, document: str, peer: str, code: str, text: str, now: int) -> bool:
        """What another agency says of a document of ours; whether there is one."""
        about = (DISPATCH.c.way == OUT) & (DISPATCH.c.document == document) & (DISPATCH.c.peer == peer)
        return self._mark(about, {"status": code, "status_text": text, "status_at": now})

    def claim(self, one: Dispatch, now: int) -> bool:
        """For who is about to do something with a document that came: one at a time, and only while nothing was done.

        A server that dies with it leaves it to others after a while.
        """
        return self._mark(_open(one) & (DISPATCH.c.due <= now), {"due": now + LEASE})

    def release(self, one: Dispatch) -> None:
        """Nothing came of it."""
        self._mark(_open(one), {"due": 0})

    def answered(
        self, one: Dispatch, code: str, text: str, now: int, answer: Dispatch, meeting: str, paper: str
    ) -> bool:
        """What was done with a document that came, and the message about it, in one transaction; whether nothing was before."""
        values = {"status": code, "status_text": text, "status_at": now, "meeting": meeting, "paper": paper, "due": 0}
        with self._database.transaction() as connection:
            if not connection.execute(update(DISPATCH).where(_open(one)).values(**values)).rowcount:
                return False
            connection.execute(insert(DISPATCH).values(**asdict(answer), organisation=DEFAULT_ORGANISATION))
        return True

    def _mark(self, which: object, values: dict[str, object]) -> bool:
        with self._database.transaction() as connection:
            changed = connection.execute(update(DISPATCH).where(which).values(**values))  # type: ignore[arg-type]
            return bool(changed.rowcount)

    def _listed(self, which: object) -> list[Dispatch]:
        wanted = select(DISPATCH).where(which).order_by(DISPATCH.c.at.desc(), DISPATCH.c.id).limit(MOST)  # type: ignore[arg-type]
        with self._database.engine.connect() as connection:
            return [_dispatch(row) for row in connection.execute(wanted)]


def _open(one: Dispatch) -> ColumnElement[bool]:
    """This document came, and nothing was done with it yet."""
    return (DISPATCH.c.id == one.id) & (DISPATCH.c.way == IN) & DISPATCH.c.status.in_(UNTOUCHED)


def _dispatch(row: object) -> Dispatch:
    return Dispatch(**{name: getattr(row, name) for name in Dispatch.__dataclass_fields__})
