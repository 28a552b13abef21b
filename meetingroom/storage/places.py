"""What may be found of meetings: their texts in the index, each with who may see it at the version it was read at.

Who searches compares that version with the journal first: where they agree, `seen_by` is as good as asking the meeting.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Row, bindparam, text

from meetingroom.domain import searching
from meetingroom.domain.finding import Kind, Place
from meetingroom.domain.searching import Query
from meetingroom.storage.index import Index


@dataclass(frozen=True, slots=True)
class Known:
    """A meeting that was read; `id` is its number in the index."""

    id: int
    version: int


Numbers = Mapping[int, Collection[int]]
"""Numbers of places, by the numbers of their meetings."""


class Places:
    """All calls block. Readers do not wait for who writes."""

    def __init__(self, index: Index) -> None:
        self._index = index

    def known(self) -> dict[str, Known]:
        with self._index.engine.connect() as connection:
            rows = connection.execute(text("SELECT id, meeting, version FROM search_meeting"))
            return {meeting: Known(key, version) for key, meeting, version in rows}

    def version(self, meeting: str) -> int:
        """At which it was read; 0: never."""
        with self._index.engine.connect() as connection:
            found = text("SELECT version FROM search_meeting WHERE meeting = :meeting")
            return connection.scalar(found, {"meeting": meeting}) or 0

    def keep(self, meeting: str, version: int, seats: Mapping[str, Sequence[str]], places: Sequence[Place]) -> None:
        """All of a meeting, in place of what was kept of an earlier version of it."""
        row = {"meeting": meeting, "version": version, "seats": json.dumps(seats)}
        with self._index.writing, self._index.engine.begin() as connection:
            key = connection.scalar(text(_NEWER), row)
            if key is None:  # another server has read a later one
                return
            self._index.kind.forget_texts(connection, key)
            connection.execute(text("DELETE FROM search_place WHERE meeting = :meeting"), {"meeting": key})
            if not places:
                return
            words = {number: searching.tokens(place.text) for number, place in enumerate(places)}
            self._index.kind.keep_texts(connection, key, words)
            connection.execute(text(_NEW_PLACE), [_row(key, number, place) for number, place in enumerate(places)])

    def forget(self, meeting: str) -> None:
        """It was erased: nothing of it is found, and nothing of its texts stays in the index."""
        with self._index.writing, self._index.engine.begin() as connection:
            found = text("SELECT id FROM search_meeting WHERE meeting = :meeting")
            key = connection.scalar(found, {"meeting": meeting})
            if key is None:
                return
            self._index.kind.forget_texts(connection, key)
            self._index.kind.purge(connection)
            connection.execute(text("DELETE FROM search_place WHERE meeting = :key"), {"key": key})
            connection.execute(text("DELETE FROM search_meeting WHERE id = :key"), {"key": key})
        self._index.wipe()

    def seats(self, meetings: Collection[int]) -> dict[int, dict[str, list[str]]]:
        """By meeting: participant → what of `seen_by` is theirs."""
        wanted = text("SELECT id, seats FROM search_meeting WHERE id IN :keys").bindparams(
            bindparam("keys", expanding=True)
        )
        with self._index.engine.connect() as connection:
            return {row.id: json.loads(row.seats) for row in connection.execute(wanted, {"keys": list(meetings)})}

    def find(self, sought: Query) -> dict[int, set[int]]:
        """The places whose texts hold all that is sought, by meeting."""
        found: dict[int, set[int]] = {}
        if sought.runs:
            with self._index.engine.connect() as connection:
                for meeting, place in self._index.kind.find_texts(connection, sought):
                    found.setdefault(meeting, set()).add(place)
        return found

    def find_pages(self, meetings: Collection[int], sought: Query) -> dict[int, set[int]]:
        """The papers of these meetings on whose pages all that is sought stands, by meeting."""
        if not sought.runs or not meetings:
            return {}
        with self._index.engine.connect() as connection:
            rows = connection.execute(_PAPERS, {"meetings": list(meetings)}).all()
            documents = sorted({row.document for row in rows})
            held = {at for at, _ in self._index.kind.find(connection, documents, sought)} if documents else set()
        found: dict[int, set[int]] = {}
        for row in rows:
            if row.document in held:
                found.setdefault(row.meeting, set()).add(row.place)
        return found

    def wordless(self) -> list[tuple[str, int]]:
        """Files of papers whose words are not in the index, and how many pages they have."""
        with self._index.engine.connect() as connection:
            rows = connection.execute(text(_WORDLESS), {"kind": Kind.PAPER.value}).all()
        return [(row.file, dict(json.loads(row.told))["pages"]) for row in rows]

    def read(self, numbers: Numbers) -> dict[int, dict[int, Place]]:
        """These places, by meeting and number."""
        if not numbers:
            return {}
        found: dict[int, dict[int, Place]] = {}
        with self._index.engine.connect() as connection:
            for row in connection.execute(_READ, {"meetings": list(numbers)}):
                if row.place in numbers[row.meeting]:
                    found.setdefault(row.meeting, {})[row.place] = _place(row)
        return found


_NEWER = (
    "INSERT INTO search_meeting (meeting, version, seats) VALUES (:meeting, :version, :seats)"
    " ON CONFLICT (meeting) DO UPDATE SET version = excluded.version, seats = excluded.seats"
    " WHERE search_meeting.version <= excluded.version RETURNING id"
)
_NEW_PLACE = (
    "INSERT INTO search_place (meeting, place, kind, about, text, file, told, seen_by)"
    " VALUES (:meeting, :place, :kind, :about, :text, :file, :told, :seen_by)"
)
_WORDLESS = (
    "SELECT file, MIN(told) AS told FROM search_place WHERE kind = :kind"
    " AND NOT EXISTS (SELECT 1 FROM search_file WHERE search_file.file = search_place.file) GROUP BY file"
)
_READ = text("SELECT * FROM search_place WHERE meeting IN :meetings").bindparams(bindparam("meetings", expanding=True))
# A file that was read again, as a scan is, counts as it was read last.
_PAPERS = text(
    "SELECT search_place.meeting, search_place.place, MAX(search_file.id) AS document FROM search_place"
    " JOIN search_file ON search_file.file = search_place.file"
    " WHERE search_place.meeting IN :meetings AND search_place.file <> ''"
    " GROUP BY search_place.meeting, search_place.place"
).bindparams(bindparam("meetings", expanding=True))


def _row(meeting: int, number: int, place: Place) -> dict[str, object]:
    return {
        "meeting": meeting,
        "place": number,
        "kind": place.kind.value,
        "about": place.about,
        "text": place.text,
        "file": place.file,
        "told": json.dumps(place.told, ensure_ascii=False),
        "seen_by": json.dumps(sorted(place.seen_by)),
    }


def _place(row: Row[tuple[object, ...]]) -> Place:
    told = tuple((name, value) for name, value in json.loads(row.told))
    return Place(Kind(row.kind), row.about, row.text, row.file, told, frozenset(json.loads(row.seen_by)))
