"""Terms: the words an administrator offers where something is to be named alike: meeting types, paper kinds, issuing bodies."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum

from sqlalchemy import delete, insert, select

from meetingroom.domain.people import same
from meetingroom.storage.engine import DEFAULT_ORGANISATION, Database
from meetingroom.storage.tables import TERM


class Shelf(StrEnum):
    MEETINGS = "meetings"
    PAPERS = "papers"
    ISSUERS = "issuers"


USUAL: Mapping[Shelf, tuple[str, ...]] = {
    Shelf.MEETINGS: ("Phiên họp thường kỳ", "Phiên họp chuyên đề", "Phiên họp bất thường", "Họp giao ban", "Hội nghị"),
    Shelf.PAPERS: (
        "Tờ trình",
        "Dự thảo nghị quyết",
        "Dự thảo quyết định",
        "Báo cáo",
        "Báo cáo thẩm định",
        "Báo cáo thẩm tra",
        "Kế hoạch",
        "Công văn",
        "Giấy mời",
        "Phụ lục",
        "Tài liệu tham khảo",
    ),
    Shelf.ISSUERS: (),
}
"""Until somebody has written a list of their own, what is usual in Vietnamese agencies."""

MOST = 300  # of one list


class Terms:
    """All calls block."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def all(self) -> dict[Shelf, tuple[str, ...]]:
        """Every list in its order."""
        wanted = select(TERM).where(TERM.c.organisation == DEFAULT_ORGANISATION).order_by(TERM.c.shelf, TERM.c.place)
        found: dict[Shelf, list[str]] = {}
        with self._database.engine.connect() as connection:
            for row in connection.execute(wanted):
                found.setdefault(Shelf(row.shelf), []).append(row.name)
        return {shelf: tuple(found[shelf]) if shelf in found else USUAL[shelf] for shelf in Shelf}

    def write(self, shelf: Shelf, names: Sequence[str]) -> None:
        """Exactly these from now on, each once; none: what is usual again. What is named by one keeps its name."""
        once = list({same(name): name for name in reversed(names) if name}.values())[::-1][:MOST]
        rows = [
            {"organisation": DEFAULT_ORGANISATION, "shelf": shelf.value, "name": name, "place": place}
            for place, name in enumerate(once)
        ]
        with self._database.transaction() as connection:
            connection.execute(
                delete(TERM).where(TERM.c.organisation == DEFAULT_ORGANISATION, TERM.c.shelf == shelf.value)
            )
            if rows:
                connection.execute(insert(TERM), rows)
