"""What may be asked about votes, and what can have happened to them."""

from __future__ import annotations

from typing import Annotated

from meetingroom.domain.messages import (
    OFFICE,
    SYSTEM,
    Between,
    Command,
    Event,
    Id,
    Line,
    Prose,
    Role,
    Seconds,
    Text,
    command,
    event,
)
from meetingroom.domain.voting.ballot import Answer, Marks, VoteForm
from meetingroom.domain.voting.rule import By, Rule

Number = Annotated[int, Between(0, 100_000)]
VOTERS = OFFICE | {Role.DELEGATE}
Counts = tuple[tuple[Id, Answer, Number], ...]
Sheets = tuple[Marks, ...]
Written = tuple[str, str, str, str, int]  # an elector: participant, name, office, unit, rank


@command("voting.prepare", by=OFFICE)
class Prepare(VoteForm, Command):
    pass


@command("voting.change", by=OFFICE, when="it is not open yet")
class ChangeVote(VoteForm, Command):
    vote: Id


@command("voting.show_photo", by=OFFICE, when="it is not open yet", wire=False)
class ShowPhoto(Command):
    """A photograph beside an option, made by the server of what was uploaded. `file` is its hash."""

    vote: Id
    option: Id
    file: Id


@command("voting.hide_photo", by=OFFICE, when="it is not open yet")
class HidePhoto(Command):
    vote: Id
    option: Id


@command("voting.remove", by=OFFICE, when="it is not open yet")
class RemoveVote(Command):
    vote: Id


@command("voting.repeat", by=OFFICE, when="it is closed or cancelled; both stay")
class Repeat(Command):
    vote: Id


@command("voting.ask_ready", by=OFFICE, when="it is not open yet")
class AskReady(Command):
    vote: Id


@command("voting.say_ready", by=VOTERS, when="one is a present member and was asked")
class SayReady(Command):
    vote: Id


@command("voting.excuse", by=OFFICE, when="the member has not voted")
class Excuse(Command):
    """A member with an interest in the matter takes no part in this vote. `note` is recorded."""

    vote: Id
    participant: Id
    note: Line


@command(
    "voting.open", by=OFFICE | SYSTEM, when="no other vote is open, with a quorum or `regardless`, which is recorded"
)
class OpenVote(Command):
    vote: Id
    regardless: bool = False


@command("voting.admit", by=OFFICE, when="the vote is open")
class Admit(Command):
    """A member who came after the opening is let in; recorded."""

    vote: Id
    participant: Id


@command("voting.cast", by=VOTERS, when="one is an elector of the open vote; again only if ballots may be changed")
class Cast(Command):
    """`marks` are (option, answer), none for a blank ballot. `elector` is whose right one casts, if not one's own.

    `pad` makes all ballots of a vote equally long on the wire.
    """

    vote: Id
    marks: Marks
    text: Line = ""
    elector: Id = ""
    pad: Annotated[str, Text(8000)] = ""


@command(
    "voting.enter_answer",
    by={Role.SECRETARY},
    when="the question was sent round, is recorded and open, and the member has not answered on a device",
)
class EnterAnswer(Command):
    """What a member has answered on a signed form; entered again, it corrects what was entered."""

    vote: Id
    elector: Id
    marks: Marks
    text: Line = ""


@command("voting.enter_count", by=OFFICE, when="the vote is counted by hand and open")
class EnterCount(Command):
    """What the tellers report; for a show of hands only `counts`."""

    vote: Id
    counts: Counts
    issued: Number = 0
    returned: Number = 0
    valid: Number = 0
    invalid: Number = 0
    blank: Number = 0
    tellers: Line = ""


@command("voting.extend", by=OFFICE)
class ExtendVote(Command):
    vote: Id
    seconds: Seconds


@command("voting.suspend", by=OFFICE)
class SuspendVote(Command):
    vote: Id


@command("voting.resume", by=OFFICE)
class ResumeVote(Command):
    vote: Id


@command("voting.close", by=OFFICE | SYSTEM)
class CloseVote(Command):
    vote: Id


@command("voting.count", by=SYSTEM, when="the box of a secret vote has been opened", wire=False)
class CountBox(Command):
    """The ballots of a closed secret vote in shuffled order, their other opinions apart, and the receipts, sorted."""

    vote: Id
    sheets: Sheets
    texts: tuple[Prose, ...]
    urn: tuple[Line, ...]


@command("voting.void", by=SYSTEM, when="the box of a secret vote cannot be opened", wire=False)
class VoidVote(Command):
    vote: Id


@command(
    "voting.decide_tie", by={Role.CHAIR}, when="the rule leaves a tie to the chair; every one at once, and for good"
)
class DecideTie(Command):
    """The chair's casting vote. `marks` are (option, yes or no)."""

    vote: Id
    marks: Marks


@command("voting.announce", by=OFFICE)
class Announce(Command):
    vote: Id


@command("voting.cancel", by=OFFICE, when="it is not counted yet; an open one with a reason")
class Cancel(Command):
    vote: Id
    reason: Line = ""


@event("voting.prepared")
class VotePrepared(VoteForm, Event):
    vote: str
    again: str | None = None


@event("voting.changed")
class VoteChanged(VoteForm, Event):
    vote: str


@event("voting.photo_shown")
class PhotoShown(Event):
    vote: str
    option: str
    file: str
    at: int


@event("voting.photo_hidden")
class PhotoHidden(Event):
    vote: str
    option: str


@event("voting.removed")
class VoteRemoved(Event):
    vote: str


@event("voting.ready_asked")
class ReadyAsked(Event):
    vote: str
    at: int


@event("voting.ready_said", quiet=True)
class ReadySaid(Event):
    vote: str
    participant: str


@event("voting.excused")
class ElectorExcused(Event):
    vote: str
    participant: str
    note: str


@event("voting.opened")
class VoteOpened(Rule, Event):
    """The electorate with its names, the rule and the key, as they stay.

    `chair` is the elector whose side a tie may follow. Journals of before names were kept have no `called`. `weights`:
    (member, votes) of all members, where votes are counted and not heads. `proxies`: (elector, who casts). `members`:
    all there were, so that who joins the body afterwards is known as such when they are let in.
    """

    vote: str
    electors: tuple[str, ...]
    total_members: int
    at: int
    chair: str = ""
    public_key: str = ""
    without_quorum: bool = False
    closes_at: int | None = None
    called: tuple[Written, ...] = ()
    weights: tuple[tuple[str, int], ...] = ()
    proxies: tuple[tuple[str, str], ...] = ()
    members: tuple[str, ...] = ()


@event("voting.admitted")
class ElectorAdmitted(Event):
    """`holder`: who casts for them, if not they themselves.

    `total_members`: with them, if they came to be one meanwhile; `weight`: their votes then, where votes are counted.
    """

    vote: str
    participant: str
    at: int
    called: tuple[Written, ...] = ()  # the elector, and the holder if there is one
    holder: str = ""
    total_members: int = 0
    weight: int = 0


@event("voting.cast", quiet=True)
class BallotCast(Event):
    """`by`: who has cast it for the participant, if not they themselves."""

    vote: str
    participant: str
    marks: Marks
    text: str = ""
    by: str = ""


@event("voting.answer_entered")
class AnswerEntered(Event):
    """An answer that came on paper. `by`, called `called` then, has entered it for the participant."""

    vote: str
    participant: str
    marks: Marks
    by: str
    called: str
    at: int
    text: str = ""


@event("voting.envelope_cast", quiet=True)
class EnvelopeCast(Event):
    """Somebody has voted in secret: what, is in a sealed envelope outside the journal. `receipt` is the envelope's hash."""

    vote: str
    participant: str
    receipt: str = ""
    by: str = ""


@event("voting.count_entered")
class CountEntered(Event):
    vote: str
    participant: str
    counts: Counts
    issued: int
    returned: int
    valid: int
    invalid: int
    blank: int
    tellers: str


@event("voting.extended")
class VoteExtended(Event):
    vote: str
    closes_at: int


@event("voting.suspended")
class VoteSuspended(Event):
    """`left`: ms of the time that remain; absent without a limit."""

    vote: str
    at: int
    left: int | None = None


@event("voting.resumed")
class VoteResumed(Event):
    vote: str
    at: int
    closes_at: int | None = None


@event("voting.stopped")
class VoteStopped(Event):
    """A secret vote takes no more ballots; its box is being opened."""

    vote: str
    at: int


@event("voting.closed")
class VoteClosed(Event):
    """Carries the count, so that the journal can be read without the program; replaying it never counts anew.

    `counts`: (option, answer, number). `outcomes`: (option, carried, by, of, needed). `cast`: ballots handed in, `blank`
    of them empty. Of a secret vote also the ballots in shuffled order, the other opinions, and the receipts, sorted.
    Where votes are counted and not heads, `weighed` is how many all members have, those present, the electors, the voters.
    """

    vote: str
    at: int
    counts: tuple[tuple[str, Answer, int], ...]
    outcomes: tuple[tuple[str, bool, By, int, int], ...]
    cast: int
    blank: int
    invited: int
    present: int
    sheets: Sheets = ()
    texts: tuple[str, ...] = ()
    urn: tuple[str, ...] = ()
    weighed: tuple[int, ...] = ()


@event("voting.tie_decided")
class TieDecided(Event):
    """The chair's casting vote; `called` is who that was."""

    vote: str
    participant: str
    called: str
    at: int
    marks: Marks


@event("voting.announced")
class ResultAnnounced(Event):
    vote: str
    at: int


@event("voting.cancelled")
class VoteCancelled(Event):
    """`void`: not by anybody's will; the box of a secret vote could not be opened."""

    vote: str
    reason: str
    at: int
    void: bool = False


VotingCommand = (
    Prepare | ChangeVote | ShowPhoto | HidePhoto | RemoveVote | Repeat | AskReady | SayReady | Excuse | OpenVote | Admit
    | Cast | EnterAnswer | EnterCount | ExtendVote | SuspendVote | ResumeVote | CloseVote | CountBox | VoidVote | DecideTie
    | Announce | Cancel
)  # fmt: skip
VoteEvent = (
    VoteChanged | PhotoShown | PhotoHidden | ReadyAsked | ReadySaid | ElectorExcused | VoteOpened | ElectorAdmitted
    | BallotCast | AnswerEntered | EnvelopeCast | CountEntered | VoteExtended | VoteSuspended | VoteResumed | VoteStopped
    | VoteClosed | TieDecided | ResultAnnounced | VoteCancelled
)  # fmt: skip
