"""What people get to see: images that can be read, and words that can be found."""

import asyncio
import io
import json
import math
import shutil
import unicodedata
from pathlib import Path

import pymupdf
import pytest
from PIL import Image, ImageChops, ImageStat

from meetingroom.rendering.renderer import WIDTHS
from meetingroom.rendering.unreadable import NoSuchPage
from tests.rendering import documents
from tests.rendering.desk import desk


def decoded(body: bytes) -> Image.Image:
    return Image.open(io.BytesIO(body)).convert("RGB")


def loss(image: Image.Image, original: Image.Image) -> float:
    """Peak signal-to-noise ratio in dB; above 40 no one sees a difference on text."""
    squares = ImageStat.Stat(ImageChops.difference(image, original)).sum2
    mean = sum(squares) / (3 * image.width * image.height)
    return 10 * math.log10(255**2 / mean) if mean else math.inf


@pytest.mark.parametrize(
    ("content", "media_type", "faithful", "share"),
    [
        (documents.text(), "image/png", 42.0, 0.6),
        (documents.seal(), "image/png", 40.0, 0.7),
        (documents.photograph(), "image/jpeg", 34.0, 0.3),
    ],
    ids=["text", "text with a red seal", "photograph"],
)
def test_an_image_looks_like_the_page_and_is_small(
    tmp_path: Path, content: bytes, media_type: str, faithful: float, share: float
) -> None:
    async def story() -> None:
        async with desk(tmp_path) as here:
            file, _ = await here.prepare(content)
            image = await here.renderer.image(file, 1, 1600)
            page = pymupdf.open("pdf", content)[0]
            pixels = page.get_pixmap(matrix=pymupdf.Matrix(1600 / page.rect.width, 1600 / page.rect.width))
            original = Image.frombytes("RGB", (pixels.width, pixels.height), pixels.samples)
            assert image.media_type == media_type
            assert loss(decoded(image.body), original) > faithful
            assert len(image.body) < share * len(pixels.tobytes("png"))

    asyncio.run(story())


def test_a_seal_stays_red(tmp_path: Path) -> None:
    async def story() -> None:
        async with desk(tmp_path) as here:
            file, _ = await here.prepare(documents.seal())
            for width in WIDTHS:
                image = decoded((await here.renderer.image(file, 1, width)).body)
                red, green, _ = image.getpixel((round(360 / 595 * width), round(650 / 595 * width)))  # type: ignore[misc]
                assert image.width == width
                assert red > 180 and green < 90

    asyncio.run(story())


@pytest.mark.parametrize(("width", "height"), [(10, 14_000), (14_000, 10), (12, 12)])
def test_a_page_of_any_shape_stays_within_what_a_tablet_can_hold(tmp_path: Path, width: int, height: int) -> None:
    async def story() -> None:
        async with desk(tmp_path) as here:
            file, _ = await here.prepare(documents.blank(1, width, height))
            for pixels in WIDTHS:
                image = decoded((await here.renderer.image(file, 1, pixels)).body)
                assert 1 <= image.width <= pixels and 1 <= image.height <= 4_096

    asyncio.run(story())


def test_there_are_no_other_pages_and_widths(tmp_path: Path) -> None:
    async def story() -> None:
        async with desk(tmp_path) as here:
            file, _ = await here.prepare(documents.text(2))
            for page, width in [(0, 1600), (3, 1600), (-1, 270), (1, 1601), (1, 0)]:
                with pytest.raises(NoSuchPage):
                    await here.renderer.image(file, page, width)
            for page in (0, 3):
                with pytest.raises(NoSuchPage):
                    await here.renderer.words(file, page)

    asyncio.run(story())


def test_a_hundred_tablets_that_want_the_same_missing_page_cause_one_drawing(tmp_path: Path) -> None:
    async def story() -> None:
        async with desk(tmp_path) as here:
            file, _ = await here.prepare(documents.text())
            asked = here.asked
            images = await asyncio.gather(*(here.renderer.image(file, 1, 2160) for _ in range(100)))
            assert here.asked == asked + 1
            assert {image.etag for image in images} == {images[0].etag}

    asyncio.run(story())


def test_pages_lost_from_disk_are_drawn_again_and_look_the_same(tmp_path: Path) -> None:
    async def story() -> None:
        async with desk(tmp_path) as here:
            file, _ = await here.prepare(documents.text(2))
            before, words = await here.renderer.image(file, 2, 1600), await here.renderer.words(file, 2)
        shutil.rmtree(tmp_path / "pages")
        async with desk(tmp_path) as here:
            assert await here.renderer.image(file, 2, 1600) == before
            assert await here.renderer.words(file, 2) == words

    asyncio.run(story())


def test_a_page_torn_by_a_power_cut_is_drawn_again(tmp_path: Path) -> None:
    async def story() -> None:
        async with desk(tmp_path) as here:
            file, _ = await here.prepare(documents.text())
            [torn] = [path for path in here.kept() if path.name == "1-1600"]
            torn.write_bytes(b"")
            assert (await here.renderer.image(file, 1, 1600)).body == torn.read_bytes() != b""

    asyncio.run(story())


def test_the_words_are_composed_whatever_way_they_were_written(tmp_path: Path) -> None:
    async def story() -> None:
        async with desk(tmp_path) as here:
            for content in (documents.text(), documents.decomposed()):
                file, _ = await here.prepare(content)
                text = (await here.renderer.words(file, 1)).decode()
                assert unicodedata.is_normalized("NFC", text)
            assert [word[4] for word in json.loads(text)["words"]] == ["Nghị", "quyết"]

    asyncio.run(story())


def test_a_space_that_is_drawn_by_itself_still_parts_two_words(tmp_path: Path) -> None:
    async def story() -> None:
        async with desk(tmp_path) as here:
            file, _ = await here.prepare(documents.piecemeal())
            assert [word[4] for word in json.loads(await here.renderer.words(file, 1))["words"]] == ["về", "quản", "lý"]

    asyncio.run(story())


def test_words_lie_where_they_are_seen_even_on_a_turned_page(tmp_path: Path) -> None:
    async def story() -> None:
        async with desk(tmp_path) as here:
            file, _ = await here.prepare(documents.rotated())
            page = json.loads(await here.renderer.words(file, 1))
            [[left, top, right, bottom, word, *_]] = page["words"]
            image = decoded((await here.renderer.image(file, 1, 1080)).body).convert("L")
            scale = 1080 / page["width"]
            left_ink, top_ink, right_ink, bottom_ink = image.point(lambda level: 255 - level).getbbox()  # type: ignore[misc]
            assert word == "góc"
            assert left * scale <= left_ink + 2 and right_ink <= right * scale + 2
            assert top * scale <= top_ink + 2 and bottom_ink <= bottom * scale + 2

    asyncio.run(story())
