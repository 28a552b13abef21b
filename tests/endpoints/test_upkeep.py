"""The administrator makes a backup, has the server looked over, and sees what a fresh installation still wants."""

from __future__ import annotations

import json
import re
import sys
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from meetingroom.app import build
from meetingroom.jobs import Cancelled, Job
from meetingroom.settings import Settings
from meetingroom.storage import backup
from tests.servers import administrator

SAME = {"origin": "http://testserver"}
LOGIN, PASSWORD = "quan-tri", "một câu dài"


def signed_in(settings: Settings) -> TestClient:
    client = TestClient(build(settings), headers=SAME)
    client.__enter__()
    client.post("/sign-in", data={"login": LOGIN, "password": PASSWORD})
    return client


@pytest.fixture
def browser(tmp_path: Path) -> Iterator[TestClient]:
    administrator(tmp_path / "data", LOGIN, PASSWORD)
    client = signed_in(Settings(data=tmp_path / "data", backup_folder=tmp_path / "kept"))
    yield client
    client.__exit__(None, None, None)


def ended(browser: TestClient, name: str) -> dict[str, str | int]:
    deadline = time.monotonic() + 120
    while (job := browser.get(f"/admin/upkeep?job={name}").json())["state"] == "running":
        assert time.monotonic() < deadline
        time.sleep(0.05)
    return dict(job)


def test_a_backup_is_made_by_hand_and_stands_in_the_list_and_the_log(browser: TestClient, tmp_path: Path) -> None:
    assert browser.get("/admin/upkeep?job=backup").status_code == 404
    browser.post("/admin/upkeep", data={"do": "backup"})
    job = ended(browser, "backup")
    (made,) = (tmp_path / "kept").iterdir()
    assert job["state"] == "ready" and made.name in str(job["said"]) and job["done"] == job["of"] == 1
    with zipfile.ZipFile(made) as archive:
        assert archive.testzip() is None and "meetingroom.db" in archive.namelist()
    page = browser.get("/admin/upkeep").text
    assert made.name in page and "Cơ sở dữ liệu" in page
    assert "Sao lưu bằng tay" in browser.get("/admin/audit").text


def test_where_no_folder_is_named_there_is_no_button_and_no_backup(tmp_path: Path) -> None:
    administrator(tmp_path, LOGIN, PASSWORD)
    client = signed_in(Settings(data=tmp_path))
    try:
        page = client.get("/admin/upkeep").text
        assert "MEETINGROOM_BACKUP_FOLDER" in page and 'value="backup"' not in page
        assert client.post("/admin/upkeep", data={"do": "backup"}).status_code == 422
    finally:
        client.__exit__(None, None, None)


def test_a_backup_that_is_stopped_leaves_nothing(tmp_path: Path) -> None:
    administrator(tmp_path / "data", LOGIN, PASSWORD)
    build(Settings(data=tmp_path / "data")).state.house.database.close()  # with the key that every backup holds
    job = Job()
    job.cancel()
    with pytest.raises(Cancelled):
        backup.back_up(tmp_path / "data", tmp_path / "kept.zip", job.step)
    assert [path.name for path in tmp_path.iterdir()] == ["data"]
    assert backup.last_backup(tmp_path / "data") == 0


def test_the_doctor_says_on_the_page_what_to_do(browser: TestClient) -> None:
    browser.post("/admin/upkeep", data={"do": "doctor"})
    job = ended(browser, "doctor")
    assert job["state"] == "ready"
    found = json.loads(str(job["said"]))
    assert {"database", "disk", "journal"} <= {each["about"] for each in found}
    page = browser.get("/admin/upkeep").text
    assert all(each["said"].split("<")[0].split("'")[0][:40] in page for each in found)
    assert "Cơ sở dữ liệu (sqlite) nguyên vẹn" in page


def test_a_check_up_can_be_stopped(browser: TestClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    slow = tmp_path / "python"  # a doctor that finds one thing and then looks for ever
    slow.write_text("""#!/bin/sh
echo '{"level": "ok", "about": "disk", "said": "x", "do": ""}'
exec sleep 600
""")
    slow.chmod(0o700)
    monkeypatch.setattr(sys, "executable", str(slow))
    browser.post("/admin/upkeep", data={"do": "doctor"})
    assert "Dừng lại" in browser.get("/admin/upkeep").text
    browser.post("/admin/upkeep", data={"do": "cancel", "job": "doctor"})
    assert ended(browser, "doctor")["state"] == "cancelled"
    assert "Đã dừng" in browser.get("/admin/upkeep").text


def test_first_things_are_ticked_by_how_things_are(browser: TestClient) -> None:
    def done() -> set[str]:
        page = browser.get("/admin").text
        lines = re.findall(r'<li class="done"><a href="([^"]+)"', page.partition('id="first"')[2].partition("</ol>")[0])
        return set(lines)

    assert "Khai báo các phòng họp" in browser.get("/admin").text
    assert 'href="/admin#first"' in browser.get("/").text, "an empty server leads to what it wants first"
    assert done() == {"/account"}, "the first administrator has chosen the password"
    browser.post("/admin/agency", data={"do": "names", "organisation": "UBND tỉnh Lạng Sơn"})
    browser.post("/admin/rooms", data={"name": "Phòng họp số 1", "place": ""})
    browser.post("/admin/people", data={"do": "person", "name": "Nguyễn Văn An"})
    browser.post("/meetings", data={"title": "Phiên họp"})
    browser.post("/admin/upkeep", data={"do": "backup"})
    ended(browser, "backup")
    assert done() == {"/account", "/admin/agency", "/admin/rooms", "/admin/people", "/admin/upkeep", "/meetings/new"}
    assert "6 / 8" in browser.get("/admin").text


def test_a_password_that_was_handed_over_is_still_to_be_changed(browser: TestClient) -> None:
    page = browser.post("/admin/accounts", data={"login": "moi", "name": "Người mới", "administrator": "on"}).text
    password = re.search(r'class="secret">([^<]+)<', page)
    assert password
    browser.post("/sign-in", data={"login": "moi", "password": password[1]})

    def own() -> bool:
        first = browser.get("/admin").text.partition('id="first"')[2]
        return '<li class="done"><a href="/account"' in first.partition("</li>")[0]

    assert not own()
    form = {"do": "password", "former": password[1], "password": "mật khẩu mới", "again": "mật khẩu mới"}
    browser.post("/account", data=form)
    assert own()
