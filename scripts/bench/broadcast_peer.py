"""The peer: `websockets.broadcast`, the library's own way to one message for all. Prints its port.

A frame from the chair is answered by one broadcast of a message of the same size as our patch; no journal, no views.
"""

from __future__ import annotations

import asyncio
import json

from websockets.asyncio.server import ServerConnection, broadcast, serve


async def main() -> None:
    tablets: set[ServerConnection] = set()

    async def attend(socket: ServerConnection) -> None:
        tablets.add(socket)
        try:
            async for text in socket:
                message = json.loads(text)
                if "do" in message:
                    page = message["with"]["page"]
                    stage = {"page": page, "turned_at": 1600000000000}
                    broadcast(tablets, json.dumps({"from": 1, "version": 2, "patch": {"stage": stage}}))
        finally:
            tablets.discard(socket)

    async with serve(attend, "127.0.0.1", 0, compression=None) as server:
        print(server.sockets[0].getsockname()[1], flush=True)
        await asyncio.get_running_loop().create_future()


if __name__ == "__main__":
    asyncio.run(main())
