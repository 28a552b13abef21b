"""The index of words on pages, by the hash of the file: what it finds is not secret from the server, who may read it is asked
elsewhere. It can be made again from the papers, so it is in no backup and no commit of the meeting waits for it.

With SQLite it is a file of its own beside the database; in PostgreSQL tables of the database. The texts of meetings that
`places.py` keeps lie in it too.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.exc import DatabaseError, OperationalError

from meetingroom.domain.searching import Query, Tokens
from meetingroom.storage.engine import BUSY_MS, MAKING, Database

log = logging.getLogger(__name__)

NAME = "search.db"
PAGES = 1 << 20  # more than a paper ever has
EDITION = 2  # raise it when more of a meeting can be found: all are then read again
POSITIONS = 16_383  # the last place of a word that PostgreSQL knows

Place = tuple[str, int]
"""File and page."""


@dataclass(frozen=True, slots=True)
class Indexed:
    """A file whose words can be found; on `silent` of its pages there are none."""

    id: int
    pages: int
    silent: int


class Kind(Protocol):
    """What SQLite and PostgreSQL say differently."""

    @property
    def tables(self) -> Sequence[str]: ...

    def keep(self, connection: Connection, document: int, pages: Mapping[int, Sequence[str]]) -> None: ...

    def find(self, connection: Connection, documents: Sequence[int], sought: Query) -> list[tuple[int, int]]: ...

    def forget(self, connection: Connection, documents: Sequence[int]) -> bool: ...

    def keep_texts(self, connection: Connection, meeting: int, texts: Mapping[int, Sequence[str]]) -> None: ...

    def forget_texts(self, connection: Connection, meeting: int) -> None: ...

    def purge(self, connection: Connection) -> None: ...

    def find_texts(self, connection: Connection, sought: Query) -> list[tuple[int, int]]: ...


class Index:
    """All calls block. Readers do not wait for who writes."""

    def __init__(self, database: Database, data: Path) -> None:
        self._own = database.engine.dialect.name == "sqlite"
        self.engine = _beside(data / NAME) if self._own else database.engine
        self.kind: Kind = Sqlite() if self._own else Postgres()
        self.writing = threading.Lock()
        try:
            self._make()
        except DatabaseError as error:
            # Locked, full or not to be written is not damaged.
            if not self._own or isinstance(error, OperationalError):
                raise
            log.warning("index of words damaged, made anew", extra={"cause": repr(error)[:200]})
            self.engine.dispose()
            for ending in ("", "-wal", "-shm"):
                (data / f"{NAME}{ending}").unlink(missing_ok=True)
            self._make()

    def _make(self) -> None:
        with self.writing, self.engine.begin() as connection:
            if not self._own:  # servers that start together make the tables one after the other
                connection.execute(text("SELECT pg_advisory_xact_lock(:making)"), {"making": MAKING})
            for statement in self.kind.tables:
                connection.execute(text(statement))
            if connection.scalar(text("SELECT MAX(number) FROM search_edition")) != EDITION:
                connection.execute(text("UPDATE search_meeting SET version = 0"))
                connection.execute(text("DELETE FROM search_edition"))
                connection.execute(text("INSERT INTO search_edition (number) VALUES (:number)"), {"number": EDITION})

    def close(self) -> None:
        if self._own:
            self.engine.dispose()

    def known(self, files: Sequence[str]) -> dict[str, Indexed]:
        """Those of the files whose words are kept."""
        wanted = frozenset(files)
        with self.engine.connect() as connection:
            rows = connection.execute(text("SELECT id, file, pages, silent FROM search_file ORDER BY id"))
            return {file: Indexed(key, pages, silent) for key, file, pages, silent in rows if file in wanted}

    def keep(self, file: str, pages: Mapping[int, Tokens]) -> None:
        """All pages of a file, in place of what was kept of it."""
        silent = sum(not words for words in pages.values())
        with self.writing, self.engine.begin() as connection:
            row = {"file": file, "pages": len(pages), "silent": silent}
            document = connection.scalar(text(_NEW_FILE), row)
            self.kind.keep(connection, document, {page: words for page, words in pages.items() if words})

    def forget(self, files: Collection[str]) -> bool:
        """The words of these files are gone for good. False where that took those of all others with them: read them again."""
        if not (known := self.known(list(files))):
            return True
        with self.writing, self.engine.begin() as connection:
            alone = self.kind.forget(connection, [each.id for each in known.values()])
            connection.execute(text("DELETE FROM search_file WHERE file = :file"), [{"file": file} for file in known])
            if not alone:
                connection.execute(text("DELETE FROM search_file"))
        self.wipe()
        return alone

    def wipe(self) -> None:
        """Nor does the log beside SQLite's file keep what was deleted."""
        if self._own:
            with self.engine.connect() as connection:
                connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")

    def find(self, files: Mapping[str, Indexed], sought: Query) -> list[Place]:
        """Pages of these files that hold all that is sought; by file as given, then by page."""
        if not sought.runs or not files:
            return []
        order = {known.id: file for file, known in files.items()}
        with self.engine.connect() as connection:
            found: dict[int, list[int]] = {}
            for document, page in self.kind.find(connection, sorted(order), sought):
                found.setdefault(document, []).append(page)
        return [(file, page) for key, file in order.items() for page in sorted(found.get(key, ()))]


PLACES = (  # of meetings: see places.py
    "CREATE TABLE IF NOT EXISTS search_edition (number INTEGER NOT NULL)",
    "CREATE INDEX IF NOT EXISTS search_file_file ON search_file (file)",
    "CREATE TABLE IF NOT EXISTS search_place (meeting INTEGER NOT NULL, place INTEGER NOT NULL, kind TEXT NOT NULL,"
    " about TEXT NOT NULL, text TEXT NOT NULL, file TEXT NOT NULL, told TEXT NOT NULL, seen_by TEXT NOT NULL,"
    " PRIMARY KEY (meeting, place))",
)

_NEW_FILE = "INSERT INTO search_file (file, pages, silent) VALUES (:file, :pages, :silent) RETURNING id"


class Sqlite:
    """FTS5 without the text: a row's number is its file's number and its page, so that no other table is read."""

    tables = (
        "CREATE TABLE IF NOT EXISTS search_file"
        " (id INTEGER PRIMARY KEY AUTOINCREMENT, file TEXT NOT NULL, pages INTEGER NOT NULL, silent INTEGER NOT NULL)",
        # The words come folded and apart; `ascii` takes all letters beyond ASCII as they are.
        "CREATE VIRTUAL TABLE IF NOT EXISTS search_page USING fts5(words, content='', tokenize='ascii', prefix='1 2 3')",
        "CREATE TABLE IF NOT EXISTS search_meeting"
        " (id INTEGER PRIMARY KEY, meeting TEXT NOT NULL UNIQUE, version INTEGER NOT NULL, seats TEXT NOT NULL)",
        "CREATE VIRTUAL TABLE IF NOT EXISTS search_text USING fts5(words, tokenize='ascii', prefix='1 2 3')",
        *PLACES,
    )

    def keep(self, connection: Connection, document: int, pages: Mapping[int, Sequence[str]]) -> None:
        rows = [{"place": document * PAGES + page, "words": " ".join(words)} for page, words in pages.items()]
        if rows:
            connection.execute(text("INSERT INTO search_page (rowid, words) VALUES (:place, :words)"), rows)

    def find(self, connection: Connection, documents: Sequence[int], sought: Query) -> list[tuple[int, int]]:
        wanted = frozenset(documents)
        statement = text(
            "SELECT rowid FROM search_page WHERE search_page MATCH :words AND rowid BETWEEN :first AND :last"
        )
        places = connection.execute(
            statement,
            {"words": self.match(sought), "first": documents[0] * PAGES, "last": (documents[-1] + 1) * PAGES},
        ).scalars()
        return [divmod(place, PAGES) for place in places if place // PAGES in wanted]

    def forget(self, connection: Connection, documents: Sequence[int]) -> bool:
        """A table without its text deletes only what it is given again word by word, before SQLite 3.43."""
        connection.execute(text("INSERT INTO search_page (search_page) VALUES ('delete-all')"))
        return False

    def keep_texts(self, connection: Connection, meeting: int, texts: Mapping[int, Sequence[str]]) -> None:
        rows = [{"place": meeting * PAGES + place, "words": " ".join(words)} for place, words in texts.items()]
        connection.execute(text("INSERT INTO search_text (rowid, words) VALUES (:place, :words)"), rows)

    def forget_texts(self, connection: Connection, meeting: int) -> None:
        statement = text("DELETE FROM search_text WHERE rowid >= :first AND rowid < :last")
        connection.execute(statement, {"first": meeting * PAGES, "last": (meeting + 1) * PAGES})

    def purge(self, connection: Connection) -> None:
        """Deleted words stay in older parts of the index until these are merged."""
        connection.execute(text("INSERT INTO search_text (search_text) VALUES ('optimize')"))

    def find_texts(self, connection: Connection, sought: Query) -> list[tuple[int, int]]:
        statement = text("SELECT rowid FROM search_text WHERE search_text MATCH :words")
        return [
            divmod(place, PAGES) for place in connection.execute(statement, {"words": self.match(sought)}).scalars()
        ]

    @staticmethod
    def match(sought: Query) -> str:
        """Tokens are letters and digits only, so nothing in them means anything to FTS5 within quotation marks."""
        return " AND ".join(f'"{" ".join(run)}"' for run in sought.runs) + (" *" if sought.unfinished else "")


class Postgres:
    """A tsvector made here, so that both databases cut and compare words in the same way."""

    tables = (
        "CREATE TABLE IF NOT EXISTS search_file"
        " (id SERIAL PRIMARY KEY, file TEXT NOT NULL, pages INTEGER NOT NULL, silent INTEGER NOT NULL)",
        "CREATE TABLE IF NOT EXISTS search_page"
        " (document INTEGER NOT NULL, page INTEGER NOT NULL, words TSVECTOR NOT NULL, PRIMARY KEY (document, page))",
        "CREATE INDEX IF NOT EXISTS search_page_words ON search_page USING gin (words)",
        "CREATE TABLE IF NOT EXISTS search_meeting"
        " (id SERIAL PRIMARY KEY, meeting TEXT NOT NULL UNIQUE, version INTEGER NOT NULL, seats TEXT NOT NULL)",
        "CREATE TABLE IF NOT EXISTS search_text"
        " (meeting INTEGER NOT NULL, place INTEGER NOT NULL, words TSVECTOR NOT NULL, PRIMARY KEY (meeting, place))",
        "CREATE INDEX IF NOT EXISTS search_text_words ON search_text USING gin (words)",
        *PLACES,
    )

    def keep(self, connection: Connection, document: int, pages: Mapping[int, Sequence[str]]) -> None:
        rows = [{"document": document, "page": page, "words": self.vector(words)} for page, words in pages.items()]
        if rows:
            statement = "INSERT INTO search_page VALUES (:document, :page, CAST(:words AS tsvector))"
            connection.execute(text(statement), rows)

    def find(self, connection: Connection, documents: Sequence[int], sought: Query) -> list[tuple[int, int]]:
        statement = text(
            "SELECT document, page FROM search_page WHERE words @@ CAST(:words AS tsquery) AND document = ANY(:documents)"
        )
        rows = connection.execute(statement, {"words": self.match(sought), "documents": list(documents)})
        return [(row.document, row.page) for row in rows]

    def forget(self, connection: Connection, documents: Sequence[int]) -> bool:
        statement = "DELETE FROM search_page WHERE document = ANY(:documents)"
        connection.execute(text(statement), {"documents": list(documents)})
        return True

    def keep_texts(self, connection: Connection, meeting: int, texts: Mapping[int, Sequence[str]]) -> None:
        rows = [{"meeting": meeting, "place": place, "words": self.vector(words)} for place, words in texts.items()]
        connection.execute(text("INSERT INTO search_text VALUES (:meeting, :place, CAST(:words AS tsvector))"), rows)

    def forget_texts(self, connection: Connection, meeting: int) -> None:
        connection.execute(text("DELETE FROM search_text WHERE meeting = :meeting"), {"meeting": meeting})

    def purge(self, connection: Connection) -> None:
        """VACUUM does that, some time."""

    def find_texts(self, connection: Connection, sought: Query) -> list[tuple[int, int]]:
        statement = text("SELECT meeting, place FROM search_text WHERE words @@ CAST(:words AS tsquery)")
        return [(row.meeting, row.place) for row in connection.execute(statement, {"words": self.match(sought)})]

    @staticmethod
    def vector(words: Sequence[str]) -> str:
        places: dict[str, list[str]] = {}
        for place, word in enumerate(words[:POSITIONS], start=1):
            places.setdefault(word, []).append(str(place))
        return " ".join(f"'{word}':{','.join(at)}" for word, at in places.items())

    @staticmethod
    def match(sought: Query) -> str:
        runs = ["<->".join(f"'{token}'" for token in run) for run in sought.runs]
        return "&".join(f"({run})" for run in runs[:-1]) + ("&" if runs[1:] else "") + Postgres._last(sought, runs[-1])

    @staticmethod
    def _last(sought: Query, run: str) -> str:
        return f"({run}:*)" if sought.unfinished else f"({run})"


def _beside(file: Path) -> Engine:
    engine = create_engine(f"sqlite:///{file}")

    def tune(connection: Any, _record: Any) -> None:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA secure_delete=ON")
        connection.execute("PRAGMA synchronous=NORMAL")  # what a power cut takes is made again
        connection.execute(f"PRAGMA busy_timeout={BUSY_MS}")

    event.listen(engine, "connect", tune)
    return engine
