"""PDFs good and bad, made as the tests need them."""

import functools
import io
import random
import zlib

import pymupdf
from PIL import Image

SENTENCE = "Ủy ban nhân dân tỉnh họp phiên thường kỳ; các đại biểu biểu quyết nghị quyết về chuyển đổi số."


@functools.cache
def text(pages: int = 1, width: float = 595, height: float = 842) -> bytes:
    """Vietnamese text on every page; page n says "Trang n"."""
    document = pymupdf.open()
    for number in range(1, pages + 1):
        page = document.new_page(width=width, height=height)
        page.insert_htmlbox((50, 50, width - 50, height - 50), f"<h2>Trang {number}</h2>" + f"<p>{SENTENCE}</p>" * 12)
    return bytes(document.tobytes(garbage=3, deflate=True))


def says(*paragraphs: str) -> bytes:
    """One page with these paragraphs and a sentence."""
    document = pymupdf.open()
    page = document.new_page()
    page.insert_htmlbox((50, 50, 545, 792), "".join(f"<p>{each}</p>" for each in (*paragraphs, SENTENCE)))
    return bytes(document.tobytes())


def scanned(content: bytes, angle: float = 0.0, dirt: int = 0) -> bytes:
    """A paper as a scanner gives it back: each page a picture of itself, askew and with `dirt` dark specks."""
    scan, chance = pymupdf.open(), random.Random(7)
    for sheet in pymupdf.open("pdf", content):
        picture = sheet.get_pixmap(
            matrix=pymupdf.Matrix(200 / 72, 200 / 72).prerotate(angle), colorspace=pymupdf.csGRAY
        )
        for _ in range(dirt):
            left, top = chance.randrange(picture.width - 2), chance.randrange(picture.height - 2)
            picture.set_rect(pymupdf.IRect(left, top, left + 2, top + 1), (chance.randrange(40, 200),))
        page = scan.new_page(width=sheet.rect.width, height=sheet.rect.height)
        page.insert_image(page.rect, stream=picture.tobytes("jpeg", jpg_quality=70))
    return bytes(scan.tobytes(deflate=True))


def blank(pages: int, width: float = 595, height: float = 842) -> bytes:
    document = pymupdf.open()
    for _ in range(pages):
        document.new_page(width=width, height=height)
    return bytes(document.tobytes())


def seal() -> bytes:
    """A grey text with a red seal."""
    document = pymupdf.open("pdf", text())
    document[0].draw_circle((420, 650), 60, color=(0.85, 0.1, 0.1), width=6)
    return bytes(document.tobytes())


def photograph() -> bytes:
    """A page filled by a picture with soft changes of colour and some noise."""
    noise = random.Random(1)
    small = Image.frombytes("RGB", (40, 56), noise.randbytes(40 * 56 * 3))
    picture = Image.blend(small.resize((800, 1120), Image.Resampling.BICUBIC), Image.new("RGB", (800, 1120)), 0.2)
    file = io.BytesIO()
    picture.save(file, "PNG")
    document = pymupdf.open()
    page = document.new_page()
    page.insert_image(page.rect, stream=file.getvalue())
    return bytes(document.tobytes())


def encrypted() -> bytes:
    document = pymupdf.open("pdf", blank(1))
    return bytes(document.tobytes(encryption=pymupdf.PDF_ENCRYPT_AES_256, user_pw="mật khẩu", owner_pw="chủ"))


def piecemeal() -> bytes:
    """As word processors write Vietnamese: composed letters and the spaces beside them one by one, each behind a clip."""
    document = pymupdf.open()
    page = document.new_page()
    font, x = pymupdf.Font(language="vi"), 72.0
    for part in ("v", "ề", " ", "qu", "ản", " ", "lý"):
        writer = pymupdf.TextWriter(page.rect)
        writer.append((x, 100), part, font=font, fontsize=14)
        writer.write_text(page)
        x += font.text_length(part, 14)
    for xref in page.get_contents():
        document.update_stream(xref, b"q 0 0 595 842 re W* n\n" + document.xref_stream(xref) + b"\nQ")
    return bytes(document.tobytes())


def rotated() -> bytes:
    """One word near the top left corner of a page that is stored lying and displayed upright."""
    document = pymupdf.open()
    page = document.new_page(width=842, height=595)
    page.insert_text((60, 535), "góc", rotate=90)
    page.set_rotation(90)
    return bytes(document.tobytes())


def decomposed() -> bytes:
    """The word "Nghị" with its marks stored apart from its letters, as some word processors do."""
    document = pymupdf.open()
    page = document.new_page()
    page.insert_htmlbox(page.rect, "<p>Nghi\u0323 quye\u0302\u0301t</p>")
    return bytes(document.tobytes())


def endless() -> bytes:
    """A few hundred bytes that keep a renderer busy for minutes: a pattern repeated every thousandth of a point."""
    tile = b"0 0 .1 .1 re f"
    pattern = (
        b"<</PatternType 1/PaintType 1/TilingType 1/BBox[0 0 1 1]/XStep .001/YStep .001/Resources<<>>/Length %d>>"
        % len(tile)
    )
    return written(b"/Pattern cs /P scn 0 0 600 800 re f", b"<</Pattern<</P 5 0 R>>>>", pattern + stream(tile))


def nested(depth: int = 14) -> bytes:
    """Transparency groups each painted three times by the next: 3 to the power of `depth`."""
    group = b"<</Type/XObject/Subtype/Form/BBox[0 0 600 800]/Group<</S/Transparency/I true/K true>>"
    forms = []
    for level in range(depth):
        body = b"/G gs /X Do /X Do /X Do" if level < depth - 1 else b"0 0 600 800 re f"
        inside = b"/Resources<</ExtGState<</G<</ca .5>>>>/XObject<</X %d 0 R>>>>" % (6 + level)
        forms.append(group + inside + b"/Length %d>>" % len(body) + stream(body))
    return written(b"/X Do", b"<</XObject<</X 5 0 R>>>>", *forms)


def bomb() -> bytes:
    """A picture of 12 gigabytes, packed into a few kilobytes twice over."""
    packed = zlib.compress(zlib.compress(b"\0" * (64 << 20)))
    head = (
        b"<</Type/XObject/Subtype/Image/Width 65000/Height 65000/ColorSpace/DeviceRGB/BitsPerComponent 8/Length %d"
        % len(packed)
    )
    return written(
        b"600 0 0 800 0 0 cm /X Do",
        b"<</XObject<</X 5 0 R>>>>",
        head + b"/Filter[/FlateDecode/FlateDecode]>>" + stream(packed),
    )


def stream(content: bytes) -> bytes:
    return b"\nstream\n" + content + b"\nendstream"


def written(content: bytes, resources: bytes, *more: bytes) -> bytes:
    """A page with this content, written by hand; `more` are objects 5, 6, …"""
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources" + resources + b">>",
        b"<</Length %d>>" % len(content) + stream(content),
        *more,
    ]
    out, places = bytearray(b"%PDF-1.7\n"), []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    end = b"xref\n0 %d\n0000000000 65535 f \n%btrailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF"
    return bytes(out) + end % (size, table, size, len(out))


def in_font(name: str, text: str) -> bytes:
    """A line in a font of this name that the paper does not bring, one byte a letter."""
    font = (
        b"<</Type/Font/Subtype/TrueType/BaseFont/%s/Encoding/WinAnsiEncoding/FirstChar 32/LastChar 255/Widths[%s]>>"
        % (
            name.encode(),
            b"500 " * 224,
        )
    )
    said = text.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
    return written(b"BT /F 9 Tf 10 700 Td (" + said + b") Tj ET", b"<</Font<</F 5 0 R>>>>", font)
