"""Forms: each carries the id of the one command it gives, so that sending it twice does it once."""

from __future__ import annotations

import secrets
from collections.abc import AsyncIterator, Iterable
from typing import Protocol, TypeVar

from starlette.datastructures import FormData, QueryParams
from starlette.exceptions import HTTPException
from starlette.requests import Request

from meetingroom.domain.messages import is_id
from meetingroom.endpoints.protocol import whole


async def read_form(request: Request, **limits: int) -> FormData:
    """What was filled in, in characters that can be kept (see protocol.parsed). `limits` as Starlette's `form` takes them."""
    sent = await request.form(**limits)
    return FormData([(name, whole(value) if isinstance(value, str) else value) for name, value in sent.multi_items()])


class TooLarge(HTTPException):
    """More was sent than may come."""

    def __init__(self) -> None:
        super().__init__(413)


async def parts(request: Request, most: int) -> AsyncIterator[bytes]:
    """What is sent, as it comes. Raises TooLarge before more than so many bytes are taken."""
    size = 0
    async for part in request.stream():
        size += len(part)
        if size > most:
            raise TooLarge
        yield part


async def read_body(request: Request, most: int) -> bytes:
    """All of it. Raises TooLarge."""
    return b"".join([part async for part in parts(request, most)])


class Named(Protocol):
    """Something one of which is asked for by its id."""

    @property
    def id(self) -> str: ...


Found = TypeVar("Found", bound=Named)


def one_of(all_there: Iterable[Found], key: str) -> Found:
    """The one with this id, or 404."""
    for each in all_there:
        if each.id == key:
            return each
    raise HTTPException(404)


def new_id() -> str:
    """For a form that is shown now; it stays the same while its errors are mended."""
    return secrets.token_urlsafe(16)


def id_in(sent: FormData | QueryParams) -> str:
    """The id that came with a form; a new one for whoever sends none."""
    found = sent.get("id")
    return found if is_id(found) else new_id()
