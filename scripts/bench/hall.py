"""A large meeting in session, written into a data folder before the server starts on it: people, papers, signed-in tablets."""

from __future__ import annotations

import hashlib
import json
import secrets
import time
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import insert

from meetingroom.domain import meeting as domain
from meetingroom.domain.agenda import AddItem, Kind
from meetingroom.domain.attendance import CheckIn
from meetingroom.domain.meeting import Facts, Meeting
from meetingroom.domain.messages import Command, Event, Role, write
from meetingroom.domain.papers.messages import Accept, Receive
from meetingroom.domain.people import SERVER, Participant, ParticipantAdded
from meetingroom.domain.sitting import Address, Open, Publish
from meetingroom.domain.stage import Show, TurnPage
from meetingroom.domain.voting import Prepare
from meetingroom.endpoints.guards import signer
from meetingroom.storage.engine import Database
from meetingroom.storage.invitations import Invitations
from meetingroom.storage.journal import Entry, Journal, Summary
from meetingroom.storage.library import Library
from meetingroom.storage.tables import GRANT, SESSION

MEETING = "bench"
PAGES = 500
HOURS = 14 * 3_600_000


@dataclass(frozen=True)
class Hall:
    """`cookies` by participant; the chair is "chair", members are "m0", "m1", …"""

    data: Path
    address: str
    cookies: dict[str, str]
    meeting: str = MEETING

    def connection(self, person: str, base: str) -> str:
        """A line for the load client."""
        return f"/m/{self.meeting}/{person}/live\t{self.cookies[person]}\t{base}"


class Founding:
    """Gives commands to a meeting that is not running anywhere, as fast as the rules allow."""

    def __init__(self, meeting: str = MEETING, title: str = "Kỳ họp") -> None:
        founder = Participant("secretary", "", "Chuyên viên Văn phòng", "", Role.SECRETARY, False, "", 9000)
        found = domain.found(
            meeting=meeting, founder=founder, title=title, kind="", room="A", starts=0, organisation="UBND tỉnh",
            address=Address.DONG_CHI,
        )  # fmt: skip
        self.events: list[Event] = list(found)
        self.meeting: Meeting = domain.replay(found)
        self.now = int(time.time() * 1000)

    def give(self, who: str, command: Command, made: str = "") -> None:
        actor = SERVER if who == SERVER.id else self.meeting.people[who]
        decision = domain.decide(self.meeting, actor, command, Facts(self.now, made or secrets.token_urlsafe(8)))
        for event in decision.events:
            self.meeting = domain.evolve(self.meeting, event)
            self.events.append(event)

    def add_person(self, key: str, office: str, role: Role, rank: int, account: str | None = None) -> None:
        self.events.append(
            ParticipantAdded(
                participant=key, name="", office=office, unit="", role=role, member=True, seat=str(rank), rank=rank,
                account=account,
            )
        )  # fmt: skip
        self.meeting = domain.evolve(self.meeting, self.events[-1])


def founded(
    members: int, items: int, papers: int, file: str = "0" * 64, stage: bool = True, meeting: str = MEETING
) -> Founding:
    """In session, everyone checked in, the first paper on the stage."""
    hall = Founding(meeting)
    hall.add_person("chair", "Chủ tịch UBND tỉnh", Role.CHAIR, 1)
    for number in range(members):
        hall.add_person(f"m{number}", f"Đại biểu Hội đồng nhân dân số {number}", Role.DELEGATE, number + 2)
    for number in range(items):
        title = f"Báo cáo số {number} về tình hình kinh tế – xã hội và nhiệm vụ, giải pháp trọng tâm"
        hall.give("secretary", AddItem(title=title, kind=Kind.DECISION), f"i{number}")
    for number in range(papers):
        received = Receive(
            file=file,
            file_name=f"{number}.pdf",
            size=9,
            item=f"i{number % items}",
            title=f"Tờ trình số {number}/TTr-UBND",
        )
        hall.give("secretary", received, f"p{number}")
        hall.give(
            SERVER.id, Accept(paper=f"p{number}", revision=f"p{number}", pages=PAGES, sizes=((PAGES, 595.0, 842.0),))
        )
    for vote in ("v-burst", "v-spread"):
        hall.give("secretary", Prepare(item="i0", question="Thông qua Nghị quyết?"), vote)
    hall.give("secretary", Publish())
    for person in ("chair", *(f"m{number}" for number in range(members))):
        hall.give(person, CheckIn())
    hall.give("chair", Open(regardless=True))
    if stage:
        hall.give("chair", Show(paper="p0", page=100))
    return hall


def turned(hall: Founding, events: int) -> None:
    """Page turns until the journal has this many entries."""
    while len(hall.events) < events:
        hall.give("chair", TurnPage(paper="p0", page=100 + len(hall.events) % 300))


def write_down(hall: Founding, data: Path, address: str = "") -> Hall:
    """Into the database, with a session for everybody."""
    database = Database(data, address)
    entries = [
        Entry(hall.meeting.id, n, hall.now, "secretary", None, event.tag, write(event))
        for n, event in enumerate(hall.events, 1)
    ]
    Journal(database).append(entries, Summary(hall.meeting.id, "Kỳ họp", 0, "in_session", "A"))
    key = hashlib.sha256(Invitations(database, data / "keys").key + b"cookies").digest()
    tokens = {person: secrets.token_urlsafe(32) for person in hall.meeting.people}
    hashed = {person: hashlib.sha256(token.encode()).hexdigest() for person, token in tokens.items()}
    with database.transaction() as connection:
        rows = [{"id": digest, "account": None, "expires": hall.now + HOURS} for digest in hashed.values()]
        connection.execute(insert(SESSION), rows)
        seats = [
            {"session": digest, "meeting": hall.meeting.id, "participant": person} for person, digest in hashed.items()
        ]
        connection.execute(insert(GRANT), seats)
    database.close()
    signed = {person: f"session={signer(key).sign(token).decode()}" for person, token in tokens.items()}
    return Hall(data, address, signed, hall.meeting.id)


def kept(data: Path, content: bytes) -> str:
    """A PDF in the library of a data folder; its hash."""
    return Library(data / "papers", 10**9, 30).keep(content).hash


def commands(name: str, **arguments: object) -> str:
    """A command as a tablet sends it."""
    return json.dumps({"id": secrets.token_urlsafe(9), "do": name, "with": arguments}, separators=(",", ":"))
