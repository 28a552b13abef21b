"""The `websockets` library: `broadcast` to all, or the snapshot to each. library.py BYTES-OF-A-TURN BYTES-AT-HELLO [FILE]

With a FILE each turn is appended to it and on the disk before it is sent.
"""

from __future__ import annotations

import asyncio
import os
import sys

from websockets.asyncio.server import ServerConnection, broadcast, serve

TURN, HELLO = '"turned"'.ljust(int(sys.argv[1])), '"hello"'.ljust(int(sys.argv[2]))
KEPT = os.open(sys.argv[3], os.O_WRONLY | os.O_CREAT | os.O_APPEND) if len(sys.argv) > 3 else None


async def main() -> None:
    tablets: set[ServerConnection] = set()

    async def attend(socket: ServerConnection) -> None:
        tablets.add(socket)
        greeted = sys.argv[2] == "0"
        try:
            async for _ in socket:
                if greeted:
                    if KEPT is not None:
                        os.write(KEPT, TURN.encode())
                        os.fdatasync(KEPT)
                    broadcast(tablets, TURN)
                else:
                    greeted = True
                    await socket.send(HELLO)
        finally:
            tablets.discard(socket)

    async with serve(attend, "127.0.0.1", 0, compression=None, backlog=4096) as server:
        print(server.sockets[0].getsockname()[1], flush=True)
        await asyncio.get_running_loop().create_future()


asyncio.run(main())
