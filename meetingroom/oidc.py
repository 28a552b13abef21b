"""Sign-in through the agency's own identity provider, by OpenID Connect: the authorization code flow with PKCE.

OpenID Connect Core 1.0, section 3.1, and Discovery 1.0; RFC 7636. joserfc (extra `sso`) checks the signature of the ID
token. Certificates are checked against those of the system; an agency's own authority is named by SSL_CERT_FILE.
"""

from __future__ import annotations

import asyncio
import base64
import hashlib
import json
import secrets
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

SECONDS, MOST = 10, 1 << 20  # for one request to the provider, and bytes of its answer
FRESH = 3600  # seconds its addresses and keys are believed
LEEWAY = 60  # seconds its clock may differ from ours
ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "Ed25519", "EdDSA"]
HERE = ("localhost", "127.0.0.1", "::1")  # where the provider may be spoken to in the clear


class Unprovided(Exception):
    """The provider cannot be asked for now, or answered what it must not."""


class NotConfirmed(Exception):
    """The provider did not say, or not so that it can be believed, who this is."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """What one browser's way to the provider and back is held together by; `verifier` and `nonce` are shown to nobody else."""

    state: str
    nonce: str
    verifier: str

    @classmethod
    def new(cls) -> Attempt:
        return cls(*(secrets.token_urlsafe(32) for _ in range(3)))

    def plain(self) -> dict[str, str]:
        return asdict(self)


class Provider:
    """`issuer` is its address as it calls itself; `claim` is what of a person is their sign-in name here."""

    def __init__(self, issuer: str, client: str, secret: str, claim: str) -> None:
        """Raises ValueError where the address could be listened to, ImportError without the extra."""
        import joserfc.jwt  # noqa: F401  # at the start, not at somebody's sign-in

        address = urlsplit(issuer)
        if address.scheme != "https" and not (address.scheme == "http" and address.hostname in HERE):
            raise ValueError(f"{issuer} must begin with https://")
        self._issuer, self._client, self._secret, self._claim = issuer, client, secret, claim
        self._known: dict[str, Any] = {}
        self._known_at = float("-inf")

    async def ask(self) -> None:
        """Whether it is there and as it must be. Raises Unprovided."""
        await self._about(anew=True)

    async def address(self, attempt: Attempt, back: str) -> str:
        """Where the browser goes. Raises Unprovided."""
        known = await self._about()
        challenge = base64.urlsafe_b64encode(hashlib.sha256(attempt.verifier.encode()).digest()).rstrip(b"=").decode()
        asked = {
            "response_type": "code",
            "scope": "openid profile email",
            "client_id": self._client,
            "redirect_uri": back,
            "state": attempt.state,
            "nonce": attempt.nonce,
            "code_challenge": challenge,
            "code_challenge_method": "S256",
        }
        place: str = known["authorization_endpoint"]
        return f"{place}{'&' if '?' in place else '?'}{urlencode(asked)}"

    async def name(self, attempt: Attempt, code: str, back: str) -> str:
        """The sign-in name of who came back with this code. Raises Unprovided, NotConfirmed."""
        known = await self._about()
        given = await self._exchange(known, attempt, code, back)
        claims = await self._read(str(given.get("id_token", "")), attempt)
        if self._claim not in claims and "userinfo_endpoint" in known:
            token = {"Authorization": f"Bearer {given.get('access_token', '')}"}
            more = await asyncio.to_thread(_ask, known["userinfo_endpoint"], None, token)
            if more.get("sub") != claims["sub"]:  # Core 5.3.2: else it may be about somebody else
                raise NotConfirmed("userinfo is about another subject")
            claims = {**more, **claims}
        if self._claim == "email" and claims.get("email_verified") is not True:
            raise NotConfirmed("the address is not verified")
        name = claims.get(self._claim)
        if not isinstance(name, str) or not name.strip():
            raise NotConfirmed(f"no {self._claim}")
        return name

    async def _about(self, anew: bool = False) -> dict[str, Any]:
        """Its addresses and its keys."""
        if anew or time.monotonic() - self._known_at > FRESH:
            place = self._issuer.rstrip("/") + "/.well-known/openid-configuration"
            known = await asyncio.to_thread(_ask, place)
            if known.get("issuer") != self._issuer:
                raise Unprovided(f"it calls itself {known.get('issuer')!r}")
            try:
                known["keys"] = (await asyncio.to_thread(_ask, known["jwks_uri"]))["keys"]
                str(known["authorization_endpoint"]), str(known["token_endpoint"])
            except KeyError as error:
                raise Unprovided(f"it does not say its {error}") from error
            self._known, self._known_at = known, time.monotonic()
        return self._known

    async def _exchange(self, known: Mapping[str, Any], attempt: Attempt, code: str, back: str) -> dict[str, Any]:
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": back,
            "code_verifier": attempt.verifier,
            "client_id": self._client,
        }
        headers = {}
        methods = known.get("token_endpoint_auth_methods_supported", ["client_secret_basic"])
        if self._secret and "client_secret_basic" in methods:
            both = f"{quote(self._client, safe='')}:{quote(self._secret, safe='')}"  # RFC 6749, section 2.3.1
            headers["Authorization"] = "Basic " + base64.b64encode(both.encode()).decode()
        elif self._secret:
            form["client_secret"] = self._secret
        try:
            return await asyncio.to_thread(_ask, known["token_endpoint"], urlencode(form).encode(), headers)
        except Unprovided as error:
            if isinstance(error.__cause__, urllib.error.HTTPError) and error.__cause__.code in (400, 401, 403):
                raise NotConfirmed("the code was refused") from error
            raise

    async def _read(self, token: str, attempt: Attempt) -> dict[str, Any]:
        """The claims of an ID token, checked as Core 3.1.3.7 wants."""
        from joserfc import jwt
        from joserfc.errors import JoseError
        from joserfc.jwk import KeySet

        wanted = jwt.JWTClaimsRegistry(
            leeway=LEEWAY,
            iss={"essential": True, "value": self._issuer},
            aud={"essential": True, "value": self._client},
            nonce={"essential": True, "value": attempt.nonce},
            sub={"essential": True},
            exp={"essential": True},
            iat={"essential": True},
        )
        for anew in (False, True):  # it may have new keys
            keys = (await self._about(anew))["keys"]
            try:
                claims = jwt.decode(token, KeySet.import_key_set({"keys": keys}), ALGORITHMS).claims
                wanted.validate(claims)
            except (JoseError, ValueError, KeyError) as error:
                if anew:
                    raise NotConfirmed(repr(error)[:200]) from error
            else:
                break
        if claims.get("azp", self._client) != self._client:
            raise NotConfirmed("issued to somebody else")
        return dict(claims)


def _ask(place: str, form: bytes | None = None, headers: Mapping[str, str] | None = None) -> dict[str, Any]:
    """One request, answered with an object. Raises Unprovided."""
    if not place.startswith(("https://", "http://")):
        raise Unprovided("an address that is not one of the web")
    asked = urllib.request.Request(place, form, {"Accept": "application/json", **(headers or {})})  # noqa: S310
    try:
        with urllib.request.urlopen(asked, timeout=SECONDS) as answer:  # noqa: S310
            found = json.loads(answer.read(MOST))
    except (OSError, ValueError) as error:
        raise Unprovided(repr(error)[:200]) from error
    if not isinstance(found, dict):
        raise Unprovided("it answered no object")
    return found
