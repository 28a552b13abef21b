"""The minutes as a file: printed once when they are approved, taken back signed, never replaced by another text."""

from meetingroom.domain.audience import Audience
from meetingroom.domain.minutes import Approve
from meetingroom.domain.people import SERVER
from meetingroom.domain.signing import Produce, TakeBack
from meetingroom.domain.sitting import Close
from tests.stories import CHAIR, FINANCE, SECRETARY, Story


def test_the_signed_file_takes_the_place_of_the_printed_one() -> None:
    story = Story.in_session()
    story.give(CHAIR, Close())
    story.refuses(SERVER.id, Produce(file="a"), "signing.not_approved")
    story.give(CHAIR, Approve(sections=(), revisions=0))
    story.refuses(SECRETARY, TakeBack(file="b", over="", signers=("Một",)), "signing.signed_meanwhile")
    story.give(SERVER.id, Produce(file="a"))
    assert story.give(SERVER.id, Produce(file="other")) == () and story.meeting.signing.file == "a"
    assert story.view(Audience.MEMBER)["signing"] == {}
    story.refuses(FINANCE, TakeBack(file="b", over="a", signers=("Một",)), "not_permitted")
    story.refuses(SECRETARY, TakeBack(file="b", over="a", signers=()), "signing.no_signature")
    story.give(SECRETARY, TakeBack(file="b", over="a", signers=("Một",)))
    story.refuses(CHAIR, TakeBack(file="c", over="a", signers=("Hai",)), "signing.signed_meanwhile")
    story.give(CHAIR, TakeBack(file="c", over="b", signers=("Một", "Hai")))
    assert story.meeting.signing.file == "c"
    for audience in Audience:
        seen = story.view(audience).get("signing", {}).get("signers", {})
        told = audience in (Audience.CONSOLE, Audience.MEMBER)
        assert seen == ({"0": "Một", "1": "Hai"} if told else {}), audience
