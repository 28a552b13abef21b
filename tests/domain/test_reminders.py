"""Reminders: who has a day before them and has not done it, once for each day."""

from meetingroom.domain.circulation import SendRound
from meetingroom.domain.conclusions import PublishConclusion, SettleConclusion, WriteConclusion
from meetingroom.domain.people import SERVER
from meetingroom.domain.preparing import AskPaper, ChangeAsked
from meetingroom.domain.reminders import AHEAD, TASK_AFTER, TASK_AHEAD, GiveUpReminders, TakeReminders, wanted
from meetingroom.domain.sitting import Close
from meetingroom.domain.voting import Cast, OpenVote, Prepare
from meetingroom.domain.voting.ballot import Answer
from tests.stories import CHAIR, FINANCE, MEMBERS, SECRETARY, Story


def kinds(story: Story, at: int) -> list[tuple[str, str]]:
    return [(each.kind, each.participant) for each in wanted(story.meeting, at)]


def test_a_paper_before_its_day_and_after_it() -> None:
    story = Story.in_session()
    due = story.now + 10 * AHEAD
    story.give(SECRETARY, AskPaper(item="one", title="Dự toán", participant=FINANCE, due=due), made="a")
    assert kinds(story, due - AHEAD - 1) == []
    assert kinds(story, due - AHEAD) == [("paper", FINANCE)]
    assert kinds(story, due) == [("paper_late", FINANCE)]
    taken = tuple(each.key for each in wanted(story.meeting, due - AHEAD))
    story.give(SERVER.id, TakeReminders(keys=taken, taker="p"))
    assert kinds(story, due - 1) == [] and kinds(story, due) == [("paper_late", FINANCE)]
    assert story.give(SERVER.id, TakeReminders(keys=taken, taker="q")) == ()
    assert story.meeting.reminders[taken[0]] == "p", "the other round writes nothing"
    story.give(SERVER.id, GiveUpReminders(keys=taken))
    assert kinds(story, due - 1) == [("paper", FINANCE)]
    story.give(SECRETARY, ChangeAsked(asked="a", title="Dự toán", participant=FINANCE, due=due + AHEAD))
    assert kinds(story, due + 1) == [("paper", FINANCE)], "more time, another reminder"
    story.refuses(SECRETARY, TakeReminders(keys=("x",), taker="p"), "not_permitted")
    story.give(CHAIR, Close())
    assert kinds(story, due + AHEAD) == []


def test_who_has_not_answered_a_written_vote() -> None:
    story = Story.of_a_committee(written=True)
    story.give(SECRETARY, Prepare(item="one", question="Thông qua kế hoạch?", rule="ubnd"), made="v")
    due = story.now + 3 * AHEAD
    story.give(SECRETARY, SendRound(due=due))
    story.give(SERVER.id, OpenVote(vote="v"))
    assert kinds(story, due - AHEAD - 1) == []
    assert {person for _, person in kinds(story, due - AHEAD)} == set(MEMBERS)
    story.give(FINANCE, Cast(vote="v", marks=(("q", Answer.YES),)))
    assert {person for _, person in kinds(story, due - AHEAD)} == set(MEMBERS) - {FINANCE}
    assert kinds(story, due) == []


def test_who_does_what_was_concluded_also_long_after_the_meeting() -> None:
    story = Story.in_session()
    due = story.now + 60 * AHEAD
    for key, lead in (("mine", "Sở Tài chính"), ("nobody", "Sở Xây dựng"), ("draft", "Sở Y tế"), ("done", "Sở Y tế")):
        story.give(CHAIR, WriteConclusion(text=key, lead=lead, due=due), made=key)
    story.give(CHAIR, WriteConclusion(text="Không có hạn", lead="Sở Y tế"), made="no_day")
    for key in ("mine", "nobody", "done", "no_day"):
        story.give(CHAIR, PublishConclusion(conclusion=key))
    story.give(SECRETARY, SettleConclusion(conclusion="done", done=True))
    story.give(CHAIR, Close())
    assert kinds(story, due - TASK_AHEAD - 1) == []
    assert kinds(story, due - TASK_AHEAD) == [("task", FINANCE), ("task", SECRETARY)]
    assert kinds(story, due) == [("task_late", FINANCE), ("task_late", SECRETARY)]
    assert kinds(story, due + TASK_AFTER) == [], "old debts are on the board and in nobody's post"
