"""What may stand for somebody's second factor where their browser is."""

from __future__ import annotations

from starlette.requests import Request

from meetingroom import passkeys
from meetingroom.endpoints.access.attempts import Key
from meetingroom.endpoints.context import house
from meetingroom.endpoints.guards import host_of
from meetingroom.passkeys import Place
from meetingroom.storage.accounts import Account
from meetingroom.storage.passkeys import Passkey


def second_key(account: str) -> Key:
    """A million codes, of which three fit at a time: five tries, then slowly."""
    return Key(f"second:{account}")


def place_of(request: Request) -> Place | None:
    """Where passkeys can be used; None over plain http, at an address in figures, or without the extra."""
    here = house(request)
    return passkeys.place(host_of(request.scope)) if here.settings.secure and passkeys.is_installed() else None


async def usable(request: Request, account: Account) -> list[Passkey]:
    """The passkeys of the account that can be used where the browser is."""
    place, here = place_of(request), house(request)
    kept: list[Passkey] = await here.record(here.passkeys.of, account.id) if place else []
    return [each for each in kept if place and each.host == place.host]
