"""Why a paper cannot be shown. The sentences for people are in the catalogue of words, under these codes."""

from typing import Literal, get_args

Reason = Literal[
    "empty",  # no bytes at all
    "not_pdf",  # something else, whatever its name says
    "not_picture",  # neither JPEG nor PNG
    "encrypted",  # asks for a password
    "no_pages",
    "too_many_pages",  # {pages} {most}
    "page_too_large",  # {page}
    "page_too_small",  # {page}
    "damaged",
    "damaged_page",  # {page}
    "too_slow",
    "too_slow_page",  # {page}
    "too_complex",  # needs more memory than a paper may have
    "too_complex_page",  # {page}
    "marked_secret",  # {page}: bears a marking of a state secret, which must not be kept here
    "interrupted",  # our own fault: the drawing process was lost twice
]
REASONS: frozenset[Reason] = frozenset(get_args(Reason))

ON_A_PAGE: dict[Reason, Reason] = {
    "damaged": "damaged_page",
    "too_slow": "too_slow_page",
    "too_complex": "too_complex_page",
}


class Unreadable(Exception):
    """`params` are the placeholders of the sentence: whole numbers only."""

    def __init__(self, code: Reason, **params: int) -> None:
        super().__init__(code, params)
        self.code: Reason = code
        self.params = params

    def on(self, page: int) -> "Unreadable":
        """The same, said of a page, where that tells people more."""
        code = ON_A_PAGE.get(self.code)
        return Unreadable(code, page=page) if code else self


class NoSuchPage(LookupError):
    """The paper has no such page, or pages are not drawn in that width."""
