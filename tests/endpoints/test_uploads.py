"""Uploads over HTTP: what is sent again because its answer was lost is there once."""

from __future__ import annotations

import json

from tests.endpoints.conftest import Door
from tests.rendering import documents


def test_a_file_sent_twice_with_the_same_id_is_one_paper(door: Door) -> None:
    path = f"{door.seat('secretary')}/papers?item=one&file_name=a.pdf&id=twice"
    first, second = (door.ask("PUT", path, "secretary", documents.text(1)) for _ in range(2))
    assert (first.status, second.status) == (201, 201)
    assert json.loads(first.body) == json.loads(second.body)


def test_what_cannot_be_done_now_is_said_so(door: Door) -> None:
    path = f"{door.seat('secretary')}/papers/no-such-paper?file_name=a.pdf"
    answer = door.ask("PUT", path, "secretary", documents.text(1))
    assert answer.status == 409
    assert json.loads(answer.body)["code"] == "papers.unknown"
