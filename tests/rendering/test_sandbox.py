"""What a hostile paper that has taken over its worker can reach."""

import asyncio
import platform
import subprocess
import sys
from pathlib import Path

import pytest

from meetingroom.rendering.sandbox import AUDIT_ARCH
from tests.rendering.desk import desk

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
