"""Who sees what of a vote: prepared ones the office; running ones everybody, without a choice; results when announced."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from meetingroom.domain.phase import Phase
from meetingroom.domain.voting.ballot import Ballot, Method, answers, option_ids, shown_marks, shown_votes
from meetingroom.domain.voting.electorate import expected, strength, weights
from meetingroom.domain.voting.electors import Elector
from meetingroom.domain.voting.rule import Base, QuorumBase
from meetingroom.domain.voting.vote import Report, Result, Vote, VotePhase

if TYPE_CHECKING:
    from meetingroom.domain.audience import Audience
    from meetingroom.domain.meeting import Meeting
    from meetingroom.domain.people import Participant

SEES = ("voting", "sitting", "people", "attendance", "rights", "circulation")


def view(meeting: Meeting, audience: Audience) -> dict[str, Any]:
    """Prepared votes belong to the office until readiness is asked for; a cancelled one stays, so that nobody wonders."""
    if meeting.sitting.phase is Phase.DRAFT and not audience.is_office:
        return {}
    return {vote.id: _shown(meeting, vote, audience) for vote in meeting.voting.values() if may_see(vote, audience)}


def may_see(vote: Vote, audience: Audience) -> bool:
    """Whether this audience knows that there is this vote."""
    return audience.is_office or vote.opened_at is not None or vote.ready_asked_at is not None


def _shown(meeting: Meeting, vote: Vote, audience: Audience) -> dict[str, Any]:
    entry = _shown_form(vote) | {"rule": _shown_rule(meeting, vote)}
    for name in ("again", "opened_at", "closes_at", "closed_at", "left", "reason"):
        if (value := getattr(vote, name)) not in (None, ""):
            entry[name] = value
    for name in ("void", "without_quorum"):
        if getattr(vote, name):
            entry[name] = True
    if vote.id in meeting.circulation.questions:
        entry["sent_round"] = True
    if vote.phase is VotePhase.PREPARED:
        entry |= _shown_readiness(meeting, vote, audience)
    if vote.opened_at is not None:
        entry |= {"electorate": len(vote.electors), "voted": len(vote.voters)}
        if vote.weights:
            entry["strength"] = sum(map(vote.weight, vote.electors))
        if vote.report and audience.is_office:
            entry["report"] = _shown_report(vote.report)
    if audience.is_office:
        entry |= _shown_to_office(vote)
    if vote.result and (vote.phase is VotePhase.ANNOUNCED or audience.is_office):
        entry["result"] = shown_result(vote, vote.result)
    return entry


def _shown_form(vote: Vote) -> dict[str, Any]:
    form = vote.form
    entry: dict[str, Any] = {
        "item": form.item,
        "question": form.question,
        "phase": vote.phase.value,
        "kind": form.kind.value,
        "wording": form.wording.value,
        "method": form.method.value,
        "secret": form.secret,
        "changeable": form.changeable,
        "when_complete": form.when_complete,
        "blank": form.blank,
        "least": form.least,
        "most": form.most,
        "places": form.places,
        "each_least": form.each_least,
        "each": form.each,
        "answers": [answer.value for answer in answers(form)],
        "options": {},
    }
    texts = form.options or ((form.question, ""),)
    for place, (option, (text, note)) in enumerate(zip(option_ids(form), texts, strict=True)):
        entry["options"][option] = {"order": place, "text": text} | ({"note": note} if note else {})
        if option in vote.photos:
            entry["options"][option]["photo"] = vote.photos[option].at
    if form.seconds:
        entry["seconds"] = form.seconds
    return entry


def _shown_rule(meeting: Meeting, vote: Vote) -> dict[str, Any]:
    """With `of` and `needed` where the base is known before the ballots are counted."""
    rule = vote.rule
    entry: dict[str, Any] = {
        "name": rule.name,
        "law": rule.law,
        "base": rule.base.value,
        "numerator": rule.numerator,
        "denominator": rule.denominator,
        "exceed": rule.exceed,
        "tie": rule.tie.value,
        "quorum_base": rule.quorum_base.value,
        "quorum_numerator": rule.quorum_numerator,
        "quorum_denominator": rule.quorum_denominator,
    }
    entry |= {name: True for name in ("quorum_exceed", "weighted", "by_proxy") if getattr(rule, name)}
    total, entitled = _whole(meeting, vote)
    if rule.base in (Base.TOTAL_MEMBERS, Base.ENTITLED):
        of = (total if rule.base is Base.TOTAL_MEMBERS else entitled) * vote.form.each
        entry |= {"of": of, "needed": rule.needed(of)}
    if rule.quorum_numerator:
        entry["quorum"] = rule.quorum(total if rule.quorum_base is QuorumBase.TOTAL_MEMBERS else entitled)
    return entry


def _whole(meeting: Meeting, vote: Vote) -> tuple[int, int]:
    """All there is and what is entitled, in votes or heads: as it would be now, or as it was at opening."""
    if vote.phase is VotePhase.PREPARED:
        weigh = weights(meeting, vote.rule)
        return strength(meeting, vote)[1], sum(weigh.get(elector, 1) for elector in expected(meeting, vote))
    total = sum(vote.weights.values()) if vote.weights else vote.total_members
    return total, sum(map(vote.weight, vote.electors))


def _shown_readiness(meeting: Meeting, vote: Vote, audience: Audience) -> dict[str, Any]:
    electors = expected(meeting, vote)
    entry: dict[str, Any] = {"expected": len(electors)}
    if vote.rule.weighted or vote.rule.by_proxy:
        entry["strength"] = strength(meeting, vote)[0]
    if vote.ready_asked_at is not None:
        asked = sorted(set(electors.values()))
        ready = [person for person in asked if person in vote.ready]
        entry |= {"ready_asked_at": vote.ready_asked_at, "asked": len(asked), "ready": len(ready)}
        if audience.is_office:
            entry["ready_by"] = {person: person in vote.ready for person in asked}
    return entry


def _shown_to_office(vote: Vote) -> dict[str, Any]:
    entry: dict[str, Any] = {}
    if vote.excused:
        entry["excused"] = dict(vote.excused)
    if vote.admitted:
        entry["admitted"] = {person: True for person in sorted(vote.admitted)}
    if vote.is_open:
        entry["electors"] = {elector: True for elector in sorted(vote.electors)}
        if vote.holders:
            entry["holders"] = dict(vote.holders)
        entry["voted_by"] = {elector: True for elector in vote.voters}
        if vote.entered:
            entry["entered"] = dict(vote.entered)
    return entry


def shown_result(vote: Vote, result: Result) -> dict[str, Any]:
    """The count, what became of it by which rule, and of a recorded vote who chose what."""
    numbers = result.numbers
    entry: dict[str, Any] = {
        "tally": {
            option: {answer.value: number for answer, number in counted.items()}
            for option, counted in result.tally.items()
        },
        "outcomes": {
            option: {"carried": o.carried, "by": o.by.value, "of": o.of, "needed": o.needed}
            for option, o in result.outcomes.items()
        },
        "blank": result.blank,
        "total_members": numbers.total_members,
        "invited": numbers.invited,
        "present": numbers.present,
        "entitled": numbers.entitled,
        "voted": numbers.voted,
        "names": {voter: shown_marks(ballot) for voter, ballot in vote.ballots.items()},
        "not_voted": {}
        if vote.form.secret or vote.by_hand
        else {e: True for e in vote.electors if e not in vote.ballots},
        "called": {key: _shown_elector(vote.called[key]) for key in _named(vote) if key in vote.called},
        "texts": {voter: ballot.text for voter, ballot in vote.ballots.items() if ballot.text}
        | {f"#{place}": text for place, text in enumerate(result.texts, start=1)},
    }
    if vote.form.each > 1:
        entry["given"] = {voter: shown_votes(vote.form, ballot)["votes"] for voter, ballot in vote.ballots.items()}
    if vote.casting:
        entry["casting"] = {option: answer.value for option, answer in vote.casting.items()}
        entry["casting_by"] = vote.cast_by
    if result.numbers.weighed:
        entry["weighed"] = asdict(result.numbers.weighed)
        entry["weights"] = {voter: vote.weight(voter) for voter in vote.voters}
    if cast_by := {elector: vote.holders[elector] for elector in vote.voters if elector in vote.holders}:
        entry["cast_by"] = cast_by
    if vote.entered:
        entry["entered"] = dict(vote.entered)
    return entry | ({"report": _shown_report(vote.report)} if vote.report else {})


def _shown_elector(elector: Elector) -> dict[str, Any]:
    entry: dict[str, Any] = {"office": elector.office, "rank": elector.rank}
    return entry | {name: value for name in ("name", "unit") if (value := getattr(elector, name))}


def _named(vote: Vote) -> Iterator[str]:
    """Who stands in the list of a recorded vote: electors, also those who have not voted, and who cast for others."""
    if vote.form.secret or vote.by_hand:
        return
    for elector in vote.electors:
        yield elector
        yield vote.holder(elector)


def _shown_report(report: Report) -> dict[str, Any]:
    return {
        "counts": {o: {answer.value: number for answer, number in by.items()} for o, by in report.counts.items()},
        "issued": report.issued,
        "returned": report.returned,
        "valid": report.valid,
        "invalid": report.invalid,
        "blank": report.blank,
        "tellers": report.tellers,
    }


def own(meeting: Meeting, participant: Participant) -> dict[str, Any]:
    """The rights one casts in each vote, with the ballots or receipts, and whether one has said one is ready.

    `electors` and `ballots` are of one's own right; `held` of those one casts for others. Who has given a proxy is shown
    nothing of the ballot: it is the holder's until the result is there.
    """
    me = participant.id
    votes = [vote for vote in meeting.voting.values() if vote.electors and vote.form.method is Method.DEVICES]
    mine = [vote for vote in votes if me in vote.electors and vote.holder(me) == me]
    asked = [vote for vote in meeting.voting.values() if vote.ready_asked_at is not None]
    held = {vote.id: _held(vote, me) for vote in votes if me in vote.holders.values()}
    return {
        "electors": {vote.id: True for vote in mine},
        "ballots": {vote.id: _own_ballot(vote, me) for vote in mine if me in vote.voters},
        "weights": {vote.id: vote.weight(me) for vote in mine if vote.weights},
        "held": {vote: rights for vote, rights in held.items() if rights},
        "ready": {vote.id: me in vote.ready for vote in asked if me in expected(meeting, vote).values()},
        "excused": {vote.id: True for vote in meeting.voting.values() if vote.is_open and me in vote.excused},
        "entrusted": {vote.id: vote.holders[me] for vote in votes if vote.is_open and vote.holder(me) != me},
    }


def _held(vote: Vote, me: str) -> dict[str, Any]:
    return {
        elector: {"weight": vote.weight(elector)}
        | ({"ballot": _own_ballot(vote, elector)} if elector in vote.voters else {})
        for elector, holder in vote.holders.items()
        if holder == me and elector in vote.electors
    }


def _own_ballot(vote: Vote, elector: str) -> dict[str, Any]:
    """Of a secret ballot only that it was cast, and its receipt: no choice ever comes back."""
    if vote.form.secret:
        receipt = vote.receipts[elector]
        counted = {"in_urn": receipt in vote.result.urn} if vote.result else {}
        return {"receipt": receipt} | counted
    ballot: Ballot = vote.ballots[elector]
    entry: dict[str, Any] = {"marks": shown_marks(ballot)} | shown_votes(vote.form, ballot)
    entry |= {"text": ballot.text} if ballot.text else {}
    return entry | ({"entered": vote.entered[elector]} if elector in vote.entered else {})
