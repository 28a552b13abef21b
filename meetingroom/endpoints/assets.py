"""Assets: the tree of `web/`, served from memory below one digest of all of it, therefore cacheable for ever."""

from __future__ import annotations

import gzip
import hashlib
import mimetypes
from dataclasses import dataclass
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response

SERVED = ("css", "js", "words", "icons", "icons.svg")
KINDS = {".js": "text/javascript", ".webmanifest": "application/manifest+json", ".svg": "image/svg+xml"}
FOREVER = "public, max-age=31536000, immutable"


def web_root() -> Path:
    """The folder `web`: beside the package in a checkout, inside it in a wheel."""
    here = Path(__file__).resolve().parent.parent
    return next(place for place in (here / "_web", here.parent / "web") if place.is_dir())


@dataclass(frozen=True, slots=True)
class Asset:
    """A file, plain and packed."""

    kind: str
    plain: bytes
    packed: bytes


class Assets:
    """Read once. In a checkout `fresh` looks again, so that an edited file is served at the next page load."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._editable = root.name == "web"
        self._stamp = 0.0
        self._read()

    def _read(self) -> None:
        self.files = {path.relative_to(self.root).as_posix(): _asset(path) for path in _served(self.root)}
        digest = hashlib.sha256()
        for name in sorted(self.files):
            digest.update(name.encode() + b"\0" + self.files[name].plain)
        self.digest = digest.hexdigest()[:16]

    def fresh(self) -> None:
        """Called once per page: reads the tree again if a file changed."""
        if not self._editable:
            return
        stamp = max((path.stat().st_mtime for path in _served(self.root)), default=0.0)
        if stamp != self._stamp:
            self._stamp = stamp
            self._read()

    def url(self, name: str) -> str:
        return f"/s/{self.digest}/{name}"


def _served(root: Path) -> list[Path]:
    places = [root / name for name in SERVED]
    return [path for place in places for path in ([place] if place.is_file() else place.rglob("*")) if path.is_file()]


def _asset(path: Path) -> Asset:
    plain = path.read_bytes()
    kind = KINDS.get(path.suffix) or mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    if kind.startswith("text/"):
        kind += "; charset=utf-8"
    return Asset(kind, plain, gzip.compress(plain, 9, mtime=0))


async def serve(request: Request) -> Response:
    """/s/{digest}/{name}. Another digest is an older or newer page: it gets today's file, uncached."""
    from meetingroom.endpoints.context import house

    assets = house(request).assets
    asset = assets.files.get(request.path_params["name"])
    if asset is None:
        return Response(status_code=404)
    current = request.path_params["digest"] == assets.digest
    headers = {"Cache-Control": FOREVER if current else "no-store", "Vary": "Accept-Encoding"}
    if "gzip" in request.headers.get("accept-encoding", ""):
        return Response(asset.packed, media_type=asset.kind, headers=headers | {"Content-Encoding": "gzip"})
    return Response(asset.plain, media_type=asset.kind, headers=headers)
