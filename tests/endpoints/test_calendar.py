"""The calendar: one's own meetings, those of one's unit, and a feed that ends with the password."""

from __future__ import annotations

import html
import re
import time
from collections.abc import Callable
from urllib.parse import quote, urlencode

import pytest

from tests.endpoints.conftest import Door
from tests.endpoints.test_carry import Secretary

pytest.importorskip("icalendar")

HOUR = 3_600_000


def planned(secretary: Secretary, title: str, days: int, account: str = "", publish: bool = True) -> str:
    """A meeting in so many days, from nine to ten; the secretary leaves it to another account where one is named."""
    seat = secretary.meeting(title)
    starts = (int(time.time()) // 86400 + days) * 86_400_000 + 2 * HOUR  # 9:00 in Hà Nội
    about = {"title": title, "kind": "", "room": "Phòng A", "organisation": "", "address": "neutral"}
    secretary.give(seat, ("meeting.describe", about | {"starts": starts, "ends": starts + HOUR}))
    if publish:
        secretary.give(seat, ("meeting.publish", {}))
    if account:
        other = {"office": "Thư ký", "role": "secretary", "account": account}
        secretary.give(seat, ("people.add", {"office": "Thư ký khác", "role": "secretary"}))
        secretary.give(seat, ("people.change", {"participant": seat.split("/")[3]} | other))
    return seat


def test_what_is_next_stands_first_and_a_unit_s_meetings_beside_it(own_door: Callable[..., Door]) -> None:
    secretary = Secretary(own_door())
    for fields in (
        {"do": "unit", "name": "Sở Y tế"},
        {"do": "person", "name": "Lê An", "login": "quan-tri"},
        {"do": "person", "name": "Trần Bình", "login": "Binh"},
    ):
        page = secretary.ask("GET", "/admin/people").body.decode()
        unit = re.findall(r"/admin/people/units/([\w-]+)", page)
        form = fields | ({"unit": unit[0]} if unit else {})
        assert secretary.ask("POST", "/admin/people", urlencode(form, quote_via=quote)).status == 303
    planned(secretary, "Họp sau", 3)
    planned(secretary, "Họp trước", 2)
    planned(secretary, "Họp của đồng nghiệp", 2, "binh")
    planned(secretary, "Họp còn nháp", 2, "binh", publish=False)
    page = html.unescape(secretary.ask("GET", "/calendar").body.decode())
    mine, unit_s = page.split("Lịch đơn vị: Sở Y tế")
    assert mine.index("Họp trước") < mine.index("Họp sau") and "09:00–10:00" in mine
    assert "Họp của đồng nghiệp" in unit_s and "Phòng A · Trần Bình" in unit_s and "Họp của đồng nghiệp" not in mine
    assert "Họp còn nháp" not in page

    address = re.search(r"/calendar/[\w-]+/\w+\.ics", page)
    assert address
    feed = secretary.door.server.ask("GET", address[0])
    told = feed.body.decode()
    assert feed.status == 200 and str(feed.headers["Content-Type"]).startswith("text/calendar")
    assert told.count("BEGIN:VEVENT") == 2 and "SUMMARY:Họp trước" in told and "đồng nghiệp" not in told
    for key in ("0", "%C3%A9"):
        assert secretary.door.server.ask("GET", address[0].replace(".ics", f"{key}.ics")).status == 404
