"""Unfinished tasks of an earlier meeting are put on the agenda of the next one, by whoever was in the office of both."""

from __future__ import annotations

import re
import time
from typing import Any
from urllib.parse import quote

from tests.endpoints.conftest import LOGIN, Door
from tests.endpoints.line import handshake

FORM = "application/x-www-form-urlencoded"


class Secretary:
    """The administrator, who founds meetings and prepares them."""

    def __init__(self, door: Door) -> None:
        self.door, self.cookie = door, door.cookie("administrator")
        self.given = 0
        self.last = ""  # the seat in the meeting that was founded last

    def ask(self, method: str, path: str, body: str = "") -> Any:
        headers = {"Cookie": self.cookie, "Origin": self.door.server.base, "Content-Type": FORM, "Accept": "text/html"}
        return self.door.server.ask(method, path, headers, body.encode())

    def meeting(self, title: str) -> str:
        """The address of the own seat in a new meeting."""
        answer = self.ask("POST", "/meetings", f"title={quote(title)}")
        return str(answer.headers["Location"]).rsplit("/", 1)[0]

    def give(self, seat: str, *commands: tuple[str, dict[str, Any]]) -> list[str]:
        """Commands over a websocket; what each made."""
        headers = {"Cookie": self.cookie, "Origin": self.door.server.base}
        made = []
        with handshake(self.door.server.port, f"{seat}/live", headers) as line:
            line.say({"hello": 1})
            for name, arguments in commands:
                self.given += 1
                line.say({"id": f"c{self.given}", "do": name, "with": arguments})
                made.append(line.hear("done").get("made", ""))
        return made

    def view(self, seat: str) -> dict[str, Any]:
        headers = {"Cookie": self.cookie, "Origin": self.door.server.base}
        with handshake(self.door.server.port, f"{seat}/live", headers) as line:
            line.say({"hello": 1})
            return dict(line.hear("view")["view"])


def test_what_is_left_to_do_comes_onto_the_next_agenda(door: Door) -> None:
    secretary = Secretary(door)
    former, next_one = secretary.meeting("Phiên tháng 8"), secretary.meeting("Phiên tháng 9")
    task, other, draft = secretary.give(
        former,
        ("conclusions.write", {"text": "Bố trí kinh phí", "lead": "Sở Tài chính"}),
        ("conclusions.write", {"text": "Việc đã xong"}),
        ("conclusions.write", {"text": "Chưa công bố"}),
    )
    secretary.give(
        former,
        *(("conclusions.publish", {"conclusion": each}) for each in (task, other)),
        ("conclusions.settle", {"conclusion": other, "done": True}),
    )
    page = secretary.ask("GET", f"{next_one}/carry").body.decode()
    assert "Bố trí kinh phí" in page and "Phiên tháng 8" in page
    assert "Việc đã xong" not in page and "Chưa công bố" not in page
    key = former.split("/")[2]
    [command] = re.findall(r'name="id" value="([^"]+)"', page)
    chosen = f"id={command}&task={quote(f'{key}:{task}')}&task={quote(f'{key}:{draft}')}"
    for _ in range(2):  # pressed twice, or the answer was lost: once on the agenda
        assert secretary.ask("POST", f"{next_one}/carry", chosen).status == 303
    items = sorted(secretary.view(next_one)["agenda"]["items"].values(), key=lambda item: item["order"])
    assert [item["title"] for item in items] == [
        "Kiểm điểm việc thực hiện kết luận phiên trước",
        "Bố trí kinh phí (Sở Tài chính)",
    ]


def test_tasks_of_a_meeting_one_was_not_in_the_office_of_stay_there(door: Door) -> None:
    secretary = Secretary(door)
    page = secretary.ask("GET", f"{secretary.meeting('Phiên khác')}/carry").body.decode()
    assert 'value="m:' not in page


def test_the_result_of_a_written_vote_is_reported_at_the_next_meeting(door: Door) -> None:
    secretary = Secretary(door)
    answer = secretary.ask("POST", "/meetings", f"title={quote('Lấy ý kiến về kế hoạch')}&form=written")
    round_ = str(answer.headers["Location"]).rsplit("/", 1)[0]
    me = round_.split("/")[3]
    (item,) = secretary.give(round_, ("agenda.add_item", {"title": "Kế hoạch"}))
    secretary.give(
        round_,
        (
            "people.change",
            {"participant": me, "office": "Thư ký", "role": "secretary", "member": True, "account": LOGIN},
        ),
        ("voting.prepare", {"item": item, "question": "Thông qua kế hoạch?", "when_complete": True, "rule": "ubnd"}),
        ("circulation.send", {"due": int(time.time() * 1000) + 3_600_000}),
    )
    vote = _until(secretary, round_, "open")
    secretary.give(round_, ("voting.cast", {"vote": vote, "marks": [["q", "yes"]]}))
    _until(secretary, round_, "closed")
    secretary.give(round_, ("circulation.finish", {}))
    next_one = secretary.meeting("Phiên thường kỳ")
    assert "Thông qua kế hoạch?: thông qua" in secretary.ask("GET", f"{next_one}/carry").body.decode()
    key = round_.split("/")[2]
    secretary.ask("POST", f"{next_one}/carry", f"id=abc&task={quote(f'{key}:{vote}')}")
    titles = [item["title"] for item in secretary.view(next_one)["agenda"]["items"].values()]
    assert titles == ["Báo cáo kết quả lấy ý kiến bằng phiếu", "Thông qua kế hoạch?: thông qua"]


def _until(secretary: Secretary, seat: str, phase: str) -> str:
    """The vote, once the timekeeper has brought it there."""
    for _ in range(100):
        ((key, vote),) = secretary.view(seat)["voting"].items()
        if vote["phase"] == phase:
            return str(key)
        time.sleep(0.1)
    raise AssertionError(vote)
