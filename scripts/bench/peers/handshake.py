"""A bare uvicorn that accepts websockets and says nothing more: what a reconnection costs at least. Arguments are ignored."""

from __future__ import annotations

import asyncio
import socket
from typing import Any

import uvicorn


async def app(scope: Any, receive: Any, send: Any) -> None:
    await receive()
    await send({"type": "websocket.accept"})
    while (await receive())["type"] != "websocket.disconnect":
        pass


door = socket.create_server(("127.0.0.1", 0), backlog=4096)
print(door.getsockname()[1], flush=True)
config = uvicorn.Config(app, log_level="error", lifespan="off", http="httptools", ws_per_message_deflate=False)
asyncio.run(uvicorn.Server(config).serve(sockets=[door]))
