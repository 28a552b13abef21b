"""Rules of decision: who must be in favour, of what, and what a tie does. Every result says which rule decided."""

from typing import Any

import pytest

from meetingroom.domain.audience import Audience
from meetingroom.domain.voting import Announce, Cast, CloseVote, DecideTie, OpenVote, Prepare, Repeat
from meetingroom.domain.voting.ballot import Answer, Kind, VoteForm, rule_of
from meetingroom.domain.voting.rule import COMMITTEE, RULES, Base, QuorumBase, Rule, Tie
from tests.domain.test_voting import ABSTAIN, NO, YES, cast, open_vote
from tests.stories import CHAIR, FINANCE, HEALTH, MEMBERS, SECRETARY, Story


def outcome(story: Story, **choices: Answer) -> dict[str, Any]:
    cast(story, **choices)
    story.give(CHAIR, CloseVote(vote="v"))
    found: dict[str, Any] = story.view(Audience.CONSOLE)["voting"]["v"]["result"]["outcomes"]["q"]
    return found


def test_half_is_not_more_than_half() -> None:
    assert [COMMITTEE.needed(total) for total in (1, 2, 4, 5, 21, 25)] == [1, 2, 3, 3, 11, 13]


def test_at_least_two_thirds_is_exact() -> None:
    removal = RULES["hdnd_removal"]
    assert [removal.needed(total) for total in (3, 4, 50, 51, 75, 100)] == [2, 3, 34, 34, 50, 67]


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: rule.name)
def test_nothing_is_carried_by_nobody(rule: Rule) -> None:
    assert rule.needed(0) == 1


def test_the_members_who_stay_away_count_against() -> None:
    story = open_vote(present=(CHAIR, FINANCE, HEALTH, "justice"))
    assert outcome(story, chair=YES, finance=YES) == {"carried": False, "by": "short", "of": 5, "needed": 3}


def test_a_tie_goes_with_the_chair_and_says_so() -> None:
    tie = {"chair": YES, "finance": YES, "health": NO, "justice": NO}
    assert outcome(open_vote(), **tie) == {"carried": True, "by": "chair", "of": 5, "needed": 3}
    other = {"chair": NO, "finance": YES, "health": YES, "justice": NO}
    assert outcome(open_vote(), **other) == {"carried": False, "by": "chair", "of": 5, "needed": 3}


def test_a_tie_is_lost_when_the_chair_has_taken_no_side() -> None:
    tie = {"chair": ABSTAIN, "finance": YES, "health": NO}
    assert outcome(open_vote(), **tie)["by"] == "tie"


def test_in_a_council_a_tie_is_lost() -> None:
    story = open_vote(rule="hdnd")
    assert outcome(story, chair=YES, finance=YES, health=NO, justice=NO)["by"] == "tie"


@pytest.mark.parametrize(
    ("base", "of", "carried"),
    [
        (Base.TOTAL_MEMBERS, 5, False),
        (Base.PRESENT, 4, False),
        (Base.ENTITLED, 4, False),
        (Base.CAST, 3, True),
        (Base.YES_NO, 2, True),
    ],
)
def test_each_base_counts_what_it_says(base: Base, of: int, carried: bool) -> None:
    """Five members, four present, two in favour, one abstains, one does not vote."""
    story = open_vote(present=(CHAIR, FINANCE, HEALTH, "justice"), rule="custom", base=base)
    found = outcome(story, chair=YES, finance=YES, health=ABSTAIN)
    assert (found["of"], found["carried"]) == (of, carried)


def test_no_quorum_no_vote_unless_the_chair_says_so_and_then_nothing_is_carried() -> None:
    few = (CHAIR, FINANCE, HEALTH)
    story = Story.in_session(few)
    story.give(SECRETARY, Prepare(item="two", question="?"), made="v")
    story.refuses(CHAIR, OpenVote(vote="v"), "voting.no_quorum")
    story.give(CHAIR, OpenVote(vote="v", regardless=True))
    assert story.view(Audience.MEMBER)["voting"]["v"]["without_quorum"] is True
    assert outcome(story, chair=YES, finance=YES, health=YES) == {
        "carried": False, "by": "no_quorum", "of": 5, "needed": 3,
    }  # fmt: skip


def test_a_quorum_of_ballots_is_asked_for_at_closing() -> None:
    half = {"quorum_base": QuorumBase.ENTITLED, "quorum_numerator": 1, "quorum_denominator": 2}
    assert outcome(open_vote(rule="custom", **half), chair=YES, finance=YES)["by"] == "no_quorum"
    assert outcome(open_vote(rule="custom", **half), chair=YES, finance=YES, health=YES)["by"] == "majority"


def test_a_preset_s_law_may_be_corrected_and_nothing_else() -> None:
    form = VoteForm(item="i", question="?", rule="ubnd", law="Luật 72/2025/QH15", numerator=1, denominator=10)
    assert rule_of(form).law == "Luật 72/2025/QH15" and rule_of(form).denominator == 2


def test_impossible_rules_are_refused() -> None:
    story = Story.in_session(MEMBERS)
    story.refuses(SECRETARY, Prepare(item="two", question="?", rule="none"), "voting.no_such_rule")
    wrong = Prepare(item="two", question="?", rule="custom", numerator=3, denominator=2)
    story.refuses(SECRETARY, wrong, "voting.impossible_rule")


def test_the_rule_stays_as_it_was_at_opening() -> None:
    story = open_vote(rule="custom", base=Base.YES_NO, numerator=3, denominator=4, exceed=False)
    rule = story.meeting.voting["v"].rule
    assert (rule.name, rule.base, rule.numerator, rule.denominator, rule.exceed) == (
        "custom", Base.YES_NO, 3, 4, False,
    )  # fmt: skip


TIE = {"chair": ABSTAIN, "finance": YES, "health": NO}


def test_the_chair_decides_a_tie_when_the_count_is_known() -> None:
    story = open_vote(rule="custom", tie=Tie.CASTING, secret=False)
    assert outcome(story, **TIE)["by"] == "awaits"
    decided = DecideTie(vote="v", marks=(("q", YES),))
    story.refuses(SECRETARY, decided, "not_permitted")
    story.refuses(CHAIR, Announce(vote="v"), "voting.tie_undecided")
    story.refuses(CHAIR, DecideTie(vote="v", marks=(("q", ABSTAIN),)), "voting.no_such_choice")
    story.refuses(CHAIR, DecideTie(vote="v", marks=()), "voting.incomplete")
    story.give(CHAIR, decided)
    story.refuses(CHAIR, decided, "voting.no_tie")
    story.give(CHAIR, Announce(vote="v"))
    result = story.view(Audience.GUEST)["voting"]["v"]["result"]
    assert result["outcomes"]["q"] == {"carried": True, "by": "casting", "of": 3, "needed": 2}
    assert (result["casting"], result["casting_by"]) == ({"q": "yes"}, "Chủ tịch UBND tỉnh")
    assert result["tally"]["q"] == {"yes": 1, "no": 1, "abstain": 1}, "the count stays what it was"


def test_every_tie_of_a_list_is_decided_and_only_those() -> None:
    options = (("Điều 1", ""), ("Điều 2", ""), ("Điều 3", ""))
    story = open_vote(kind=Kind.QUESTIONS, options=options, rule="custom", tie=Tie.CASTING)
    for person, marks in ((FINANCE, (YES, YES, YES)), (HEALTH, (NO, NO, YES))):
        story.give(person, Cast(vote="v", marks=tuple(zip("123", marks, strict=True))))
    story.give(CHAIR, CloseVote(vote="v"))
    story.refuses(CHAIR, DecideTie(vote="v", marks=(("1", YES),)), "voting.incomplete")
    story.give(CHAIR, DecideTie(vote="v", marks=(("2", YES), ("1", NO))))
    outcomes = story.view(Audience.CONSOLE)["voting"]["v"]["result"]["outcomes"]
    assert {o: (each["carried"], each["by"]) for o, each in outcomes.items()} == {
        "1": (False, "casting"), "2": (True, "casting"), "3": (True, "majority"),
    }  # fmt: skip


def test_a_tie_that_is_to_be_repeated_says_so() -> None:
    story = open_vote(rule="custom", tie=Tie.REPEAT)
    assert outcome(story, **TIE)["by"] == "repeat"
    story.refuses(CHAIR, DecideTie(vote="v", marks=(("q", YES),)), "voting.no_tie")
    story.give(CHAIR, Announce(vote="v"))
    story.give(CHAIR, Repeat(vote="v"), made="w")
