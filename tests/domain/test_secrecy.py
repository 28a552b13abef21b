"""What is a marking of a state secret, and what only sounds like one."""

from __future__ import annotations

import unicodedata

import pytest

from meetingroom.domain.secrecy import is_marked_name, is_marked_page


def page(*lines: str, gap: float = 30.0) -> list[list[object]]:
    """Words of 12 points; a bar stands for a wide gap on the same line."""
    words: list[list[object]] = []
    for number, line in enumerate(lines):
        x = 50.0
        for part in line.split("|"):
            for word in part.split():
                words.append([x, 20.0 * number, x + 7 * len(word), 20.0 * number + 12, word, 0, number])
                x += 7 * len(word) + 4
            x += gap
    return words


@pytest.mark.parametrize(
    "lines",
    [
        ["ỦY BAN NHÂN DÂN", "MẬT", "Số: 12/BC-UBND"],
        ["TỐI MẬT | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"],
        ["UBND TỈNH | T U Y Ệ T M Ậ T"],
        ["Độ mật: Mật"],
        ["ĐỘ MẬT: TỐI MẬT"],
        ["[ MẬT ]"],
        [unicodedata.normalize("NFD", "TUYỆT MẬT")],
        ["Tèi mËt"],
    ],
)
def test_a_stamp_is_a_marking(lines: list[str]) -> None:
    assert is_marked_page(page(*lines))


@pytest.mark.parametrize(
    "line",
    [
        "Luật Bảo vệ bí mật nhà nước",
        "BẢO VỆ BÍ MẬT NHÀ NƯỚC",
        "Giữ bí mật, bảo mật thông tin; đổi mật khẩu",
        "BẢO MẬT",
        "MẬT KHẨU",
        "Mật",  # a cell of a table, the end of a broken line
        "mật",
        "Mật độ xây dựng",
        "tài liệu mang dấu MẬT hoặc TỐI MẬT",
        "danh mục bí mật nhà nước độ Tối mật",
        "Độ mật",
        "",
    ],
)
def test_words_that_contain_it_are_none(line: str) -> None:
    assert not is_marked_page(page(line, "Điều 1. Phạm vi điều chỉnh"))


@pytest.mark.parametrize(
    "name",
    [
        "Báo cáo (Mật).pdf",
        "Báo cáo_MẬT.pdf",
        "TỐI MẬT - kế hoạch.pdf",
        "Kế hoạch Tuyệt mật".replace(" Tuyệt", " – Tuyệt") + ".docx",
        "Báo cáo MẬT.pdf",
        "Báo cáo TỐI MẬT.pdf",
        "mật.pdf",
        unicodedata.normalize("NFD", "Tờ trình (Tối mật).pdf"),
    ],
)
def test_a_name_can_say_it(name: str) -> None:
    assert is_marked_name(name)


@pytest.mark.parametrize(
    "name",
    [
        "Quy chế bảo mật.pdf",
        "Luật bảo vệ bí mật nhà nước.pdf",
        "QUY CHẾ BẢO MẬT.pdf",
        "Hướng dẫn BẢO MẬT.pdf",
        "Đổi mật khẩu.pdf",
        "Dự án nuôi ong mật.pdf",
        "Mật độ dân cư.pdf",
        "Bao cao mat bang.pdf",
        "",
        ".pdf",
    ],
)
def test_a_name_that_only_sounds_like_it_does_not(name: str) -> None:
    assert not is_marked_name(name)
