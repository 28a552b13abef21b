"""What a device may say: a frame of JSON text becomes one of four messages, or the line is closed as malformed."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

COMMAND_ID = 64  # characters at most


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
    try:
        frame = json.loads(text, parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        raise Malformed("not json") from error
    match frame:
        case {"hello": 1}:
            return Hello(_integer(frame.get("have")), _string(frame.get("epoch")))
        case {"id": str(key), "do": str(name)} if 0 < len(key) <= COMMAND_ID:
            return Do(key, name, frame.get("with", {}))
        case {"signal": str(name), "with": dict(payload)}:
            return Signal(name, payload)
    raise Malformed("unknown message")


def _no_constant(name: str) -> None:
    raise ValueError(name)  # NaN and Infinity are not JSON


def _integer(value: object) -> int | None:
    return value if type(value) is int else None


def _string(value: object) -> str | None:
    return value if isinstance(value, str) else None
