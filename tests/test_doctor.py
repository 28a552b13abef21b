"""The doctor: what is well, what is not and what to do, on real folders; and that it changes nothing."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from meetingroom.doctor import Doctor, Finding, Level
from meetingroom.endpoints.assets import web_root
from meetingroom.settings import Settings
from meetingroom.storage.backup import back_up
from meetingroom.tls.kept import Keeping
from meetingroom.tls.names import Names
from meetingroom.words import Catalogue
from tests.endpoints.conftest import _with_papers
from tests.rendering import documents
from tests.servers import Server, found

WORDS = Catalogue(web_root() / "words").words("en", "Asia/Ho_Chi_Minh")
Look = Callable[..., list[Finding]]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data folder with one meeting whose papers are there."""
    folder = tmp_path / "data"
    story = _with_papers(folder)
    found(folder, "m", story.events)
    for paper in story.meeting.papers.values():
        for revision in paper.revisions.values():
            place = folder / "papers" / revision.file[:2] / f"{revision.file}.pdf"
            if not place.exists():
                place.parent.mkdir(exist_ok=True)
                place.write_bytes(documents.text(1))
    folder.chmod(0o700)
    return folder


def look(data: Path, now: float | None = None, **options: bool) -> list[Finding]:
    listens = ("127.0.0.1", 0)  # any free port: whoever else works on this machine is not looked at
    return list(Doctor(Settings(data=data), WORDS, lambda: now or time.time(), listens=listens, **options).findings())


def wrong(findings: list[Finding], about: str) -> list[Finding]:
    return [each for each in findings if each.about == about and each.level is not Level.OK]


def test_a_good_folder_has_no_errors_and_stays_as_it_is(data: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in data.rglob("*") if path.is_file() and "-shm" not in path.name}
    findings = look(data)
    assert [each for each in findings if each.level is Level.ERROR] == []
    assert {each.about for each in findings} >= {"folder", "disk", "speed", "database", "journal", "backup", "walls"}
    assert all(bool(each.do) is (each.level is not Level.OK) for each in findings)
    assert all("doctor." not in each.said + each.do and "{" not in each.said + each.do for each in findings)
    assert {path: path.stat().st_mtime_ns for path in before} == before


def test_a_missing_paper_and_with_a_whole_look_a_changed_one_are_named(data: Path) -> None:
    papers = sorted(data.glob("papers/*/*.pdf"))
    papers[0].write_bytes(papers[0].read_bytes() + b"x")
    assert wrong(look(data), "papers") == []
    assert [each.level for each in wrong(look(data, whole=True), "papers")][:1] == [Level.ERROR]
    papers[0].unlink()
    assert "is missing" in wrong(look(data), "papers")[0].said


def test_a_changed_journal_and_a_damaged_database_are_found(data: Path) -> None:
    with sqlite3.connect(data / "meetingroom.db") as database:
        database.execute("DROP TRIGGER entry_is_kept")
        database.execute("UPDATE entry SET actor = 'nobody' WHERE version = 5")
    database.close()
    (broken,) = wrong(look(data), "journal")
    assert broken.level is Level.ERROR and "entry 5" in broken.said
    (data / "meetingroom.db").write_bytes(b"no database" * 1000)
    assert [each.level for each in wrong(look(data), "database")] == [Level.ERROR]


def test_a_journal_of_a_newer_program_is_one_meetings_trouble(data: Path) -> None:
    with sqlite3.connect(data / "meetingroom.db") as database:
        database.execute("DROP TRIGGER entry_is_kept")
        database.execute("UPDATE entry SET name = 'future.thing' WHERE version = 5")
    database.close()
    assert {each.level for each in wrong(look(data), "journal")} == {Level.ERROR}
    assert any(each.about == "disk" for each in look(data))


def test_a_clock_that_went_back_is_seen(data: Path) -> None:
    assert wrong(look(data, now=-100_000.0), "clock")[0].level is Level.ERROR


def test_backups_age_and_certificates_end(data: Path, tmp_path: Path) -> None:
    assert "never" in wrong(look(data), "backup")[0].said
    back_up(data, tmp_path / "backup.zip")
    assert wrong(look(data), "backup") == []
    assert "9 days" in wrong(look(data, now=time.time() + 9 * 86_400 + 60), "backup")[0].said
    assert "plain http" in wrong(look(data), "certificate")[0].said
    Keeping(data / "keys").make("UBND tỉnh", Names.read(["phonghop.local"]), datetime.now(UTC))
    assert wrong(look(data), "certificate") == []
    assert wrong(look(data, now=time.time() + 3 * 366 * 86_400), "certificate")[0].level is Level.ERROR


def test_who_may_look_into_the_folder_is_said(data: Path) -> None:
    data.chmod(0o755)
    assert str(data) in wrong(look(data), "folder")[0].do
    assert look(data / "nothing")[0].level is Level.ERROR


def test_the_command_runs_beside_the_server_and_says_by_its_exit_code_whether_all_is_well(data: Path) -> None:
    command = [sys.executable, "-m", "meetingroom", "doctor", "--json", "--data", str(data)]
    with Server(data) as server:
        port = ["--port", str(server.port)]
        ran = subprocess.run([*command, *port], capture_output=True, text=True, env=os.environ, timeout=120)
    assert ran.returncode == 0, ran.stdout
    assert {each["level"] for each in json.loads(ran.stdout)} <= {"ok", "warning"}
    assert subprocess.run([*command[:-1], str(data / "no")], capture_output=True, timeout=120).returncode == 1
