"""The floor: requests of several kinds in order, speeches with a clock, interruptions, limits, budgets, history."""

from __future__ import annotations

from typing import Any

from meetingroom.domain.agenda import AddItem, RemoveItem
from meetingroom.domain.agenda import Kind as AgendaKind
from meetingroom.domain.attendance import CheckIn, Leave
from meetingroom.domain.audience import Audience
from meetingroom.domain.floor import (
    AddTime,
    Allot,
    Arrange,
    Ask,
    Cap,
    Decline,
    End,
    Extend,
    Give,
    Kind,
    MoveRequest,
    Pause,
    Prolong,
    ResumeSpeech,
    SetBudget,
    SetLimit,
    WithdrawRequest,
)
from meetingroom.domain.messages import Role
from meetingroom.domain.people import ChangeParticipant, RemoveParticipant
from meetingroom.domain.sitting import Close, GoTo
from tests.stories import CHAIR, FINANCE, GUEST, HEALTH, HOME, JUSTICE, SCREEN, SECRETARY, Story


def turns(story: Story) -> list[dict[str, Any]]:
    """Who has spoken, first to last, as the console is told."""
    return list(story.view(Audience.CONSOLE)["floor"]["turns"].values())


def speech(story: Story) -> dict[str, Any]:
    shown: dict[str, Any] = story.view(Audience.SCREEN)["floor"]["speech"]
    return shown


def waiting(story: Story) -> list[str]:
    requests = story.view(Audience.MEMBER)["floor"]["requests"]
    return sorted(requests, key=lambda key: requests[key]["order"])


def test_requests_wait_in_order_and_are_one_a_person() -> None:
    story = Story.in_session()
    story.give(FINANCE, Ask(topic="Kinh phí"), made="r1")
    story.give(HEALTH, Ask(), made="r2")
    story.refuses(FINANCE, Ask(), "floor.already_waiting")
    story.give(CHAIR, MoveRequest(request="r2", before="r1"))
    requests = story.view(Audience.MEMBER)["floor"]["requests"]
    assert [requests[key]["order"] for key in ("r2", "r1")] == [0, 1]
    story.give(CHAIR, Give(participant=HEALTH))
    assert story.own(HEALTH).get("speaking") and story.own(HEALTH)["requests"] == {}
    story.give(FINANCE, WithdrawRequest())
    assert story.view(Audience.MEMBER)["floor"]["requests"] == {}


def test_the_clock_of_a_speech_stops_while_paused() -> None:
    story = Story.in_session()
    story.give(CHAIR, Give(participant=FINANCE, seconds=300))
    story.give(CHAIR, Pause())
    story.refuses(CHAIR, Pause(), "floor.not_running")
    story.give(CHAIR, ResumeSpeech())
    assert story.view(Audience.SCREEN)["floor"]["speech"]["spent_ms"] == 1000
    story.refuses(HEALTH, End(), "not_permitted")
    story.give(FINANCE, End())
    assert [turn["participant"] for turn in turns(story)] == [FINANCE]
    story.refuses(CHAIR, End(), "floor.nobody_speaks")


def test_giving_the_floor_ends_the_former_speech() -> None:
    story = Story.in_session()
    story.give(CHAIR, Give(participant=FINANCE))
    story.give(CHAIR, Give(participant=HEALTH))
    assert story.view(Audience.SCREEN)["floor"]["speech"]["participant"] == HEALTH
    assert [turn["participant"] for turn in turns(story)] == [FINANCE]


def test_a_request_is_declined() -> None:
    story = Story.in_session()
    story.give(FINANCE, Ask(), made="r")
    story.give(CHAIR, Decline(request="r", reason="Hết giờ"))
    story.refuses(CHAIR, Decline(request="r"), "floor.no_request")


def test_an_urgent_kind_waits_before_the_others() -> None:
    story = Story.in_session()
    story.give(FINANCE, Ask(), made="speech")
    story.give(HEALTH, Ask(kind=Kind.QUESTION, to=FINANCE), made="question")
    story.give(JUSTICE, Ask(kind=Kind.DEBATE), made="debate")
    story.give(HOME, Ask(), made="later")
    story.give(FINANCE, Ask(kind=Kind.REPLY), made="reply")
    assert waiting(story) == ["reply", "debate", "question", "speech", "later"]
    story.give(CHAIR, MoveRequest(request="later", before="reply"))
    story.give(JUSTICE, Ask(), made="last")
    assert waiting(story)[0] == "later" and waiting(story)[-1] == "last", "what the chair moved stays where it was put"
    story.give(GUEST, Ask(kind=Kind.ORDER), made="order")
    assert waiting(story)[0] == "order"


def test_one_person_waits_once_for_each_kind() -> None:
    story = Story.in_session()
    story.give(FINANCE, Ask(), made="a")
    story.give(FINANCE, Ask(kind=Kind.ORDER), made="b")
    story.refuses(FINANCE, Ask(kind=Kind.ORDER), "floor.already_waiting")
    assert story.own(FINANCE)["requests"] == {"speak": "a", "order": "b"}
    story.give(FINANCE, WithdrawRequest(request="b"))
    assert waiting(story) == ["a"]
    story.give(FINANCE, Ask(kind=Kind.DEBATE))
    story.give(FINANCE, WithdrawRequest())
    assert waiting(story) == []


def test_another_s_request_is_not_withdrawn() -> None:
    story = Story.in_session()
    story.give(FINANCE, Ask(), made="a")
    story.give(HEALTH, WithdrawRequest(request="a"))
    assert waiting(story) == ["a"]


def test_a_question_names_who_is_asked() -> None:
    story = Story.in_session()
    story.refuses(FINANCE, Ask(kind=Kind.QUESTION), "floor.needs_person")
    story.refuses(FINANCE, Ask(kind=Kind.QUESTION, to=FINANCE), "floor.needs_person")
    story.refuses(FINANCE, Ask(kind=Kind.QUESTION, to=SCREEN), "floor.needs_person")
    story.give(FINANCE, Ask(kind=Kind.QUESTION, to=HEALTH, topic="Thuốc"), made="q")
    story.give(CHAIR, Give(participant=FINANCE, kind=Kind.QUESTION))
    assert (speech(story)["to"], speech(story)["topic"]) == (HEALTH, "Thuốc")


def test_a_question_outlives_who_was_asked() -> None:
    story = Story.in_session()
    story.give(FINANCE, Ask(kind=Kind.QUESTION, to=HEALTH), made="q")
    story.give(SECRETARY, RemoveParticipant(participant=HEALTH))
    assert "to" not in story.view(Audience.MEMBER)["floor"]["requests"]["q"]


def test_a_closed_list_takes_only_points_of_order() -> None:
    story = Story.in_session()
    story.give(CHAIR, Arrange(open=False, present_only=False, sound=False))
    story.refuses(FINANCE, Ask(), "floor.list_closed")
    story.give(FINANCE, Ask(kind=Kind.ORDER))


def test_only_those_present_ask_when_it_is_so_set() -> None:
    story = Story.in_session(present=(CHAIR, FINANCE))
    story.give(CHAIR, Arrange(open=True, present_only=True, sound=False))
    story.refuses(HEALTH, Ask(), "floor.not_present")
    story.give(HEALTH, CheckIn())
    story.give(HEALTH, Ask(), made="h")
    story.give(FINANCE, Ask(), made="f")
    story.give(HEALTH, Leave())
    assert list(story.meeting.floor.requests) == ["f"] and story.own(HEALTH)["requests"] == {}, (
        "who leaves waits no more"
    )
    story.give(CHAIR, Arrange(open=True, present_only=False, sound=False))
    story.give(FINANCE, Leave())
    assert list(story.meeting.floor.requests) == ["f"]


def test_who_asked_is_told_why_not() -> None:
    story = Story.in_session()
    story.give(FINANCE, Ask(), made="r")
    story.give(CHAIR, Decline(request="r", reason="Hết giờ"))
    assert story.own(FINANCE)["declined"] == {"request": "r", "kind": "speak", "reason": "Hết giờ"}
    assert "declined" not in story.own(HEALTH)
    story.give(FINANCE, Ask())
    assert "declined" not in story.own(FINANCE)


def test_who_is_interrupted_goes_on_with_the_rest() -> None:
    story = Story.in_session()
    story.give(CHAIR, Give(participant=FINANCE, seconds=300))
    story.give(HEALTH, Ask(kind=Kind.ORDER, topic="Thiếu trang 5"))
    story.give(CHAIR, Give(participant=HEALTH, kind=Kind.ORDER))
    assert speech(story)["participant"] == HEALTH and speech(story)["seconds"] == 60
    assert story.own(FINANCE)["interrupted"] and "speaking" not in story.own(FINANCE)
    (rests,) = story.view(Audience.MEMBER)["floor"]["interrupted"].values()
    assert (rests["spent_ms"], rests["running"]) == (2000, False)
    story.give(CHAIR, End())
    assert speech(story)["participant"] == FINANCE and speech(story)["spent_ms"] == 2000
    assert speech(story)["running"] and story.view(Audience.MEMBER)["floor"]["interrupted"] == {}
    assert story.own(FINANCE)["speaking"]
    story.give(FINANCE, End())
    assert [(turn["participant"], turn["spent_ms"]) for turn in turns(story)] == [(HEALTH, 1000), (FINANCE, 3000)]


def test_an_answer_to_an_interrupting_question_comes_before_the_speech_goes_on() -> None:
    story = Story.in_session()
    story.give(CHAIR, Give(participant=FINANCE))
    story.give(CHAIR, Give(participant=HEALTH, kind=Kind.QUESTION))
    story.give(CHAIR, Give(participant=JUSTICE, kind=Kind.ORDER))
    assert len(story.view(Audience.SCREEN)["floor"]["interrupted"]) == 2
    story.give(CHAIR, End())
    assert speech(story)["participant"] == HEALTH
    story.give(CHAIR, Give(participant=HOME, kind=Kind.REPLY))
    assert speech(story)["participant"] == HOME and story.own(FINANCE)["interrupted"]
    story.give(HOME, End())
    assert speech(story)["participant"] == FINANCE


def test_the_next_speaker_ends_all_who_were_interrupted() -> None:
    story = Story.in_session()
    story.give(CHAIR, Give(participant=FINANCE))
    story.give(CHAIR, Give(participant=HEALTH, kind=Kind.ORDER))
    story.give(CHAIR, Give(participant=JUSTICE))
    assert story.view(Audience.SCREEN)["floor"]["interrupted"] == {}
    assert [turn["participant"] for turn in turns(story)] == [HEALTH, FINANCE]


def test_nobody_interrupts_themselves_and_equals_do_not_interrupt() -> None:
    story = Story.in_session()
    story.give(CHAIR, Give(participant=FINANCE))
    story.give(CHAIR, Give(participant=FINANCE, kind=Kind.ORDER))
    story.give(CHAIR, Give(participant=HEALTH, kind=Kind.ORDER))
    assert story.view(Audience.SCREEN)["floor"]["interrupted"] == {}
    assert len(turns(story)) == 2


def test_who_is_removed_leaves_the_floor_to_the_interrupted() -> None:
    story = Story.in_session()
    story.give(CHAIR, Give(participant=FINANCE))
    story.give(CHAIR, Give(participant=GUEST, kind=Kind.ORDER))
    story.give(SECRETARY, RemoveParticipant(participant=GUEST))
    assert speech(story)["participant"] == FINANCE and not speech(story)["running"]
    story.give(CHAIR, ResumeSpeech())


def test_a_limit_is_the_meeting_s_or_the_item_s() -> None:
    story = Story.in_session()
    story.give(CHAIR, SetLimit(seconds=420))
    story.give(CHAIR, SetLimit(seconds=600, item="two"))
    story.refuses(CHAIR, SetLimit(seconds=600, item="two", kind=Kind.DEBATE), "floor.limit_by_item")
    story.give(CHAIR, Give(participant=FINANCE))
    assert speech(story)["seconds"] == 420
    story.give(CHAIR, GoTo(item="two"))
    assert story.view(Audience.MEMBER)["floor"]["rules"]["seconds"] == 600
    story.give(CHAIR, Give(participant=FINANCE))
    assert speech(story)["seconds"] == 600
    story.give(CHAIR, Extend(seconds=60))
    assert speech(story)["seconds"] == 660
    story.give(CHAIR, Give(participant=HEALTH, seconds=0))
    story.refuses(CHAIR, Extend(seconds=60), "floor.no_limit")


def test_units_have_budgets_and_all_get_the_same_more() -> None:
    story = Story.in_session()
    story.refuses(CHAIR, AddTime(seconds=60), "floor.no_budgets")
    story.refuses(CHAIR, SetBudget(unit="Sở Tài chính", seconds=600), "floor.no_such_unit")
    for who, unit in ((FINANCE, "Sở Tài chính"), (HEALTH, "Sở Y tế")):
        story.give(
            SECRETARY,
            ChangeParticipant(participant=who, office="Giám đốc", unit=unit, role=Role.DELEGATE, member=True),
        )
        story.give(CHAIR, SetBudget(unit=unit, seconds=600))
    story.give(CHAIR, AddTime(seconds=60))
    assert story.view(Audience.CONSOLE)["floor"]["rules"]["budgets"] == {"Sở Tài chính": 660, "Sở Y tế": 660}
    assert story.own(FINANCE)["budget_ms"] == 660_000 and "budget_ms" not in story.own(HOME)
    story.give(CHAIR, Give(participant=FINANCE, seconds=0))
    story.now += 599_000
    story.give(CHAIR, End())
    assert story.own(FINANCE)["budget_ms"] == 60_000
    story.give(CHAIR, Give(participant=FINANCE))
    assert speech(story)["seconds"] == 60, "what the unit has left"
    story.now += 89_000
    story.give(CHAIR, End())
    assert story.own(FINANCE)["budget_ms"] == -30_000 and story.own(HEALTH)["budget_ms"] == 660_000, (
        "it may be overdrawn"
    )
    story.give(CHAIR, Give(participant=FINANCE))
    assert speech(story)["seconds"] == 300, "and the chair may give the floor all the same"
    story.give(CHAIR, SetBudget(unit="Sở Y tế", seconds=0))
    assert story.view(Audience.CONSOLE)["floor"]["rules"]["budgets"] == {"Sở Tài chính": 660}
    assert "budgets" not in story.view(Audience.MEMBER)["floor"]["rules"]


def test_closing_counts_the_speech_at_hand() -> None:
    story = Story.in_session()
    story.give(CHAIR, Give(participant=FINANCE))
    story.give(CHAIR, Close())
    assert [(turn["participant"], turn["spent_ms"]) for turn in turns(story)] == [(FINANCE, 1000)]


def test_each_person_has_so_much_time_for_all_speeches() -> None:
    story = Story.in_session()
    assert "allowance_ms" not in story.own(FINANCE)
    story.give(CHAIR, Allot(seconds=120))
    story.give(CHAIR, Give(participant=FINANCE))
    assert story.meeting.floor.speech and story.meeting.floor.speech.seconds == 120, (
        "less than the limit of five minutes"
    )
    story.now += 89_000
    story.give(CHAIR, End())
    assert story.own(FINANCE)["allowance_ms"] == 30_000 and story.own(HEALTH)["allowance_ms"] == 120_000
    story.give(CHAIR, Give(participant=FINANCE))
    assert story.meeting.floor.speech.seconds == 30
    story.now += 59_000
    story.give(CHAIR, End())
    assert story.own(FINANCE)["allowance_ms"] == -30_000, "it may be overdrawn"
    story.give(CHAIR, Give(participant=FINANCE))
    assert story.meeting.floor.speech.seconds == 300, "and the chair may give the floor all the same"
    story.give(CHAIR, End())
    story.give(CHAIR, AddTime(seconds=60))
    assert story.own(HEALTH)["allowance_ms"] == 180_000
    story.give(CHAIR, Give(participant=HEALTH, seconds=600))
    assert story.meeting.floor.speech.seconds == 600, "what the chair says counts"
    story.give(CHAIR, Allot(seconds=0))
    assert "allowance_ms" not in story.own(HEALTH)


def test_the_discussion_of_an_item_has_so_much_time_and_the_chair_may_prolong_it() -> None:
    story = Story.in_session()
    story.refuses(CHAIR, Prolong(item="one", seconds=300), "floor.no_cap")
    story.refuses(FINANCE, Cap(item="one", seconds=300), "not_permitted")
    story.give(CHAIR, Cap(item="one", seconds=120))
    story.give(CHAIR, Give(participant=FINANCE))
    assert story.meeting.floor.speech and story.meeting.floor.speech.seconds == 120, "the speeches share it"
    clock = story.view(Audience.GUEST)["floor"]["discussion"]
    assert clock == {"item": "one", "seconds": 120, "spent_ms": 0, "running": True, "resumed_at": story.now}
    story.now += 89_000
    story.give(CHAIR, End())
    story.give(CHAIR, Give(participant=HEALTH))
    assert story.meeting.floor.speech.seconds == 30
    story.now += 39_000
    story.give(CHAIR, Pause())
    clock = story.view(Audience.SCREEN)["floor"]["discussion"]
    assert clock == {"item": "one", "seconds": 120, "spent_ms": 130_000, "running": False}, "it may be overdrawn"
    story.give(CHAIR, Prolong(item="one", seconds=300))
    assert story.view(Audience.MEMBER)["floor"]["discussion"]["seconds"] == 420
    story.give(CHAIR, GoTo(item="two"))
    assert "discussion" not in story.view(Audience.MEMBER)["floor"], "each item its own"
    story.give(CHAIR, GoTo(item="one"))
    story.give(CHAIR, Cap(item="one", seconds=0))
    assert "discussion" not in story.view(Audience.MEMBER)["floor"]
    story.give(SECRETARY, AddItem(title="Việc khác", kind=AgendaKind.DISCUSSION), made="other")
    story.give(CHAIR, Cap(item="other", seconds=60))
    story.give(SECRETARY, RemoveItem(item="other"))
    assert story.meeting.floor.rules.caps == {}
