"""The papers of the demo meeting, printed by Typst in the layout of Decree 30/2020. All content is invented."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import typst

from meetingroom.demo.papers import figures
from meetingroom.domain.papers.messages import Readers

_FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class DemoPaper:
    """`key` names the template, `item` a point of the demo agenda, `named` the people of NAMED readers."""

    key: str
    title: str
    item: str
    file_name: str
    readers: Readers = Readers.EVERYONE
    named: tuple[str, ...] = ()


PAPERS = (
    DemoPaper("program", "Chương trình phiên họp", "opening", "01-chuong-trinh-phien-hop.pdf"),
    DemoPaper(
        "report",
        "Báo cáo kết quả xây dựng Chính quyền điện tử 8 tháng đầu năm 2020",
        "eight-months",
        "02-bao-cao-8-thang-2020.pdf",
    ),
    DemoPaper("figures", "Phụ lục số liệu 8 tháng đầu năm 2020", "eight-months", "03-phu-luc-so-lieu.pdf"),
    DemoPaper("slides", "Trình chiếu tóm tắt báo cáo 8 tháng", "eight-months", "04-trinh-chieu-tom-tat.pdf"),
    DemoPaper(
        "paperless",
        "Báo cáo tình hình triển khai hệ thống phòng họp không giấy tờ",
        "paperless",
        "05-bao-cao-phong-hop-khong-giay-to.pdf",
    ),
    DemoPaper("tasks", "Nhiệm vụ trọng tâm 4 tháng cuối năm 2020", "tasks", "06-nhiem-vu-trong-tam.pdf"),
    DemoPaper(
        "services",
        "Danh mục 921 dịch vụ công trực tuyến cần hoàn thành",
        "services",
        "07-danh-muc-921-dich-vu-cong.pdf",
    ),
    DemoPaper("submission", "Tờ trình về việc ban hành Nghị quyết", "resolution", "08-to-trinh-nghi-quyet.pdf"),
    DemoPaper("resolution", "Dự thảo Nghị quyết phát triển Chính quyền điện tử", "vote", "09-du-thao-nghi-quyet.pdf"),
    DemoPaper(
        "ranking",
        "Kết quả xếp hạng các cơ quan, đơn vị",
        "ranking",
        "10-xep-hang-co-quan-don-vi.pdf",
        Readers.MEMBERS,
    ),
    DemoPaper(
        "budget",
        "Phương án điều chỉnh kinh phí năm 2020",
        "tasks",
        "11-phuong-an-kinh-phi.pdf",
        Readers.NAMED,
        ("chair", "finance"),
    ),
)


def print_paper(key: str, revision: int = 1) -> bytes:
    """The PDF of one paper; the same bytes every time. Only the draft resolution has a second revision."""
    if key not in {paper.key for paper in PAPERS}:
        raise KeyError(key)
    inputs = {"data": _data(), "revision": str(revision)}
    printed: bytes = typst.compile(
        str(_FOLDER / f"{key}.typ"),
        root=str(_FOLDER.parent.parent),  # the layout is shared with the documents the server makes
        font_paths=_fonts(),
        format="pdf",
        sys_inputs=inputs,
        timestamp=0,
    )
    return printed


@cache
def _data() -> str:
    return json.dumps(figures.data(), ensure_ascii=False)


@cache
def _fonts() -> typst.Fonts:
    """Only the fonts inside the typst wheel, read once."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True)
