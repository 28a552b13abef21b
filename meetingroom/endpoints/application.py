"""The installable application: its manifest and its service worker."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from meetingroom.endpoints.context import house
from meetingroom.endpoints.guards import words_of


async def manifest(request: Request) -> Response:
    """/manifest.webmanifest, in the words of whoever installs it."""
    here, words = house(request), words_of(request)
    icons = [
        {
            "src": here.assets.url(f"icons/app-{size}.png"),
            "sizes": f"{size}x{size}",
            "type": "image/png",
            "purpose": use,
        }
        for size in (192, 512)
        for use in ("any", "maskable")
    ]
    described = {
        "id": "/",
        "name": words.text("app.name"),
        "short_name": words.text("app.short"),
        "lang": words.language,
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "background_color": "#faf8f4",
        "theme_color": "#1f3a7a",
        "icons": icons,
    }
    return JSONResponse(described, headers={"Cache-Control": "no-cache"}, media_type="application/manifest+json")


async def worker(request: Request) -> Response:
    """/worker.js: at the root, because a worker serves what lies beside and below it."""
    here = house(request)
    here.assets.fresh()
    asset = here.assets.files["js/worker.js"]
    return Response(asset.plain, media_type=asset.kind, headers={"Cache-Control": "no-cache"})
