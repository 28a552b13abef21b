"""A copy of a PostgreSQL database to try an upgrade on: a schema beside the real one, dropped again.

A template database would have to be left by everybody, pg_dump is not on every machine; this needs only the right to make a
schema, takes one snapshot while the servers run, and locks nothing they write to.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

from sqlalchemy import Connection, create_engine, inspect, make_url, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import NullPool

from meetingroom.storage.backup import Impossible

COPY = "meetingroom_rehearsal"
ALONE = 0x72656865  # of our advisory locks: two rehearsals would take each other's copy away
INDEX = "search_"  # the index of words is made again and no part of what is upgraded
NO_RIGHT = "42501"


@contextlib.contextmanager
def copied(address: str) -> Iterator[str]:
    """The address of the copy. Raises Impossible where there is no right or no room for one."""
    engine = create_engine(address, poolclass=NullPool, hide_parameters=True)
    with contextlib.ExitStack() as last:
        try:
            lock = last.enter_context(engine.connect().execution_options(isolation_level="AUTOCOMMIT"))
            if not lock.scalar(text("SELECT pg_try_advisory_lock(:alone)"), {"alone": ALONE}):
                raise Impossible(
                    "một lần thử khác đang chạy trên cơ sở dữ liệu này; hãy đợi nó xong rồi chạy lại.",
                    "Another rehearsal is running on this database; wait for it and run this again.",
                )
            last.callback(_drop, lock)
            _drop(lock)  # what a rehearsal that was killed has left
            with engine.connect().execution_options(isolation_level="REPEATABLE READ") as copying, copying.begin():
                _copy(copying)
        except SQLAlchemyError as error:
            raise _impossible(error, engine.url.database) from error
        yield _address(address)


def _copy(connection: Connection) -> None:
    schema = str(connection.scalar(text("SELECT current_schema()")))
    names = [name for name in inspect(connection).get_table_names() if not name.startswith(INDEX)]
    bound = connection.execute(
        text(
            "SELECT conrelid::regclass::text, pg_get_constraintdef(oid) FROM pg_constraint"
            " WHERE contype = 'f' AND connamespace = CAST(:schema AS regnamespace)"
        ),
        {"schema": schema},
    ).all()
    quoted = connection.dialect.identifier_preparer.quote
    connection.execute(text(f"CREATE SCHEMA {COPY}"))
    for name in map(quoted, names):
        # Not unlogged, though it is thrown away: tables that a step adds may not refer to such ones.
        connection.execute(text(f"CREATE TABLE {COPY}.{name} (LIKE {quoted(schema)}.{name} INCLUDING ALL)"))
        connection.execute(text(f"INSERT INTO {COPY}.{name} SELECT * FROM {quoted(schema)}.{name}"))  # noqa: S608
    connection.execute(text(f"SET LOCAL search_path = {COPY}"))
    for table, definition in bound:
        connection.execute(text(f"ALTER TABLE {table} ADD {definition}"))


def _drop(connection: Connection) -> None:
    connection.execute(text("SET client_min_messages = warning"))
    connection.execute(text(f"DROP SCHEMA IF EXISTS {COPY} CASCADE"))


def _address(address: str) -> str:
    url = make_url(address)
    given = url.query.get("options", "")
    options = f"{given if isinstance(given, str) else ' '.join(given)} -csearch_path={COPY}".strip()
    return url.update_query_dict({"options": options}).render_as_string(hide_password=False)


def _impossible(error: SQLAlchemyError, database: str | None) -> Impossible:
    cause = getattr(error, "orig", None)
    if getattr(cause, "sqlstate", "") == NO_RIGHT:
        return Impossible(
            "tài khoản cơ sở dữ liệu này không được tạo bản sao để thử; nhờ người quản trị PostgreSQL chạy "
            f"GRANT CREATE ON DATABASE {database} TO tài khoản ấy, hoặc thử trên một cơ sở dữ liệu phục hồi từ pg_dump.",
            "This database user may not make a copy to try it on; have GRANT CREATE ON DATABASE "
            f"{database} TO that user run, or rehearse on a database restored from pg_dump.",
        )
    said = str(cause or error).split("\n", 1)[0]
    return Impossible(f"không sao chép được: {said}.", f"It could not be copied: {said}.")
