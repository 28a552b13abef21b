"""Photographs of candidates: put beside a name while a vote is prepared, shown with it on every ballot and result."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from meetingroom.domain.voting.ballot import VoteForm, option_ids


@dataclass(frozen=True, slots=True)
class Photo:
    """`file` is the hash of the picture in the library; `at` changes with it, so that no device shows a former one."""

    file: str
    at: int


def kept(photos: Mapping[str, Photo], before: VoteForm, after: VoteForm) -> dict[str, Photo]:
    """The photographs after the list was changed: each stays with its name, wherever that now stands."""
    if not photos:
        return {}
    places = {entry: option for option, entry in zip(option_ids(after), after.options, strict=False)}
    named = dict(zip(option_ids(before), before.options, strict=False))
    return {places[named[option]]: photo for option, photo in photos.items() if named.get(option) in places}
