"""What every connection to the server is like."""

from __future__ import annotations

import socket
import time
from pathlib import Path

from meetingroom import serving
from meetingroom.storage.backup import restore
from tests.servers import Server


def test_an_answer_does_not_wait_for_the_tablet_to_acknowledge_its_head() -> None:
    with serving.listen("127.0.0.1", 0) as listener, socket.create_connection(listener.getsockname()):
        connection, _ = listener.accept()
        with connection:
            assert connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)


def test_backups_are_made_while_it_serves(tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    with Server(tmp_path / "data", environment={"MEETINGROOM_BACKUP_FOLDER": str(folder)}):
        for _ in range(300):
            if made := list(folder.glob("meetingroom-*.zip")):
                break
            time.sleep(0.1)
        restore(made[0], tmp_path / "again")
    assert (tmp_path / "again" / "meetingroom.db").exists()
