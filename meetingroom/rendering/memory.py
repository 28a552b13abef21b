"""Images in memory, as many as there is room for: the ones asked for longest ago go first."""

import hashlib
from collections import OrderedDict
from dataclasses import dataclass

from meetingroom.rendering.unreadable import Unreadable

PNG, JPEG = b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"

Key = tuple[str, int, int, *tuple[int, ...]]
"""File, page, width; of a part of a page also its column and row."""


@dataclass(frozen=True, slots=True)
class PageImage:
    body: bytes
    media_type: str
    etag: str

    @classmethod
    def of(cls, body: bytes) -> "PageImage":
        """Raises Unreadable for what is neither PNG nor JPEG. The tag says nothing about the file it was drawn from."""
        if not body.startswith((PNG, JPEG)):
            raise Unreadable("damaged")
        media_type = "image/png" if body.startswith(PNG) else "image/jpeg"
        return cls(body, media_type, f'"{hashlib.blake2b(body, digest_size=12).hexdigest()}"')


class Memory:
    def __init__(self, room: int) -> None:
        self.room = room
        self.used = 0
        self._images: OrderedDict[Key, PageImage] = OrderedDict()

    def get(self, key: Key) -> PageImage | None:
        image = self._images.get(key)
        if image is not None:
            self._images.move_to_end(key)
        return image

    def drop(self, file: str) -> None:
        for key in [key for key in self._images if key[0] == file]:
            self.used -= len(self._images.pop(key).body)

    def put(self, key: Key, image: PageImage) -> None:
        if (before := self._images.pop(key, None)) is not None:
            self.used -= len(before.body)
        self._images[key] = image
        self.used += len(image.body)
        while self.used > self.room:
            _, oldest = self._images.popitem(last=False)
            self.used -= len(oldest.body)
