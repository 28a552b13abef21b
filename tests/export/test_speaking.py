"""Speaking over several meetings: the same person found again, who was there and never spoke, and who may see it."""

from __future__ import annotations

from meetingroom.domain.floor import End, Give, Kind
from meetingroom.domain.people import ChangeParticipant
from meetingroom.export.speaking import shares
from tests.stories import CHAIR, FINANCE, HEALTH, SECRETARY, Story


def speak(story: Story, who: str, seconds: int, kind: Kind = Kind.SPEAK) -> int:
    """When it began."""
    story.give(CHAIR, Give(participant=who, kind=kind))
    began = story.now
    story.now += 1000 * (seconds - 1)
    story.give(CHAIR, End())
    return began


def test_shares_over_two_meetings() -> None:
    first, second = Story.in_session(), Story.in_session(present=(CHAIR, FINANCE, HEALTH))
    speak(first, FINANCE, 60)
    last = speak(first, FINANCE, 30, Kind.QUESTION)
    speak(second, FINANCE, 10)
    speak(second, HEALTH, 20)
    found = {share.name: share for share in shares([first.meeting, second.meeting])}
    assert list(found)[:2] == ["Giám đốc Sở Tài chính", "Giám đốc Sở Y tế"], "who spoke longest first"
    finance, home = found["Giám đốc Sở Tài chính"], found["Giám đốc Sở Nội vụ"]
    assert (finance.invited, finance.attended, finance.spoke, finance.times, finance.spent) == (2, 2, 2, 3, 100_000)
    assert finance.kinds == {"speak": 2, "question": 1} and finance.last == last
    assert (home.invited, home.attended, home.times) == (2, 1, 0)
    assert "Chuyên viên Văn phòng UBND tỉnh" not in found, "who keeps the minutes is not expected to speak"
    names = [share.name for share in shares([first.meeting, second.meeting])]
    assert (
        names.index("Chủ tịch UBND tỉnh")
        < names.index("Giám đốc Sở Tư pháp")
        < names.index("Chánh Văn phòng Hội Nông dân")
    )


def test_a_person_is_found_again_however_the_name_is_written() -> None:
    stories = Story.in_session(), Story.in_session()
    for story, name, unit in zip(stories, ("Nông Thị Hoà", "nông thị hoà"), ("Sở A", "sở a"), strict=True):
        person = story.meeting.people[HEALTH]
        story.give(SECRETARY, ChangeParticipant(
            participant=HEALTH, office="Giám đốc", role=person.role, name=name, unit=unit, member=True, rank=3))  # fmt: skip
        speak(story, HEALTH, 10)
    assert [(share.name, share.times) for share in shares(story.meeting for story in stories) if share.times] == [
        ("Nông Thị Hoà", 2)
    ]
