"""The archive over HTTP: made in the background for who ran the meeting, once it is closed."""

from __future__ import annotations

import io
import json
import time
import zipfile
from pathlib import Path

from meetingroom.storage.library import Library
from tests.export.stories import held_story
from tests.rendering import documents
from tests.servers import Server, found
from tests.stories import FINANCE, SECRETARY


def test_an_archive_is_made_told_of_and_fetched(tmp_path: Path) -> None:
    data = tmp_path / "data"
    Library(data / "papers", 10**9, 30)
    codes = found(data, "m", held_story().events)
    for name in ("report", "draft"):  # the stories name files by what they are
        place = data / "papers" / name[:2] / f"{name}.pdf"
        place.parent.mkdir(exist_ok=True)
        place.write_bytes(documents.text(1))
    with Server(data) as server:

        def ask(method: str, path: str, person: str) -> tuple[int, bytes]:
            cookie = server.ask("GET", f"/j/{codes[person]}").cookie
            headers = {"Cookie": cookie, "Origin": server.base}
            answer = server.ask(method, f"/m/m/{person}/{path}", headers)
            return answer.status, answer.body

        assert ask("POST", "archive", FINANCE)[0] == 404
        assert json.loads(ask("GET", "archive", SECRETARY)[1]) == {"state": "none"}
        assert ask("GET", "archive?file", SECRETARY)[0] == 404
        assert ask("POST", "archive", SECRETARY)[0] == 200
        told = {"state": "making"}
        while told["state"] == "making":
            time.sleep(0.1)
            told = json.loads(ask("GET", "archive", SECRETARY)[1])
        assert told["state"] == "ready", server.logged()
        status, content = ask("GET", "archive?file", SECRETARY)
        assert status == 200
        with zipfile.ZipFile(io.BytesIO(content)) as file:
            assert file.testzip() is None and "index.html" in file.namelist()
