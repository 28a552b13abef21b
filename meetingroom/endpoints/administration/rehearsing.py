"""A rehearsal of the network: a meeting of its own with a seat and a code for each simulated tablet, and for nobody else.

No account takes part in it and no other meeting is touched. `meetingroom rehearse` plays it and closes it.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import secrets
from collections.abc import Iterator

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from meetingroom.domain import meeting as domain
from meetingroom.domain.agenda import ItemAdded, Kind
from meetingroom.domain.messages import Event, Role, write
from meetingroom.domain.papers.messages import PaperChanged, Readers, RevisionReceived
from meetingroom.domain.people import Participant, ParticipantAdded
from meetingroom.domain.sitting import Address, MeetingPublished
from meetingroom.domain.voting import VotePrepared
from meetingroom.endpoints.auditing import note
from meetingroom.endpoints.context import House, house
from meetingroom.endpoints.forms import read_form
from meetingroom.endpoints.guards import administrator, words_of
from meetingroom.storage.audit import Kind as Noted
from meetingroom.storage.journal import Entry, Summary

MOST = 1000  # tablets
PAGES, LINES = 12, 48
CHAIR, PAPER = "chair", "paper"


async def rehearsal(request: Request) -> Response:
    """POST: founds it, and answers a file with its codes, which are to be seen nowhere else."""
    account, here = await administrator(request), house(request)
    asked = str((await read_form(request, max_files=0, max_fields=2)).get("tablets", ""))
    if not (asked.isascii() and asked.isdecimal() and len(asked) < 5 and 0 < int(asked) <= MOST):
        raise HTTPException(422)
    key = f"rehearsal-{secrets.token_urlsafe(9)}"
    title = words_of(request).text("admin.rehearsal.meeting")
    people = [f"t{number}" for number in range(1, int(asked) + 1)]
    await _found(here, key, title, people)
    await here.rooms.open(key)  # its paper is being made into pages from now on
    codes = {who: await here.record(here.invitations.code, key, who) for who in (CHAIR, *people)}
    await note(request, Noted.CODES_SHOWN, account.login, about="*", meeting=key)
    body = json.dumps({"chair": codes[CHAIR], "tablets": [codes[who] for who in people]}, indent=1)
    headers = {"Content-Disposition": 'attachment; filename="rehearsal.json"', "Cache-Control": "no-store"}
    return Response(body, media_type="application/json", headers=headers)


async def _found(here: House, key: str, title: str, people: list[str]) -> None:
    now = here.rooms.clock()
    stored = await asyncio.to_thread(here.library.keep, _paper())
    received = RevisionReceived(
        paper=PAPER, revision="paper-1", item="item", title=title, file=stored.hash, file_name="a.pdf", size=stored.size, at=now
    )  # fmt: skip
    events: list[Event] = [
        *domain.found(
            meeting=key, founder=Participant(CHAIR, "", title, "", Role.CHAIR, False, "", 1), title=title, kind="", room="",
            starts=now, organisation=here.settings.organisation, address=Address(here.settings.address),
        ),
        *_seats(people),
        ItemAdded(item="item", title=title, kind=Kind.DECISION, minutes=5, parent=None, presenter=None),
        received,
        PaperChanged(paper=PAPER, title=title, readers=Readers.EVERYONE, named=(), released=True),
        VotePrepared(vote="vote", item="item", question=title),
        MeetingPublished(),
    ]  # fmt: skip
    entries = [Entry(key, n, now, CHAIR, None, event.tag, write(event)) for n, event in enumerate(events, start=1)]
    sitting = domain.replay(events).sitting
    await here.record(here.journal.append, entries, Summary(key, title, now, sitting.phase.value, ""))


def _seats(people: list[str]) -> Iterator[Event]:
    for rank, who in enumerate(people, start=2):
        yield ParticipantAdded(
            participant=who, name="", office=f"Máy {rank - 1}", unit="", role=Role.DELEGATE, member=True, seat=str(rank - 1),
            rank=rank,
        )  # fmt: skip


def _paper() -> bytes:
    """A PDF with full pages of text, each different, so that its images weigh what those of a real paper do."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count %d /Kids [%s] >>" % (PAGES, b" ".join(b"%d 0 R" % (4 + 2 * n) for n in range(PAGES))),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Times-Roman >>",
    ]
    for page in range(PAGES):
        lines = (hashlib.sha256(b"%d %d" % (page, line)).hexdigest().encode() for line in range(LINES))
        text = b"BT /F 12 Tf 60 780 Td 15 TL " + b" ".join(b"(%s) Tj T*" % line for line in lines) + b" ET"
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F 3 0 R >> >> "
            b"/Contents %d 0 R >>" % (5 + 2 * page)
        )
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(text), text))
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    return out + b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (
        size, table, size, len(out),
    )  # fmt: skip
