"""Tally: counting ballots, the five numbers that stay apart everywhere, and what the rule makes of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from meetingroom.domain.voting.ballot import (
    CHOOSING,
    UNDECIDED,
    Answer,
    Ballot,
    VoteForm,
    answers,
    option_ids,
)
from meetingroom.domain.voting.rule import Base, By, QuorumBase, Rule, Tie

Tally = Mapping[str, Mapping[Answer, int]]


@dataclass(frozen=True, slots=True)
class Numbers:
    """All members; all invited persons; members present at closing; members entitled; ballots cast."""

    total_members: int
    invited: int
    present: int
    entitled: int
    voted: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one option: carried or not, by which rule, with `needed` votes `of` the base."""

    carried: bool
    by: By
    of: int
    needed: int


def count(form: VoteForm, ballots: Iterable[Ballot]) -> dict[str, dict[Answer, int]]:
    """How many gave each answer to each option; every answer is there, also with none."""
    tally = {option: dict.fromkeys(answers(form), 0) for option in option_ids(form)}
    for ballot in ballots:
        for option, answer in ballot.marks:
            tally[option][answer] += 1
    return tally


def outcomes(
    form: VoteForm, rule: Rule, tally: Tally, numbers: Numbers, chair: Mapping[str, Answer]
) -> dict[str, Outcome]:
    """By option. `chair` is how the chair has answered, where that is known. Empty where nothing is decided."""
    if form.kind in UNDECIDED:
        return {}
    found = {option: _outcome(rule, counted, numbers, chair.get(option)) for option, counted in tally.items()}
    return _placed(form, tally, found) if form.kind in CHOOSING else found


def _outcome(rule: Rule, counted: Mapping[Answer, int], numbers: Numbers, chair: Answer | None) -> Outcome:
    yes, no = counted[Answer.YES], counted.get(Answer.NO, 0)
    of = _base(rule, counted, numbers)
    needed = rule.needed(of)
    if not has_quorum(rule, numbers):
        return Outcome(False, By.NO_QUORUM, of, needed)
    if yes >= needed:
        return Outcome(True, By.MAJORITY, of, needed)
    if not yes or yes != no:
        return Outcome(False, By.SHORT, of, needed)
    if rule.tie is Tie.CHAIRS_SIDE and chair in (Answer.YES, Answer.NO):
        return Outcome(chair is Answer.YES, By.CHAIR, of, needed)
    return Outcome(False, By.TIE, of, needed)


def has_quorum(rule: Rule, numbers: Numbers) -> bool:
    """Whether so many were present (or have voted) that the vote decides anything."""
    if rule.quorum_base is QuorumBase.ENTITLED:
        return numbers.voted >= rule.quorum(numbers.entitled)
    return numbers.present >= rule.quorum(numbers.total_members)


def _base(rule: Rule, counted: Mapping[Answer, int], numbers: Numbers) -> int:
    return {
        Base.TOTAL_MEMBERS: numbers.total_members,
        Base.PRESENT: numbers.present,
        Base.ENTITLED: numbers.entitled,
        Base.CAST: numbers.voted,
        Base.YES_NO: counted[Answer.YES] + counted.get(Answer.NO, 0),
    }[rule.base]


def _placed(form: VoteForm, tally: Tally, found: dict[str, Outcome]) -> dict[str, Outcome]:
    """Only so many may win as there are places: those with the most votes; equal votes for the last place win it not."""

    def votes(option: str) -> int:
        return tally[option][Answer.YES]

    enough = sorted((option for option in found if found[option].carried), key=votes, reverse=True)
    if len(enough) <= form.places:
        return found
    last = votes(enough[form.places - 1])
    contested = votes(enough[form.places]) == last
    for option in enough:
        if votes(option) > last or (votes(option) == last and not contested):
            continue
        by = By.TIED_PLACES if votes(option) == last else By.OUTRANKED
        found[option] = Outcome(False, by, found[option].of, found[option].needed)
    return found
