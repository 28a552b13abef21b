"""Forms: each carries the id of the one command it gives, so that sending it twice does it once."""

from __future__ import annotations

import secrets

from starlette.datastructures import FormData, QueryParams
from starlette.exceptions import HTTPException
from starlette.requests import Request

from meetingroom.domain.messages import is_id
from meetingroom.endpoints.protocol import whole


async def read_form(request: Request, **limits: int) -> FormData:
    """What was filled in, in characters that can be kept (see protocol.parsed). `limits` as Starlette's `form` takes them."""
    sent = await request.form(**limits)
    return FormData([(name, whole(value) if isinstance(value, str) else value) for name, value in sent.multi_items()])


async def read_body(request: Request, most: int) -> bytes:
    """What was sent, if it is at most so many bytes; 413 before more of it comes into memory."""
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > most:
            raise HTTPException(413)
    return body


def new_id() -> str:
    """For a form that is shown now; it stays the same while its errors are mended."""
    return secrets.token_urlsafe(16)


def id_in(sent: FormData | QueryParams) -> str:
    """The id that came with a form; a new one for whoever sends none."""
    found = sent.get("id")
    return found if is_id(found) else new_id()
