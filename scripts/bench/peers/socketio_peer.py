"""python-socketio on uvicorn: `emit` to all. socketio_peer.py BYTES-OF-A-TURN 0"""

from __future__ import annotations

import asyncio
import socket
import sys

import socketio
import uvicorn

TURN = '"turned"'.ljust(int(sys.argv[1]))
server = socketio.AsyncServer(async_mode="asgi", cors_allowed_origins="*", max_http_buffer_size=10**6)


@server.event
async def turn(_sid: str, _page: object) -> None:
    await server.emit("turned", TURN)


door = socket.create_server(("127.0.0.1", 0), backlog=4096)
print(door.getsockname()[1], flush=True)
config = uvicorn.Config(socketio.ASGIApp(server), log_level="error", ws_per_message_deflate=False)
asyncio.run(uvicorn.Server(config).serve(sockets=[door]))
