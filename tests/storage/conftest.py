"""Databases for the tests of storage: SQLite always, PostgreSQL where its server is installed."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from meetingroom.storage.engine import Database
from tests.storage import postgres

Opened = Callable[[], Database]


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    try:
        with postgres.server() as address:
            yield address
    except postgres.Missing as missing:
        pytest.skip(f"the journal was not tried on PostgreSQL: {missing}")


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """An empty database, of every kind the program knows."""
    address = postgres.new_database(request.getfixturevalue("server")) if request.param == "postgresql" else ""
    opened = Database(tmp_path / "data", address)
    yield opened
    opened.close()


@pytest.fixture
def sqlite(tmp_path: Path) -> Iterator[Database]:
    """An empty database where only one kind matters."""
    opened = Database(tmp_path / "data")
    yield opened
    opened.close()
