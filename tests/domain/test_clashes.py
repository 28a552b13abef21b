"""Clashes: another meeting at the same hours in the same room, or with the same people, is named."""

from __future__ import annotations

import unicodedata

from meetingroom.domain import meeting as domain
from meetingroom.domain.clashes import Clash, Plan, clashes
from meetingroom.domain.messages import Role
from meetingroom.domain.people import AddParticipant, ChangeParticipant, RemoveParticipant
from meetingroom.domain.sitting import Address, Close, Describe
from tests.stories import CHAIR, FINANCE, GUEST, HEALTH, HOME, JUSTICE, SCREEN, SECRETARY, SERVICE, Story

HOUR = 3_600_000
EIGHT = 1_000 * 24 * HOUR


def describe(room: str = "Phòng A", starts: int = EIGHT, ends: int = 0) -> Describe:
    return Describe(title="T", kind="", room=room, starts=starts, ends=ends, organisation="", address=Address.NEUTRAL)


def meeting(key: str, room: str = "Phòng A", starts: int = EIGHT, ends: int = 0) -> Story:
    """With a secretary of its own, so that nobody is in two."""
    story = Story.founded(key)
    own = ChangeParticipant(participant=SECRETARY, office=f"Thư ký {key}", role=Role.SECRETARY)
    story.give(SECRETARY, own)
    story.give(SECRETARY, describe(room, starts, ends))
    return story


def found(story: Story, *others: Story) -> list[Clash]:
    sitting = story.meeting.sitting
    plan = Plan(sitting.room, sitting.starts, sitting.ends)
    return list(clashes(story.meeting, plan, [other.meeting for other in (story, *others)]))


def test_a_room_is_taken_once_however_it_is_written() -> None:
    typed = unicodedata.normalize("NFD", "PHÒNG  a")
    (clash,) = found(meeting("m"), meeting("n", typed), meeting("o", "Phòng B"))
    assert clash.other.id == "n" and clash.room and clash.people == ()


def test_hours_that_only_touch_are_no_clash() -> None:
    mine = meeting("m", starts=EIGHT, ends=EIGHT + 2 * HOUR)
    before, after = meeting("n", starts=EIGHT - HOUR, ends=EIGHT), meeting("o", starts=EIGHT + 2 * HOUR)
    assert found(mine, before, after) == []
    within = meeting("p", starts=EIGHT + HOUR, ends=EIGHT + HOUR + 60_000)
    assert [clash.other.id for clash in found(mine, after, within)] == ["p"]


def test_without_an_end_a_meeting_is_as_long_as_most() -> None:
    assert [clash.other.id for clash in found(meeting("m"), meeting("n", starts=EIGHT + 3 * HOUR - 1))] == ["n"]
    assert found(meeting("m"), meeting("n", starts=EIGHT + 3 * HOUR)) == []


def test_people_are_known_again_by_account_or_by_office_and_unit() -> None:
    mine, other = meeting("m", room=""), meeting("n", room="")
    for story, account in ((mine, "Hoa"), (other, "hoa")):
        story.give(
            SECRETARY, AddParticipant(office="Phó Giám đốc", name=story.meeting.id, role=Role.GUEST, account=account)
        )
        story.give(SECRETARY, AddParticipant(office="Giám đốc", unit="Sở Y tế", role=Role.DELEGATE))
        story.give(SECRETARY, AddParticipant(office="Màn hình", unit="Phòng", role=Role.SCREEN))
    other.give(SECRETARY, AddParticipant(office="Giám đốc", unit="Sở Tư pháp", role=Role.DELEGATE))
    (clash,) = found(mine, other)
    assert not clash.room and clash.people == ("m", "Giám đốc")


def test_what_is_over_or_on_paper_only_takes_no_room() -> None:
    held = Story.in_session()
    for person in (FINANCE, HEALTH, JUSTICE, HOME, GUEST, SCREEN, SERVICE):
        held.give(SECRETARY, RemoveParticipant(participant=person))
    held.give(SECRETARY, describe())
    mine = meeting("n")
    assert [clash.other.id for clash in found(mine, held)] == ["m"]
    held.give(CHAIR, Close())
    written = Story.founded("w", written=True)
    written.give(SECRETARY, describe())
    assert found(mine, held, written) == []


def test_a_meeting_ends_after_it_begins() -> None:
    story = meeting("m")
    story.refuses(SECRETARY, describe(starts=EIGHT, ends=EIGHT), "meeting.ends_before_it_starts")
    story.give(SECRETARY, describe(ends=EIGHT + HOUR))
    assert domain.replay(story.events).sitting.planned_end == EIGHT + HOUR
