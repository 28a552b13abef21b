"""What the doctor sees around an installation: real ports, fonts, providers and database servers."""

from __future__ import annotations

import contextlib
import json
import shutil
import socket
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pymupdf
import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.pool import NullPool

import meetingroom
from meetingroom.doctor.around import Around
from meetingroom.doctor.findings import Finding, Level
from meetingroom.endpoints.assets import web_root
from meetingroom.rendering import fonts
from meetingroom.settings import Settings
from meetingroom.storage.engine import Database
from meetingroom.words import Catalogue
from tests.servers import Server
from tests.storage import postgres

WORDS = Catalogue(web_root() / "words").words("en", "Asia/Ho_Chi_Minh")
Answers = dict[str, dict[str, Any]]


@contextlib.contextmanager
def answering(answers: Answers) -> Iterator[int]:
    """The port of a web server that answers these paths with these objects."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            known = answers.get(self.path)
            self.send_response(200 if known else 404)
            self.end_headers()
            self.wfile.write(json.dumps(known).encode())

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield server.server_address[1]
        finally:
            server.shutdown()
            thread.join()


def around(data: Path = Path("nowhere"), port: int = 0, **settings: Any) -> Around:
    return Around(Settings(data=data, **settings), WORDS, listens=("127.0.0.1", port), clock_is_set=lambda: None)


def only(look: Callable[[], Iterator[Finding]]) -> Finding:
    (finding,) = look()
    assert "doctor." not in finding.said + finding.do and "{" not in finding.said + finding.do
    assert bool(finding.do) is (finding.level is not Level.OK)
    return finding


def test_a_port_is_free_or_ours_or_somebody_elses(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port: int = taken.getsockname()[1]
        taken.settimeout(0)
    assert only(around(port=port).port).level is Level.OK
    with Server(tmp_path / "data") as server:
        ours = only(around(port=server.port).port)
        assert ours.level is Level.OK and "runs" in ours.said
    with answering({"/": {"hello": 1}}) as port:
        foreign = only(around(port=port).port)
        assert foreign.level is Level.ERROR and "--port" in foreign.do
    with answering({"/healthz": {"database": "ok", "version": "0.0.1"}}) as port:
        assert "0.0.1" in only(around(port=port).port).said
    with answering({"/healthz": {"database": "failed", "version": meetingroom.__version__}}) as port:
        assert only(around(port=port).port).level is Level.ERROR


def test_a_font_without_vietnamese_is_found(tmp_path: Path) -> None:
    (tmp_path / "half.ttf").write_bytes(pymupdf.Font("tiro").buffer)
    (tmp_path / "none.ttf").write_bytes(b"no font")
    assert not any(map(fonts.is_complete, tmp_path.iterdir()))
    lacking = next(around(fonts=str(tmp_path)).fonts())
    assert lacking.level is Level.ERROR and str(tmp_path) in lacking.said
    assert next(around().fonts()).level is Level.WARNING, "the one inside is not what the decree wants"


def test_a_font_of_official_documents_is_taken(tmp_path: Path) -> None:
    installed = [path for path in Path("/usr/share/fonts").rglob("*Serif-Regular.ttf") if fonts.is_complete(path)]
    noto = next((path for path in installed if path.name == "NotoSerif-Regular.ttf"), None)
    if noto is None:
        pytest.skip("no Noto Serif with Vietnamese letters is installed here")
    (tmp_path / "deep").mkdir()
    shutil.copy(noto, tmp_path / "deep" / "a.TTF")
    found = next(around(fonts=str(tmp_path)).fonts())
    assert found.level is Level.OK and "Noto Serif" in found.said


def test_a_provider_that_answers_and_one_that_does_not() -> None:
    answers: Answers = {"/keys": {"keys": []}}
    with answering(answers) as port:
        issuer = f"http://127.0.0.1:{port}"
        answers["/.well-known/openid-configuration"] = {
            "issuer": issuer, "jwks_uri": f"{issuer}/keys", "authorization_endpoint": issuer, "token_endpoint": issuer,
        }  # fmt: skip
        assert only(around(sso_issuer=issuer).provider).level is Level.OK
        answers["/.well-known/openid-configuration"]["issuer"] = "https://else.where"
        assert "else.where" in only(around(sso_issuer=issuer).provider).said
    silent = only(around(sso_issuer=issuer).provider)
    assert silent.level is Level.ERROR and "SSL_CERT_FILE" in silent.do
    assert only(around(sso_issuer="http://id.tinh.vn").provider).level is Level.ERROR
    assert list(around().provider()) == []


def test_a_clock_that_nothing_sets_or_that_fell_back() -> None:
    def look(now: float, is_set: bool | None) -> list[Finding]:
        return list(Around(Settings(), WORDS, lambda: now, clock_is_set=lambda: is_set).clock())

    assert [each.level for each in look(time.time(), True)] == [Level.OK]
    assert [each.level for each in look(time.time(), False)] == [Level.WARNING]
    assert look(time.time(), None) == []
    (fallen,) = look(1_000_000_000.0, True)
    assert fallen.level is Level.ERROR and "09/09/2001" in fallen.said


def test_what_a_database_server_must_be(tmp_path: Path) -> None:
    try:
        with postgres.server() as address:
            good = postgres.new_database(address)
            Database(tmp_path, good).close()
            assert only(around(tmp_path, database=good).postgres).level is Level.OK
            engine = create_engine(good, isolation_level="AUTOCOMMIT", poolclass=NullPool)
            with engine.connect() as connection:
                connection.execute(text("CREATE DATABASE latin ENCODING 'LATIN1' TEMPLATE template0"))
            latin = address.format(database="latin")
            Database(tmp_path, latin).close()
            said = only(around(tmp_path, database=latin).postgres)
            assert said.level is Level.ERROR and "LATIN1" in said.said and "UTF8" in said.do
            late = Around(Settings(data=tmp_path, database=good), WORDS, lambda: time.time() - 3600)
            assert only(late.postgres).said.endswith("3600 seconds apart.")
    except postgres.Missing as missing:
        pytest.skip(f"no database server was looked at: {missing}")
    assert list(around().postgres()) == []
