"""Figures: what a meeting's journal says of it in numbers, summed, and as a table."""

from __future__ import annotations

from meetingroom.domain.attendance import CheckIn, Leave
from meetingroom.domain.papers.messages import Accept, ChangePaper, Readers, Receive, Release
from meetingroom.domain.people import SERVER
from meetingroom.domain.sitting import Close
from meetingroom.domain.voting import Cast, CloseVote, OpenVote, Prepare
from meetingroom.domain.voting.ballot import Answer
from meetingroom.export.figures import HEADS, figures, table, together
from tests.export.stories import legal_words
from tests.export.test_speaking import speak
from tests.stories import CHAIR, FINANCE, HEALTH, HOME, JUSTICE, MEMBERS, SECRETARY, Story


def paper(story: Story, name: str, pages: int, *readers: str) -> None:
    kind = Readers.NAMED if readers else Readers.EVERYONE
    story.give(SECRETARY, Receive(file="0" * 64, file_name="a.pdf", size=9, item="one", title=name), made=name)
    sizes = ((pages, 595.0, 842.0),)
    story.give(SERVER.id, Accept(paper=name, revision=name, pages=pages, sizes=sizes))
    story.give(SECRETARY, ChangePaper(paper=name, title=name, readers=kind, named=readers))
    if not story.meeting.papers[name].released:
        story.give(SECRETARY, Release(paper=name))


def held() -> Story:
    story = Story.in_session(present=(CHAIR, FINANCE, HEALTH, JUSTICE))
    story.give(HOME, CheckIn())
    story.give(HEALTH, Leave())
    speak(story, FINANCE, 60)
    for question, answer in (("Một?", Answer.YES), ("Hai?", Answer.NO)):
        story.give(SECRETARY, Prepare(item="two", question=question), made=question[:1] + "v")
        story.give(CHAIR, OpenVote(vote=question[:1] + "v"))
        for member in (CHAIR, FINANCE, JUSTICE):
            story.give(member, Cast(vote=question[:1] + "v", marks=(("q", answer),)))
        story.give(CHAIR, CloseVote(vote=question[:1] + "v"))
    return story


def test_of_one_meeting() -> None:
    story = held()
    before = figures(story.meeting)
    paper(story, "open", 10)
    paper(story, "closed", 7, FINANCE)
    story.give(CHAIR, Close())
    found = figures(story.meeting)
    assert (found.members, found.came) == (5, 5), "who left early was there"
    assert (found.votes, found.carried) == (2, 1)
    assert (found.speeches, found.spoken) == (1, 60_000)
    readers = len(MEMBERS) + 2  # the secretary and the guest read along, the screen does not
    assert (found.papers - before.papers, found.pages - before.pages) == (2, 17)
    assert found.unprinted - before.unprinted == 10 * readers + 7 * 3, (
        "a paper by name is for who is named, chair and secretary"
    )
    assert found.lasted == story.now - (story.meeting.sitting.opened_at or 0)


def test_together_and_as_a_table() -> None:
    first, second = figures(held().meeting), figures(Story.in_session(present=(CHAIR,)).meeting)
    both = together([first, second])
    assert (both.meetings, both.present, both.votes, both.speeches) == (2, 60, 2, 1)
    assert together([]).present == 0
    heading, one, other = table([first, second], legal_words())
    assert len(heading) == len(one) == len(other) == len(HEADS)
    assert not any(str(head).startswith("figures.") for head in heading) and one[3:5] == [5, 5]
