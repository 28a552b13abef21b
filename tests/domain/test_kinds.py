"""The kinds of votes: what makes a valid ballot of each, how it is counted, who wins; and votes counted by hand."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from meetingroom.domain.audience import Audience
from meetingroom.domain.people import SERVER
from meetingroom.domain.refusals import Refused
from meetingroom.domain.voting import (
    Cast,
    ChangeVote,
    CloseVote,
    CountBox,
    EnterCount,
    HidePhoto,
    OpenVote,
    Prepare,
    Repeat,
    ShowPhoto,
)
from meetingroom.domain.voting.ballot import (
    AGREEING,
    Answer,
    Ballot,
    Kind,
    Method,
    Wording,
    answers,
    option_ids,
    read_ballot,
    written,
)
from meetingroom.domain.voting.conduct import ENVELOPE, sealing
from meetingroom.domain.voting.rule import Base
from tests.domain.test_voting import announced, open_vote, say
from tests.stories import CHAIR, FINANCE, HEALTH, HOME, JUSTICE, MEMBERS, SECRETARY, Story

YES, NO, ABSTAIN, OTHER = Answer.YES, Answer.NO, Answer.ABSTAIN, Answer.OTHER
PERSONS = tuple((f"Giám đốc Sở {name}", "") for name in ("Tài chính", "Y tế", "Tư pháp", "Nội vụ"))


def choose(*options: str) -> Cast:
    return Cast(vote="v", marks=tuple((option, YES) for option in options))


def close(story: Story) -> dict[str, Any]:
    story.give(CHAIR, CloseVote(vote="v"))
    result: dict[str, Any] = story.view(Audience.CONSOLE)["voting"]["v"]["result"]
    return result


def test_another_opinion_needs_its_words() -> None:
    story = open_vote(wording=Wording.AGREE)
    story.refuses(FINANCE, say(OTHER), "voting.needs_text")
    story.refuses(FINANCE, say(ABSTAIN), "voting.no_such_choice")
    story.give(FINANCE, Cast(vote="v", marks=(("q", OTHER),), text="Bổ sung Điều 3"))
    story.give(HEALTH, Cast(vote="v", marks=(("q", YES),), text="thừa"))
    result = close(story)
    assert result["tally"] == {"q": {"yes": 1, "no": 0, "other": 1}}
    assert result["texts"] == {FINANCE: "Bổ sung Điều 3"}


def test_a_blank_ballot_is_neither_abstaining_nor_absent() -> None:
    open_vote().refuses(FINANCE, Cast(vote="v", marks=()), "voting.nothing_chosen")
    story = open_vote(blank=True)
    story.give(FINANCE, Cast(vote="v", marks=()))
    story.give(HEALTH, say(ABSTAIN))
    result = close(story)
    assert (result["voted"], result["blank"], result["entitled"]) == (2, 1, 5)
    assert result["tally"]["q"] == {"yes": 0, "no": 0, "abstain": 1}
    assert result["names"] == {FINANCE: {}, HEALTH: {"q": "abstain"}}
    assert set(result["not_voted"]) == {CHAIR, JUSTICE, HOME}, "three that are never one"


def test_a_choice_has_so_many_choices_and_one_winner() -> None:
    story = open_vote(kind=Kind.CHOICE, options=PERSONS[:3], least=1, most=2, rule="simple")
    story.refuses(FINANCE, choose(), "voting.wrong_number")
    story.refuses(FINANCE, choose("1", "2", "3"), "voting.wrong_number")
    story.refuses(FINANCE, choose("4"), "voting.no_such_choice")
    story.refuses(FINANCE, choose("1", "1"), "voting.no_such_choice")
    for person, options in ((CHAIR, "12"), (FINANCE, "12"), (HEALTH, "1"), (JUSTICE, "3"), (HOME, "12")):
        story.give(person, choose(*options))
    outcomes = close(story)["outcomes"]
    assert {option: (o["carried"], o["by"]) for option, o in outcomes.items()} == {
        "1": (True, "majority"), "2": (False, "outranked"), "3": (False, "short"),
    }  # fmt: skip


def test_an_election_fills_its_places_and_equal_votes_do_not_win_the_last() -> None:
    form = {"kind": Kind.ELECTION, "options": PERSONS, "least": 0, "most": 2, "places": 2, "rule": "custom"}
    story = open_vote(**form, numerator=1, denominator=5, exceed=False, base=Base.CAST, blank=True)
    for person, options in ((CHAIR, "12"), (FINANCE, "13"), (HEALTH, "1"), (JUSTICE, "")):
        story.give(person, choose(*options))
    result = close(story)
    assert result["blank"] == 1
    assert {option: (o["carried"], o["by"]) for option, o in result["outcomes"].items()} == {
        "1": (True, "majority"), "2": (False, "tied_places"), "3": (False, "tied_places"), "4": (False, "short"),
    }  # fmt: skip


def test_several_questions_are_each_decided() -> None:
    story = open_vote(kind=Kind.QUESTIONS, options=(("Điều 1", ""), ("Điều 2", "")))
    story.refuses(FINANCE, Cast(vote="v", marks=(("1", YES),)), "voting.incomplete")
    for person, second in zip(MEMBERS, (YES, NO, NO, NO, ABSTAIN), strict=True):
        story.give(person, Cast(vote="v", marks=(("2", second), ("1", YES))))
    outcomes = close(story)["outcomes"]
    assert (outcomes["1"]["carried"], outcomes["2"]["carried"]) == (True, False)
    assert story.own(CHAIR)["ballots"]["v"]["marks"] == {"1": "yes", "2": "yes"}


def test_confidence_has_three_levels_and_a_straw_poll_decides_nothing() -> None:
    story = open_vote(kind=Kind.CONFIDENCE, options=PERSONS[:2])
    story.give(FINANCE, Cast(vote="v", marks=(("1", Answer.HIGH), ("2", Answer.LOW))))
    result = close(story)
    assert result["tally"] == {"1": {"high": 1, "trust": 0, "low": 0}, "2": {"high": 0, "trust": 0, "low": 1}}
    assert result["outcomes"] == {}
    poll = open_vote(kind=Kind.STRAW)
    poll.give(FINANCE, say(YES))
    assert close(poll)["outcomes"] == {}


@pytest.mark.parametrize(
    ("form", "code"),
    [
        ({"question": ""}, "voting.needs_question"),
        ({"kind": Kind.ELECTION}, "voting.needs_options"),
        ({"kind": Kind.CHOICE, "options": PERSONS[:1]}, "voting.needs_options"),
        ({"kind": Kind.QUESTIONS, "options": (("x", ""), ("x", "y"))}, "voting.options_alike"),
        ({"kind": Kind.QUESTIONS, "options": tuple((str(n), "") for n in range(61))}, "voting.too_many_options"),
        ({"kind": Kind.ELECTION, "options": PERSONS, "most": 5}, "voting.impossible_choice"),
        ({"kind": Kind.ELECTION, "options": PERSONS, "least": 3, "most": 2}, "voting.impossible_choice"),
        ({"kind": Kind.ELECTION, "options": PERSONS, "places": 0}, "voting.impossible_choice"),
        ({"method": Method.HANDS, "secret": True}, "voting.hands_are_seen"),
    ],
)
def test_a_vote_that_cannot_be_held_is_not_prepared(form: dict[str, Any], code: str) -> None:
    Story.in_session().refuses(SECRETARY, Prepare(**({"item": "two", "question": "?"} | form)), code)


def test_hands_are_counted_by_people() -> None:
    story = open_vote(method=Method.HANDS, seconds=30)
    story.refuses(FINANCE, say(YES), "voting.by_hand")
    assert story.own(FINANCE)["electors"] == {}, "there is nothing to press"
    story.refuses(CHAIR, CloseVote(vote="v"), "voting.needs_count")
    story.refuses(SECRETARY, EnterCount(vote="v", counts=(("q", YES, 6),)), "voting.more_than_entitled")
    story.give(SECRETARY, EnterCount(vote="v", counts=(("q", YES, 2), ("q", NO, 1))))
    story.give(SECRETARY, EnterCount(vote="v", counts=(("q", YES, 3), ("q", NO, 1)), issued=9))
    assert "report" not in story.view(Audience.MEMBER)["voting"]["v"], "no running result"
    result = close(story)
    assert result["tally"]["q"] == {"yes": 3, "no": 1, "abstain": 0}
    assert (result["outcomes"]["q"]["carried"], result["voted"], result["report"]["issued"]) == (True, 4, 0)


def test_the_tellers_report_must_add_up() -> None:
    story = open_vote(method=Method.PAPER, secret=True, kind=Kind.ELECTION, options=PERSONS, most=2, places=2)

    def report(counts: tuple[int, ...], *numbers: int) -> EnterCount:
        issued, returned, valid, invalid, blank = numbers
        entered = tuple((str(n), YES, count) for n, count in enumerate(counts, start=1))
        return EnterCount(
            vote="v", counts=entered, issued=issued, returned=returned, valid=valid, invalid=invalid, blank=blank,
            tellers="Ban kiểm phiếu",
        )  # fmt: skip

    story.refuses(SECRETARY, report((1, 1, 0, 0), 6, 5, 5, 0, 0), "voting.more_than_entitled")
    story.refuses(SECRETARY, report((1, 1, 0, 0), 4, 5, 5, 0, 0), "voting.more_returned_than_issued")
    story.refuses(SECRETARY, report((1, 1, 0, 0), 5, 5, 4, 0, 0), "voting.valid_and_invalid")
    story.refuses(SECRETARY, report((5, 1, 0, 0), 5, 5, 4, 1, 0), "voting.counts_do_not_fit")
    story.refuses(SECRETARY, report((4, 4, 1, 0), 5, 5, 4, 1, 0), "voting.counts_do_not_fit")
    story.refuses(SECRETARY, report((1, 1, 0, 0), 5, 5, 4, 1, 0), "voting.counts_do_not_fit")
    story.give(SECRETARY, report((3, 2, 1, 0), 5, 5, 4, 1, 1))
    result = close(story)
    assert (result["voted"], result["blank"], result["report"]["invalid"]) == (5, 1, 1)
    assert [result["outcomes"][n]["carried"] for n in "1234"] == [True, False, False, False]
    assert result["names"] == {}


def test_a_hand_count_is_for_votes_by_hand() -> None:
    open_vote().refuses(SECRETARY, EnterCount(vote="v", counts=(("q", YES, 2),)), "voting.not_by_hand")


def test_a_secret_ballot_fits_its_envelope_whatever_it_says() -> None:
    options = tuple((f"Người thứ {n}", "") for n in range(60))
    story = open_vote(secret=True, kind=Kind.QUESTIONS, options=options)
    full = Cast(vote="v", marks=tuple((str(n), ABSTAIN) for n in range(1, 61)))
    content = sealing(story.meeting, story.meeting.people[FINANCE], full)
    assert content and len(content) == ENVELOPE and read_ballot(content.rstrip(b"\0").decode()).marks == full.marks
    story = open_vote(secret=True, wording=Wording.AGREE)
    long = Cast(vote="v", marks=(("q", OTHER),), text="🗳" * 500)
    content = sealing(story.meeting, story.meeting.people[FINANCE], long)
    assert content and len(content) == ENVELOPE and read_ballot(content.rstrip(b"\0").decode()).text == "🗳" * 500


def test_a_box_that_differs_from_who_has_voted_is_not_counted() -> None:
    story = open_vote(secret=True)
    story.give(FINANCE, say(YES))
    story.give(CHAIR, CloseVote(vote="v"))
    one = (("q", YES),)
    story.refuses(SERVER.id, CountBox(vote="v", sheets=(one, one), texts=(), urn=("", "")), "voting.box_differs")
    story.refuses(SERVER.id, CountBox(vote="v", sheets=(one,), texts=(), urn=("other",)), "voting.box_differs")
    story.give(SERVER.id, CountBox(vote="v", sheets=(one,), texts=(), urn=("",)))
    assert announced_after(story)["tally"]["q"]["yes"] == 1


def announced_after(story: Story) -> dict[str, Any]:
    result: dict[str, Any] = story.view(Audience.CONSOLE)["voting"]["v"]["result"]
    assert result["names"] == {}, "of a secret vote nobody is named"
    return result


FORMS: tuple[dict[str, Any], ...] = (
    {},
    {"wording": Wording.AGREE},
    {"blank": True},
    {"kind": Kind.CHOICE, "options": PERSONS, "least": 0, "most": 3, "places": 2},
    {"kind": Kind.ELECTION, "options": PERSONS, "least": 1, "most": 4, "places": 3, "blank": True},
    {"kind": Kind.ELECTION, "options": PERSONS[:3], "least": 1, "most": 4, "each": 3, "places": 2, "rule": "simple"},
    {"kind": Kind.QUESTIONS, "options": PERSONS[:2]},
    {"kind": Kind.CONFIDENCE, "options": PERSONS[:3], "blank": True},
)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_the_published_list_recounted_is_the_announced_result(data: st.DataObject) -> None:
    """Any kind, any ballots in any order, valid or not, changed or not: who counts the list gets the same."""
    story = open_vote(**data.draw(st.sampled_from(FORMS)))
    form = story.meeting.voting["v"].form
    mark = st.tuples(st.sampled_from(option_ids(form)), st.sampled_from(answers(form)))
    valid = st.fixed_dictionaries({option: st.sampled_from(answers(form)) for option in option_ids(form)})
    some = valid.map(lambda marks: tuple(marks.items())) | st.lists(mark, max_size=4).map(tuple)
    for _ in range(data.draw(st.integers(0, 12))):
        try:
            story.give(data.draw(st.sampled_from(MEMBERS)), Cast(vote="v", marks=data.draw(some), text="khác"))
        except Refused:
            continue
    result = announced(story)
    names: dict[str, dict[str, str]] = result["names"]  # type: ignore[assignment]
    given: dict[str, dict[str, int]] = result.get("given", {})  # type: ignore[assignment]
    recount: Counter[tuple[str, str]] = Counter()
    for voter, marks in names.items():
        for option, answer in marks.items():
            recount[option, answer] += given.get(voter, {}).get(option, 1)
    tally: dict[str, dict[str, int]] = result["tally"]  # type: ignore[assignment]
    assert {(o, a): n for o, by in tally.items() for a, n in by.items() if n} == dict(recount)
    assert (result["voted"], result["blank"]) == (len(names), sum(1 for marks in names.values() if not marks))
    for option, outcome in result["outcomes"].items():  # type: ignore[attr-defined]
        assert not outcome["carried"] or outcome["by"] == "chair" or tally[option]["yes"] >= outcome["needed"]
    assert len([o for o in result["outcomes"].values() if o["carried"]]) <= max(form.places, len(form.options))  # type: ignore[attr-defined]


@given(st.lists(st.sampled_from(AGREEING), max_size=5), st.text(max_size=40))
def test_what_is_sealed_is_what_is_read(marks: list[Answer], text: str) -> None:
    ballot = Ballot(tuple((str(n), answer) for n, answer in enumerate(marks)), text)
    assert read_ballot(written(ballot)) == ballot


def spread(**votes: int) -> Cast:
    """So many votes for each option, `o1=3`."""
    return Cast(vote="v", marks=tuple((option[1:], YES) for option, number in votes.items() for _ in range(number)))


def test_an_option_may_have_several_votes_within_its_bounds() -> None:
    form = {
        "kind": Kind.ELECTION,
        "options": PERSONS[:3],
        "least": 1,
        "most": 4,
        "each": 3,
        "each_least": 2,
        "places": 1,
    }
    story = open_vote(**form, rule="custom", base=Base.CAST, numerator=1, denominator=2, exceed=True)
    story.refuses(FINANCE, spread(o1=4), "voting.no_such_choice")
    story.refuses(FINANCE, spread(o1=3, o2=2), "voting.wrong_number")
    story.refuses(FINANCE, spread(o1=3, o2=1), "voting.too_few_for_one")
    story.give(FINANCE, spread(o1=3))
    story.give(HEALTH, spread(o2=2, o1=2))
    assert story.own(HEALTH)["ballots"]["v"] == {"marks": {"1": "yes", "2": "yes"}, "votes": {"1": 2, "2": 2}}
    result = close(story)
    assert {option: by["yes"] for option, by in result["tally"].items()} == {"1": 5, "2": 2, "3": 0}
    assert result["given"] == {FINANCE: {"1": 3}, HEALTH: {"1": 2, "2": 2}}
    assert result["outcomes"]["1"] == {"carried": True, "by": "majority", "of": 6, "needed": 4}, (
        "two ballots, three votes each"
    )


@pytest.mark.parametrize("form", [{"each": 0}, {"each": 2, "each_least": 3}, {"each": 2, "most": 5}])
def test_bounds_of_votes_that_cannot_be_met_are_refused(form: dict[str, Any]) -> None:
    prepared = Prepare(**{"item": "two", "question": "?", "kind": Kind.ELECTION, "options": PERSONS[:2]} | form)
    Story.in_session().refuses(SECRETARY, prepared, "voting.impossible_choice")


def test_a_photograph_stays_with_its_name_and_goes_along_when_the_vote_is_repeated() -> None:
    story = Story.in_session()
    form: dict[str, Any] = {"item": "two", "question": "Bầu", "kind": Kind.ELECTION}
    story.give(SECRETARY, Prepare(**form, options=PERSONS[:3]), made="v")
    story.refuses(SECRETARY, ShowPhoto(vote="v", option="9", file="f"), "voting.no_such_choice")
    for option in "13":
        story.give(SECRETARY, ShowPhoto(vote="v", option=option, file=f"file{option}"))
    story.give(SECRETARY, HidePhoto(vote="v", option="2"))
    story.give(SECRETARY, ChangeVote(vote="v", **form, options=(PERSONS[3], PERSONS[0])))
    options = story.view(Audience.CONSOLE)["voting"]["v"]["options"]
    assert [("photo" in options[option]) for option in "12"] == [False, True]
    assert story.meeting.voting["v"].photos["2"].file == "file1"
    story.give(CHAIR, OpenVote(vote="v"))
    story.refuses(SECRETARY, HidePhoto(vote="v", option="2"), "voting.not_prepared")
    close(story)
    story.give(CHAIR, Repeat(vote="v"), made="w")
    assert story.meeting.voting["w"].photos == story.meeting.voting["v"].photos
    story.give(SECRETARY, HidePhoto(vote="w", option="2"))
    assert story.meeting.voting["w"].photos == {}
