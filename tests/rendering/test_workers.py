"""Processes die; the meeting does not notice."""

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from meetingroom.rendering.unreadable import Unreadable
from tests.rendering import documents
from tests.rendering.desk import desk
from tests.rendering.processes import children, wait_until_gone, zygote_of


async def eventually(true: Callable[[], object]) -> None:
    async with asyncio.timeout(10):
        while not true():  # noqa: ASYNC110  nothing tells us of other processes
            await asyncio.sleep(0.005)


def test_a_killed_worker_costs_its_paper_and_nothing_else(tmp_path: Path) -> None:
    async def story() -> None:
        async with desk(tmp_path) as here:
            zygote = zygote_of(os.getpid())
            preparing = asyncio.create_task(here.prepare(documents.endless()))
            await eventually(lambda: children(zygote))
            await asyncio.sleep(0.1)  # past the look at the paper, into the drawing
            os.kill(children(zygote)[0], signal.SIGKILL)
            with pytest.raises(Unreadable, match="too_complex"):
                await preparing
            await here.prepare(documents.text())
            assert zygote_of(os.getpid()) == zygote

    asyncio.run(story())


def test_a_killed_zygote_is_replaced_and_the_paper_drawn_all_the_same(tmp_path: Path) -> None:
    async def story() -> None:
        async with desk(tmp_path) as here:
            zygote = zygote_of(os.getpid())
            file = here.put(documents.text(40))
            begun = asyncio.Event()
            preparing = asyncio.create_task(here.renderer.prepare(file, lambda done, of: begun.set()))
            await begun.wait()
            workers = children(zygote)
            os.kill(zygote, signal.SIGKILL)
            assert (await preparing).pages == 40
            assert zygote_of(os.getpid()) != zygote
            for worker in workers:
                wait_until_gone(worker)

    asyncio.run(story())


def test_a_page_somebody_waits_for_overtakes_a_long_paper(tmp_path: Path) -> None:
    async def story() -> None:
        async with desk(tmp_path) as here:
            short, _ = await here.prepare(documents.text())
            long = here.put(documents.text(40))
            begun = asyncio.Event()
            preparing = asyncio.create_task(here.renderer.prepare(long, lambda done, of: begun.set()))
            await begun.wait()
            await here.renderer.image(short, 1, 2160)
            assert not preparing.done()
            await preparing

    asyncio.run(story())


def test_stopping_in_the_middle_leaves_no_process(tmp_path: Path) -> None:
    async def story() -> list[int]:
        async with desk(tmp_path) as here:
            zygote = zygote_of(os.getpid())
            preparing = asyncio.create_task(here.prepare(documents.endless()))
            await eventually(lambda: children(zygote))
            processes = [zygote, *children(zygote)]
        with pytest.raises(asyncio.CancelledError):
            await preparing
        return processes

    for process in asyncio.run(story()):
        wait_until_gone(process)


SERVER = """
import asyncio, os, sys
from pathlib import Path
from meetingroom.rendering.renderer import Renderer
async def main():
    renderer = Renderer(lambda file: Path(sys.argv[1]), Path(sys.argv[2]))
    await renderer.start()
    preparing = asyncio.create_task(renderer.prepare("0" * 64, lambda done, of: None))
    await asyncio.sleep(0.3)
    print("drawing", flush=True)
    await asyncio.sleep(60)
asyncio.run(main())
"""


def test_a_server_killed_without_a_word_leaves_no_process(tmp_path: Path) -> None:
    paper = tmp_path / "endless.pdf"
    paper.write_bytes(documents.endless())
    command = [sys.executable, "-c", SERVER, str(paper), str(tmp_path / "pages")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        try:
            assert server.stdout is not None and server.stdout.readline() == "drawing\n"
            zygote = zygote_of(server.pid)
            [worker] = children(zygote)
        finally:
            server.kill()
    wait_until_gone(zygote)
    wait_until_gone(worker)


def test_the_server_itself_never_loads_what_opens_papers() -> None:
    ask = "import sys, meetingroom.rendering.renderer; print({'pymupdf', 'PIL'} & set(sys.modules))"
    answer = subprocess.run([sys.executable, "-c", ask], capture_output=True, text=True, check=True)
    assert answer.stdout == "set()\n"
