"""Results for everybody: the sheet to print, the list as CSV, the file to recompute the vote from, and /verify."""

from __future__ import annotations

import asyncio
import csv
import io
from collections.abc import Iterator
from importlib import resources
from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from meetingroom.domain.messages import OFFICE
from meetingroom.domain.voting import Vote
from meetingroom.domain.voting.ballot import CHOOSING, Ballot
from meetingroom.domain.voting.electors import Elector, in_order
from meetingroom.domain.voting.published import is_published, published
from meetingroom.endpoints.context import house
from meetingroom.endpoints.guards import Entrant, entrant, require_office, words_of
from meetingroom.endpoints.records.minutes import legal_words
from meetingroom.endpoints.voting.photos import faces
from meetingroom.export import votes as told
from meetingroom.export.results import BASES, result, shares
from meetingroom.export.typeset import Missing, pdf
from meetingroom.words import Words


async def sheet(request: Request) -> Response:
    """One vote with its numbers, its rule and its list, to be read and printed."""
    found = await entrant(request)
    vote, words = _vote(request, found), found.words
    electors = in_order(vote.called[key] for key in vote.electors if key in vote.called)
    voters = [
        (elector, told.ballot_words(vote, elector.id, words), told.of_voter(vote, elector.id, words))
        for elector in electors
    ]
    return house(request).templates.page(
        "vote.html",
        words,
        vote=vote,
        result=vote.result,
        title=found.room.meeting.sitting.title,
        organisation=found.room.meeting.sitting.organisation,
        bases=BASES,
        chooses=vote.form.kind in CHOOSING,
        counted=list(_counted(vote, words)),
        remarks=list(told.remarks(found.room.meeting, vote, words)),
        decided=list(told.decided(vote, words)),
        rule=told.rule_words(vote, words),
        weighed=told.weighed_words(vote.result, words) if vote.result else "",
        voters=[] if vote.form.secret or vote.by_hand else voters,
        path=request.url.path,
    )


def _counted(vote: Vote, words: Words) -> Iterator[tuple[str, str, str, list[tuple[str, ...]]]]:
    """Of each option: its id, its text, what is said beside it, and a line for each answer with what it is of all."""
    assert vote.result is not None
    for option, text in told.options(vote).items():
        lines = [
            (told.answer_word(vote, answer, words), *shares(vote, number, words))
            for answer, number in vote.result.tally[option].items()
        ]
        yield option, text, told.note(vote, option), lines


async def sheet_file(request: Request) -> Response:
    """The sheet as PDF in the layout of official papers; who may read the result may have it at once."""
    found = await entrant(request)
    vote, here = _vote(request, found), house(request)
    made = result(found.room.meeting, legal_words(here), vote, await faces(here, vote))
    fonts = Path(here.settings.fonts) if here.settings.fonts else None
    try:
        content = await asyncio.to_thread(pdf, [made], fonts, vote.closed_at or 0)
    except Missing as missing:
        return here.templates.page("error.html", found.words, 501, key=missing.code, path="/")
    headers = {"Content-Disposition": f'inline; filename="vote-{vote.id}.pdf"', "Cache-Control": "private, no-store"}
    return Response(content, media_type="application/pdf", headers=headers)


async def published_file(request: Request) -> Response:
    """What anybody recomputes the vote from."""
    found = await entrant(request)
    vote = _vote(request, found)
    return _attached(JSONResponse(published(found.room.meeting, vote)), f"vote-{vote.id}.json")


async def ballot_list(request: Request) -> Response:
    """The ballots as CSV for a spreadsheet: with names, or of a secret vote in shuffled order and without."""
    found = await entrant(request)
    vote, words = _vote(request, found), found.words
    assert vote.result is not None
    text = io.StringIO()
    rows = csv.writer(text)
    options = told.options(vote)
    if vote.by_hand:
        rows.writerows(_counted_rows(vote, words))
        return _spreadsheet(text, vote)
    weight = [words.text("vote.sheet.weight")] if vote.weights else []
    proxy = [words.text("vote.sheet.cast_by")] if vote.holders and vote.ballots else []
    paper = [words.text("vote.sheet.entered")] if vote.entered else []
    heads = [words.text(f"vote.sheet.{name}") for name in ("voter", "standing")]
    rows.writerow([*heads, *map(_harmless, options.values()), words.text("answer.other"), *weight, *proxy, *paper])
    for voter, called, ballot in _listed(vote):
        holder = vote.called.get(vote.holders.get(voter, ""))
        standing = words.text(
            f"vote.sheet.{'not_voted' if ballot is None else 'blank' if not ballot.marks else 'voted'}"
        )
        more = [str(vote.weight(voter))] if weight else []
        more += [_harmless(_called(holder) if holder else "")] if proxy else []
        more += [_harmless(vote.entered.get(voter, ""))] if paper else []
        answers = told.cells(vote, ballot, words)
        rows.writerow([_harmless(called), standing, *answers, _harmless(ballot.text if ballot else ""), *more])
    return _spreadsheet(text, vote)


def _spreadsheet(text: io.StringIO, vote: Vote) -> Response:
    return _attached(Response("\ufeff" + text.getvalue(), media_type="text/csv; charset=utf-8"), f"vote-{vote.id}.csv")


def _counted_rows(vote: Vote, words: Words) -> Iterator[list[str]]:
    """Of a vote on paper or by show of hands there are no ballots here: what the tellers have counted."""
    yield [words.text(f"record.{head}") for head in ("ballot.questions", "result.choice", "result.ballots")]
    for _, text, _, lines in _counted(vote, words):
        yield from ([_harmless(text), answer, number] for answer, number, *_ in lines)


def _listed(vote: Vote) -> Iterator[tuple[str, str, Ballot | None]]:
    """Of a recorded vote every elector by precedence, also who has not voted; of a secret one the shuffled ballots."""
    assert vote.result is not None
    for number, sheet in enumerate(vote.result.sheets, start=1):
        yield "", str(number), sheet
    if not vote.form.secret and not vote.by_hand:
        for elector in in_order(vote.called[key] for key in vote.electors if key in vote.called):
            yield elector.id, _called(elector), vote.ballots.get(elector.id)


def _called(person: Elector) -> str:
    return person.name or person.office


def _harmless(text: str) -> str:
    """A spreadsheet would run a cell that begins like a formula."""
    return "'" + text if text[:1] in ("=", "+", "-", "@", "\t") else text


async def journal_file(request: Request) -> Response:
    """The whole journal with its hashes, for chair and secretary; not while a vote runs, for it holds recorded ballots."""
    found = await entrant(request)
    require_office(found)
    here = house(request)
    if any(vote.is_open for vote in found.room.meeting.voting.values()):
        return PlainTextResponse(found.words.text("refusal.meeting.vote_open"), 409)
    entries = await here.record(here.journal.published, found.room.meeting.id)
    file = {"format": "meetingroom journal 1", "stream": found.room.meeting.id, "entries": entries}
    return _attached(JSONResponse(file), "journal.json")


async def verify(request: Request) -> Response:
    """Anybody recomputes a vote here, in their own browser; nothing is sent to the server."""
    return house(request).templates.page("verify.html", words_of(request), path="/verify")


async def verifier(request: Request) -> Response:
    """The same as one file of Python."""
    text = resources.files("meetingroom").joinpath("verifier.py").read_text("utf-8")
    return _attached(PlainTextResponse(text, media_type="text/x-python; charset=utf-8"), "verify.py")


def _vote(request: Request, found: Entrant) -> Vote:
    """The vote, where this reader may see its result; else it does not exist."""
    vote = found.room.meeting.voting.get(request.path_params["vote"])
    if vote is None or not is_published(vote, found.participant.role in OFFICE):
        raise HTTPException(404)
    return vote


def _attached(response: Response, name: str) -> Response:
    safe = "".join(letter for letter in name if letter.isascii() and (letter.isalnum() or letter in "-_."))
    response.headers["Content-Disposition"] = f'attachment; filename="{safe}"'
    response.headers["Cache-Control"] = "no-store"
    return response
