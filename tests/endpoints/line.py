"""A websocket by hand, for what no well-behaved client sends."""

from __future__ import annotations

import base64
import json
import os
import socket
from collections.abc import Mapping
from typing import Any, Self

TEXT, BINARY, CLOSE, PING, PONG, MORE = 0x1, 0x2, 0x8, 0x9, 0xA, 0x0
PATIENCE = 20.0


class Line:
    """A connection after the server's answer to the handshake. `status` is that answer's."""

    def __init__(self, connection: socket.socket) -> None:
        self.connection = connection
        self.rest = b""
        head = self._until(b"\r\n\r\n")
        self.status = int(head.split(b" ", 2)[1])

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.connection.close()

    def send(self, payload: bytes, opcode: int = TEXT, final: bool = True, masked: bool = True, rsv: int = 0) -> None:
        head = bytes([(0x80 if final else 0) | rsv << 4 | opcode])
        size, mask = len(payload), 0x80 if masked else 0
        if size < 126:
            head += bytes([mask | size])
        elif size < 65536:
            head += bytes([mask | 126]) + size.to_bytes(2, "big")
        else:
            head += bytes([mask | 127]) + size.to_bytes(8, "big")
        # Masked with zeros: legal, and the payload stays readable in a dump.
        self.connection.sendall(head + (bytes(4) if masked else b"") + payload)

    def say(self, message: object) -> None:
        self.send(json.dumps(message).encode())

    def frame(self) -> tuple[int, bytes]:
        """The next frame of the server, ConnectionError when the line is cut."""
        first, second = self._take(2)
        size = second & 0x7F
        if size == 126:
            size = int.from_bytes(self._take(2), "big")
        elif size == 127:
            size = int.from_bytes(self._take(8), "big")
        return first & 0x0F, self._take(size)

    def hear(self, key: str) -> dict[str, Any]:
        """The next message that has this key."""
        while True:
            opcode, payload = self.frame()
            assert opcode != CLOSE, payload
            if opcode == PING:
                self.send(payload, PONG)
            if opcode == TEXT and key in (message := json.loads(payload)):
                return dict(message)

    def closed(self) -> int:
        """The code the server closes the line with; 1006 if it cuts it without one."""
        try:
            while True:
                opcode, payload = self.frame()
                if opcode == CLOSE:
                    return int.from_bytes(payload[:2], "big") if payload else 1005
        except ConnectionError:
            return 1006

    def _take(self, size: int) -> bytes:
        while len(self.rest) < size:
            self._more()
        taken, self.rest = self.rest[:size], self.rest[size:]
        return taken

    def _until(self, end: bytes) -> bytes:
        while end not in self.rest:
            self._more()
        head, self.rest = self.rest.split(end, 1)
        return head

    def _more(self) -> None:
        got = self.connection.recv(65536)
        if not got:
            raise ConnectionError("cut")
        self.rest += got


def handshake(port: int, path: str, headers: Mapping[str, str | None], second_origin: str = "") -> Line:
    """Ask for a websocket; a header that is None is left out."""
    connection = socket.create_connection(("127.0.0.1", port), timeout=PATIENCE)
    key = base64.b64encode(os.urandom(16)).decode()
    asked = {
        "Host": f"127.0.0.1:{port}",
        "Upgrade": "websocket",
        "Connection": "Upgrade",
        "Sec-WebSocket-Key": key,
        "Sec-WebSocket-Version": "13",
    } | headers
    lines = [f"{name}: {value}" for name, value in asked.items() if value is not None]
    lines += [f"Origin: {second_origin}"] if second_origin else []
    connection.sendall("\r\n".join([f"GET {path} HTTP/1.1", *lines, "", ""]).encode())
    return Line(connection)
