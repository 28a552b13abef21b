"""What is pressed on the page of a task: the office says how far it is, a unit reports with a paper, the office answers."""

from __future__ import annotations

from collections.abc import AsyncIterator

from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException

from meetingroom.domain.conclusions import SettleConclusion
from meetingroom.domain.messages import Command, clean
from meetingroom.domain.people import Participant
from meetingroom.domain.reports import AnswerReport, GiveReport, require_open
from meetingroom.endpoints.context import House
from meetingroom.endpoints.papers import uploads
from meetingroom.live.room import Room

DONE = {"progress": None, "done": True, "reopen": False}  # by what is pressed; None: as it is


async def command_of(here: House, form: FormData, room: Room, person: Participant, keeps: bool, key: str) -> Command:
    """`keeps`: the meeting, as its chair or secretary. Raises Refused, Unstorable, Unconvertible, Unreadable."""
    do, note = str(form.get("do", "")), clean(str(form.get("note", "")), True)
    if do == "report":
        return await _report(here, form, room, person, key, note[:4000])
    if not keeps:
        raise HTTPException(404)
    if do in ("accept", "decline"):
        answer = clean(str(form.get("answer", "")))[:500]
        return AnswerReport(report=str(form.get("report", ""))[:64], accepted=do == "accept", answer=answer)
    if do not in DONE:
        raise HTTPException(400)
    done = DONE[do]
    if done is not None:
        note = note or room.meeting.conclusions[key].note
    return SettleConclusion(conclusion=key, done=done, note=" ".join(note.split())[:500])


async def _report(here: House, form: FormData, room: Room, person: Participant, key: str, note: str) -> GiveReport:
    sent, said = form.get("file"), str(form.get("percent", ""))
    require_open(room.meeting, person, key)  # before a file is kept for it
    percent = int(said) if said.isascii() and said.isdecimal() and len(said) < 4 else 0
    file, file_name, done = "", "", "done" in form
    if isinstance(sent, UploadFile) and sent.size:
        file_name = clean(sent.filename or "")[-200:]
        file = await uploads.kept(here, _chunks(sent), file_name)
    return GiveReport(
        conclusion=key,
        percent=100 if done else min(percent, 100),
        note=note,
        done=done,
        file=file,
        file_name=file_name,
    )


async def _chunks(sent: UploadFile) -> AsyncIterator[bytes]:
    while block := await sent.read(1 << 20):
        yield block
