"""Votes in words: the answers, the rule and the result, for the minutes, the result sheet and lists."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict

from meetingroom.domain.meeting import Meeting
from meetingroom.domain.voting import Vote, VotePhase
from meetingroom.domain.voting.ballot import (
    CHOOSING,
    ONE_QUESTION,
    UNDECIDED,
    Answer,
    Ballot,
    Kind,
    answers,
    option_ids,
)
from meetingroom.domain.voting.electors import in_order
from meetingroom.domain.voting.rule import QuorumBase, Rule, Tie
from meetingroom.domain.voting.tally import Outcome
from meetingroom.domain.voting.vote import Result
from meetingroom.export.times import day, hour, named
from meetingroom.words import Words


def answer_word(vote: Vote, answer: Answer, words: Words) -> str:
    """What an answer is called on this ballot."""
    if vote.form.kind in CHOOSING:
        return words.text("answer.chosen")
    key = f"answer.{vote.form.wording}.{answer}"
    return words.text(key if key in words.texts else f"answer.{answer}")


def options(vote: Vote) -> dict[str, str]:
    """Option id → its text, in the order of the ballot paper."""
    texts = [text for text, _ in vote.form.options] or [vote.question]
    return dict(zip(option_ids(vote.form), texts, strict=True))


def note(vote: Vote, option: str) -> str:
    """What is said beside an option: of a person their office."""
    return dict(zip(option_ids(vote.form), (said for _, said in vote.form.options), strict=False)).get(option, "")


def described(vote: Vote) -> dict[str, str]:
    """Option id → its text with what is said beside it."""
    return {
        option: f"{text}, {said}" if (said := note(vote, option)) else text for option, text in options(vote).items()
    }


def percent(number: int, total: int) -> str:
    """In tenths, exactly: 100,0% only where it is all."""
    if not total:
        return "–"
    tenths = (2 * 1000 * number + total) // (2 * total)
    tenths = min(tenths, 999) if number < total else tenths
    return f"{tenths // 10},{tenths % 10}%"


def remarks(meeting: Meeting, vote: Vote, words: Words) -> Iterator[tuple[str, str]]:
    """(what, how): members who took no part and why, those let in after the opening, and which vote this one repeats."""
    everybody = meeting.minutes.course.people
    out = [f"{named(everybody[key])} ({why})" for key, why in vote.excused.items() if key in everybody]
    late = [named(elector) for elector in in_order(vote.called[key] for key in vote.admitted if key in vote.called)]
    for kind, people in (("out", out), ("late", late)):
        if people:
            yield words.text(f"record.result.{kind}"), "; ".join(people) + "."
    former = meeting.voting.get(vote.again or "")
    if former and former.opened_at is not None:
        opened = {"hour": hour(words, former.opened_at), "day": day(words, former.opened_at)}
        said = "cancelled" if former.phase is VotePhase.CANCELLED else "counted"
        yield (
            words.text("record.result.again"),
            words.text(f"record.result.again.{said}", **opened, reason=former.reason or "…"),
        )
    for later in meeting.voting.values():
        if later.again == vote.id and later.opened_at is not None:
            opened = {"hour": hour(words, later.opened_at), "day": day(words, later.opened_at)}
            yield words.text("record.result.repeated"), words.text("record.result.repeated.when", **opened)


def rule_words(vote: Vote, words: Words) -> str:
    """The rule in sentences, with its law."""
    if vote.form.kind in UNDECIDED:
        return words.text(f"rule.{vote.form.kind}") + "."
    rule = vote.rule
    said = [_carries(rule, words)]
    if vote.form.kind in CHOOSING:
        said.append(words.text("rule.places", n=vote.form.places))
    else:
        secret = vote.form.secret and rule.tie is Tie.CHAIRS_SIDE
        said.append(words.text("rule.tie.secret" if secret else f"rule.tie.{rule.tie}"))
    if rule.quorum_numerator and vote.opened_at is not None:
        quorum = rule.quorum(_whole(vote))
        said.append(words.text(f"rule.quorum.{_weighed(rule)}{rule.quorum_base}", quorum=words.figure(quorum)))
    if rule.by_proxy:
        said.append(words.text("rule.by_proxy"))
    return " ".join([*said, f"({rule.law})" if rule.law else ""]).strip()


def _carries(rule: Rule, words: Words) -> str:
    base = words.text(f"rule.base.{_weighed(rule)}{rule.base}")
    carries = "rule.most" if not rule.numerator else "rule.exceed" if rule.exceed else "rule.reach"
    return words.text(carries, fraction=_fraction(rule, words), base=base)


def rule_sentence(rule: Rule, words: Words) -> str:
    """A rule without a vote, in one line: what carries, what a tie does, the quorum, the law."""
    said = [_carries(rule, words), words.text(f"rule.tie.{rule.tie}")]
    if rule.quorum_numerator:
        share = f"{rule.quorum_numerator}/{rule.quorum_denominator}"
        key = "rule.quorum.share.exceed" if rule.quorum_exceed else "rule.quorum.share"
        said.append(words.text(key, share=share, base=words.text(f"rule.quorum.{rule.quorum_base}.short").lower()))
    return " ".join([*said, f"({rule.law})" if rule.law else ""]).strip()


def _weighed(rule: Rule) -> str:
    """Where votes are counted and not heads, their words are others."""
    return "weighed." if rule.weighted else ""


def _whole(vote: Vote) -> int:
    """What the quorum is taken of."""
    if vote.rule.quorum_base is QuorumBase.ENTITLED:
        return sum(map(vote.weight, vote.electors))
    return sum(vote.weights.values()) if vote.weights else vote.total_members


def _fraction(rule: Rule, words: Words) -> str:
    if rule.numerator * 2 == rule.denominator:
        return words.text("rule.half")
    return f"{rule.numerator}%" if rule.denominator == 100 else f"{rule.numerator}/{rule.denominator}"


def result_sentence(vote: Vote, option: str, words: Words) -> str:
    """ "21 thành viên, cần ít nhất 11; có mặt 18; tán thành 12 – thông qua"."""
    result = vote.result
    assert result is not None
    outcome = result.outcomes.get(option)
    if outcome is None:
        return words.text(f"rule.{vote.form.kind}")
    return words.text(
        "result.sentence",
        of=words.figure(outcome.of),
        base=words.text(f"rule.unit.{_weighed(vote.rule)}{vote.rule.base}"),
        needed=words.figure(outcome.needed),
        present=words.figure(result.numbers.counted.present),
        answer=answer_word(vote, Answer.YES, words).lower(),
        yes=words.figure(result.tally[option][Answer.YES]),
        verdict=verdict(vote, outcome, words),
    )


def verdict(vote: Vote, outcome: Outcome, words: Words) -> str:
    """What became of one option."""
    won = "won" if outcome.carried else "lost"
    if vote.form.kind in CHOOSING or vote.form.kind is Kind.QUESTIONS:
        return words.text(f"result.{vote.form.kind}.{won}").lower()
    return words.text("result.carried" if outcome.carried else "result.lost")


def lines(vote: Vote, words: Words) -> Iterator[str]:
    """Question, figures beside the five numbers, the rule that decided, and the outcome."""
    result = vote.result
    if result is None:
        reason = words.text("vote.void.text") if vote.void else vote.reason or "…"
        yield words.text("record.vote.cancelled", question=vote.question, reason=reason)
        return
    yield words.text("record.vote", question=vote.question)
    single = vote.form.kind in ONE_QUESTION
    for option, text in options(vote).items():
        figures = ", ".join(_figures(vote, result, option, words))
        yield words.text("record.vote.figures", figures=figures) if single else f"{text}: {figures}."
    numbers = result.numbers
    yield words.text(
        "record.vote.numbers",
        voted=numbers.voted,
        entitled=numbers.entitled,
        present=numbers.present,
        total=numbers.total_members,
    )
    if numbers.weighed:
        yield weighed_words(result, words)
    yield words.text("record.vote.rule", rule=rule_words(vote, words))
    yield from decided(vote, words)


def weighed_words(result: Result, words: Words) -> str:
    """How many votes there are, beside the heads; nothing where heads are counted."""
    weighed = result.numbers.weighed
    return words.text("result.weighed", **{n: words.figure(of) for n, of in asdict(weighed).items()}) if weighed else ""


def decided(vote: Vote, words: Words) -> Iterator[str]:
    """What became of each option and by which rule; nothing where nothing is decided."""
    for option, outcome in vote.result.outcomes.items() if vote.result else ():
        by = words.text(f"by.{outcome.by}")
        if option in vote.casting:
            by = f"{by} {casting_words(vote, option, words)}"
        if vote.form.kind in ONE_QUESTION:
            yield f"{result_sentence(vote, option, words)}. {by}"
        else:
            yield f"{options(vote)[option]}: {verdict(vote, outcome, words)}. {by}"


def casting_words(vote: Vote, option: str, words: Words) -> str:
    """Who decided a tie, and how."""
    answer = vote.casting[option]
    choice = words.text(f"vote.casting.{answer}", answer=answer_word(vote, answer, words))
    return words.text("vote.casting.said", name=vote.cast_by, choice=choice.lower())


def ballot_words(vote: Vote, person: str, words: Words) -> str:
    """What somebody answered in a recorded vote; or that they handed in a blank ballot or none."""
    ballot = vote.ballots.get(person)
    if ballot is None:
        return words.text("vote.not_voted")
    if not ballot.marks:
        return words.text("vote.blank_ballot")
    texts = options(vote)
    if vote.form.kind in ONE_QUESTION:
        said = answer_word(vote, ballot.marks[0][1], words)
        return f"{said}: {ballot.text}" if ballot.text else said
    if vote.form.kind in CHOOSING:
        given = Counter(option for option, _ in ballot.marks)
        votes = {
            option: f" ({number} {words.text('result.votes')})" if vote.form.each > 1 else ""
            for option, number in given.items()
        }
        return "; ".join(texts[option] + votes[option] for option in given)
    return "; ".join(f"{texts[option]}: {answer_word(vote, answer, words)}" for option, answer in ballot.marks)


def of_voter(vote: Vote, person: str, words: Words) -> str:
    """What is said beside a voter's name: who has cast for them, or entered what came on paper."""
    holder, entered = vote.called.get(vote.holders.get(person, "")), vote.entered.get(person)
    said = [words.text("vote.cast_by", name=named(holder))] if holder else []
    said += [words.text("vote.from_paper", name=entered)] if entered else []
    return "; ".join(said)


def cells(vote: Vote, ballot: Ballot | None, words: Words) -> list[str]:
    """A ballot in the columns of a table, one for each option: the answer, or how many votes it got."""
    marks = ballot.marks if ballot else ()
    given, said = Counter(option for option, _ in marks), dict(marks)
    if vote.form.each > 1:
        return [str(given[option]) for option in options(vote)]
    return [answer_word(vote, said[option], words) if option in said else "" for option in options(vote)]


def _figures(vote: Vote, result: Result, option: str, words: Words) -> Iterator[str]:
    for answer in answers(vote.form):
        called = words.text("result.votes") if vote.form.kind in CHOOSING else answer_word(vote, answer, words).lower()
        yield f"{words.figure(result.tally[option][answer])} {called}"
