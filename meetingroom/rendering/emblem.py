"""The emblem of an agency: drawn behind the walls from PNG, JPEG or SVG, and kept as a PNG that nothing else is in."""

import io

import pymupdf
from PIL import Image

from meetingroom.rendering.portrait import MAGIC, MOST_PIXELS
from meetingroom.rendering.unreadable import Unreadable

EDGE = 512  # pixels of the longer side
SAMPLE = b'<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"><circle cx="4" cy="4" r="3" fill="#d00"/></svg>'


def emblem(content: bytes) -> bytes:
    """A PNG no larger than EDGE, what is transparent left so. Raises Unreadable."""
    try:
        drawn = _picture(content) if content.startswith(MAGIC) else _drawing(content)
    except (OSError, ValueError, SyntaxError, MemoryError, RuntimeError, Image.DecompressionBombError) as error:
        raise Unreadable("damaged") from error
    written = io.BytesIO()
    drawn.save(written, "PNG", optimize=True)
    return written.getvalue()


def _picture(content: bytes) -> Image.Image:
    with Image.open(io.BytesIO(content), formats=("JPEG", "PNG")) as sent:
        if sent.width * sent.height > MOST_PIXELS:
            raise Unreadable("too_complex")
        shown = sent.convert("RGBA")
    shown.thumbnail((EDGE, EDGE))
    return shown


def _drawing(content: bytes) -> Image.Image:
    """MuPDF reads no script, and behind the walls nothing that an SVG names outside itself."""
    if b"<svg" not in content[:4096] or b"<!ENTITY" in content:
        raise Unreadable("not_picture")
    page = pymupdf.open(stream=content, filetype="svg").load_page(0)
    box = page.rect
    if not (0 < box.width < 20_000 and 0 < box.height < 20_000):
        raise Unreadable("damaged")
    scale = EDGE / max(box.width, box.height)
    pixels = page.get_pixmap(matrix=pymupdf.Matrix(scale, scale), colorspace=pymupdf.csRGB, alpha=True)
    return Image.frombytes("RGBA", (pixels.width, pixels.height), pixels.samples)


def warm_up() -> None:
    """Behind the walls no module can be loaded any more."""
    emblem(emblem(SAMPLE))
