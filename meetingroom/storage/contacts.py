"""Contacts: e-mail addresses of participants and what became of their invitations. Not in the journal: the office's own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, delete, insert, select, update

from meetingroom.storage.engine import Database
from meetingroom.storage.tables import CONTACT


@dataclass(frozen=True, slots=True)
class Contact:
    """`sent_at` (UTC ms, 0: never) is when the mail server took the last invitation; `problem` why it did not."""

    address: str
    sent_at: int = 0
    problem: str = ""


class Contacts:
    """All calls block."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def of(self, meeting: str) -> dict[str, Contact]:
        """Those of a meeting by participant."""
        with self._database.engine.connect() as connection:
            rows = connection.execute(select(CONTACT).where(CONTACT.c.meeting == meeting)).all()
        return {row.participant: Contact(row.address, row.sent_at, row.problem) for row in rows}

    def write(self, meeting: str, addresses: Mapping[str, str]) -> None:
        """These addresses from now on; an empty one is forgotten, a new one has been sent nothing yet."""
        known = self.of(meeting)
        with self._database.transaction() as connection:
            for participant, address in addresses.items():
                if address == known.get(participant, Contact("")).address:
                    continue
                connection.execute(delete(CONTACT).where(_at(meeting, participant)))
                if address:
                    row = {"meeting": meeting, "participant": participant, "address": address}
                    connection.execute(insert(CONTACT).values(row | {"sent_at": 0, "problem": ""}))

    def told(self, meeting: str, participant: str, at: int, problem: str) -> None:
        """What became of an invitation; the moment of the last good one stays."""
        values: dict[str, int | str] = {"problem": problem} if problem else {"problem": "", "sent_at": at}
        with self._database.transaction() as connection:
            connection.execute(update(CONTACT).where(_at(meeting, participant)).values(values))

    def copy(self, former: str, meeting: str) -> None:
        """The addresses of an earlier meeting, for the people it was copied from."""
        self.write(meeting, {participant: contact.address for participant, contact in self.of(former).items()})


def _at(meeting: str, participant: str) -> ColumnElement[bool]:
    return and_(CONTACT.c.meeting == meeting, CONTACT.c.participant == participant)
