"""A worker is not trusted: what it sends is a frame or it is nothing."""

import asyncio
import json
import os

import pytest

from meetingroom.rendering.frames import LONGEST_BODY, BrokenFrame, Frame, receive, send


def received(sent: bytes) -> Frame | None:
    async def story() -> Frame | None:
        stream = asyncio.StreamReader()
        stream.feed_data(sent)
        stream.feed_eof()
        return await receive(stream)

    return asyncio.run(story())


def headed(head: object, body: bytes = b"") -> bytes:
    text = json.dumps(head).encode()
    return len(text).to_bytes(4, "big") + text + body


def test_what_is_sent_is_received() -> None:
    reading, writing = os.pipe()
    send(writing, {"is": "image", "page": 3}, b"\x89PNG")
    os.close(writing)
    with open(reading, "rb") as pipe:
        frame = received(pipe.read())
    assert frame is not None and (frame.kind, frame.head["page"], frame.body) == ("image", 3, b"\x89PNG")


def test_the_end_is_the_end_wherever_it_comes() -> None:
    whole = headed({"bytes": 4}, b"abcd")
    assert [received(whole[:cut]) for cut in range(len(whole))] == [None] * len(whole)


@pytest.mark.parametrize(
    "sent",
    [
        b"\xff\xff\xff\xff",
        headed([]),
        headed({}),
        headed({"bytes": -1}),
        headed({"bytes": "4"}),
        headed({"bytes": LONGEST_BODY + 1}),
        b"\0\0\0\x02{]",
        b"\0\0\0\x02\xff\xff",
    ],
)
def test_what_is_no_frame_is_refused(sent: bytes) -> None:
    with pytest.raises(BrokenFrame):
        received(sent)
