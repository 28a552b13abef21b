"""Requests for service and messages as they are kept: once however often they are sent, shown to whom they concern."""

from __future__ import annotations

from dataclasses import replace

import pytest

from meetingroom.domain.support import Errand, Need
from meetingroom.storage.engine import Database
from meetingroom.storage.support import MOST_WAITING, KeptErrand, Message, Support, TooMany

TEA = KeptErrand("e1", "finance", Need.WATER, "", 10, Errand.ASKED, "", 10)
HELLO = Message("m1", "finance", "", True, "Xin tài liệu", 10)


def test_what_is_sent_twice_is_kept_once(database: Database) -> None:
    support = Support(database)
    for _ in range(2):
        support.ask("m", TEA)
        support.say("m", HELLO)
    assert support.errands("m", None) == [TEA]
    assert support.messages("m", "secretary", desk=True) == [HELLO]
    assert support.errands("other", None) == []


def test_each_sees_their_own_and_the_desk_all_that_is_for_it(database: Database) -> None:
    support = Support(database)
    private = Message("m2", "finance", "health", False, "Riêng", 20)
    answer = Message("m3", "secretary", "finance", True, "Đã gửi", 30)
    support.ask("m", TEA)
    support.ask("m", replace(TEA, id="e2", participant="health", at=20))
    for message in (HELLO, private, answer):
        support.say("m", message)
    assert [each.id for each in support.errands("m", "health")] == ["e2"]
    assert [each.id for each in support.errands("m", None)] == ["e1", "e2"]
    assert support.messages("m", "secretary", desk=True) == [HELLO, answer]
    assert support.messages("m", "finance", desk=False) == [HELLO, private, answer]
    assert support.messages("m", "health", desk=False) == [private]
    assert support.messages("m", "justice", desk=False) == []


def test_of_two_who_take_it_one_is_first(database: Database) -> None:
    support = Support(database)
    support.ask("m", TEA)
    found = support.find("m", "e1")
    assert found == TEA
    assert support.move("m", found, Errand.TAKEN, "an", 20)
    assert not support.move("m", found, Errand.TAKEN, "binh", 21)
    assert support.find("m", "e1") == replace(TEA, state=Errand.TAKEN, by="an", changed_at=20)
    assert support.find("m", "nothing") is None


def test_nobody_fills_the_list(database: Database) -> None:
    support = Support(database)
    for number in range(MOST_WAITING):
        support.ask("m", replace(TEA, id=f"e{number}"))
    with pytest.raises(TooMany):
        support.ask("m", replace(TEA, id="one more"))
    support.ask("m", TEA)
    support.move("m", TEA, Errand.DONE, "an", 20)
    support.ask("m", replace(TEA, id="one more"))
