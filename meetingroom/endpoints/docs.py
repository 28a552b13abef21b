"""/docs: the wire protocol, every command and event, the permission table and the settings, made from the code."""

from __future__ import annotations

import types
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Any, Union, get_args, get_origin

from meetingroom.domain import meeting as _nouns  # noqa: F401  (registers all commands and events)
from meetingroom.domain.messages import COMMANDS, EVENTS, Between, Command, Event, Role, Text, shape

ROLES = tuple(Role)


@dataclass(frozen=True, slots=True)
class Field:
    """One argument, in words of JSON."""

    name: str
    kind: str
    required: bool


@dataclass(frozen=True, slots=True)
class CommandRow:
    """`may` has one entry per role, in the order of ROLES."""

    name: str
    fields: tuple[Field, ...]
    may: tuple[bool, ...]
    when: str
    wire: bool


@dataclass(frozen=True, slots=True)
class EventRow:
    name: str
    fields: tuple[Field, ...]
    quiet: bool


def commands() -> list[CommandRow]:
    """All commands by name."""
    return [_command(name, kind) for name, kind in sorted(COMMANDS.items())]


def events() -> list[EventRow]:
    """All events by name."""
    return [_event(name, kind) for name, kind in sorted(EVENTS.items())]


def _command(name: str, kind: type[Command]) -> CommandRow:
    may = tuple(role in kind.by for role in ROLES)
    return CommandRow(name, _fields(kind), may, kind.when, kind.wire)


def _event(name: str, kind: type[Event]) -> EventRow:
    return EventRow(name, _fields(kind), kind.quiet)


def _fields(kind: type) -> tuple[Field, ...]:
    return tuple(Field(name, _words(annotation), required) for name, (annotation, required) in shape(kind).items())


def _words(annotation: Any) -> str:
    origin, parts = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return " ".join([_words(parts[0]), *map(_limit, parts[1:])])
    if origin is Union or origin is types.UnionType:
        return " or ".join(_words(part) for part in parts if part is not type(None))
    if origin is tuple:
        return f"list of {_words(parts[0])}" if parts[-1] is Ellipsis else f"[{', '.join(map(_words, parts))}]"
    if isinstance(annotation, type) and issubclass(annotation, StrEnum):
        return " | ".join(f'"{member.value}"' for member in annotation)
    return {str: "text", int: "integer", float: "number", bool: "true | false"}.get(annotation, str(annotation))


def _limit(limit: object) -> str:
    if isinstance(limit, Text):
        return f"≤ {limit.most} characters"
    assert isinstance(limit, Between)
    return f"{limit.least} – {limit.most}"
