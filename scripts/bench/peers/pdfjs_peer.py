"""pdf.js as its own viewer shows a page, turned over a websocket: pdfjs_peer.py FOLDER-OF-PDFJS PDF

What one page sends the others get: the number of a page. The PDF is in memory before the first turn, and the page after the
one that is shown is drawn before it is asked for, as that viewer does.
"""

from __future__ import annotations

import socket
import sys
from pathlib import Path

import uvicorn
from starlette.applications import Starlette
from starlette.responses import FileResponse, HTMLResponse, Response
from starlette.routing import Mount, Route, WebSocketRoute
from starlette.staticfiles import StaticFiles
from starlette.websockets import WebSocket, WebSocketDisconnect

FOLLOWER = """<!doctype html><title>pdf.js</title><style>body { margin: 0 } canvas { width: 100vw; display: block }</style>
<script type="module">
import { getDocument, GlobalWorkerOptions } from "/pdfjs/legacy/build/pdf.mjs";
GlobalWorkerOptions.workerSrc = "/pdfjs/legacy/build/pdf.worker.mjs";
const paper = await getDocument({ url: "/paper.pdf" }).promise;
await paper.getData();
const drawn = new Map();
const draw = async (number) => {
  const page = await paper.getPage(number);
  const canvas = document.createElement("canvas");
  const viewport = page.getViewport({ scale: WIDTH / page.getViewport({ scale: 1 }).width });
  [canvas.width, canvas.height] = [viewport.width, viewport.height];
  await page.render({ canvas, canvasContext: canvas.getContext("2d"), viewport }).promise;
  return canvas;
};
const drawnOnce = (number) => {
  if (!drawn.has(number)) drawn.set(number, draw(number));
  return drawn.get(number);
};
const show = async (number) => {
  document.body.replaceChildren(await drawnOnce(number));
  window.painted(number);
  for (const other of drawn.keys()) if (other !== number) drawn.delete(other);
  if (number < paper.numPages) void drawnOnce(number + 1);
};
const line = new WebSocket(`ws://${location.host}/line`);
line.onmessage = ({ data }) => void show(Number(data));
line.onopen = () => void show(1);
</script>"""

pdfjs, paper = Path(sys.argv[1]), Path(sys.argv[2])
lines: set[WebSocket] = set()


async def line(socket: WebSocket) -> None:
    await socket.accept()
    lines.add(socket)
    try:
        while True:
            page = await socket.receive_text()
            for other in lines - {socket}:
                await other.send_text(page)
    except WebSocketDisconnect:
        lines.discard(socket)


async def follower(request: object) -> Response:
    return HTMLResponse(FOLLOWER.replace("WIDTH", "1600"))


async def the_paper(request: object) -> Response:
    return FileResponse(paper, media_type="application/pdf")


app = Starlette(
    routes=[
        Route("/", follower),
        Route("/paper.pdf", the_paper),
        WebSocketRoute("/line", line),
        Mount("/pdfjs", StaticFiles(directory=pdfjs)),
    ]
)
door = socket.create_server(("127.0.0.1", 0))
print(door.getsockname()[1], flush=True)
uvicorn.Server(uvicorn.Config(app, log_level="error")).run(sockets=[door])
