"""Pages from Jinja2 templates: escaped always, with the reader's words at hand as `t`."""

from __future__ import annotations

from typing import Any

import segno
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from starlette.responses import HTMLResponse

from meetingroom import __version__
from meetingroom.domain.people import standing_of
from meetingroom.endpoints.assets import Assets
from meetingroom.settings import Settings
from meetingroom.words import Words


class Templates:
    def __init__(self, assets: Assets, settings: Settings) -> None:
        self._assets = assets
        self._pages = Environment(
            loader=FileSystemLoader(assets.root / "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._pages.globals |= {
            "asset": assets.url,
            "qr": qr,
            "standing_of": standing_of,
            "version": __version__,
            "source": settings.source,
            "demo": settings.demo,
            "agency": {},
            "emblem": "",
            "exchange": bool(settings.exchange and settings.exchange_organ),
        }

    def tell(self, **values: Any) -> None:
        """What every page may say from now on."""
        self._pages.globals |= values

    def page(self, name: str, words: Words, status: int = 200, **values: Any) -> HTMLResponse:
        """A page; never cached, because it names today's assets and may hold what only this reader may see."""
        self._assets.fresh()
        text = self._pages.get_template(name).render(t=words.text, words=words, **values)
        return HTMLResponse(text, status, {"Cache-Control": "no-store"})


def qr(address: str) -> Markup:
    """A QR code as inline SVG in the colour of the text around it."""
    code = segno.make(address, error="m", micro=False)
    svg = code.svg_inline(scale=4, border=2, dark="#000", light="#fff", omitsize=True)
    return Markup(svg)  # noqa: S704  (made of the address's bits only)
