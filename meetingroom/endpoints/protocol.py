"""What a device may say: a frame of JSON text becomes one of four messages, or the line is closed as malformed."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from meetingroom.domain.messages import is_id


class Malformed(Exception):
    """Not a message of this protocol; the line is closed with 4400."""


@dataclass(frozen=True, slots=True)
class Hello:
    """First on every connection, and again whenever a device is not where a patch begins."""

    have: int | None
    epoch: str | None


@dataclass(frozen=True, slots=True)
class Do:
    """A command; `id` is made by the device and unique for ever."""

    id: str
    name: str
    arguments: object


@dataclass(frozen=True, slots=True)
class Signal:
    """Something fleeting: not kept, not answered."""

    name: str
    payload: dict[str, Any]


Message = Hello | Do | Signal


def read(text: str) -> Message:
    """The message in a frame. Raises Malformed."""
    frame = parsed(text)
    match frame:
        case {"hello": 1}:
            return Hello(_integer(frame.get("have")), _string(frame.get("epoch")))
        case {"id": key, "do": str(name)} if is_id(key):
            return Do(key, name, frame.get("with", {}))
        case {"signal": str(name), "with": dict(payload)}:
            return Signal(name, payload)
    raise Malformed("unknown message")


def parsed(text: str | bytes) -> Any:
    """What the JSON of a device says, in whole characters only. Raises Malformed.

    JSON can carry half of a surrogate pair, which no encoding takes, and NUL, which PostgreSQL does not: either would
    fail where it is recorded, together with everybody's commands that are recorded with it. They end here.
    """
    try:
        return _whole(DECODER.decode(text if isinstance(text, str) else text.decode()))
    except (ValueError, RecursionError) as error:
        raise Malformed("not json") from error


def _whole(value: Any) -> Any:
    match value:
        case str():
            return whole(value)
        case list():
            return [_whole(part) for part in value]
        case dict():
            return {whole(name): _whole(part) for name, part in value.items()}
    return value


def whole(text: str) -> str:
    """The text with U+FFFD for each lone surrogate and NUL; what must be an id is none with it."""
    if text.isprintable():
        return text
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace").replace("\0", "\ufffd")


def _no_constant(name: str) -> None:
    raise ValueError(name)  # NaN and Infinity are not JSON


DECODER = json.JSONDecoder(parse_constant=_no_constant)


def _integer(value: object) -> int | None:
    return value if type(value) is int else None


def _string(value: object) -> str | None:
    return value if isinstance(value, str) else None
