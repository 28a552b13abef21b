"""The websocket of a device: says hello, gives commands, is shown the meeting."""

from __future__ import annotations

from typing import Any

from starlette.websockets import WebSocket, WebSocketDisconnect

from meetingroom.domain.audience import audience_of
from meetingroom.domain.messages import OFFICE, read_command
from meetingroom.endpoints import protocol
from meetingroom.endpoints.context import house
from meetingroom.endpoints.errors import NotDone, code, sentence
from meetingroom.endpoints.guards import review, socket_entrant
from meetingroom.endpoints.limits import COMMANDS, DEVICES, HELLOS, OFFICE_COMMANDS, SIGNALS, Allowance
from meetingroom.endpoints.protocol import Do, Hello, Malformed, Signal
from meetingroom.endpoints.wire import EXTENSION, UvicornLine
from meetingroom.live import frames
from meetingroom.live.draft import Unrecorded
from meetingroom.live.room import Room
from meetingroom.live.seat import Seat
from meetingroom.words import Words


async def live(websocket: WebSocket) -> None:
    """/m/{meeting}/{participant}/live. Who may enter is settled before the handshake; roles again at every command."""
    entrant = await socket_entrant(websocket)
    if entrant is None:
        # Before accept this answers 403 and no frame is ever exchanged: a foreign page learns nothing (CSWSH).
        await websocket.close(4403)
        return
    line: UvicornLine = websocket.scope["extensions"][EXTENSION]
    await line.accept()
    room, person = entrant.room, entrant.participant
    if room.devices_of(person.id) >= DEVICES:
        line.close(4408, "too many devices")
        return
    seat = Seat(line, person.id, entrant.session, audience_of(person))
    room.join(seat)
    try:
        # It may have ended during the handshake, when there was no seat yet to be closed, or is being read anew just now.
        if not house(websocket).sessions.is_known(entrant.session):
            await review(house(websocket), entrant.session)
        await _listen(line, room, seat, entrant.words)
    except WebSocketDisconnect:
        pass
    except Malformed as malformed:
        line.close(4400, str(malformed))
    finally:
        room.leave(seat)


async def _listen(line: UvicornLine, room: Room, seat: Seat, words: Words) -> None:
    """One message after the other: a device's commands keep their order, and a flood waits in its own socket."""
    office = room.meeting.people[seat.participant].role in OFFICE
    commands, hellos, signals = (
        Allowance(OFFICE_COMMANDS if office else COMMANDS),
        Allowance(HELLOS),
        Allowance(SIGNALS),
    )
    while True:
        match protocol.read(await _text(line)):
            case Hello(have, epoch):
                if not hellos.take():
                    seat.line.close(4408, "too many hellos")
                    return
                if seat.participant in room.meeting.people:
                    room.hello(seat, have, epoch)
            case Do() as do:
                if not commands.take():
                    seat.line.close(4408, "too many commands")
                    return
                seat.answer(frames.encode(await _carry_out(room, seat, do, words)))
            case Signal() if not signals.take():
                seat.line.close(4408, "too many signals")
                return
            case Signal("reading", payload):
                room.follow(seat, payload.get("following") is True)
            case Signal("delivery", payload):
                room.delivery.take(seat, payload)
            case Signal(name, payload):
                room.spotlight.take(seat, name, payload)


async def _text(line: UvicornLine) -> str:
    message = await line.receive()
    if message["type"] == "websocket.disconnect":
        raise WebSocketDisconnect(message.get("code", 1006))
    text = message.get("text")
    if text is None:
        raise Malformed("not text")
    return str(text)


async def _carry_out(room: Room, seat: Seat, do: Do, words: Words) -> dict[str, Any]:
    try:
        done = await room.give(seat.participant, read_command(do.name, do.arguments), do.id)
    except NotDone as error:
        refused = {"refused": do.id, "code": code(error), "text": sentence(words, error, by_itself=True)}
        # Not recorded is not refused for good: the device keeps the command and sends it again.
        return refused | ({"again": True} if isinstance(error, Unrecorded) else {})
    return {"done": do.id} | ({"made": done.made} if done.made else {})
