"""Parts of a magnified page: put together they are the page, and there are no others."""

import asyncio
import io
from pathlib import Path

import pymupdf
import pytest
from PIL import Image, ImageChops

from meetingroom.rendering.tiles import SIDE, WIDTHS, Tile
from meetingroom.rendering.unreadable import NoSuchPage
from tests.rendering import documents
from tests.rendering.desk import desk


def decoded(body: bytes) -> Image.Image:
    return Image.open(io.BytesIO(body)).convert("L")


@pytest.mark.parametrize("content", [documents.text(), documents.rotated()], ids=["upright", "rotated"])
def test_together_they_are_the_page(tmp_path: Path, content: bytes) -> None:
    async def story() -> None:
        async with desk(tmp_path) as here:
            file, _ = await here.prepare(content)
            page = pymupdf.open("pdf", content)[0]
            scale = WIDTHS[0] / page.rect.width
            pixels = page.get_pixmap(matrix=pymupdf.Matrix(scale, scale), colorspace=pymupdf.csGRAY)
            whole = Image.frombytes("L", (pixels.width, pixels.height), pixels.samples)
            put = Image.new("L", whole.size, 255)
            for column in range(-(-whole.width // SIDE)):
                for row in range(-(-whole.height // SIDE)):
                    image = await here.renderer.tile(file, 1, Tile(WIDTHS[0], column, row))
                    put.paste(decoded(image.body), (column * SIDE, row * SIDE))
            apart = ImageChops.difference(whole, put).histogram()
            assert sum(apart[40:]) < 1e-4 * whole.width * whole.height
            assert sum(whole.histogram()[:128]) > 1_000, "there is something to see"

    asyncio.run(story())


def test_there_are_no_others(tmp_path: Path) -> None:
    async def story() -> None:
        async with desk(tmp_path) as here:
            file, _ = await here.prepare(documents.text())
            wrong = [Tile(3_000, 0, 0), Tile(WIDTHS[0], 3, 0), Tile(WIDTHS[0], 0, 99), Tile(WIDTHS[0], -1, 0)]
            for page, tile in [*((1, tile) for tile in wrong), (2, Tile(WIDTHS[0], 0, 0)), (0, Tile(WIDTHS[0], 0, 0))]:
                with pytest.raises(NoSuchPage):
                    await here.renderer.tile(file, page, tile)

    asyncio.run(story())


def test_one_is_drawn_once_however_many_magnify_and_none_stays_on_the_disk(tmp_path: Path) -> None:
    async def story() -> None:
        async with desk(tmp_path) as here:
            file, _ = await here.prepare(documents.text())
            asked, kept = here.asked, here.kept()
            for _ in range(2):
                await asyncio.gather(*(here.renderer.tile(file, 1, Tile(WIDTHS[0], 0, 0)) for _ in range(20)))
            assert here.asked == asked + 1
            assert here.kept() == kept

    asyncio.run(story())
