"""A photograph as it is shown on a ballot: decoded behind the walls, turned upright, cut to one size, encoded anew.

Nothing of the file that was sent is kept: no metadata, no place where it was taken, nothing behind the picture.
"""

import io

from PIL import Image, ImageOps

from meetingroom.rendering.images import jpeg
from meetingroom.rendering.unreadable import Unreadable

SIZE = (240, 320)
FACES = (0.5, 0.35)  # what is cut away is cut below rather than above
MOST_PIXELS = 25_000_000
ORIENTATION = 0x0112
MAGIC = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")


def portrait(content: bytes) -> bytes:
    """A JPEG of SIZE. Raises Unreadable."""
    if not content.startswith(MAGIC):
        raise Unreadable("not_picture")
    try:
        with Image.open(io.BytesIO(content), formats=("JPEG", "PNG")) as sent:
            if sent.width * sent.height > MOST_PIXELS:
                raise Unreadable("too_complex")
            sent.draft("RGB", (2 * SIZE[0], 2 * SIZE[1]))  # a JPEG is decoded no larger than needed
            cut = ImageOps.fit(ImageOps.exif_transpose(sent).convert("RGBA"), SIZE, centering=FACES)
    except (OSError, ValueError, SyntaxError, MemoryError, Image.DecompressionBombError) as error:
        raise Unreadable("damaged") from error
    shown = Image.new("RGB", SIZE, "white")
    shown.paste(cut, mask=cut.getchannel("A"))
    return jpeg(shown)


def warm_up() -> None:
    """Behind the walls no module can be loaded any more."""
    small, turned = Image.new("RGBA", (8, 8)), Image.Exif()
    turned[ORIENTATION] = 6
    for kind, mode in (("JPEG", "RGB"), ("PNG", "RGBA")):
        written = io.BytesIO()
        small.convert(mode).save(written, kind, exif=turned)
        portrait(written.getvalue())
