"""Pages: a 500-page paper from its last byte to its first page and its last, beside pdftoppm; serving; one missing page."""

from __future__ import annotations

import http.client
import io
import math
import os
import resource
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pymupdf
from hall import MEETING, PAGES, founded, kept, write_down
from loads import ROOT, Load, Served, Times, folder
from PIL import Image, ImageChops, ImageStat

sys.path.insert(0, str(ROOT))
from tests.rendering import documents

WIDTH = 1600
LOOKED_AT = (1, 4, 9)  # pages whose sharpness is measured
FINER = 3  # times the width at which the page is drawn that they are held against
SAMPLE = 40  # pages of the paper pdftoppm is given, to know its cost a page


def paper() -> bytes:
    """500 pages of text as decrees have it, all different."""
    one = pymupdf.open("pdf", documents.text(10))
    whole = pymupdf.open()
    for number in range(PAGES // 10):
        whole.insert_pdf(one)
        for page in whole.pages(number * 10):
            page.insert_text((60, 800), f"{page.number + 1} / {number}")
    return bytes(whole.tobytes(garbage=3, deflate=True))


def measure(tablets: int, rounds: int) -> dict[str, float]:
    """Milliseconds, kilobytes, pages and images per second."""
    with folder() as place:
        content = paper()
        row = _drawn(place / "draw", content) | _served(place / "serve", content, tablets, rounds) | _pdftoppm(content)
        return row | _nginx(place / "nginx", next((place / "draw").rglob(f"1-{WIDTH}")), tablets, rounds)


def _drawn(data: Path, content: bytes) -> dict[str, float]:
    """After the last byte of the upload: until the first page is drawn, until all are; what a page costs."""
    hall = write_down(founded(1, 1, 1), data)
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    server = Served(data)
    connection = http.client.HTTPConnection("127.0.0.1", server.port)
    headers = {"Cookie": hall.cookies["secretary"], "Content-Type": "application/pdf", "Origin": server.base}
    start = time.monotonic()
    connection.request("PUT", f"/m/{MEETING}/secretary/papers?item=i0&file_name=x.pdf", content, headers)
    first = _until(data / "pages", f"1-{WIDTH}") - start
    idle, most = _idle(), [0, 0]
    while not any((data / "pages").rglob("document.json")):
        most = [max(most[0], server.memory()), max(most[1], server.memory_of_workers())]
        time.sleep(0.2)
    last, idle = time.monotonic() - start, _idle() - idle
    connection.close()
    own = server.cpu()
    server.stop()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    workers = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime - own
    sizes = [path.stat().st_size for path in (data / "pages").rglob(f"*-{WIDTH}")]
    drawn = {page: next((data / "pages").rglob(f"{page}-{WIDTH}")).read_bytes() for page in LOOKED_AT}
    return {
        "psnr": _sharpness(content, drawn),
        "first page ms": first * 1000,
        "all pages s": last,
        "cpu ms a page": workers / PAGES * 1000,
        "used of the cores": (workers + own) / (workers + own + idle),
        "server MB": most[0] / 1e6,
        "workers MB": most[1] / 1e6,
        "KB a page": statistics.mean(sizes) / 1000,
        "widths drawn": len(list((data / "pages").rglob("2-*"))),
    }


def _idle() -> float:
    """Seconds that cores of this machine had nothing to do. What others run meanwhile neither could be used."""
    return int(Path("/proc/stat").read_text().split()[4]) / os.sysconf("SC_CLK_TCK")


def _until(folder: Path, name: str) -> float:
    """The moment a file of this name is there."""
    while not any(folder.rglob(name)):
        time.sleep(0.005)
    return time.monotonic()


def _served(data: Path, content: bytes, tablets: int, rounds: int) -> dict[str, float]:
    """A page nobody has drawn yet, asked for by all at once, and the same once it is kept."""
    hall = write_down(founded(tablets, 1, 1, kept(data, content)), data)
    server = Served(data)
    try:
        load = Load(server.port, [hall.connection(f"m{n}", server.base) for n in range(tablets)], "-")
        missing, warm, before = [], [], server.drawn()
        for number in range(rounds):
            asked = [f"/m/{MEETING}/m{n}/pages/p0/{100 + number}/{WIDTH}" for n in range(tablets)]
            missing.append(load.send_each(asked, "get"))
            warm.append(load.send_each(asked, "get"))
        load.close()
        drawn = server.drawn() - before
    finally:
        server.stop()
    last = statistics.median(times.last for times in warm) / 1000
    return {
        "missing, drawings": drawn / rounds,
        "missing, last ms": statistics.median(times.last for times in missing) / 1000,
        "kept, last ms": last,
        "kept per second": tablets / last * 1000,
    }


def _sharpness(content: bytes, images: dict[int, bytes]) -> float:
    """PSNR in dB, in grey, against the page drawn three times as wide and averaged down: nobody's own raster."""
    found = []
    with pymupdf.open("pdf", content) as document:
        for page, image in images.items():
            own = Image.open(io.BytesIO(image)).convert("L")
            zoom = own.width * FINER / document[page - 1].rect.width
            fine = document[page - 1].get_pixmap(matrix=pymupdf.Matrix(zoom, zoom), colorspace=pymupdf.csGRAY)
            wide = Image.frombytes("L", (fine.width, fine.height), fine.samples)
            right = wide.resize(own.size, Image.Resampling.BOX)
            off = ImageStat.Stat(ImageChops.difference(own, right)).rms[0]
            found.append(20 * math.log10(255 / max(off, 0.01)))
    return statistics.mean(found)


def _nginx(place: Path, image: Path, tablets: int, rounds: int) -> dict[str, float]:
    """The same image from nginx, which asks nobody whether it may be read."""
    nginx = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
    if nginx is None:
        print("  no nginx: serving was not compared")
        return {}
    place.mkdir()
    shutil.copy(image, place / "page")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    temporary = " ".join(f"{kind}_temp_path {place}/{kind};" for kind in kinds)
    (place / "conf").write_text(
        f"daemon off; user root; pid {place}/pid; error_log stderr; events {{}}"
        f" http {{ {temporary} access_log off; sendfile on; keepalive_requests 100000;"
        f" server {{ listen 127.0.0.1:{port}; root {place}; }} }}"
    )
    server = subprocess.Popen([nginx, "-e", "stderr", "-p", place, "-c", place / "conf"], stderr=subprocess.DEVNULL)
    try:
        while not (place / "pid").exists() and server.poll() is None:
            time.sleep(0.01)
        load = Load(port, [f"/page\t\thttp://127.0.0.1:{port}"] * tablets, "-")
        took: list[Times] = [load.send_each(["/page"] * tablets, "get") for _ in range(rounds)]
        load.close()
    finally:
        server.terminate()
        server.wait(10)
    return {"nginx, last ms": statistics.median(times.last for times in took) / 1000}


def _pdftoppm(content: bytes) -> dict[str, float]:
    if shutil.which("pdftoppm") is None:
        print("  no pdftoppm (poppler-utils): drawing was not compared")
        return {}
    with tempfile.TemporaryDirectory() as place:
        (Path(place) / "x.pdf").write_bytes(content)
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        command = ["pdftoppm", "-png", "-l", str(SAMPLE), "-scale-to-x", str(WIDTH), "-scale-to-y", "-1", "x.pdf", "x"]
        subprocess.run(command, cwd=place, check=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        sizes = [path.stat().st_size for path in Path(place).glob("*.png")]
        drawn = {page: next(Path(place).glob(f"x-*0{page}.png")).read_bytes() for page in LOOKED_AT}
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return {
        "pdftoppm cpu ms a page": cpu / SAMPLE * 1000,
        "pdftoppm KB a page": statistics.mean(sizes) / 1000,
        "pdftoppm psnr": _sharpness(content, drawn),
    }
