"""Tables that came from anywhere: what a workbook hides is text, or a reason why it was not taken; nothing is fetched."""

from __future__ import annotations

import io
import random
import tracemalloc
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from meetingroom.export.tables import MOST_ROWS, Unreadable, read
from tests.export.test_roster import workbook

SECRET = "what another file holds"
LAUGHS = "".join(f'<!ENTITY e{level} "{f"&e{level - 1};" * 10}">' for level in range(1, 10))


def changed(change: Callable[[dict[str, bytes]], None]) -> bytes:
    """A workbook of two rows, one of its parts changed."""
    with zipfile.ZipFile(io.BytesIO(workbook(["Họ tên", "Chức vụ"], ["Lê An", "Giám đốc"]))) as good:
        parts = {name: good.read(name) for name in good.namelist()}
    change(parts)
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as file:
        for name, body in parts.items():
            file.writestr(name, body)
    return made.getvalue()


def declaring(text: str, entity: str) -> bytes:
    """The names in it are an entity that a document type declares."""

    def change(parts: dict[str, bytes]) -> None:
        for name in ("xl/sharedStrings.xml", "xl/worksheets/sheet1.xml"):
            body = parts.get(name, b"").decode().replace("Lê An", f"&{entity};")
            head, mark, rest = body.rpartition("?>")
            parts[name] = f"{head}{mark}<!DOCTYPE x [{text}]>{rest}".encode()

    return changed(change)


def taken(content: bytes) -> str:
    """All that was read, or the code of the reason why nothing was."""
    try:
        return " ".join(cell for row in read(content) for cell in row)
    except Unreadable as refused:
        return refused.code


def test_no_file_of_this_machine_is_read(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text(SECRET)
    assert SECRET not in taken(declaring(f'<!ENTITY a SYSTEM "{(tmp_path / "secret").as_uri()}">', "a"))
    assert SECRET not in taken(declaring(f'<!ENTITY % a SYSTEM "{(tmp_path / "secret").as_uri()}"> %a;', "b"))


def test_entities_of_entities_take_no_memory() -> None:
    tracemalloc.start()
    try:
        assert len(taken(declaring('<!ENTITY e0 "ha">' + LAUGHS, "e9"))) < 10_000
        assert tracemalloc.get_traced_memory()[1] < 64 << 20
    finally:
        tracemalloc.stop()


def test_formulas_and_macros_are_not_run() -> None:
    formula = workbook(["Họ tên"], ['=HYPERLINK("http://127.0.0.1:9";"x")'], ["=1+1"])
    assert taken(formula) == 'Họ tên =HYPERLINK("http://127.0.0.1:9";"x") =1+1'
    macro = changed(
        lambda parts: parts.update({"xl/vbaProject.bin": b"Sub Auto_Open()", "xl/externalLinks/x.xml": b"<a/>"})
    )
    assert taken(macro) == "Họ tên Chức vụ Lê An Giám đốc"


def test_what_is_too_long_is_said_to_be() -> None:
    assert taken(workbook(["Họ tên"], *[["A"]] * (MOST_ROWS + 10))) == "too_many_rows"
    lying = b'<dimension ref="A1:XFD1048576"'
    assert "Lê An" in taken(
        changed(
            lambda parts: parts.update(
                {
                    "xl/worksheets/sheet1.xml": parts["xl/worksheets/sheet1.xml"].replace(
                        b'<dimension ref="A1:B2"', lying
                    )
                }
            )
        )
    )


@pytest.mark.parametrize("seed", range(30))
def test_a_workbook_spoilt_by_chance_is_read_or_refused(seed: int) -> None:
    chance = random.Random(seed)
    content = bytearray(workbook(["Họ tên", "Chức vụ"], *[[f"Lê {n}", "Giám đốc"] for n in range(20)]))
    for _ in range(chance.choice((1, 3, 20))):
        content[chance.randrange(4, len(content))] = chance.randrange(256)
    assert taken(bytes(content)) is not None


@pytest.mark.parametrize(
    "part", ["[Content_Types].xml", "xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/styles.xml"]
)
@pytest.mark.parametrize("body", [b"", b"<", b"\0" * 99, b"<a>" * 100_000, b"<x xmlns='y'/>"])
def test_a_part_that_is_nonsense_is_a_reason(part: str, body: bytes) -> None:
    assert taken(changed(lambda parts: parts.update({part: body}))) is not None
