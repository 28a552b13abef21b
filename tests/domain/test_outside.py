"""What the hardware of the room is told: open microphones, where to look, who was interrupted, who waits."""

from __future__ import annotations

from meetingroom.domain.floor import Ask, End, Give, Kind, Pause
from meetingroom.domain.floor.outside import outside
from meetingroom.domain.people import ChangeParticipant
from meetingroom.domain.sitting import Adjourn, Close
from tests.stories import CHAIR, FINANCE, GUEST, HEALTH, JUSTICE, SECRETARY, Story


def test_before_and_after_nothing_is_open() -> None:
    assert outside(Story.of_a_committee().meeting)["microphones"] == []
    story = Story.in_session()
    story.give(CHAIR, Give(participant=FINANCE))
    story.give(CHAIR, Close())
    told = outside(story.meeting)
    assert (told["phase"], told["microphones"], told["waiting"]) == ("closed", [], []) and "camera" not in told


def test_one_microphone_at_a_time() -> None:
    story = Story.in_session()
    story.give(CHAIR, Give(participant=FINANCE))
    assert outside(story.meeting)["microphones"] == ["2"]
    story.give(JUSTICE, Ask(topic="Thể chế"))
    story.give(CHAIR, Give(participant=HEALTH, kind=Kind.QUESTION))
    told = outside(story.meeting)
    assert (told["microphones"], told["camera"]) == (["3"], "3")
    assert told["held"] == [{"participant": FINANCE, "name": "Giám đốc Sở Tài chính", "seat": "2"}]
    assert [(each["seat"], each["kind"]) for each in told["waiting"]] == [("4", "speak")]
    story.give(CHAIR, End())
    assert outside(story.meeting)["speaker"]["spent_ms"] == 2000, "what was spoken before the question"


def test_a_paused_speech_is_silent_and_still_seen() -> None:
    story = Story.in_session()
    story.give(CHAIR, Give(participant=FINANCE))
    for pause in (Pause(), Adjourn()):
        story.give(CHAIR, pause)
        told = outside(story.meeting)
        assert (told["microphones"], told["camera"], told["speaker"]["running"]) == ([], "2", False)
        assert "resumed_at" not in told["speaker"]


def test_who_has_no_seat_has_no_microphone() -> None:
    story = Story.in_session()
    person = story.meeting.people[FINANCE]
    story.give(CHAIR, Give(participant=GUEST))
    assert outside(story.meeting)["microphones"] == [] and "camera" not in outside(story.meeting)
    named = ChangeParticipant(
        participant=FINANCE, office="Giám đốc", role=person.role, name="Nông Văn A", member=True, seat="2", rank=2
    )
    story.give(SECRETARY, named)
    story.give(CHAIR, Give(participant=FINANCE))
    assert outside(story.meeting)["speaker"]["name"] == "Nông Văn A"
