"""What is asked and what may be answered: the form of a vote, fixed when it opens, and one filled-in ballot."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from enum import StrEnum
from typing import Annotated, Any

from meetingroom.domain.messages import Between, Id, Line, Prose, Seconds
from meetingroom.domain.refusals import require
from meetingroom.domain.voting.rule import COMMITTEE, CUSTOM, RULES, Base, Part, QuorumBase, Rule, Tie, Whole

MOST_OPTIONS = 60
Places = Annotated[int, Between(0, MOST_OPTIONS)]


class Answer(StrEnum):
    """What may be said to an option; of choices and candidates only YES. Not voting at all is none of them."""

    YES = "yes"
    NO = "no"
    ABSTAIN = "abstain"
    OTHER = "other"
    HIGH = "high"
    TRUST = "trust"
    LOW = "low"


class Kind(StrEnum):
    """One question; several, each answered; a choice among options; persons elected; confidence in persons; a straw poll."""

    QUESTION = "question"
    QUESTIONS = "questions"
    CHOICE = "choice"
    ELECTION = "election"
    CONFIDENCE = "confidence"
    STRAW = "straw"


class Wording(StrEnum):
    """Tán thành / Không tán thành / Không biểu quyết, or Đồng ý / Không đồng ý / Ý kiến khác (with its text)."""

    APPROVE = "approve"
    AGREE = "agree"


class Method(StrEnum):
    """By devices; or counted by people, whose numbers the secretary enters."""

    DEVICES = "devices"
    HANDS = "hands"
    PAPER = "paper"


APPROVING = (Answer.YES, Answer.NO, Answer.ABSTAIN)
AGREEING = (Answer.YES, Answer.NO, Answer.OTHER)
TRUSTING = (Answer.HIGH, Answer.TRUST, Answer.LOW)
ONE_QUESTION = frozenset({Kind.QUESTION, Kind.STRAW})
CHOOSING = frozenset({Kind.CHOICE, Kind.ELECTION})
UNDECIDED = frozenset({Kind.STRAW, Kind.CONFIDENCE})  # counted and shown; nothing is carried or lost
THE_QUESTION = "q"


@dataclass(frozen=True, kw_only=True)
class VoteForm:
    """Everything that is fixed before a vote opens.

    `seconds` 0: no limit. `options` are (text, note); their ids are "1", "2", …. `least` to `most` choices make a valid
    ballot; `places` is how many options may win. Where an option may get several votes, `each_least` to `each` of them,
    `least` to `most` counts votes. `blank`: an empty ballot may be handed in. A rule of RULES by its
    name, or "custom" with the fields below.
    """

    item: Id
    question: Prose
    kind: Kind = Kind.QUESTION
    wording: Wording = Wording.APPROVE
    options: tuple[tuple[Line, Line], ...] = ()
    least: Places = 1
    most: Places = 1
    places: Places = 1
    each_least: Places = 1
    each: Places = 1
    blank: bool = False
    secret: bool = False
    method: Method = Method.DEVICES
    changeable: bool = True
    when_complete: bool = False
    seconds: Seconds = 0
    rule: Id = COMMITTEE.name
    law: Line | None = None
    base: Base | None = None
    numerator: Part | None = None
    denominator: Whole | None = None
    exceed: bool | None = None
    tie: Tie | None = None
    quorum_base: QuorumBase | None = None
    quorum_numerator: Part | None = None
    quorum_denominator: Whole | None = None
    quorum_exceed: bool | None = None
    weighted: bool | None = None
    by_proxy: bool | None = None


def form_of(message: object) -> dict[str, Any]:
    """The fields of the form in a command, event or form."""
    return {field.name: getattr(message, field.name) for field in fields(VoteForm)}


RULE_FIELDS = tuple(field.name for field in fields(Rule))


def rule_of(form: VoteForm) -> Rule:
    """The rule the form names; `law` may correct a preset's, the other fields only make a custom one."""
    if form.rule != CUSTOM:
        preset = RULES[form.rule]
        return preset if form.law is None else replace(preset, law=form.law)
    base = RULES["simple"]
    given = {name: getattr(form, name) for name in RULE_FIELDS if name != "name"}
    return replace(base, name=CUSTOM, **{name: value for name, value in given.items() if value is not None})


def option_ids(form: VoteForm) -> tuple[str, ...]:
    """The ids of what is voted on, in the order of the ballot paper."""
    if form.kind in ONE_QUESTION:
        return (THE_QUESTION,)
    return tuple(str(number) for number in range(1, len(form.options) + 1))


def answers(form: VoteForm) -> tuple[Answer, ...]:
    """What may be answered to each option."""
    if form.kind in CHOOSING:
        return (Answer.YES,)
    if form.kind is Kind.CONFIDENCE:
        return TRUSTING
    return AGREEING if form.wording is Wording.AGREE and form.kind in ONE_QUESTION else APPROVING


def checked_form(form: VoteForm) -> VoteForm:
    """The form as it is kept: what does not belong to its kind is left out. Raises Refused."""
    require(form.question, "voting.needs_question")
    require(form.rule == CUSTOM or form.rule in RULES, "voting.no_such_rule")
    require(rule_of(form).numerator <= rule_of(form).denominator, "voting.impossible_rule")
    require(rule_of(form).quorum_numerator <= rule_of(form).quorum_denominator, "voting.impossible_rule")
    require(not (form.secret and form.method is Method.HANDS), "voting.hands_are_seen")
    # Few have the same number of votes: in a secret vote the sum alone would say who chose what.
    require(not (form.secret and rule_of(form).weighted), "voting.secret_without_weights")
    require(form.method is Method.DEVICES or not rule_of(form).weighted, "voting.weights_need_devices")
    if form.kind in ONE_QUESTION:
        return _of_one(replace(form, options=()))
    texts = [text for text, _ in form.options]
    require(len(texts) >= (2 if form.kind is Kind.CHOICE else 1), "voting.needs_options")
    require(len(texts) <= MOST_OPTIONS, "voting.too_many_options", most=MOST_OPTIONS)
    require(all(texts) and len(set(texts)) == len(texts), "voting.options_alike")
    if form.kind not in CHOOSING:
        return _of_one(form)
    require(1 <= form.each_least <= form.each, "voting.impossible_choice")
    require(
        form.least <= form.most <= len(texts) * form.each and form.most >= form.each_least, "voting.impossible_choice"
    )
    require(1 <= form.places <= len(texts), "voting.impossible_choice")
    return form


def _of_one(form: VoteForm) -> VoteForm:
    return replace(form, least=1, most=1, places=1, each_least=1, each=1)


Marks = tuple[tuple[Id, Answer], ...]


@dataclass(frozen=True, slots=True)
class Ballot:
    """One person's answers, sorted by option; none at all is a blank ballot. `text`: another opinion in words.

    An option given several votes stands there as often.
    """

    marks: tuple[tuple[str, Answer], ...]
    text: str = ""


def checked_ballot(form: VoteForm, marks: Marks, text: str) -> Ballot:
    """A valid ballot. Raises Refused, and says what is missing."""
    order = {option: place for place, option in enumerate(option_ids(form))}
    allowed = answers(form)
    require(all(option in order and answer in allowed for option, answer in marks), "voting.no_such_choice")
    marked = {option for option, _ in marks}
    votes = Counter(option for option, _ in marks)
    require(max(votes.values(), default=0) <= form.each, "voting.no_such_choice")
    if not marks and form.blank:
        return Ballot(())
    require(marks or form.kind in CHOOSING, "voting.nothing_chosen")
    if form.kind in CHOOSING:
        require(form.least <= len(marks) <= form.most, "voting.wrong_number", least=form.least, most=form.most)
        few = min(votes.values(), default=form.each_least) < form.each_least
        require(not few, "voting.too_few_for_one", least=form.each_least)
    else:
        require(marked == set(order), "voting.incomplete")
    other = any(answer is Answer.OTHER for _, answer in marks)
    require(text or not other, "voting.needs_text")
    return Ballot(tuple(sorted(marks, key=lambda mark: order[mark[0]])), text if other else "")


def written(ballot: Ballot) -> str:
    """A ballot as it is sealed: a line of option=answer, and the text after it."""
    return " ".join(f"{option}={answer.value}" for option, answer in ballot.marks) + "\n" + ballot.text


def read_ballot(text: str) -> Ballot:
    """The ballot `written` wrote. Raises ValueError."""
    line, _, words = text.partition("\n")
    pairs = (part.partition("=") for part in line.split())
    return Ballot(tuple((option, Answer(answer)) for option, _, answer in pairs), words)


def shown_marks(ballot: Ballot) -> Mapping[str, str]:
    return {option: answer.value for option, answer in ballot.marks}


def shown_votes(form: VoteForm, ballot: Ballot) -> dict[str, dict[str, int]]:
    """How many votes each marked option has, under `votes`; nothing where it is always one."""
    return {"votes": dict(Counter(option for option, _ in ballot.marks))} if form.each > 1 else {}
