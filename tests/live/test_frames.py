"""Frames: what we write by hand is what another implementation of the protocol reads."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from websockets.frames import Opcode

from meetingroom.live import frames
from tests.live.hall import decoded, parsed

JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(),
    lambda parts: st.lists(parts) | st.dictionaries(st.text(), parts),
    max_leaves=20,
)


@pytest.mark.parametrize(
    ("size", "header"), [(0, 2), (125, 2), (126, 4), (127, 4), (65_535, 4), (65_536, 10), (200_000, 10)]
)
def test_the_header_tells_the_size(size: int, header: int) -> None:
    framed = frames.frame(b"x" * size)
    assert len(framed) == header + size
    frame, rest = parsed(framed)
    assert (frame.opcode, frame.fin, frame.rsv1, bytes(frame.data)) == (Opcode.TEXT, True, False, b"x" * size)
    assert rest == b""


def test_frames_follow_one_another() -> None:
    first, rest = parsed(frames.frame(b"a" * 126) + frames.frame(b"b"))
    second, rest = parsed(rest)
    assert (bytes(first.data), bytes(second.data), rest) == (b"a" * 126, b"b", b"")


@given(st.dictionaries(st.text(), JSON))
def test_a_message_is_read_as_it_was_written(message: dict[str, object]) -> None:
    assert decoded(frames.encode(message)) == message


@given(st.dictionaries(st.text(), JSON), st.dictionaries(st.text(), JSON))
def test_a_hello_is_put_together_from_encoded_parts(me: dict[str, object], view: dict[str, object]) -> None:
    whole = decoded(frames.hello("epoch", 7, 8, frames.dumps(me), json.dumps(view).encode()))
    assert whole == {"hello": 1, "epoch": "epoch", "version": 7, "now": 8, "me": me, "view": view}
    assert decoded(frames.hello("epoch", 7, 8, frames.dumps(me), None)) == {
        k: v for k, v in whole.items() if k != "view"
    }


@given(st.dictionaries(st.text(), JSON), st.dictionaries(st.text(), JSON), st.integers(0, 70_000))
def test_a_compressed_hello_says_the_same(me: dict[str, object], view: dict[str, object], more: int) -> None:
    """Read by the implementation of the standard that the library has, window and all; `more`: beyond one stored block."""
    me, snapshot = me | {"more": "x" * more}, json.dumps(view).encode()
    frame, rest = parsed(
        frames.deflated_hello("epoch", 7, 8, frames.dumps(me), frames.deflated(snapshot)), deflate=True
    )
    assert (frame.opcode, frame.fin, rest) == (Opcode.TEXT, True, b"")
    assert bytes(frame.data) == parsed(frames.hello("epoch", 7, 8, frames.dumps(me), snapshot))[0].data
