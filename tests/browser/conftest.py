"""Real Chromium: one demo server and one browser for all browser tests; skipped with a clear line where there is none."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.servers import DemoServer

TABLET, LANDSCAPE, WALL = (820, 1180), (1180, 820), (1920, 1080)
PATIENCE = 15_000


def until(page: Page, asked: str, arg: object = None, patience: float = PATIENCE) -> None:
    """Waits for a function of the page that answers later. Playwright's own wait takes the promise itself for a yes."""
    deadline = time.monotonic() + patience / 1000
    while not page.evaluate(asked, arg):
        assert time.monotonic() < deadline, f"still not so after {patience / 1000:.0f} s: {asked}"
        page.wait_for_timeout(100)


def chromium() -> str | None:
    names = ("chromium", "chromium-browser", "google-chrome", "microsoft-edge")
    return os.environ.get("CHROMIUM") or next((found for name in names if (found := shutil.which(name))), None)


@pytest.fixture(scope="package")  # not longer: Playwright keeps an event loop running in this thread
def browser() -> Iterator[Browser]:
    path = chromium()
    if path is None:
        pytest.skip("no Chromium on this machine: browser tests are skipped (set CHROMIUM to its path)")
    options = [
        "--no-sandbox",
        "--disable-dev-shm-usage",
        "--disable-background-networking",
        "--disable-component-update",
    ]
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=path, args=options)
        yield running
        running.close()


@pytest.fixture(scope="package")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of a demo whose papers are ready. Making them takes most of its start: it is done once."""
    data = tmp_path_factory.mktemp("demo") / "data"
    with DemoServer(data):
        pass
    return data


@pytest.fixture
def server(tmp_path: Path, founded: Path) -> Iterator[DemoServer]:
    shutil.copytree(founded, tmp_path / "data")
    with DemoServer(tmp_path / "data") as running:
        yield running


class Room:
    """Opens pages of the demo meeting, each person in a browser context of their own, and keeps what goes wrong in them."""

    def __init__(self, browser: Browser, server: DemoServer) -> None:
        self.browser, self.server = browser, server
        self.faults: list[str] = []
        self.contexts: list[BrowserContext] = []

    def enter(self, key: str, size: tuple[int, int] = TABLET, page: str = "", init: str = "") -> Page:
        touch = size in (TABLET, LANDSCAPE)
        context = self.browser.new_context(
            viewport={"width": size[0], "height": size[1]}, has_touch=touch, locale="vi-VN", reduced_motion="reduce"
        )
        if init:
            context.add_init_script(init)
        self.contexts.append(context)
        opened = context.new_page()
        opened.set_default_timeout(PATIENCE)
        opened.on("pageerror", lambda error: self.faults.append(f"{key}: {error}"))
        opened.goto(self.server.link(key))
        if page:
            opened.goto(opened.url.rsplit("/", 1)[0] + "/" + page)
        return opened

    def close(self) -> None:
        for context in self.contexts:
            context.close()


@pytest.fixture
def room(browser: Browser, server: DemoServer) -> Iterator[Room]:
    opened = Room(browser, server)
    yield opened
    opened.close()
    assert opened.faults == []
