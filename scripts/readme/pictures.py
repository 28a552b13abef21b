"""The pictures of the README: a demo meeting with simulated delegates, seen on a tablet and on the chair console."""

import io
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent.parent))

from PIL import Image  # noqa: E402
from playwright.sync_api import Browser, Page, sync_playwright  # noqa: E402

from tests.browser.conftest import chromium  # noqa: E402
from tests.servers import DemoServer  # noqa: E402

COLOURS = 96  # a picture of a page needs no more, and stays under 100 KB


def main() -> None:
    path = chromium()
    if path is None:
        sys.exit("no Chromium on this machine: set CHROMIUM to its path")
    with (
        tempfile.TemporaryDirectory() as folder,
        DemoServer(Path(folder) / "data", "--delegates", "24") as server,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        take(browser, server)
        browser.close()


def take(browser: Browser, server: DemoServer) -> None:
    console, tablet = enter(browser, server.link("chair"), 1440, 900), enter(browser, server.link("finance"), 700, 900)
    tablet.locator("lobby-page [data-do=check-in]").click()
    console.wait_for_timeout(9_000)  # the delegates arrive
    console.locator("[data-do=open]").click()
    console.locator("agenda-panel [data-item=eight-months]").first.click()
    for _ in range(2):
        console.locator(".turning [data-do=next]").click()
    tablet.wait_for_selector("page-reader[data-page$='/3']")
    console.wait_for_timeout(12_000)  # somebody asks to speak
    keep(console, "console")
    keep(tablet, "tablet")


def enter(browser: Browser, link: str, width: int, height: int) -> Page:
    page = browser.new_context(viewport={"width": width, "height": height}, locale="vi-VN").new_page()
    page.goto(link)
    return page


def keep(page: Page, name: str) -> None:
    picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB").quantize(COLOURS)
    picture.save(HERE / f"{name}.png", optimize=True)


if __name__ == "__main__":
    main()
