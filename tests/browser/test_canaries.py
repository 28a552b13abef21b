"""Markup in every text that people may write, on the live pages: it stands there as text, and no script of it runs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import PATIENCE, WALL, until
from tests.canaries import TAG, stories
from tests.servers import Server, found
from tests.stories import CHAIR, FINANCE, SCREEN, SECRETARY, Story

pytestmark = pytest.mark.browser

DRAWN = "() => document.body.innerText.trim().length > 40"
SHOWS = f"() => document.body.innerText.split('{TAG}').length - 1"
ALIVE = f"() => document.querySelectorAll('{TAG}, [onload], [onerror]').length"
PAGES = {
    CHAIR: ("console", "tablet"),
    SECRETARY: ("secretariat",),
    FINANCE: ("tablet", "prepare"),
    SCREEN: ("screen",),
}


@pytest.fixture
def told(tmp_path: Path) -> Iterator[tuple[Server, list[tuple[Story, dict[str, str]]]]]:
    """A sitting, and one that is over."""
    made = [(story, found(tmp_path / "data", story.meeting.id, story.events)) for story, _ in stories(range(1, 3))]
    with Server(tmp_path / "data") as server:
        yield server, made


def test_on_no_live_page_is_it_alive(browser: Browser, told: tuple[Server, list[tuple[Story, dict[str, str]]]]) -> None:
    server, made = told
    refused: list[str] = []
    seen = 0
    for story, codes in made:
        for person, pages in PAGES.items():
            context = browser.new_context(viewport={"width": WALL[0], "height": WALL[1]}, reduced_motion="reduce")
            page = context.new_page()
            page.set_default_timeout(PATIENCE)
            page.on("dialog", lambda dialog: refused.append(f"a dialog: {dialog.message}"))
            page.on(
                "console", lambda said: refused.append(said.text) if "Content Security Policy" in said.text else None
            )
            page.goto(f"{server.base}/j/{codes[person]}")
            for name in pages:
                page.goto(f"{server.base}/m/{story.meeting.id}/{person}/{name}")
                until(page, DRAWN)
                assert page.evaluate(ALIVE) == 0, (story.meeting.id, name)
                for section in page.locator("side-nav a[href^='#']").all():
                    section.click()
                    assert page.evaluate(ALIVE) == 0, (story.meeting.id, name, section.get_attribute("href"))
                    seen += page.evaluate(SHOWS)
            context.close()
    assert refused == []
    assert seen > 20, "hardly any page showed what people wrote"
