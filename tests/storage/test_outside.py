"""What is kept for systems outside, on both databases: tokens, what is to be told, pages of meetings, adopted meetings."""

from __future__ import annotations

import pytest

from meetingroom.domain.outward import Occasion, Outward
from meetingroom.storage.engine import Database
from meetingroom.storage.hooks import GIVEN_UP, LEASE, PAUSE, Hooks, tell, usable
from meetingroom.storage.journal import Conflict, Entry, Journal, Summary
from meetingroom.storage.meetings import Meetings
from meetingroom.storage.tokens import LATELY, Scope, Tokens

KEY = b"k" * 32


class Clock:
    def __init__(self) -> None:
        self.now = 1_700_000_000_000

    def __call__(self) -> int:
        return self.now


def test_a_token_counts_until_it_is_revoked_and_its_use_is_noted(database: Database) -> None:
    clock = Clock()
    tokens = Tokens(database, clock)
    token, secret = tokens.make("Cổng", frozenset({Scope.PAPERS}), "admin")
    other, _ = tokens.make("Trục", frozenset(Scope), "admin")
    found = tokens.find(secret)
    assert found and (found.id, found.scopes) == (token.id, {Scope.PAPERS}) and tokens.find(secret + "x") is None
    assert {each.id: each.used_at for each in tokens.all()} == {token.id: clock.now, other.id: 0}
    first, clock.now = clock.now, clock.now + LATELY - 1
    tokens.find(secret)
    assert {each.used_at for each in tokens.all()} == {first, 0}, "not a row written for every request"
    assert tokens.revoke(token.id) and tokens.find(secret) is None and tokens.revoke(token.id) is None


def test_what_is_told_is_written_with_the_event_taken_by_one_and_tried_again(database: Database) -> None:
    clock, journal = Clock(), Journal(database)
    hooks = Hooks(database, KEY, clock)
    hook = hooks.make("https://cong.example/tin", frozenset({Occasion.PAPER_RELEASED}), "admin")
    told = (Outward(Occasion.PAPER_RELEASED, "p"), Outward(Occasion.RESULT_PUBLISHED, "v"))
    entry = Entry("m", 1, clock.now, "s", None, "papers.released", {"paper": "p"})
    journal.append([entry], None, [tell("m", told, clock.now)])
    with pytest.raises(Conflict):
        journal.append([entry], None, [tell("m", told, clock.now)])
    other = Hooks(database, KEY, clock)
    ((one, whose),) = hooks.due(8)
    assert (one.about, whose.id) == ("p", hook.id) and other.due(8) == [], "another server leaves it alone"
    clock.now += LEASE
    ((again, _),) = other.due(8)
    assert again.id == one.id, "unless the first died over it"
    waits = []
    for _ in range(4):
        other.tried(again, 503, "")
        (again,) = other.lately(9)
        waits.append(again.due - clock.now)
    assert waits == [PAUSE, 3 * PAUSE, 9 * PAUSE, 27 * PAUSE]
    clock.now += GIVEN_UP
    other.tried(again, 0, "OSError")
    assert other.due(8) == [] and [each.due for each in other.lately(9)] == [0]
    assert hooks.remove(hook.id) and hooks.lately(9) == [] and hooks.all() == []


def test_only_addresses_of_the_web_are_told(database: Database) -> None:
    assert usable("https://a.example:8443/x?y=1") and usable("http://10.0.0.7/")
    for url in (
        "file:///etc/passwd",
        "https://me:word@a.example/",
        "ftp://a/",
        "https://",
        "http://a b/",
        "",
        "http://a:x/",
    ):
        assert not usable(url), url


def test_meetings_are_told_page_by_page_without_drafts_and_adopted_ones(database: Database) -> None:
    journal, meetings = Journal(database), Meetings(database)
    for number, phase in enumerate(("closed", "draft", "published", "published", "published", "published")):
        starts = 10 if number > 3 else number  # the last two at the same time
        entry = Entry(f"m{number}", 1, 1, "s", None, "x", {})
        journal.append([entry], Summary(f"m{number}", "t", starts, phase, "A"))
    assert [each.id for each in meetings.page(False, 0, None, 9)] == ["m2", "m3", "m4", "m5"]
    assert [each.id for each in meetings.page(False, 0, (10, "m4"), 9)] == ["m5"]
    assert [each.id for each in meetings.page(True, 3, None, 9)] == ["m2", "m0"]
    assert [each.id for each in meetings.page(True, 3, (2, "m2"), 9)] == ["m0"]
    rows = journal.rows("m0")
    with pytest.raises(Conflict):
        journal.adopt(rows, Summary("m0", "t", 0, "closed", "A"))
    journal.adopt(rows, Summary("abroad", "t", 0, "closed", "A"))
    assert journal.is_foreign("abroad") and not journal.is_foreign("m0") and journal.verify("abroad") is None
    assert [each.id for each in meetings.foreign()] == ["abroad"]
    assert [each.id for each in meetings.page(True, 3, None, 9)] == ["m2", "m0"], (
        "what was adopted is not ours to tell of"
    )
