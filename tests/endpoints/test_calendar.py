"""The calendar: one's own meetings, those of one's unit, and a feed that ends with the password."""

from __future__ import annotations

import html
import re
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest

from meetingroom.domain import meeting as domain
from meetingroom.domain.messages import Role, write
from meetingroom.domain.people import Participant
from meetingroom.domain.sitting import Address, Publish
from meetingroom.storage.engine import Database
from meetingroom.storage.journal import Entry, Journal, Summary
from meetingroom.storage.meetings import taking_part
from tests.endpoints.conftest import LOGIN, Door
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


def test_a_moment_beyond_all_dates_in_an_old_journal_fails_no_page(tmp_path: Path) -> None:
    """Commands refuse it by now (see test_messages); what was recorded before stays readable."""
    far = 2**53 - 1
    office = Participant("me", "Lê An", "Chuyên viên", "", Role.SECRETARY, False, "", 1, LOGIN)
    events = domain.found(
        meeting="far", founder=office, title="Họp rất xa", kind="", room="A", starts=far, organisation="",
        address=Address.NEUTRAL, ends=far,
    )  # fmt: skip
    events += domain.decide(domain.replay(events), office, Publish(), domain.Facts(now=1, id="")).events
    entries = [Entry("far", n, 1, "me", None, event.tag, write(event)) for n, event in enumerate(events, 1)]
    database, seats = Database(tmp_path / "data"), taking_part("far", {"me": office})
    Journal(database).append(entries, Summary("far", "Họp rất xa", far, "published", "A", far), [seats])
    database.close()
    door = Door(tmp_path)
    with door.server:
        secretary = Secretary(door)
        pages = {
            path: secretary.ask("GET", path) for path in ("/", "/calendar", f"/search?q={quote('rất xa')}", "/tasks")
        }
        assert {path: answer.status for path, answer in pages.items()} == dict.fromkeys(pages, 200)
        assert "Họp rất xa" in pages["/calendar"].body.decode()
        address = re.search(r"/calendar/[\w-]+/\w+\.ics", pages["/calendar"].body.decode())
        assert address and "SUMMARY:Họp rất xa" in door.server.ask("GET", address[0]).body.decode()
        assert "Traceback" not in door.server.logged()
