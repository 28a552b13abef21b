"""What a hostile paper that has taken over its worker can reach."""

import asyncio
import os
import platform
import subprocess
import sys
from pathlib import Path

import pytest

from meetingroom.rendering import enclosure
from meetingroom.rendering.sandbox import AUDIT_ARCH
from tests.rendering import documents
from tests.rendering.desk import desk
from tests.servers import Server

ATTEMPT = """
import ctypes, os, signal, socket, sys
from meetingroom.rendering import sandbox
parent = os.getppid()
{before}
try:
    {attempt}
    os.write(1, b"succeeded")
except (OSError, MemoryError) as error:
    os.write(1, b"failed")
os._exit(0)
"""

ATTEMPTS = {
    "read a file": "open('/etc/passwd').read()",
    "write a file": "open('/tmp/meetingroom-was-here', 'w').write('x')",
    "list a folder": "os.listdir('/')",
    "reach the network": "socket.socket().connect(('127.0.0.1', 9))",
    "send a datagram": "socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b'x', ('127.0.0.1', 9))",
    "start a program": "os.execv('/bin/true', ['true'])",
    "fork": "os.fork()",
    "signal the server": "os.kill(parent, 0)",
    "take more memory": "bytearray(800 << 20)",
}
ONE_WALL_ONLY = {
    "read a file": "sandbox.close_files_and_network()",
    "write a file": "sandbox.close_files_and_network()",
    "reach the network": "sandbox.close_files_and_network()",
    "send a datagram": "sandbox.allow_only_known_calls()",
    "list a folder": "sandbox.allow_only_known_calls()",
    "signal the server": "sandbox.allow_only_known_calls()",
}


@pytest.fixture(scope="module")
def walls(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    async def story() -> list[str]:
        async with desk(tmp_path_factory.mktemp("walls")) as here:
            return here.renderer.layers()

    return asyncio.run(story())


def attempt(what: str, before: str) -> str:
    script = ATTEMPT.format(before=before, attempt=ATTEMPTS[what])
    return subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout


@pytest.mark.parametrize("what", ATTEMPTS)
def test_a_worker_cannot(what: str, walls: list[str]) -> None:
    needed = "limits" if what == "take more memory" else "seccomp"
    if needed not in walls:
        pytest.skip(f"this machine has no {needed}")
    assert attempt(what, "sandbox.enter(512 << 20, 5)") == "failed"


@pytest.mark.parametrize("what", ONE_WALL_ONLY)
def test_one_wall_alone_holds(what: str, walls: list[str]) -> None:
    if not {"landlock", "seccomp"} <= set(walls):
        pytest.skip("this machine does not have both walls")
    assert attempt(what, f"sandbox.forbid_privileges(); assert {ONE_WALL_ONLY[what]}") == "failed"


@pytest.mark.parametrize("what", ["read a file", "list a folder", "send a datagram", "signal the server"])
def test_without_walls_it_could(what: str) -> None:
    """Else the tests above would say nothing."""
    assert attempt(what, "") == "succeeded"


def test_the_server_can_say_which_walls_it_has(walls: list[str]) -> None:
    assert {"limits", "no-new-privileges"} <= set(walls)
    if sys.platform == "linux" and platform.machine() in AUDIT_ARCH and Path("/proc/self/status").exists():
        assert "seccomp" in walls


LOOK_OUT = """
import os, socket, sys
try:
    print(os.listdir(sys.argv[1]))
    open(sys.argv[2], "w")
except OSError as error:
    print(error.strerror)
print(sorted(name for _, name in socket.if_nameindex()), [pid for pid in os.listdir("/proc") if pid.isdigit()])
"""


def test_within_bubblewrap_there_is_no_network_no_other_process_and_nothing_of_the_installation(tmp_path: Path) -> None:
    """Whatever the kernel lacks of the other walls. `hidden` stands for the data folder."""
    hidden, beside = tmp_path / "data", tmp_path / "beside"
    hidden.mkdir()
    (hidden / "meetingroom.db").write_text("secrets")
    command = enclosure.around(hidden)
    if not command or subprocess.run([*command, "true"], capture_output=True, check=False).returncode:
        pytest.skip("bubblewrap is not installed, or this kernel does not let it be built")
    looking = [*command, sys.executable, "-c", LOOK_OUT, str(hidden), str(beside)]
    told = subprocess.run(looking, capture_output=True, text=True, check=True).stdout.splitlines()
    assert told == ["[]", "Read-only file system", "['lo'] ['1']"]


def test_where_bubblewrap_cannot_be_built_papers_are_drawn_without_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "bwrap").write_text("#!/bin/sh\nexit 1\n")
    (tmp_path / "bwrap").chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")

    async def story() -> None:
        async with desk(tmp_path) as here:
            assert (await here.prepare(documents.text()))[1].pages == 1
            assert enclosure.NAME not in here.renderer.layers()

    asyncio.run(story())


WITHOUT_LANDLOCK = """
import ctypes, struct, sys
from meetingroom.rendering import sandbox
from meetingroom.cli import main
steps = [(0x20, 0, 0, 0), (0x15, 0, 1, sandbox.LANDLOCK_CREATE_RULESET), (0x06, 0, 0, 0x00050026), (0x06, 0, 0, 0x7FFF0000)]
code = ctypes.create_string_buffer(b"".join(struct.pack("HBBI", *step) for step in steps))
sandbox.forbid_privileges()
header = struct.pack("HxxxxxxP", len(steps), ctypes.addressof(code))
assert sandbox.libc.prctl(sandbox.PR_SET_SECCOMP, sandbox.SECCOMP_MODE_FILTER, header, 0, 0) == 0
sys.argv[0] = "meetingroom"
main()
"""


def test_where_a_wall_is_wanted_that_the_kernel_lacks_the_server_does_not_start(
    tmp_path: Path, walls: list[str]
) -> None:
    """A filter of system calls makes this kernel one from before Landlock."""
    if not {"landlock", "seccomp"} <= set(walls):
        pytest.skip("this machine does not have both walls")
    serve = ["serve", "--port", "0", "--data", str(tmp_path / "data"), "--require-sandbox"]
    started = subprocess.run(
        [sys.executable, "-c", WITHOUT_LANDLOCK, *serve], capture_output=True, text=True, check=False
    )
    assert started.returncode == 1 and not started.stdout
    last = started.stderr.splitlines()[-1]
    assert last.startswith("meetingroom: papers could not be opened behind all walls: landlock is not to be had here")
    with Server(tmp_path / "data", "--require-sandbox") as server:
        assert "papers are drawn behind: " in server.logged()
