"""Office files: told by what is in them, converted behind walls where that is possible, else said clearly."""

from __future__ import annotations

import asyncio
import io
import os
import shutil
import socket
import time
import zipfile
from pathlib import Path

import docx
import openpyxl
import pymupdf
import pytest

from meetingroom.rendering import office
from meetingroom.rendering.office import Office, Unconvertible, kind_of

INSTALLED = all(map(shutil.which, office.PROGRAMS))


def written(folder: Path, content: bytes) -> Path:
    file = folder / "upload.pdf"
    file.write_bytes(content)
    return file


def letter() -> bytes:
    document, file = docx.Document(), io.BytesIO()
    document.add_paragraph("Tờ trình về dự toán năm 2027")
    document.save(file)
    return file.getvalue()


def table() -> bytes:
    book, file = openpyxl.Workbook(), io.BytesIO()
    assert book.active is not None
    book.active["A1"] = "Tổng thu ngân sách"
    book.save(file)
    return file.getvalue()


def package(*names: str, content: bytes = b"x") -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        for name in names:
            made.writestr(name, content)
    return file.getvalue()


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (letter(), "docx"),
        (table(), "xlsx"),
        (package("[Content_Types].xml", "ppt/presentation.xml"), "pptx"),
        (package("mimetype", content=b"application/vnd.oasis.opendocument.text"), "odt"),
        (package("mimetype", content=b"application/epub+zip"), None),
        (package("a.txt"), None),
        (b"PK\x03\x04 and no package", None),
        (b"%PDF-1.7", None),
        (b"", None),
    ],
)
def test_a_file_is_what_is_in_it(tmp_path: Path, content: bytes, kind: str | None) -> None:
    assert kind_of(written(tmp_path, content)) == kind


def test_a_package_that_unpacks_to_too_much_is_not_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office, "LARGEST", 10_000)
    bomb = package("word/document.xml", content=bytes(20_000))
    with pytest.raises(Unconvertible, match="office_too_large"):
        kind_of(written(tmp_path, bomb))


def test_a_damaged_package_is_refused(tmp_path: Path) -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("mimetype", b"application/vnd.oasis.opendocument.text")
    whole = bytearray(file.getvalue())
    whole[38:50] = b"\xff" * 12  # behind the local header: not deflate
    with pytest.raises(Unconvertible, match="office_failed"):
        kind_of(written(tmp_path, bytes(whole)))


def test_without_libreoffice_it_is_said_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(Unconvertible, match="no_office"):
        asyncio.run(Office().convert(written(tmp_path, letter()), "docx"))


def converted(folder: Path, content: bytes, kind: str) -> bytes:
    try:
        return asyncio.run(Office().convert(written(folder, content), kind))
    except Unconvertible as error:
        if error.code == "no_office":
            pytest.skip("LibreOffice with bubblewrap is not to be had on this machine: a real conversion is not tried")
        raise


@pytest.mark.parametrize(("make", "kind", "says"), [(letter, "docx", "Tờ trình"), (table, "xlsx", "Tổng thu")])
def test_it_becomes_a_pdf_with_its_words(tmp_path: Path, make: object, kind: str, says: str) -> None:
    assert callable(make)
    document = pymupdf.open(stream=converted(tmp_path, make(), kind), filetype="pdf")
    assert document.page_count == 1 and says in document[0].get_text()


def test_what_cannot_be_read_is_said_so(tmp_path: Path) -> None:
    broken = letter()[:-200]
    with pytest.raises(Unconvertible, match="office_failed"):
        converted(tmp_path, broken, "docx")


@pytest.mark.skipif(not INSTALLED, reason="LibreOffice with bubblewrap is not to be had on this machine")
def test_behind_the_walls_there_is_neither_network_nor_our_folder(tmp_path: Path) -> None:
    async def inside(*command: str) -> int | None:
        return await office._run([*office._limits(), *office._walls(), *command], 10.0)

    secret = tmp_path / "secret"
    secret.write_text("x")
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
        knock = f"import socket; socket.create_connection(('127.0.0.1', {port}), 2)"
        if asyncio.run(inside("true")) != 0:
            pytest.skip("this kernel builds no walls for bubblewrap")
        assert asyncio.run(inside("python3", "-c", "print()")) == 0
        assert asyncio.run(inside("python3", "-c", knock)) != 0
    for path in (str(secret), "/etc/passwd", f"/proc/{os.getpid()}/environ"):
        assert asyncio.run(inside("cat", path)) != 0, path


@pytest.mark.skipif(not INSTALLED, reason="LibreOffice with bubblewrap is not to be had on this machine")
def test_what_takes_too_long_is_ended_with_all_it_started(tmp_path: Path) -> None:
    seconds = f"4{os.getpid()}"
    assert asyncio.run(office._run([*office._walls(), "sleep", seconds], 0.3)) is None
    for _ in range(100):  # the kernel ends what is behind the walls a moment after the walls
        running = [
            path for path in Path("/proc").glob("[0-9]*/cmdline") if _read(path) == f"sleep\0{seconds}\0".encode()
        ]
        if not running:
            return
        time.sleep(0.05)
    pytest.fail(f"still running: {running}")


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""
