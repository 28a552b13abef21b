"""What no tablet sends: the line is closed with a reason, the server goes on, and no traceback floods the log."""

from __future__ import annotations

import contextlib
import json
import os
import random
from collections.abc import Callable, Iterator

import pytest

from meetingroom.endpoints.limits import DEVICES
from tests.endpoints.conftest import OPEN_PAPER, Door
from tests.endpoints.line import BINARY, CLOSE, MORE, PING, PONG, TEXT, Line, handshake

Send = Callable[[Line], None]
HELLO = b'{"hello": 1}'


def opened(door: Door, visitor: str = "delegate") -> Line:
    headers = {"Cookie": door.cookie(visitor), "Origin": door.server.base}
    line = handshake(door.server.port, f"{door.seat(visitor)}/live", headers)
    assert line.status == 101
    return line


@pytest.fixture(autouse=True)
def goes_on(door: Door) -> Iterator[None]:
    """Whatever one sends, the next one is served and nothing was worth a traceback."""
    yield
    with opened(door, "guest") as line:
        line.send(HELLO)
        assert line.hear("hello")["version"] > 0
    assert "Traceback" not in door.server.logged()


MALFORMED = {
    "no json": b"hello",
    "an unfinished text": b'{"hello": 1',
    "a number": b"1",
    "a list": b"[]",
    "null": b"null",
    "nothing": b"",
    "an empty object": b"{}",
    "another protocol": b'{"hello": 2}',
    "an id that is no text": b'{"id": 1, "do": "floor.ask"}',
    "an empty id": b'{"id": "", "do": "floor.ask"}',
    "a long id": b'{"id": "' + b"x" * 65 + b'", "do": "floor.ask"}',
    "an id with half a letter": b'{"id": "a\\ud800", "do": "floor.ask"}',
    "an id with a line break": b'{"id": "a\\n", "do": "floor.ask"}',
    "an id that is not ASCII": '{"id": "ộ", "do": "floor.ask"}'.encode(),
    "a command that is no text": b'{"id": "a", "do": {}}',
    "a signal without content": b'{"signal": "reading", "with": 1}',
    "NaN": b'{"hello": NaN}',
    "Infinity": b'{"id": "a", "do": "x", "with": {"n": -Infinity}}',
    "a lone surrogate as key": b'{"\\ud800": 1}',
    "a very large number": b"9" * 5000,
    "lists in lists": b"[" * 30_000,
    "objects in objects": b'{"a":' * 10_000,
}


@pytest.mark.parametrize("text", MALFORMED.values(), ids=MALFORMED)
def test_what_is_no_message_closes_the_line(door: Door, text: bytes) -> None:
    with opened(door) as line:
        line.send(text)
        assert line.closed() == 4400


ARGUMENTS = (None, 1, [], "x", {"paper": 1}, {"paper": "report", "page": True}, {"paper": "report", "page": 1e999})
ODD_COMMANDS = (
    *({"id": f"a{n}", "do": "stage.turn_page", "with": arguments} for n, arguments in enumerate(ARGUMENTS[:-1])),
    {"id": "b", "do": "no.such", "with": {}},
    {"id": "c", "do": "papers.receive", "with": {"file": "x", "file_name": "x", "size": 1}},  # the server's own
    {"id": "d", "do": "floor.ask", "with": {"topic": "x" * 5000}},
    {"id": "e", "do": "floor.ask", "with": {"topic": "\ud800"}},
    {"id": "f", "do": "floor.ask", "with": {"more": 1}},
    {"id": "g", "do": "stage.turn_page", "with": {"paper": "report", "page": 10**40}},
    {"id": "h", "do": "meeting.close", "with": {}},
)


def test_an_odd_command_is_refused_in_words_and_the_line_stays(door: Door) -> None:
    with opened(door) as line:
        line.send(HELLO)
        for command in ODD_COMMANDS:
            line.send(json.dumps(command).encode())
            answer = line.hear("refused")
            assert answer["refused"] == command["id"]
            assert answer["text"] and not answer["text"].startswith("refusal."), answer


def test_half_a_letter_from_one_device_is_not_the_loss_of_others(door: Door) -> None:
    """What cannot be encoded must not reach the journal, where it would fail together with everybody's commands."""
    with opened(door, "secretary") as odd, opened(door, "chair") as other:
        odd.say({"id": "half", "do": "notices.send", "with": {"text": "Giải\udcff lao\0"}})
        other.say({"id": "whole", "do": "notices.send", "with": {"text": "Giải lao"}})
        assert odd.hear("done")["done"] == "half"
        assert other.hear("done")["done"] == "whole"


def two_texts_at_once(line: Line) -> None:
    line.send(b'{"hel', final=False)
    line.send(HELLO)


BROKEN: dict[str, tuple[Send, int]] = {
    "binary": (lambda line: line.send(HELLO, BINARY), 4400),
    "bad UTF-8": (lambda line: line.send(b'{"hello": "\xff"}'), 1007),
    "an unfinished letter": (lambda line: line.send("ộ".encode()[:-1]), 1007),
    "unmasked": (lambda line: line.send(HELLO, masked=False), 1002),
    "a reserved bit": (lambda line: line.send(HELLO, rsv=4), 1002),
    "a reserved opcode": (lambda line: line.send(HELLO, opcode=3), 1002),
    "a continuation of nothing": (lambda line: line.send(HELLO, opcode=MORE), 1002),
    "a text within a text": (two_texts_at_once, 1002),
    "a long ping": (lambda line: line.send(b"x" * 126, PING), 1002),
    "a ping in parts": (lambda line: line.send(b"x", PING, final=False), 1002),
    "a close without a code": (lambda line: line.send(b"\x03", CLOSE), 1002),
    "a close with a code nobody may use": (lambda line: line.send((1005).to_bytes(2, "big"), CLOSE), 1002),
    "an oversized text": (lambda line: line.send(b'{"hello": 1, "x": "' + b"x" * 70_000 + b'"}'), 1009),
}


@pytest.mark.parametrize(("send", "code"), BROKEN.values(), ids=BROKEN)
def test_what_breaks_the_protocol_closes_the_line_with_its_code(door: Door, send: Send, code: int) -> None:
    with opened(door) as line:
        send(line)
        assert line.closed() == code


def test_it_does_so_too_while_pages_are_sent_past_the_transport(door: Door) -> None:
    """Lines in step are written to with the bare send of their socket; one that is about to close must fall out before."""
    with contextlib.ExitStack() as stack:
        broken = {name: stack.enter_context(opened(door, "guest")) for name in BROKEN}
        chair, other = (stack.enter_context(opened(door, visitor)) for visitor in ("chair", "delegate"))
        for line in (chair, other, *broken.values()):
            line.send(HELLO)
            line.hear("hello")
        turn(chair, 1)
        for line in broken.values():
            line.hear("patch")
        for number, (name, line) in enumerate(broken.items()):
            BROKEN[name][0](line)
            turn(chair, 2 - number % 2)
        assert {name: line.closed() for name, line in broken.items()} == {
            name: code for name, (_, code) in BROKEN.items()
        }
        turn(chair, 2)
        while other.hear("patch")["patch"].get("stage", {}).get("page") != 2:
            pass


def turn(chair: Line, page: int) -> None:
    """The chair has the room on this page of the paper."""
    command = {"id": os.urandom(8).hex(), "do": "stage.show", "with": {"paper": OPEN_PAPER, "page": page}}
    chair.say(command)
    while chair.hear("done")["done"] != command["id"]:
        pass


def test_an_oversized_text_in_small_parts_is_not_collected(door: Door) -> None:
    with opened(door) as line:
        try:
            line.send(b'{"x": "', final=False)
            for _ in range(200):
                line.send(b"x" * 1000, MORE, final=False)
        except ConnectionError:
            pass  # cut while we still sent: as good
        assert line.closed() in (1009, 1006)


def test_bad_utf_8_in_parts_is_found_when_whole(door: Door) -> None:
    with opened(door) as line:
        line.send(b'{"hello": "\xc6', final=False)
        line.send(b'x"}', MORE)
        assert line.closed() == 1007


def test_a_text_in_parts_is_one_message_also_with_pings_between_and_letters_cut(door: Door) -> None:
    text = '{"id": "parts", "do": "không có", "with": {}}'.encode()
    with opened(door) as line:
        line.send(HELLO)
        line.send(text[:1], final=False)
        for position in range(1, len(text)):
            line.send(b"p", PING)
            line.send(text[position : position + 1], MORE, final=position == len(text) - 1)
        assert line.hear("refused")["refused"] == "parts"


def test_a_ping_is_answered_and_a_pong_nobody_asked_for_is_not(door: Door) -> None:
    with opened(door) as line:
        line.send(b"x", PONG)
        line.send(b"Tablet", PING)
        assert line.frame() == (PONG, b"Tablet")


def test_a_close_is_answered(door: Door) -> None:
    with opened(door) as line:
        line.send((1000).to_bytes(2, "big"), CLOSE)
        assert line.closed() == 1000


def test_noise_closes_the_line(door: Door) -> None:
    chance = random.Random(7)
    for _ in range(30):
        with opened(door) as line:
            try:
                line.connection.sendall(chance.randbytes(chance.randrange(20, 3000)))
                line.connection.shutdown(1)
            except OSError:
                continue
            line.closed()


def test_who_asks_too_much_is_cut_off_and_nobody_else(door: Door) -> None:
    with opened(door) as flood, opened(door, "guest") as other:
        flood.send(HELLO)
        other.send(HELLO)
        for number in range(60):
            try:
                flood.say({"id": f"n{number}", "do": "no.such", "with": {}})
            except ConnectionError:
                break
        assert flood.closed() == 4408
        other.say({"id": "o", "do": "no.such", "with": {}})
        assert other.hear("refused")["refused"] == "o"


@pytest.mark.parametrize("message", [{"hello": 1}, {"signal": "pointer", "with": {}}], ids=["hellos", "signals"])
def test_what_costs_no_command_has_its_limit_too(door: Door, message: object) -> None:
    with opened(door) as flood:
        for _ in range(1000):
            try:
                flood.say(message)
            except ConnectionError:
                break
        assert flood.closed() == 4408


def test_a_person_has_so_many_devices_and_no_more(door: Door) -> None:
    with contextlib.ExitStack() as stack:
        for _ in range(DEVICES):
            stack.enter_context(opened(door, "screen")).say({"hello": 1})
        assert stack.enter_context(opened(door, "screen")).closed() == 4408
        stack.enter_context(opened(door)).say({"hello": 1})  # of somebody else
    for _ in range(100):
        with opened(door, "screen") as line:
            line.say({"hello": 1})
            with contextlib.suppress(AssertionError):
                assert line.hear("hello")
                return
    raise AssertionError("who has gone still counts")


def test_commands_before_a_hello_are_answered_too(door: Door) -> None:
    with opened(door) as line:
        line.send(b'{"id": "early", "do": "no.such", "with": {}}', TEXT)
        assert line.hear("refused")["refused"] == "early"
