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

UNDECIDED_TIES = {Tie.CASTING: By.AWAITS, Tie.REPEAT: By.REPEAT}
Tally = Mapping[str, Mapping[Answer, int]]


@dataclass(frozen=True, slots=True)
class Weighed:
    """How many votes all members have, those present or represented at closing, the electors, those who have voted."""

    total: int
    present: int
    entitled: int
    cast: int


@dataclass(frozen=True, slots=True)
class Numbers:
    """All members; all invited persons; members present at closing; members entitled; ballots cast.

    These count heads. `weighed` is there where votes are counted instead, and then decides.
    """

    total_members: int
    invited: int
    present: int
    entitled: int
    voted: int
    weighed: Weighed | None = None

    @property
    def counted(self) -> Weighed:
        """What fractions are taken of."""
        return self.weighed or Weighed(self.total_members, self.present, self.entitled, self.voted)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one option: carried or not, by which rule, with `needed` votes `of` the base."""

    carried: bool
    by: By
    of: int
    needed: int


def count(form: VoteForm, ballots: Iterable[tuple[Ballot, int]]) -> dict[str, dict[Answer, int]]:
    """How many votes each answer to each option has, of ballots with their weight; every answer is there, also with none."""
    tally = {option: dict.fromkeys(answers(form), 0) for option in option_ids(form)}
    for ballot, weight in ballots:
        for option, answer in ballot.marks:
            tally[option][answer] += weight
    return tally


def outcomes(
    form: VoteForm, rule: Rule, tally: Tally, numbers: Numbers, chair: Mapping[str, Answer]
) -> dict[str, Outcome]:
    """By option. `chair` is how the chair has answered, where that is known. Empty where nothing is decided."""
    if form.kind in UNDECIDED:
        return {}
    found = {option: _outcome(form, rule, counted, numbers, chair.get(option)) for option, counted in tally.items()}
    return _placed(form, tally, found) if form.kind in CHOOSING else found


def _outcome(
    form: VoteForm, rule: Rule, counted: Mapping[Answer, int], numbers: Numbers, chair: Answer | None
) -> Outcome:
    """Of a base of so many heads or votes, each of which could have given the option `each` votes."""
    yes, no = counted[Answer.YES], counted.get(Answer.NO, 0)
    of = _base(rule, counted, numbers) * form.each
    needed = rule.needed(of)
    if not has_quorum(rule, numbers):
        return Outcome(False, By.NO_QUORUM, of, needed)
    if yes >= needed:
        return Outcome(True, By.MAJORITY, of, needed)
    if not yes or yes != no:
        return Outcome(False, By.SHORT, of, needed)
    if rule.tie is Tie.CHAIRS_SIDE and chair in (Answer.YES, Answer.NO):
        return Outcome(chair is Answer.YES, By.CHAIR, of, needed)
    return Outcome(False, UNDECIDED_TIES.get(rule.tie, By.TIE), of, needed)


def has_quorum(rule: Rule, numbers: Numbers) -> bool:
    """Whether so many were present (or have voted) that the vote decides anything."""
    of = numbers.counted
    if not rule.quorum_numerator:
        return True
    if rule.quorum_base is QuorumBase.ENTITLED:
        return of.cast >= rule.quorum(of.entitled)
    return of.present >= rule.quorum(of.total)


def _base(rule: Rule, counted: Mapping[Answer, int], numbers: Numbers) -> int:
    return {
        Base.TOTAL_MEMBERS: numbers.counted.total,
        Base.PRESENT: numbers.counted.present,
        Base.ENTITLED: numbers.counted.entitled,
        Base.CAST: numbers.counted.cast,
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
