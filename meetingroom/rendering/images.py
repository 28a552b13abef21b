"""Which encoding a page gets: looked at page by page, because encoding costs more time than drawing.

Text in grey becomes a 4-bit PNG, text with some colour (a seal, a chart) a palette PNG, and a page with a photograph or
a noisy scan a JPEG. Each is the fastest of its kind that still looks like the page.
"""

import io

from PIL import Image, ImageChops

COLOURED = 24  # a pixel whose channels are this far apart is coloured to the eye; below lies what scanners add
COLOURED_SHARE = 5e-5  # of the page: one short word in blue is enough to keep colour
SMOOTH = slice(1, 13)  # differences between neighbours typical of photographs and gradients
SMOOTH_SHARE = 0.03  # of the page, and …
SMOOTH_EDGES = 0.4  # … of the pixels that differ at all: pages of text measured up to 0.27, pictures from 0.7
PALETTE = 128

GREYS = 16
TO_GREYS = [(level * (GREYS - 1) + 127) // 255 for level in range(256)]
GREY_PALETTE = [channel for grey in range(GREYS) for channel in (grey * 255 // (GREYS - 1),) * 3]
RUN_LENGTHS = 3  # zlib's Z_RLE: on drawn text as small as level 3, at the time of level 0


def encode(picture: Image.Image) -> bytes:
    """A PNG or JPEG of an RGB picture."""
    every_other_row = picture.resize((picture.width, (picture.height + 1) // 2), Image.Resampling.NEAREST)
    red, green, blue = every_other_row.split()
    coloured = is_coloured(red, green, blue)
    if is_photograph(green):
        return jpeg(picture if coloured else picture.getchannel("G"))
    return palette_png(picture) if coloured else grey_png(picture.getchannel("G"))


def is_coloured(red: Image.Image, green: Image.Image, blue: Image.Image) -> bool:
    few = COLOURED_SHARE * red.width * red.height
    return any(
        sum(ImageChops.difference(one, other).histogram()[COLOURED:]) > few
        for one, other in ((red, green), (green, blue))
    )


def is_photograph(channel: Image.Image) -> bool:
    """Whether many pixels differ a little from one nearby, and few differ much, as they do where letters begin."""
    differences = ImageChops.difference(channel, ImageChops.offset(channel, 2, 2)).histogram()
    smooth = sum(differences[SMOOTH])
    return smooth > SMOOTH_SHARE * sum(differences) and smooth > SMOOTH_EDGES * sum(differences[1:])


def jpeg(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=80)
    return out.getvalue()


def grey_png(picture: Image.Image) -> bytes:
    levels = Image.frombytes("P", picture.size, picture.point(TO_GREYS).tobytes())
    levels.putpalette(GREY_PALETTE)
    return png(levels, bits=4)


def palette_png(picture: Image.Image) -> bytes:
    return png(picture.quantize(PALETTE, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE), bits=8)


def png(picture: Image.Image, bits: int) -> bytes:
    out = io.BytesIO()
    picture.save(out, "PNG", bits=bits, compress_level=3, compress_type=RUN_LENGTHS)
    return out.getvalue()
