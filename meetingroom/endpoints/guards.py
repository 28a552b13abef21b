"""Guards: who asks, from where, and as whom. What one may not enter is not found."""

from __future__ import annotations

import contextlib
import hashlib
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from itsdangerous import BadSignature, Signer
from starlette.exceptions import HTTPException
from starlette.requests import HTTPConnection, Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from starlette.websockets import WebSocket

from meetingroom.domain.messages import Role, is_id
from meetingroom.domain.people import Participant
from meetingroom.domain.separation import Office
from meetingroom.endpoints.context import House, house
from meetingroom.live.room import Room, UnreadableJournal
from meetingroom.storage.accounts import Account
from meetingroom.storage.sessions import Session
from meetingroom.words import LANGUAGES, Words

SAFE = frozenset({"GET", "HEAD"})


@dataclass(frozen=True, slots=True)
class Entrant:
    """Somebody inside a meeting: the room, who they are in it now, their session and their words."""

    room: Room
    participant: Participant
    session: str
    words: Words


class SecondWanted(Exception):
    """An administrator sets up a second factor first."""


class NotSignedIn(Exception):
    """Sign in first; the page asked for is shown afterwards."""


# -- sessions --------------------------------------------------------------------------------------------------------


def cookie_name(secure: bool) -> str:
    """`__Host-` binds the cookie to this host and to https; a plain http LAN cannot have it."""
    return "__Host-session" if secure else "session"


def signer(key: bytes) -> Signer:
    """Cookies are signed so that a made-up token is dropped without asking the database.

    The key for this salt is derived here, once, and not again at every request.
    """
    return Signer(Signer(key, salt="session").derive_key(), salt="session", key_derivation="none")


async def session_of(connection: HTTPConnection) -> Session | None:
    """The session of the cookie, if it is ours and has not ended."""
    home = house(connection)
    token = _token(connection, home)
    if token is None:
        return None
    known: Session | None = home.sessions.find_known(token) or await home.record(home.sessions.find, token)
    return known


def _token(connection: HTTPConnection, home: House) -> str | None:
    """What the cookie holds, if it was signed here."""
    signed = connection.cookies.get(cookie_name(home.settings.secure))
    if not signed:
        return None
    try:
        return str(connection.app.state.signer.unsign(signed).decode())
    except BadSignature:
        return None


def device_key(session: str) -> str:
    """How a device is called in the journal: its session cannot be told from it."""
    return hashlib.sha256(f"device:{session}".encode()).hexdigest()[:16]


async def review(home: House, session: str) -> None:
    """Whatever has changed about a session counts at once for its open sockets."""
    known: Session | None = await home.record(home.sessions.look_up, session)

    def may_act(meeting: str, person: Participant) -> bool:
        room = home.rooms.find(meeting)
        return known is not None and room is not None and _may_act_as(known, room, person)

    home.rooms.review(session, may_act)


def set_session(connection: HTTPConnection, response: Response, token: str) -> None:
    home = house(connection)
    secure = home.settings.secure
    response.set_cookie(
        cookie_name(secure),
        connection.app.state.signer.sign(token).decode(),
        max_age=home.settings.session_hours * 3600,
        path="/",
        secure=secure,
        httponly=True,
        samesite="lax",
    )


# -- words -----------------------------------------------------------------------------------------------------------


def language_of(connection: HTTPConnection) -> str:
    chosen = connection.cookies.get("language", "")
    return chosen if chosen in LANGUAGES else house(connection).settings.language


def words_of(connection: HTTPConnection, address: str | None = None) -> Words:
    home = house(connection)
    return home.catalogue.words(language_of(connection), home.settings.time_zone, address or home.settings.address)


def link(request: Request, name: str, **path: str) -> str:
    """A whole address of ours, for a QR code or a letter. Where the settings say https it is https, also when a proxy in
    front does not tell: a personal code must not travel in the clear."""
    address = request.url_for(name, **path)
    return str(address.replace(scheme="https") if house(request).settings.secure else address)


# -- entering a meeting ----------------------------------------------------------------------------------------------


async def entrant(connection: HTTPConnection, *, staff: bool = False) -> Entrant:
    """Who asks below /m/{meeting}/{participant}/. 404 for whatever they may not enter, as for what does not exist.

    Service staff are in the room and not in the meeting: an address is closed to them unless it says otherwise.
    """
    session = await session_of(connection)
    if session is None:
        raise NotSignedIn
    found = await _enter(house(connection), session, connection)
    if found is None or (found.participant.role is Role.STAFF and not staff):
        raise HTTPException(404)
    return found


def inside_at_once(connection: HTTPConnection, home: House) -> tuple[Room, Participant] | None:
    """The same where nothing need be waited for to know it: the session in memory, the room open. None: ask `entrant`."""
    asked = connection.path_params
    token = _token(connection, home)
    session = home.sessions.find_known(token) if token else None
    room = home.rooms.find(asked["meeting"])
    person = room.meeting.people.get(asked["participant"]) if room else None
    if session is None or room is None or person is None or person.role is Role.STAFF:
        return None
    if not _may_act_as(session, room, person):
        return None
    room.asked()
    return room, person


async def socket_entrant(websocket: WebSocket) -> Entrant | None:
    """The same for a websocket; also its Origin must be ours.

    Browsers send cookies with a websocket opened by any page of any site and do not apply CORS to it: without this check
    a foreign page could act as the person in front of it. A missing Origin is refused too: every browser sends one.
    """
    if not same_origin(websocket, required=True):
        return None
    session = await session_of(websocket)
    with contextlib.suppress(UnreadableJournal):
        return await _enter(house(websocket), session, websocket) if session else None
    return None


async def _enter(home: House, session: Session, connection: HTTPConnection) -> Entrant | None:
    meeting, participant = connection.path_params["meeting"], connection.path_params["participant"]
    if not is_id(meeting):  # PostgreSQL would not even look for a name with NUL in it
        return None
    try:
        room = await home.rooms.open(meeting)
    except KeyError:
        return None
    except UnreadableJournal as unreadable:
        if (meeting, participant) in session.grants or (session.account and may_hear(session.account, unreadable)):
            raise
        return None
    person = room.meeting.people.get(participant)
    if person is None or not _may_act_as(session, room, person):
        return None
    return Entrant(room, person, session.id, words_of(connection, room.meeting.sitting.address.value))


async def acts_as(home: House, session: str, meeting: str, participant: str) -> bool:
    """Whether this session, as it is in the database now, may still act as them."""
    known: Session | None = await home.record(home.sessions.look_up, session)
    room = await home.rooms.open(meeting)
    person = room.meeting.people.get(participant)
    return known is not None and person is not None and _may_act_as(known, room, person)


def _may_act_as(session: Session, room: Room, person: Participant) -> bool:
    """An account of another server is somebody else's, whatever it is called."""
    if (room.meeting.id, person.id) in session.grants:
        return True
    return session.account is not None and not room.foreign and person.account == session.account.login


def may_hear(account: Account, unreadable: UnreadableJournal) -> bool:
    """Who is told that a journal cannot be read: an administrator, and whom it names as far as it can be read."""
    people = unreadable.meeting.people.values() if unreadable.meeting else ()
    return account.administrator or any(person.account == account.login for person in people)


def require_office(found: Entrant) -> None:
    """Chair and secretary only; for others the address does not exist."""
    if found.participant.role not in (Role.CHAIR, Role.SECRETARY):
        raise HTTPException(404)


async def signed_in(request: Request) -> Session:
    """A session with an account, or NotSignedIn."""
    session = await session_of(request)
    if session is None or session.account is None:
        raise NotSignedIn
    return session


async def administrator(request: Request) -> Account:
    """Who administers the installation; to others its pages do not exist. An unsafe request must come from a page of ours."""
    own_origin(request)
    account = (await signed_in(request)).account
    if account is None or not account.administrator:
        raise HTTPException(404)
    if house(request).settings.administrators_second_factor and not account.second:
        raise SecondWanted
    return account


async def registrar(request: Request) -> Account:
    """Who keeps the directory: an administrator, or for the part of one unit (`scope`) whoever is named for it."""
    own_origin(request)
    account = (await signed_in(request)).account
    if account and account.office is Office.REGISTRAR and account.unit:
        return account
    return await administrator(request)


# -- origins and headers ---------------------------------------------------------------------------------------------


def same_origin(connection: HTTPConnection, required: bool) -> bool:
    """Whether the Origin header names this server as the browser reached it, or an origin the settings allow."""
    origin = connection.headers.get("origin")
    if origin is None:
        return not required
    if origin in house(connection).settings.origins:
        return True
    parts = urlsplit(origin)
    return parts.scheme in ("http", "https") and parts.netloc == connection.headers.get("host")


def own_origin(request: Request) -> None:
    """An unsafe request must come from a page of ours. Fetch metadata stands in for browsers that send no Origin."""
    if request.method in SAFE:
        return
    foreign = request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none")
    if foreign or not same_origin(request, required=False):
        raise HTTPException(403)


class Headers:
    """Puts the security headers on every answer, errors and assets included."""

    def __init__(self, app: ASGIApp, secure: bool, lasting: bool) -> None:
        """`lasting`: browsers may remember that this host speaks https only."""
        self._app, self._secure, self._lasting = app, secure, lasting

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        fixed = self.fixed(scope)

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                own = {name for name, _ in message.get("headers", ())}
                message["headers"] = [*message.get("headers", ()), *(pair for pair in fixed if pair[0] not in own)]
            await send(message)

        if (
            "\0" in scope["path"] or b"%00" in scope["query_string"]
        ):  # in no name of ours; PostgreSQL would not look for it
            await PlainTextResponse("", 400)(scope, receive, send_with_headers)
            return
        await self._app(scope, receive, send_with_headers)

    def fixed(self, scope: Scope) -> list[tuple[bytes, bytes]]:
        """Those of every answer to this request."""
        return _fixed(host_of(scope), self._secure, self._lasting)


def host_of(scope: Scope) -> str:
    """The host the browser asked for, as far as it can stand in a header."""
    host = next((value for name, value in scope["headers"] if name == b"host"), b"").decode("latin-1")
    return host if all(character.isalnum() or character in ".:-[]" for character in host) else ""


_FIXED: dict[tuple[str, bool, bool], list[tuple[bytes, bytes]]] = {}


def _fixed(host: str, secure: bool, lasting: bool) -> list[tuple[bytes, bytes]]:
    """The headers for one host; encoded once. Safari before 15.4 does not take 'self' for a websocket: it is named."""
    key = (host, secure, lasting)
    if key not in _FIXED:
        if len(_FIXED) > 100:
            _FIXED.clear()
        values: dict[str, Any] = {
            "content-security-policy": policy(f"{'wss' if secure else 'ws'}://{host}" if host else ""),
            "x-content-type-options": "nosniff",
            "referrer-policy": "same-origin",
            "cross-origin-opener-policy": "same-origin",
            "cross-origin-resource-policy": "same-origin",
            "permissions-policy": "camera=(), microphone=(), geolocation=()",
        }
        if secure and lasting:
            values["strict-transport-security"] = "max-age=31536000; includeSubDomains"
        _FIXED[key] = [(name.encode(), value.encode()) for name, value in values.items()]
    return _FIXED[key]


def policy(reached: str) -> str:
    """The Content-Security-Policy of a page that may also connect to `reached`."""
    return (
        "default-src 'none'; script-src 'self'; style-src 'self'; style-src-attr 'unsafe-inline'; "
        f"img-src 'self' blob: data:; connect-src 'self' {reached}; manifest-src 'self'; worker-src 'self'; "
        "frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'self'"
    )
