"""Devices: the first is nobody's question, a further one is until another device of the same person says whose it is."""

from __future__ import annotations

from meetingroom.domain.audience import Audience
from meetingroom.domain.devices import Accept, Arrive, DeviceArrived, Disown, Leave, Settle
from meetingroom.domain.messages import read_event
from meetingroom.domain.people import SERVER, RemoveParticipant
from meetingroom.domain.sitting import Close
from tests.stories import CHAIR, FINANCE, HEALTH, SECRETARY, Story


def arrive(story: Story, device: str, who: str = FINANCE) -> None:
    story.give(SERVER.id, Arrive(participant=who, device=device, what="Chrome · Android"))


def unknown(story: Story) -> list[str]:
    return [key for key, device in story.own(FINANCE)["devices"].items() if "unknown" in device]


def two() -> Story:
    story = Story.in_session()
    arrive(story, "first")
    arrive(story, "second")
    return story


def test_a_further_device_is_asked_about_until_somebody_says_it_is_theirs() -> None:
    story = two()
    assert unknown(story) == ["second"]
    assert story.own(HEALTH)["devices"] == {}, "nobody else's business"
    story.give(SERVER.id, Accept(participant=FINANCE, device="second", voucher="first"))
    assert unknown(story) == []
    assert story.give(SERVER.id, Arrive(participant=FINANCE, device="second", what="x")) == (), "it came back"
    assert list(story.own(FINANCE)["devices"]) == ["first", "second"]


def test_a_disowned_device_is_gone_and_chair_and_secretary_hear_of_it() -> None:
    story = two()
    story.give(SERVER.id, Disown(participant=FINANCE, device="second"))
    assert list(story.own(FINANCE)["devices"]) == ["first"]
    assert story.view(Audience.CONSOLE)["devices"]["disowned"] == {FINANCE: story.now}
    for audience in (Audience.MEMBER, Audience.GUEST, Audience.SCREEN):
        assert story.view(audience)["devices"] == {}
    story.refuses(FINANCE, Settle(participant=FINANCE), "not_permitted")
    story.give(CHAIR, Settle(participant=FINANCE))
    assert story.view(Audience.CONSOLE)["devices"]["disowned"] == {}
    story.refuses(SECRETARY, Settle(participant=FINANCE), "devices.unknown")


def test_the_one_that_stays_is_no_question() -> None:
    story = two()
    story.give(SERVER.id, Leave(participant=FINANCE, device="first"))
    assert unknown(story) == []
    assert story.give(SERVER.id, Leave(participant=FINANCE, device="first")) == ()
    story.refuses(SERVER.id, Accept(participant=FINANCE, device="first", voucher="second"), "devices.unknown")
    story.refuses(SERVER.id, Disown(participant=FINANCE, device="first"), "devices.unknown")


def test_who_is_removed_has_no_devices() -> None:
    story = two()
    story.give(SERVER.id, Disown(participant=FINANCE, device="second"))
    story.give(SECRETARY, RemoveParticipant(participant=FINANCE))
    assert story.meeting.devices.of == {}
    assert story.view(Audience.CONSOLE)["devices"]["disowned"] == {}


def test_who_comes_to_read_after_the_closing_leaves_the_journal_as_it_is() -> None:
    story = two()
    story.give(CHAIR, Close())
    assert story.give(SERVER.id, Arrive(participant=FINANCE, device="third", what="x")) == ()
    assert story.give(SERVER.id, Leave(participant=FINANCE, device="first")) == ()


def test_no_device_speaks_for_itself() -> None:
    story = two()
    story.refuses(FINANCE, Accept(participant=FINANCE, device="second", voucher="first"), "not_permitted")
    story.refuses(SECRETARY, Disown(participant=FINANCE, device="second"), "not_permitted")


def test_only_a_known_device_vouches_for_another() -> None:
    story = two()
    arrive(story, "third")
    for by in ("second", "third", "elsewhere"):
        story.refuses(SERVER.id, Accept(participant=FINANCE, device="third", voucher=by), "devices.unknown")
    for by in ("first", "second"):
        story.give(SERVER.id, Arrive(participant=FINANCE, device=f"linked by {by}", what="x", voucher=by))
    assert unknown(story) == ["second", "third", "linked by second"]


def test_an_arrival_from_before_links_were_kept_apart_is_read() -> None:
    body = {"participant": FINANCE, "device": "first", "what": "x", "at": 1}
    assert read_event("devices.arrived", body) == DeviceArrived(participant=FINANCE, device="first", what="x", at=1)
