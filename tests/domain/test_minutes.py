"""Minutes: the course told by the journal, the text changed by hand, and the approval after which nothing changes."""

from meetingroom.domain.agenda import RemoveItem
from meetingroom.domain.attendance import CheckIn, Mark
from meetingroom.domain.audience import Audience
from meetingroom.domain.floor import End, Give, Kind
from meetingroom.domain.minutes import Approve, ChangeSection, Course, Happened, State, course_of
from meetingroom.domain.minutes.record import RetakeSection, SendBack, Submit
from meetingroom.domain.notices import Send, WithdrawNotice
from meetingroom.domain.people import RemoveParticipant
from meetingroom.domain.sitting import Adjourn, Close, GoTo, Open, Resume
from meetingroom.domain.stage import Show, TurnPage
from tests.domain.test_voting import open_vote
from tests.stories import CHAIR, FINANCE, GUEST, HEALTH, HOME, JUSTICE, SECRETARY, Story


def closed() -> Story:
    story = Story.in_session()
    story.give(CHAIR, Close())
    return story


def kinds(course: Course, item: str | None) -> list[str]:
    return [fact.kind.value for fact in course.of(item)]


def test_the_course_tells_what_happened_at_each_item() -> None:
    story = Story.of_a_committee()
    for member in (CHAIR, FINANCE, HEALTH, JUSTICE):
        story.give(member, CheckIn())
    story.give(CHAIR, Open())
    story.give(CHAIR, TurnPage(paper="report", page=2))
    story.give(CHAIR, Show(paper="report"))
    story.give(HOME, CheckIn())
    story.give(CHAIR, Give(participant=FINANCE))
    story.give(CHAIR, Adjourn(minutes=15))
    story.give(CHAIR, Resume())
    story.give(CHAIR, GoTo(item="two"))
    story.give(FINANCE, End())
    story.give(SECRETARY, Mark(participant=HEALTH, present=False))
    story.give(CHAIR, Close())
    course = course_of(story.events)
    assert kinds(course, None) == ["arrived"] * 4 + ["opened"]
    assert kinds(course, "one") == ["entered", "paper", "arrived", "adjourned", "resumed", "speech"]
    assert kinds(course, "two") == ["entered", "paper", "left", "closed"]
    speech = next(fact for fact in course.facts if fact.kind is Happened.SPEECH)
    assert (speech.about, speech.item, speech.spent) == (FINANCE, "one", 1000), "the break is no speech"
    assert course.quorum and (course.quorum.present, course.quorum.total, course.quorum.reached) == (4, 5, True)
    assert story.meeting.minutes.course == course, "the room has it without reading the journal again"


def test_a_speech_the_closing_cut_off_is_told_all_the_same() -> None:
    story = Story.in_session()
    story.give(CHAIR, Give(participant=HEALTH))
    story.give(CHAIR, Close())
    assert kinds(story.meeting.minutes.course, "one")[-2:] == ["speech", "closed"]


def test_an_interruption_and_the_speech_it_interrupted_are_both_told() -> None:
    story = Story.in_session()
    story.give(CHAIR, Give(participant=FINANCE))
    story.give(CHAIR, Give(participant=HEALTH, kind=Kind.ORDER))
    story.give(HEALTH, End())
    story.give(FINANCE, End())
    told = [fact.about for fact in story.meeting.minutes.course.facts if fact.kind is Happened.SPEECH]
    assert sorted(told) == [FINANCE, HEALTH]
    assert story.meeting.minutes.course.speaking == {}


def test_votes_and_standing_notices_are_told() -> None:
    story = open_vote()
    story.give(SECRETARY, Send(text="Giải lao"), made="passing")
    story.give(SECRETARY, Send(text="Họp tiếp tại phòng B"), made="standing")
    story.give(SECRETARY, WithdrawNotice(notice="passing"))
    told = story.meeting.minutes.course.facts
    assert [fact.text for fact in told if fact.kind is Happened.NOTICE] == ["Họp tiếp tại phòng B"]
    assert any(fact.kind is Happened.VOTE_OPENED and fact.about == "v" for fact in told)


def test_who_took_part_stays_named_who_was_only_listed_does_not() -> None:
    story = Story.in_session()
    story.give(SECRETARY, RemoveParticipant(participant=FINANCE))
    story.give(SECRETARY, RemoveParticipant(participant=GUEST))
    people = story.meeting.minutes.course.people
    assert people[FINANCE].office == "Giám đốc Sở Tài chính"
    assert GUEST not in people


def test_nobody_writes_over_what_they_have_not_read() -> None:
    story = Story.in_session()
    story.give(SECRETARY, ChangeSection(section="one", text="Sở Tài chính báo cáo."))
    story.refuses(CHAIR, ChangeSection(section="one", text="Khác"), "minutes.changed_meanwhile")
    story.give(CHAIR, ChangeSection(section="one", text="Khác", over=1))
    assert story.meeting.minutes.sections["one"].text == "Khác"
    story.give(SECRETARY, RetakeSection(section="one"))
    assert "one" not in story.view(Audience.CONSOLE)["minutes"]["sections"]
    story.refuses(SECRETARY, ChangeSection(section="one", text="Khác", over=0), "minutes.changed_meanwhile")
    story.give(SECRETARY, ChangeSection(section="one", text="Lại", over=3))
    assert story.give(SECRETARY, RetakeSection(section="two")) == ()
    assert story.give(SECRETARY, ChangeSection(section="one", text="Lại", over=9)) == (), "the same text is no conflict"


def test_sections_are_those_of_the_form_and_the_agenda() -> None:
    story = Story.in_session()
    story.give(SECRETARY, ChangeSection(section="form.place", text="Phòng A"))
    story.refuses(SECRETARY, ChangeSection(section="nothing", text="x"), "minutes.unknown_section")
    story.refuses(FINANCE, ChangeSection(section="one", text="x"), "not_permitted")
    story.give(SECRETARY, RemoveItem(item="two_one"))
    story.refuses(SECRETARY, ChangeSection(section="two_one", text="x"), "minutes.unknown_section")


def test_only_the_chair_approves_and_then_nothing_changes() -> None:
    story = closed()
    story.give(SECRETARY, ChangeSection(section="one", text="Một"))
    story.give(SECRETARY, Submit(revisions=1))
    assert story.give(SECRETARY, Submit(revisions=1)) == ()
    story.give(CHAIR, SendBack(reason="Thiếu ý kiến Sở Y tế"))
    assert story.view(Audience.CONSOLE)["minutes"]["reason"] == "Thiếu ý kiến Sở Y tế"
    story.refuses(CHAIR, SendBack(), "minutes.not_submitted")
    story.give(SECRETARY, ChangeSection(section="one", text="Hai", over=1))
    story.refuses(SECRETARY, Submit(revisions=1), "minutes.not_as_read")
    story.give(SECRETARY, Submit(revisions=2))
    text = (("one", "Hai"),)
    story.refuses(SECRETARY, Approve(sections=text, revisions=2), "not_permitted")
    story.refuses(CHAIR, Approve(sections=text, revisions=1), "minutes.not_as_read")
    story.give(CHAIR, Approve(sections=text, revisions=2))
    assert story.meeting.minutes.state is State.APPROVED
    assert story.meeting.minutes.final == {"one": "Hai"}
    for command in (ChangeSection(section="one", text="x", over=2), RetakeSection(section="one"), Submit(revisions=1)):
        story.refuses(SECRETARY, command, "minutes.approved")
    story.refuses(CHAIR, Approve(sections=(), revisions=2), "minutes.approved")
    assert story.view(Audience.MEMBER)["minutes"]["state"] == "approved"


def test_a_running_meeting_has_minutes_in_the_making_and_none_to_approve() -> None:
    story = Story.in_session()
    story.refuses(SECRETARY, Submit(revisions=0), "minutes.not_closed")
    story.refuses(CHAIR, Approve(sections=(), revisions=0), "minutes.not_closed")
    assert story.view(Audience.MEMBER)["minutes"] == {}
    assert story.view(Audience.SCREEN)["minutes"] == {}
