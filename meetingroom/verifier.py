#!/usr/bin/env python3
"""Recompute a vote from what was published, look for a receipt, and check a journal's chain of hashes.

    python3 verify.py vote.json [--receipt 7KQ2M-9XD3F-...] [--journal journal.json] [--head HASH]

Needs nothing but Python 3.9 or newer; no network, nothing of the server's program. Exit status 0: everything agrees.
What it shows: that the published ballots make the announced result by the published rule; that an envelope was among
those opened; that the journal was not changed since the head that somebody noted. What it cannot show: that the server
read the ballots rightly before it published them.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections.abc import Iterator
from typing import Any

File = dict[str, Any]
Outcome = tuple[bool, str]


def faults(vote: File, receipt: str = "") -> list[str]:
    """Sentences about everything that does not agree; an empty list when all does."""
    if vote.get("format") not in ("meetingroom vote 1", "meetingroom vote 2"):
        return ["This is not a published vote, or one of a newer program."]
    found = list(_ballot_faults(vote))
    found += _right_faults(vote)
    found += _count_faults(vote)
    found += _outcome_faults(vote)
    if receipt and _plain(receipt) not in map(_plain, vote["urn"]):
        found.append("The receipt is NOT among the opened envelopes: " + receipt)
    return found


def _plain(receipt: str) -> str:
    return "".join(letter for letter in receipt.upper() if letter.isalnum())


def _ballot_faults(vote: File) -> Iterator[str]:
    ballots, voters, by_hand = vote["ballots"], vote["voters"], vote["method"] != "devices"
    if by_hand:
        return
    if len(ballots) != len(voters):
        yield "%d ballots of %d voters" % (len(ballots), len(voters))
    if len(set(voters)) != len(voters) or not set(voters) <= set(vote["electors"]):
        yield "somebody voted twice or without being entitled"
    if vote["secret"]:
        if len(vote["urn"]) != len(ballots) or len(set(vote["urn"])) != len(vote["urn"]):
            yield "there are not as many envelopes as ballots"
    elif sorted(ballot["voter"] for ballot in ballots) != sorted(voters):
        yield "the names of the ballots are not the voters"
    options, answers = {option["id"] for option in vote["options"]}, set(vote["answers"])
    choices = vote["choices"]
    for number, ballot in enumerate(ballots, 1):
        marks = ballot["marks"]
        votes = [_votes(ballot, option) for option in marks]
        wrong = not set(marks) <= options or not set(marks.values()) <= answers
        if vote["decides"] == "places":
            wrong = wrong or not (
                choices["least"] <= sum(votes) <= choices["most"] or (not marks and vote["blank_allowed"])
            )
            wrong = wrong or not all(choices.get("each_least", 1) <= each <= choices.get("each", 1) for each in votes)
        else:
            wrong = wrong or not (set(marks) == options or (not marks and vote["blank_allowed"]))
        if wrong:
            yield "ballot %d is not valid" % number


def _right_faults(vote: File) -> Iterator[str]:
    """Votes of a weight, and rights cast by others: only where the rule allows it, and without chains."""
    rule, electors = vote["rule"], set(vote["electors"])
    weights, proxies = vote.get("weights", {}), vote.get("proxies", {})
    if bool(weights) != bool(rule.get("weighted")) or (weights and (set(weights) != electors or vote["secret"])):
        yield "there are weights where the rule allows none, or not of everybody"
    if not all(type(weight) is int and weight >= 1 for weight in weights.values()):
        yield "a weight is not a whole number of votes"
    holders = {proxy["holder"] for proxy in proxies.values()}
    if (proxies and not rule.get("by_proxy")) or not set(proxies) <= electors or holders & set(proxies):
        yield "there are proxies where the rule allows none, or chains of them"


def _votes(ballot: File, option: str) -> int:
    """How many votes a ballot gives to an option it marks."""
    return int(ballot.get("votes", {}).get(option, 1))


def _weight(vote: File, elector: str) -> int:
    return int(vote.get("weights", {}).get(elector, 1))


def _numbers(vote: File) -> dict[str, int]:
    """What fractions are taken of: votes where they are weighed, else heads."""
    result = vote["result"]
    weighed = result.get("weighed")
    if weighed:
        return dict(weighed)
    names = {"total": "total_members", "present": "present", "entitled": "entitled", "cast": "voted"}
    return {name: result[kept] for name, kept in names.items()}


def _count_faults(vote: File) -> list[str]:
    result = vote["result"]
    if vote["method"] != "devices":
        report = result["report"]
        agrees = report["counts"] == result["tally"] and report["valid"] + report["invalid"] == report["returned"]
        return [] if agrees else ["the tellers' report is not the result"]
    tally = {option["id"]: dict.fromkeys(vote["answers"], 0) for option in vote["options"]}
    for ballot in vote["ballots"]:
        for option, answer in ballot["marks"].items():
            if option in tally and answer in tally[option]:
                tally[option][answer] += _weight(vote, ballot.get("voter", "")) * _votes(ballot, option)
    blank = sum(1 for ballot in vote["ballots"] if not ballot["marks"])
    found = []
    if tally != result["tally"]:
        found.append("the ballots make another count: %s" % tally)
    if (len(vote["ballots"]), blank, len(vote["electors"])) != (result["voted"], result["blank"], result["entitled"]):
        found.append("the numbers of ballots, blank ballots or entitled members differ")
    if not result["voted"] <= result["entitled"] or not result["voted"] <= result["present"]:
        found.append("more have voted than were entitled or present")
    if vote.get("weights"):
        numbers = _numbers(vote)
        mine = [sum(_weight(vote, each) for each in those) for those in (vote["electors"], vote["voters"])]
        if mine != [numbers["entitled"], numbers["cast"]]:
            found.append("the weights add up to other numbers: %s" % mine)
        if not numbers["cast"] <= numbers["present"] <= numbers["total"]:
            found.append("more votes were cast than were present, or present than there are")
    return found


def _outcome_faults(vote: File) -> list[str]:
    expected = outcomes(vote)
    said = {option: (each["carried"], each["by"]) for option, each in vote["result"]["outcomes"].items()}
    found = [] if expected == said else ["the rule makes another outcome: %s" % expected]
    decided = {option for option, (_, by) in expected.items() if by == "casting"}
    if set(vote["result"].get("casting", {})) != decided:
        found.append("a casting vote was given where there was no tie")
    return found


def outcomes(vote: File) -> dict[str, Outcome]:
    """option -> (carried, by which rule), recomputed from the count, the numbers and the rule."""
    if vote["decides"] == "nothing":
        return {}
    chair = {}
    for ballot in vote["ballots"]:
        if ballot.get("voter") == vote["chair"] and not vote["secret"]:
            chair = ballot["marks"]
    tally = vote["result"]["tally"]
    found = {option: _outcome(vote, option, tally[option], chair.get(option)) for option in tally}
    return _placed(vote, found) if vote["decides"] == "places" else found


def _outcome(vote: File, option: str, counted: dict[str, int], chair: str | None) -> Outcome:
    rule, numbers = vote["rule"], _numbers(vote)
    yes, no = counted.get("yes", 0), counted.get("no", 0)
    of = {
        "total_members": numbers["total"],
        "present": numbers["present"],
        "entitled": numbers["entitled"],
        "cast": numbers["cast"],
        "yes_no": yes + no,
    }[rule["base"]] * int(vote["choices"].get("each", 1))
    share = of * rule["numerator"]
    needed = share // rule["denominator"] + 1 if rule["exceed"] else -(-share // rule["denominator"])
    there, all_ = (numbers["cast"], numbers["entitled"])
    if rule["quorum_base"] == "total_members":
        there, all_ = numbers["present"], numbers["total"]
    lacking = there * rule["quorum_denominator"] - all_ * rule["quorum_numerator"]
    if rule["quorum_numerator"] and (lacking < 0 or (lacking == 0 and rule.get("quorum_exceed"))):
        return (False, "no_quorum")
    if yes >= max(1, needed):
        return (True, "majority")
    if yes == 0 or yes != no:
        return (False, "short")
    if rule["tie"] == "chairs_side" and chair in ("yes", "no"):
        return (chair == "yes", "chair")
    if rule["tie"] == "casting":
        said = vote["result"].get("casting", {}).get(option)
        return (said == "yes", "casting") if said in ("yes", "no") else (False, "awaits")
    return (False, "repeat" if rule["tie"] == "repeat" else "tie")


def _placed(vote: File, found: dict[str, Outcome]) -> dict[str, Outcome]:
    """The most votes win the places; equal votes for the last place win it not."""
    votes = {option: counted["yes"] for option, counted in vote["result"]["tally"].items()}
    enough = sorted((votes[option] for option in found if found[option][0]), reverse=True)
    places = vote["choices"]["places"]
    if len(enough) > places:
        last, contested = enough[places - 1], enough[places] == enough[places - 1]
        for option, (carried, _) in found.items():
            if carried and votes[option] < last:
                found[option] = (False, "outranked")
            elif carried and votes[option] == last and contested:
                found[option] = (False, "tied_places")
    return found


def journal_faults(journal: File, vote: File | None = None, head: str = "") -> list[str]:
    """The chain of the journal, whether it ends at a noted head, and whether it tells of this vote what was published."""
    last, found = bytes(32), []
    for place, row in enumerate(journal["entries"], 1):
        digest = row["digest"]
        if "body" in row:
            digest = hashlib.sha256(bytes.fromhex(row["salt"]) + row["body"].encode()).hexdigest()
        line = {"version": row["version"], "at": row["at"], "actor": row["actor"], "command": row["command"]}
        text = _canonical(dict(line, name=row["name"], digest=digest))
        last = hashlib.sha256(last + text.encode()).digest()
        if row["version"] != place or row["hash"] != last.hex():
            return ["the journal was changed at entry %d" % place]
    if head and head.lower() not in {row["hash"] for row in journal["entries"]}:
        found.append("the noted head is not in this journal")
    if vote is not None:
        told = [
            json.loads(row["body"]) for row in journal["entries"] if row["name"] == "voting.closed" and "body" in row
        ]
        mine = [body for body in told if body["vote"] == vote["vote"]]
        counts = {(option, answer): number for body in mine for option, answer, number in body["counts"]}
        tally = {(o, a): number for o, by in vote["result"]["tally"].items() for a, number in by.items()}
        if len(mine) != 1 or counts != tally:
            found.append("the journal tells another count of this vote")
    return found


def _canonical(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def main() -> None:
    asked = argparse.ArgumentParser(description="Recompute a published vote.")
    asked.add_argument("vote", help="the published file of the vote")
    asked.add_argument("--receipt", default="", help="look for this envelope among those opened")
    asked.add_argument("--journal", help="the journal of the meeting")
    asked.add_argument("--head", default="", help="a hash of the journal that was noted before")
    given = asked.parse_args()
    with open(given.vote, encoding="utf-8") as file:
        vote = json.load(file)
    found = faults(vote, given.receipt)
    if given.journal:
        with open(given.journal, encoding="utf-8") as file:
            found += journal_faults(json.load(file), vote, given.head)
    for fault in found:
        print("DOES NOT AGREE:", fault)
    if not found:
        print("Everything agrees: %d ballots, %s" % (vote["result"]["voted"], _canonical(vote["result"]["tally"])))
        for option, (carried, by) in outcomes(vote).items():
            print("  %s: %s (%s)" % (option, "carried" if carried else "not carried", by))
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()
