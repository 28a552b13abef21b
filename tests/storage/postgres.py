"""A PostgreSQL server of our own, from the binaries installed here: a socket in a temporary folder, no port."""

import contextlib
import importlib.util
import os
import pwd
import secrets
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import create_engine, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.pool import NullPool


class Missing(Exception):
    """No server can be started here; the text says what is missing."""


@contextlib.contextmanager
def server() -> Iterator[str]:
    """The address of a running server, ready to take `/<database>`-less connections. Raises Missing."""
    if importlib.util.find_spec("psycopg") is None:
        raise Missing("the extra `postgres` (psycopg) is not installed")
    initdb, postgres = _binary("initdb"), _binary("postgres")
    user = _unprivileged()
    folder = Path(tempfile.mkdtemp(prefix="meetingroom-pg-"))
    try:
        if user:
            shutil.chown(folder, user)
        make = [initdb, "-D", folder / "data", "-U", "tests", "-A", "trust", "-N", "--no-locale", "-E", "UTF8"]
        subprocess.run(make, check=True, user=user, cwd=folder, stdout=subprocess.DEVNULL)
        with _running([postgres, "-D", folder / "data", "-k", folder, "-h", "", "-F"], user, folder):
            yield f"postgresql+psycopg://tests@/{{database}}?host={folder}"
    finally:
        shutil.rmtree(folder)


def new_database(address: str) -> str:
    """A fresh database on the server; its address."""
    name = f"d{secrets.token_hex(6)}"
    _say(address, f"CREATE DATABASE {name}")
    return address.format(database=name)


def restart(address: str) -> None:
    """As after a crash of it: nobody is waited for, nothing is finished. `stop` it in the end."""
    _control(address, "restart")


def stop(address: str) -> None:
    _control(address, "stop")


def _control(address: str, *what: str) -> None:
    folder = Path(address.split("host=")[1])
    command = [_binary("pg_ctl"), "-D", folder / "data", "-m", "immediate", "-s", "-w", "-l", folder / "data" / "log"]
    command += ["-o", f"-k {folder} -h '' -F", *what]
    subprocess.run(command, check=True, user=_unprivileged(), cwd=folder, stdin=subprocess.DEVNULL)


def cut_listeners(address: str) -> int:
    """The lines on which processes hear the bell end, as by a firewall. How many there were."""
    engine = create_engine(address, isolation_level="AUTOCOMMIT", poolclass=NullPool)
    statement = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN%'"
    with engine.connect() as connection:
        return len(connection.execute(text(statement)).all())


def _say(address: str, statement: str) -> None:
    engine = create_engine(address.format(database="postgres"), isolation_level="AUTOCOMMIT", poolclass=NullPool)
    with engine.connect() as connection:
        connection.execute(text(statement))


@contextlib.contextmanager
def _running(command: list[object], user: str | None, folder: Path) -> Iterator[None]:
    with (folder / "log").open("w") as log:
        process = subprocess.Popen(list(map(str, command)), user=user, cwd=folder, stdout=log, stderr=log)
    try:
        _wait(process, folder)
        yield
    finally:
        process.send_signal(signal.SIGINT)  # without waiting for connections a failed test has left open
        process.wait()


def _wait(process: subprocess.Popen[bytes], folder: Path) -> None:
    while process.poll() is None:
        with contextlib.suppress(OperationalError):
            return _say(f"postgresql+psycopg://tests@/{{database}}?host={folder}", "SELECT 1")
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(0.05)
    raise Missing((folder / "log").read_text())


def _binary(name: str) -> str:
    places = [name, *map(str, sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), reverse=True))]
    found = next((path for place in places if (path := shutil.which(place))), None)
    if found is None:
        raise Missing(f"{name} of PostgreSQL is not installed")
    return found


def _unprivileged() -> str | None:
    """PostgreSQL refuses to run as root; whoever else runs the tests runs it as themselves."""
    if os.geteuid() != 0:
        return None
    try:
        return pwd.getpwnam("postgres").pw_name
    except KeyError as error:
        raise Missing("PostgreSQL does not run as root and there is no user `postgres`") from error
