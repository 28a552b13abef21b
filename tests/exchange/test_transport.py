"""The ways documents travel: the same through a folder and over HTTP, and nothing is lost where the other side fails."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from meetingroom.exchange.transport import Folder, Transport, Untransported, Web, transport
from tests.exchange.peer import TOKEN, Peer, peer


@pytest.fixture
def gateway() -> Iterator[Peer]:
    with peer() as running:
        yield running


def test_a_folder(tmp_path: Path) -> None:
    way = transport(str(tmp_path), "")
    assert isinstance(way, Folder)
    way.send("a", b"<a/>")
    assert [(file.name, file.read_bytes()) for file in (tmp_path / "out").iterdir()] == [("a.edxml", b"<a/>")]
    assert way.waiting() == []
    for name in ("b.edxml", "c.XML", ".coming", "d.txt"):
        (tmp_path / "in" / name).write_bytes(b"<b/>")
    (tmp_path / "in" / "link.xml").symlink_to("/etc/passwd")
    _take_all(way, ["b.edxml", "c.XML"])
    assert (tmp_path / "in" / "taken" / "b.edxml").exists()


def test_a_folder_that_is_none(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("a file")
    with pytest.raises(Untransported):
        Folder(tmp_path).send("a", b"x")
    with pytest.raises(Untransported):
        Folder(tmp_path).fetch("nothing.edxml")


def test_over_http(gateway: Peer) -> None:
    way = transport(gateway.address + "/", TOKEN)
    assert isinstance(way, Web)
    way.send("a", b"<a/>")
    assert gateway.got == [b"<a/>"]
    gateway.offered = {"b": b"<b/>", "../../etc": b"x"}
    _take_all(way, ["b"])
    assert list(gateway.offered) == ["../../etc"]


def test_a_gateway_that_refuses_or_is_gone(gateway: Peer) -> None:
    for way in (Web(gateway.address, "wrong"), Web("http://127.0.0.1:9/x", TOKEN)):
        for ask in (lambda way=way: way.send("a", b""), way.waiting, lambda way=way: way.fetch("a")):
            with pytest.raises(Untransported):
                ask()
    assert gateway.got == [] and transport("", "") is None


@pytest.mark.parametrize("listed", [b'{"documents": null}', b'{"documents": 3}', b"[]", b"{}", b"null", b"<html>"])
def test_a_gateway_that_answers_something_else(gateway: Peer, listed: bytes) -> None:
    gateway.listed = listed
    with pytest.raises(Untransported):
        Web(gateway.address, TOKEN).waiting()


def _take_all(way: Transport, keys: list[str]) -> None:
    assert way.waiting() == keys
    assert {way.fetch(key) for key in keys} == {b"<b/>"}
    for key in keys:
        way.taken(key)
    assert way.waiting() == []
