"""A right that ends, ends on the open lines too: signed out, removed, another role."""

from __future__ import annotations

import pytest

from tests.endpoints.conftest import PEOPLE, Door
from tests.endpoints.line import Line, handshake

PERSON = {"office": "Giám đốc Sở Tài chính"}


@pytest.fixture
def here(own_door: object) -> Door:
    assert callable(own_door)
    opened: Door = own_door()
    return opened


def opened(door: Door, visitor: str, cookie: str = "") -> Line:
    headers = {"Cookie": cookie or door.cookie(visitor), "Origin": door.server.base}
    line = handshake(door.server.port, f"{door.seat(visitor)}/live", headers)
    assert line.status == 101
    line.say({"hello": 1})
    line.hear("hello")
    return line


def give(line: Line, do: str, **arguments: object) -> None:
    line.say({"id": f"{do}{sorted(arguments)}", "do": do, "with": arguments})
    line.hear("done")


def test_signing_out_closes_every_line_of_the_session_and_no_other(here: Door) -> None:
    cookie = here.cookie("delegate")
    with (
        opened(here, "delegate", cookie) as one,
        opened(here, "delegate", cookie) as two,
        opened(here, "delegate") as other,
    ):
        answer = here.server.ask("POST", "/sign-out", {"Cookie": cookie, "Origin": here.server.base})
        assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
        assert (one.closed(), two.closed()) == (4401, 4401)
        other.say({"id": "still", "do": "no.such", "with": {}})
        assert other.hear("refused")["refused"] == "still"
    tablet = f"{here.seat('delegate')}/tablet"
    assert here.server.ask("GET", tablet, {"Cookie": cookie}).status == 401


def test_who_is_removed_is_shown_the_door(here: Door) -> None:
    cookie = here.cookie("delegate")
    with opened(here, "secretary") as secretary, opened(here, "delegate", cookie) as delegate:
        give(secretary, "people.remove", participant=PEOPLE["delegate"])
        assert delegate.closed() == 4403
    assert here.server.ask("GET", f"{here.seat('delegate')}/tablet", {"Cookie": cookie}).status == 404


def test_another_role_sees_and_may_do_other_things_at_once(here: Door) -> None:
    with opened(here, "secretary") as secretary, opened(here, "chair") as chair:
        give(chair, "stage.show", paper="report", page=1)
        give(secretary, "people.change", participant=PEOPLE["chair"], role="guest", **PERSON)
        again = chair.hear("hello")
        assert again["me"]["role"] == "guest"
        assert "view" in again
        chair.say({"id": "late", "do": "stage.turn_page", "with": {"paper": "report", "page": 2}})
        assert chair.hear("refused")["code"] == "stage.not_presenter"
    assert here.ask("GET", f"{here.seat('chair')}/console", "chair").status == 404


def test_a_tablet_given_to_another_person_is_theirs_alone(here: Door) -> None:
    cookie = here.cookie("delegate")
    with opened(here, "delegate", cookie) as former:
        here.server.ask("GET", f"/j/{here.codes[PEOPLE['guest']]}", {"Cookie": cookie})
        assert former.closed() == 4401
    assert here.server.ask("GET", f"{here.seat('delegate')}/tablet", {"Cookie": cookie}).status == 404
    assert here.server.ask("GET", f"{here.seat('guest')}/tablet", {"Cookie": cookie}).status == 200


def test_a_renewed_invitation_puts_out_whoever_came_with_the_former_one(here: Door) -> None:
    cookie = here.cookie("delegate")
    with opened(here, "delegate", cookie) as lost, opened(here, "guest") as other:
        body = f"participant={PEOPLE['delegate']}".encode()
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        assert here.ask("POST", f"{here.seat('secretary')}/invitations", "secretary", body, **kind).status == 303
        assert lost.closed() == 4401
        other.say({"id": "still", "do": "no.such", "with": {}})
        assert other.hear("refused")["refused"] == "still"
    assert here.server.ask("GET", f"{here.seat('delegate')}/tablet", {"Cookie": cookie}).status == 404
    assert here.server.ask("GET", f"/j/{here.codes[PEOPLE['delegate']]}").status == 403
