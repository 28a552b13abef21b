"""Devices: on which ones somebody has come in with their personal code, so that a stranger's is noticed.

Only the server knows which device asks; it gives these commands. A device is named by part of a hash, never by its key.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, assert_never

from meetingroom.domain.messages import OFFICE, SYSTEM, Command, Event, Id, Line, command, event
from meetingroom.domain.people import ParticipantRemoved, known
from meetingroom.domain.phase import Phase
from meetingroom.domain.refusals import require

if TYPE_CHECKING:
    from meetingroom.domain.audience import Audience
    from meetingroom.domain.meeting import Facts, Meeting
    from meetingroom.domain.people import Participant


@dataclass(frozen=True, slots=True)
class Device:
    """`what`: browser and system, as it said itself. `unknown`: it came beside others, and no known one vouched for it."""

    what: str
    at: int
    unknown: bool


@dataclass(frozen=True, slots=True)
class Devices:
    """Participant → their devices; `disowned`: who has said of one that it is not theirs, and when."""

    of: Mapping[str, Mapping[str, Device]] = field(default_factory=dict)
    disowned: Mapping[str, int] = field(default_factory=dict)


@command("devices.arrive", by=SYSTEM, when="somebody comes in with a personal code", wire=False)
class Arrive(Command):
    """`voucher`: the device whose link it came in with; empty for a code."""

    participant: Id
    device: Id
    what: Line
    voucher: Id = ""


@command("devices.leave", by=SYSTEM, when="a device is signed out", wire=False)
class Leave(Command):
    participant: Id
    device: Id


@command("devices.accept", by=SYSTEM, when="another device of the same person says so", wire=False)
class Accept(Command):
    participant: Id
    device: Id
    voucher: Id


@command("devices.disown", by=SYSTEM, when="another device of the same person says so", wire=False)
class Disown(Command):
    participant: Id
    device: Id


@command("devices.settle", by=OFFICE, when="somebody has said that a device was not theirs")
class Settle(Command):
    """The person has their new code, or needs none."""

    participant: Id


@event("devices.arrived", quiet=True)
class DeviceArrived(Event):
    participant: str
    device: str
    what: str
    at: int
    by: str = ""  # journals from before links were kept apart have none


@event("devices.left", quiet=True)
class DeviceLeft(Event):
    participant: str
    device: str
    at: int


@event("devices.accepted", quiet=True)
class DeviceAccepted(Event):
    participant: str
    device: str
    at: int


@event("devices.disowned")
class DeviceDisowned(Event):
    """The former code is void from then on."""

    participant: str
    device: str
    at: int


@event("devices.settled")
class DisownedSettled(Event):
    participant: str
    by: str
    at: int


DevicesCommand = Arrive | Leave | Accept | Disown | Settle


def decide(meeting: Meeting, actor: Participant, command: DevicesCommand, facts: Facts) -> tuple[Event, ...]:
    person = known(meeting, command.participant).id
    here = meeting.devices.of.get(person, {})
    match command:
        case Arrive():
            if command.device in here or _is_over(meeting):
                return ()
            return (
                DeviceArrived(
                    participant=person, device=command.device, what=command.what, at=facts.now, by=command.voucher
                ),
            )
        case Leave():
            there = command.device in here and not _is_over(meeting)
            return (DeviceLeft(participant=person, device=command.device, at=facts.now),) if there else ()
        case Accept():
            require(command.device in here, "devices.unknown")
            if not here[command.device].unknown:
                return ()
            # Whoever has a stolen code would otherwise come in twice and vouch for themselves.
            require(_vouches(here, command.voucher), "devices.unknown")
            return (DeviceAccepted(participant=person, device=command.device, at=facts.now),)
        case Disown():
            require(command.device in here, "devices.unknown")
            return (DeviceDisowned(participant=person, device=command.device, at=facts.now),)
        case Settle():
            require(person in meeting.devices.disowned, "devices.unknown")
            return (DisownedSettled(participant=person, by=actor.id, at=facts.now),)
        case _:
            assert_never(command)


def _vouches(here: Mapping[str, Device], device: str) -> bool:
    return device in here and not here[device].unknown


def _is_over(meeting: Meeting) -> bool:
    """Nothing can be done in somebody's name any more, and who comes to read the minutes leaves the journal as it is."""
    return meeting.sitting.phase is Phase.CLOSED


def evolve(devices: Devices, event: Event) -> Devices:
    match event:
        case DeviceArrived():
            here = devices.of.get(event.participant, {})
            arrived = Device(event.what, event.at, bool(here) and not _vouches(here, event.by))
            return _with(devices, event.participant, {**here, event.device: arrived})
        case DeviceLeft():
            return _without(devices, event.participant, event.device)
        case DeviceAccepted():
            here = devices.of[event.participant]
            own = replace(here[event.device], unknown=False)
            return _with(devices, event.participant, {**here, event.device: own})
        case DeviceDisowned():
            left = _without(devices, event.participant, event.device)
            return replace(left, disowned={**devices.disowned, event.participant: event.at})
        case DisownedSettled():
            disowned = {key: at for key, at in devices.disowned.items() if key != event.participant}
            return replace(devices, disowned=disowned)
        case ParticipantRemoved():
            return _forgotten(devices, event.participant)
        case _:
            return devices


def _with(devices: Devices, participant: str, here: Mapping[str, Device]) -> Devices:
    return replace(devices, of={**devices.of, participant: here})


def _without(devices: Devices, participant: str, device: str) -> Devices:
    """The last one that stays is nobody's question any more."""
    here = {key: each for key, each in devices.of.get(participant, {}).items() if key != device}
    if len(here) == 1:
        here = {key: replace(each, unknown=False) for key, each in here.items()}
    return _with(devices, participant, here)


def _forgotten(devices: Devices, participant: str) -> Devices:
    if participant not in devices.of and participant not in devices.disowned:
        return devices
    of = {key: here for key, here in devices.of.items() if key != participant}
    return Devices(of, {key: at for key, at in devices.disowned.items() if key != participant})


SEES = ("devices",)


def view(meeting: Meeting, audience: Audience) -> dict[str, Any]:
    """Chair and secretary learn who has seen a stranger's device; which ones somebody has is theirs alone."""
    if not audience.is_office:
        return {}
    return {"disowned": dict(meeting.devices.disowned)}


def own(meeting: Meeting, participant: Participant) -> dict[str, Any]:
    here = meeting.devices.of.get(participant.id, {})
    return {
        "devices": {
            key: {"what": each.what, "at": each.at} | ({"unknown": True} if each.unknown else {})
            for key, each in here.items()
        }
    }
