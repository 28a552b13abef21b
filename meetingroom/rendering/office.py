"""Office files become PDF by LibreOffice, where it is installed: in a process of its own that sees its file and the programs,
has no network, a profile that is thrown away, and limits. Where these walls cannot be built nothing is converted.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import shutil
import signal
import tempfile
import zipfile
import zlib
from pathlib import Path
from typing import Literal

Reason = Literal["no_office", "office_failed", "office_too_slow", "office_too_large"]

SECONDS = 120.0
MEMORY = 2 << 30  # bytes
LARGEST = 512 << 20  # bytes unpacked, and of the PDF
PARTS = 20_000  # files in the package

PARTS_OF = {"word/document.xml": "docx", "xl/workbook.xml": "xlsx", "ppt/presentation.xml": "pptx"}
MIMETYPES = {
    "application/vnd.oasis.opendocument.text": "odt",
    "application/vnd.oasis.opendocument.spreadsheet": "ods",
    "application/vnd.oasis.opendocument.presentation": "odp",
}
PROGRAMS = ("prlimit", "bwrap", "soffice")


class Unconvertible(Exception):
    """The text for people is in the catalogue under `rejected.` and this code."""

    def __init__(self, code: Reason) -> None:
        super().__init__(code)
        self.code: Reason = code


def kind_of(file: Path) -> str | None:
    """docx, xlsx, pptx, odt, ods or odp by what is in it, whatever its name says; None for all else. Blocks.

    Raises Unconvertible for a package that unpacks to more than anybody needs.
    """
    with file.open("rb") as opened:
        if opened.read(4) != b"PK\x03\x04":
            return None
    try:
        with zipfile.ZipFile(file) as package:
            entries = package.infolist()
            kind = next((PARTS_OF[entry.filename] for entry in entries if entry.filename in PARTS_OF), None)
            if kind is None and entries and entries[0].filename == "mimetype" and entries[0].file_size < 100:
                kind = MIMETYPES.get(package.read(entries[0]).decode("ascii", "replace"))
    except (zlib.error, ValueError, EOFError) as error:
        raise Unconvertible("office_failed") from error
    except (zipfile.BadZipFile, OSError, NotImplementedError, RuntimeError):
        return None
    if kind and (len(entries) > PARTS or sum(entry.file_size for entry in entries) > LARGEST):
        raise Unconvertible("office_too_large")
    return kind


class Office:
    """One conversion at a time: LibreOffice takes a processor and a quarter of a gigabyte."""

    def __init__(self) -> None:
        self._one = asyncio.Lock()
        self._works: bool | None = None

    async def convert(self, file: Path, kind: str) -> bytes:
        """The PDF. Raises Unconvertible."""
        async with self._one:
            if not await self._is_there():
                raise Unconvertible("no_office")
            with tempfile.TemporaryDirectory(prefix="office-") as folder:
                made = await _convert(file, kind, Path(folder))
                return await asyncio.to_thread(made.read_bytes)

    async def _is_there(self) -> bool:
        """Whether the programs are installed and the kernel lets us build the walls; asked once."""
        if self._works is None:
            self._works = all(map(shutil.which, PROGRAMS)) and await _run([*_walls(), "true"], 10.0) == 0
        return self._works


async def _convert(file: Path, kind: str, folder: Path) -> Path:
    source = f"/desk/in.{kind}"
    inside = ["--ro-bind", str(Path.cwd() / file), source, "--bind", str(folder), "/desk/out", "--chdir", "/desk/out"]
    command = [
        *("soffice", "--headless", "--norestore", "--nologo", "--nolockcheck"),
        *("-env:UserInstallation=file:///tmp/profile", "--convert-to", "pdf", "--outdir", "/desk/out", source),
    ]
    code = await _run([*_limits(), *_walls(), *inside, *command], SECONDS)
    if code is None:
        raise Unconvertible("office_too_slow")
    made = folder / "in.pdf"
    # LibreOffice says 0 also where it could not read the file. A link could lead out of the folder.
    if code != 0 or not made.is_file() or made.is_symlink() or made.stat().st_size > LARGEST:
        raise Unconvertible("office_failed")
    return made


def _limits() -> list[str]:
    return ["prlimit", f"--as={MEMORY}", f"--cpu={round(SECONDS)}", f"--fsize={LARGEST}", "--core=0", "--nofile=1024"]


def _walls() -> list[str]:
    """Programs and fonts can be read, nothing of ours; no network, no other process, no environment."""
    walls = "bwrap --unshare-all --die-with-parent --new-session --clearenv --proc /proc --dev /dev --tmpfs /tmp --tmpfs /run"
    walls += " --setenv HOME /tmp --setenv PATH /usr/bin --setenv LANG C.UTF-8 --ro-bind /usr /usr --dir /desk"
    for name in ("bin", "lib", "lib64"):
        walls += f" --symlink usr/{name} /{name}"
    for name in ("/etc/fonts", "/etc/libreoffice", "/etc/alternatives", "/var/cache/fontconfig"):
        walls += f" --ro-bind-try {name} {name}"
    return walls.split()


async def _run(command: list[str], seconds: float) -> int | None:
    """The exit code; None where it took too long and was ended with everything it had started."""
    nowhere = asyncio.subprocess.DEVNULL
    process = await asyncio.create_subprocess_exec(
        *command, stdin=nowhere, stdout=nowhere, stderr=nowhere, start_new_session=True
    )
    try:
        async with asyncio.timeout(seconds):
            return await process.wait()
    except TimeoutError:
        return None
    finally:
        if process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            await process.wait()
