"""Papers typed before Unicode: found, selected and outlined as what they say."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest

from meetingroom.rendering import legacy
from tests.rendering import documents
from tests.rendering.desk import desk

TCVN3 = "Céng hoµ x· héi chñ nghÜa ViÖt Nam, ®éc lËp - tù do - h¹nh phóc, th\u00adêng vô, tû lÖ"
VNI = "Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam, ñoäc laäp - töï do - haïnh phuùc, thöôøng vuï, tyû leä, Nguyeãn, quyû"
SAID = "Cộng hòa xã hội chủ nghĩa Việt Nam, độc lập - tự do - hạnh phúc, thường vụ, tỷ lệ"


def test_both_encodings_say_the_same() -> None:
    assert legacy.unicode(TCVN3, "ABCDEF+.VnTime").replace("hoà", "hòa") == SAID
    assert legacy.unicode(VNI, "VNI-Times,Bold") == f"{SAID}, Nguyễn, quỷ"
    assert legacy.unicode("QUYEÁT ÑÒNH, ÑÖÔØNG", "VNI-Times") == "QUYẾT ĐỊNH, ĐƯỜNG"


def test_a_capital_font_shows_small_letters_as_capitals() -> None:
    assert legacy.unicode("quyÕt ®Þnh", ".VnTimeH") == "QUYẾT ĐỊNH"
    assert legacy.unicode("quyÕt ®Þnh", "XYZABC+.VnArialH-Bold") == "QUYẾT ĐỊNH"


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
    assert legacy.unicode("Coäng hoøa", "VPS Times") == ""
    assert legacy.unicode("2026", "VPS Times") == "2026"


def words_of(content: bytes, folder: Path) -> list[list[Any]]:
    async def read() -> list[list[Any]]:
        async with desk(folder) as here:
            file, _ = await here.prepare(content)
            found: list[list[Any]] = json.loads(await here.renderer.words(file, 1))["words"]
            return found

    return asyncio.run(read())


@pytest.mark.parametrize(
    ("font", "text", "said"),
    [("#2EVnTime", TCVN3, SAID.replace("hòa", "hoà")), ("VNI-Times", VNI, f"{SAID}, Nguyễn, quỷ")],
    ids=["TCVN3", "VNI"],
)
def test_the_words_of_a_page_are_read_by_its_fonts(tmp_path: Path, font: str, text: str, said: str) -> None:
    found = words_of(documents.in_font(font, text), tmp_path)
    assert [word[4] for word in found] == said.split()
    lefts = [word[0] for word in found]
    assert lefts == sorted(lefts) and all(left < right for left, _, right, *_ in found)


def test_a_page_in_an_unknown_family_has_no_words_rather_than_wrong_ones(tmp_path: Path) -> None:
    assert words_of(documents.in_font("VPS#20Times", "Coäng hoøa hoäi ñoäc"), tmp_path) == []
