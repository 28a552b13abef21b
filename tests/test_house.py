"""The house: who may import whom, how large a module may be, and that nothing waits for the network in the core."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "meetingroom"

# folder or module → what of ours it may import
MAY_IMPORT = {
    "domain": {"domain"},
    "storage": {"storage", "domain", "settings"},
    "rendering": {"rendering", "domain"},
    "export": {"export", "domain", "jobs", "words", "verifier"},
    "anchoring": {"anchoring", "domain"},
    "units": {"units"},
    "live": {"live", "storage", "domain"},
    "tls": {"tls", "storage"},
    "signatures": {"signatures"},
    "mail": {"mail", "domain"},
    "oidc": set(),
    "passkeys": set(),
    "courier": {"storage"},
    "jobs": set(),
    "ldap": {"settings"},
    "exchange": {"exchange"},
    "doctor": {"doctor", "domain", "ldap", "oidc", "rendering", "settings", "storage", "tls", "words"},
    "demo": {"demo", "endpoints", "storage", "domain"},
    "settings": set(),
    "words": {"domain"},
    "verifier": set(),
    "endpoints": {
        "endpoints",
        "anchoring",
        "exchange",
        "live",
        "storage",
        "rendering",
        "export",
        "tls",
        "signatures",
        "mail",
        "oidc",
        "passkeys",
        "domain",
        "jobs",
        "ldap",
        "settings",
        "words",
    },
    "app": {
        "courier",
        "endpoints",
        "live",
        "storage",
        "rendering",
        "export",
        "tls",
        "signatures",
        "oidc",
        "ldap",
        "domain",
        "settings",
        "words",
    },
    "serving": {"app", "settings", "logs", "endpoints", "storage", "tls", "rendering"},
    "cli": {"serving", "logs", "doctor", "words", "settings", "demo", "endpoints", "storage", "tls", "units"},
    "logs": set(),
    "__main__": {"cli"},
    "__init__": set(),
}

ONLY_IMPORTERS = {
    "sqlmodel": {"storage"},
    "sqlalchemy": {"storage"},
    "pymupdf": {"rendering"},
    "PIL": {"rendering"},
    "starlette": {"endpoints", "app", "demo", "serving", "cli"},
    "uvicorn": {"endpoints", "serving"},
    "typst": {"demo", "export"},
    "docx": {"export"},
    "openpyxl": {"export"},
    "pyhanko": {"signatures"},
    "joserfc": {"oidc"},
    "ldap3": {"ldap"},
    "webauthn": {"passkeys"},
    "cryptography": {"storage", "tls"},
}

PURE = {
    "__future__", "collections", "dataclasses", "enum", "typing", "types", "unicodedata", "meetingroom", "fractions",
    "functools", "itertools", "math",
}  # fmt: skip

MODULES = sorted(path for path in PACKAGE.rglob("*.py"))


def place(path: Path) -> str:
    parts = path.relative_to(PACKAGE).parts
    return parts[0] if len(parts) > 1 else path.stem


def imports(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
            if node.module == "meetingroom":
                found |= {f"meetingroom.{alias.name}" for alias in node.names}
    return found


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_go_one_way(path: Path) -> None:
    here = place(path)
    ours = {name.split(".")[1] for name in imports(path) if name.startswith("meetingroom.")}
    assert ours <= MAY_IMPORT[here] | {"__version__"}, f"{path.name} reaches out of its floor"
    for name in imports(path):
        top = name.split(".")[0]
        assert here in ONLY_IMPORTERS.get(top, {here}), f"{top} is imported outside {ONLY_IMPORTERS[top]}"


def test_the_core_is_pure() -> None:
    for path in (PACKAGE / "domain").rglob("*.py"):
        assert {name.split(".")[0] for name in imports(path)} <= PURE, path.name
        assert "async def" not in path.read_text()


def test_no_word_that_says_nothing_is_in_a_name() -> None:
    for path in MODULES:
        assert not any(word in path.stem for word in ("manager", "service", "helper", "util", "handler")), path.name


def test_modules_can_be_held_in_the_head() -> None:
    """Papers and votes are the two largest nouns; the next who makes one longer splits it."""
    lengths = {path: len(path.read_text().splitlines()) for path in MODULES}
    assert {path.name: length for path, length in lengths.items() if length > 520} == {}
