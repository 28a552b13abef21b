"""From the chair's tap until the new page hangs on a follower's tablet, in two real browsers: python turn_to_image.py

Neighbouring pages are decoded before they are asked for; a jump to a page far away has to fetch its image first.
"""

import statistics
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))

from playwright.sync_api import Page, sync_playwright

from tests.browser.conftest import chromium
from tests.servers import DemoServer

NEXT, JUMPS = range(2, 14), (25, 15, 24, 16, 23, 17, 22, 18)
NOTE_THE_TIME = """() => {
  const reader = document.querySelector("page-reader");
  new MutationObserver(() => { window.hung = Date.now(); }).observe(reader, { attributeFilter: ["data-page"] });
}"""


def main() -> None:
    path = chromium()
    if path is None:
        sys.exit("no Chromium on this machine: set CHROMIUM to its path")
    with (
        tempfile.TemporaryDirectory() as place,
        DemoServer(Path(place) / "data") as server,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        chair, tablet = browser.new_context().new_page(), browser.new_context().new_page()
        chair.goto(server.link("chair"))
        tablet.goto(server.link("finance"))
        chair.locator("[data-do=open]").click()
        chair.locator("dialog [data-act=yes]").click()
        chair.locator("agenda-panel [data-item=eight-months]").first.click()
        arrived(tablet, 1)
        tablet.evaluate(NOTE_THE_TIME)
        tell("next page", [turn(chair, tablet, page) for page in NEXT])
        tell("page far away", [turn(chair, tablet, page) for page in JUMPS])
        browser.close()


def turn(chair: Page, tablet: Page, page: int) -> float:
    """Milliseconds; both browsers are on this machine and read the same clock."""
    tablet.wait_for_timeout(700)  # people read; neighbours are fetched meanwhile
    tapped = chair.evaluate("page => { document.querySelector('stage-panel').turnTo(page); return Date.now(); }", page)
    arrived(tablet, page)
    return float(tablet.evaluate("window.hung")) - tapped


def arrived(tablet: Page, page: int) -> None:
    tablet.wait_for_selector(f"page-reader[data-page$='/{page}']")


def tell(name: str, times: list[float]) -> None:
    print(f"{name:14} median {statistics.median(times):5.0f} ms   longest {max(times):5.0f} ms   of {len(times)}")


if __name__ == "__main__":
    main()
