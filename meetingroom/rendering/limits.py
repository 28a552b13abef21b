"""What one paper may cost."""

from dataclasses import dataclass

MIB = 1 << 20


@dataclass(frozen=True, slots=True)
class Limits:
    """Sizes in bytes, page sides in points, times in seconds of wall clock unless said otherwise."""

    pages: int = 2_000
    marked_secret: bool = False  # whether papers with a marking of a state secret are shown
    shortest_side: float = 10.0
    longest_side: float = 14_400.0  # 200 inches, the limit of the PDF format itself
    page_seconds: float = 15.0  # a page of a real paper takes 0.02 to 0.5
    paper_seconds: float = 20.0  # the whole paper: this …
    paper_seconds_a_page: float = 0.6  # … and this for each page …
    paper_seconds_at_most: float = 600.0  # … and never more
    worker_memory: int = 768 * MIB
    kept_in_memory: int = 256 * MIB
    preparing: int = 2  # processes that prepare papers; one more is kept for a page that somebody waits for

    def seconds_for(self, pages: int) -> float:
        return min(self.paper_seconds + self.paper_seconds_a_page * pages, self.paper_seconds_at_most)
