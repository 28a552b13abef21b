"""The conduct of a vote: what may be asked when, and what follows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, assert_never

from meetingroom.domain.agenda import known_item
from meetingroom.domain.messages import ATTENDEES, Event, Role
from meetingroom.domain.phase import Phase, require_not_closed, require_session
from meetingroom.domain.refusals import require
from meetingroom.domain.voting.ballot import (
    Answer,
    Ballot,
    Method,
    VoteForm,
    answers,
    checked_ballot,
    checked_form,
    form_of,
    option_ids,
    written,
)
from meetingroom.domain.voting.electorate import admit, convene, excuse, holders, say_ready
from meetingroom.domain.voting.messages import (
    Admit,
    Announce,
    AnswerEntered,
    AskReady,
    BallotCast,
    Cancel,
    Cast,
    ChangeVote,
    CloseVote,
    CountBox,
    CountEntered,
    DecideTie,
    EnterAnswer,
    EnterCount,
    EnvelopeCast,
    Excuse,
    ExtendVote,
    HidePhoto,
    OpenVote,
    PhotoHidden,
    PhotoShown,
    Prepare,
    ReadyAsked,
    RemoveVote,
    Repeat,
    ResultAnnounced,
    ResumeVote,
    SayReady,
    ShowPhoto,
    SuspendVote,
    TieDecided,
    VoidVote,
    VoteCancelled,
    VoteChanged,
    VoteClosed,
    VoteExtended,
    VotePrepared,
    VoteRemoved,
    VoteResumed,
    VoteStopped,
    VoteSuspended,
    VotingCommand,
)
from meetingroom.domain.voting.tally import Numbers, Weighed, count, outcomes
from meetingroom.domain.voting.vote import Report, Vote, VotePhase

if TYPE_CHECKING:
    from meetingroom.domain.meeting import Facts, Meeting
    from meetingroom.domain.people import Participant

ENVELOPE = 4096  # bytes of a ballot before it is sealed; constant, so that its length says nothing


def decide(meeting: Meeting, actor: Participant, command: VotingCommand, facts: Facts) -> tuple[Event, ...]:
    if actor.role is not Role.SYSTEM:  # what was begun is always brought to its end: a box is counted, a key destroyed
        require_not_closed(meeting)
    if meeting.sitting.phase is Phase.CIRCULATING:
        _in_its_round(meeting, actor, command)
    match command:
        case Prepare():
            known_item(meeting, command.item)
            form = checked_form(VoteForm(**form_of(command)))
            return (VotePrepared(vote=facts.id, **form_of(form)),)
        case ChangeVote():
            _prepared(meeting, command.vote)
            known_item(meeting, command.item)
            form = checked_form(VoteForm(**form_of(command)))
            return (VoteChanged(vote=command.vote, **form_of(form)),)
        case ShowPhoto() | HidePhoto():
            return _photo(_prepared(meeting, command.vote), command, facts)
        case RemoveVote():
            _prepared(meeting, command.vote)
            return (VoteRemoved(vote=command.vote),)
        case Repeat():
            vote = _known(meeting, command.vote)
            require(vote.phase in (VotePhase.CLOSED, VotePhase.ANNOUNCED, VotePhase.CANCELLED), "voting.not_closed")
            photos = (
                PhotoShown(vote=facts.id, option=option, file=photo.file, at=photo.at)
                for option, photo in vote.photos.items()
            )
            return (VotePrepared(vote=facts.id, again=vote.id, **form_of(vote.form)), *photos)
        case AskReady():
            require_session(meeting)
            return (ReadyAsked(vote=_prepared(meeting, command.vote).id, at=facts.now),)
        case SayReady():
            return say_ready(meeting, _prepared(meeting, command.vote), actor)
        case OpenVote():
            return convene(meeting, _prepared(meeting, command.vote), command.regardless, facts)
        case Excuse():
            return excuse(meeting, _known(meeting, command.vote), command)
        case Admit():
            return admit(meeting, _running(meeting, command.vote), command.participant, facts)
        case Cast():
            return _cast(_known(meeting, command.vote), actor, command)
        case EnterAnswer():
            return _answered(meeting, _open_vote(meeting, command.vote), actor, command, facts)
        case EnterCount():
            return _enter(_open_vote(meeting, command.vote), actor, command)
        case ExtendVote() | SuspendVote() | ResumeVote():
            return _time(meeting, command, facts)
        case CloseVote():
            return _close(meeting, _running(meeting, command.vote), facts)
        case CountBox():
            return (_counted(meeting, _counting(meeting, command.vote), command, facts),)
        case VoidVote():
            vote = _known(meeting, command.vote)
            require(vote.is_open and vote.form.secret, "voting.not_open")
            return (VoteCancelled(vote=vote.id, reason="", at=facts.now, void=True),)
        case DecideTie():
            return _decide_tie(_known(meeting, command.vote), actor, command, facts)
        case Announce():
            vote = _known(meeting, command.vote)
            require(vote.phase is VotePhase.CLOSED, "voting.not_closed")
            require(not vote.awaiting, "voting.tie_undecided")
            return (ResultAnnounced(vote=command.vote, at=facts.now),)
        case Cancel():
            return _cancel(_known(meeting, command.vote), command.reason, facts)
        case _:
            assert_never(command)


def sealing(meeting: Meeting, actor: Participant, command: object) -> bytes | None:
    """What is to be sealed in an envelope for this command: a secret ballot, padded to ENVELOPE bytes."""
    if not isinstance(command, Cast) or not meeting.voting[command.vote].form.secret:
        return None
    ballot = checked_ballot(meeting.voting[command.vote].form, command.marks, command.text)
    return written(ballot).encode().ljust(ENVELOPE, b"\0")


# -- which vote ------------------------------------------------------------------------------------------------------


def _known(meeting: Meeting, vote: str) -> Vote:
    require(vote in meeting.voting, "voting.unknown")
    return meeting.voting[vote]


def _prepared(meeting: Meeting, vote: str) -> Vote:
    found = _known(meeting, vote)
    require(found.phase is VotePhase.PREPARED, "voting.not_prepared")
    return found


def _open_vote(meeting: Meeting, vote: str) -> Vote:
    found = _known(meeting, vote)
    require(found.phase is VotePhase.OPEN, "voting.not_open")
    return found


def _running(meeting: Meeting, vote: str) -> Vote:
    found = _known(meeting, vote)
    require(found.phase in (VotePhase.OPEN, VotePhase.SUSPENDED), "voting.not_open")
    return found


def _counting(meeting: Meeting, vote: str) -> Vote:
    found = _known(meeting, vote)
    require(found.phase is VotePhase.COUNTING, "voting.not_open")
    return found


# -- before the opening ----------------------------------------------------------------------------------------------


def _photo(vote: Vote, command: ShowPhoto | HidePhoto, facts: Facts) -> tuple[Event, ...]:
    require(vote.form.options and command.option in option_ids(vote.form), "voting.no_such_choice")
    match command:
        case ShowPhoto():
            return (PhotoShown(vote=vote.id, option=command.option, file=command.file, at=facts.now),)
        case HidePhoto():
            return (PhotoHidden(vote=vote.id, option=command.option),) if command.option in vote.photos else ()
        case _:
            assert_never(command)


def _in_its_round(meeting: Meeting, actor: Participant, command: VotingCommand) -> None:
    """Questions that were sent round are open to every member until one day, the same for all; others wait for another."""
    match command:
        case OpenVote():
            require(command.vote in meeting.circulation.questions, "circulation.another_round")
        case CloseVote():
            complete = _known(meeting, command.vote).is_complete
            require(complete or actor.role is Role.SYSTEM, "circulation.until_its_day")
        case ExtendVote() | SuspendVote() | ResumeVote():
            require(False, "circulation.until_its_day")
        case _:
            pass


# -- while it runs ---------------------------------------------------------------------------------------------------


def _cast(vote: Vote, actor: Participant, command: Cast) -> tuple[Event, ...]:
    """The order of the journal decides: a ballot after the closing is late, whatever a tablet's clock says.

    Ballots are kept by right: whoever casts it and on whatever device, each right has one.
    """
    require(vote.phase is not VotePhase.SUSPENDED, "voting.suspended")
    require(vote.phase is VotePhase.OPEN, "voting.not_open")
    require(not vote.by_hand, "voting.by_hand")
    elector = command.elector or actor.id
    require(elector in vote.electors, "voting.not_entitled")
    require(vote.holder(elector) == actor.id, "voting.entrusted" if elector == actor.id else "voting.not_entitled")
    require(vote.form.changeable or elector not in vote.voters, "voting.already_voted")
    by = actor.id if elector != actor.id else ""
    ballot = checked_ballot(vote.form, command.marks, command.text)
    if vote.form.secret:
        require(len(written(ballot).encode()) <= ENVELOPE, "voting.text_too_long")
        return (EnvelopeCast(vote=vote.id, participant=elector, by=by),)
    # Also when nothing has changed: the number of events must not tell whether somebody changed their mind.
    return (BallotCast(vote=vote.id, participant=elector, marks=ballot.marks, text=ballot.text, by=by),)


def _answered(
    meeting: Meeting, vote: Vote, actor: Participant, command: EnterAnswer, facts: Facts
) -> tuple[Event, ...]:
    """What a member has said on their device nobody else replaces; what was entered may be put right until the end."""
    require(vote.id in meeting.circulation.questions, "circulation.another_round")
    require(not vote.form.secret, "circulation.secret_on_paper")
    elector = command.elector
    require(elector in vote.electors, "circulation.not_asked")
    require(elector not in vote.ballots or elector in vote.entered, "circulation.answered_already")
    ballot = checked_ballot(vote.form, command.marks, command.text)
    called = actor.name or actor.office
    entered = AnswerEntered(
        vote=vote.id,
        participant=elector,
        marks=ballot.marks,
        by=actor.id,
        called=called,
        at=facts.now,
        text=ballot.text,
    )
    return (entered,)


def _enter(vote: Vote, actor: Participant, command: EnterCount) -> tuple[Event, ...]:
    """What tellers report must fit together; it may be entered anew until the vote is closed."""
    require(vote.by_hand, "voting.not_by_hand")
    tally = count(vote.form, ())
    for option, answer, number in command.counts:
        require(option in tally and answer in tally[option], "voting.no_such_choice")
        tally[option][answer] = number
    entered = replace(command, counts=tuple((o, a, n) for o, by in tally.items() for a, n in by.items()))
    most = vote.form.most
    if vote.form.method is Method.HANDS:
        sums = [sum(by.values()) for by in tally.values()]
        require(
            max(sums) <= len(vote.electors) * vote.form.each, "voting.more_than_entitled", entitled=len(vote.electors)
        )
        entered = replace(entered, issued=0, returned=0, valid=0, invalid=0, blank=0)
    else:
        require(command.issued <= len(vote.electors), "voting.more_than_entitled", entitled=len(vote.electors))
        require(command.returned <= command.issued, "voting.more_returned_than_issued")
        require(command.valid + command.invalid == command.returned, "voting.valid_and_invalid")
        filled = command.valid - command.blank
        require(filled >= 0, "voting.counts_do_not_fit")
        if len(answers(vote.form)) == 1:
            least = vote.form.least
            marks = sum(by[Answer.YES] for by in tally.values())
            require(least * filled <= marks <= most * filled, "voting.counts_do_not_fit")
            most_of_one = max(by[Answer.YES] for by in tally.values())
            require(most_of_one <= filled * vote.form.each, "voting.counts_do_not_fit")
        else:
            require(all(sum(by.values()) == filled for by in tally.values()), "voting.counts_do_not_fit")
    return (CountEntered(participant=actor.id, **vars(entered)),)


def _time(meeting: Meeting, command: ExtendVote | SuspendVote | ResumeVote, facts: Facts) -> tuple[Event, ...]:
    match command:
        case ExtendVote():
            vote = _open_vote(meeting, command.vote)
            closes_at = (vote.closes_at or facts.now) + command.seconds * 1000
            return (VoteExtended(vote=vote.id, closes_at=closes_at),)
        case SuspendVote():
            vote = _open_vote(meeting, command.vote)
            left = None if vote.closes_at is None else max(0, vote.closes_at - facts.now)
            return (VoteSuspended(vote=vote.id, at=facts.now, left=left),)
        case ResumeVote():
            vote = _known(meeting, command.vote)
            require(vote.phase is VotePhase.SUSPENDED, "voting.not_suspended")
            resumed = None if vote.left is None else facts.now + vote.left
            return (VoteResumed(vote=vote.id, at=facts.now, closes_at=resumed),)
        case _:
            assert_never(command)


# -- the end ---------------------------------------------------------------------------------------------------------


def _close(meeting: Meeting, vote: Vote, facts: Facts) -> tuple[Event, ...]:
    if vote.by_hand:
        require(vote.report, "voting.needs_count")
    elif vote.form.secret:
        return (VoteStopped(vote=vote.id, at=facts.now),)
    ballots = [(ballot, vote.weight(elector)) for elector, ballot in vote.ballots.items()]
    return (_closed(meeting, vote, ballots, facts),)


def _counted(meeting: Meeting, vote: Vote, box: CountBox, facts: Facts) -> VoteClosed:
    """As many ballots as voters, and no other envelopes than those they were given receipts for."""
    require(sorted(vote.receipts.values()) == list(box.urn), "voting.box_differs")
    require(len(box.sheets) == len(box.urn), "voting.box_differs")
    ballots = [(checked_ballot(vote.form, marks, "…"), 1) for marks in box.sheets]
    return _closed(meeting, vote, ballots, facts, texts=box.texts, urn=box.urn)


def _closed(
    meeting: Meeting,
    vote: Vote,
    ballots: Sequence[tuple[Ballot, int]],
    facts: Facts,
    texts: tuple[str, ...] = (),
    urn: tuple[str, ...] = (),
) -> VoteClosed:
    tally = vote.report.counts if vote.report else count(vote.form, ballots)
    cast, blank = (
        _handed_in(vote.report) if vote.report else (len(ballots), sum(1 for ballot, _ in ballots if not ballot.marks))
    )
    # Of a question sent round, who has answered was there. Who joined and was not let in is none of those counted of.
    there = set() if meeting.sitting.written else set(holders(meeting, vote.rule)) & vote.members
    present = set(vote.voters) | there
    invited = sum(1 for person in meeting.people.values() if person.role in ATTENDEES)
    weighed = _weighed(vote, present) if vote.weights else None
    numbers = Numbers(vote.total_members, invited, len(present), len(vote.electors), cast, weighed)
    chair: Mapping[str, Answer] = {}
    if not vote.form.secret and vote.chair in vote.ballots:
        chair = dict(vote.ballots[vote.chair].marks)
    decided = outcomes(vote.form, vote.rule, tally, numbers, chair)
    return VoteClosed(
        vote=vote.id,
        at=facts.now,
        counts=tuple(
            (option, answer, tally[option][answer]) for option in option_ids(vote.form) for answer in answers(vote.form)
        ),
        outcomes=tuple((option, o.carried, o.by, o.of, o.needed) for option, o in decided.items()),
        cast=cast,
        blank=blank,
        invited=invited,
        present=len(present),
        sheets=tuple(ballot.marks for ballot, _ in ballots) if vote.form.secret else (),
        texts=texts,
        urn=urn,
        weighed=(weighed.total, weighed.present, weighed.entitled, weighed.cast) if weighed else (),
    )


def _weighed(vote: Vote, present: set[str]) -> Weighed:
    """In votes: of all members as they were at opening, those there, the electors, and those who have voted."""
    there = sum(weight for member, weight in vote.weights.items() if member in present)
    entitled, cast = (sum(map(vote.weight, those)) for those in (vote.electors, vote.voters))
    return Weighed(sum(vote.weights.values()), there, entitled, cast)


def _handed_in(report: Report) -> tuple[int, int]:
    """Ballots handed in and blank ones; of a show of hands, the hands seen."""
    return report.returned or max(sum(by.values()) for by in report.counts.values()), report.blank


def _decide_tie(vote: Vote, actor: Participant, command: DecideTie, facts: Facts) -> tuple[Event, ...]:
    require(vote.awaiting, "voting.no_tie")
    require(all(answer in (Answer.YES, Answer.NO) for _, answer in command.marks), "voting.no_such_choice")
    require(sorted(option for option, _ in command.marks) == sorted(vote.awaiting), "voting.incomplete")
    called = actor.name or actor.office
    return (TieDecided(vote=vote.id, participant=actor.id, called=called, at=facts.now, marks=command.marks),)


def _cancel(vote: Vote, reason: str, facts: Facts) -> tuple[Event, ...]:
    open_phases = (VotePhase.OPEN, VotePhase.SUSPENDED)
    require(vote.phase in (VotePhase.PREPARED, *open_phases), "voting.finished")
    require(reason or vote.phase not in open_phases, "voting.needs_reason")
    return (VoteCancelled(vote=vote.id, reason=reason, at=facts.now),)
