"""Photographs for ballots: made anew in a worker, one size, without anything the sender did not mean to show."""

import asyncio
import io
from pathlib import Path

import pytest
from PIL import Image

from meetingroom.rendering.portrait import MOST_PIXELS, SIZE
from meetingroom.rendering.unreadable import Unreadable
from tests.rendering import documents
from tests.rendering.desk import desk


def picture(kind: str, size: tuple[int, int] = (900, 700), mode: str = "RGB", **options: object) -> bytes:
    """Red above, blue below."""
    drawn = Image.new(mode, size, "red")
    drawn.paste("blue", (0, size[1] // 2, *size))
    written = io.BytesIO()
    drawn.save(written, kind, **options)
    return written.getvalue()


def made(folder: Path, content: bytes) -> Image.Image:
    async def make() -> bytes:
        async with desk(folder) as here:
            sent = folder / "sent"
            sent.write_bytes(content)
            return await here.renderer.portrait(sent)

    return Image.open(io.BytesIO(asyncio.run(make())))


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_a_photograph_becomes_a_small_jpeg(tmp_path: Path, kind: str) -> None:
    shown = made(tmp_path, picture(kind))
    assert (shown.format, shown.size, shown.mode) == ("JPEG", SIZE, "RGB")
    red, blue = shown.getpixel((120, 5)), shown.getpixel((120, 310))
    assert isinstance(red, tuple) and isinstance(blue, tuple) and red[0] > 200 > 60 > red[2] and blue[2] > 200


def test_it_stands_upright_and_says_nothing_of_where_it_was_taken(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # the camera was turned
    exif[0x010E] = "Nhà riêng"
    shown = made(tmp_path, picture("JPEG", exif=exif))
    assert not shown.getexif()
    right = shown.getpixel((235, 160))
    assert isinstance(right, tuple) and right[0] > 200, "what was above is on the right now"


def test_what_is_transparent_is_white(tmp_path: Path) -> None:
    written = io.BytesIO()
    Image.new("RGBA", (300, 400), (0, 0, 0, 0)).save(written, "PNG")
    assert made(tmp_path, written.getvalue()).getpixel((100, 100)) == (255, 255, 255)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (documents.text(1), "not_picture"),
        (b"", "not_picture"),
        (b"GIF89a" + bytes(40), "not_picture"),
        (picture("PNG")[:200], "damaged"),
        (b"\xff\xd8\xff" + bytes(4000), "damaged"),
        (picture("PNG", (5001, MOST_PIXELS // 5000)), "too_complex"),
    ],
    ids=["pdf", "empty", "gif", "cut", "noise", "bomb"],
)
def test_what_is_no_photograph_is_refused(tmp_path: Path, content: bytes, code: str) -> None:
    with pytest.raises(Unreadable) as refused:
        made(tmp_path, content)
    assert refused.value.code == code
