"""Reading commands: what is not exactly a command is refused, whatever it is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetingroom.domain import meeting as _all_nouns  # noqa: F401  (registers every command)
from meetingroom.domain.messages import COMMANDS, EVENTS, Role, clean, read_command
from meetingroom.domain.moments import LATEST
from meetingroom.domain.refusals import Refused

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=10), inner, max_size=4),
    max_leaves=8,
)


@given(name=st.sampled_from(sorted(COMMANDS)) | st.text(max_size=20), arguments=json_values)
def test_nothing_but_refused_comes_of_nonsense(name: str, arguments: object) -> None:
    try:
        read_command(name, arguments)
    except Refused as refused:
        assert refused.code in {"malformed", "moment", "unknown_command"}


@pytest.mark.parametrize("name", ["papers.receive", "papers.accept", "papers.describe", "papers.reject"])
def test_a_socket_cannot_name_a_file(name: str) -> None:
    assert name in COMMANDS
    with pytest.raises(Refused, match="unknown_command"):
        read_command(name, {})


def test_true_is_not_a_page() -> None:
    with pytest.raises(Refused, match="malformed"):
        read_command("stage.turn_page", {"paper": "p", "page": True})


def test_a_year_of_five_digits_is_refused() -> None:
    assert read_command("circulation.extend", {"due": LATEST})
    with pytest.raises(Refused, match="moment"):
        read_command("circulation.extend", {"due": LATEST + 1})


def test_text_is_cleaned() -> None:
    assert clean("Hoà\u0300 \u202e  bình\x00\n") == "Hoà\u0300 bình".replace("a\u0300\u0300", "à\u0300")
    assert clean("Thuê\u0301") == "Thuế"
    assert clean(" một\nhai ", lines=True) == "một\nhai"


def test_every_command_says_who_may_give_it() -> None:
    for name, kind in COMMANDS.items():
        assert kind.by, name
        assert all(isinstance(role, Role) for role in kind.by)
        assert kind.wire or kind.by & {Role.SYSTEM, Role.SECRETARY, Role.CHAIR}


def test_commands_and_events_are_named_by_their_noun() -> None:
    nouns = {
        "meeting",
        "people",
        "agenda",
        "papers",
        "stage",
        "floor",
        "attendance",
        "voting",
        "notices",
        "screen",
        "minutes",
        "replies",
        "comments",
        "signing",
        "issuing",
        "reports",
        "conclusions",
        "seating",
        "support",
        "devices",
        "rights",
        "circulation",
        "preparing",
        "opinions",
        "reminders",
        "drawings",
    }
    assert {name.split(".")[0] for name in COMMANDS} == nouns
    assert {name.split(".")[0] for name in EVENTS} == nouns
