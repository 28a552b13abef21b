"""Documents of other agencies: something is done with each of them once."""

from __future__ import annotations

from meetingroom.storage.dispatches import IN, LEASE, STATUS, Dispatch, Dispatches
from meetingroom.storage.engine import Database

CAME = Dispatch("a", IN, "d", "p", "f", 1, status="01")


def _answer(key: str) -> Dispatch:
    return Dispatch(key, STATUS, "d", "p", "g", 2, due=2)


def test_what_was_done_first_stays(database: Database) -> None:
    known = Dispatches(database)
    known.add([CAME])
    assert known.answered(CAME, "03", "", 2, _answer("b"), "m", "paper")
    assert not known.answered(CAME, "02", "no", 3, _answer("c"), "", "")
    kept = known.find("a")
    assert kept and (kept.status, kept.paper) == ("03", "paper")
    assert known.find("c") is None and not known.claim(CAME, 9 * LEASE)


def test_one_at_a_time_has_it_and_the_dead_do_not_keep_it(database: Database) -> None:
    known = Dispatches(database)
    known.add([CAME])
    assert known.claim(CAME, 10) and not known.claim(CAME, 11)
    assert known.due(10 + LEASE, 9) == [], "it is not to be sent"
    known.release(CAME)
    assert known.claim(CAME, 12) and not known.claim(CAME, 11 + LEASE)
    assert known.claim(CAME, 12 + LEASE)
