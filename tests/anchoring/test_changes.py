"""What changed between two revisions, as a delegate is told it."""

from hypothesis import given, settings
from hypothesis import strategies as st

from meetingroom.anchoring.alignment import NONE, align
from meetingroom.anchoring.changes import changes
from meetingroom.anchoring.pages import Text
from tests.anchoring.printing import printed
from tests.anchoring.test_carrying import MORE, PAPER, REPORT


def told(before: list[str], after: list[str]) -> list[tuple[str, str, str]]:
    return [
        (each["kind"], each.get("was", ""), each.get("now", "")) for each in changes(printed(before), printed(after))
    ]


def test_a_corrected_number_is_one_change() -> None:
    after = [word.replace("527.679", "530.112") for word in PAPER]
    assert told(PAPER, after) == [("replaced", "527.679", "530.112")]


def test_what_was_added_and_removed_is_told_with_its_words() -> None:
    after = [word for word in PAPER if word not in ("an", "toàn", "ninh")]
    after = [*after[:20], "và", "thư", "điện", "tử", *after[20:]]
    kinds = told(PAPER, after)
    assert ("added", "", "và thư điện tử") in kinds
    assert any(kind == "removed" and "an ninh" in was for kind, was, _ in kinds)


def test_a_moved_passage_is_told_as_moved_and_not_as_new() -> None:
    found = told(PAPER, [*MORE, *REPORT])
    assert {kind for kind, _, _ in found} == {"moved"}


def test_text_that_only_runs_on_to_another_page_has_not_changed() -> None:
    found = changes(printed(PAPER), printed([*("mới" + str(number) for number in range(700)), *PAPER]))
    assert [each["kind"] for each in found] == ["added"]
    assert len(found[0]["boxes"]) > 1, "boxes on each page it covers"


def test_the_same_paper_twice_has_no_change() -> None:
    assert told(PAPER, PAPER) == told([], []) == []


texts = st.lists(st.sampled_from(["một", "hai", "ba", "bốn", "năm"]), max_size=60)


@settings(deadline=None)
@given(before=texts, after=texts)
def test_an_alignment_pairs_equal_words_once(before: list[str], after: list[str]) -> None:
    alignment = align(before, after)
    pairs = [(here, there) for here, there in enumerate(alignment.to) if there != NONE]
    assert all(before[here] == after[there] for here, there in pairs)
    assert len({there for _, there in pairs}) == len(pairs)
    stayed = [there for here, there in pairs if here not in alignment.moved]
    assert stayed == sorted(stayed)


@settings(deadline=None)
@given(before=texts, after=texts)
def test_taking_out_and_putting_in_what_changed_makes_the_one_text_the_other(
    before: list[str], after: list[str]
) -> None:
    found = changes(printed(before), printed(after))
    gone = sum(len(each["was"].split()) for each in found if "was" in each)
    new = sum(len(each["now"].split()) for each in found if each["kind"] != "moved" and "now" in each)
    moved = sum(len(each["now"].split()) for each in found if each["kind"] == "moved")
    assert len(before) - gone + new <= len(after) <= len(before) - gone + new + moved


def test_a_change_says_where_it_stands_in_both_revisions() -> None:
    after = [*PAPER[:40], "thêm", "vào", *PAPER[40:]]
    (found,) = changes(printed(PAPER), printed(after))
    words = printed(PAPER).words
    assert found["at_before"] == [words[40].page, words[40].box[1]]
    assert found["at"] == [found["page"], min(box[1] for box in found["boxes"][str(found["page"])])]
    (gone,) = changes(printed(after), printed(PAPER))
    assert (gone["kind"], gone["at"], gone["at_before"]) == ("removed", found["at_before"], found["at"])


def test_a_scanned_page_that_was_not_there_before_is_told_as_a_picture() -> None:
    scans = [{"width": 595, "height": 842, "words": [], "look": look} for look in ("a", "b", "c")]
    found = changes(Text.read(scans[:2]), Text.read([scans[0], scans[2], scans[1]]))
    assert [(each["kind"], each["page"], each["at_before"]) for each in found] == [("picture", 2, [2, 0.0])]
