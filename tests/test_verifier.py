"""What is published of a vote can be recomputed by a program that knows nothing of ours, and a changed file is found out."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from meetingroom import verifier
from meetingroom.domain.messages import write
from meetingroom.domain.people import SERVER
from meetingroom.domain.refusals import Refused
from meetingroom.domain.voting import Cast, CloseVote, CountBox, DecideTie
from meetingroom.domain.voting.ballot import Answer, answers, checked_ballot, option_ids
from meetingroom.domain.voting.published import published
from meetingroom.domain.voting.rule import Tie
from meetingroom.storage.engine import Database
from meetingroom.storage.journal import Entry, Journal, Summary
from tests.domain.test_kinds import FORMS
from tests.domain.test_voting import open_vote
from tests.stories import CHAIR, FINANCE, HEALTH, MEMBERS, Story


def closed(story: Story) -> dict[str, Any]:
    """The published file, as it comes out of a download."""
    file: dict[str, Any] = json.loads(json.dumps(published(story.meeting, story.meeting.voting["v"])))
    return file


def a_vote(**form: Any) -> Story:
    story = open_vote(**form)
    options, allowed = option_ids(story.meeting.voting["v"].form), answers(story.meeting.voting["v"].form)
    for person in MEMBERS:
        story.give(person, Cast(vote="v", marks=tuple((option, allowed[0]) for option in options[:1])))
    story.give(CHAIR, CloseVote(vote="v"))
    return story


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_every_published_vote_agrees(data: st.DataObject) -> None:
    story = open_vote(**data.draw(st.sampled_from(FORMS)), secret=data.draw(st.booleans()))
    form = story.meeting.voting["v"].form
    mark = st.tuples(st.sampled_from(option_ids(form)), st.sampled_from(answers(form)))
    valid = st.fixed_dictionaries({option: st.sampled_from(answers(form)) for option in option_ids(form)})
    some = valid.map(lambda marks: tuple(marks.items())) | st.lists(mark, max_size=4).map(tuple)
    cast: dict[str, Cast] = {}
    for person in data.draw(st.lists(st.sampled_from(MEMBERS), max_size=8)):
        command = Cast(vote="v", marks=data.draw(some), text="khác")
        try:
            story.give(person, command)
        except Refused:
            continue
        cast[person] = command
    story.give(CHAIR, CloseVote(vote="v"))
    if form.secret:  # what the room does: the box is opened, each envelope with a receipt of its own
        sheets = tuple(checked_ballot(form, command.marks, "khác").marks for command in cast.values())
        story.give(SERVER.id, CountBox(vote="v", sheets=sheets, texts=(), urn=("",) * len(cast)))
    file = closed(story)
    if form.secret:
        file["urn"] = [f"{number:020}" for number in range(len(file["urn"]))]
    assert verifier.faults(file) == []


def _more_yes(file: dict[str, Any]) -> None:
    file["result"]["tally"]["q"]["yes"] += 1


def _other_ballot(file: dict[str, Any]) -> None:
    file["ballots"][0]["marks"]["q"] = "no"


def _no_ballot(file: dict[str, Any]) -> None:
    del file["ballots"][0]


def _stranger(file: dict[str, Any]) -> None:
    file["voters"][0] = file["ballots"][0]["voter"] = "stranger"


def _other_verdict(file: dict[str, Any]) -> None:
    file["result"]["outcomes"]["q"]["carried"] = False


def _other_rule(file: dict[str, Any]) -> None:
    file["rule"]["numerator"] = file["rule"]["denominator"] = 1


def _no_mark(file: dict[str, Any]) -> None:
    file["ballots"][0]["marks"] = {}


@pytest.mark.parametrize(
    "change", [_more_yes, _other_ballot, _no_ballot, _stranger, _other_verdict, _other_rule, _no_mark]
)
def test_a_changed_file_is_found_out(change: Any) -> None:
    file = closed(a_vote())
    assert verifier.faults(file) == []
    changed = copy.deepcopy(file)
    change(changed)
    assert verifier.faults(changed)


def test_a_receipt_is_found_however_it_is_typed() -> None:
    file = closed(a_vote())
    file["urn"] = ["7KQ2M-9XD3F-00000-ABCDE"]
    assert "NOT among" not in "".join(verifier.faults(file, "7kq2m 9xd3f 00000 abcde"))
    assert "NOT among" in "".join(verifier.faults(file, "7KQ2M-9XD3F-00000-ABCDF"))


def test_a_tie_with_the_chair_agrees_and_another_chair_does_not() -> None:
    story = open_vote()
    for person, answer in ((CHAIR, "yes"), (FINANCE, "yes"), (HEALTH, "no"), ("justice", "no")):
        story.give(person, Cast(vote="v", marks=(("q", answers(story.meeting.voting["v"].form)[answer == "no"]),)))
    story.give(CHAIR, CloseVote(vote="v"))
    file = closed(story)
    assert file["result"]["outcomes"]["q"]["by"] == "chair" and verifier.faults(file) == []
    file["chair"] = HEALTH
    assert verifier.faults(file)


@pytest.mark.parametrize("secret", [False, True])
def test_a_casting_vote_agrees_and_another_one_does_not(secret: bool) -> None:
    story = open_vote(rule="custom", tie=Tie.CASTING, secret=secret)
    sheets = ((("q", Answer.YES),), (("q", Answer.NO),))
    for person, marks in zip((FINANCE, HEALTH), sheets, strict=True):
        story.give(person, Cast(vote="v", marks=marks))
    story.give(CHAIR, CloseVote(vote="v"))
    if secret:
        story.give(SERVER.id, CountBox(vote="v", sheets=sheets, texts=(), urn=("", "")))
    story.give(CHAIR, DecideTie(vote="v", marks=(("q", Answer.YES),)))
    file = closed(story) | ({"urn": ["1", "2"]} if secret else {})
    assert file["result"]["outcomes"]["q"]["by"] == "casting" and verifier.faults(file) == []
    for casting in ({"q": "no"}, {}, {"q": "yes", "x": "yes"}):
        file["result"]["casting"] = casting
        assert verifier.faults(file)


@pytest.mark.parametrize("field", ["body", "name", "actor", "at", "salt", "hash", None])
def test_a_changed_journal_is_found_out(tmp_path: Path, field: str | None) -> None:
    story = a_vote()
    entries = [Entry("m", n, 7, "x", None, event.tag, write(event)) for n, event in enumerate(story.events, start=1)]
    journal = Journal(database := Database(tmp_path))
    journal.append(entries, Summary("m", "Phiên họp", 0, "in_session", "A"))
    file = {"entries": json.loads(json.dumps(journal.published("m")))}
    database.close()
    head = file["entries"][-1]["hash"]
    assert verifier.journal_faults(file, closed(story), head) == []
    assert verifier.journal_faults(file, None, "0" * 64)
    if field is None:
        del file["entries"][3]
    elif field == "at":
        file["entries"][3]["at"] += 1
    else:
        changed = {"salt": "00", "hash": "00", "body": "{}"}
        file["entries"][3][field] = changed.get(field, "other")
    assert verifier.journal_faults(file)
