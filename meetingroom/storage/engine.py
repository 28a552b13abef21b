"""The database: SQLite in the data folder, or PostgreSQL by its address."""

from __future__ import annotations

import fcntl
import logging
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from sqlalchemy import (
    URL,
    Connection,
    Engine,
    ExceptionContext,
    create_engine,
    event,
    func,
    insert,
    make_url,
    select,
    update,
)
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import SQLModel

from meetingroom.storage.guarding import guard
from meetingroom.storage.migrations import migrate
from meetingroom.storage.tables import OLDEST, ORGANISATION, SCHEMA, SCHEMA_VERSION

log = logging.getLogger(__name__)

MAKING = 0x6D656574  # of our advisory locks
DEFAULT_ORGANISATION = "default"
BUSY_MS = 5000
NAME = "meetingroom.db"


class Unopenable(Exception):
    """The database cannot be used; the text says why and what to do."""


class Database:
    """An engine whose schema is the one this program knows. Close it to let another process in."""

    def __init__(self, data: Path, address: str = "", organisation: str = "") -> None:
        self._lock: IO[str] | None = None
        url = make_url(address or f"sqlite:///{data / NAME}")
        try:
            data.mkdir(parents=True, exist_ok=True, mode=0o700)
            if url.get_backend_name() == "sqlite":
                # Two servers on one SQLite file would not hear of each other's events: the second one must not start.
                self._lock = _only_one(Path(url.database or "").parent / "lock")
        except OSError as error:
            raise Unopenable(f"{data} cannot be written: {error.strerror}; see to its disk and its owner") from error
        self.engine = _engine(url)
        self._writing = _writing(self.engine)
        try:
            _prepare(self.engine, organisation)
        except Unopenable:
            self.close()
            raise

    def close(self) -> None:
        self.engine.dispose()
        if self._lock:
            self._lock.close()

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """All or nothing. On SQLite the write lock is taken at once, so that nobody reads what is about to change."""
        with self._writing.begin() as connection:
            yield connection


class Beside(Database):
    """To change a row beside a running server, which sees it when it next asks; of today's schema only. Raises Unopenable."""

    def __init__(self, data: Path, address: str = "") -> None:
        Reading(data, address).close()
        self._lock = None
        self.engine = _engine(make_url(address or f"sqlite:///{data / NAME}"))
        self._writing = _writing(self.engine)
        with self.engine.connect() as connection:
            version = connection.scalar(select(SCHEMA_VERSION.c.version))
        if version != SCHEMA:
            self.close()
            raise Unopenable(f"the database has schema {version}, this program needs {SCHEMA}; start the server once")


class Reading(Database):
    """To read journals and lists, also of an older schema, beside a running server: nothing is made, changed or locked.

    Raises Unopenable.
    """

    def __init__(self, data: Path, address: str = "") -> None:
        self._lock = None
        url = make_url(address or f"sqlite:///{data / NAME}")
        if url.get_backend_name() == "sqlite":
            file = Path(url.database or "")
            self.engine = create_engine("sqlite://", creator=lambda: read_only(file), hide_parameters=True)
        else:
            self.engine = create_engine(url, execution_options={"postgresql_readonly": True}, hide_parameters=True)
        try:
            with self.engine.connect() as connection:
                version = connection.scalar(select(SCHEMA_VERSION.c.version))
        except SQLAlchemyError as error:
            self.close()
            raise Unopenable(f"the database cannot be read: {error}") from error
        except Unopenable:
            self.close()
            raise
        if version is None or not OLDEST <= version <= SCHEMA:
            self.close()
            raise Unopenable(f"the database has schema {version}, this program needs {SCHEMA}")
        self.schema: int = version

    def damage(self) -> str:
        """What SQLite finds wrong with its file; empty where nothing is. PostgreSQL looks after its own."""
        if self.engine.dialect.name != "sqlite":
            return ""
        with self.engine.connect() as connection:
            found = str(connection.exec_driver_sql("PRAGMA quick_check(1)").scalar())
        return "" if found == "ok" else found


def read_only(file: Path) -> sqlite3.Connection:
    """A SQLite connection that cannot write. Raises Unopenable where there is no database."""
    if not file.is_file():
        raise Unopenable(
            f"không có cơ sở dữ liệu {file}; hãy chỉ thư mục dữ liệu bằng --data.\n"
            f"There is no database {file}; name the data folder with --data."
        )
    return sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True, timeout=BUSY_MS / 1000)


def _only_one(path: Path) -> IO[str]:
    lock = path.open("w")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        lock.close()
        raise Unopenable(
            f"another server is using {path.parent}; stop it first, or choose another data folder"
        ) from error
    return lock


def _engine(url: URL) -> Engine:
    # What is written stays out of error messages: logs are for technicians, notes and ballots are not.
    engine = create_engine(url, pool_pre_ping=url.get_backend_name() != "sqlite", hide_parameters=True)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _tune)
        event.listen(engine, "begin", _begin)
    else:
        event.listen(engine, "handle_error", _first_line_only)
    return engine


def _first_line_only(context: ExceptionContext) -> None:
    """PostgreSQL quotes the row it refuses in the lines after the first (DETAIL), and every message ends in a log."""
    for error in (context.original_exception, context.sqlalchemy_exception):
        if error is not None and error.args:
            error.args = (str(error.args[0]).split("\n", 1)[0], *error.args[1:])


def _writing(engine: Engine) -> Engine:
    """The same engine, for transactions that will write."""
    return engine.execution_options(writing=True)


def _begin(connection: Connection) -> None:
    """Whoever only reads takes no lock: with a write-ahead log readers and the writer do not wait for one another."""
    writing = connection.get_execution_options().get("writing")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")


def _tune(connection: Any, _record: Any) -> None:
    """FULL: an acknowledged ballot survives a power cut; NORMAL was measured to lose it in 19 of 20."""
    connection.isolation_level = None  # we say BEGIN ourselves
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        f"busy_timeout={BUSY_MS}",
        "secure_delete=ON",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _prepare(engine: Engine, organisation: str) -> None:
    """Create all in a new database, bring an older one to today's schema; refuse a newer one, and leave it as it is."""
    try:
        with _writing(engine).begin() as connection:
            if engine.dialect.name == "postgresql":  # servers that start together make the tables one after the other
                connection.execute(select(func.pg_advisory_xact_lock(MAKING)))
            SCHEMA_VERSION.create(connection, checkfirst=True)
            version = connection.scalar(select(SCHEMA_VERSION.c.version))
            if version is None:
                SQLModel.metadata.create_all(connection)
                guard(connection)
                connection.execute(insert(SCHEMA_VERSION).values(version=SCHEMA))
                connection.execute(insert(ORGANISATION).values(id=DEFAULT_ORGANISATION, name=organisation))
                version = SCHEMA
            elif OLDEST <= version < SCHEMA:
                log.info("schema %s becomes %s", version, SCHEMA)
                migrate(connection, version, SCHEMA)
                connection.execute(update(SCHEMA_VERSION).values(version=SCHEMA))
                version = SCHEMA
    except Exception as error:
        raise Unopenable(f"the database cannot be opened: {error}") from error
    if version != SCHEMA:
        raise Unopenable(f"the database has schema {version}, this program needs {SCHEMA}")
