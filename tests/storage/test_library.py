"""The library: a file is kept whole under its hash, durable when it was received, or not at all."""

import asyncio
import hashlib
import os
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from meetingroom.storage.library import Library, Stored, Unstorable


def library(folder: Path, most: int = 2**20, stall: float = 30) -> Library:
    return Library(folder / "papers", most, stall)


async def coming(*chunks: bytes) -> AsyncIterator[bytes]:
    for chunk in chunks:
        await asyncio.sleep(0)
        yield chunk


async def stalling(*chunks: bytes) -> AsyncIterator[bytes]:
    for chunk in chunks:
        yield chunk
    await asyncio.Event().wait()


async def breaking(*chunks: bytes) -> AsyncIterator[bytes]:
    for chunk in chunks:
        yield chunk
    raise ConnectionResetError


def files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_a_file_is_kept_under_its_hash(tmp_path: Path) -> None:
    here = library(tmp_path)
    stored = asyncio.run(here.receive(coming(b"%PDF", b"", b"-1.7 ", b"x" * 100_000)))
    content = b"%PDF-1.7 " + b"x" * 100_000
    assert stored == Stored(hashlib.sha256(content).hexdigest(), len(content))
    assert here.path_of(stored.hash).read_bytes() == content
    assert files(tmp_path) == [here.path_of(stored.hash)]


def test_the_same_bytes_are_kept_once(tmp_path: Path) -> None:
    async def story() -> None:
        here = library(tmp_path)
        first, second, third = await asyncio.gather(*(here.receive(coming(b"same")) for _ in range(3)))
        assert first == second == third == here.keep(b"same")
        assert files(tmp_path) == [here.path_of(first.hash)]
        assert here.path_of(first.hash).read_bytes() == b"same"

    asyncio.run(story())


@pytest.mark.parametrize(
    ("body", "code", "params"),
    [
        (lambda: coming(b"x" * 600_000, b"x" * 600_000, b"x"), "too_large", {"most": 1}),
        (lambda: coming(), "empty", {}),
        (lambda: coming(b"", b""), "empty", {}),
        (lambda: stalling(b"%PDF"), "stalled", {"seconds": 0}),
    ],
)
def test_what_is_not_kept_leaves_nothing(tmp_path: Path, body: object, code: str, params: dict[str, int]) -> None:
    here = library(tmp_path, stall=0.01)
    with pytest.raises(Unstorable) as refused:
        asyncio.run(here.receive(body()))  # type: ignore[operator]
    assert (refused.value.code, refused.value.params) == (code, params)
    assert files(tmp_path) == []


def test_exactly_the_most_is_not_too_much(tmp_path: Path) -> None:
    stored = asyncio.run(library(tmp_path, most=1000).receive(coming(b"x" * 1000)))
    assert stored.size == 1000


def test_a_broken_connection_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(ConnectionResetError):
        asyncio.run(library(tmp_path).receive(breaking(b"%PDF-1.7")))
    assert files(tmp_path) == []


def test_something_else_may_be_kept_in_its_place(tmp_path: Path) -> None:
    async def story() -> None:
        here = library(tmp_path)
        both_came = asyncio.Barrier(2)

        async def converted(file: Path) -> bytes | None:
            await both_came.wait()
            return b"made of " + await asyncio.to_thread(file.read_bytes)

        first, second = await asyncio.gather(*(here.receive(coming(b"letter"), converted) for _ in range(2)))
        assert first == second
        assert files(tmp_path) == [here.path_of(first.hash)]
        assert here.path_of(first.hash).read_bytes() == b"made of letter"

    asyncio.run(story())


def test_what_was_coming_when_the_server_stopped_is_removed(tmp_path: Path) -> None:
    here = library(tmp_path)
    kept = here.keep(b"kept")
    (tmp_path / "papers" / "coming" / "half").write_bytes(b"half")
    again = library(tmp_path)
    assert files(tmp_path) == [again.path_of(kept.hash)]


def test_no_path_leaves_the_folder(tmp_path: Path) -> None:
    stored = asyncio.run(library(tmp_path).receive(coming(b"x")))
    assert library(tmp_path).path_of(stored.hash).is_relative_to(tmp_path / "papers")


@pytest.mark.parametrize("way", ["receive", "keep"])
def test_file_and_folders_are_on_disk_before_it_is_named(
    tmp_path: Path, way: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The journal will name the hash: the bytes, their name and the folder of that name must survive a power cut."""
    synced: list[tuple[str, int]] = []
    fsync = os.fsync

    def watched(descriptor: int) -> None:
        fsync(descriptor)
        synced.append((os.readlink(f"/proc/self/fd/{descriptor}"), os.fstat(descriptor).st_size))

    monkeypatch.setattr(os, "fsync", watched)
    here = library(tmp_path)
    stored = here.keep(b"paper") if way == "keep" else asyncio.run(here.receive(coming(b"pa", b"per")))
    place = here.path_of(stored.hash)
    (file, size), *folders = synced
    assert Path(file).parent == tmp_path / "papers" / "coming"
    assert size == 5, "flushed before it is synced"
    assert [folder for folder, _ in folders] == [str(place.parent), str(place.parent.parent)]
