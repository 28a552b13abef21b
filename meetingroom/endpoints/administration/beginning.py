"""What a fresh installation wants first, each ticked by how things are and not by whoever presses a box."""

from __future__ import annotations

from meetingroom.endpoints.context import House
from meetingroom.settings import Settings
from meetingroom.storage.accounts import Account
from meetingroom.storage.audit import Kind, Wanted
from meetingroom.storage.backup import last_backup

WEEK = 7 * 86_400_000
GIVEN = (Kind.ACCOUNT_CREATED, Kind.PASSWORD_RESET)  # passwords somebody else has seen


async def first_things(here: House, account: Account) -> list[tuple[str, bool, str]]:
    """The word of each, whether it is done, and where it is."""
    settings, record = here.settings, here.record
    things = [
        ("password", await _own_password(here, account), "/account"),
        ("second", account.second, "/account"),
        ("agency", settings.organisation != Settings().organisation or bool(here.emblem), "/admin/agency"),
        ("venues", bool(await record(here.venues.all)), "/admin/rooms"),
        ("people", bool(await record(here.directory.people)), "/admin/people"),
        ("tls", settings.secure, "/guide#technician"),
    ]
    if not settings.database:  # a PostgreSQL is backed up elsewhere
        made = last_backup(settings.data)
        kept = bool(settings.backup_folder.name) and made > here.rooms.clock() - WEEK
        things.append(("backup", kept, "/admin/upkeep"))
    return [*things, ("meeting", bool(await record(here.meetings.phases)), "/meetings/new")]


async def _own_password(here: House, account: Account) -> bool:
    """Whether the last word about it was their own."""
    wanted = Wanted((*GIVEN, Kind.PASSWORD_CHANGED), account.login)
    for line in await here.record(here.audit.lines, wanted, 100):
        if line.kind == Kind.PASSWORD_CHANGED and line.actor == account.login:
            return True
        if line.kind in GIVEN and line.about == account.login:
            return False
    return True  # the first administrator has chosen it
