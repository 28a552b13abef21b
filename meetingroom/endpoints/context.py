"""What every endpoint is given: the parts of the house, built once by app.py and kept in the application's state."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field

from starlette.requests import HTTPConnection

from meetingroom.endpoints.access.attempts import Attempts
from meetingroom.endpoints.assets import Assets
from meetingroom.endpoints.limits import Allowance
from meetingroom.endpoints.templates import Templates
from meetingroom.export.archives import Archives
from meetingroom.jobs import Jobs
from meetingroom.ldap import Ldap
from meetingroom.live.rooms import Rooms
from meetingroom.oidc import Provider
from meetingroom.rendering.office import Office
from meetingroom.rendering.renderer import Renderer
from meetingroom.settings import Settings
from meetingroom.storage.accounts import Accounts
from meetingroom.storage.agency import Agency
from meetingroom.storage.audit import Audit
from meetingroom.storage.circles import Circles
from meetingroom.storage.contacts import Contacts
from meetingroom.storage.directory import Directory
from meetingroom.storage.dispatches import Dispatches
from meetingroom.storage.engine import Database
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


@dataclass(slots=True)
class House:
    """Everything an endpoint may use."""

    settings: Settings  # with what the agency has said of itself
    configured: Settings  # as the machine has it
    agency: Agency
    database: Database
    record: Recorder
    journal: Journal
    accounts: Accounts
    meetings: Meetings
    sessions: Sessions
    invitations: Invitations
    contacts: Contacts
    library: Library
    marks: Marks
    support: Support
    tasks: Tasks
    index: Index
    places: Places
    renderer: Renderer
    office: Office
    rooms: Rooms
    catalogue: Catalogue
    assets: Assets
    templates: Templates
    attempts: Attempts
    passwords: Passwords
    audit: Audit
    second: SecondFactors
    passkeys: Passkeys
    begun: int  # when the server was started, UTC ms
    presets: Presets
    tokens: Tokens
    hooks: Hooks
    directory: Directory
    dispatches: Dispatches
    circles: Circles
    terms: Terms
    venues: Venues
    archives: Archives
    erasures: Erasures
    origin: Origin
    jobs: Jobs = field(default_factory=Jobs)  # long work of this process
    wordings: dict[str, str] = field(default_factory=dict)  # of the agency, in place of ours
    english: str = ""  # its name
    emblem: str = ""  # the file in the library
    allowances: dict[str, Allowance] = field(default_factory=dict)  # of tokens
    spent: dict[str, None] = field(default_factory=dict)  # links for a further device that were used
    ldap: Ldap | None = None  # the directory that knows some passwords
    provider: Provider | None = None  # of the agency's accounts
    backing_up: asyncio.Task[None] | None = None  # where backups are made by themselves
    https: Https | None = None  # where the server speaks it itself


def house(connection: HTTPConnection) -> House:
    """The house this request came to."""
    found: House = connection.app.state.house
    return found
