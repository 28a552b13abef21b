"""Another agency's gateway: a small HTTP server that keeps what it is sent and offers what it has."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

TOKEN = "mot-the-bai"


class Peer(ThreadingHTTPServer):
    """`offered`: by key; `got`: what was sent to it; `deaf`: it answers with an error;
    `listed`: what it answers in place of the list of what it has."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Desk)
        self.offered: dict[str, bytes] = {}
        self.got: list[bytes] = []
        self.deaf = False
        self.listed = b""

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/gateway"


class Desk(BaseHTTPRequestHandler):
    server: Peer

    def do_GET(self) -> None:
        key = self.path.removeprefix("/gateway/inbox").strip("/")
        if key:
            self._say(200 if key in self.server.offered else 404, self.server.offered.get(key, b""))
        else:
            self._say(200, self.server.listed or json.dumps({"documents": list(self.server.offered)}).encode())

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if self._welcome():
            self.server.got.append(body)
        self._say(202, b"")

    def do_DELETE(self) -> None:
        self.server.offered.pop(self.path.rsplit("/", 1)[1], None)
        self._say(204, b"")

    def _welcome(self) -> bool:
        return not self.server.deaf and self.headers["Authorization"] == f"Bearer {TOKEN}"

    def _say(self, status: int, body: bytes) -> None:
        self.send_response(status if self._welcome() else 503)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        return


@contextmanager
def peer() -> Iterator[Peer]:
    running = Peer()
    thread = threading.Thread(target=running.serve_forever)
    thread.start()
    try:
        yield running
    finally:
        running.shutdown()
        thread.join()
        running.server_close()
