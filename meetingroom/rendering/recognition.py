"""Words of scanned pages, recognised by Tesseract where it is installed with its Vietnamese data.

It is given pictures that were drawn here, never a paper.
"""

import asyncio
import contextlib
import os
import shutil
import subprocess
import unicodedata
from functools import cache
from typing import Any

LANGUAGE = "vie"
WIDTH = 2160  # pixels: a page of A4 at 260 dots an inch
SURE = 40  # per cent: what is less sure is more often dirt than a word
SECONDS = 90.0
LONGEST = 200  # letters of a word
WORD = "5"  # the level of a line of its table

FEW = 60  # words on a picture of a page: what a signature or a number was printed over a scan with

_one = asyncio.Semaphore(1)


@cache
def is_installed() -> bool:
    program = shutil.which("tesseract")
    if program is None or shutil.which("nice") is None:
        return False
    listed = subprocess.run([program, "--list-langs"], capture_output=True, text=True, check=False)
    return LANGUAGE in (listed.stdout + listed.stderr).split()


def is_wanted(text: dict[str, Any]) -> bool:
    """Whether a page, as `rendering.words` gives it, is to be read: it has no words, or is a picture with few over it."""
    return "recognised" not in text and (not text["words"] or ("picture" in text and len(text["words"]) < FEW))


def added(words: list[list[Any]], found: list[list[Any]]) -> list[list[Any]]:
    """With what was found beside the words that are there; those are surer."""
    block = max((word[5] for word in words), default=-1) + 1
    fresh = [[*word[:5], word[5] + block, word[6]] for word in found if not any(_covers(own, word) for own in words)]
    return [*words, *fresh]


def _covers(own: list[Any], word: list[Any]) -> bool:
    x, y = (word[0] + word[2]) / 2, (word[1] + word[3]) / 2
    return bool(own[0] <= x <= own[2] and own[1] <= y <= own[3])


async def recognised(picture: bytes, scale: float) -> list[list[Any]]:
    """Words as `rendering.words` gives them; `scale` is points a pixel. Empty where it fails."""
    command = ["nice", "-n", "19", "tesseract", "stdin", "stdout", "-l", LANGUAGE, "tsv"]
    async with _one:
        process = await asyncio.create_subprocess_exec(
            *command,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
            env={"PATH": os.environ.get("PATH", ""), "OMP_THREAD_LIMIT": "1"},
        )
        try:
            async with asyncio.timeout(SECONDS):
                table, _ = await process.communicate(picture)
        except TimeoutError:
            return []
        finally:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
            await process.wait()
    return words_of(table.decode("utf-8", "replace"), scale)


def words_of(table: str, scale: float) -> list[list[Any]]:
    """Of the TSV that Tesseract writes: level, page, block, paragraph, line, word, left, top, width, height, sureness, text."""
    words: list[list[Any]] = []
    for row in table.splitlines():
        level, _, block, paragraph, line, _, *box, sure, text = (row.split("\t", 11) + [""] * 12)[:12]
        if level != WORD or not text.strip() or float(sure) < SURE:
            continue
        left, top, width, height = (int(side) * scale for side in box)
        sides = [round(side, 1) for side in (left, top, left + width, top + height)]
        words.append(
            [
                *sides,
                unicodedata.normalize("NFC", text.strip())[:LONGEST],
                int(block),
                int(paragraph) * 1000 + int(line),
            ]
        )
    return words
