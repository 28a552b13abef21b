"""The electorate: who would vote if a vote were opened now and for whom, and who is fixed, let in and taken out."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING

from meetingroom.domain.messages import Event, Role
from meetingroom.domain.people import known, members
from meetingroom.domain.phase import Phase, require_session
from meetingroom.domain.refusals import require
from meetingroom.domain.voting.ballot import Method
from meetingroom.domain.voting.electors import written as known_as
from meetingroom.domain.voting.messages import ElectorAdmitted, ElectorExcused, Excuse, ReadySaid, VoteOpened
from meetingroom.domain.voting.rule import QuorumBase, Rule
from meetingroom.domain.voting.vote import Vote, VotePhase

if TYPE_CHECKING:
    from meetingroom.domain.meeting import Facts, Meeting
    from meetingroom.domain.people import Participant


def holders(meeting: Meeting, rule: Rule) -> dict[str, str]:
    """Member → who casts for them now: somebody present with their proxy, or they themselves if they are here.

    Where questions are sent round nobody need be here.

    Whoever has given a proxy does not vote beside its holder; a holder who has not come leaves the right to the member.
    """
    found = {}
    there = meeting.people if meeting.sitting.written else meeting.attendance
    for member in members(meeting.people):
        proxy = meeting.rights.proxies.get(member) if rule.by_proxy else None
        if proxy and proxy.holder in there:
            found[member] = proxy.holder
        elif member in there:
            found[member] = member
    return found


def expected(meeting: Meeting, vote: Vote) -> dict[str, str]:
    """Whom the vote would have as electors if it were opened now, and who would cast for each."""
    return {
        elector: holder for elector, holder in holders(meeting, vote.rule).items() if elector not in vote.excused
    }  # fmt: skip


def weights(meeting: Meeting, rule: Rule) -> dict[str, int]:
    """How many votes each member has, where the rule counts votes; else nothing."""
    held = meeting.rights.weights
    return {member: held.get(member, 1) for member in members(meeting.people)} if rule.weighted else {}


def strength(meeting: Meeting, vote: Vote) -> tuple[int, int]:
    """(of those present or represented now, of all members): votes or heads, as the rule counts."""
    weigh = weights(meeting, vote.rule)
    there = holders(meeting, vote.rule)
    everyone = members(meeting.people)
    return sum(weigh.get(member, 1) for member in there), sum(weigh.get(member, 1) for member in everyone)


def say_ready(meeting: Meeting, vote: Vote, actor: Participant) -> tuple[Event, ...]:
    require(vote.ready_asked_at is not None, "voting.not_asked")
    require(actor.id in expected(meeting, vote).values(), "voting.not_entitled")
    return () if actor.id in vote.ready else (ReadySaid(vote=vote.id, participant=actor.id),)


def convene(meeting: Meeting, vote: Vote, regardless: bool, facts: Facts) -> tuple[Event, ...]:
    """The electorate is every member present or represented now; later ones are admitted by an act of their own or not."""
    sent_round = meeting.sitting.phase is Phase.CIRCULATING
    if not sent_round:  # questions that were sent round are open side by side
        require_session(meeting)
        require(not any(other.is_open for other in meeting.voting.values()), "voting.already_open")
    electors, total = expected(meeting, vote), len(members(meeting.people))
    require(electors, "voting.nobody_present")
    present, all_ = strength(meeting, vote)
    quorum = _quorum(vote.rule, all_)
    require(present >= quorum or regardless, "voting.no_quorum", quorum=quorum, present=present)
    own = [elector for elector, holder in electors.items() if holder == elector]
    chairs = [meeting.people[elector] for elector in own if meeting.people[elector].role is Role.CHAIR]
    seconds = vote.form.seconds if vote.form.method is Method.DEVICES else 0
    opened = VoteOpened(
        **{field.name: getattr(vote.rule, field.name) for field in fields(Rule)},
        vote=vote.id,
        electors=tuple(electors),
        total_members=total,
        at=facts.now,
        chair=min(chairs, key=lambda chair: chair.rank).id if chairs else "",
        public_key=facts.public_key if vote.form.secret and not vote.by_hand else "",
        without_quorum=present < quorum,
        closes_at=meeting.circulation.due if sent_round else facts.now + seconds * 1000 if seconds else None,
        called=tuple(known_as(meeting.people[key]) for key in dict.fromkeys((*electors, *electors.values()))),
        weights=tuple(weights(meeting, vote.rule).items()),
        proxies=tuple((elector, holder) for elector, holder in electors.items() if holder != elector),
        members=tuple(members(meeting.people)),
    )
    return (opened,)


def _quorum(rule: Rule, total: int) -> int:
    """How many must be there at opening; a quorum of ballots is asked for at closing."""
    asked = rule.quorum_base is QuorumBase.TOTAL_MEMBERS and rule.quorum_numerator
    return rule.quorum(total) if asked else 0


def excuse(meeting: Meeting, vote: Vote, command: Excuse) -> tuple[Event, ...]:
    require(vote.phase in (VotePhase.PREPARED, VotePhase.OPEN, VotePhase.SUSPENDED), "voting.finished")
    require(known(meeting, command.participant).member, "people.cannot_vote")
    require(command.note, "voting.needs_note")
    require(command.participant not in vote.voters, "voting.already_voted")
    return (ElectorExcused(**vars(command)),)


def admit(meeting: Meeting, vote: Vote, participant: str, facts: Facts) -> tuple[Event, ...]:
    require(known(meeting, participant).member, "people.cannot_vote")
    holder = holders(meeting, vote.rule).get(participant)
    require(holder, "voting.not_present")
    require(participant not in vote.excused, "voting.excused")
    if participant in vote.electors:
        return ()
    other = holder if holder and holder != participant else ""
    called = tuple(known_as(meeting.people[key]) for key in (participant, other) if key)
    joins = participant not in vote.members
    return (
        ElectorAdmitted(
            vote=vote.id,
            participant=participant,
            at=facts.now,
            called=called,
            holder=other,
            # Of as many members, and of as many votes, as there are with them: nobody votes outside what is counted of.
            total_members=vote.total_members + 1 if joins else 0,
            weight=weights(meeting, vote.rule).get(participant, 0) if joins else 0,
        ),
    )
