"""A reader's name over the whole page, faint: whoever photographs or prints it has signed it."""

import html

import pymupdf
from PIL import Image

ANGLE = 28  # degrees
STRENGTH = 0.17  # of black: it is read, and so is what lies under it
SHARE = 0.62  # of the page's width a line takes
ROWS = 5
LONGEST = 120  # characters


def watermarked(picture: Image.Image, text: str) -> Image.Image:
    """The RGB picture of a page with the text over it again and again, so that no part of the page goes without."""
    line = _line(text[:LONGEST], round(picture.width * SHARE))
    line = line.rotate(ANGLE, Image.Resampling.BILINEAR, expand=True)
    mask = Image.new("L", picture.size, 0)
    step = max(1, picture.height // ROWS)
    for row in range(-1, ROWS + 1):
        left = -line.width // 3 if row % 2 else picture.width // 4
        for at in range(left - line.width, picture.width, max(1, round(line.width * 1.05))):
            mask.paste(255, (at, row * step), line)
    mask = mask.point([round(level * STRENGTH) for level in range(256)])
    picture = picture.copy()
    picture.paste((0, 0, 0), (0, 0), mask)
    return picture


def _line(text: str, width: int) -> Image.Image:
    """The text as a mask as wide as said. MuPDF sets it, because it brings fonts with all Vietnamese letters."""
    document = pymupdf.open()
    page = document.new_page(width=900, height=40)
    page.insert_htmlbox(
        pymupdf.Rect(0, 0, 900, 40),
        f"<p style='font-size: 24px; margin: 0; text-align: center'>{html.escape(text)}</p>",
    )
    scale = width / page.rect.width
    pixels = page.get_pixmap(matrix=pymupdf.Matrix(scale, scale), alpha=True)
    drawn = Image.frombytes("RGBA", (pixels.width, pixels.height), pixels.samples)
    return drawn.getchannel("A")
