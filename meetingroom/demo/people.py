"""The people of the demo meeting: a provincial steering committee, named by office only. All invented."""

from __future__ import annotations

from dataclasses import dataclass

from meetingroom.domain.messages import Role


@dataclass(frozen=True, slots=True)
class Person:
    """`key` is the participant's id in the demo meeting; the place in PEOPLE is the order of precedence."""

    key: str
    office: str
    unit: str
    role: Role = Role.DELEGATE
    member: bool = True


def _department(key: str, name: str, head: str = "Giám đốc") -> Person:
    return Person(key, f"{head} {name}", name)


PEOPLE = (
    Person("chair", "Chủ tịch UBND tỉnh", "Ủy ban nhân dân tỉnh", Role.CHAIR),
    Person("deputy", "Phó Chủ tịch Thường trực UBND tỉnh", "Ủy ban nhân dân tỉnh"),
    _department("information", "Sở Thông tin và Truyền thông"),
    Person("office", "Chánh Văn phòng UBND tỉnh", "Văn phòng UBND tỉnh"),
    _department("home-affairs", "Sở Nội vụ"),
    _department("finance", "Sở Tài chính"),
    _department("planning", "Sở Kế hoạch và Đầu tư"),
    _department("justice", "Sở Tư pháp"),
    _department("health", "Sở Y tế"),
    _department("education", "Sở Giáo dục và Đào tạo"),
    _department("trade", "Sở Công Thương"),
    _department("construction", "Sở Xây dựng"),
    _department("transport", "Sở Giao thông vận tải"),
    _department("agriculture", "Sở Nông nghiệp và Phát triển nông thôn"),
    _department("environment", "Sở Tài nguyên và Môi trường"),
    _department("labour", "Sở Lao động - Thương binh và Xã hội"),
    _department("culture", "Sở Văn hóa, Thể thao và Du lịch"),
    _department("science", "Sở Khoa học và Công nghệ"),
    _department("foreign-affairs", "Sở Ngoại vụ"),
    _department("inspectorate", "Thanh tra tỉnh", "Chánh"),
    _department("ethnic-affairs", "Ban Dân tộc tỉnh", "Trưởng"),
    _department("industrial-zones", "Ban Quản lý các khu công nghiệp", "Trưởng"),
    _department("police", "Công an tỉnh"),
    Person("military", "Chỉ huy trưởng Bộ Chỉ huy quân sự tỉnh", "Bộ Chỉ huy quân sự tỉnh"),
    Person("city", "Chủ tịch UBND thành phố tỉnh lỵ", "UBND thành phố"),
    Person("district", "Chủ tịch UBND huyện phía Bắc", "UBND huyện phía Bắc"),
    Person("secretary", "Chuyên viên Văn phòng UBND tỉnh", "Văn phòng UBND tỉnh", Role.SECRETARY, False),
    Person("treasury", "Giám đốc Kho bạc Nhà nước tỉnh", "Kho bạc Nhà nước tỉnh", Role.GUEST, False),
    Person("telecom", "Giám đốc doanh nghiệp viễn thông triển khai LGSP", "Doanh nghiệp", Role.GUEST, False),
    Person("press", "Tổng Biên tập Báo tỉnh", "Báo tỉnh", Role.GUEST, False),
    Person("screen", "Màn hình phòng họp", "", Role.SCREEN, False),
    Person("service", "Nhân viên phục vụ phòng họp", "Văn phòng UBND tỉnh", Role.STAFF, False),
)
