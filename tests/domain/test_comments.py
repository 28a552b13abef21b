"""The draft of the minutes goes round: members comment on sections, the office takes or declines, approval ends it."""

from meetingroom.domain.audience import Audience
from meetingroom.domain.comments import Agree, Answer, ChangeDay, End, Give, SendDraft, State, TakeBack
from meetingroom.domain.meeting import due, expects
from meetingroom.domain.minutes import Approve
from meetingroom.domain.people import SERVER
from meetingroom.domain.reminders import AHEAD, TakeReminders, wanted
from meetingroom.domain.sitting import Close
from tests.stories import CHAIR, FINANCE, GUEST, HEALTH, HOME, JUSTICE, SECRETARY, Story

TEXT = (("form.place", "Địa điểm", "Phòng A"), ("one", "1. One", "Sở Tài chính báo cáo."))


def sent(days: int = 3) -> Story:
    story = Story.in_session()
    story.refuses(SECRETARY, SendDraft(sections=TEXT, due=story.now + 10**9), "minutes.not_closed")
    story.give(CHAIR, Close())
    story.give(SECRETARY, SendDraft(sections=TEXT, due=story.now + days * AHEAD))
    return story


def test_members_say_what_they_think_and_hear_what_became_of_it() -> None:
    story = sent()
    assert story.view(Audience.MEMBER)["comments"] == {
        "open": True, "sent_at": story.meeting.comments.sent_at, "due": story.meeting.comments.due,
    }  # fmt: skip
    assert story.view(Audience.GUEST)["comments"] == story.view(Audience.SCREEN)["comments"] == {}
    story.give(FINANCE, Give(section="one", text="Thiếu số liệu"), made="c")
    story.give(HEALTH, Agree())
    seen = story.view(Audience.CONSOLE)["comments"]
    assert seen["said"]["c"]["text"] == "Thiếu số liệu" and HEALTH in seen["agreed"]
    assert (seen["asked"], set(seen["silent"])) == (4, {JUSTICE, HOME}), "the chair is not asked"
    assert "said" not in story.view(Audience.MEMBER)["comments"]
    story.give(FINANCE, Give(section="one", text="Thiếu số liệu quý III"))
    assert [each.text for each in story.meeting.comments.said.values()] == ["Thiếu số liệu quý III"]
    story.refuses(SECRETARY, Answer(comment="c", taken=False), "comments.needs_word")
    story.give(SECRETARY, Answer(comment="c", taken=True))
    assert story.own(FINANCE)["comments"]["c"]["state"] == "taken"
    story.refuses(FINANCE, TakeBack(comment="c"), "comments.answered")
    story.give(FINANCE, Give(section="one", text="Còn nữa"), made="d")
    story.give(SECRETARY, Answer(comment="d", taken=False, answer="Đã nêu ở mục 2"))
    story.give(SECRETARY, Answer(comment="d", taken=True, answer="Bổ sung"))
    assert story.meeting.comments.said["d"].state is State.TAKEN and set(story.meeting.comments.said) == {"c", "d"}


def test_who_may_not_comment_and_on_what() -> None:
    story = sent()
    story.refuses(GUEST, Give(section="one", text="x"), "not_permitted")
    story.refuses(GUEST, Agree(), "not_permitted")
    story.refuses(FINANCE, Give(section="two", text="x"), "minutes.unknown_section")
    story.refuses(FINANCE, Give(section="one", text=""), "comments.needs_text")
    story.refuses(FINANCE, Answer(comment="c", taken=True), "not_permitted")
    story.refuses(SECRETARY, Answer(comment="c", taken=True), "comments.unknown")
    story.give(FINANCE, Give(section="one", text="x"), made="c")
    story.refuses(HEALTH, TakeBack(comment="c"), "comments.unknown")
    story.give(FINANCE, TakeBack(comment="c"))
    assert "comments" not in story.own(FINANCE)


def test_who_agreed_and_then_says_something_does_not_agree() -> None:
    story = sent()
    story.give(FINANCE, Agree())
    assert story.give(FINANCE, Agree()) == () and "agreed" in story.own(FINANCE)
    story.give(FINANCE, Give(section="one", text="x"))
    assert "agreed" not in story.own(FINANCE)


def test_it_ends_at_its_day_by_hand_and_with_the_approval() -> None:
    story = sent()
    day = story.meeting.comments.due
    assert due(story.meeting, day - 1) == () and due(story.meeting, day) == (End(),)
    assert expects(story.meeting), "the room stays open for it"
    story.give(SERVER.id, End())
    assert story.give(SECRETARY, End()) == () and not expects(story.meeting)
    story.refuses(FINANCE, Give(section="one", text="x"), "comments.over")
    story.refuses(SECRETARY, ChangeDay(due=story.now), "comments.too_soon")
    story.give(SECRETARY, ChangeDay(due=day + AHEAD))
    story.give(FINANCE, Give(section="one", text="x"), made="c")
    story.give(CHAIR, Approve(sections=(), revisions=0))
    assert not story.meeting.comments.open
    story.refuses(SECRETARY, Answer(comment="c", taken=True), "minutes.approved")
    story.refuses(FINANCE, Give(section="one", text="y"), "minutes.approved")


def test_a_draft_sent_again_asks_everybody_again_and_keeps_what_was_said() -> None:
    story = sent()
    story.give(FINANCE, Give(section="one", text="x"), made="c")
    story.give(HEALTH, Agree())
    story.refuses(SECRETARY, SendDraft(sections=TEXT, due=story.now), "comments.too_soon")
    story.give(SECRETARY, SendDraft(sections=(("one", "1. One", "Mới"),), due=story.now + AHEAD))
    assert story.meeting.comments.sections["one"].text == "Mới" and "c" in story.meeting.comments.said
    assert len(story.view(Audience.CONSOLE)["comments"]["silent"]) == 4
    story.refuses(FINANCE, Give(section="form.place", text="x"), "minutes.unknown_section")


def test_letters_at_once_and_a_day_before_to_who_is_silent() -> None:
    story = sent()
    day = story.meeting.comments.due
    first = wanted(story.meeting, story.now)
    assert {(each.kind, each.participant) for each in first} == {
        ("draft", who) for who in (FINANCE, HEALTH, JUSTICE, HOME)
    }
    story.give(SERVER.id, TakeReminders(keys=tuple(each.key for each in first), taker="p"))
    story.give(FINANCE, Agree())
    assert wanted(story.meeting, day - AHEAD - 1) == ()
    assert {each.participant for each in wanted(story.meeting, day - AHEAD)} == {HEALTH, JUSTICE, HOME}
    assert wanted(story.meeting, day) == ()
    story.give(SECRETARY, ChangeDay(due=day + AHEAD))
    assert wanted(story.meeting, day - AHEAD) == (), "more time, and the letter later"
