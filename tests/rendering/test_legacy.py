"""Papers typed before Unicode: found, selected and outlined as what they say."""

from __future__ import annotations

import asyncio
import json
import unicodedata
from pathlib import Path
from typing import Any

import pytest

from meetingroom.rendering import legacy
from tests.rendering import documents
from tests.rendering.desk import desk

TCVN3 = "Céng hoµ x· héi chñ nghÜa ViÖt Nam, ®éc lËp - tù do - h¹nh phóc, th\u00adêng vô, tû lÖ"
VNI = "Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam, ñoäc laäp - töï do - haïnh phuùc, thöôøng vuï, tyû leä, Nguyeãn, quyû"
SAID = "Cộng hòa xã hội chủ nghĩa Việt Nam, độc lập - tự do - hạnh phúc, thường vụ, tỷ lệ"


VISCII = "Cµng hòa xã hµi chü nghîa Vi®t Nam, ðµc l§p - tñ do - hÕnh phúc, thß¶ng vø, tÖ l®, Nguy-n"
VPS = "C¶ng hòa xã h¶i chû nghïa ViŒt Nam, Ç¶c lÆp - t¿ do - hånh phúc, thÜ©ng vø, t› lŒ"


def test_all_encodings_say_the_same() -> None:
    assert legacy.unicode(TCVN3, "ABCDEF+.VnTime").replace("hoà", "hòa") == SAID
    assert legacy.unicode(VNI, "VNI-Times,Bold") == f"{SAID}, Nguyễn, quỷ"
    assert legacy.unicode("QUYEÁT ÑÒNH, ÑÖÔØNG", "VNI-Times") == "QUYẾT ĐỊNH, ĐƯỜNG"
    assert legacy.unicode(VISCII, "VI Times") == f"{SAID}, Nguyễn"
    assert legacy.unicode(VPS, "XYZABC+VPSTimes-Bold") == SAID


@pytest.mark.parametrize("font", ["VI Times", "VPS Times"])
def test_a_table_has_every_letter_of_vietnamese_once(font: str) -> None:
    bases = "aăâeêioôơuưyAĂÂEÊIOÔƠUƯY"
    tones = ["", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323"]
    wanted = {unicodedata.normalize("NFC", base + tone) for base in bases for tone in tones} | set("đĐ")
    places = [chr(place) for place in range(0x20)] + list(bytes(range(0x80, 0x100)).decode("latin-1"))
    windows = [bytes([0x80 + place]).decode("cp1252", "ignore") or chr(0x80 + place) for place in range(32)]
    said = [legacy.unicode(place, font) for place in {*places, *windows} if place != "\u2022"]
    said += [legacy.unicode("\u2022x", font)[0]]
    letters = [letter for letter in said if letter in wanted and not letter.isascii()]
    missing = {letter for letter in wanted if not letter.isascii()} - set(letters)
    assert len(letters) == len(set(letters))
    assert missing == (set() if font == "VI Times" else set("ẠẬẶẸỆỊỌỘỢỤỰỴẪỮ"))


def test_a_bullet_stays_one_where_a_letter_has_its_place() -> None:
    assert legacy.unicode("\u2022", "VI Times") == "\u2022"


def test_a_capital_font_shows_small_letters_as_capitals() -> None:
    assert legacy.unicode("quyÕt ®Þnh", ".VnTimeH") == "QUYẾT ĐỊNH"
    assert legacy.unicode("quyÕt ®Þnh", "XYZABC+.VnArialH-Bold") == "QUYẾT ĐỊNH"
    assert legacy.unicode("quyªt ð¸nh", "VI Times H") == "QUYẾT ĐỊNH"
    assert legacy.unicode("quy‰t ÇÎnh", "VPS Times Hoa,Bold") == "QUYẾT ĐỊNH"


def test_a_hyphen_is_told_from_the_letter_that_windows_takes_for_one() -> None:
    said = legacy.unicode("-u tiªn; th- ký th-êng vô n-íc; Q§-UBND kinh tÕ - x· héi 2020-2025", ".VnTime")
    assert said == "ưu tiên; thư ký thường vụ nước; QĐ-UBND kinh tế - xã hội 2020-2025"


def test_fonts_marked_as_symbols_have_the_same_letters_elsewhere() -> None:
    moved = "".join(chr(0xF000 + ord(letter)) for letter in "quyÕt")
    assert legacy.unicode(moved, ".VnTime") == "quyết"


def test_other_fonts_and_text_that_is_unicode_already_stay_as_they_are() -> None:
    assert legacy.unicode("façade Ö ø", "Times-Roman") == "façade Ö ø"
    assert legacy.unicode("Quyết định về", ".VnTime") == "Quyết định về"
    assert legacy.unicode("plain ASCII 2026", ".VnTime") == "plain ASCII 2026"


def test_what_an_unknown_family_says_is_not_guessed() -> None:
    assert legacy.unicode("Coäng hoøa", "BKHCM Times") == ""
    assert legacy.unicode("2026", "BKHCM Times") == "2026"


def words_of(content: bytes, folder: Path) -> list[list[Any]]:
    async def read() -> list[list[Any]]:
        async with desk(folder) as here:
            file, _ = await here.prepare(content)
            found: list[list[Any]] = json.loads(await here.renderer.words(file, 1))["words"]
            return found

    return asyncio.run(read())


@pytest.mark.parametrize(
    ("font", "text", "said"),
    [
        ("#2EVnTime", TCVN3, SAID.replace("hòa", "hoà")),
        ("VNI-Times", VNI, f"{SAID}, Nguyễn, quỷ"),
        ("VI#20Times", VISCII.replace("y-n", "y\u00adn"), f"{SAID}, Nguyễn"),
        ("VPS#20Times", VPS, SAID),
    ],
    ids=["TCVN3", "VNI", "VISCII", "VPS"],
)
def test_the_words_of_a_page_are_read_by_its_fonts(tmp_path: Path, font: str, text: str, said: str) -> None:
    found = words_of(documents.in_font(font, text), tmp_path)
    assert [word[4] for word in found] == said.split()
    lefts = [word[0] for word in found]
    assert lefts == sorted(lefts) and all(left < right for left, _, right, *_ in found)


def test_a_page_in_an_unknown_family_has_no_words_rather_than_wrong_ones(tmp_path: Path) -> None:
    assert words_of(documents.in_font("BKHCM#20Times", "Coäng hoøa hoäi ñoäc"), tmp_path) == []
