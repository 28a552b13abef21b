"""Parts of a page that is magnified beyond its widest image: squares of a drawing as wide as `width`, made one by one."""

from dataclasses import dataclass

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
