"""The rehearsal of a network on a real server: made by an administrator, played by simulated tablets, over afterwards."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlencode

from meetingroom.demo.rehearsal import LIMITS, STEPS, Step, verdict
from tests.servers import Server, administrator

FORM = {"Content-Type": "application/x-www-form-urlencoded"}


def test_tablets_play_a_rehearsal_once(tmp_path: Path) -> None:
    data, file = tmp_path / "data", tmp_path / "rehearsal.json"
    data.mkdir()
    administrator(data, "quan-tri", "một câu dài")
    with Server(data) as server:
        form = FORM | {"Origin": server.base}
        fields = urlencode({"login": "quan-tri", "password": "một câu dài"}).encode()
        cookie = server.ask("POST", "/sign-in", form, fields).cookie
        made = server.ask("POST", "/admin/rehearsal", form | {"Cookie": cookie}, b"tablets=5")
        assert made.status == 200
        file.write_bytes(made.body)

        command = [sys.executable, "-m", "meetingroom", "rehearse", server.base, str(file), "--tablets", "4", "--json"]
        played = subprocess.run(command, capture_output=True, text=True, check=False)
        said = json.loads(played.stdout)
        assert (said["tablets"], [step["name"] for step in said["steps"]]) == (4, list(STEPS))
        assert [step["lost"] for step in said["steps"]] == [0] * len(STEPS), said
        assert (played.returncode == 0) == said["good"]

        again = subprocess.run(command, capture_output=True, text=True, check=False)
        assert (again.returncode, again.stdout) == (1, "") and "đã xong" in again.stderr
        nowhere = [*command[:4], "http://127.0.0.1:9", str(file)]
        assert "127.0.0.1:9" in subprocess.run(nowhere, capture_output=True, text=True, check=False).stderr


def test_a_chair_understands_the_verdict() -> None:
    good = [Step(name, 0.1, 0.3, 0) for name in STEPS]
    assert verdict(good, 200)[0] == "Mạng đủ cho 200 máy: lật trang đến máy chậm nhất sau 0,3 giây."
    slow = [Step("turn", 0.5, 2.5, 0) if step.name == "turn" else step for step in good]
    said = "\n".join(verdict(slow, 200))
    assert "Mạng chưa đủ cho 200 máy." in said and "2,5 giây" in said and LIMITS["turn"].try_vi in said
    assert LIMITS["image"].try_vi not in said
    lost = [Step("back", 1, 1, 3) if step.name == "back" else step for step in good]
    assert "3 máy không xong" in "\n".join(verdict(lost, 200))
