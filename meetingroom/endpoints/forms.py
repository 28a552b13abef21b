"""Forms: each carries the id of the one command it gives, so that sending it twice does it once."""

from __future__ import annotations

import secrets

from starlette.datastructures import FormData, QueryParams

from meetingroom.domain.messages import is_id


def new_id() -> str:
    """For a form that is shown now; it stays the same while its errors are mended."""
    return secrets.token_urlsafe(16)


def id_in(sent: FormData | QueryParams) -> str:
    """The id that came with a form; a new one for whoever sends none."""
    found = sent.get("id")
    return found if is_id(found) else new_id()
