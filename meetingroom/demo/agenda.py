"""The agenda of the demo meeting, and which papers lie under which item."""

from __future__ import annotations

from dataclasses import dataclass

from meetingroom.domain.agenda import Kind

TITLE = "Phiên họp Ban Chỉ đạo xây dựng Chính quyền điện tử tỉnh"
KIND = "Sơ kết 8 tháng đầu năm 2020"
ROOM = "Phòng họp số 1, trụ sở UBND tỉnh"
QUESTION = "Thông qua dự thảo Nghị quyết về phát triển Chính quyền điện tử đến năm 2025, định hướng đến năm 2030?"
ELECTION = "Bầu Tổ giúp việc Ban Chỉ đạo Chính quyền điện tử (3 người)"
CANDIDATES = (
    ("Phó Giám đốc Sở Thông tin và Truyền thông", "Sở Thông tin và Truyền thông"),
    ("Phó Chánh Văn phòng UBND tỉnh", "Văn phòng UBND tỉnh"),
    ("Trưởng phòng Cải cách hành chính", "Sở Nội vụ"),
    ("Trưởng phòng Ngân sách", "Sở Tài chính"),
    ("Giám đốc Trung tâm Công nghệ thông tin", "Sở Thông tin và Truyền thông"),
)


@dataclass(frozen=True, slots=True)
class Point:
    """`key` is the id of the item in the demo meeting."""

    key: str
    title: str
    presenter: str
    minutes: int
    kind: Kind = Kind.INFORMATION
    parent: str | None = None


AGENDA = (
    Point("opening", "Khai mạc, điểm danh đại biểu", "office", 10),
    Point("eight-months", "Báo cáo kết quả 8 tháng đầu năm 2020", "information", 25),
    Point("paperless", "Tình hình triển khai hệ thống phòng họp không giấy tờ", "office", 15),
    Point("tasks", "Nhiệm vụ trọng tâm thời gian tới", "information", 30, Kind.DISCUSSION),
    Point("services", "Hoàn thành 921 dịch vụ công trực tuyến", "information", 10, Kind.DISCUSSION, "tasks"),
    Point("resolution", "Nghị quyết phát triển Chính quyền điện tử đến năm 2025", "information", 10,
          Kind.DISCUSSION, "tasks"),
    Point("ranking", "Xếp hạng các cơ quan, đơn vị", "home-affairs", 10, Kind.DISCUSSION, "tasks"),
    Point("discussion", "Thảo luận", "chair", 40, Kind.DISCUSSION),
    Point("vote", "Biểu quyết dự thảo Nghị quyết", "chair", 10, Kind.DECISION),
    Point("conclusion", "Kết luận của chủ tọa", "chair", 10),
)  # fmt: skip
