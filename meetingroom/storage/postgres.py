"""What a PostgreSQL server is and can do, for who looks an installation over. Nothing is written."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import URL, text

from meetingroom.storage.engine import Reading

OLDEST = 14  # older ones get no more repairs from their makers
SECONDS = 5.0  # that a notice may take


@dataclass(frozen=True, slots=True)
class About:
    """`rings`: what one line says another hears; `ahead` is how many seconds its clock is before ours."""

    version: str
    major: int
    encoding: str
    is_replica: bool
    rings: bool
    ahead: float


def look(database: Reading, now: Callable[[], float]) -> About:
    """`now` in UTC seconds. Blocks."""
    wanted = text(
        "SELECT current_setting('server_version'), current_setting('server_version_num')::int / 10000,"
        " current_setting('server_encoding'), pg_is_in_recovery(), extract(epoch FROM clock_timestamp())::float"
    )
    with database.engine.connect() as connection:
        version, major, encoding, is_replica, time = connection.execute(wanted).one()
        ahead = time - now()
    rings = not is_replica and _rings(database.engine.url)
    return About(version.split()[0], major, encoding, is_replica, rings, ahead)


def _rings(url: URL) -> bool:
    """Not behind a pooler that lends a line for one transaction: who listens there hears nothing."""
    import psycopg

    address = url.set(drivername="postgresql").render_as_string(hide_password=False)
    channel = f"doctor_{secrets.token_hex(8)}"
    try:
        with (
            psycopg.connect(address, autocommit=True) as ear,
            psycopg.connect(address, autocommit=True) as mouth,
        ):
            ear.execute(f"LISTEN {channel}")
            mouth.execute("SELECT pg_notify(%s, '')", (channel,))
            return any(True for _ in ear.notifies(timeout=SECONDS, stop_after=1))
    except psycopg.Error:
        return False
