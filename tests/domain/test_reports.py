"""A unit says how far its task is; the office accepts it, or sends it back with a word."""

from dataclasses import replace

from meetingroom.domain.audience import Audience
from meetingroom.domain.conclusions import Conclusion, PublishConclusion, State, WriteConclusion
from meetingroom.domain.reports import AnswerReport, GiveReport, percent, waiting_since, works_on
from meetingroom.domain.sitting import Close
from tests.stories import CHAIR, FINANCE, HEALTH, SECRETARY, Story


def given(task: str = "t", **other: object) -> GiveReport:
    return GiveReport(**({"conclusion": task, "percent": 60, "note": "Đã lập dự toán"} | other))  # type: ignore[arg-type]


def with_a_task() -> Story:
    story = Story.in_session()
    unit = story.meeting.people[FINANCE].unit or story.meeting.people[FINANCE].office
    story.give(SECRETARY, WriteConclusion(text="Bố trí kinh phí", lead=unit), made="t")
    return story


def test_only_whose_task_it_is_reports_and_only_once_it_is_published() -> None:
    story = with_a_task()
    story.refuses(FINANCE, given(), "conclusions.not_published")
    story.give(CHAIR, PublishConclusion(conclusion="t"))
    story.refuses(HEALTH, given(), "reports.not_yours")
    story.refuses(FINANCE, given("none"), "conclusions.unknown")
    story.refuses(FINANCE, given(note=""), "reports.needs_text")
    story.give(CHAIR, Close())
    story.give(FINANCE, given(), made="r")
    assert story.view(Audience.CONSOLE)["reports"] == {"waiting": {"t": 1}}
    assert story.view(Audience.MEMBER)["reports"] == {}
    story.give(FINANCE, given(percent=70), made="s")
    assert set(story.meeting.reports) == {"s"}, "a later one takes its place"
    assert waiting_since(story.meeting.reports, "t") == story.now


def test_what_is_accepted_is_said_of_the_task_and_what_is_not_has_a_reason() -> None:
    story = with_a_task()
    story.give(CHAIR, PublishConclusion(conclusion="t"))
    story.give(FINANCE, given(), made="r")
    story.refuses(FINANCE, AnswerReport(report="r", accepted=True), "not_permitted")
    story.refuses(SECRETARY, AnswerReport(report="r", accepted=False), "reports.needs_word")
    story.give(SECRETARY, AnswerReport(report="r", accepted=True))
    task = story.meeting.conclusions["t"]
    assert (task.state, task.note) == (State.PUBLISHED, "60 %. Đã lập dự toán")
    assert (percent(story.meeting.reports, "t"), waiting_since(story.meeting.reports, "t")) == (60, 0)
    story.refuses(SECRETARY, AnswerReport(report="r", accepted=True), "reports.answered")
    story.give(FINANCE, given(percent=100, done=True, note="", file="f"), made="s")
    story.give(SECRETARY, AnswerReport(report="s", accepted=False, answer="Thiếu quyết toán"))
    assert story.meeting.conclusions["t"].state is State.PUBLISHED and percent(story.meeting.reports, "t") == 60
    story.give(FINANCE, given(percent=100, done=True), made="u")
    story.give(SECRETARY, AnswerReport(report="u", accepted=True))
    assert story.meeting.conclusions["t"].state is State.DONE
    story.refuses(FINANCE, given(), "reports.done")


def test_whose_task_it_is_stands_in_its_words() -> None:
    person = Story.in_session().meeting.people[FINANCE]
    person = replace(person, office="Giám đốc Sở Tài chính", unit="Sở Tài chính")
    for lead, supporting, mine in (
        ("Sở Tài chính", "", True),
        ("Sở Y tế; Sở Tài chính", "", True),
        ("Sở Y tế", "Sở Nội vụ, sở tài chính", True),
        ("Sở Tài chính tỉnh khác", "", False),
        ("", "", False),
    ):
        assert works_on(person, Conclusion("t", None, "x", lead, supporting, None)) is mine, (lead, supporting)


def test_a_department_with_a_comma_in_its_name_reports_too() -> None:
    culture = replace(
        Story.in_session().meeting.people[FINANCE], office="Giám đốc", unit="Sở Văn hóa, Thể thao và Du lịch"
    )
    for lead, supporting, mine in (
        ("Sở Văn hóa, Thể thao và Du lịch", "", True),
        ("Sở Y tế", "Sở Văn hóa, Thể thao và Du lịch", True),
        ("Sở Y tế; sở văn hóa,  thể thao và du lịch", "", True),
        ("Sở Y tế", "Sở Nội vụ, Sở Văn hóa, Thể thao và Du lịch, Sở Tài chính", True),
        ("Sở Văn hóa", "Thể thao và Du lịch", False),
        ("Sở Văn hóa; Thể thao và Du lịch", "", False),
    ):
        assert works_on(culture, Conclusion("t", None, "x", lead, supporting, None)) is mine, (lead, supporting)
