"""Sight: what is there for who asks, as far as the unit it belongs to decides (`domain.separation`)."""

from __future__ import annotations

from dataclasses import dataclass

from meetingroom.domain.separation import Office, Thing, Tree, Visitor, sees
from meetingroom.endpoints.context import House
from meetingroom.storage.accounts import Account


@dataclass(frozen=True, slots=True)
class Sight:
    visitor: Visitor
    tree: Tree

    def sees(self, thing: Thing, unit: str) -> bool:
        return sees(self.visitor, thing, unit, self.tree)

    def units(self, thing: Thing) -> list[str]:
        """All of which they see it; "" among them stands for the whole agency."""
        return [unit for unit in ("", *self.tree) if self.sees(thing, unit)]


async def sight_of(here: House, account: Account | None) -> Sight:
    """Of an account; None: of who has none. Who has no office is of the unit the directory puts them into."""
    tree = await _tree(here)
    if account is None:
        return Sight(Visitor(), tree)
    if account.office is Office.ADMINISTRATOR:
        return Sight(Visitor(account.office, ""), tree)
    if account.office is Office.NONE:
        return Sight(Visitor(unit=await here.record(here.directory.placed, account.login)), tree)
    return Sight(Visitor(account.office, account.unit), tree)


async def sight_for(here: House, unit: str, office: Office = Office.SECRETARY) -> Sight:
    """Of who prepares a meeting of this unit, whoever they are; or of what else sees with the unit's eyes."""
    return Sight(Visitor(office, unit), await _tree(here))


async def _tree(here: House) -> dict[str, str]:
    return {unit.id: unit.above for unit in await here.record(here.directory.units)}
