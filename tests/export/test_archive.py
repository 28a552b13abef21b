"""The archive: opened and checked without the system, and any change to it found."""

from __future__ import annotations

import ast
import asyncio
import inspect
import io
import json
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable
from dataclasses import replace
from html import unescape
from pathlib import Path
from urllib.parse import unquote

import pymupdf
import pytest

from meetingroom.domain.conclusions import PublishConclusion, WriteConclusion
from meetingroom.domain.messages import write as written
from meetingroom.domain.voting import Prepare
from meetingroom.domain.voting.ballot import Method
from meetingroom.export import archive, verify
from meetingroom.export.archive import Material
from meetingroom.export.archives import Archives
from meetingroom.export.documents import Letterhead
from meetingroom.jobs import State
from meetingroom.rendering.portrait import portrait
from meetingroom.storage.engine import Database
from meetingroom.storage.journal import Entry, Journal, Summary
from meetingroom.storage.library import Library
from meetingroom.storage.origin import Origin
from tests.export.stories import held_story, legal_words
from tests.export.test_results import election
from tests.rendering import documents
from tests.rendering.test_portrait import picture
from tests.stories import CHAIR, SECRETARY


@pytest.fixture(scope="module")
def material(tmp_path_factory: pytest.TempPathFactory) -> Material:
    """The held meeting with real files and a real journal; a title and a file name that no file system takes."""
    folder = tmp_path_factory.mktemp("held")
    library, database = Library(folder / "papers", 10**9, 30), Database(folder / "data")
    story = held_story()
    story.give(CHAIR, WriteConclusion(text="Bố trí kinh phí", item="one", lead="Sở Tài chính"), made="c")
    story.give(CHAIR, PublishConclusion(conclusion="c"))
    journal = Journal(database)
    entries = [
        Entry("m", n, 0, "secretary", None, event.tag, written(event)) for n, event in enumerate(story.events, start=1)
    ]
    journal.append(entries, Summary("m", "Phiên họp", 0, "closed", "A"))
    stored = library.keep(documents.text(2))
    rows = journal.rows("m")
    database.close()
    named = {
        key: replace(
            paper,
            title="Tờ trình: số 1/2020 <ngân sách>?",
            revisions={
                k: replace(r, file=stored.hash, file_name="../../etc/a:b.pdf") for k, r in paper.revisions.items()
            },
        )
        for key, paper in story.meeting.papers.items()
    }
    meeting = replace(story.meeting, papers=named)
    origin = Origin(b"secret")

    def sign(content: bytes) -> tuple[str, str]:
        return origin.key, origin.signature(content)

    told = Material(meeting, legal_words(), Letterhead("Lạng Sơn", 0), None, rows, library.path_of)
    return replace(told, origin=sign)


@pytest.fixture
def unpacked(material: Material, tmp_path: Path) -> Path:
    archive.write(tmp_path / "a.zip", material, lambda done, of: None)
    with zipfile.ZipFile(tmp_path / "a.zip") as file:
        assert file.testzip() is None
        file.extractall(tmp_path / "a")
    return tmp_path / "a"


def checked(folder: Path, key: str = "") -> tuple[int, str]:
    """verify.py as somebody without the system runs it: isolated from every installed package."""
    command = [sys.executable, "-I", "-S", str(folder / "verify.py"), *([str(folder), key] if key else [])]
    run = subprocess.run(command, capture_output=True, text=True, cwd="/", env={"PYTHONIOENCODING": "utf-8"})
    return run.returncode, run.stdout + run.stderr


def test_an_archive_is_intact_and_everything_the_index_names_is_there(unpacked: Path) -> None:
    code, said = checked(unpacked)
    assert (code, said.startswith("Nguyên vẹn")) == (0, True), said
    index = (unpacked / "index.html").read_text()
    links = [unquote(unescape(link)) for link in re.findall(r'href="([^"]+)"', index)]
    assert all((unpacked / link).is_file() for link in links), links
    assert {Path(link).name for link in links} >= {"bien-ban.pdf", "bien-ban.docx", "kiem-phieu.pdf", "journal.jsonl"}
    assert sum(link.startswith("tai-lieu/") for link in links) == 2
    for told in ("Giám đốc Sở Tài chính phát biểu", "Thông qua dự thảo?", "Bố trí kinh phí; chủ trì: Sở Tài chính"):
        assert told in unescape(index)
    assert "<script" not in index


def test_papers_are_there_as_they_were_uploaded(unpacked: Path) -> None:
    papers = list((unpacked / "tai-lieu").rglob("*.pdf"))
    assert len(papers) == 2 and all(paper.read_bytes() == documents.text(2) for paper in papers)
    assert all("etc a b" in paper.name for paper in papers), "no name leaves its folder"


def test_the_same_meeting_makes_the_same_archive(material: Material, tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    for name in ("a.zip", "b.zip"):
        archive.write(tmp_path / name, material, lambda done, of: told.append((done, of)))
    assert told[0][0] == 1 and told[-1][0] == told[-1][1]
    with zipfile.ZipFile(tmp_path / "a.zip") as one, zipfile.ZipFile(tmp_path / "b.zip") as two:
        same = [name for name in one.namelist() if not name.endswith(".docx")]
        assert "SHA256SUMS" in same
        assert all(one.read(name) == two.read(name) for name in same if not name.startswith("SHA256SUMS"))


def test_one_that_is_stopped_leaves_nothing_and_may_be_made_again(material: Material, tmp_path: Path) -> None:
    async def story() -> None:
        shelf = Archives(tmp_path / "shelf")
        place = shelf.place("m", 7)

        async def gather() -> Material:
            shelf.cancel(place)
            return material

        async def ended() -> State:
            await asyncio.gather(*asyncio.all_tasks() - {asyncio.current_task()})
            job = shelf.making(place)
            assert job
            return job.state

        shelf.begin(place, gather)
        assert await ended() is State.CANCELLED and list((tmp_path / "shelf").iterdir()) == []

        async def whole() -> Material:
            return material

        shelf.begin(place, whole)
        assert await ended() is State.READY and place.exists()

    asyncio.run(story())


def line_changed(folder: Path) -> None:
    """Somebody changes what the journal says, and the list of digests with it."""
    journal = folder / "journal.jsonl"
    lines = journal.read_text().splitlines()
    entry = json.loads(lines[3])
    entry["body"]["office"] = "Khác"
    lines[3] = json.dumps(entry, ensure_ascii=False)
    journal.write_text("\n".join(lines) + "\n")


def line_removed(folder: Path) -> None:
    journal = folder / "journal.jsonl"
    lines = journal.read_text().splitlines()
    journal.write_text("\n".join(lines[:4] + lines[5:]) + "\n")


def paper_changed(folder: Path) -> None:
    paper = next((folder / "tai-lieu").rglob("*.pdf"))
    paper.write_bytes(paper.read_bytes() + b" ")


def paper_removed(folder: Path) -> None:
    next((folder / "tai-lieu").rglob("*.pdf")).unlink()


def file_added(folder: Path) -> None:
    (folder / "van-ban" / "khac.pdf").write_bytes(b"%PDF")


@pytest.mark.parametrize("change", [line_changed, line_removed, paper_changed, paper_removed, file_added])
def test_every_change_is_found(unpacked: Path, change: Callable[[Path], None]) -> None:
    change(unpacked)
    code, said = checked(unpacked)
    assert code == 1 and "SAI / WRONG" in said
    if change in (line_changed, line_removed):
        assert "does not fit the chain" in said, "the chain is checked beside the digests"


def forged(folder: Path) -> None:
    """Everything made to fit again, but for the key."""
    paper_changed(folder)
    lines = [line.split("  ", 1) for line in (folder / verify.LIST).read_text().splitlines()]
    told = "".join(f"{verify.digest_of(folder / name)}  {name}\n" for _, name in lines)
    (folder / verify.LIST).write_text(told)


def test_where_it_was_made_is_told_by_its_key(unpacked: Path) -> None:
    key = Origin(b"secret").key
    assert key in checked(unpacked)[1] and checked(unpacked, key)[0] == 0
    assert checked(unpacked, Origin(b"another").key)[0] == 1
    forged(unpacked)
    code, said = checked(unpacked)
    assert code == 1 and "does not fit" in said
    other = Origin(b"another")
    content = (unpacked / verify.LIST).read_bytes()
    mark = unpacked / verify.SIGNATURE
    mark.write_text(json.dumps({"key": other.key, "signature": other.signature(content)}))
    assert other.key in checked(unpacked)[1] and checked(unpacked, key)[0] == 1, "by another, and that is said"
    mark.unlink()
    code, said = checked(unpacked)
    assert code == 0 and "Not signed" in said and checked(unpacked, key)[0] == 1


def test_the_check_runs_on_the_oldest_python_it_names() -> None:
    """A type subscripted outside annotations is evaluated, and Python 3.8 cannot; `TYPE_CHECKING` is never run."""
    assert "Python 3.8" in (verify.__doc__ or "")
    tree = ast.parse(inspect.getsource(verify), feature_version=(3, 8))
    never: list[ast.AST] = []
    for node in ast.walk(tree):
        never += [part for name in ("annotation", "returns") if (part := getattr(node, name, None))]
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            never += node.body
    skipped = {inner for part in never for inner in ast.walk(part)}
    run = [node for node in ast.walk(tree) if isinstance(node, ast.Subscript) and node not in skipped]
    types = {"tuple", "list", "dict", "set", "frozenset", "type", "Iterable", "Iterator"}
    assert run and not [text for node in run if (text := ast.unparse(node)).partition("[")[0] in types]


@pytest.mark.parametrize("length", [0, 1, 100, 5000])
def test_our_check_of_signatures_agrees_with_the_library(length: int) -> None:
    origin, content = Origin(bytes([length % 256])), bytes(range(256)) * (length // 256 + 1)
    key, mark = bytes.fromhex(origin.key), bytes.fromhex(origin.signature(content))
    assert verify.fits(key, content, mark)
    for place in (0, 31, 32, 63):
        changed = bytearray(mark)
        changed[place] ^= 1
        assert not verify.fits(key, content, bytes(changed))
    assert not verify.fits(key, content + b"x", mark)
    assert not verify.fits(bytes(31) + b"\xff", content, mark) and not verify.fits(b"", content, mark)
    above = mark[:32] + (int.from_bytes(mark[32:], "little") + verify.ORDER).to_bytes(32, "little")
    assert not verify.fits(key, content, above), "one signature has one form"


@pytest.mark.parametrize("odd", [b"", b"[]", b'{"key": 1}', b'{"key": "zz", "signature": ""}', b"[" * 5000, b"\xff"])
def test_what_is_no_signature_signs_nothing(odd: bytes) -> None:
    assert verify.signer_of(b"x", odd) == ""


def test_the_sheet_of_an_election_has_its_photographs(material: Material, tmp_path: Path) -> None:
    story = election()
    story.give(SECRETARY, Prepare(item="two", question="Trên giấy?", method=Method.PAPER), made="p")
    told = replace(material, meeting=story.meeting, photos={"v": {"1": portrait(picture("JPEG"))}})
    told = replace(told, file_of=lambda _: Path(__file__))
    archive.write(tmp_path / "a.zip", told, lambda done, of: None)
    with zipfile.ZipFile(tmp_path / "a.zip") as file:
        assert {"van-ban/phieu-trong.pdf", "van-ban/phieu-trong.docx"} <= set(file.namelist())
        printed = pymupdf.open(stream=file.read("van-ban/kiem-phieu.pdf"), filetype="pdf")
        assert sum(len(page.get_images()) for page in printed) == 1
        with zipfile.ZipFile(io.BytesIO(file.read("van-ban/kiem-phieu.docx"))) as written:
            assert sum(name.startswith("word/media/") for name in written.namelist()) == 1


def test_every_vote_is_there_with_the_program_that_counts_it_again(unpacked: Path) -> None:
    votes = sorted((unpacked / "so-lieu" / "bieu-quyet").iterdir())
    assert [vote.name for vote in votes] == ["01.json"]
    for vote in votes:
        command = [sys.executable, "-I", "-S", str(unpacked / "kiem-phieu.py"), str(vote)]
        run = subprocess.run(command, capture_output=True, text=True, cwd="/")
        assert run.returncode == 0 and "q: carried (majority)" in run.stdout, run.stdout + run.stderr
