"""Passkeys: a second factor that is bound to the name of this server, so that a page that only looks like it gets nothing.

WebAuthn level 3, by the library webauthn (extra `passkey`): a key pair lives in the device, this server keeps its public half.
"""

from __future__ import annotations

import importlib.util
import ipaddress
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

LONGEST = 1023  # bytes of a credential's id (WebAuthn, 4)


class NotProven(Exception):
    """The answer of the device is not what it must be; the text says why, for a log."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a browser has come to: `host` is what passkeys are bound to, `origin` what it says in each answer."""

    host: str
    origin: str


@dataclass(frozen=True, slots=True)
class Made:
    """`count` of uses, as the device counts them; many always say 0."""

    id: bytes
    key: bytes
    count: int


def is_installed() -> bool:
    return importlib.util.find_spec("webauthn") is not None


def place(netloc: str) -> Place | None:
    """Of an https address; None where it is one in figures, which browsers bind no passkey to."""
    host = netloc.removesuffix("]") if netloc.endswith("]") else netloc.rsplit(":", 1)[0] if ":" in netloc else netloc
    try:
        ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        return Place(host.lower(), f"https://{netloc.lower()}") if host else None
    return None


def wanted(here: Place, title: str, account: str, login: str, challenge: bytes, known: Sequence[bytes]) -> Any:
    """What the device is asked to make; JSON for PublicKeyCredentialCreationOptions."""
    import webauthn
    from webauthn.helpers.structs import (
        AuthenticatorSelectionCriteria,
        PublicKeyCredentialDescriptor,
        ResidentKeyRequirement,
    )

    options = webauthn.generate_registration_options(
        rp_id=here.host,
        rp_name=title,
        user_name=login,
        user_id=account.encode()[:64],
        challenge=challenge,
        authenticator_selection=AuthenticatorSelectionCriteria(resident_key=ResidentKeyRequirement.DISCOURAGED),
        exclude_credentials=[PublicKeyCredentialDescriptor(id=each) for each in known],
    )
    return json.loads(webauthn.options_to_json(options))


def made(here: Place, challenge: bytes, answer: Any) -> Made:
    """Who made it is not asked: whose devices are used here is the agency's own affair. Raises NotProven."""
    import webauthn

    try:
        found = webauthn.verify_registration_response(
            credential=answer,
            expected_challenge=challenge,
            expected_rp_id=here.host,
            expected_origin=here.origin,
        )
    except Exception as error:  # what a device sends is read by several libraries, with errors of their own
        raise NotProven(repr(error)[:200]) from error
    return Made(found.credential_id, found.credential_public_key, found.sign_count)


def asked(here: Place, challenge: bytes, known: Sequence[bytes]) -> Any:
    """What the device is asked to prove; JSON for PublicKeyCredentialRequestOptions."""
    import webauthn
    from webauthn.helpers.structs import PublicKeyCredentialDescriptor

    options = webauthn.generate_authentication_options(
        rp_id=here.host,
        challenge=challenge,
        allow_credentials=[PublicKeyCredentialDescriptor(id=each) for each in known],
    )
    return json.loads(webauthn.options_to_json(options))


def proven(here: Place, challenge: bytes, answer: Any, key: bytes, count: int) -> int:
    """The new count of uses. Raises NotProven, also where the count has not grown: then the key was copied."""
    import webauthn

    try:
        found = webauthn.verify_authentication_response(
            credential=answer,
            expected_challenge=challenge,
            expected_rp_id=here.host,
            expected_origin=here.origin,
            credential_public_key=key,
            credential_current_sign_count=count,
        )
    except Exception as error:
        raise NotProven(repr(error)[:200]) from error
    return found.new_sign_count
