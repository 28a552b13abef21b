"""Passwords that the agency's own directory knows: whose they are here, and who comes from there for the first time."""

from __future__ import annotations

from meetingroom.endpoints.context import House
from meetingroom.storage.accounts import Account
from meetingroom.storage.audit import SERVER, Kind
from meetingroom.storage.directory import Person
from meetingroom.storage.passwords import ELSEWHERE, Unacceptable, elsewhere


async def check(
    here: House, account: Account | None, kept: str | None, login: str, password: str
) -> tuple[Account | None, bool]:
    """Who this is and whether the password is theirs. Raises passwords.Busy, ldap.Busy, ldap.Unanswered.

    An account with a password here is never that of somebody there who happens to be called the same. Who is not known
    here at all is not asked about there: guesses at any name would lock people out of their computers.
    """
    known = account is not None and kept is not None and kept.startswith(ELSEWHERE)
    person = await _newcomer(here, login) if here.ldap and account is None else None
    if not here.ldap or not (known or person):
        return account, await here.passwords.fit(kept, password)
    if not await here.ldap.fits(login, password):
        return account, False
    if person:
        account = await _made(here, person)
    return account, account is not None


async def _newcomer(here: House, login: str) -> Person | None:
    """Somebody of our directory of people who has no account yet, not even a locked one."""
    if await here.record(here.accounts.is_taken, login):
        return None
    person: Person | None = await here.record(here.directory.called, login)
    return person


async def _made(here: House, person: Person) -> Account | None:
    try:
        made: Account = await here.record(here.accounts.create, person.login, person.name, elsewhere(), False)
    except Unacceptable:
        return None  # another device of theirs was first, or an administrator
    await here.record(
        lambda: here.audit.add(Kind.ACCOUNT_CREATED, SERVER, about=made.login, text=here.settings.ldap_name)
    )
    return made
