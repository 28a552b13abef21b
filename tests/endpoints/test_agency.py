"""What an administrator says of the agency counts at once, where people sign in and in documents, and over a restart."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlencode

from meetingroom.export.wording import WORDINGS
from meetingroom.rendering.emblem import SAMPLE
from meetingroom.words import Catalogue
from tests.endpoints.conftest import Door
from tests.test_house import ROOT

FORM = "application/x-www-form-urlencoded"
NAMES = {
    "organisation": "HĐND tỉnh Lào Cai",
    "organisation_en": "People's Council",
    "locality": "Lào Cai",
    "address": "ong_ba",
}


def say(door: Door, **fields: str) -> int:
    return door.ask("POST", "/admin/agency", "administrator", urlencode(fields).encode(), Content_Type=FORM).status


def emblem(door: Door, content: bytes) -> int:
    body = b'--x\r\nContent-Disposition: form-data; name="do"\r\n\r\nemblem\r\n--x\r\n'
    body += b'Content-Disposition: form-data; name="file"; filename="a.svg"\r\n\r\n' + content + b"\r\n--x--\r\n"
    return door.ask(
        "POST", "/admin/agency", "administrator", body, Content_Type="multipart/form-data; boundary=x"
    ).status


def minutes(door: Door, name: str = "conclusions") -> str:
    answer = door.ask("GET", f"{door.seat('secretary')}/documents/{name}.docx", "secretary")
    with zipfile.ZipFile(io.BytesIO(answer.body)) as archive:
        return re.sub(r"<[^>]+>", "", archive.read("word/document.xml").decode())


def signing_in(door: Door, language: str = "vi") -> str:
    return door.server.ask("GET", "/sign-in", {"Cookie": f"language={language}"}).body.decode()


def test_names_count_at_once_and_over_a_restart(own_door: Callable[..., Door]) -> None:
    door = own_door()
    assert say(door, do="names", **NAMES) == 303
    door.server.stop()
    door.server.start()
    assert "HĐND tỉnh Lào Cai" in signing_in(door)
    assert "People&#39;s Council" in signing_in(door, "en")
    assert "Lào Cai, ngày" in minutes(door)
    assert say(door, do="names", **NAMES | {"organisation": ""}) == 303
    assert "Ủy ban nhân dân tỉnh" in signing_in(door), "as the settings have it again"


def test_an_emblem_is_drawn_anew_and_seen_before_signing_in(own_door: Callable[..., Door]) -> None:
    door = own_door()
    assert emblem(door, b"no picture") == 422
    assert emblem(door, SAMPLE) == 303
    found = re.search(r'src="(/emblem/[\w.]+)"', signing_in(door))
    assert found
    shown = door.server.ask("GET", found[1])
    assert shown.body.startswith(b"\x89PNG") and shown.headers["Content-Type"] == "image/png"
    assert f'data-emblem="{found[1]}"' in door.ask("GET", f"{door.seat('screen')}/screen", "screen").body.decode()
    assert say(door, do="no_emblem") == 303
    assert "/emblem/" not in signing_in(door) and door.server.ask("GET", found[1]).status == 404


def test_documents_are_worded_as_the_agency_writes(own_door: Callable[..., Door]) -> None:
    door, ours = own_door(), Catalogue(ROOT / "web" / "words").texts["vi"]
    words = {key: str(ours[key]) for key in WORDINGS}
    changed = {"record.notice_of.issuer": "VĂN PHÒNG ĐOÀN ĐBQH", "record.superior": "Tỉnh Lào Cai", "record.sign": "HĐ"}
    assert say(door, do="words", **words | {"record.notice_of.end": "Trân trọng {chairman}"}) == 422
    assert say(door, do="words", **words | changed) == 303
    assert "VĂN PHÒNG ĐOÀN ĐBQH" in minutes(door)
    head = minutes(door, "minutes")
    assert "TỈNH LÀO CAI" in head and "/BB-HĐ" in head
    assert say(door, do="words", **words) == 303
    assert "TỈNH LÀO CAI" not in minutes(door, "minutes")


def test_every_wording_that_may_be_changed_has_a_name_and_our_text() -> None:
    for language, texts in Catalogue(Path(ROOT) / "web" / "words").texts.items():
        assert [key for key in WORDINGS if not (key in texts and texts.get(f"agency.{key}"))] == [], language
