"""Issued documents change no more: they come back signed, and are put right by new ones that name them."""

from meetingroom.domain.audience import Audience
from meetingroom.domain.issuing import MINUTES, IssueDocument, Kind, TakeBackDocument, in_force
from meetingroom.domain.minutes import Approve
from meetingroom.domain.sitting import Close
from tests.export.stories import held_story
from tests.stories import CHAIR, FINANCE, SECRETARY, Story


def issue(kind: Kind, **other: str) -> IssueDocument:
    return IssueDocument(kind=kind, file=other.pop("file", "a"), **other)


def test_a_document_is_issued_once_and_then_only_put_right_by_another() -> None:
    story = held_story()
    story.refuses(SECRETARY, issue(Kind.CONCLUSIONS), "issuing.not_ready")
    story.refuses(SECRETARY, issue(Kind.RESULT, about="none"), "issuing.not_ready")
    story.refuses(FINANCE, issue(Kind.RESULT, about="v"), "not_permitted")
    story.give(SECRETARY, issue(Kind.RESULT, about="v", number="1/BB"), made="first")
    story.refuses(SECRETARY, issue(Kind.RESULT, about="v"), "issuing.issued_already")
    again = {"about": "v", "corrects": "first"}
    story.refuses(SECRETARY, issue(Kind.RESULT, **again), "issuing.needs_reason")
    story.give(CHAIR, issue(Kind.RESULT, **again, reason="Sai họ tên"), made="second")
    story.refuses(SECRETARY, issue(Kind.RESULT, **again, reason="Sai"), "issuing.issued_already")
    last = in_force(story.meeting.issuing, Kind.RESULT, "v")
    assert last and (last.id, last.corrects) == ("second", "first")
    seen = story.view(Audience.CONSOLE)["issuing"]
    assert seen["first"]["number"] == "1/BB" and seen["second"]["corrects"] == "first"
    assert story.view(Audience.MEMBER)["issuing"] == story.view(Audience.GUEST)["issuing"] == {}


def test_what_came_back_signed_takes_the_place_of_what_was_printed() -> None:
    story = held_story()
    story.give(SECRETARY, issue(Kind.ATTENDANCE), made="d")
    back = {"file": "b", "signers": ("Một",)}
    story.refuses(SECRETARY, TakeBackDocument(document="x", over="a", **back), "issuing.unknown")
    story.refuses(SECRETARY, TakeBackDocument(document="d", over="z", **back), "signing.signed_meanwhile")
    story.refuses(SECRETARY, TakeBackDocument(document="d", file="b", over="a", signers=()), "signing.no_signature")
    story.give(SECRETARY, TakeBackDocument(document="d", over="a", **back))
    assert (story.meeting.issuing["d"].file, story.meeting.issuing["d"].signers) == ("b", ("Một",))
    assert story.view(Audience.CONSOLE)["issuing"]["d"]["signers"] == {"0": "Một"}


def test_approved_minutes_are_corrected_by_a_document_that_names_them() -> None:
    story = Story.in_session()
    correction = {"corrects": MINUTES, "reason": "Điểm 2 đọc là 15 tỷ đồng"}
    story.refuses(SECRETARY, issue(Kind.CORRECTION, **correction), "issuing.unknown")
    story.give(CHAIR, Close())
    story.give(CHAIR, Approve(sections=(), revisions=0))
    story.refuses(SECRETARY, issue(Kind.CORRECTION, corrects=MINUTES), "issuing.needs_reason")
    story.refuses(SECRETARY, issue(Kind.CORRECTION, reason="Sai"), "issuing.unknown")
    story.give(SECRETARY, issue(Kind.CORRECTION, **correction), made="d")
    story.give(SECRETARY, issue(Kind.CORRECTION, **correction), made="e")
    assert set(story.meeting.issuing) == {"d", "e"}


def test_what_was_made_elsewhere_has_a_title_and_a_signature() -> None:
    story = held_story()
    other = {"kind": Kind.OTHER, "file": "a"}
    story.refuses(SECRETARY, IssueDocument(**other, signers=("Một",)), "issuing.needs_title")
    story.refuses(SECRETARY, IssueDocument(**other, title="Nghị quyết"), "signing.no_signature")
    story.give(SECRETARY, IssueDocument(**other, title="Nghị quyết", signers=("Một",)), made="d")
    assert story.meeting.issuing["d"].signed_at == story.now
    story.give(SECRETARY, issue(Kind.INVITATION), made="g")
    assert story.meeting.issuing["g"].signed_at == 0
