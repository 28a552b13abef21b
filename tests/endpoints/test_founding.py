"""A new meeting: empty, or with the people and the agenda of an earlier one of the same office."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from typing import Any
from urllib.parse import quote, urlencode

from tests.endpoints.conftest import Door
from tests.endpoints.test_carry import Secretary


def former_meeting(secretary: Secretary) -> str:
    former = secretary.meeting("Phiên thường kỳ tháng 8")
    (finance,) = secretary.give(former, ("people.add", {"office": "Giám đốc Sở Tài chính", "role": "delegate"}))
    (first,) = secretary.give(former, ("agenda.add_item", {"title": "Khai mạc", "minutes": 5}))
    (budget,) = secretary.give(former, ("agenda.add_item", {"title": "Ngân sách", "presenter": finance}))
    secretary.give(
        former,
        ("agenda.add_item", {"title": "Dự toán", "parent": budget, "kind": "decision"}),
        ("agenda.move_item", {"item": budget, "before": first}),
        ("floor.limit", {"seconds": 180}),
        ("floor.limit", {"seconds": 60, "item": budget}),
        ("seating.arrange", {"shape": "rows", "head": 1, "rows": 2, "columns": 3}),
        ("seating.fill", {"keep": False}),
    )
    return former


def copied(secretary: Secretary, former: str, *what: str) -> dict[str, Any]:
    form = f"title={quote('Phiên thường kỳ tháng 9')}&former={former.split('/')[2]}" + "".join(f"&{w}=on" for w in what)
    answer = secretary.ask("POST", "/meetings", form)
    assert answer.status == 303
    return secretary.view(str(answer.headers["Location"]).rsplit("/", 1)[0])


def outline(view: dict[str, Any]) -> list[tuple[str, str, str, int]]:
    items = sorted(view["agenda"]["items"].values(), key=lambda item: item["order"])
    return [(item["number"], item["title"], item["kind"], item["minutes"]) for item in items]


def test_people_and_agenda_of_an_earlier_meeting_come_along(door: Door) -> None:
    secretary = Secretary(door)
    former = former_meeting(secretary)
    before, after = secretary.view(former), copied(secretary, former, "people", "agenda")
    assert after["people"] == before["people"]
    assert outline(after) == outline(before)
    presenters = [item.get("presenter") for item in after["agenda"]["items"].values()]
    assert any(presenters) and presenters == [item.get("presenter") for item in before["agenda"]["items"].values()]
    assert after["floor"]["rules"] == before["floor"]["rules"]
    assert after["seating"] == before["seating"] and len(after["seating"]["places"]) == 7
    assert after["meeting"]["title"] == "Phiên thường kỳ tháng 9" and after["meeting"]["phase"] == "draft"


def test_the_agenda_alone_names_nobody(door: Door) -> None:
    secretary = Secretary(door)
    former = former_meeting(secretary)
    after = copied(secretary, former, "agenda")
    assert outline(after) == outline(secretary.view(former))
    assert not any("presenter" in item for item in after["agenda"]["items"].values())
    assert len(after["people"]) == 1


def test_a_meeting_one_is_not_in_the_office_of_is_not_found(door: Door) -> None:
    secretary = Secretary(door)
    assert secretary.ask("POST", "/meetings", "title=A&former=nowhere&people=on").status == 404
    assert secretary.ask("POST", "/meetings", "title=A&former=m&people=on").status == 404


def test_without_a_title_the_page_says_what_is_missing(door: Door) -> None:
    secretary = Secretary(door)
    answer = secretary.ask("POST", "/meetings", f"title=%20&day=2030-05-06&elsewhere={quote('Hội trường')}")
    page = answer.body.decode()
    assert answer.status == 422 and "Hãy nhập tên phiên họp." in page and 'aria-invalid="true"' in page
    assert 'value="2030-05-06"' in page and 'value="Hội trường"' in page  # nothing is typed twice


def test_the_list_shows_the_meetings_one_takes_part_in_now(door: Door) -> None:
    secretary = Secretary(door)
    seat = secretary.meeting("Phiên chỉ để thử danh sách")
    assert "Phiên chỉ để thử danh sách" in secretary.ask("GET", "/").body.decode()
    me = seat.split("/")[3]
    secretary.give(
        seat,
        ("people.add", {"office": "Thư ký khác", "role": "secretary"}),
        ("people.change", {"participant": me, "office": "Thư ký", "role": "secretary", "account": ""}),
    )
    assert "Phiên chỉ để thử danh sách" not in secretary.ask("GET", "/").body.decode()
    assert secretary.ask("GET", f"{seat}/secretariat").status == 404


def test_a_form_sent_twice_founds_one_meeting(door: Door) -> None:
    secretary = Secretary(door)
    [key] = re.findall(r'name="id" value="([^"]+)"', secretary.ask("GET", "/meetings/new").body.decode())
    first, second, other = (
        secretary.ask("POST", "/meetings", f"id={key}&title={title}").headers["Location"] for title in "AAB"
    )
    assert first == second != other
    assert secretary.view(first.rsplit("/", 1)[0])["meeting"]["title"] == "A"


def test_a_template_is_offered_to_all_and_stands_in_no_list_of_meetings(door: Door) -> None:
    secretary = Secretary(door)
    [key] = re.findall(r'name="id" value="([^"]+)"', secretary.ask("GET", "/meetings/new").body.decode())
    made = secretary.ask("POST", "/meetings", f"id={key}&title={quote('Họp giao ban')}&form=template")
    seat = str(made.headers["Location"]).rsplit("/", 1)[0]
    (item,) = secretary.give(seat, ("agenda.add_item", {"title": "Dự toán", "kind": "decision"}))
    secretary.give(seat, ("voting.prepare", {"item": item, "question": "Thông qua dự toán?"}))
    form = secretary.ask("GET", "/meetings/new").body.decode()
    assert f'<option value="{seat.split("/")[2]}">Họp giao ban</option>' in form
    home = secretary.ask("GET", "/").body.decode()
    assert seat.split("/")[2] not in home[: home.index("Mẫu phiên họp")]
    after = copied(secretary, seat, "people", "agenda")
    assert [vote["question"] for vote in after["voting"].values()] == ["Thông qua dự toán?"]
    assert "template" not in after["meeting"]


def test_a_group_is_invited_as_it_is_now(door: Door) -> None:
    secretary = Secretary(door)
    for form in ("do=person&name=Le+An&office=Giam+doc", "do=circle&name=Thuong+truc"):
        assert secretary.ask("POST", "/admin/people", form).status == 303
    page = secretary.ask("GET", "/admin/people").body.decode()
    [circle] = re.findall(r"/admin/people/circles/([\w-]+)", page)
    assert secretary.ask("POST", f"/admin/people/circles/{circle}", "do=all").status == 303
    made = secretary.ask("POST", "/meetings", f"title=Hop&circle={circle}").headers["Location"]
    people = secretary.view(str(made).rsplit("/", 1)[0])["people"].values()
    assert [(each["rank"], each["name"], each["role"]) for each in people if "name" in each and each.get("member")] == [
        (2, "Le An", "delegate")
    ]


def test_a_template_invites_its_group_and_names_the_rule(door: Door) -> None:
    secretary = Secretary(door)
    assert secretary.ask("POST", "/admin/people", "do=circle&name=Thanh+vien").status == 303
    page = secretary.ask("GET", "/admin/people").body.decode()
    [circle] = re.findall(r"/admin/people/circles/([\w-]+)\"><b[^>]*>Thanh vien", page)
    made = secretary.ask("POST", "/meetings", f"title={quote('Họp tháng')}&form=template")
    seat = str(made.headers["Location"]).rsplit("/", 1)[0]
    about = {"title": "Họp tháng", "kind": "", "room": "", "starts": 1, "organisation": "", "address": "neutral"}
    secretary.give(seat, ("meeting.describe", about | {"rule": "hdnd", "circle": circle}))
    # somebody joins the group after the template was made
    assert secretary.ask("POST", "/admin/people", "do=person&name=Vu+Sau").status == 303
    assert secretary.ask("POST", f"/admin/people/circles/{circle}", "do=all&q=Vu+Sau").status == 303
    after = copied(secretary, seat, "people", "agenda")
    assert [each["name"] for each in after["people"].values() if each.get("member")] == ["Vu Sau"]
    assert after["meeting"]["rule"] == "hdnd" and "circle" not in after["meeting"]
    again = secretary.ask("POST", "/meetings", f"title=B&form=template&people=on&former={seat.split('/')[2]}")
    template = secretary.view(str(again.headers["Location"]).rsplit("/", 1)[0])
    assert template["meeting"]["circle"] == circle and not any(
        each.get("member") for each in template["people"].values()
    )


def test_it_begins_when_and_where_the_form_says_with_its_chair(own_door: Callable[..., Door]) -> None:
    secretary = Secretary(own_door())
    for form in ("do=person&name=Le+An&office=Chu+tich&login=chu.tich", "do=person&name=Vu+Ba"):
        assert secretary.ask("POST", "/admin/people", form).status == 303
    form = {"title": "Họp", "kind": "Phiên thường kỳ", "day": "2030-05-06", "from": "08:30", "until": "11:00"}
    form |= {"elsewhere": "Hội trường", "chair": "Le An – Chu tich"}
    view = secretary.view(begun(secretary, form))
    nine = 1_904_263_200_000
    assert {name: view["meeting"][name] for name in ("kind", "room", "starts", "ends")} == {
        "kind": "Phiên thường kỳ",
        "room": "Hội trường",
        "starts": nine - 30 * 60_000,
        "ends": nine + 2 * 3_600_000,
    }
    first = min(view["people"].values(), key=lambda person: person["rank"])
    assert (first["name"], first["role"], first["account"], first["member"]) == ("Le An", "chair", "chu.tich", True)

    # the next one is filled in by it, and another presides: who did is a member
    filled = secretary.ask("POST", "/meetings", urlencode({"do": "fill", "former": seat_of(secretary)})).body.decode()
    assert 'value="08:30"' in filled and 'value="Hội trường"' in filled and 'value="Phiên thường kỳ"' in filled
    again = form | {
        "title": "Họp tiếp",
        "day": "2030-05-13",
        "former": seat_of(secretary),
        "people": "on",
        "chair": "Vu Ba",
    }
    people = secretary.view(begun(secretary, again))["people"].values()
    roles = {person["name"]: person["role"] for person in people if "name" in person}
    assert roles["Vu Ba"] == "chair" and roles["Le An"] == "delegate"


def begun(secretary: Secretary, form: dict[str, str]) -> str:
    answer = secretary.ask("POST", "/meetings", urlencode(form))
    assert answer.status == 303
    secretary.last = str(answer.headers["Location"]).rsplit("/", 1)[0]
    return secretary.last


def seat_of(secretary: Secretary) -> str:
    return secretary.last.split("/")[2]


def test_a_free_room_is_found_and_a_taken_one_said_first(own_door: Callable[..., Door]) -> None:
    secretary = Secretary(own_door())
    for name in ("Phòng Một", "Phòng Hai"):
        assert secretary.ask("POST", "/admin/rooms", urlencode({"name": name})).status == 303
    form = {"title": "Họp sáng", "day": "2030-05-06", "from": "08:00", "until": "10:00", "room": "Phòng Một"}
    begun(secretary, form)
    later = form | {"title": "Họp trưa", "from": "09:30", "until": "11:30"}
    shown = html.unescape(secretary.ask("POST", "/meetings", urlencode(later | {"do": "rooms"})).body.decode())
    assert "1/2 phòng còn trống" in shown and "08:00–10:00 Họp sáng" in shown and 'value="Họp trưa"' in shown
    refused = secretary.ask("POST", "/meetings", urlencode(later))
    assert refused.status == 422 and "Phòng này đã có lịch họp" in html.unescape(refused.body.decode())
    begun(secretary, later | {"do": "anyway"})
    touching = form | {"title": "Họp liền sau", "from": "11:30", "until": "12:00"}
    begun(secretary, touching)
    without = html.unescape(secretary.ask("POST", "/meetings", "title=A&do=rooms").body.decode())
    assert "Hãy chọn ngày và giờ trước" in without
    for wrong in ({"day": "2030-02-30"}, {"from": "8 giờ"}, {"until": "07:00"}, {"day": "9999-12-31"}):
        assert secretary.ask("POST", "/meetings", urlencode(form | wrong)).status == 422, wrong
    day = html.unescape(secretary.ask("GET", "/rooms?day=2030-05-06").body.decode())
    assert day.count("Họp") >= 3 and "Trống cả ngày" in day
    for odd in ("0001-01-01", "9999-12-31", "x"):
        assert secretary.ask("GET", f"/rooms?day={odd}").status == 200
