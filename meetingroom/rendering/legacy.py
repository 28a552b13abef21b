"""Papers from before Unicode: their fonts have Vietnamese letters in the places of Latin ones, and are known by their names.

.VnTime and its family follow TCVN 5712:1993 (VN3): a letter is one byte; fonts whose name ends in H show small letters as
capitals. VNI-Times and its family write a letter as a vowel and a mark after it. VI Times follows VISCII 1.1 (RFC 1456),
VPS Times and its family have a table of their own; both may end in H or Hoa. Of BK HCM there are two tables, and no name
says which: a text nobody can find is better than one that is found as something else.
"""

import re
import unicodedata

TCVN3 = re.compile(r"\.?Vn[A-Z0-9]")
CAPITALS = re.compile(r".*H(oa)?([-,].*)?$")
VNI = re.compile(r"VNI\b|VNI[-_ A-Z]", re.IGNORECASE)
VPS = re.compile(r"VPS[ -]?[A-Z]", re.IGNORECASE)
VISCII = re.compile(r"VISCII|VI[ -]?(Times|Arial)", re.IGNORECASE)
UNKNOWN = re.compile(r"BK[ -]?HCM|UHo", re.IGNORECASE)
SUBSET = re.compile(r"[A-Z]{6}\+")

_PLACES = "ĂÂÊÔƠƯĐăâêôơưđẰ     àảãáạẲằẳẵắẴẮẦẨẪẤỀặầẩẫấậèỂẻẽéẹềểễếệìỉỄẾỒĩíịòỔỏõóọồổỗốộờởỡớợùỖủũúụừửữứựỳỷỹýỵ"
# From 0xA1 on; what some converters made of two of the places, too.
_TCVN3 = {0xA1 + place: letter for place, letter in enumerate(_PLACES) if letter != " "}
_TCVN3 |= {0x2219: "ã", 0x03BC: "à"}

# Its ư is where Windows has a second hyphen, and is told as one: within or at the end of a word of small letters, and before
# what follows an ư at the beginning. "QĐ-UBND" and "kinh tế - xã hội" keep theirs.
_HYPHEN = re.compile(r"(?<=[bcdghklmnpqrstvx®])-(?=[a-z\xa8-\xfe]|[\s.,;:)]|$)|(?<!\S)-(?=[uan¬ê-î])")


def _upper_half(letters: str) -> dict[int, str]:
    """A table of the letters from 0x80 on, by what Windows has in their places; a space is no letter."""
    places = (bytes([0x80 + place]).decode("cp1252", "ignore") or chr(0x80 + place) for place in range(128))
    return {ord(place): letter for place, letter in zip(places, letters, strict=True) if letter != " "}


# Six more capitals of VISCII are in the places of control characters; VPS has fourteen there, which few fonts show.
_VISCII = dict(zip((0x02, 0x05, 0x06, 0x14, 0x19, 0x1E), "ẲẴẪỶỸỴ", strict=True)) | _upper_half(
    "ẠẮẰẶẤẦẨẬẼẸẾỀỂỄỆỐỒỔỖỘỢỚỜỞỊỎỌỈỦŨỤỲÕắằặấầẩậẽẹếềểễệốồổỗỠƠộờởịỰỨỪỬơớƯ"
    "ÀÁÂÃẢĂẳẵÈÉÊẺÌÍĨỳĐứÒÓÔạỷừửÙÚỹỵÝỡưàáâãảăữẫèéêẻìíĩỉđựòóôõỏọụùúũủýợỮ"
)
_VPS = _upper_half(
    "ÀẢÃẤẦẨọỗĂếềểệẮẰẲẾ  ỀỂỄỐỒỔỖýỷỵỚỜỞ ắằẳẵặỠớÙờởỡŨỨợỪổỬỲỸÍÌộỈĨÓửữÒỎÕự"
    "ầÁÂấẩẫậđẻÉÊẹỉễịỹƯỦồốÔỏơÈừứÚũưÝẺ àáâãảạă èéêẽìí ĩẴĐòóôõ Ơụùúủ ỶẼỳ"
)
_SECOND_HYPHEN = re.compile(r"(?<=[a-z\xa1-\xff])-(?=[num]|[\s.,;:)]|$)")  # the ễ of VISCII, as the ư above

_MARKS = {
    "ù": "\u0301", "ø": "\u0300", "û": "\u0309", "õ": "\u0303", "ï": "\u0323",
    "â": "\u0302", "á": "\u0302\u0301", "à": "\u0302\u0300", "å": "\u0302\u0309", "ã": "\u0302\u0303", "ä": "\u0302\u0323",
    "ê": "\u0306", "é": "\u0306\u0301", "è": "\u0306\u0300", "ú": "\u0306\u0309", "ü": "\u0306\u0303", "ë": "\u0306\u0323",
}  # fmt: skip
_LETTERS = {"ô": "ơ", "ö": "ư", "ñ": "đ", "í": "í", "ì": "ì", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ"}
_LETTERS |= {letter.upper(): meant.upper() for letter, meant in _LETTERS.items()}
_VOWELS = frozenset("aeiouyơưAEIOUYƠƯ")

# Letters no Latin font has: the text has been converted already.
_VIETNAMESE = re.compile("[\u1ea0-\u1ef9\u0110\u0111\u01a0\u01a1\u01af\u01b0\u0102\u0103]")


# Letters Vietnamese in Unicode never has: worth a look at the fonts.
LOOKS_LEGACY = re.compile(
    "[\u00a6-\u00ae\u00b5\u00b8-\u00be\u00c4-\u00c7\u00cb\u00ce-\u00d1\u00d6-\u00d8\u00db-\u00dc\u00de\u00df"
    "\u00e4-\u00e7\u00eb\u00ee-\u00f1\u00f6\u00f8\u00fb\u00fc\u00fe\u00ff\u03bc\u2219\uf0a1-\uf0ff]"
)


def is_legacy(font: str) -> bool:
    name = SUBSET.sub("", font)
    return any(family.match(name) for family in (TCVN3, VNI, VPS, VISCII, UNKNOWN))


def unicode(text: str, font: str) -> str:
    """What a text in this font says; "" where that cannot be known."""
    name = SUBSET.sub("", font)
    text = "".join(_from_symbols(letter) for letter in text)
    if _VIETNAMESE.search(text) or not is_legacy(font):
        return text
    if VNI.match(name):
        return _vni(text)
    if TCVN3.match(name):
        said = _HYPHEN.sub("\u00ad", text).translate(_TCVN3)
    elif VISCII.match(name):
        said = _by_table(_SECOND_HYPHEN.sub("\u00ad", text), _VISCII)
    elif VPS.match(name):
        said = _by_table(text, _VPS)
    else:
        return text if text.isascii() else ""
    return said.upper() if CAPITALS.match(name) else said


def _by_table(text: str, table: dict[int, str]) -> str:
    """A bullet by itself is one, though there is a letter in its place."""
    return text if text == "\u2022" else text.translate(table)


def _from_symbols(letter: str) -> str:
    """Fonts marked as symbols have their letters from U+F020 on."""
    return chr(ord(letter) - 0xF000) if 0xF020 <= ord(letter) <= 0xF0FF else letter


def _vni(text: str) -> str:
    said: list[str] = []
    for letter in text:
        mark = _MARKS.get(letter.lower())
        if mark and said and said[-1] in _VOWELS:
            said[-1] = unicodedata.normalize("NFC", said[-1] + mark)
        else:
            said.append(_LETTERS.get(letter, letter))
    return "".join(said)
