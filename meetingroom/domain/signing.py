"""Signing: the approved minutes as one file that changes no more, and that file as it came back signed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, assert_never

from meetingroom.domain.audience import Audience
from meetingroom.domain.messages import OFFICE, SYSTEM, Command, Event, Line, command, event
from meetingroom.domain.minutes import State
from meetingroom.domain.refusals import require

if TYPE_CHECKING:
    from meetingroom.domain.meeting import Facts, Meeting
    from meetingroom.domain.people import Participant


@dataclass(frozen=True, slots=True)
class Signing:
    """`produced` and `signed` are hashes of files, empty: not yet. `signers` as their certificates name them."""

    produced: str = ""
    signed: str = ""
    signers: tuple[str, ...] = ()
    at: int = 0

    @property
    def file(self) -> str:
        """What the minutes are now."""
        return self.signed or self.produced


@command("signing.produce", by=SYSTEM, when="the minutes are approved; once", wire=False)
class Produce(Command):
    """The server has printed them: what is signed elsewhere begins with these bytes."""

    file: Line


@command(
    "signing.take_back", by=OFFICE, when="it is the produced file, signed, with every signature it had", wire=False
)
class TakeBack(Command):
    """The server has read the signatures; `over` is the file they were added to."""

    file: Line
    over: Line
    signers: tuple[Line, ...]


@event("signing.produced")
class MinutesProduced(Event):
    file: str
    at: int


@event("signing.taken_back")
class SignedTakenBack(Event):
    file: str
    signers: tuple[str, ...]
    by: str
    at: int


SigningCommand = Produce | TakeBack


def decide(meeting: Meeting, actor: Participant, command: SigningCommand, facts: Facts) -> tuple[Event, ...]:
    require(meeting.minutes.state is State.APPROVED, "signing.not_approved")
    match command:
        case Produce():
            return () if meeting.signing.produced else (MinutesProduced(file=command.file, at=facts.now),)
        case TakeBack():
            require(command.over and command.over == meeting.signing.file, "signing.signed_meanwhile")
            require(command.signers, "signing.no_signature")
            taken = SignedTakenBack(file=command.file, signers=command.signers, by=actor.id, at=facts.now)
            return (taken,)
        case _:
            assert_never(command)


def evolve(signing: Signing, event: Event) -> Signing:
    match event:
        case MinutesProduced():
            return replace(signing, produced=event.file)
        case SignedTakenBack():
            return replace(signing, signed=event.file, signers=event.signers, at=event.at)
        case _:
            return signing


SEES = ("signing",)


def view(meeting: Meeting, audience: Audience) -> dict[str, Any]:
    """Members read who signed, guests and the wall do not: a certificate's name may hold an identity number."""
    signing = meeting.signing
    if not signing.signed or not (audience.is_office or audience is Audience.MEMBER):
        return {}
    return {"at": signing.at, "signers": {str(number): name for number, name in enumerate(signing.signers)}}
