"""From the presenter's command until the new page is decoded and painted on a follower, beside a page that does it with pdf.js.

Real Chromium, a tablet of 820 × 1180 with two pixels a point, pages 1,600 pixels wide in both. The next page may have been
brought and drawn before it is asked for, in both; a page far away may not. Turns of both alternate.
In our lane the whole way is measured, commit included, with the chair's console drawing on the same machine; in the other the
presenter is a bare websocket.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

from loads import HERE, ROOT, Missing, Process, folder, pdfjs
from playwright.sync_api import Browser, Page, sync_playwright
from websockets.sync.client import connect

sys.path.insert(0, str(ROOT))
from meetingroom.demo.papers import print_paper
from tests.browser.conftest import TABLET, chromium
from tests.servers import DemoServer

NEXT, FAR = range(2, 14), (25, 15, 24, 16, 23, 17, 22, 18)
REST = 700  # ms: people read; neighbours are brought meanwhile
# What is changed within a frame is painted by its end, what is changed between two by the end of the next one.
PAINTED = """let inFrame = false;
const ask = requestAnimationFrame.bind(window);
const soon = (act) => {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = act;
  port2.postMessage(0);
};
window.requestAnimationFrame = (act) => ask((time) => {
  inFrame = true;
  soon(() => { inFrame = false; });
  act(time);
});
window.painted = (page) => {
  const seen = () => soon(() => { window.last = { page, at: Date.now() }; });
  if (inFrame) seen();
  else ask(seen);
};"""
WATCH = """() => {
  const reader = document.querySelector("page-reader");
  const said = () => window.painted(Number(reader.dataset.page?.split("/")[1]));
  new MutationObserver(said).observe(reader, { attributeFilter: ["data-page"] });
}"""

Turn = Callable[[int], float]


def measure(rounds: int) -> dict[str, dict[str, float]]:
    """ "next page" and "page far away" → by lane, milliseconds: median and longest."""
    path = chromium()
    if path is None:
        print("  no Chromium on this machine (set CHROMIUM to its path): painting is not measured")
        return {}
    with folder() as place, DemoServer(place / "data") as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-dev-shm-usage"])
        lanes, peer = {"ours": _ours(browser, server)}, None
        try:
            peer = _started(place)
            lanes["pdf.js"] = _pdfjs(browser, peer)
        except Missing as missing:
            print(f"  {missing}")
        try:
            return {
                "next page": _times(
                    lanes, [*NEXT, *(page for _ in range(rounds - 1) for page in (1, *NEXT))], unmeasured=1
                ),
                "page far away": _times(lanes, [page for _ in range(rounds) for page in FAR]),
            }
        finally:
            browser.close()
            if peer:
                peer.stop()


def _times(lanes: dict[str, Turn], pages: list[int], unmeasured: int = 0) -> dict[str, float]:
    taken: dict[str, list[float]] = {name: [] for name in lanes}
    for page in pages:
        for name, turn in lanes.items():
            took = turn(page)
            if page != unmeasured:  # the way back to the beginning
                taken[name].append(took)
    found = {name: statistics.median(times) for name, times in taken.items()}
    return found | {f"{name}, longest": max(times) for name, times in taken.items()}


def _ours(browser: Browser, server: DemoServer) -> Turn:
    chair, tablet = browser.new_context().new_page(), _tablet(browser)
    chair.goto(server.link("chair"))
    tablet.goto(server.link("finance"))
    chair.locator("[data-do=open]").click()
    chair.locator("dialog [data-act=yes]").click()
    chair.locator("agenda-panel [data-item=eight-months]").first.click()
    tablet.wait_for_selector("page-reader[data-page='report-1/1']")
    tablet.evaluate(WATCH)
    give = "page => void document.querySelector('stage-panel').turnTo(page)"
    return lambda page: _turned(tablet, page, lambda: chair.evaluate(give, page))


def _pdfjs(browser: Browser, peer: Process) -> Turn:
    tablet = _tablet(browser)
    tablet.goto(f"{peer.base}/")
    tablet.wait_for_function("() => window.last?.page === 1")
    line = connect(f"ws://127.0.0.1:{peer.port}/line", legacy=True)
    return lambda page: _turned(tablet, page, lambda: line.send(str(page)))


def _tablet(browser: Browser) -> Page:
    size = {"width": TABLET[0], "height": TABLET[1]}
    page = browser.new_context(viewport=size, device_scale_factor=2, has_touch=True).new_page()
    page.add_init_script(PAINTED)
    return page


def _turned(tablet: Page, page: int, give: Callable[[], None]) -> float:
    """Milliseconds; all is on this machine and reads the same clock."""
    tablet.wait_for_timeout(REST)
    at = time.time() * 1000
    give()
    tablet.wait_for_function("page => window.last?.page === page", arg=page)
    return float(tablet.evaluate("window.last.at")) - at


def _started(place: Path) -> Process:
    paper = place / "paper.pdf"
    paper.write_bytes(print_paper("report"))
    return Process([sys.executable, HERE / "peers/pdfjs_peer.py", pdfjs(), paper])


if __name__ == "__main__":
    import json

    print(json.dumps(measure(1), indent=1))
