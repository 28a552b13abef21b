"""The parts the program is made of: each locked in one version, and listed for whoever must know them."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from packaging.requirements import Requirement

ROOT = Path(__file__).parent.parent


def sbom(*options: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, ROOT / "scripts" / "sbom", *options], capture_output=True, text=True)


def test_every_part_is_locked() -> None:
    checked = sbom("--check")
    assert checked.returncode == 0, checked.stderr


def locked(*options: str) -> dict[str, list[str]]:
    """What `pip` is given: part with version → its hashes."""
    printed = subprocess.run([ROOT / "scripts" / "locked", *options], capture_output=True, text=True, check=True).stdout
    found: dict[str, list[str]] = {}
    for line in printed.splitlines():
        if line.startswith("    --hash=sha256:"):
            found[list(found)[-1]].append(line.split(":")[1].removesuffix(" \\"))
        else:
            found[
                Requirement(line.removesuffix(" \\")).name + str(Requirement(line.removesuffix(" \\")).specifier)
            ] = []
    return found


def test_the_lock_holds_every_file_of_each_release_and_names_no_place() -> None:
    everything = locked("demo,records,sign,invite,sso,postgres,test,dev,build")
    assert len(everything) > 50 and all(part.count("==") == 1 for part in everything)
    assert all(hashes and all(len(each) == 64 for each in hashes) for hashes in everything.values())
    assert len(next(hashes for part, hashes in everything.items() if part.startswith("pymupdf=="))) > 5, "not only ours"
    assert "://" not in (ROOT / "requirements.lock").read_text()


def test_each_extra_is_given_what_it_needs_and_no_more() -> None:
    def names(*options: str) -> set[str]:
        return {part.split("==")[0] for part in locked(*options)}

    assert {"starlette", "cryptography", "sqlmodel"} <= names() and not {"typst", "pytest", "hatchling"} & names()
    assert names("demo") - names() >= {"typst", "python-docx", "openpyxl"}
    assert {"pytest", "typst", "psycopg"} <= names("test") and "ruff" not in names("test")
    assert "hatchling" in names("build")
    assert all(hashes == [] for hashes in locked("--versions", "test").values())


def test_the_list_of_parts_is_whole() -> None:
    written = json.loads(sbom().stdout)
    parts = {part["name"]: part for part in written["components"]}
    assert (written["bomFormat"], written["specVersion"]) == ("CycloneDX", "1.6")
    assert {parts[name]["scope"] for name in ("starlette", "cryptography", "sqlalchemy", "cffi")} == {"required"}
    assert {parts[name]["scope"] for name in ("typst", "pyhanko", "psycopg", "joserfc")} == {"optional"}
    assert not {"pytest", "playwright", "ruff"} & parts.keys(), "what tests are made of is no part"
    assert all(part["version"] and part["licenses"] for part in parts.values())
    refs = {part["bom-ref"] for part in parts.values()} | {"meetingroom"}
    assert len(refs) == len(parts) + 1
    asked = {each["ref"]: each["dependsOn"] for each in written["dependencies"]}
    assert asked.keys() <= refs and all(set(on) <= refs for on in asked.values())
    assert any(ref.startswith("pkg:pypi/starlette@") for ref in asked["meetingroom"])
    assert sbom().stdout == sbom().stdout, "the same list for the same parts"


def test_what_the_container_is_built_of_is_let_through() -> None:
    """`.dockerignore` keeps everything out but what it names; the Dockerfile asked for two files it did not."""
    let_through = {line[1:] for line in (ROOT / ".dockerignore").read_text().split() if line.startswith("!")}
    copied = [
        line.split()[1:-1]
        for line in (ROOT / "Dockerfile").read_text().splitlines()
        if line.startswith("COPY ") and "--from" not in line
    ]
    wanted = {name for names in copied for name in names}
    assert len(wanted) > 4 and wanted <= let_through
    assert [name for name in wanted if not (ROOT / name).exists()] == []
