"""The usual handshake is answered without the library: word for word as the library would, and never where it would refuse."""

from __future__ import annotations

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st
from websockets.datastructures import Headers
from websockets.extensions.permessage_deflate import PerMessageDeflate
from websockets.http11 import Request
from websockets.server import ServerProtocol

from meetingroom.endpoints.handshake import DEFLATE, HEADERS, LONGEST, Unusual, agreed

URL = b"/m/m/finance/live"
CHROMIUM = {
    b"host": b"hop.tinh.example",
    b"connection": b"Upgrade",
    b"pragma": b"no-cache",
    b"cache-control": b"no-cache",
    b"user-agent": b"Mozilla/5.0",
    b"upgrade": b"websocket",
    b"origin": b"https://hop.tinh.example",
    b"sec-websocket-version": b"13",
    b"accept-encoding": b"gzip, deflate, br, zstd",
    b"cookie": b"session=x.y; language=vi",
    b"sec-websocket-key": b"dGhlIHNhbXBsZSBub25jZQ==",
    b"sec-websocket-extensions": b"permessage-deflate; client_max_window_bits",
}
FIREFOX = CHROMIUM | {b"connection": b"keep-alive, Upgrade", b"sec-websocket-extensions": b"permessage-deflate"}
PROXIED = CHROMIUM | {b"connection": b"upgrade", b"upgrade": b"WebSocket"}
PLAIN = {name: value for name, value in CHROMIUM.items() if name != b"sec-websocket-extensions"}
UNKNOWN = CHROMIUM | {b"sec-websocket-extensions": b"x-webkit-deflate-frame"}
NARROW = CHROMIUM | {b"sec-websocket-extensions": b"permessage-deflate; server_max_window_bits=10"}


def by_the_library(headers: dict[bytes, bytes]) -> tuple[int, dict[str, str], list[PerMessageDeflate]]:
    protocol = ServerProtocol(extensions=[DEFLATE])
    given = Headers([(name.decode(), value.decode("latin-1")) for name, value in headers.items()])
    response = protocol.accept(Request(URL.decode(), given))
    said = {name.lower(): value for name, value in response.headers.raw_items() if name != "Date"}
    return response.status_code, said, [one for one in protocol.extensions if isinstance(one, PerMessageDeflate)]


def read(answer: bytes) -> tuple[int, dict[str, str]]:
    status, *lines = answer.decode().removesuffix("\r\n").split("\r\n")
    return int(status.split()[1]), {name.lower(): value for name, value in (line.split(": ") for line in lines)}


def parameters(one: object) -> dict[str, object]:
    return {name: value for name, value in vars(one).items() if isinstance(value, (bool, int))}


@pytest.mark.parametrize("headers", [CHROMIUM, FIREFOX, PROXIED, PLAIN, UNKNOWN, NARROW])
def test_what_browsers_send_is_answered_as_the_library_does(headers: dict[bytes, bytes]) -> None:
    status, said, extensions = by_the_library(headers)
    answer = agreed(URL, list(headers.items()))
    assert read(answer.answer) == (status, said)
    assert [parameters(one) for one in answer.extensions] == [parameters(one) for one in extensions]


def test_each_connection_has_a_state_of_its_own() -> None:
    first, second = (agreed(URL, list(CHROMIUM.items())).extensions[0] for _ in range(2))
    assert first is not second


@given(st.binary(min_size=16, max_size=16))
def test_the_key_is_answered_as_the_library_does(key: bytes) -> None:
    headers = CHROMIUM | {b"sec-websocket-key": base64.b64encode(key)}
    assert read(agreed(URL, list(headers.items())).answer)[1] == by_the_library(headers)[1]


@pytest.mark.parametrize(
    "changed",
    [
        {b"connection": b"close"},
        {b"connection": b"keep-alive"},
        {b"upgrade": b"h2c"},
        {b"upgrade": b""},
        {b"sec-websocket-version": b"8"},
        {b"sec-websocket-key": b""},
        {b"sec-websocket-key": b"dGhlIHNhbXBsZQ=="},
        {b"sec-websocket-key": b"dGhlIHNhbXBsZSBub25jZR=="},
        {b"sec-websocket-key": b"dGhlIHNhbXBsZSBub25jZQ==\n"},
        {b"sec-websocket-extensions": b"permessage-deflate; ="},
        {b"sec-websocket-protocol": b"chat"},
        {b"content-length": b"5"},
        {b"transfer-encoding": b"chunked"},
        {b"cookie": b"x" * (LONGEST + 1)},
        {f"x-{number}".encode(): b"" for number in range(HEADERS)},
    ],
)
def test_whatever_else_is_left_to_the_library(changed: dict[bytes, bytes]) -> None:
    with pytest.raises(Unusual):
        agreed(URL, list((CHROMIUM | changed).items()))


@pytest.mark.parametrize("name", [b"connection", b"upgrade", b"sec-websocket-version", b"sec-websocket-key"])
def test_nothing_may_be_missing(name: bytes) -> None:
    with pytest.raises(Unusual):
        agreed(URL, [pair for pair in CHROMIUM.items() if pair[0] != name])


def test_nothing_may_be_said_twice() -> None:
    with pytest.raises(Unusual):
        agreed(URL, [*CHROMIUM.items(), (b"origin", b"https://elsewhere.example")])


def test_an_address_is_ascii() -> None:
    with pytest.raises(Unusual):
        agreed("/m/m/ộ/live".encode(), list(CHROMIUM.items()))
