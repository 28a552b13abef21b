"""What is published of a counted vote, as one JSON object from which anybody can recompute the result (see verifier.py)."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from meetingroom.domain.voting.ballot import CHOOSING, UNDECIDED, answers, option_ids, shown_marks, shown_votes
from meetingroom.domain.voting.showing import shown_result
from meetingroom.domain.voting.vote import Vote, VotePhase

if TYPE_CHECKING:
    from meetingroom.domain.meeting import Meeting

FORMAT = "meetingroom vote 2"
PERSONAL = (
    "names",
    "called",
    "texts",
    "weights",
    "cast_by",
    "entered",
    "given",
    "not_voted",
)  # in the result; here they stand beside it


def is_published(vote: Vote, to_office: bool) -> bool:
    """Announced to everybody in the meeting; chair and secretary have it as soon as it is counted."""
    return vote.result is not None and (to_office or vote.phase is VotePhase.ANNOUNCED)


def published(meeting: Meeting, vote: Vote) -> dict[str, Any]:
    """The form, the rule, the electorate, the ballots (with names or shuffled), the receipts, and the result."""
    assert vote.result is not None
    result = shown_result(vote, vote.result)
    texts = vote.form.options or ((vote.question, ""),)
    return {
        "format": FORMAT,
        "meeting": {"id": meeting.id, "title": meeting.sitting.title, "organisation": meeting.sitting.organisation},
        "vote": vote.id,
        "question": vote.question,
        "kind": vote.form.kind.value,
        "decides": "nothing" if vote.form.kind in UNDECIDED else "places" if vote.form.kind in CHOOSING else "each",
        "method": vote.form.method.value,
        "secret": vote.form.secret,
        "options": [
            {"id": option, "text": text, "note": note}
            for option, (text, note) in zip(option_ids(vote.form), texts, strict=True)
        ],
        "answers": [answer.value for answer in answers(vote.form)],
        "choices": {
            "least": vote.form.least,
            "most": vote.form.most,
            "places": vote.form.places,
            "each_least": vote.form.each_least,
            "each": vote.form.each,
        },
        "blank_allowed": vote.form.blank,
        "rule": asdict(vote.rule),
        "opened_at": vote.opened_at,
        "closed_at": vote.closed_at,
        "chair": vote.chair,
        "electors": {elector: _called(vote, elector) for elector in sorted(vote.electors)},
        "voters": sorted(vote.voters),
        "weights": {elector: vote.weight(elector) for elector in sorted(vote.electors)} if vote.weights else {},
        "proxies": {
            elector: {"holder": holder, "name": _called(vote, holder)}
            for elector, holder in sorted(vote.holders.items())
            if elector in vote.electors
        },
        "ballots": _ballots(vote),
        "urn": list(vote.result.urn),
        "result": {key: value for key, value in result.items() if key not in PERSONAL},
        "texts": list(vote.result.texts),
    }


def _ballots(vote: Vote) -> list[dict[str, Any]]:
    assert vote.result is not None
    if vote.form.secret:
        return [{"marks": shown_marks(ballot)} | shown_votes(vote.form, ballot) for ballot in vote.result.sheets]
    return [
        {"voter": voter, "marks": shown_marks(ballot)}
        | shown_votes(vote.form, ballot)
        | ({"text": ballot.text} if ballot.text else {})
        | ({"entered_by": vote.entered[voter]} if voter in vote.entered else {})
        for voter, ballot in sorted(vote.ballots.items())
    ]


def _called(vote: Vote, elector: str) -> str:
    """As they were called when they were let into the vote."""
    person = vote.called.get(elector)
    return (person.name or person.office) if person else ""
