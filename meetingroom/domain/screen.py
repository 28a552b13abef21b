"""Room screen: what the wall shows, by itself with what the chair does, or by the chair's hand."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from meetingroom.domain import stage
from meetingroom.domain.agenda import ItemEntered
from meetingroom.domain.audience import Audience
from meetingroom.domain.floor import FloorGiven
from meetingroom.domain.messages import OFFICE, Command, Event, command, event
from meetingroom.domain.phase import Phase
from meetingroom.domain.stage import PageTurned, PaperShown
from meetingroom.domain.voting import ResultAnnounced, VoteCancelled, VoteOpened

if TYPE_CHECKING:
    from meetingroom.domain.meeting import Facts, Meeting
    from meetingroom.domain.people import Participant


class Scene(StrEnum):
    AUTO = "auto"
    WELCOME = "welcome"
    AGENDA = "agenda"
    STAGE = "stage"
    SPEAKER = "speaker"
    VOTE = "vote"
    SEATS = "seats"


@dataclass(frozen=True, slots=True)
class Screen:
    """`scene` chosen by hand, or AUTO; `result`: the vote that was announced, or cancelled, until the meeting moves on."""

    scene: Scene = Scene.AUTO
    result: str | None = None


@command("screen.show", by=OFFICE)
class ShowScene(Command):
    scene: Scene


@event("screen.chosen")
class SceneChosen(Event):
    scene: Scene


ScreenCommand = ShowScene


def decide(meeting: Meeting, actor: Participant, command: ScreenCommand, facts: Facts) -> tuple[Event, ...]:
    return () if command.scene is meeting.screen.scene else (SceneChosen(scene=command.scene),)


def evolve(screen: Screen, event: Event) -> Screen:
    match event:
        case SceneChosen():
            moves_on = event.scene in (Scene.WELCOME, Scene.AGENDA, Scene.STAGE, Scene.SPEAKER)
            return Screen(event.scene, None if moves_on else screen.result)
        case VoteOpened():
            # A vote is never hidden behind a scene someone chose earlier and forgot.
            return Screen(Scene.AUTO, None)
        case ResultAnnounced():
            return Screen(Scene.AUTO, event.vote)
        case VoteCancelled():
            return Screen(screen.scene, event.vote)
        case ItemEntered() | PaperShown() | PageTurned() | FloorGiven():
            return Screen(screen.scene, None) if screen.result else screen
        case _:
            return screen


SEES = ("screen", "sitting", "voting", "stage", "papers", "preparing", "floor", "agenda")


def view(meeting: Meeting, audience: Audience) -> dict[str, Any]:
    """`scene` as chosen, `shows` as it is now on the wall, `vote` the one it shows."""
    vote = _vote(meeting)
    entry: dict[str, Any] = {"scene": meeting.screen.scene.value, "shows": shows(meeting).value}
    return entry | ({"vote": vote} if vote else {})


def shows(meeting: Meeting) -> Scene:
    """The scene on the wall now: the chair's choice, or what the meeting is doing."""
    if meeting.screen.scene is not Scene.AUTO:
        return meeting.screen.scene
    if meeting.sitting.phase is not Phase.IN_SESSION:
        return Scene.WELCOME
    if _vote(meeting):
        return Scene.VOTE
    if "paper" in stage.view(meeting, Audience.SCREEN):
        return Scene.STAGE
    if meeting.floor.speech:
        return Scene.SPEAKER
    return Scene.AGENDA


def _vote(meeting: Meeting) -> str | None:
    """What runs, or what came of the last; one nobody has seen open ends unseen, and what was sent round has a page."""
    for vote in meeting.voting.values():
        if vote.is_open:
            return vote.id
    ended = meeting.voting.get(meeting.screen.result or "")
    hidden = ended is None or ended.opened_at is None or ended.id in meeting.circulation.questions
    return None if hidden else meeting.screen.result
