"""The course of a meeting: prepared, opened with its quorum, through the agenda, adjourned, closed; and the floor."""

import pytest

from meetingroom.domain.agenda import AddItem, AddSection, MoveItem, RemoveItem, numbers
from meetingroom.domain.attendance import CheckIn, Mark
from meetingroom.domain.audience import Audience
from meetingroom.domain.floor import Ask, Give
from meetingroom.domain.messages import COMMANDS, Role
from meetingroom.domain.notices import Send, WithdrawNotice
from meetingroom.domain.people import AddParticipant, ChangeParticipant, RemoveParticipant
from meetingroom.domain.screen import Scene, ShowScene, shows
from meetingroom.domain.sitting import Adjourn, Close, GoTo, Open, Publish, Resume
from meetingroom.domain.voting import Announce, CloseVote, OpenVote, Prepare
from tests.stories import CHAIR, FINANCE, GUEST, HEALTH, HOME, JUSTICE, MEMBERS, SCREEN, SECRETARY, Story


def test_a_draft_is_not_shown_to_those_invited() -> None:
    story = Story.founded()
    story.give(SECRETARY, AddItem(title="Mở đầu"))
    assert story.view(Audience.MEMBER)["agenda"] == {"items": {}}
    story.give(SECRETARY, Publish())
    assert len(story.view(Audience.MEMBER)["agenda"]["items"]) == 1


def test_opening_needs_two_thirds_or_is_recorded_as_without() -> None:
    story = Story.of_a_committee()
    for member in (CHAIR, FINANCE, HEALTH):
        story.give(member, CheckIn())
    story.refuses(CHAIR, Open(), "meeting.no_quorum")
    story.give(JUSTICE, CheckIn())
    story.give(CHAIR, Open())
    assert "without_quorum" not in story.view(Audience.MEMBER)["meeting"]

    short = Story.of_a_committee()
    short.give(CHAIR, Open(regardless=True))
    assert short.view(Audience.MEMBER)["meeting"]["without_quorum"] is True


def test_a_guest_does_not_make_a_quorum() -> None:
    story = Story.of_a_committee()
    story.give(GUEST, CheckIn())
    assert story.view(Audience.CONSOLE)["attendance"]["members_present"] == 0


def test_adjourn_resume_close() -> None:
    story = Story.in_session()
    story.give(CHAIR, Give(participant=FINANCE))
    story.give(CHAIR, Adjourn(minutes=15))
    assert story.view(Audience.SCREEN)["meeting"]["resumes_at"] == story.now + 15 * 60_000
    assert story.view(Audience.SCREEN)["floor"]["speech"]["running"] is False, "the clock of the speech rests too"
    story.refuses(CHAIR, GoTo(item="two"), "meeting.not_in_session")
    story.give(CHAIR, Resume())
    story.give(CHAIR, Close())
    story.refuses(SECRETARY, AddItem(title="Thêm"), "meeting.closed")
    story.refuses(FINANCE, CheckIn(), "meeting.closed")


def test_time_spent_on_an_item_adds_up() -> None:
    story = Story.in_session()
    start = story.now
    story.give(CHAIR, GoTo(item="two"))
    story.give(CHAIR, GoTo(item="one"))
    items = story.view(Audience.CONSOLE)["agenda"]["items"]
    assert (items["one"]["spent_ms"], items["two"]["spent_ms"]) == (1000, 1000)
    assert items["one"]["state"] == "current" and items["two"]["state"] == "done" and story.now == start + 2000


def number_of(story: Story) -> dict[str, str]:
    return {item.id: number for item, number, _ in numbers(story.meeting.agenda)}


def test_items_number_themselves() -> None:
    story = Story.of_a_committee()
    assert number_of(story) == {"one": "1", "two": "2", "two_one": "2.1"}
    story.give(SECRETARY, AddItem(title="x", before="two"), made="x")
    story.give(SECRETARY, MoveItem(item="two", parent="one"))
    assert number_of(story) == {"one": "1", "two": "1.1", "two_one": "1.1.1", "x": "2"}
    story.give(SECRETARY, MoveItem(item="two", before="one"))
    assert number_of(story) == {"two": "1", "two_one": "1.1", "one": "2", "x": "3"}


def test_an_item_cannot_be_put_inside_itself_or_too_deep() -> None:
    story = Story.of_a_committee()
    story.refuses(SECRETARY, MoveItem(item="two", parent="two_one"), "agenda.inside_itself")
    story.give(SECRETARY, AddItem(title="x", parent="two_one"), made="x")
    story.refuses(SECRETARY, AddItem(title="y", parent="x"), "agenda.too_deep")
    story.refuses(SECRETARY, MoveItem(item="two", parent="one"), "agenda.too_deep")


def test_an_item_with_papers_is_not_removed_under_them() -> None:
    story = Story.in_session()
    story.refuses(SECRETARY, RemoveItem(item="two"), "agenda.has_papers")
    story.refuses(SECRETARY, RemoveItem(item="one"), "agenda.is_current")
    story.give(SECRETARY, RemoveItem(item="two_one"))


def test_somebody_can_always_let_the_others_in() -> None:
    story = Story.founded()
    story.refuses(SECRETARY, RemoveParticipant(participant=SECRETARY), "people.last_secretary")
    story.refuses(
        SECRETARY, ChangeParticipant(participant=SECRETARY, office="x", role=Role.GUEST), "people.last_secretary"
    )


def test_a_seat_is_one_person_s_and_a_guest_has_no_vote() -> None:
    story = Story.of_a_committee()
    story.refuses(SECRETARY, AddParticipant(office="x", role=Role.DELEGATE, seat="2"), "people.seat_taken")
    story.refuses(SECRETARY, AddParticipant(office="x", role=Role.GUEST, member=True), "people.cannot_vote")
    story.refuses(SECRETARY, AddParticipant(office="", role=Role.GUEST), "people.needs_office")


def test_an_account_is_one_person_and_only_the_office_sees_it() -> None:
    story = Story.of_a_committee()
    story.give(SECRETARY, ChangeParticipant(participant=FINANCE, office="x", role=Role.DELEGATE, account="Tai.Chinh"))
    other = ChangeParticipant(participant=HEALTH, office="y", role=Role.DELEGATE, account="TAI.CHINH")
    story.refuses(SECRETARY, other, "people.account_taken")
    assert story.view(Audience.CONSOLE)["people"][FINANCE]["account"] == "tai.chinh"
    assert "account" not in story.view(Audience.MEMBER)["people"][FINANCE]


def test_who_leaves_the_meeting_leaves_nothing_waiting() -> None:
    story = Story.in_session()
    story.give(FINANCE, Ask(), made="r")
    story.give(SECRETARY, RemoveParticipant(participant=FINANCE))
    assert story.view(Audience.CONSOLE)["floor"]["requests"] == {}
    assert FINANCE not in story.view(Audience.CONSOLE)["attendance"]["present"]
    assert story.view(Audience.CONSOLE)["attendance"]["total_members"] == len(MEMBERS) - 1


def test_the_secretary_marks_attendance() -> None:
    story = Story.of_a_committee()
    story.give(SECRETARY, Mark(participant=HOME, present=True))
    assert story.own(HOME)["present"]
    story.give(SECRETARY, Mark(participant=HOME, present=False))
    assert not story.own(HOME)["present"]
    story.refuses(SECRETARY, Mark(participant=SCREEN, present=True), "attendance.cannot_attend")


def test_the_wall_shows_what_the_meeting_does() -> None:
    story = Story.of_a_committee()
    assert shows(story.meeting) is Scene.WELCOME
    story.give(CHAIR, Open(regardless=True))
    assert shows(story.meeting) is Scene.STAGE
    story.give(CHAIR, GoTo(item="two_one"))
    assert shows(story.meeting) is Scene.AGENDA
    story.give(CHAIR, Give(participant=FINANCE))
    assert shows(story.meeting) is Scene.SPEAKER
    story.give(FINANCE, CheckIn())
    story.give(CHAIR, ShowScene(scene=Scene.AGENDA))
    story.give(SECRETARY, Prepare(item="two", question="?"), made="v")
    story.give(CHAIR, OpenVote(vote="v", regardless=True))
    assert shows(story.meeting) is Scene.VOTE, "a vote is not hidden behind a scene chosen earlier"
    story.give(CHAIR, CloseVote(vote="v"))
    story.give(CHAIR, Announce(vote="v"))
    assert story.view(Audience.SCREEN)["screen"] == {"scene": "auto", "shows": "vote", "vote": "v"}
    story.give(CHAIR, GoTo(item="one"))
    assert shows(story.meeting) is Scene.STAGE


def test_notices_come_and_go() -> None:
    story = Story.in_session()
    story.give(SECRETARY, Send(text="Giải lao lúc 10 giờ"), made="n")
    assert story.view(Audience.SCREEN)["notices"]["n"]["text"] == "Giải lao lúc 10 giờ"
    story.give(CHAIR, WithdrawNotice(notice="n"))
    assert story.view(Audience.SCREEN)["notices"] == {}


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_a_screen_gives_no_commands(name: str) -> None:
    assert Role.SCREEN not in COMMANDS[name].by


def test_a_section_comes_with_all_its_points_or_not_at_all() -> None:
    story = Story.of_a_committee()
    before = story.meeting.agenda.items
    story.refuses(SECRETARY, AddSection(title="Việc cũ", titles=("Một", "")), "agenda.needs_title")
    assert story.meeting.agenda.items is before
    story.give(SECRETARY, AddSection(title="Việc cũ", titles=("Một", "Hai")), made="old")
    added = [(item.title, item.parent) for key, item in story.meeting.agenda.items.items() if key not in before]
    assert added == [("Việc cũ", None), ("Một", "old"), ("Hai", "old")]
