"""What the agency's own collectors are given: audit lines by syslog, figures at /metrics; and that they hold up nobody."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlencode

from tests.servers import Server, administrator

LOGIN, PASSWORD, TOKEN = 'quan"tri]', "một câu dài", "mot-token-dai"
LINE = re.compile(
    r"<8[46]>1 \d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z \S+ meetingroom \d+ (\w+) "
    r'\[audit@32473((?: \w+="(?:[^"\\\]]|\\["\\\]])*")*)\] \w+'
)


def signs_in(server: Server, password: str) -> int:
    form = {"Content-Type": "application/x-www-form-urlencoded", "Origin": server.base}
    return server.ask("POST", "/sign-in", form, urlencode({"login": LOGIN, "password": password}).encode()).status


def test_audit_lines_go_to_a_collector(tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir()
    administrator(data, LOGIN, PASSWORD)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as collector:
        collector.bind(("127.0.0.1", 0))
        collector.settimeout(20)
        address = f"127.0.0.1:{collector.getsockname()[1]}"
        with Server(data, environment={"MEETINGROOM_SYSLOG": address, "MEETINGROOM_METRICS_TOKEN": TOKEN}) as server:
            assert (signs_in(server, "sai-mat-khau"), signs_in(server, PASSWORD)) == (403, 303)
            lines = [collector.recv(65536).decode() for _ in range(2)]
            found = [LINE.fullmatch(line) for line in lines]
            assert [match and match[1] for match in found] == ["sign_in_failed", "signed_in"], lines
            assert all(match and 'actor="quan\\"tri\\]"' in match[2] for match in found)
            assert lines[0].startswith("<84>") and lines[1].startswith("<86>"), "a failure weighs more"
            assert not any(word in "".join(lines) for word in ("sai-mat-khau", PASSWORD))

            asked = server.ask("GET", "/metrics", {"Authorization": f"Bearer {TOKEN}"})
            assert asked.status == 200 and re.search(r"^meetingroom_devices 0$", asked.body.decode(), re.MULTILINE)
            assert server.ask("GET", "/metrics", {"Authorization": "Bearer none"}).status == 401


def test_what_is_done_on_the_machine_reaches_the_collector_too(tmp_path: Path) -> None:
    administrator(tmp_path, LOGIN, PASSWORD)
    command = [sys.executable, "-m", "meetingroom", "second-factor", LOGIN, "--data", str(tmp_path)]
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as collector:
        collector.bind(("127.0.0.1", 0))
        collector.settimeout(20)
        for address in (f"127.0.0.1:{collector.getsockname()[1]}", str(tmp_path / "no-socket")):
            subprocess.run(command, check=True, capture_output=True, env=os.environ | {"MEETINGROOM_SYSLOG": address})
        line = LINE.fullmatch(collector.recv(65536).decode())
    assert line and line[1] == "second_removed"
    assert line[2] == ' actor="server" about="quan\\"tri\\]"'


def test_a_collector_that_is_not_there_holds_up_nobody(tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir()
    administrator(data, LOGIN, PASSWORD)
    with Server(data, environment={"MEETINGROOM_SYSLOG": str(tmp_path / "no-socket")}) as server:
        assert signs_in(server, PASSWORD) == 303
        assert server.ask("GET", "/metrics", {"Authorization": "Bearer "}).status == 401, "no token is no way in"
