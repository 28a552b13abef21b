"""From the presenter's command until the new page is decoded and painted on a follower, beside a page that does it with pdf.js.

Real Chromium, a tablet of 820 × 1180 with two pixels a point, pages 1,600 pixels wide in both. The next page may have been
brought and drawn before it is asked for, in both; a page far away may not. Turns of both alternate; in both the presenter is a
bare websocket. Ours commits the turn to disk before it shows it, and a whole tablet draws; the other relays a number in memory,
and its page shows nothing else. The last lane has the chair's console in the same browser: it gives the command and
draws on the same cores, which in a room are another machine's.
"""

from __future__ import annotations

import asyncio
import json
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

from loads import HERE, ROOT, Missing, Process, folder, pdfjs
from playwright.sync_api import Browser, Page, sync_playwright
from websockets.sync.client import connect

sys.path.insert(0, str(ROOT))
from meetingroom.demo.device import Device
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
  const hung = Date.now();
  const seen = () => soon(() => { window.last = { page, hung, at: Date.now() }; });
  if (inFrame) seen();
  else ask(seen);
};
window.heard = [];
const { set } = Object.getOwnPropertyDescriptor(WebSocket.prototype, "onmessage");
Object.defineProperty(WebSocket.prototype, "onmessage", {
  set(act) {
    set.call(this, (event) => {
      window.heard.push({ at: Date.now(), text: event.data });
      act(event);
    });
  },
});"""
WATCH = """() => {
  const reader = document.querySelector("page-reader");
  const said = () => window.painted(Number(reader.dataset.page?.split("/")[1]));
  new MutationObserver(said).observe(reader, { attributeFilter: ["data-page"] });
}"""
SEEN = """page => {
  const told = (text) => text === String(page) || (text.includes('"patch"') && text.includes(`"page":${page}`));
  return [window.heard.findLast(({ text }) => told(text)).at, window.last.hung, window.last.at];
}"""
PARTS = ("told", "in the page", "painted")  # each since the command

Turn = Callable[[int], tuple[float, ...]]


def measure(rounds: int) -> dict[str, dict[str, float]]:
    """ "next page", "page far away" and "next page, the console beside" → by lane, ms: median, longest, and of its parts."""
    path = chromium()
    if path is None:
        print("  no Chromium on this machine (set CHROMIUM to its path): painting is not measured")
        return {}
    with folder() as place, DemoServer(place / "data") as server:
        return _measured(rounds, path, place, server, _presenter(server))


def _measured(
    rounds: int, path: str, place: Path, server: DemoServer, give: Callable[..., None]
) -> dict[str, dict[str, float]]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-dev-shm-usage"])
        tablet, following = _tablet(browser), [*NEXT, *(page for _ in range(rounds - 1) for page in (1, *NEXT))]
        lanes, peer = {"ours": _ours(tablet, server, give)}, None
        try:
            peer = _started(place)
            lanes["pdf.js"] = _pdfjs(browser, peer)
        except Missing as missing:
            print(f"  {missing}")
        try:
            near, far = _times(lanes, following), _times(lanes, [page for _ in range(rounds) for page in FAR])
            beside = _times({"ours": _console(browser, tablet, server)}, [1, *following])
            return {"next page": near, "page far away": far, "next page, the console beside": beside}
        finally:
            browser.close()
            if peer:
                peer.stop()


def _times(lanes: dict[str, Turn], pages: list[int]) -> dict[str, float]:
    taken: dict[str, list[tuple[float, ...]]] = {name: [] for name in lanes}
    for page in pages:
        for name, turn in lanes.items():
            took = turn(page)
            if page != 1:  # the way back to the beginning
                taken[name].append(took)
    found = {}
    for name, times in taken.items():
        parts = [statistics.median(part) for part in zip(*times, strict=True)]
        found[name] = parts[-1]
        found[f"{name}, longest"] = max(turn[-1] for turn in times)
        found |= {f"{name}: {part}": took for part, took in zip(PARTS, parts, strict=True)}
    return found


def _presenter(server: DemoServer) -> Callable[..., None]:
    """Gives commands as the chair, over a bare websocket."""
    chair = asyncio.run(Device.join(server.base, server.code("chair")))
    line = connect(
        f"ws{server.base[4:]}{chair.path}/live",
        legacy=True,
        additional_headers={"Cookie": chair.cookie},
        origin=server.base,  # type: ignore[arg-type]
        compression=None,
        max_queue=None,
    )
    line.send('{"hello":1}')
    return lambda do, **arguments: line.send(json.dumps({"id": f"bench-{time.time_ns()}", "do": do, "with": arguments}))


def _ours(tablet: Page, server: DemoServer, give: Callable[..., None]) -> Turn:
    tablet.goto(server.link("finance"))
    give("meeting.open", regardless=True)
    give("meeting.go_to", item="eight-months")
    tablet.wait_for_selector("page-reader[data-page='report-1/1']")
    tablet.evaluate(WATCH)
    return lambda page: _turned(tablet, page, lambda: give("stage.turn_page", paper="report", page=page))


def _console(browser: Browser, tablet: Page, server: DemoServer) -> Turn:
    console = browser.new_context().new_page()
    console.goto(server.link("chair"))
    console.wait_for_selector("stage-panel page-reader[data-page]")
    turn = "page => { const at = Date.now(); void document.querySelector('stage-panel').turnTo(page); return at; }"
    return lambda page: _turned(tablet, page, lambda: float(console.evaluate(turn, page)))


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


def _turned(tablet: Page, page: int, give: Callable[[], float | None]) -> tuple[float, ...]:
    """Milliseconds from the command to each of the parts; all is on this machine and reads the same clock."""
    tablet.wait_for_timeout(REST)
    tablet.evaluate("() => { window.heard.length = 0; }")
    sent = time.time() * 1000
    at = give() or sent
    tablet.wait_for_function("page => window.last?.page === page", arg=page)
    return tuple(seen - at for seen in tablet.evaluate(SEEN, page))


def _started(place: Path) -> Process:
    paper = place / "paper.pdf"
    paper.write_bytes(print_paper("report"))
    return Process([sys.executable, HERE / "peers/pdfjs_peer.py", pdfjs(), paper])


if __name__ == "__main__":
    print(json.dumps(measure(1), indent=1))
