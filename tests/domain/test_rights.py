"""Weights and proxies: only where the rule allows them, each right once, whoever casts it on whatever device."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from meetingroom import verifier
from meetingroom.domain.attendance import Mark
from meetingroom.domain.audience import Audience
from meetingroom.domain.messages import Role
from meetingroom.domain.people import AddParticipant, ChangeParticipant, RemoveParticipant
from meetingroom.domain.refusals import Refused
from meetingroom.domain.rights import Entrust, Weigh, Withdraw
from meetingroom.domain.voting import Admit, AskReady, Cast, CloseVote, Excuse, OpenVote, Prepare, SayReady
from meetingroom.domain.voting.ballot import Answer, Method
from meetingroom.domain.voting.published import published
from meetingroom.domain.voting.rule import Base, Tie
from tests.domain.test_voting import NO, YES, say
from tests.stories import CHAIR, FINANCE, GUEST, HEALTH, HOME, JUSTICE, MEMBERS, SECRETARY, Story


def company(present: tuple[str, ...] = (CHAIR, FINANCE, HEALTH), **form: Any) -> Story:
    """10 000 votes: the chair 4 000, finance 3 000, health 1 500, justice 1 000, home affairs 500; justice and home
    affairs are away, and finance and the secretary, who has no vote, cast for them."""
    story = Story.in_session(present)
    for member, weight in zip(MEMBERS, (4000, 3000, 1500, 1000, 500), strict=True):
        story.give(SECRETARY, Weigh(participant=member, weight=weight))
    story.give(SECRETARY, Mark(participant=SECRETARY, present=True))
    story.give(SECRETARY, Entrust(participant=JUSTICE, holder=FINANCE, note="Giấy ủy quyền số 12"))
    story.give(SECRETARY, Entrust(participant=HOME, holder=SECRETARY))
    story.give(SECRETARY, Prepare(item="two", question="Thông qua?", **({"rule": "shares"} | form)), made="v")
    return story


def opened(**form: Any) -> Story:
    story = company(**form)
    story.give(CHAIR, OpenVote(vote="v"))
    return story


def cast_for(elector: str, answer: Answer) -> Cast:
    return Cast(vote="v", marks=(("q", answer),), elector=elector)


def closed(story: Story) -> dict[str, Any]:
    story.give(CHAIR, CloseVote(vote="v"))
    file: dict[str, Any] = json.loads(json.dumps(published(story.meeting, story.meeting.voting["v"])))
    assert verifier.faults(file) == []
    result: dict[str, Any] = story.view(Audience.CONSOLE)["voting"]["v"]["result"]
    return result


def test_votes_are_counted_and_not_heads() -> None:
    story = opened()
    assert story.view(Audience.MEMBER)["voting"]["v"]["rule"]["quorum"] == 5001
    story.give(CHAIR, say(YES))
    for person in (FINANCE, HEALTH):
        story.give(person, say(NO))
    story.give(FINANCE, cast_for(JUSTICE, NO))
    story.give(SECRETARY, cast_for(HOME, YES))
    result = closed(story)
    assert result["tally"]["q"] == {"yes": 4500, "no": 5500, "abstain": 0}
    assert result["weighed"] == {"total": 10000, "present": 10000, "entitled": 10000, "cast": 10000}
    assert (result["present"], result["voted"], result["entitled"]) == (5, 5, 5), "heads stay beside the votes"
    assert result["outcomes"]["q"] == {"carried": False, "by": "short", "of": 10000, "needed": 5001}
    assert result["cast_by"] == {JUSTICE: FINANCE, HOME: SECRETARY}


def test_each_right_is_cast_separately_by_who_holds_it_and_counts_once() -> None:
    story = opened()
    assert story.own(FINANCE)["held"] == {"v": {JUSTICE: {"weight": 1000}}}
    story.give(FINANCE, cast_for(JUSTICE, YES))
    story.give(FINANCE, cast_for(JUSTICE, NO))
    assert story.own(FINANCE)["ballots"] == {}, "one's own right is another"
    assert story.own(FINANCE)["held"]["v"][JUSTICE]["ballot"] == {"marks": {"q": "no"}}
    story.give(FINANCE, say(YES))
    story.refuses(FINANCE, cast_for(HOME, YES), "voting.not_entitled")
    story.refuses(HEALTH, cast_for(FINANCE, YES), "voting.not_entitled")
    result = closed(story)
    assert result["tally"]["q"] == {"yes": 3000, "no": 1000, "abstain": 0}
    assert (result["voted"], result["weighed"]["cast"]) == (2, 4000)


def test_who_has_given_a_proxy_does_not_vote_beside_its_holder_and_is_shown_nothing() -> None:
    story = company(present=(*MEMBERS,))
    story.give(CHAIR, OpenVote(vote="v"))
    story.refuses(JUSTICE, say(YES), "voting.entrusted")
    story.give(FINANCE, cast_for(JUSTICE, YES))
    mine = story.own(JUSTICE)
    assert mine["entrusted"] == {"v": FINANCE} and mine["ballots"] == {} and mine["electors"] == {}


def test_a_holder_who_has_not_come_leaves_the_right_to_the_member() -> None:
    story = company(present=(CHAIR, JUSTICE, HEALTH))
    story.give(CHAIR, OpenVote(vote="v"))
    story.give(JUSTICE, say(YES))
    assert closed(story)["tally"]["q"]["yes"] == 1000


def test_chains_are_refused() -> None:
    story = company()
    story.refuses(SECRETARY, Entrust(participant=FINANCE, holder=HEALTH), "rights.chain")
    story.refuses(SECRETARY, Entrust(participant=HEALTH, holder=JUSTICE), "rights.chain")
    story.refuses(SECRETARY, Entrust(participant=HEALTH, holder=HEALTH), "rights.to_oneself")
    story.refuses(SECRETARY, Entrust(participant=HEALTH, holder=GUEST), "rights.cannot_hold")
    story.refuses(SECRETARY, Entrust(participant=GUEST, holder=HEALTH), "people.cannot_vote")
    story.give(SECRETARY, Withdraw(participant=JUSTICE))
    story.give(SECRETARY, Entrust(participant=FINANCE, holder=HEALTH))
    assert story.view(Audience.MEMBER)["rights"]["proxies"] == {
        HOME: {"holder": SECRETARY}, FINANCE: {"holder": HEALTH}
    }  # fmt: skip
    assert story.view(Audience.GUEST)["rights"] == {}


@pytest.mark.parametrize("rule", ["ubnd", "hdnd", "hdnd_removal", "simple", "two_thirds"])
def test_public_bodies_know_neither_weights_nor_proxies(rule: str) -> None:
    story = company(present=(CHAIR, FINANCE, HEALTH, JUSTICE), rule=rule)
    story.give(CHAIR, OpenVote(vote="v"))
    story.give(CHAIR, say(YES))
    story.give(JUSTICE, say(NO))
    story.refuses(FINANCE, cast_for(JUSTICE, YES), "voting.not_entitled")
    story.refuses(SECRETARY, cast_for(HOME, YES), "voting.not_entitled")
    result = closed(story)
    assert result["tally"]["q"] == {"yes": 1, "no": 1, "abstain": 0}
    assert "weighed" not in result and "cast_by" not in result


def test_a_secret_vote_has_no_weights_and_hands_neither() -> None:
    story = Story.in_session()
    secret = Prepare(item="two", question="?", secret=True, rule="shares")
    story.refuses(SECRETARY, secret, "voting.secret_without_weights")
    hands = Prepare(item="two", question="?", method=Method.HANDS, rule="shares")
    story.refuses(SECRETARY, hands, "voting.weights_need_devices")
    story.give(SECRETARY, Prepare(item="two", question="?", secret=True, rule="custom", by_proxy=True), made="v")


def test_a_secret_ballot_may_be_cast_for_somebody_else() -> None:
    story = opened(rule="custom", by_proxy=True, secret=True)
    (event,) = story.give(FINANCE, cast_for(JUSTICE, YES))
    assert vars(event) == {"vote": "v", "participant": JUSTICE, "by": FINANCE, "receipt": ""}
    assert story.own(FINANCE)["held"]["v"][JUSTICE]["ballot"] == {"receipt": ""}


def test_a_vote_keeps_the_rights_it_was_opened_with() -> None:
    story = opened()
    story.give(SECRETARY, Weigh(participant=CHAIR, weight=9))
    story.give(SECRETARY, Withdraw(participant=JUSTICE))
    story.give(FINANCE, cast_for(JUSTICE, YES))
    story.give(CHAIR, say(YES))
    story.refuses(SECRETARY, RemoveParticipant(participant=SECRETARY), "people.in_open_vote")
    assert closed(story)["tally"]["q"]["yes"] == 5000


def test_a_late_holder_is_let_in_for_the_absent_member() -> None:
    story = company(present=(CHAIR, HEALTH))
    story.give(CHAIR, OpenVote(vote="v", regardless=True))
    story.refuses(CHAIR, Admit(vote="v", participant=JUSTICE), "voting.not_present")
    story.give(SECRETARY, Mark(participant=FINANCE, present=True))
    story.give(CHAIR, Admit(vote="v", participant=JUSTICE))
    story.give(FINANCE, cast_for(JUSTICE, YES))
    story.refuses(FINANCE, say(YES), "voting.not_entitled")
    result = closed(story)
    assert (result["tally"]["q"]["yes"], result["weighed"]["entitled"]) == (1000, 7000)


def test_a_shareholder_added_after_the_opening_brings_their_votes_into_all_votes() -> None:
    story = opened()
    story.give(SECRETARY, AddParticipant(office="Cổ đông mới", role=Role.DELEGATE, member=True), made="new")
    story.give(SECRETARY, Weigh(participant="new", weight=2500))
    story.give(SECRETARY, Mark(participant="new", present=True))
    story.give(CHAIR, Admit(vote="v", participant="new"))
    story.give("new", say(YES))
    story.give(CHAIR, say(YES))
    result = closed(story)
    outcome = result["outcomes"]["q"]
    assert result["weighed"] == {"total": 12500, "present": 12500, "entitled": 12500, "cast": 6500}
    assert (result["total_members"], outcome["needed"], outcome["carried"]) == (6, 6251, True)


def test_the_holder_says_ready_for_all_and_an_interest_takes_one_right_out() -> None:
    story = company()
    story.give(CHAIR, AskReady(vote="v"))
    assert story.own(JUSTICE)["ready"] == {} and story.own(SECRETARY)["ready"] == {"v": False}
    story.give(SECRETARY, SayReady(vote="v"))
    vote = story.view(Audience.CONSOLE)["voting"]["v"]
    assert (vote["expected"], vote["asked"], vote["ready"], vote["strength"]) == (5, 4, 1, 10000)
    story.give(SECRETARY, Excuse(vote="v", participant=JUSTICE, note="Có lợi ích liên quan"))
    story.give(CHAIR, OpenVote(vote="v"))
    story.refuses(FINANCE, cast_for(JUSTICE, YES), "voting.not_entitled")
    assert closed(story)["weighed"] == {"total": 10000, "present": 10000, "entitled": 9000, "cast": 0}


def test_who_goes_takes_their_rights_along() -> None:
    story = company()
    story.give(SECRETARY, ChangeParticipant(participant=FINANCE, office="Sở Tài chính", role=Role.GUEST))
    rights = story.view(Audience.CONSOLE)["rights"]
    assert FINANCE not in rights["weights"] and rights["proxies"] == {HOME: {"holder": SECRETARY}}
    story.give(SECRETARY, RemoveParticipant(participant=HOME))
    assert story.view(Audience.CONSOLE)["rights"]["proxies"] == {}


def test_a_quorum_of_shares_must_be_exceeded() -> None:
    story = company(present=(CHAIR,))
    story.give(SECRETARY, Weigh(participant=CHAIR, weight=5500))
    story.give(SECRETARY, Mark(participant=SECRETARY, present=False))
    story.refuses(CHAIR, OpenVote(vote="v"), "voting.no_quorum")
    story.give(SECRETARY, Weigh(participant=CHAIR, weight=6001))
    story.give(CHAIR, OpenVote(vote="v"))


@settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_whoever_recounts_any_history_of_weights_and_proxies_gets_the_announced_result(data: st.DataObject) -> None:
    people = [*MEMBERS, SECRETARY]
    story = Story.in_session(data.draw(st.permutations(MEMBERS).map(lambda some: tuple(some[:4]))))
    for _ in range(data.draw(st.integers(0, 6))):
        member, other = data.draw(st.sampled_from(MEMBERS)), data.draw(st.sampled_from(people))
        command = data.draw(
            st.sampled_from(
                (
                    Weigh(participant=member, weight=data.draw(st.integers(1, 10**12))),
                    Entrust(participant=member, holder=other),
                )
            )
        )
        try:
            story.give(SECRETARY, command)
        except Refused:
            continue
    rule = {
        "rule": "custom", "numerator": data.draw(st.integers(0, 7)), "denominator": 7, "exceed": data.draw(st.booleans()),
        "base": data.draw(st.sampled_from(Base)),
        "tie": data.draw(st.sampled_from(Tie)), "weighted": data.draw(st.booleans()), "by_proxy": data.draw(st.booleans()),
        "quorum_numerator": data.draw(st.integers(0, 2)), "quorum_denominator": 2,
        "quorum_exceed": data.draw(st.booleans()),
    }  # fmt: skip
    story.give(SECRETARY, Prepare(item="two", question="?", **rule), made="v")  # type: ignore[arg-type]
    story.give(CHAIR, OpenVote(vote="v", regardless=True))
    for _ in range(data.draw(st.integers(0, 12))):
        command = cast_for(data.draw(st.sampled_from(["", *MEMBERS])), data.draw(st.sampled_from(list(Answer)[:3])))
        try:
            story.give(data.draw(st.sampled_from(people)), command)
        except Refused:
            continue
    result = closed(story)
    weights = result.get("weights", {})
    recount = dict.fromkeys(("yes", "no", "abstain"), 0)
    for voter, marks in result["names"].items():
        recount[marks["q"]] += weights.get(voter, 1)
    assert recount == result["tally"]["q"]
    whole = result.get("weighed") or {"cast": result["voted"], "present": result["present"], "total": 5}
    assert sum(recount.values()) == whole["cast"] <= whole["present"] <= whole["total"], "never more than all"
