"""The numbers of the demo papers: invented, fixed, and adding up to the totals the papers name."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Any

MONTHS = 8
INCOMING = 527_679
OUTGOING = 137_300
FILES = 386_214
FILES_ONLINE = 141_352
FILES_LATE = 4_127
PROCEDURES = 1_286
SIGNATURES = 3_216
SERVICES = 921
SERVICES_LEVEL_4 = 325
SERVICES_DONE = 702
SERVICES_INTEGRATED = 158
SERVICES_INTEGRATED_GOAL = 277  # at least 30 % of 921
LGSP_CALLS = 2_184_530

# name, short name, weights of: incoming, outgoing, case files, procedures; fraction of files sent online
DEPARTMENTS: tuple[tuple[str, str, int, int, int, int, float], ...] = (
    ("Văn phòng UBND tỉnh", "VP UBND tỉnh", 98, 96, 2, 18, 0.61),
    ("Sở Thông tin và Truyền thông", "TT&TT", 44, 47, 12, 38, 0.97),
    ("Sở Nội vụ", "Nội vụ", 49, 46, 22, 88, 0.72),
    ("Sở Tài chính", "Tài chính", 52, 50, 26, 34, 0.83),
    ("Sở Kế hoạch và Đầu tư", "KH&ĐT", 58, 57, 88, 122, 0.78),
    ("Sở Tư pháp", "Tư pháp", 36, 33, 96, 118, 0.49),
    ("Sở Y tế", "Y tế", 55, 44, 74, 112, 0.44),
    ("Sở Giáo dục và Đào tạo", "GD&ĐT", 51, 42, 40, 76, 0.52),
    ("Sở Công Thương", "Công Thương", 41, 37, 142, 104, 0.91),
    ("Sở Xây dựng", "Xây dựng", 43, 40, 36, 52, 0.41),
    ("Sở Giao thông vận tải", "GTVT", 40, 34, 212, 84, 0.38),
    ("Sở Nông nghiệp và Phát triển nông thôn", "NN&PTNT", 50, 43, 44, 98, 0.36),
    ("Sở Tài nguyên và Môi trường", "TN&MT", 62, 55, 318, 94, 0.22),
    ("Sở Lao động - Thương binh và Xã hội", "LĐ-TB&XH", 47, 39, 82, 108, 0.34),
    ("Sở Văn hóa, Thể thao và Du lịch", "VH,TT&DL", 42, 36, 38, 102, 0.67),
    ("Sở Khoa học và Công nghệ", "KH&CN", 33, 28, 14, 50, 0.74),
    ("Sở Ngoại vụ", "Ngoại vụ", 28, 22, 5, 12, 0.86),
    ("Thanh tra tỉnh", "Thanh tra", 30, 24, 3, 14, 0.21),
    ("Ban Dân tộc tỉnh", "Ban Dân tộc", 26, 19, 2, 6, 0.33),
    ("Ban Quản lý các khu công nghiệp", "BQL các KCN", 31, 29, 24, 46, 0.69),
)
# name, short name, communes, weights of: incoming, outgoing, case files; fraction of files sent online
DISTRICTS: tuple[tuple[str, str, int, int, int, int, float], ...] = (
    ("UBND thành phố", "Thành phố", 19, 152, 62, 330, 0.46),
    ("UBND thị xã phía Nam", "Thị xã phía Nam", 12, 112, 47, 214, 0.41),
    ("UBND huyện phía Bắc", "Huyện phía Bắc", 18, 118, 46, 236, 0.37),
    ("UBND huyện phía Đông", "Huyện phía Đông", 16, 106, 41, 208, 0.34),
    ("UBND huyện phía Tây", "Huyện phía Tây", 15, 97, 38, 182, 0.31),
    ("UBND huyện trung du", "Huyện trung du", 17, 103, 40, 196, 0.33),
    ("UBND huyện ven sông", "Huyện ven sông", 14, 94, 36, 172, 0.35),
    ("UBND huyện ven biển", "Huyện ven biển", 13, 91, 35, 168, 0.32),
    ("UBND huyện miền núi", "Huyện miền núi", 11, 74, 28, 96, 0.19),
    ("UBND huyện vùng cao", "Huyện vùng cao", 10, 68, 25, 78, 0.17),
)
MONTH_WEIGHTS = (52, 58, 70, 76, 66, 68, 71, 69)
FILE_WEIGHTS = (38, 44, 50, 31, 52, 58, 60, 57)
LGSP_WEIGHTS = (11, 13, 19, 26, 29, 33, 38, 41)

# authority, field of business, number of services (adding up to 921)
FIELDS: tuple[tuple[str, str, int], ...] = (
    ("Sở Thông tin và Truyền thông", "Bưu chính", 6),
    ("Sở Thông tin và Truyền thông", "Báo chí", 8),
    ("Sở Thông tin và Truyền thông", "Xuất bản, in và phát hành", 13),
    ("Sở Thông tin và Truyền thông", "Phát thanh, truyền hình và thông tin điện tử", 8),
    ("Sở Nội vụ", "Công chức, viên chức", 11),
    ("Sở Nội vụ", "Tổ chức hành chính, sự nghiệp công lập", 6),
    ("Sở Nội vụ", "Quản lý hội và quỹ", 16),
    ("Sở Nội vụ", "Thi đua, khen thưởng", 9),
    ("Sở Nội vụ", "Tín ngưỡng, tôn giáo", 20),
    ("Sở Nội vụ", "Văn thư, lưu trữ", 3),
    ("Sở Tài chính", "Quản lý giá", 3),
    ("Sở Tài chính", "Quản lý công sản", 14),
    ("Sở Tài chính", "Tin học - Thống kê", 1),
    ("Sở Tài chính", "Tài chính doanh nghiệp", 4),
    ("Sở Kế hoạch và Đầu tư", "Thành lập và hoạt động của doanh nghiệp", 42),
    ("Sở Kế hoạch và Đầu tư", "Hợp tác xã", 15),
    ("Sở Kế hoạch và Đầu tư", "Đầu tư tại Việt Nam", 20),
    ("Sở Kế hoạch và Đầu tư", "Đấu thầu", 5),
    ("Sở Kế hoạch và Đầu tư", "Hỗ trợ doanh nghiệp nhỏ và vừa", 4),
    ("Sở Tư pháp", "Công chứng", 17),
    ("Sở Tư pháp", "Luật sư", 14),
    ("Sở Tư pháp", "Giám định tư pháp", 7),
    ("Sở Tư pháp", "Đấu giá tài sản", 8),
    ("Sở Tư pháp", "Lý lịch tư pháp", 3),
    ("Sở Tư pháp", "Quốc tịch", 3),
    ("Sở Tư pháp", "Trợ giúp pháp lý", 8),
    ("Sở Tư pháp", "Trọng tài, hòa giải thương mại", 10),
    ("Sở Y tế", "Khám bệnh, chữa bệnh", 30),
    ("Sở Y tế", "Dược phẩm", 22),
    ("Sở Y tế", "Mỹ phẩm", 4),
    ("Sở Y tế", "An toàn thực phẩm và dinh dưỡng", 6),
    ("Sở Y tế", "Y tế dự phòng", 7),
    ("Sở Y tế", "Trang thiết bị và công trình y tế", 5),
    ("Sở Giáo dục và Đào tạo", "Giáo dục trung học", 12),
    ("Sở Giáo dục và Đào tạo", "Giáo dục thường xuyên", 6),
    ("Sở Giáo dục và Đào tạo", "Cơ sở giáo dục khác", 14),
    ("Sở Giáo dục và Đào tạo", "Quy chế thi, tuyển sinh", 5),
    ("Sở Giáo dục và Đào tạo", "Văn bằng, chứng chỉ", 3),
    ("Sở Công Thương", "Lưu thông hàng hóa trong nước", 19),
    ("Sở Công Thương", "Kinh doanh khí", 13),
    ("Sở Công Thương", "Xúc tiến thương mại", 6),
    ("Sở Công Thương", "Điện lực", 9),
    ("Sở Công Thương", "Hóa chất, vật liệu nổ công nghiệp", 14),
    ("Sở Công Thương", "Thương mại quốc tế", 10),
    ("Sở Xây dựng", "Hoạt động xây dựng", 14),
    ("Sở Xây dựng", "Quy hoạch - kiến trúc", 7),
    ("Sở Xây dựng", "Nhà ở và công sở", 11),
    ("Sở Xây dựng", "Kinh doanh bất động sản", 4),
    ("Sở Xây dựng", "Giám định chất lượng công trình", 3),
    ("Sở Giao thông vận tải", "Đường bộ", 40),
    ("Sở Giao thông vận tải", "Đường thủy nội địa", 19),
    ("Sở Giao thông vận tải", "Đăng kiểm", 4),
    ("Sở Nông nghiệp và Phát triển nông thôn", "Bảo vệ thực vật", 8),
    ("Sở Nông nghiệp và Phát triển nông thôn", "Chăn nuôi và thú y", 13),
    ("Sở Nông nghiệp và Phát triển nông thôn", "Lâm nghiệp", 11),
    ("Sở Nông nghiệp và Phát triển nông thôn", "Thủy lợi", 14),
    ("Sở Nông nghiệp và Phát triển nông thôn", "Thủy sản", 11),
    ("Sở Nông nghiệp và Phát triển nông thôn", "Quản lý chất lượng nông lâm sản và thủy sản", 4),
    ("Sở Tài nguyên và Môi trường", "Đất đai", 27),
    ("Sở Tài nguyên và Môi trường", "Tài nguyên nước", 13),
    ("Sở Tài nguyên và Môi trường", "Địa chất và khoáng sản", 16),
    ("Sở Tài nguyên và Môi trường", "Môi trường", 8),
    ("Sở Tài nguyên và Môi trường", "Đo đạc, bản đồ và khí tượng thủy văn", 6),
    ("Sở Lao động - Thương binh và Xã hội", "Người có công", 13),
    ("Sở Lao động - Thương binh và Xã hội", "Việc làm, an toàn lao động", 14),
    ("Sở Lao động - Thương binh và Xã hội", "Giáo dục nghề nghiệp", 16),
    ("Sở Lao động - Thương binh và Xã hội", "Bảo trợ xã hội, trẻ em", 11),
    ("Sở Văn hóa, Thể thao và Du lịch", "Di sản văn hóa, nghệ thuật biểu diễn", 13),
    ("Sở Văn hóa, Thể thao và Du lịch", "Quảng cáo", 5),
    ("Sở Văn hóa, Thể thao và Du lịch", "Thể dục thể thao", 16),
    ("Sở Văn hóa, Thể thao và Du lịch", "Lữ hành, lưu trú du lịch", 17),
    ("Sở Khoa học và Công nghệ", "Hoạt động khoa học và công nghệ", 13),
    ("Sở Khoa học và Công nghệ", "An toàn bức xạ và hạt nhân", 7),
    ("Sở Khoa học và Công nghệ", "Tiêu chuẩn đo lường chất lượng", 5),
    ("Sở Ngoại vụ", "Hội nghị, hội thảo quốc tế", 2),
    ("Sở Ngoại vụ", "Lãnh sự, thẻ đi lại doanh nhân", 2),
    ("Thanh tra tỉnh", "Tiếp công dân, xử lý đơn thư", 3),
    ("Ban Dân tộc tỉnh", "Công tác dân tộc", 2),
    ("Ban Quản lý các khu công nghiệp", "Đầu tư vào khu công nghiệp", 14),
    ("Ban Quản lý các khu công nghiệp", "Lao động, môi trường trong khu công nghiệp", 7),
    ("UBND cấp huyện", "Đăng ký hộ kinh doanh, hợp tác xã", 12),
    ("UBND cấp huyện", "Hộ tịch, chứng thực", 11),
    ("UBND cấp huyện", "Văn hóa, thông tin", 9),
    ("UBND cấp huyện", "Giáo dục mầm non, tiểu học, trung học cơ sở", 14),
    ("UBND cấp xã", "Hộ tịch, chứng thực", 12),
    ("UBND cấp xã", "Bảo trợ xã hội, người có công", 7),
)

# project, sum planned for 2020 and spent by 31 August (million đồng)
PROJECTS: tuple[tuple[str, int, int], ...] = (
    ("Nâng cấp Trung tâm dữ liệu tỉnh (giai đoạn 2)", 16_400, 11_972),
    ("Hoàn thiện Nền tảng tích hợp, chia sẻ dữ liệu LGSP", 8_750, 6_563),
    ("Hệ thống phòng họp không giấy tờ", 9_600, 5_184),
    ("Nâng cấp Cổng dịch vụ công và phần mềm một cửa điện tử", 11_200, 8_064),
    ("Mở rộng phần mềm quản lý văn bản và điều hành đến cấp xã", 5_300, 4_346),
    ("Giám sát an toàn thông tin tập trung (SOC)", 7_450, 4_023),
    ("Số hóa hồ sơ đất đai, hộ tịch", 6_900, 2_898),
    ("Đào tạo, bồi dưỡng, tuyên truyền", 2_900, 1_450),
)

# what an agency is measured by, and the most points for it
CRITERIA: tuple[tuple[str, int], ...] = (
    ("Văn bản điện tử, chữ ký số", 20),
    ("Quy trình điện tử", 15),
    ("Dịch vụ công trực tuyến", 25),
    ("Giải quyết đúng hạn", 20),
    ("An toàn thông tin", 10),
    ("Chỉ đạo, nhân lực", 10),
)


def share(total: int, weights: Sequence[float]) -> list[int]:
    """Whole parts of `total` in proportion to the weights (largest remainder)."""
    exact = [total * weight / sum(weights) for weight in weights]
    parts = [int(part) for part in exact]
    for place in sorted(range(len(parts)), key=lambda i: parts[i] - exact[i])[: total - sum(parts)]:
        parts[place] += 1
    return parts


def data() -> dict[str, Any]:
    """Everything the templates read, ready for JSON."""
    chance = random.Random(2020)
    units = [*(row[:2] for row in DEPARTMENTS), *(row[:2] for row in DISTRICTS)]
    incoming = share(INCOMING, [*(row[2] for row in DEPARTMENTS), *(row[3] * 1.9 for row in DISTRICTS)])
    outgoing = share(OUTGOING, [*(row[3] for row in DEPARTMENTS), *(row[4] * 2.2 for row in DISTRICTS)])
    files = share(FILES, [*(row[4] for row in DEPARTMENTS), *(row[5] for row in DISTRICTS)])
    rates = [*(row[6] for row in DEPARTMENTS), *(row[6] for row in DISTRICTS)]
    online = share(FILES_ONLINE, [count * rate for count, rate in zip(files, rates, strict=True)])
    late = share(FILES_LATE, [count * chance.uniform(0.2, 1.6) for count in files])
    signatures = share(SIGNATURES, [*(row[3] for row in DEPARTMENTS), *(row[2] * 11 for row in DISTRICTS)])
    procedures = [*share(PROCEDURES, [row[5] for row in DEPARTMENTS]), *([0] * len(DISTRICTS))]

    def by_month(total: int, weights: Sequence[int]) -> list[int]:
        return share(total, [weight * chance.uniform(0.9, 1.1) for weight in weights])

    rows = [
        {
            "name": name,
            "short": short,
            "communes": DISTRICTS[i - len(DEPARTMENTS)][2] if i >= len(DEPARTMENTS) else 0,
            "incoming": by_month(incoming[i], MONTH_WEIGHTS),
            "outgoing": by_month(outgoing[i], MONTH_WEIGHTS),
            "signed": round(outgoing[i] * chance.uniform(0.93, 0.998)),
            "files": by_month(files[i], FILE_WEIGHTS),
            "online": online[i],
            "late": late[i],
            "signatures": signatures[i],
            "procedures": procedures[i],
            "scores": _scores(chance, rates[i], late[i] / files[i]),
        }
        for i, (name, short) in enumerate(units)
    ]
    return {
        "departments": rows[: len(DEPARTMENTS)],
        "districts": rows[len(DEPARTMENTS) :],
        "services": _services(chance),
        "lgsp": share(LGSP_CALLS, LGSP_WEIGHTS),
        "projects": [{"name": name, "planned": planned, "spent": spent} for name, planned, spent in PROJECTS],
        "criteria": [{"name": name, "most": most} for name, most in CRITERIA],
    }


def _services(chance: random.Random) -> list[dict[str, Any]]:
    counts = [count for _, _, count in FIELDS]
    level_4 = share(SERVICES_LEVEL_4, [count * chance.uniform(0.7, 1.3) for count in counts])
    open_ = share(SERVICES - SERVICES_DONE, [count * chance.uniform(0.2, 1.8) for count in counts])
    done = [count - left for count, left in zip(counts, open_, strict=True)]
    integrated = share(SERVICES_INTEGRATED, [count * chance.uniform(0.5, 1.5) for count in done])
    goal = share(SERVICES_INTEGRATED_GOAL - SERVICES_INTEGRATED, counts)
    return [
        {
            "authority": authority,
            "field": field,
            "count": count,
            "level4": level_4[i],
            "done": done[i],
            "integrated": integrated[i],
            "goal": integrated[i] + goal[i],
        }
        for i, (authority, field, count) in enumerate(FIELDS)
    ]


def _scores(chance: random.Random, online: float, late: float) -> list[float]:
    """Points per criterion, to a quarter of a point; they follow the figures above, with some chance."""
    parts = (
        chance.uniform(0.82, 0.98),
        chance.uniform(0.72, 0.97),
        min(0.97, 0.52 + 0.5 * online),
        max(0.6, 1 - 18 * late),
        chance.uniform(0.6, 0.95),
        chance.uniform(0.75, 0.98),
    )
    return [round(most * part * 4) / 4 for (_, most), part in zip(CRITERIA, parts, strict=True)]
