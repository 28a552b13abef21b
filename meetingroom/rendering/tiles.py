"""Parts of a page that is magnified beyond its widest image: squares of a drawing as wide as `width`, made one by one."""

from dataclasses import dataclass

import pymupdf
from PIL import Image

WIDTHS = (3240, 4860, 7290)  # pixels of the whole page; each half as wide again
SIDE = 1440  # pixels of a square; the last of a row or column are smaller


@dataclass(frozen=True, slots=True)
class Tile:
    """The square in a column and a row, from 0, of the page drawn `width` pixels wide."""

    width: int
    column: int
    row: int

    @property
    def is_possible(self) -> bool:
        """Rows are bounded by the page, which only its drawing knows."""
        return self.width in WIDTHS and 0 <= self.column * SIDE < self.width and self.row >= 0


def draw(drawing: pymupdf.DisplayList, tile: Tile) -> Image.Image | None:
    """None where the page has no such part."""
    box = drawing.rect
    scale = tile.width / box.width
    left, top = tile.column * SIDE, tile.row * SIDE
    right, bottom = min(left + SIDE, tile.width), min(top + SIDE, round(box.height * scale))
    if right <= left or bottom <= top:
        return None
    clip = pymupdf.Rect(left, top, right, bottom) / scale + (box.x0, box.y0, box.x0, box.y0)
    pixels = drawing.get_pixmap(matrix=pymupdf.Matrix(scale, scale), colorspace=pymupdf.csRGB, alpha=False, clip=clip)
    return Image.frombuffer("RGB", (pixels.width, pixels.height), pixels.samples_mv, "raw", "RGB", pixels.stride, 1)
