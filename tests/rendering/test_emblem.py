"""Emblems: made anew in a worker from pictures and drawings, and nothing read that a drawing names."""

import asyncio
import io
from pathlib import Path

import pytest
from PIL import Image

from meetingroom.rendering.emblem import EDGE, SAMPLE
from meetingroom.rendering.unreadable import Unreadable
from tests.rendering import documents
from tests.rendering.desk import desk
from tests.rendering.test_portrait import picture


def made(folder: Path, content: bytes) -> Image.Image:
    async def make() -> bytes:
        async with desk(folder) as here:
            sent = folder / "sent"
            sent.write_bytes(content)
            return await here.renderer.emblem(sent)

    return Image.open(io.BytesIO(asyncio.run(make())))


def test_a_drawing_becomes_a_picture_and_what_is_empty_stays_transparent(tmp_path: Path) -> None:
    shown = made(tmp_path, SAMPLE)
    assert (shown.format, shown.size, shown.mode) == ("PNG", (EDGE, EDGE), "RGBA")
    middle, corner = shown.getpixel((EDGE // 2, EDGE // 2)), shown.getpixel((2, 2))
    assert isinstance(middle, tuple) and isinstance(corner, tuple)
    assert middle[0] > 200 > 60 > middle[1] and middle[3] == 255 and corner[3] == 0


def test_a_picture_keeps_its_shape(tmp_path: Path) -> None:
    assert made(tmp_path, picture("PNG", (1000, 500))).size == (EDGE, EDGE // 2)


def test_a_drawing_reads_no_file(tmp_path: Path) -> None:
    (tmp_path / "secret.png").write_bytes(picture("PNG", (8, 8)))
    linked = (
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="8" height="8">'
        f'<image width="8" height="8" xlink:href="{tmp_path}/secret.png"/></svg>'
    )
    try:
        shown = made(tmp_path, linked.encode())
    except Unreadable:
        return
    assert shown.getextrema()[3] == (0, 0), "nothing was drawn"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "not_picture"),
        (documents.text(1), "not_picture"),
        (b'<!DOCTYPE svg [<!ENTITY a "b">]><svg/>', "not_picture"),
        (picture("PNG")[:200], "damaged"),
        (b"<svg", "damaged"),
        (b'<svg xmlns="http://www.w3.org/2000/svg" width="900000" height="3"/>', "damaged"),
    ],
    ids=["empty", "pdf", "entities", "cut", "no drawing", "wide"],
)
def test_what_is_no_emblem_is_refused(tmp_path: Path, content: bytes, code: str) -> None:
    with pytest.raises(Unreadable) as refused:
        made(tmp_path, content)
    assert refused.value.code == code
