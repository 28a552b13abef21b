"""Security headers on answers no visitor can provoke at will: an unforeseen error, and everything behind https."""

from __future__ import annotations

import asyncio
from pathlib import Path

import httpx2 as httpx
import pytest
from starlette.requests import Request
from starlette.routing import Route

from meetingroom.app import build
from meetingroom.settings import Settings
from tests.endpoints.test_routes import HEADERS


async def breaks(_: Request) -> None:
    raise RuntimeError("a secret cause")


def asked(folder: Path, path: str, secure: bool) -> httpx.Response:
    """The answer of an application that has one address with a fault in it."""
    app = build(Settings(data=folder / "data", secure=secure))
    app.router.routes.insert(0, Route("/breaks", breaks))

    async def ask() -> httpx.Response:
        door = httpx.ASGITransport(app, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=door, base_url="https://hop.example") as client:
            return await client.get(path, headers={"Accept": "text/html"})

    answer = asyncio.run(ask())
    app.state.house.record.close()
    app.state.house.database.close()
    return answer


def test_an_unforeseen_error_has_every_header_and_no_cause(tmp_path: Path) -> None:
    answer = asked(tmp_path, "/breaks", secure=False)
    assert answer.status_code == 500
    assert [name for name in HEADERS if name not in answer.headers] == []
    assert "secret cause" not in answer.text and "Traceback" not in answer.text
    assert "strict-transport-security" not in answer.headers


@pytest.mark.parametrize("path", ["/breaks", "/", "/sign-in", "/nothing", "/healthz", "/s/0/icons.svg"])
def test_behind_https_browsers_are_told_to_stay_there(tmp_path: Path, path: str) -> None:
    answer = asked(tmp_path, path, secure=True)
    assert answer.headers["strict-transport-security"] == "max-age=31536000; includeSubDomains"
    assert "connect-src 'self' wss://hop.example" in answer.headers["content-security-policy"]
    policy = answer.headers["content-security-policy"]
    assert "script-src 'self';" in policy and "base-uri 'none'" in policy and "default-src 'none'" in policy
