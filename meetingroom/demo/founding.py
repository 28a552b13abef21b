"""Founding the demo meeting: people, agenda, papers and a prepared vote, as the first entries of its journal."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

from meetingroom.demo import agenda
from meetingroom.demo.papers import PAPERS, print_paper
from meetingroom.demo.people import PEOPLE, Person
from meetingroom.domain import meeting as domain
from meetingroom.domain.agenda import ItemAdded
from meetingroom.domain.messages import Event, Role, write
from meetingroom.domain.papers.messages import PaperChanged, RevisionReceived
from meetingroom.domain.people import AddParticipant, Participant, ParticipantAdded
from meetingroom.domain.seating import SeatsArranged
from meetingroom.domain.shapes import Shape, spots
from meetingroom.domain.sitting import Address, MeetingPublished
from meetingroom.domain.voting import VotePrepared
from meetingroom.domain.voting.ballot import Kind
from meetingroom.endpoints.context import House
from meetingroom.storage.journal import Entry, Summary

FOUNDER = "secretary"
VISITORS = "Đại biểu dự thính"


async def found(house: House, meeting: str) -> None:
    """Write the whole prepared meeting in one transaction; its papers become pages afterwards."""
    now = house.rooms.clock()
    events = [
        *_beginning(meeting, now),
        *_people(),
        _seats(),
        *_agenda(),
        *await asyncio.to_thread(_papers, house, now),
        *_end(),
    ]
    entries = [
        Entry(meeting, version, now, FOUNDER, None, event.tag, write(event))
        for version, event in enumerate(events, start=1)
    ]
    sitting = domain.replay(events).sitting
    summary = Summary(meeting, sitting.title, sitting.starts, sitting.phase.value, sitting.room, kind=sitting.kind)
    await house.record(house.journal.append, entries, summary)


async def seat_visitors(house: House, meeting: str, count: int) -> list[str]:
    """Further guests, when more delegates are simulated than there are members; ids of `count` of them."""
    room = await house.rooms.open(meeting)
    visitors = [person.id for person in room.meeting.people.values() if person.office.startswith(VISITORS)]
    while len(visitors) < count:
        office = f"{VISITORS} {len(visitors) + 1:02d}"
        done = await room.give(FOUNDER, AddParticipant(office=office, role=Role.GUEST))
        visitors.append(done.made or "")
    return visitors[:count]


def _beginning(meeting: str, now: int) -> tuple[Event, ...]:
    founder = next(person for person in PEOPLE if person.key == FOUNDER)
    return domain.found(
        meeting=meeting,
        founder=_participant(founder),
        title=agenda.TITLE,
        kind=agenda.KIND,
        room=agenda.ROOM,
        starts=now - now % 900_000 + 900_000,
        organisation="Ủy ban nhân dân tỉnh",
        address=Address.DONG_CHI,
    )


def _participant(person: Person) -> Participant:
    rank = PEOPLE.index(person) + 1
    seat = "" if person.role in (Role.SCREEN, Role.STAFF) else f"{rank:02d}"
    return Participant(person.key, "", person.office, person.unit, person.role, person.member, seat, rank)


def _people() -> Iterator[Event]:
    for participant in (_participant(person) for person in PEOPLE if person.key != FOUNDER):
        yield ParticipantAdded(
            participant=participant.id,
            name="",
            office=participant.office,
            unit=participant.unit,
            role=participant.role,
            member=participant.member and participant.role is not Role.SCREEN,
            seat=participant.seat,
            rank=participant.rank,
        )


def _seats() -> SeatsArranged:
    """Everybody at a U of two rows; the numbers are those the people have."""
    found = spots(Shape.U, 6, 2, 6)
    return SeatsArranged(
        shape=Shape.U, places=tuple((f"{number:02d}", x, y) for number, (x, y) in enumerate(found, start=1))
    )


def _agenda() -> Iterator[Event]:
    for point in agenda.AGENDA:
        yield ItemAdded(
            item=point.key,
            title=point.title,
            kind=point.kind,
            minutes=point.minutes,
            parent=point.parent,
            presenter=point.presenter,
        )


def _papers(house: House, now: int) -> list[Event]:
    """Printing takes some seconds; done in a thread."""
    events: list[Event] = []
    for paper in PAPERS:
        stored = house.library.keep(print_paper(paper.key))
        events.append(
            RevisionReceived(
                paper=paper.key,
                revision=f"{paper.key}-1",
                item=paper.item,
                title=paper.title,
                file=stored.hash,
                file_name=paper.file_name,
                size=stored.size,
                at=now,
            )
        )
        events.append(
            PaperChanged(paper=paper.key, title=paper.title, readers=paper.readers, named=paper.named, released=True)
        )
    return events


def _end() -> tuple[Event, ...]:
    """One recorded vote on the resolution, and a secret election to try."""
    recorded = VotePrepared(vote="vote-1", item="vote", question=agenda.QUESTION)
    secret = VotePrepared(
        vote="vote-2",
        item="vote",
        question=agenda.ELECTION,
        kind=Kind.ELECTION,
        options=agenda.CANDIDATES,
        most=3,
        places=3,
        secret=True,
        blank=True,
    )
    return (recorded, secret, MeetingPublished())
