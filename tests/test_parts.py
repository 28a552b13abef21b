"""The parts the program is made of: each locked in one version, and listed for whoever must know them."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent


def sbom(*options: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, ROOT / "scripts" / "sbom", *options], capture_output=True, text=True)


def test_every_part_is_locked() -> None:
    checked = sbom("--check")
    assert checked.returncode == 0, checked.stderr


def test_the_lock_names_versions_and_no_place() -> None:
    lines = [line for line in (ROOT / "requirements.lock").read_text().splitlines() if not line.startswith("#")]
    assert len(lines) > 50
    assert all(line.count("==") == 1 and "/" not in line and "@" not in line for line in lines)


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
