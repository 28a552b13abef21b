"""Odd and hostile PDFs: each known trick written by hand, and any number of good papers spoilt by chance."""

from __future__ import annotations

import random
import zlib
from collections.abc import Callable, Iterator

import pymupdf

from tests.rendering import documents
from tests.rendering.documents import stream, written

HUGE = 2**31 - 1


def page(content: bytes = b"", resources: bytes = b"<<>>", box: bytes = b"[0 0 600 800]", more: bytes = b"") -> bytes:
    """A paper of one page, with a box and entries of its own."""
    made = written(content, resources)
    return made.replace(b"/MediaBox[0 0 600 800]", b"/MediaBox" + box + more)


def picture(head: bytes, body: bytes) -> bytes:
    entry = b"<</Type/XObject/Subtype/Image" + head + b"/Length %d>>" % len(body)
    return written(b"600 0 0 800 0 0 cm /X Do", b"<</XObject<</X 5 0 R>>>>", entry + stream(body))


def catalog(entries: bytes, *more: bytes) -> bytes:
    """With entries of the catalog; `more` are objects 5, 6, …"""
    return written(b"0 0 9 9 re f", b"<<>>", *more).replace(b"<</Type/Catalog", b"<</Type/Catalog" + entries)


def flate_bomb(megabytes: int = 512) -> bytes:
    """Content that unpacks, twice over, to hundreds of megabytes of drawing."""
    made = zlib.compress(zlib.compress(b"0 0 1 1 re f\n" * (megabytes * 2**20 // 13), 9), 9)
    return written(b"", b"<<>>").replace(
        b"<</Length 0>>\nstream\n\nendstream",
        b"<</Filter[/FlateDecode/FlateDecode]/Length %d>>" % len(made) + stream(made),
    )


def nested_forms(depth: int, wide: int) -> bytes:
    """Forms that paint the next one several times: wide to the power of depth."""
    forms = []
    for level in range(depth):
        body = b"/X Do " * wide if level < depth - 1 else b"0 0 1 1 re f"
        inside = b"/Resources<</XObject<</X %d 0 R>>>>" % (6 + level) if level < depth - 1 else b""
        head = b"<</Type/XObject/Subtype/Form/BBox[0 0 600 800]" + inside + b"/Length %d>>" % len(body)
        forms.append(head + stream(body))
    return written(b"/X Do", b"<</XObject<</X 5 0 R>>>>", *forms)


def itself(kind: bytes) -> bytes:
    """A form, pattern or soft mask that is made of itself."""
    body, box = b"/X Do /G gs /P scn 0 0 9 9 re f", b"/BBox[0 0 600 800]"
    inside = (
        b"/Resources<</XObject<</X 5 0 R>>/ExtGState<</G<</SMask<</S/Luminosity/G 5 0 R>>>>>>/Pattern<</P 5 0 R>>>>"
    )
    length = b"/Group<</S/Transparency>>/Length %d>>" % len(body)
    return written(b"/Pattern cs " + body, inside[10:], b"<<" + kind + box + inside + length + stream(body))


def type3(content: bytes = b"BT /F 12 Tf (aaaa) Tj ET") -> bytes:
    """A font whose letter writes itself in the same font."""
    font = (
        b"<</Type/Font/Subtype/Type3/FontBBox[0 0 9 9]/FontMatrix[1 0 0 1 0 0]/FirstChar 97/LastChar 97/Widths[9]"
        b"/Encoding<</Differences[97/a]>>/CharProcs<</a 6 0 R>>/Resources<</Font<</F 5 0 R>>>>>>"
    )
    body = b"9 0 d0 " + content
    return written(content, b"<</Font<</F 5 0 R>>>>", font, b"<</Length %d>>" % len(body) + stream(body))


def pages(count: int) -> bytes:
    """Many small pages."""
    kids = b" ".join(b"%d 0 R" % number for number in range(3, count + 3))
    out, places = b"%PDF-1.4\n", []
    bodies = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count %d/Kids[" % count + kids + b"]>>"]
    bodies += [b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 90 90]>>"] * count
    parts = [out]
    place = len(out)
    for number, body in enumerate(bodies, 1):
        part = b"%d 0 obj" % number + body + b"endobj\n"
        places.append(place)
        place += len(part)
        parts.append(part)
    parts.append(b"xref\n0 %d\n0000000000 65535 f \n" % (len(bodies) + 1))
    parts += [b"%010d 00000 n \n" % each for each in places]
    parts.append(b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(bodies) + 1, place))
    return b"".join(parts)


def page_tree(kids: bytes, *more: bytes, count: int = 1) -> bytes:
    made = written(b"", b"<<>>", *more)
    return made.replace(b"/Kids[3 0 R]/Count 1", b"/Kids[" + kids + b"]/Count %d" % count)


def deep_tree(depth: int) -> bytes:
    """A page that many levels below the root."""
    levels = [b"<</Type/Pages/Parent 2 0 R/Kids[%d 0 R]/Count 1>>" % (6 + level) for level in range(depth)]
    return page_tree(b"5 0 R", *levels, b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]>>")


def outline(first: bytes, *more: bytes) -> bytes:
    return catalog(b"/Outlines<</Type/Outlines/First " + first + b"/Last " + first + b"/Count 1>>", *more)


def annotated(*annotations: bytes) -> bytes:
    return page(b"", more=b"/Annots[" + b" ".join(annotations) + b"]")


def named(title: str) -> bytes:
    document = pymupdf.open("pdf", documents.text())
    document.set_metadata({"title": title, "author": title, "subject": title, "keywords": title})
    document.set_toc([[1, title[:4000], 1]])
    return bytes(document.tobytes())


def encrypted(how: int, **passwords: str) -> bytes:
    document = pymupdf.open("pdf", documents.text())
    return bytes(document.tobytes(encryption=how, **passwords))


def xref_stream_loop() -> bytes:
    """A cross-reference stream that names itself as the one before."""
    head = b"%PDF-1.5\n"
    body = b"1 0 obj<</Type/XRef/Size 2/W[1 2 1]/Prev %d/Root 1 0 R/Length 8>>" % len(head) + stream(b"\0" * 8)
    return head + body + b"endobj\nstartxref\n%d\n%%%%EOF" % len(head)


def object_stream_in_itself() -> bytes:
    return written(b"", b"<<>>", b"<</Type/ObjStm/N 1/First 4/Extends 5 0 R/Length 10>>" + stream(b"5 0 <<>>  "))


GOOD = documents.text(2)
JBIG2, JPX = b"/Filter/JBIG2Decode", b"/Filter/JPXDecode"
GRAY = b"/ColorSpace/DeviceGray/BitsPerComponent 8"

CRAFTED: dict[str, Callable[[], bytes]] = {
    # What is no paper at all.
    "one byte": lambda: b"%",
    "head only": lambda: b"%PDF-1.7\n",
    "head and end": lambda: b"%PDF-1.7\n%%EOF",
    "zeros": lambda: b"\0" * 100_000,
    "head and zeros": lambda: b"%PDF-1.7\n" + b"\0" * 1_000_000,
    "head and noise": lambda: b"%PDF-1.7\n" + random.Random(3).randbytes(300_000),
    "late head": lambda: b"x" * 1000 + GOOD,
    "too late a head": lambda: b"x" * 2000 + GOOD,
    "archive before it": lambda: b"PK\x03\x04" + b"\0" * 40 + GOOD,
    "web page before it": lambda: b"<html><script>alert(1)</script>" + GOOD,
    "twice": lambda: GOOD + GOOD,
    "behind its end": lambda: GOOD + b"<script>alert(1)</script>" * 1000,
    # The structure.
    "table names itself": lambda: b"%PDF-1.4\nxref\n0 1\n0000000000 65535 f \ntrailer<</Size 1/Prev 9>>\nstartxref\n9\n",
    "stream table names itself": xref_stream_loop,
    "table far away": lambda: GOOD.replace(b"startxref\n", b"startxref\n9999999999"),
    "table before the beginning": lambda: GOOD.replace(b"startxref\n", b"startxref\n-1 "),
    "size of the table": lambda: written(b"", b"<<>>").replace(b"/Size 5", b"/Size %d" % HUGE),
    "table of negative numbers": lambda: written(b"", b"<<>>").replace(b"xref\n0 5", b"xref\n-5 5"),
    "no root": lambda: written(b"", b"<<>>").replace(b"/Root 1 0 R", b""),
    "root that is a number": lambda: written(b"", b"<<>>").replace(b"/Root 1 0 R", b"/Root 7"),
    "reference to itself": lambda: written(b"", b"<<>>", b"5 0 R").replace(b"/Contents 4 0 R", b"/Contents 5 0 R"),
    "ring of references": lambda: written(b"", b"<<>>", b"6 0 R", b"5 0 R").replace(b"/Contents 4", b"/Contents 5"),
    "objects packed in themselves": object_stream_in_itself,
    "length of a stream": lambda: written(b"0 0 9 9 re f", b"<<>>").replace(b"/Length 12", b"/Length %d" % HUGE),
    "negative length": lambda: written(b"0 0 9 9 re f", b"<<>>").replace(b"/Length 12", b"/Length -12"),
    "length that is its own stream": lambda: written(b"0 0 9 9 re f", b"<<>>").replace(
        b"/Length 12", b"/Length 4 0 R"
    ),
    "array in array": lambda: catalog(b"/X" + b"[" * 500_000),
    "dictionary in dictionary": lambda: catalog(b"/X" + b"<</A" * 200_000),
    "string without end": lambda: catalog(b"/X(" + b"(" * 300_000),
    "name without end": lambda: catalog(b"/" + b"A" * 2_000_000),
    "very large number": lambda: catalog(b"/X " + b"9" * 500_000),
    # Pages.
    "no pages": lambda: page_tree(b"", count=0),
    "pages that are promised": lambda: page_tree(b"3 0 R", count=HUGE),
    "negative pages": lambda: page_tree(b"3 0 R", count=-5),
    "tree in a ring": lambda: page_tree(b"2 0 R", count=9),
    "tree without pages": lambda: page_tree(b"null null (x) 7", count=4),
    "the same page a hundred thousand times": lambda: page_tree(b"3 0 R " * 100_000, count=100_000),
    "the same page two thousand times": lambda: page_tree(b"3 0 R " * 2_000, count=2_000),
    "deep tree": lambda: deep_tree(2_000),
    "very deep tree": lambda: deep_tree(60_000),
    "100,000 pages": lambda: pages(100_000),
    "2,001 pages": lambda: pages(2_001),
    "parent in a ring": lambda: written(b"", b"<<>>").replace(b"/Type/Pages/Kids", b"/Type/Pages/Parent 2 0 R/Kids"),
    **{
        f"box {box.decode()}": lambda box=box: page(b"0 0 9 9 re f", box=box)  # type: ignore[misc]
        for box in (
            b"[0 0 1000000000 1000000000]",
            b"[0 0 0 0]",
            b"[0 0 -600 -800]",
            b"[600 800 0 0]",
            b"[-1e30 -1e30 1e30 1e30]",
            b"[0 0 nan inf]",
            b"[0 0 14000 14000]",
            b"[0 0 14000 11]",
            b"[0 0 11 14000]",
            b"[0 0 .0001 9999]",
            b"[0 0 600]",
            b"[(a) /b <<>> []]",
            b"4 0 R",
            b"[99999999999999999999 0 600 800]",
        )
    },
    "unit of a mile": lambda: page(more=b"/UserUnit 75000"),
    "negative unit": lambda: page(more=b"/UserUnit -1"),
    "turned by 37": lambda: page(more=b"/Rotate 37"),
    "turned very often": lambda: page(more=b"/Rotate %d" % HUGE),
    # Content.
    "endless pattern": documents.endless,
    "nest of transparency": documents.nested,
    "picture of twelve gigabytes": documents.bomb,
    "content bomb": flate_bomb,
    "forms to the power of 12": lambda: nested_forms(12, 10),
    "forms in a row": lambda: nested_forms(5_000, 1),
    "form of itself": lambda: itself(b"/Type/XObject/Subtype/Form"),
    "pattern of itself": lambda: itself(b"/PatternType 1/PaintType 1/TilingType 1/XStep 5/YStep 5"),
    "letter of itself": type3,
    "letters of huge size": lambda: type3(b"BT /F 99999999 Tf (aaaaaaaa) Tj ET"),
    "saved a million times": lambda: written(b"q " * 1_000_000, b"<<>>"),
    "restored a million times": lambda: written(b"Q " * 1_000_000, b"<<>>"),
    "a million lines": lambda: written(b"0 0 m " + b"9 9 l 5 700 l " * 500_000 + b"S", b"<<>>"),
    "dashes without length": lambda: written(b"[0 0] 0 d 0 0 m 600 800 l S [.00001] 0 d 0 0 m 600 800 l S", b"<<>>"),
    "a very wide pen": lambda: written(b"1e30 w 0 0 m 600 800 l S", b"<<>>"),
    "a matrix of nothing": lambda: written(b"0 0 0 0 0 0 cm 0 0 9 9 re f 1e38 0 0 1e38 0 0 cm 0 0 9 9 re f", b"<<>>"),
    "numbers of a thousand digits": lambda: written(b"9" * 1000 + b" 0 m " + b"." * 1000 + b" 0 l S", b"<<>>"),
    "words unknown": lambda: written(b"foo bar baz " * 100_000, b"<<>>"),
    "clips in clips": lambda: written(b"0 0 600 800 re W n " * 100_000 + b"0 0 9 9 re f", b"<<>>"),
    "marked content in itself": lambda: written(b"/Span BMC " * 300_000, b"<<>>"),
    "inline picture without end": lambda: written(b"BI /W 99999 /H 99999 /BPC 8 /CS /RGB ID xx", b"<<>>"),
    "a calculator without end": lambda: written(
        b"/Pattern cs /P scn 0 0 600 800 re f",
        b"<</Pattern<</P<</PatternType 2/Shading<</ShadingType 1/ColorSpace/DeviceGray/Function 5 0 R>>>>>>>>",
        b"<</FunctionType 4/Domain[0 1 0 1]/Range[0 1]/Length 600001>>" + stream(b"{" * 300_000 + b"}" * 300_001),
    ),
    "shading of a billion patches": lambda: written(
        b"/S sh",
        b"<</Shading<</S 5 0 R>>>>",
        b"<</ShadingType 5/VerticesPerRow 1000000000/ColorSpace/DeviceGray/BitsPerCoordinate 8/BitsPerComponent 8"
        b"/Decode[0 600 0 800 0 1]/Length 30>>" + stream(b"\x55" * 30),
    ),
    # Pictures.
    **{
        f"picture of {width} × {height}": lambda width=width, height=height: picture(  # type: ignore[misc]
            b"/Width %d/Height %d" % (width, height) + GRAY, b"\x55" * 1000
        )
        for width, height in (
            (10**9, 10**9), (HUGE, 1), (1, HUGE), (-5, -5), (0, 0), (65_535, 65_535), (30_000, 30_000)
        )
    },
    "picture of 32,767 bits": lambda: picture(b"/Width 9/Height 9/ColorSpace/DeviceRGB/BitsPerComponent 32767", b"x"),
    "picture of a thousand colours": lambda: picture(
        b"/Width 9/Height 9/BitsPerComponent 8/ColorSpace[/DeviceN[" + b"/A" * 1000 + b"]/DeviceGray 4 0 R]", b"x" * 99
    ),
    "palette of palettes": lambda: picture(
        b"/Width 9/Height 9/BitsPerComponent 8/ColorSpace[/Indexed[/Indexed/DeviceRGB 9<00>]255<00>]", b"x" * 99
    ),
    "mask that is itself": lambda: picture(b"/Width 9/Height 9/SMask 5 0 R" + GRAY, b"\x55" * 81),
    "JBIG2 noise": lambda: picture(b"/Width 900/Height 900/BitsPerComponent 1/ColorSpace/DeviceGray" + JBIG2, noise()),
    "JBIG2 of itself": lambda: picture(
        b"/Width 900/Height 900/DecodeParms<</JBIG2Globals 5 0 R>>/BitsPerComponent 1/ColorSpace/DeviceGray" + JBIG2,
        noise(),
    ),
    "JPEG 2000 noise": lambda: picture(b"/Width 900/Height 900" + JPX, noise()),
    "JPEG 2000 that promises": lambda: picture(
        b"/Width 1/Height 1" + JPX,
        b"\xff\x4f\xff\x51\0\x2f\0\0\x7f\xff\xff\xff\x7f\xff\xff\xff" + b"\0" * 8 + b"\x7f\xff\xff\xff" * 2 + b"\0" * 8
        + b"\0\x03\x07\x01\x01\x07\x01\x01\x07\x01\x01" + noise(),
    ),
    "JPEG noise": lambda: picture(b"/Width 900/Height 900/Filter/DCTDecode" + GRAY, b"\xff\xd8" + noise()),
    "JPEG that promises": lambda: picture(
        b"/Width 9/Height 9/Filter/DCTDecode" + GRAY,
        b"\xff\xd8\xff\xc0\0\x0b\x08\xff\xff\xff\xff\x01\x01\x11\0\xff\xda\0\x08\x01\x01\0\0\x3f\0" + noise(),
    ),
    "fax noise": lambda: picture(
        b"/Width 60000/Height 60000/Filter/CCITTFaxDecode/DecodeParms<</K -1/Columns 60000/Rows 60000>>"
        b"/BitsPerComponent 1/ColorSpace/DeviceGray", noise(),
    ),
    "LZW noise": lambda: picture(b"/Width 90/Height 90/Filter/LZWDecode" + GRAY, noise()),
    "predictor of a billion": lambda: picture(
        b"/Width 9/Height 9/Filter/FlateDecode/DecodeParms<</Predictor 15/Columns 1000000000/Colors 32>>" + GRAY,
        zlib.compress(b"x" * 1000),
    ),
    "a hundred filters": lambda: picture(b"/Width 9/Height 9/Filter[" + b"/ASCIIHexDecode" * 100 + b"]" + GRAY, b"30" * 99),
    # What is done when it is opened, and what it carries.
    "script at opening": lambda: catalog(b"/OpenAction<</S/JavaScript/JS(app.alert\\(1\\); while\\(1\\);)>>"),
    "program at opening": lambda: catalog(b"/OpenAction<</S/Launch/F(/bin/sh)>>"),
    "address at opening": lambda: catalog(b"/OpenAction<</S/URI/URI(http://127.0.0.1:9/seen)>>"),
    "form sent at opening": lambda: catalog(b"/OpenAction<</S/SubmitForm/F(http://127.0.0.1:9/seen)>>"),
    "file elsewhere": lambda: catalog(b"/OpenAction<</S/GoToR/F(\\\\\\\\127.0.0.1\\\\share\\\\x.pdf)/D[0/Fit]>>"),
    "stream in a file elsewhere": lambda: written(b"", b"<<>>").replace(b"<</Length 0>>", b"<</F(/etc/passwd)/Length 0>>"),
    "XFA": lambda: catalog(
        b"/AcroForm<</XFA 5 0 R/Fields[]>>", b"<</Length 40>>" + stream(b"<!DOCTYPE x [<!ENTITY a SYSTEM '/etc/x'>]>&a")
    ),
    "form fields in a ring": lambda: catalog(b"/AcroForm<</Fields[5 0 R]>>", b"<</Kids[5 0 R]/Parent 5 0 R/T(x)>>"),
    "program inside": lambda: catalog(
        b"/Names<</EmbeddedFiles<</Names[(setup.exe)<</Type/Filespec/F(../../setup.exe)/EF<</F 5 0 R>>>>]>>>>",
        b"<</Length 4>>" + stream(b"MZ\0\0"),
    ),
    "names in a ring": lambda: catalog(b"/Names<</Dests 5 0 R>>", b"<</Kids[5 0 R 5 0 R]>>"),
    "contents in a ring": lambda: outline(b"5 0 R", b"<</Title(x)/Next 5 0 R/First 5 0 R/Dest[3 0 R/Fit]>>"),
    "contents to nowhere": lambda: outline(b"5 0 R", b"<</Title(x)/Dest[99 0 R/XYZ nan 1e99 -5]>>"),
    "contents of a hundred thousand lines": lambda: outline(
        b"5 0 R", *(b"<</Title(x)/Next %d 0 R/Dest[3 0 R/Fit]>>" % (6 + each) for each in range(100_000)), b"<<>>"
    ),
    "links in scripts": lambda: annotated(
        b"<</Subtype/Link/Rect[0 0 9 9]/A<</S/URI/URI(javascript:alert\\(1\\))>>>>",
        b"<</Subtype/Link/Rect[0 0 9 9]/A<</S/URI/URI(file:///etc/passwd)>>>>",
    ),
    "ten thousand notes": lambda: annotated(*[b"<</Subtype/Text/Rect[0 0 9 9]/Contents(x)>>"] * 10_000),
    "a note in its own note": lambda: annotated(b"<</Subtype/Popup/Rect[0 0 9 9]/Parent 3 0 R/AP<</N 3 0 R>>>>"),
    "an appearance of itself": lambda: written(
        b"", b"<<>>", b"<</Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 5 0 R>>>>/Length 5>>" + stream(b"/X Do")
    ).replace(b"/Contents", b"/Annots[<</Subtype/Stamp/Rect[0 0 9 9]/AP<</N 5 0 R>>>>]/Contents"),
    "film": lambda: annotated(
        *(b"<</Subtype/%b/Rect[0 0 9 9]/Movie<</F(x)>>>>" % kind for kind in (b"RichMedia", b"3D", b"Movie", b"Screen"))
    ),
    "locked": documents.encrypted,
    "locked for changes": lambda: encrypted(pymupdf.PDF_ENCRYPT_AES_256, owner_pw="chủ"),
    "locked the old way": lambda: encrypted(pymupdf.PDF_ENCRYPT_RC4_40, user_pw="x", owner_pw="y"),
    "locked by nobody": lambda: written(b"", b"<<>>").replace(b"trailer<<", b"trailer<</Encrypt<</Filter/None/V 99>>"),
    "locked by itself": lambda: written(b"", b"<<>>").replace(b"trailer<<", b"trailer<</Encrypt 1 0 R/ID[<>]"),
    # Words.
    "markup for a title": lambda: named("\"><img src=x onerror=alert(1)><svg onload=alert(1)>{{7*7}}';--"),
    "a title written from right to left": lambda: named("bảo mật \u202egnp.exe\u202c\u200b\u2066\ufeff\0\x1b[31m\r\n"),
    "a title in pieces": lambda: named("Nghi\u0323 quye\u0302\u0301t " * 200),
    "a title of 40 kB": lambda: named("Ộ" * 20_000),
    "halves of letters": lambda: outline(b"5 0 R", b"<</Title<feffd800dc00d800d800dfff>/Dest[3 0 R/Fit]>>"),
    "a font that is noise": lambda: written(
        b"BT /F 9 Tf 9 700 Td (abc) Tj ET",
        b"<</Font<</F<</Type/Font/Subtype/TrueType/BaseFont/X/FontDescriptor<</Type/FontDescriptor/FontName/X"
        b"/FontFile2 5 0 R>>>>>>>>",
        b"<</Length %d>>" % len(noise()) + stream(b"\0\x01\0\0\xff\xff" + noise()),
    ),
    "a font table of itself": lambda: written(
        b"BT /F 9 Tf 9 700 Td <0001> Tj ET",
        b"<</Font<</F<</Type/Font/Subtype/Type0/BaseFont/X/Encoding 5 0 R/DescendantFonts[<</Subtype/CIDFontType2"
        b"/BaseFont/X/CIDSystemInfo<</Registry(A)/Ordering(B)/Supplement 0>>>>]/ToUnicode 5 0 R>>>>>>",
        b"<</UseCMap 5 0 R/Length 60>>" + stream(b"/X usecmap begincodespacerange <00> <ffffffff> endcodespacera"),
    ),
    "letters for millions": lambda: written(
        b"BT /F 9 Tf 9 700 Td (a) Tj ET",
        b"<</Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica/ToUnicode 5 0 R>>>>>>",
        b"<</Length 70>>" + stream(b"1 beginbfrange <00> <ffffff> <" + b"0041" * 8 + b"> endbfrange"),
    ),
    "two million letters on a page": lambda: written(
        b"BT /F 9 Tf 9 700 Td " + b"(aaaaaaaaaaaaaaaaaaaa) Tj " * 100_000 + b"ET",
        b"<</Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>",
    ),
    "a hundred thousand words on a page": lambda: written(
        b"BT /F 1 Tf 9 700 Td " + b"(a b c d e f g h i j ) Tj " * 10_000 + b"ET",
        b"<</Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>",
    ),
}  # fmt: skip
"""Each by what is wrong with it; made when asked for, since some are large."""


def noise(size: int = 5_000) -> bytes:
    return random.Random(11).randbytes(size)


def mutated(seed: int, bases: list[bytes]) -> Iterator[bytes]:
    """Without end: papers that opened once, with bytes, numbers, names and whole stretches of them changed."""
    chance = random.Random(seed)
    while True:
        paper = bytearray(chance.choice(bases))
        for _ in range(chance.choice((1, 1, 2, 3, 8, 40))):
            chance.choice(SPOILING)(paper, chance)
        yield bytes(paper)


def _flip(paper: bytearray, chance: random.Random) -> None:
    paper[chance.randrange(len(paper))] ^= 1 << chance.randrange(8)


def _cut(paper: bytearray, chance: random.Random) -> None:
    del paper[chance.randrange(20, max(21, len(paper))) :]


def _drop(paper: bytearray, chance: random.Random) -> None:
    at = chance.randrange(len(paper))
    del paper[at : at + chance.randrange(1, 2000)]
    paper += b"" if len(paper) > 20 else b"%PDF-1.7 end of it"


def _repeat(paper: bytearray, chance: random.Random) -> None:
    at = chance.randrange(len(paper))
    paper[at:at] = paper[at : at + chance.randrange(1, 2000)] * chance.choice((1, 2, 50))


def _number(paper: bytearray, chance: random.Random) -> None:
    """Some number becomes one that nobody expects."""
    at = chance.randrange(len(paper))
    places = [place for place in range(at, min(at + 3000, len(paper))) if chr(paper[place]).isdigit()]
    if places:
        odd = (b"-1", b"0", b"4294967295", b"2147483648", b"1e99", b"99999999999999999999", b".5", b"nan")
        paper[places[0] : places[0] + 1] = chance.choice(odd)


def _word(paper: bytearray, chance: random.Random) -> None:
    """A reference, a name or the beginning of something in a place it does not belong to."""
    at = chance.randrange(len(paper))
    odd = (
        b" 1 0 R ",
        b"/Kids",
        b"<<",
        b">>",
        b"[",
        b"]",
        b"stream\n",
        b"endobj",
        b"(",
        b"/Filter/FlateDecode",
        b"\0" * 9,
    )
    paper[at:at] = chance.choice(odd)


def _noise(paper: bytearray, chance: random.Random) -> None:
    at = chance.randrange(len(paper))
    paper[at : at + 200] = chance.randbytes(chance.randrange(1, 200))


SPOILING = (_flip, _flip, _flip, _cut, _drop, _repeat, _number, _number, _word, _noise)
