"""The composition root: settings → storage, renderer, rooms, endpoints → one Starlette application."""

from __future__ import annotations

import asyncio
import hashlib
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.exceptions import HTTPException

from meetingroom.courier import carry
from meetingroom.domain.meeting import Meeting
from meetingroom.endpoints.access.attempts import Attempts
from meetingroom.endpoints.administration import agency
from meetingroom.endpoints.assets import Assets, web_root
from meetingroom.endpoints.context import House
from meetingroom.endpoints.errors import failed, second_first, sign_in_first, unreadable
from meetingroom.endpoints.first import AtOnce, First
from meetingroom.endpoints.guards import Headers, NotSignedIn, SecondWanted, review, signer
from meetingroom.endpoints.neighbours import dispatching
from meetingroom.endpoints.papers import revising
from meetingroom.endpoints.papers.uploads import finish_left_over
from meetingroom.endpoints.preparation import reminding
from meetingroom.endpoints.records import erasing, finding
from meetingroom.endpoints.routes import ROUTES
from meetingroom.endpoints.templates import Templates
from meetingroom.export.archives import Archives
from meetingroom.ldap import Ldap
from meetingroom.live.room import Room, UnreadableJournal
from meetingroom.live.rooms import Rooms
from meetingroom.oidc import Provider
from meetingroom.rendering.limits import MIB, Limits
from meetingroom.rendering.office import Office
from meetingroom.rendering.renderer import Renderer
from meetingroom.settings import Settings, Unusable
from meetingroom.storage.accounts import Accounts
from meetingroom.storage.agency import Agency
from meetingroom.storage.audit import Audit
from meetingroom.storage.bell import Bell
from meetingroom.storage.circles import Circles
from meetingroom.storage.contacts import Contacts
from meetingroom.storage.directory import Directory
from meetingroom.storage.dispatches import Dispatches
from meetingroom.storage.engine import Database
from meetingroom.storage.envelopes import Boxes
from meetingroom.storage.erasures import Erasures
from meetingroom.storage.hooks import Hooks
from meetingroom.storage.index import Index
from meetingroom.storage.invitations import Invitations
from meetingroom.storage.journal import Journal
from meetingroom.storage.library import Library
from meetingroom.storage.marks import Marks
from meetingroom.storage.meetings import Meetings
from meetingroom.storage.origin import Origin
from meetingroom.storage.passkeys import Passkeys
from meetingroom.storage.passwords import Passwords
from meetingroom.storage.places import Places
from meetingroom.storage.presets import Presets
from meetingroom.storage.recorder import Recorder
from meetingroom.storage.second import SecondFactors
from meetingroom.storage.sessions import Sessions
from meetingroom.storage.support import Support
from meetingroom.storage.tasks import Tasks
from meetingroom.storage.terms import Terms
from meetingroom.storage.tokens import Tokens
from meetingroom.storage.venues import Venues
from meetingroom.tls.kept import Https
from meetingroom.words import Catalogue

log = logging.getLogger(__name__)

Opening = Callable[[Starlette, House], Awaitable[None]]


def build(settings: Settings, opening: Opening | None = None, https: Https | None = None) -> Starlette:
    """The application. `opening` is awaited when the house stands and before the first request is answered.

    Raises storage.Unopenable when the database cannot be used.
    """
    house = _house(settings, https)
    revised, remind = revising.watcher(house), reminding.watcher(house)

    def watch(room: Room, before: Meeting) -> None:
        revised(room, before)
        remind(room, before)

    house.rooms.watch = watch
    house.rooms.opened = lambda room: finish_left_over(house, room)

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        beside: list[asyncio.Task[None]] = []
        await house.renderer.start()
        try:
            await house.record(house.sessions.recall)
            house.rooms.listen(Bell(house.database), lambda session: review(house, session), house.sessions.doubt)
            await agency.refresh(house)
            house.rooms.wake(await house.record(house.meetings.phases))
            if opening:
                await opening(app, house)
            beside.append(asyncio.create_task(agency.refresh_always(house)))
            if dispatching.transport_of(house.settings):
                beside.append(asyncio.create_task(dispatching.exchange_always(house)))
            beside.append(asyncio.create_task(finding.read_all(house)))
            beside.append(asyncio.create_task(carry(house.hooks, house.record)))
            beside.append(asyncio.create_task(reminding.remind_always(house)))
            beside.append(asyncio.create_task(erasing.sweep_always(house)))
            yield
        finally:
            for task in beside:
                task.cancel()
            await house.jobs.stop()
            await house.archives.stop()
            # First no more commands, then no more writes: what was acknowledged is on disk.
            await house.rooms.stop()
            await house.renderer.stop()
            house.passwords.close()
            if house.ldap:
                house.ldap.close()
            house.record.close()
            house.index.close()
            house.database.close()
            log.info("stopped")

    app = Starlette(
        routes=ROUTES,
        lifespan=lifespan,
        exception_handlers={
            NotSignedIn: sign_in_first,
            SecondWanted: second_first,
            HTTPException: failed,
            UnreadableJournal: unreadable,
            Exception: failed,
        },
    )
    # Around everything: as ordinary middleware it would stand inside the answer to an unforeseen error.
    # Who remembered that this host speaks https only could never reach the page that makes a tablet trust a new authority.
    lasting = not (https and https.serving.root)
    app.middleware_stack = headers = Headers(First(app.build_middleware_stack()), settings.secure, lasting)
    app.state.at_once = AtOnce(app, house, headers)
    app.state.house = house
    app.state.signer = signer(hashlib.sha256(house.invitations.key + b"cookies").digest())
    return app


def _house(settings: Settings, https: Https | None) -> House:
    database = Database(settings.data, settings.database, settings.organisation)
    record, journal, root = Recorder(), Journal(database), web_root()
    rooms, assets = Rooms(journal, Boxes(database, settings.data / "keys"), record), Assets(root)
    invitations = Invitations(database, settings.data / "keys")
    index = Index(database, settings.data)
    audit = Audit(database, journal, rooms.clock)
    library = Library(settings.data / "papers", settings.upload_mebibytes * MIB, settings.upload_stall_seconds)
    limits = Limits(
        pages=settings.pages,
        marked_secret=settings.marked_secret,
        kept_in_memory=settings.image_cache_mebibytes * MIB,
    )
    return House(
        settings=settings,
        configured=settings,
        agency=Agency(database),
        database=database,
        record=record,
        journal=journal,
        accounts=Accounts(database),
        meetings=Meetings(database),
        sessions=Sessions(database, settings.session_hours, rooms.clock),
        invitations=invitations,
        second=SecondFactors(database, invitations.key, rooms.clock),
        passkeys=Passkeys(database, rooms.clock),
        contacts=Contacts(database),
        library=library,
        marks=Marks(database),
        support=Support(database),
        tasks=Tasks(database),
        office=Office(),
        index=index,
        places=Places(index),
        renderer=Renderer(library.path_of, settings.data / "pages", limits),
        rooms=rooms,
        catalogue=Catalogue(root / "words"),
        assets=assets,
        templates=Templates(assets, settings),
        attempts=Attempts(),
        passwords=Passwords(),
        audit=audit,
        erasures=Erasures(database, audit),
        begun=rooms.clock(),
        presets=Presets(database),
        tokens=Tokens(database, rooms.clock),
        hooks=Hooks(database, invitations.key, rooms.clock),
        directory=Directory(database),
        dispatches=Dispatches(database),
        circles=Circles(database),
        terms=Terms(database),
        venues=Venues(database),
        archives=Archives(settings.data / "archives"),
        origin=Origin(invitations.key),
        provider=_provider(settings),
        ldap=_ldap(settings),
        https=https,
    )


def _provider(settings: Settings) -> Provider | None:
    if not settings.sso_issuer:
        return None
    try:
        return Provider(settings.sso_issuer, settings.sso_client, settings.sso_secret, settings.sso_claim)
    except ImportError as error:
        raise Unusable("MEETINGROOM_SSO_ISSUER needs the extra sso: pip install 'meetingroom[sso]'") from error
    except ValueError as error:
        raise Unusable(f"MEETINGROOM_SSO_ISSUER: {error}") from error


def _ldap(settings: Settings) -> Ldap | None:
    if not settings.ldap:
        return None
    try:
        return Ldap(settings)
    except ImportError as error:
        raise Unusable("MEETINGROOM_LDAP needs the extra ldap: pip install 'meetingroom[ldap]'") from error
    except ValueError as error:
        raise Unusable(f"MEETINGROOM_LDAP: {error}") from error
