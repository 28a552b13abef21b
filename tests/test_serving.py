"""What every connection to the server is like."""

from __future__ import annotations

import socket

from meetingroom import serving


def test_an_answer_does_not_wait_for_the_tablet_to_acknowledge_its_head() -> None:
    with serving.listen("127.0.0.1", 0) as listener, socket.create_connection(listener.getsockname()):
        connection, _ = listener.accept()
        with connection:
            assert connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
