"""Commands and events: small frozen dataclasses with a name on the wire, read from and written to plain JSON.

A command may be refused, an event may not: it is a fact. Both are registered by the decorators below, so that the
permission table, the protocol page and the property tests can list them all.
"""

from __future__ import annotations

import types
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import MISSING, dataclass, fields
from enum import StrEnum
from typing import (
    Annotated,
    Any,
    ClassVar,
    TypeGuard,
    TypeVar,
    Union,
    dataclass_transform,
    get_args,
    get_origin,
    get_type_hints,
)

from meetingroom.domain.moments import LATEST
from meetingroom.domain.refusals import Refused


class Role(StrEnum):
    """What a participant is in one meeting.

    `staff` bring water and repair devices and do not attend; `system` is the server itself (timekeeper, renderer).
    """

    CHAIR = "chair"
    SECRETARY = "secretary"
    DELEGATE = "delegate"
    GUEST = "guest"
    STAFF = "staff"
    SCREEN = "screen"
    SYSTEM = "system"


OFFICE = frozenset({Role.CHAIR, Role.SECRETARY})
ATTENDEES = OFFICE | {Role.DELEGATE, Role.GUEST}
SYSTEM = frozenset({Role.SYSTEM})


@dataclass(frozen=True, slots=True)
class Text:
    """At most this many characters; several lines only where said."""

    most: int
    lines: bool = False


@dataclass(frozen=True, slots=True)
class Between:
    """An integer from `least` to `most`, both included; `code` is how another is refused."""

    least: int
    most: int
    code: str = "malformed"


Id = Annotated[str, Text(64)]
Line = Annotated[str, Text(500)]
Prose = Annotated[str, Text(4000, lines=True)]
PageNumber = Annotated[int, Between(1, 100_000)]
Minutes = Annotated[int, Between(0, 24 * 60)]
Seconds = Annotated[int, Between(0, 24 * 3600)]
Moment = Annotated[int, Between(0, LATEST, "moment")]


class Command:
    """Asked of the meeting.

    `tag` is its name on the wire, `by` are the roles that may give it, `when` says in words what else must hold.
    """

    tag: ClassVar[str]
    by: ClassVar[frozenset[Role]]
    when: ClassVar[str]
    wire: ClassVar[bool]


class Event:
    """Has happened.

    `tag` is its name in the journal. `quiet` events change counters and concern only the participant they name; they
    are shown to the others at the next beat, all other events at once.
    """

    tag: ClassVar[str]
    quiet: ClassVar[bool]


COMMANDS: dict[str, type[Command]] = {}
EVENTS: dict[str, type[Event]] = {}

C = TypeVar("C", bound=Command)
E = TypeVar("E", bound=Event)


@dataclass_transform(frozen_default=True)
def command(name: str, by: Iterable[Role], when: str = "", wire: bool = True) -> Callable[[type[C]], type[C]]:
    """Register a command. `wire=False`: only the server gives it; a socket that names it is refused as unknown."""

    def register(cls: type[C]) -> type[C]:
        frozen = dataclass(frozen=True)(cls)
        frozen.tag, frozen.by, frozen.when, frozen.wire = name, frozenset(by), when, wire
        COMMANDS[name] = frozen
        return frozen

    return register


@dataclass_transform(frozen_default=True)
def event(name: str, quiet: bool = False) -> Callable[[type[E]], type[E]]:
    """Register an event under the name the journal keeps for ever."""

    def register(cls: type[E]) -> type[E]:
        frozen = dataclass(frozen=True)(cls)
        frozen.tag, frozen.quiet = name, quiet
        EVENTS[name] = frozen
        return frozen

    return register


def read_command(name: str, arguments: object) -> Command:
    """The command a device asks for. Raises Refused(unknown_command | malformed) and never anything else."""
    kind = COMMANDS.get(name)
    if kind is None or not kind.wire:
        raise Refused("unknown_command", name=name[:60])
    return read(kind, arguments)


def read_event(name: str, body: object) -> Event:
    """An event from the journal. An unknown name is a KeyError: the journal was written by a newer program."""
    return read(EVENTS[name], body)


M = TypeVar("M")


def read(kind: type[M], body: object) -> M:
    """A message of this kind from a JSON object; unknown, missing and ill-typed fields are refused as malformed."""
    if not isinstance(body, Mapping):
        raise Refused("malformed", field="")
    shape = _shape(kind)
    for name in body:
        if name not in shape:
            raise Refused("malformed", field=str(name)[:60])
    values = {}
    for name, (annotation, required) in shape.items():
        if name in body:
            values[name] = _value(annotation, body[name], name)
        elif required:
            raise Refused("malformed", field=name)
    return kind(**values)


def write(message: object) -> dict[str, Any]:
    """The JSON object of a message; absent optional fields are left out."""
    plain = {name: _plain(getattr(message, name)) for name in _shape(type(message))}
    return {name: value for name, value in plain.items() if value is not None}


def shape(kind: type) -> dict[str, tuple[Any, bool]]:
    """Field name → (annotation, required), for documentation and tests."""
    return _shape(kind)


_SHAPES: dict[type, dict[str, tuple[Any, bool]]] = {}


def _shape(kind: type) -> dict[str, tuple[Any, bool]]:
    known = _SHAPES.get(kind)
    if known is None:
        hints = get_type_hints(kind, include_extras=True)
        known = {
            field.name: (hints[field.name], field.default is MISSING and field.default_factory is MISSING)
            for field in fields(kind)
        }
        _SHAPES[kind] = known
    return known


def _value(annotation: Any, value: object, field: str) -> Any:
    origin = get_origin(annotation)
    if origin is Annotated:
        base, *limits = get_args(annotation)
        return _bounded(_value(base, value, field), limits, field)
    if origin is Union or origin is types.UnionType:
        if value is None:
            return None
        (only,) = (part for part in get_args(annotation) if part is not type(None))
        return _value(only, value, field)
    if origin is tuple:
        return _tuple(get_args(annotation), value, field)
    if isinstance(annotation, type) and issubclass(annotation, StrEnum):
        if isinstance(value, str) and value in annotation.__members__.values():
            return annotation(value)
        raise Refused("malformed", field=field)
    if annotation is float and type(value) is int:
        return float(value)
    if type(value) is not annotation:  # `bool` must not pass for `int`
        raise Refused("malformed", field=field)
    return value


def _tuple(inner: tuple[Any, ...], value: object, field: str) -> tuple[Any, ...]:
    if not isinstance(value, (list, tuple)) or len(value) > 10_000:
        raise Refused("malformed", field=field)
    if len(inner) == 2 and inner[1] is Ellipsis:
        return tuple(_value(inner[0], part, field) for part in value)
    if len(inner) != len(value):
        raise Refused("malformed", field=field)
    return tuple(_value(kind, part, field) for kind, part in zip(inner, value, strict=True))


def _bounded(value: Any, limits: list[Any], field: str) -> Any:
    for limit in limits:
        if isinstance(limit, Text):
            value = clean(value, limit.lines)
            if len(value) > limit.most:
                raise Refused("malformed", field=field)
        elif isinstance(limit, Between) and not limit.least <= value <= limit.most:
            raise Refused(limit.code, field=field)
    return value


def is_id(value: object) -> TypeGuard[str]:
    """Whether this is an id as devices make them: printable ASCII, which a journal, a database and a log all take."""
    return isinstance(value, str) and 0 < len(value) <= 64 and value.isascii() and value.isprintable()


def clean(text: str, lines: bool = False) -> str:
    """NFC, trimmed, without control, direction-changing and zero-width characters (they make names lie)."""
    kept = (c for c in unicodedata.normalize("NFC", text) if c == "\n" or unicodedata.category(c) not in _UNSEEN)
    joined = "".join(kept)
    return joined.strip() if lines else " ".join(joined.split())


_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co"})


def _plain(value: object) -> Any:
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    return value
