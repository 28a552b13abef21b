"""Importing people through the page: a preview saves nothing, the confirmation all of it."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from urllib.parse import urlencode

import pytest

from tests.endpoints.conftest import Door

CSV = "Chức vụ;Đơn vị;Biểu quyết\nGiám đốc Sở Công Thương;Sở Công Thương;x\nGiám đốc Sở Y tế;;x\n"


def multipart(fields: Mapping[str, str], file: bytes = b"") -> tuple[bytes, str]:
    """A form as a browser sends it."""
    parts = [f'Content-Disposition: form-data; name="{name}"\r\n\r\n{value}'.encode() for name, value in fields.items()]
    if file:
        head = b'Content-Disposition: form-data; name="file"; filename="a.csv"\r\nContent-Type: text/csv\r\n\r\n'
        parts.append(head + file)
    body = b"".join(b"--line\r\n" + part + b"\r\n" for part in parts) + b"--line--\r\n"
    return body, "multipart/form-data; boundary=line"


NESTED, HUGE = "[" * 100_000, "[[" + "9" * 5000 + "]]"


@pytest.mark.parametrize("cells", [NESTED, HUGE, "", "{}", '[["a", {"b": 1}]]' * 2])
def test_what_no_page_of_ours_wrote_is_not_read(door: Door, cells: str) -> None:
    body = urlencode({"cells": cells, "save": "1"}).encode()
    form = {"Content_Type": "application/x-www-form-urlencoded", "Accept": "text/html"}
    answer = door.ask("POST", f"{door.seat('secretary')}/import", "secretary", body, **form)
    assert answer.status == 400
    assert "đã thực hiện" not in answer.body.decode() and "không đọc được" in answer.body.decode()


def test_a_column_nobody_has_is_none(door: Door) -> None:
    body = urlencode({"cells": '[["Nguyễn Văn A"]]', "name": "9" * 5000}).encode()
    form = {"Content_Type": "application/x-www-form-urlencoded"}
    assert door.ask("POST", f"{door.seat('secretary')}/import", "secretary", body, **form).status == 200


def test_a_preview_saves_nothing_and_the_confirmation_all(door: Door) -> None:
    def ask(method: str, path: str, fields: Mapping[str, str] | None = None, file: bytes = b"") -> tuple[int, str]:
        body, kind = multipart(fields or {}, file)
        answer = door.ask(method, f"{door.seat('secretary')}/{path}", "secretary", body, Content_Type=kind)
        return answer.status, answer.body.decode()

    status, page = ask("POST", "import", file=CSV.encode())
    assert status == 200 and "1 dòng dùng được, 1 dòng có lỗi" in page
    assert "Công Thương" not in ask("GET", "invitations")[1]
    cells = html.unescape(re.search(r'name="cells" value="([^"]*)"', page).group(1))  # type: ignore[union-attr]
    columns = {"office": "0", "unit": "1", "vote": "2", "name": "-1", "seat": "-1"}
    assert ask("POST", "import", {"cells": cells, **columns, "again": "1"})[0] == 200
    assert "Công Thương" not in ask("GET", "invitations")[1]
    assert ask("POST", "import", {"cells": cells, **columns, "save": "1"})[0] == 303
    assert ask("GET", "invitations")[1].count("Giám đốc Sở Công Thương") >= 1
    status, page = ask("POST", "import", file=b"PK\x03\x04")
    assert status == 422 and "lưu lại dạng .xlsx" in page


def test_a_register_pasted_is_shown_and_saved_when_confirmed(door: Door) -> None:
    def ask(fields: Mapping[str, str], file: bytes = b"") -> tuple[int, str]:
        body, kind = multipart(fields, file)
        answer = door.ask("POST", f"{door.seat('secretary')}/rights/import", "secretary", body, Content_Type=kind)
        return answer.status, answer.body.decode()

    lines = "Cổ đông\tSố phiếu\tNgười được ủy quyền\nGiám đốc Sở Y tế\t1.500\tGiám đốc Sở Tài chính\nAi đó\t5\t\n"
    status, page = ask({"lines": lines})
    assert status == 200 and "1 dòng dùng được, 1 dòng có lỗi" in page and "Không có thành viên này" in page
    assert "rights.weighed" not in door.ask("GET", f"{door.seat('secretary')}/journal.json", "secretary").body.decode()
    cells = html.unescape(re.search(r'name="cells" value="([^"]*)"', page).group(1))  # type: ignore[union-attr]
    key = re.search(r'name="id" value="([^"]*)"', page).group(1)  # type: ignore[union-attr]
    for _ in range(2):  # a second press of the button does nothing
        assert ask({"cells": cells, "id": key, "save": "1"})[0] == 303
    journal = door.ask("GET", f"{door.seat('secretary')}/journal.json", "secretary").body.decode()
    assert journal.count('"rights.weighed"') == journal.count('"rights.entrusted"') == 1
    status, page = ask({}, b"PK\x03\x04")
    assert status == 422 and "lưu lại dạng .xlsx" in page
